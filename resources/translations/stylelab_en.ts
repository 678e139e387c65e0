<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en_GB">
 <context>
  <name>models</name>
  <message numerus="yes">
   <source>%n bit(s) a weight</source>
   <translation>
    <numerusform>%n bit a weight</numerusform>
    <numerusform>%n bits a weight</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n language(s)</source>
   <translation>
    <numerusform>%n language</numerusform>
    <numerusform>%n languages</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n token(s)</source>
   <translation>
    <numerusform>%n token</numerusform>
    <numerusform>%n tokens</numerusform>
   </translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n text</numerusform>
    <numerusform>%n texts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n file(s)</source>
   <translation>
    <numerusform>%n file</numerusform>
    <numerusform>%n files</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n minute(s)</source>
   <translation>
    <numerusform>%n minute</numerusform>
    <numerusform>%n minutes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n note(s)</source>
   <translation>
    <numerusform>%n note</numerusform>
    <numerusform>%n notes</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n pair(s)</source>
   <translation>
    <numerusform>%n pair</numerusform>
    <numerusform>%n pairs</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n passage</numerusform>
    <numerusform>%n passages</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n second(s)</source>
   <translation>
    <numerusform>%n second</numerusform>
    <numerusform>%n seconds</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tensor(s)</source>
   <translation>
    <numerusform>%n tensor</numerusform>
    <numerusform>%n tensors</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n text(s)</source>
   <translation>
    <numerusform>%n text</numerusform>
    <numerusform>%n texts</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n update(s)</source>
   <translation>
    <numerusform>%n update</numerusform>
    <numerusform>%n updates</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n word(s)</source>
   <translation>
    <numerusform>%n word</numerusform>
    <numerusform>%n words</numerusform>
   </translation>
  </message>
 </context>
</TS>
