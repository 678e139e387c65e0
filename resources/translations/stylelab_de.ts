<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE" sourcelanguage="en_GB">
 <context>
  <name>AuthorStep</name>
  <message>
   <source>Author</source>
   <translation>Autor</translation>
  </message>
  <message>
   <source>Change …</source>
   <translation>Ändern …</translation>
  </message>
  <message>
   <source>Edgar Allan Poe</source>
   <translation>Theodor Fontane</translation>
  </message>
  <message>
   <source>Saved in {folder}</source>
   <translation>Gespeichert in {folder}</translation>
  </message>
  <message>
   <source>The author whose texts you have: you yourself, or somebody out of copyright.</source>
   <translation>Von wem sind die Texte: von Ihnen selbst oder von jemandem, dessen Werke frei sind.</translation>
  </message>
  <message>
   <source>Where to Save the Project</source>
   <translation>Wo das Projekt liegen soll</translation>
  </message>
  <message>
   <source>Whose voice is it?</source>
   <translation>Wessen Stimme ist es?</translation>
  </message>
 </context>
 <context>
  <name>BasePicker</name>
  <message>
   <source>Another job is running; one runs at a time.</source>
   <translation>Es läuft schon eine Arbeit; immer nur eine zugleich.</translation>
  </message>
  <message>
   <source>Base models</source>
   <translation>Basismodelle</translation>
  </message>
  <message>
   <source>Cancel Fetching</source>
   <translation>Laden abbrechen</translation>
  </message>
  <message>
   <source>Comes along, learns in minutes. It takes on a voice and makes little sense: to try things out.</source>
   <translation>Liegt bei, lernt in Minuten. Es nimmt eine Stimme an und ergibt wenig Sinn: zum Ausprobieren.</translation>
  </message>
  <message>
   <source>It is here already.</source>
   <translation>Es ist schon da.</translation>
  </message>
  <message>
   <source>Offline, with the tiny base that comes along</source>
   <translation>Ohne Netz, mit dem winzigen Basismodell, das beiliegt</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Use the Small Base Instead</source>
   <translation>Stattdessen das kleine nehmen</translation>
  </message>
  <message>
   <source>With a real small model, {name}</source>
   <translation>Mit einem echten kleinen Modell, {name}</translation>
  </message>
  <message>
   <source>Writes whole, simple English sentences in the author’s manner; learns in minutes.</source>
   <translation>Schreibt ganze, einfache englische Sätze in der Art des Autors; lernt in Minuten.</translation>
  </message>
  <message>
   <source>{size} to fetch once.</source>
   <translation>Einmal {size} zu laden.</translation>
  </message>
 </context>
 <context>
  <name>BaseStep</name>
  <message>
   <source>Choose a Model’s Folder</source>
   <translation>Modellordner wählen</translation>
  </message>
  <message>
   <source>Choose a Model’s Folder …</source>
   <translation>Modellordner wählen …</translation>
  </message>
  <message>
   <source>Small base</source>
   <translation>Kleines Basismodell</translation>
  </message>
  <message>
   <source>This computer has {memory}. For real work, a {size} base in 4-bit fits it well.</source>
   <translation>Dieser Rechner hat {memory}. Für ernste Arbeit passt ein {size}-Basismodell in 4 Bit.</translation>
  </message>
  <message>
   <source>Which model learns it?</source>
   <translation>Welches Modell lernt sie?</translation>
  </message>
 </context>
 <context>
  <name>Budget</name>
  <message>
   <source>Budget used</source>
   <translation>Verbrauchtes Budget</translation>
  </message>
  <message>
   <source>{tokens} tokens in {passages} of {all}, spread over texts and kinds of scene.</source>
   <translation>{tokens} Token in {passages} von {all}, verteilt auf Texte und Arten von Szenen.</translation>
  </message>
  <message>
   <source>{tokens} tokens in {passages}: all of them fit.</source>
   <translation>{tokens} Token in {passages}: alle passen hinein.</translation>
  </message>
 </context>
 <context>
  <name>ConstraintLine</name>
  <message>
   <source>Remove this advice</source>
   <translation>Diesen Hinweis entfernen</translation>
  </message>
 </context>
 <context>
  <name>CorpusPage</name>
  <message>
   <source>Add Texts</source>
   <translation>Texte hinzufügen</translation>
  </message>
  <message>
   <source>Add Texts …</source>
   <translation>Texte hinzufügen …</translation>
  </message>
  <message>
   <source>All the others are in the project.</source>
   <translation>Alle anderen sind im Projekt.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose Files …</source>
   <translation>Dateien wählen …</translation>
  </message>
  <message>
   <source>Delete takes a text out of the project.</source>
   <translation>Die Entfernen-Taste nimmt einen Text aus dem Projekt.</translation>
  </message>
  <message>
   <source>Drop an author’s texts here</source>
   <translation>Texte eines Autors hier ablegen</translation>
  </message>
  <message>
   <source>Its copy in the project is deleted, and with it its passages. The file it came from stays.</source>
   <translation>Seine Kopie im Projekt wird gelöscht, und mit ihr seine Abschnitte. Die Datei, aus der er kam, bleibt.</translation>
  </message>
  <message>
   <source>Passages</source>
   <translation>Abschnitte</translation>
  </message>
  <message>
   <source>Reading the texts …</source>
   <translation>Die Texte werden gelesen …</translation>
  </message>
  <message>
   <source>Removed</source>
   <translation>Entfernt</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Bericht</translation>
  </message>
  <message>
   <source>StyleLab takes out licences, headings and notes, keeps a record of each, and cuts the rest into passages. Nothing leaves this computer.</source>
   <translation>StyleLab nimmt Lizenzen, Überschriften und Anmerkungen heraus, merkt sich jede Stelle und teilt den Rest in Abschnitte. Nichts verlässt diesen Rechner.</translation>
  </message>
  <message>
   <source>Take Out</source>
   <translation>Herausnehmen</translation>
  </message>
  <message>
   <source>Take “{text}” out of the project?</source>
   <translation>„{text}“ aus dem Projekt nehmen?</translation>
  </message>
  <message>
   <source>Text</source>
   <translation>Text</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>They appear here when they are read.</source>
   <translation>Sie erscheinen hier, wenn sie gelesen sind.</translation>
  </message>
  <message>
   <source>Use a Sample</source>
   <translation>Beispiel verwenden</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>What the author wrote.</source>
   <translation>Was der Autor geschrieben hat.</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>{documents}, {words} kept, {passages}</source>
   <translation>{documents}, {words} behalten, {passages}</translation>
  </message>
  <message>
   <source>{files} could not be read</source>
   <translation>{files} nicht lesbar</translation>
  </message>
 </context>
 <context>
  <name>CorpusReport</name>
  <message>
   <source>No passage was left out.</source>
   <translation>Kein Abschnitt wurde ausgelassen.</translation>
  </message>
  <message>
   <source>Nothing was taken out.</source>
   <translation>Nichts wurde entfernt.</translation>
  </message>
  <message>
   <source>Passages left out</source>
   <translation>Ausgelassene Abschnitte</translation>
  </message>
  <message>
   <source>Passages per text</source>
   <translation>Abschnitte je Text</translation>
  </message>
  <message>
   <source>Point of view</source>
   <translation>Perspektive</translation>
  </message>
  <message>
   <source>Scenes</source>
   <translation>Szenen</translation>
  </message>
  <message>
   <source>Tense</source>
   <translation>Zeitform</translation>
  </message>
  <message>
   <source>Words per passage</source>
   <translation>Wörter je Abschnitt</translation>
  </message>
  <message>
   <source>Words taken out</source>
   <translation>Entfernte Wörter</translation>
  </message>
  <message>
   <source>{share} of the passages begin and end with a sentence.</source>
   <translation>{share} der Abschnitte beginnen und enden mit einem Satz.</translation>
  </message>
  <message>
   <source>{share} of the words are spoken.</source>
   <translation>{share} der Wörter sind gesprochen.</translation>
  </message>
 </context>
 <context>
  <name>Dots</name>
  <message>
   <source>Step {number} of {all}</source>
   <translation>Schritt {number} von {all}</translation>
  </message>
 </context>
 <context>
  <name>ExportPage</name>
  <message>
   <source>Adapter</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <source>An adapter for other programs, checked before it appears.</source>
   <translation>Ein Adapter für andere Programme, vorher geprüft.</translation>
  </message>
  <message>
   <source>Copy Command</source>
   <translation>Befehl kopieren</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>Export …</source>
   <translation>Exportieren …</translation>
  </message>
  <message>
   <source>Exported {run}</source>
   <translation>{run} ist exportiert</translation>
  </message>
  <message>
   <source>First an adapter</source>
   <translation>Zuerst ein Adapter</translation>
  </message>
  <message>
   <source>Form</source>
   <translation>Form</translation>
  </message>
  <message>
   <source>Loaded back with mlx-lm: the same {tokens} tokens, logits at most {difference} apart.
{folder}</source>
   <translation>Mit mlx-lm geladen: dieselben {tokens} Token, Logits höchstens {difference} auseinander.
{folder}</translation>
  </message>
  <message>
   <source>Show Training</source>
   <translation>Training zeigen</translation>
  </message>
  <message>
   <source>Show in Folder</source>
   <translation>Im Ordner zeigen</translation>
  </message>
  <message>
   <source>Train one; then it can leave for other programs.</source>
   <translation>Trainieren Sie einen; dann kann er in andere Programme.</translation>
  </message>
  <message>
   <source>{run}, validation loss {loss}</source>
   <translation>{run}, Validierungsverlust {loss}</translation>
  </message>
 </context>
 <context>
  <name>FilesStep</name>
  <message>
   <source>Add Texts</source>
   <translation>Texte hinzufügen</translation>
  </message>
  <message>
   <source>Choose Files …</source>
   <translation>Dateien wählen …</translation>
  </message>
  <message>
   <source>Choose a Folder …</source>
   <translation>Ordner wählen …</translation>
  </message>
  <message>
   <source>Drop files or folders. Fifty pages teach a habit or two; a few hundred teach a voice.</source>
   <translation>Legen Sie Dateien oder Ordner ab. Fünfzig Seiten lehren ein paar Gewohnheiten, einige hundert eine Stimme.</translation>
  </message>
  <message>
   <source>Drop texts here. You can also add some later.</source>
   <translation>Texte hier ablegen. Das geht auch später.</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>Use the Sample</source>
   <translation>Beispiel verwenden</translation>
  </message>
  <message>
   <source>What did they write?</source>
   <translation>Was wurde geschrieben?</translation>
  </message>
  <message>
   <source>{name}, a folder</source>
   <translation>{name}, ein Ordner</translation>
  </message>
 </context>
 <context>
  <name>GivenPairs</name>
  <message>
   <source>Add Given Pairs</source>
   <translation>Gegebene Paare hinzufügen</translation>
  </message>
  <message>
   <source>Author’s text</source>
   <translation>Text des Autors</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Drafts and Finals …</source>
   <translation>Entwürfe und Fassungen …</translation>
  </message>
  <message>
   <source>Files of Pairs …</source>
   <translation>Dateien mit Paaren …</translation>
  </message>
  <message>
   <source>Later</source>
   <translation>Später</translation>
  </message>
  <message>
   <source>Make Pairs</source>
   <translation>Paare bilden</translation>
  </message>
  <message>
   <source>Pairs</source>
   <translation>Paare</translation>
  </message>
  <message>
   <source>Plain input</source>
   <translation>Schlichter Text</translation>
  </message>
  <message>
   <source>Take Them In</source>
   <translation>Aufnehmen</translation>
  </message>
  <message>
   <source>The folder of drafts</source>
   <translation>Der Ordner mit den Entwürfen</translation>
  </message>
  <message>
   <source>The folder of finals</source>
   <translation>Der Ordner mit den fertigen Fassungen</translation>
  </message>
  <message>
   <source>They enter the dataset when the pairs are made.</source>
   <translation>In den Datensatz kommen sie, wenn die Paare gebildet werden.</translation>
  </message>
  <message>
   <source>{pairs} taken in</source>
   <translation>{pairs} aufgenommen</translation>
  </message>
 </context>
 <context>
  <name>GoStep</name>
  <message>
   <source> and {count} more</source>
   <translation> und {count} weitere</translation>
  </message>
  <message>
   <source>Author</source>
   <translation>Autor</translation>
  </message>
  <message>
   <source>Base</source>
   <translation>Basis</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>Nothing is downloaded, and nothing leaves this computer.</source>
   <translation>Nichts wird geladen, und nichts verlässt diesen Rechner.</translation>
  </message>
  <message>
   <source>Persona</source>
   <translation>Persona</translation>
  </message>
  <message>
   <source>Read the texts, make pairs and train at once</source>
   <translation>Texte lesen, Paare bilden und gleich trainieren</translation>
  </message>
  <message>
   <source>Ready</source>
   <translation>Bereit</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>With the small base that takes a few minutes; you can watch, or stop whenever you like.</source>
   <translation>Mit dem kleinen Basismodell dauert das wenige Minuten; Sie können zusehen oder jederzeit anhalten.</translation>
  </message>
  <message>
   <source>none yet</source>
   <translation>noch keine</translation>
  </message>
 </context>
 <context>
  <name>JobStatus</name>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Notes</source>
   <translation>Hinweise</translation>
  </message>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
  <message>
   <source>Starting</source>
   <translation>Beginnt</translation>
  </message>
  <message>
   <source>Stop (saves first)</source>
   <translation>Anhalten (sichert vorher)</translation>
  </message>
  <message>
   <source>Stopping …</source>
   <translation>Hält an …</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>noch {time}</translation>
  </message>
  <message>
   <source>{used} of {all} memory</source>
   <translation>{used} von {all} Speicher</translation>
  </message>
 </context>
 <context>
  <name>LossChart</name>
  <message>
   <source>loss {value}</source>
   <translation>Verlust {value}</translation>
  </message>
  <message>
   <source>update {number}</source>
   <translation>Schritt {number}</translation>
  </message>
  <message>
   <source>validation {value}</source>
   <translation>Validierung {value}</translation>
  </message>
 </context>
 <context>
  <name>ModelForm</name>
  <message>
   <source>Fewer Settings</source>
   <translation>Weniger Einstellungen</translation>
  </message>
  <message>
   <source>More Settings</source>
   <translation>Mehr Einstellungen</translation>
  </message>
  <message>
   <source>{name}: choose at least one.</source>
   <translation>{name}: mindestens eins wählen.</translation>
  </message>
  <message>
   <source>{name}: give a number ({range}).</source>
   <translation>{name}: eine Zahl angeben ({range}).</translation>
  </message>
  <message>
   <source>{name}: too short or too long.</source>
   <translation>{name}: zu kurz oder zu lang.</translation>
  </message>
 </context>
 <context>
  <name>ModelInspector</name>
  <message>
   <source>About this model</source>
   <translation>Über dieses Modell</translation>
  </message>
 </context>
 <context>
  <name>ModelLine</name>
  <message>
   <source>Progress</source>
   <translation>Fortschritt</translation>
  </message>
 </context>
 <context>
  <name>ModelOperations</name>
  <message>
   <source>Another job is running</source>
   <translation>Es läuft schon eine Arbeit</translation>
  </message>
  <message>
   <source>Bits of a weight</source>
   <translation>Bit je Gewicht</translation>
  </message>
  <message>
   <source>Bits per byte on the bundled text: {before} before, {after} after; the fewer, the better.</source>
   <translation>Bit je Byte auf dem beiliegenden Text: {before} vorher, {after} nachher; je weniger, desto besser.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Choose a Model’s Folder</source>
   <translation>Ordner eines Modells wählen</translation>
  </message>
  <message>
   <source>Convert</source>
   <translation>Umwandeln</translation>
  </message>
  <message>
   <source>Convert {name}</source>
   <translation>{name} umwandeln</translation>
  </message>
  <message>
   <source>Fewer bits take less memory and lose some of what the model knows. The model itself stays as it is.</source>
   <translation>Weniger Bit brauchen weniger Speicher und verlieren etwas von dem, was das Modell kann. Das Modell selbst bleibt, wie es ist.</translation>
  </message>
  <message>
   <source>Get a Token …</source>
   <translation>Token besorgen …</translation>
  </message>
  <message>
   <source>Import a GGUF File</source>
   <translation>GGUF-Datei importieren</translation>
  </message>
  <message>
   <source>It is kept by this system’s keychain, and in no file of StyleLab.</source>
   <translation>Es liegt im Schlüsselbund dieses Systems und in keiner Datei von StyleLab.</translation>
  </message>
  <message>
   <source>It was quantised before: the losses of both add up.</source>
   <translation>Es war schon quantisiert: Beide Verluste kommen zusammen.</translation>
  </message>
  <message>
   <source>Learn on another base?</source>
   <translation>Auf einem anderen Basismodell lernen?</translation>
  </message>
  <message>
   <source>Models whose makers ask for consent need a read token of an account that has given it.</source>
   <translation>Modelle, deren Hersteller um Zustimmung bitten, brauchen ein Lese-Token eines Kontos, das sie gegeben hat.</translation>
  </message>
  <message>
   <source>One runs at a time. Import the file once it has finished.</source>
   <translation>Immer nur eine zugleich. Importieren Sie die Datei, wenn sie fertig ist.</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Remove Token</source>
   <translation>Token entfernen</translation>
  </message>
  <message>
   <source>Remove {name}?</source>
   <translation>{name} entfernen?</translation>
  </message>
  <message>
   <source>Save Token</source>
   <translation>Token sichern</translation>
  </message>
  <message>
   <source>The loss is measured on a bundled text, before and after. In groups of 32 less is lost than in 64.</source>
   <translation>Der Verlust wird an einem beiliegenden Text gemessen, vorher und nachher. In Gruppen zu 32 geht weniger verloren als zu 64.</translation>
  </message>
  <message>
   <source>The pairs were made for the present one and must be made again. Adapters trained so far stay.</source>
   <translation>Die Paare wurden für das jetzige gemacht und müssen neu gemacht werden. Bisher trainierte Adapter bleiben.</translation>
  </message>
  <message>
   <source>Token</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>Token for the model hub</source>
   <translation>Token für den Modell-Hub</translation>
  </message>
  <message>
   <source>Use It</source>
   <translation>Verwenden</translation>
  </message>
  <message>
   <source>Weights in a group</source>
   <translation>Gewichte in einer Gruppe</translation>
  </message>
  <message>
   <source>hf_…</source>
   <translation>hf_…</translation>
  </message>
  <message>
   <source>{before} became {after}.</source>
   <translation>Aus {before} wurden {after}.</translation>
  </message>
  <message>
   <source>{name} is there</source>
   <translation>{name} ist da</translation>
  </message>
  <message>
   <source>{size} will be free. It can be got again.</source>
   <translation>{size} werden frei. Es lässt sich wieder laden.</translation>
  </message>
 </context>
 <context>
  <name>ModelsPage</name>
  <message>
   <source>A job is running.</source>
   <translation>Es läuft eine Arbeit.</translation>
  </message>
  <message>
   <source>Asking the model hub …</source>
   <translation>Der Modell-Hub wird gefragt …</translation>
  </message>
  <message>
   <source>Asks the model hub for the words in the search field; nothing else is sent.</source>
   <translation>Fragt den Modell-Hub nach den Wörtern im Suchfeld; sonst wird nichts gesendet.</translation>
  </message>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Base models</source>
   <translation>Basismodelle</translation>
  </message>
  <message>
   <source>Choose a Folder …</source>
   <translation>Ordner wählen …</translation>
  </message>
  <message>
   <source>Found in other programs</source>
   <translation>In anderen Programmen gefunden</translation>
  </message>
  <message>
   <source>Get one</source>
   <translation>Zu laden</translation>
  </message>
  <message>
   <source>Import a GGUF File …</source>
   <translation>GGUF-Datei importieren …</translation>
  </message>
  <message>
   <source>It must be got first.</source>
   <translation>Es muss erst geladen werden.</translation>
  </message>
  <message>
   <source>Look Again in Other Programs</source>
   <translation>Noch einmal in anderen Programmen suchen</translation>
  </message>
  <message>
   <source>More</source>
   <translation>Mehr</translation>
  </message>
  <message>
   <source>No base model of the list is called so. The hub may have one.</source>
   <translation>Kein Basismodell der Liste heißt so. Vielleicht hat der Hub eines.</translation>
  </message>
  <message>
   <source>On the model hub</source>
   <translation>Auf dem Modell-Hub</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search the Hub</source>
   <translation>Im Hub suchen</translation>
  </message>
  <message>
   <source>Search the list</source>
   <translation>In der Liste suchen</translation>
  </message>
  <message>
   <source>This project learns on {base}.</source>
   <translation>Dieses Projekt lernt auf {base}.</translation>
  </message>
  <message>
   <source>Token for the Model Hub …</source>
   <translation>Token für den Modell-Hub …</translation>
  </message>
  <message>
   <source>Use for This Project</source>
   <translation>Für dieses Projekt verwenden</translation>
  </message>
  <message>
   <source>the small base that comes along</source>
   <translation>dem kleinen Basismodell, das beiliegt</translation>
  </message>
  <message>
   <source>{free} free on the disk.</source>
   <translation>{free} frei auf der Festplatte.</translation>
  </message>
 </context>
 <context>
  <name>PairsInspector</name>
  <message>
   <source>Plan</source>
   <translation>Plan</translation>
  </message>
 </context>
 <context>
  <name>PairsPage</name>
  <message>
   <source>A accepts, R rejects, E edits, U takes back.</source>
   <translation>A nimmt an, R lehnt ab, E bearbeitet, U nimmt zurück.</translation>
  </message>
  <message>
   <source>Accept</source>
   <translation>Annehmen</translation>
  </message>
  <message>
   <source>Add Given Pairs …</source>
   <translation>Gegebene Paare hinzufügen …</translation>
  </message>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Change its texts. (E)</source>
   <translation>Die Texte ändern. (E)</translation>
  </message>
  <message>
   <source>Decided by you</source>
   <translation>Von Ihnen entschieden</translation>
  </message>
  <message>
   <source>Each passage is rewritten in plain words.</source>
   <translation>Jeder Abschnitt wird in schlichten Worten neu gesagt.</translation>
  </message>
  <message>
   <source>Each passage is rewritten in plain words. The plain text is what the model will be given; the author’s passage is what it learns to make of it.</source>
   <translation>Jeder Abschnitt wird in schlichten Worten neu gesagt. Den schlichten Text bekommt das Modell; den des Autors lernt es daraus zu machen.</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>First the author’s texts</source>
   <translation>Zuerst die Texte des Autors</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Leave it out. (R)</source>
   <translation>Auslassen. (R)</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Ausgelassen</translation>
  </message>
  <message>
   <source>Make Again</source>
   <translation>Neu bilden</translation>
  </message>
  <message>
   <source>Make Pairs</source>
   <translation>Paare bilden</translation>
  </message>
  <message>
   <source>Making the pairs …</source>
   <translation>Die Paare werden gebildet …</translation>
  </message>
  <message>
   <source>Pairs</source>
   <translation>Paare</translation>
  </message>
  <message>
   <source>Pairs are made of passages. Add texts to the corpus.</source>
   <translation>Paare entstehen aus Abschnitten. Fügen Sie dem Korpus Texte hinzu.</translation>
  </message>
  <message>
   <source>Pairs teach the way from plain to written</source>
   <translation>Paare lehren den Weg von schlicht zu geschrieben</translation>
  </message>
  <message>
   <source>Plain input</source>
   <translation>Schlichter Text</translation>
  </message>
  <message>
   <source>Plain inputs and the author’s text.</source>
   <translation>Schlichte Texte und die des Autors.</translation>
  </message>
  <message>
   <source>Reject</source>
   <translation>Ablehnen</translation>
  </message>
  <message>
   <source>Report</source>
   <translation>Bericht</translation>
  </message>
  <message>
   <source>Send Them</source>
   <translation>Senden</translation>
  </message>
  <message>
   <source>Send the author’s texts to {server}?</source>
   <translation>Die Texte des Autors an {server} senden?</translation>
  </message>
  <message>
   <source>Show the Corpus</source>
   <translation>Korpus zeigen</translation>
  </message>
  <message>
   <source>Take it, whatever the checks say. (A)</source>
   <translation>Nehmen, was immer die Prüfungen sagen. (A)</translation>
  </message>
  <message>
   <source>Test</source>
   <translation>Test</translation>
  </message>
  <message>
   <source>The pairs you added enter the dataset when the pairs are made again.</source>
   <translation>Die hinzugefügten Paare kommen in den Datensatz, wenn die Paare neu gebildet werden.</translation>
  </message>
  <message>
   <source>The passages that are not yet rewritten leave this computer. The server’s owner can read them.</source>
   <translation>Die noch nicht umgeschriebenen Abschnitte verlassen diesen Rechner. Der Betreiber des Servers kann sie lesen.</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Validation</source>
   <translation>Validierung</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Ansicht</translation>
  </message>
  <message>
   <source>What you decided takes effect when the pairs are made again.</source>
   <translation>Was Sie entschieden haben, gilt, sobald die Paare neu gebildet werden.</translation>
  </message>
  <message>
   <source>Which pairs</source>
   <translation>Welche Paare</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>{pairs}: {train} to learn from, {valid} to validate, {test} to test</source>
   <translation>{pairs}: {train} zum Lernen, {valid} zum Validieren, {test} zum Testen</translation>
  </message>
 </context>
 <context>
  <name>PairsReport</name>
  <message>
   <source>All fit into {limit} tokens; the longest has {longest}.</source>
   <translation>Alle passen in {limit} Token; das längste hat {longest}.</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Inhalte</translation>
  </message>
  <message>
   <source>Counting tokens …</source>
   <translation>Zählt Token …</translation>
  </message>
  <message>
   <source>Inputs</source>
   <translation>Eingaben</translation>
  </message>
  <message>
   <source>Kinds</source>
   <translation>Arten</translation>
  </message>
  <message>
   <source>Nothing</source>
   <translation>Nichts</translation>
  </message>
  <message>
   <source>Points of view</source>
   <translation>Perspektiven</translation>
  </message>
  <message>
   <source>Texts</source>
   <translation>Texte</translation>
  </message>
  <message>
   <source>Tokens per pair</source>
   <translation>Token je Paar</translation>
  </message>
  <message>
   <source>What came through</source>
   <translation>Was durchkam</translation>
  </message>
  <message>
   <source>What was dropped</source>
   <translation>Was wegfiel</translation>
  </message>
  <message>
   <source>longest that is trained</source>
   <translation>das längste, das gelernt wird</translation>
  </message>
  <message>
   <source>{count} of {all} are longer than {limit} tokens and will be left out.</source>
   <translation>{count} von {all} sind länger als {limit} Token und bleiben aus.</translation>
  </message>
 </context>
 <context>
  <name>PassageTable</name>
  <message>
   <source>All</source>
   <translation>Alle</translation>
  </message>
  <message>
   <source>Kept</source>
   <translation>Behalten</translation>
  </message>
  <message>
   <source>Left out</source>
   <translation>Ausgelassen</translation>
  </message>
  <message>
   <source>Passage</source>
   <translation>Abschnitt</translation>
  </message>
  <message>
   <source>Passages</source>
   <translation>Abschnitte</translation>
  </message>
  <message>
   <source>Scene</source>
   <translation>Szene</translation>
  </message>
  <message>
   <source>Search</source>
   <translation>Suchen</translation>
  </message>
  <message>
   <source>Search passages</source>
   <translation>Abschnitte durchsuchen</translation>
  </message>
  <message>
   <source>Which passages</source>
   <translation>Welche Abschnitte</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
 </context>
 <context>
  <name>PersonaForm</name>
  <message>
   <source>Add Advice</source>
   <translation>Hinweis hinzufügen</translation>
  </message>
  <message>
   <source>Something to heed.</source>
   <translation>Etwas, das zu beachten ist.</translation>
  </message>
 </context>
 <context>
  <name>PersonaPage</name>
  <message>
   <source>Another program saved it since it was read here. Your changes are still in this window.</source>
   <translation>Ein anderes Programm hat sie gesichert, seit sie hier gelesen wurde. Ihre Änderungen sind noch in diesem Fenster.</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Changed since the pairs were made: {fields}. Make the pairs again and train; adapters trained so far keep the persona they learned.</source>
   <translation>Seit die Paare gebildet wurden, geändert: {fields}. Bilden Sie die Paare neu und trainieren Sie; fertige Adapter behalten ihre Persona.</translation>
  </message>
  <message>
   <source>Discard</source>
   <translation>Verwerfen</translation>
  </message>
  <message>
   <source>Its changes would be lost.</source>
   <translation>Ihre Änderungen gingen verloren.</translation>
  </message>
  <message>
   <source>Keep Mine for Now</source>
   <translation>Meine vorerst behalten</translation>
  </message>
  <message>
   <source>Persona as YAML</source>
   <translation>Persona als YAML</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Read It Again</source>
   <translation>Neu lesen</translation>
  </message>
  <message>
   <source>Revert</source>
   <translation>Zurücksetzen</translation>
  </message>
  <message>
   <source>Right side</source>
   <translation>Rechte Seite</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>The persona is not saved</source>
   <translation>Die Persona ist nicht gesichert</translation>
  </message>
  <message>
   <source>The text on the right has an error.</source>
   <translation>Der Text rechts hat einen Fehler.</translation>
  </message>
  <message>
   <source>YAML</source>
   <translation>YAML</translation>
  </message>
  <message>
   <source>persona.yaml was changed elsewhere</source>
   <translation>persona.yaml wurde anderswo geändert</translation>
  </message>
  <message>
   <source>{author}, {count} situations to write from</source>
   <translation>{author}, {count} Lagen zum Schreiben</translation>
  </message>
 </context>
 <context>
  <name>PersonaStep</name>
  <message>
   <source>A persona is a handful of situations to write from. Take the nearest; you can make it your own.</source>
   <translation>Eine Persona ist eine Handvoll Lagen, aus denen geschrieben wird. Nehmen Sie die nächste; sie lässt sich anpassen.</translation>
  </message>
  <message>
   <source>Choose a File …</source>
   <translation>Datei wählen …</translation>
  </message>
  <message>
   <source>Choose a Persona</source>
   <translation>Persona wählen</translation>
  </message>
  <message>
   <source>Personas</source>
   <translation>Personas</translation>
  </message>
  <message>
   <source>Where do they write from?</source>
   <translation>Aus welcher Lage wird geschrieben?</translation>
  </message>
 </context>
 <context>
  <name>PlanInspector</name>
  <message>
   <source>Compute one update of the longest pairs, measure, and keep nothing.</source>
   <translation>Einen Schritt mit den längsten Paaren rechnen, messen und nichts behalten.</translation>
  </message>
  <message>
   <source>Find a Learning Rate</source>
   <translation>Lernrate suchen</translation>
  </message>
  <message>
   <source>Let the rate grow until the loss runs away, and keep nothing.</source>
   <translation>Die Rate wachsen lassen, bis der Verlust davonläuft, und nichts behalten.</translation>
  </message>
  <message>
   <source>Own settings</source>
   <translation>Eigene Einstellungen</translation>
  </message>
  <message>
   <source>Plan</source>
   <translation>Plan</translation>
  </message>
  <message>
   <source>Preset</source>
   <translation>Vorgabe</translation>
  </message>
  <message>
   <source>Rehearse</source>
   <translation>Probelauf</translation>
  </message>
 </context>
 <context>
  <name>PromptView</name>
  <message>
   <source>Add texts to see the prompt of a passage.</source>
   <translation>Fügen Sie Texte hinzu, um den Prompt eines Abschnitts zu sehen.</translation>
  </message>
  <message>
   <source>Kind of text</source>
   <translation>Art des Textes</translation>
  </message>
  <message>
   <source>Passage</source>
   <translation>Abschnitt</translation>
  </message>
  <message>
   <source>Prompt</source>
   <translation>Prompt</translation>
  </message>
  <message>
   <source>Rendering …</source>
   <translation>Wird gebildet …</translation>
  </message>
  <message>
   <source>Story</source>
   <translation>Erzähltes</translation>
  </message>
  <message>
   <source>This passage is read as a story.</source>
   <translation>Dieser Abschnitt gilt als erzählt.</translation>
  </message>
  <message>
   <source>This passage is read as a thought.</source>
   <translation>Dieser Abschnitt gilt als gedacht.</translation>
  </message>
  <message>
   <source>Thought</source>
   <translation>Gedachtes</translation>
  </message>
  <message>
   <source>of {count}</source>
   <translation>von {count}</translation>
  </message>
  <message>
   <source>{count} tokens. {read_as}</source>
   <translation>{count} Token. {read_as}</translation>
  </message>
 </context>
 <context>
  <name>RemovalReader</name>
  <message>
   <source>Earlier part</source>
   <translation>Voriger Teil</translation>
  </message>
  <message>
   <source>Next part</source>
   <translation>Nächster Teil</translation>
  </message>
  <message>
   <source>Part {number} of {all}</source>
   <translation>Teil {number} von {all}</translation>
  </message>
  <message>
   <source>Put back by you. Click to leave it to the rules again.</source>
   <translation>Von Ihnen zurückgeholt. Klicken überlässt es wieder den Regeln.</translation>
  </message>
  <message>
   <source>Remove Selection</source>
   <translation>Auswahl entfernen</translation>
  </message>
  <message>
   <source>Rules</source>
   <translation>Regeln</translation>
  </message>
  <message>
   <source>Rules for this text</source>
   <translation>Regeln für diesen Text</translation>
  </message>
  <message>
   <source>The text as it came</source>
   <translation>Der Text, wie er kam</translation>
  </message>
  <message>
   <source>What was taken out</source>
   <translation>Was entfernt wurde</translation>
  </message>
  <message>
   <source>{rule}. Click to put it back.</source>
   <translation>{rule}. Klicken holt es zurück.</translation>
  </message>
 </context>
 <context>
  <name>RunsTable</name>
  <message>
   <source>Best loss</source>
   <translation>Bester Verlust</translation>
  </message>
  <message>
   <source>Both have the same plan.</source>
   <translation>Beide haben denselben Plan.</translation>
  </message>
  <message>
   <source>Choose several to lay their curves over each other.</source>
   <translation>Wählen Sie mehrere, um ihre Kurven übereinander zu legen.</translation>
  </message>
  <message>
   <source>First loss</source>
   <translation>Erster Verlust</translation>
  </message>
  <message>
   <source>Run</source>
   <translation>Lauf</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Started</source>
   <translation>Begonnen</translation>
  </message>
  <message>
   <source>State</source>
   <translation>Stand</translation>
  </message>
  <message>
   <source>Updates</source>
   <translation>Schritte</translation>
  </message>
 </context>
 <context>
  <name>SampleDialog</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Fetch and Try It</source>
   <translation>Laden und ausprobieren</translation>
  </message>
  <message>
   <source>Ten tales by an author made up for it are read, made into pairs and trained on; then you write with the adapter. It is short on purpose: few pairs, few updates.</source>
   <translation>Zehn Erzählungen eines erfundenen Autors werden gelesen, zu Paaren gemacht und trainiert; dann schreiben Sie mit dem Adapter. Das ist mit Absicht kurz: wenige Paare, wenige Schritte.</translation>
  </message>
  <message>
   <source>Try It</source>
   <translation>Ausprobieren</translation>
  </message>
  <message>
   <source>Try the Sample</source>
   <translation>Das Beispiel ausprobieren</translation>
  </message>
 </context>
 <context>
  <name>SettingsPage</name>
  <message>
   <source>Appearance</source>
   <translation>Erscheinungsbild</translation>
  </message>
  <message>
   <source>Dark</source>
   <translation>Dunkel</translation>
  </message>
  <message>
   <source>How StyleLab looks and speaks.</source>
   <translation>Wie StyleLab aussieht und spricht.</translation>
  </message>
  <message>
   <source>Language</source>
   <translation>Sprache</translation>
  </message>
  <message>
   <source>Light</source>
   <translation>Hell</translation>
  </message>
  <message>
   <source>Like the system</source>
   <translation>Wie das System</translation>
  </message>
  <message>
   <source>Notifications</source>
   <translation>Mitteilungen</translation>
  </message>
  <message>
   <source>Privacy</source>
   <translation>Datenschutz</translation>
  </message>
  <message>
   <source>Tell me when a long job ends</source>
   <translation>Melden, wenn eine lange Arbeit endet</translation>
  </message>
  <message>
   <source>Texts, pairs, adapters and what you write stay in the project’s folder. StyleLab opens a connection only where you choose a server to rewrite passages, and asks before it does.</source>
   <translation>Texte, Paare, Adapter und was Sie schreiben bleiben im Projektordner. StyleLab öffnet nur dann eine Verbindung, wenn Sie einen Server zum Umschreiben wählen, und fragt vorher.</translation>
  </message>
 </context>
 <context>
  <name>Sheet</name>
  <message>
   <source>Close</source>
   <translation>Schließen</translation>
  </message>
  <message>
   <source>Details</source>
   <translation>Einzelheiten</translation>
  </message>
  <message>
   <source>Hide Details</source>
   <translation>Einzelheiten verbergen</translation>
  </message>
  <message>
   <source>Show Details</source>
   <translation>Einzelheiten zeigen</translation>
  </message>
 </context>
 <context>
  <name>SideBySide</name>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Left out: {reason}.</source>
   <translation>Ausgelassen: {reason}.</translation>
  </message>
  <message>
   <source>Plain input</source>
   <translation>Schlichter Text</translation>
  </message>
  <message>
   <source>Save</source>
   <translation>Sichern</translation>
  </message>
  <message>
   <source>The author’s text</source>
   <translation>Der Text des Autors</translation>
  </message>
  <message>
   <source>The input gives away {share} of the distinctive words.</source>
   <translation>Der schlichte Text verrät {share} der bezeichnenden Wörter.</translation>
  </message>
  <message>
   <source>Tinted words are not in the plain text: the model must find them.</source>
   <translation>Getönte Wörter stehen nicht im schlichten Text: das Modell muss sie finden.</translation>
  </message>
  <message>
   <source>not in the plain text</source>
   <translation>nicht im schlichten Text</translation>
  </message>
 </context>
 <context>
  <name>Sidebar</name>
  <message>
   <source>Sidebar</source>
   <translation>Seitenleiste</translation>
  </message>
 </context>
 <context>
  <name>TrainingPage</name>
  <message>
   <source>A model learns from pairs of plain and written text.</source>
   <translation>Ein Modell lernt aus Paaren von schlichtem und geschriebenem Text.</translation>
  </message>
  <message>
   <source>After update {number}</source>
   <translation>Nach Schritt {number}</translation>
  </message>
  <message>
   <source>At every checkpoint the model writes a sample; it appears here.</source>
   <translation>An jedem Zwischenstand schreibt das Modell eine Probe; sie erscheint hier.</translation>
  </message>
  <message>
   <source>Below the chart</source>
   <translation>Unter der Kurve</translation>
  </message>
  <message>
   <source>Curves</source>
   <translation>Kurven</translation>
  </message>
  <message>
   <source>Drag to zoom, double click to see all, point to read.</source>
   <translation>Ziehen vergrößert, Doppelklick zeigt alles, Zeigen liest ab.</translation>
  </message>
  <message>
   <source>First the pairs</source>
   <translation>Zuerst die Paare</translation>
  </message>
  <message>
   <source>From pairs to an adapter.</source>
   <translation>Von Paaren zum Adapter.</translation>
  </message>
  <message>
   <source>Loss</source>
   <translation>Verlust</translation>
  </message>
  <message>
   <source>Loss by update</source>
   <translation>Verlust nach Schritten</translation>
  </message>
  <message>
   <source>New Run</source>
   <translation>Neuer Lauf</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Ready to train</source>
   <translation>Bereit zum Training</translation>
  </message>
  <message>
   <source>Resume</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Runs</source>
   <translation>Läufe</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>Proben</translation>
  </message>
  <message>
   <source>Save Checkpoint</source>
   <translation>Zwischenstand sichern</translation>
  </message>
  <message>
   <source>Saves a checkpoint and gives the memory back.</source>
   <translation>Sichert einen Zwischenstand und gibt den Speicher frei.</translation>
  </message>
  <message>
   <source>Show All</source>
   <translation>Alles zeigen</translation>
  </message>
  <message>
   <source>Show the Pairs</source>
   <translation>Paare zeigen</translation>
  </message>
  <message>
   <source>Smooth</source>
   <translation>Glätten</translation>
  </message>
  <message>
   <source>Start Training</source>
   <translation>Training beginnen</translation>
  </message>
  <message>
   <source>Train a New Run</source>
   <translation>Neu trainieren</translation>
  </message>
  <message>
   <source>best validation loss</source>
   <translation>bester Validierungsverlust</translation>
  </message>
  <message>
   <source>left</source>
   <translation>verbleibend</translation>
  </message>
  <message>
   <source>loss, nats per token</source>
   <translation>Verlust, Nat je Token</translation>
  </message>
  <message>
   <source>memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>tokens per second</source>
   <translation>Token je Sekunde</translation>
  </message>
  <message>
   <source>training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>update</source>
   <translation>Schritt</translation>
  </message>
  <message>
   <source>validation, best circled</source>
   <translation>Validierung, beste umkreist</translation>
  </message>
  <message>
   <source>{run} begins; the first figures come after a few seconds.</source>
   <translation>{run} beginnt; die ersten Zahlen kommen nach ein paar Sekunden.</translation>
  </message>
  <message>
   <source>{run} is learning.</source>
   <translation>{run} lernt.</translation>
  </message>
  <message>
   <source>{run}: validation loss {first} → {best} nats per token, best at update {update}</source>
   <translation>{run}: Validierungsverlust {first} → {best} Nat je Token, am besten bei Schritt {update}</translation>
  </message>
 </context>
 <context>
  <name>TrainingTrials</name>
  <message>
   <source>A learning rate is found</source>
   <translation>Eine Lernrate ist gefunden</translation>
  </message>
  <message>
   <source>At most {size} of {limit} of memory were in use.</source>
   <translation>Höchstens {size} von {limit} Speicher waren belegt.</translation>
  </message>
  <message>
   <source>Keep {rate}</source>
   <translation>{rate} behalten</translation>
  </message>
  <message>
   <source>Loss by learning rate</source>
   <translation>Verlust nach Lernrate</translation>
  </message>
  <message>
   <source>Measured; validation and samples come on top. Nothing of it is kept.</source>
   <translation>Gemessen; Validierung und Proben kommen hinzu. Nichts davon wird behalten.</translation>
  </message>
  <message>
   <source>No learning rate helped</source>
   <translation>Keine Lernrate half</translation>
  </message>
  <message>
   <source>One update of the longest pairs took {seconds} s; the whole plan takes about {time}.</source>
   <translation>Ein Schritt mit den längsten Paaren dauerte {seconds} s; der ganze Plan braucht etwa {time}.</translation>
  </message>
  <message>
   <source>The loss never fell. Look at the pairs before the rate.</source>
   <translation>Der Verlust ist nie gesunken. Sehen Sie zuerst die Paare an, dann die Rate.</translation>
  </message>
  <message>
   <source>The plan is rehearsed</source>
   <translation>Der Plan ist geprobt</translation>
  </message>
  <message>
   <source>Try {rate}: a third of the rate at which the loss was least. The plan has {planned}.</source>
   <translation>Versuchen Sie {rate}: ein Drittel der Rate, bei der der Verlust am kleinsten war. Im Plan steht {planned}.</translation>
  </message>
  <message>
   <source>Use {rate}</source>
   <translation>{rate} nehmen</translation>
  </message>
  <message>
   <source>plan</source>
   <translation>Plan</translation>
  </message>
 </context>
 <context>
  <name>Welcome</name>
  <message>
   <source>Base Models …</source>
   <translation>Basismodelle …</translation>
  </message>
  <message>
   <source>Everything happens on this computer.</source>
   <translation>Alles geschieht auf diesem Rechner.</translation>
  </message>
  <message>
   <source>New Project …</source>
   <translation>Neues Projekt …</translation>
  </message>
  <message>
   <source>Open …</source>
   <translation>Öffnen …</translation>
  </message>
  <message>
   <source>Recent</source>
   <translation>Zuletzt benutzt</translation>
  </message>
  <message>
   <source>Teach a language model to write in an author’s voice.</source>
   <translation>Bringen Sie einem Sprachmodell die Stimme eines Autors bei.</translation>
  </message>
  <message>
   <source>Try the Sample …</source>
   <translation>Beispiel ausprobieren …</translation>
  </message>
 </context>
 <context>
  <name>Window</name>
  <message>
   <source>A base model is still being got ready</source>
   <translation>Ein Basismodell wird noch vorbereitet</translation>
  </message>
  <message>
   <source>A job is still running in this project</source>
   <translation>In diesem Projekt läuft noch eine Arbeit</translation>
  </message>
  <message>
   <source>Continue in Background</source>
   <translation>Im Hintergrund weiter</translation>
  </message>
  <message>
   <source>Keep Open</source>
   <translation>Offen lassen</translation>
  </message>
  <message>
   <source>Open Project</source>
   <translation>Projekt öffnen</translation>
  </message>
  <message>
   <source>Save and Quit</source>
   <translation>Sichern und beenden</translation>
  </message>
  <message>
   <source>Save and Stop</source>
   <translation>Sichern und anhalten</translation>
  </message>
  <message>
   <source>Saving keeps everything done so far; training goes on later exactly where it stopped.</source>
   <translation>Gesichert bleibt alles, was getan ist; das Training geht später genau dort weiter.</translation>
  </message>
  <message>
   <source>StyleLab is still working</source>
   <translation>StyleLab arbeitet noch</translation>
  </message>
  <message>
   <source>What has arrived of a download is kept, and goes on later where it stopped.</source>
   <translation>Was von einem Download da ist, bleibt; später geht es dort weiter, wo er stehen blieb.</translation>
  </message>
 </context>
 <context>
  <name>Wizard</name>
  <message>
   <source>Back</source>
   <translation>Zurück</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Weiter</translation>
  </message>
  <message>
   <source>Create</source>
   <translation>Anlegen</translation>
  </message>
  <message>
   <source>New Project</source>
   <translation>Neues Projekt</translation>
  </message>
 </context>
 <context>
  <name>WritingColumn</name>
  <message>
   <source>Another adapter</source>
   <translation>Ein anderer Adapter</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Keep as a draft</source>
   <translation>Als Entwurf behalten</translation>
  </message>
 </context>
 <context>
  <name>WritingInspector</name>
  <message>
   <source>Adapter</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <source>As trained.</source>
   <translation>Wie trainiert.</translation>
  </message>
  <message>
   <source>Ask the remote model</source>
   <translation>Entferntes Modell fragen</translation>
  </message>
  <message>
   <source>At 0 the adapter is off.</source>
   <translation>Bei 0 ist der Adapter aus.</translation>
  </message>
  <message>
   <source>Beside it</source>
   <translation>Daneben</translation>
  </message>
  <message>
   <source>Drafts</source>
   <translation>Entwürfe</translation>
  </message>
  <message>
   <source>Length in words</source>
   <translation>Länge in Wörtern</translation>
  </message>
  <message>
   <source>Nothing more</source>
   <translation>Nichts weiter</translation>
  </message>
  <message>
   <source>Point of view</source>
   <translation>Erzählperspektive</translation>
  </message>
  <message>
   <source>Remove</source>
   <translation>Entfernen</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Stronger than trained ({trained}): more voice, less sense.</source>
   <translation>Stärker als trainiert ({trained}): mehr Stimme, weniger Sinn.</translation>
  </message>
  <message>
   <source>Temperature</source>
   <translation>Temperatur</translation>
  </message>
  <message>
   <source>Texts you keep appear here.</source>
   <translation>Texte, die Sie behalten, erscheinen hier.</translation>
  </message>
  <message>
   <source>Tint differences</source>
   <translation>Unterschiede tönen</translation>
  </message>
  <message>
   <source>Training saw no text from this point of view.</source>
   <translation>Das Training sah keinen Text aus dieser Perspektive.</translation>
  </message>
  <message>
   <source>Weaker than trained ({trained}): nearer to the base, less voice.</source>
   <translation>Schwächer als trainiert ({trained}): näher am Basismodell, weniger Stimme.</translation>
  </message>
  <message>
   <source>Words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>as the input</source>
   <translation>wie der Text</translation>
  </message>
  <message>
   <source>{model} made the inputs plain in training. Asked here, it reads this text; unasked, rules do.</source>
   <translation>{model} hat im Training die Vorlagen vereinfacht. Hier gefragt, liest es diesen Text; sonst vereinfachen ihn Regeln.</translation>
  </message>
 </context>
 <context>
  <name>WritingPage</name>
  <message>
   <source>Adapter</source>
   <translation>Adapter</translation>
  </message>
  <message>
   <source>Base with persona</source>
   <translation>Basis mit Persona</translation>
  </message>
  <message>
   <source>First an adapter</source>
   <translation>Zuerst ein Adapter</translation>
  </message>
  <message>
   <source>It has {count}. Restyle it in pieces of at most {limit} words.</source>
   <translation>Er hat {count}. Schreiben Sie ihn in Stücken von höchstens {limit} Wörtern um.</translation>
  </message>
  <message>
   <source>Loading …</source>
   <translation>Lädt …</translation>
  </message>
  <message>
   <source>Plain text</source>
   <translation>Schlichter Text</translation>
  </message>
  <message>
   <source>Plain text in, a voice out.</source>
   <translation>Schlichter Text hinein, eine Stimme heraus.</translation>
  </message>
  <message>
   <source>Restyle a File</source>
   <translation>Datei umschreiben</translation>
  </message>
  <message>
   <source>Restyle a File …</source>
   <translation>Datei umschreiben …</translation>
  </message>
  <message>
   <source>Say it plainly, in short sentences. The author says it again.</source>
   <translation>Sagen Sie es schlicht, in kurzen Sätzen. Der Autor sagt es noch einmal.</translation>
  </message>
  <message>
   <source>Show Training</source>
   <translation>Training zeigen</translation>
  </message>
  <message>
   <source>Stop</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>That is a long text</source>
   <translation>Das ist ein langer Text</translation>
  </message>
  <message>
   <source>The adapter changes nothing: both texts come from the base alone.</source>
   <translation>Der Adapter ändert nichts: beide Texte kommen vom Basismodell allein.</translation>
  </message>
  <message>
   <source>The same prompt, the same seed, side by side.</source>
   <translation>Derselbe Prompt, derselbe Startwert, nebeneinander.</translation>
  </message>
  <message>
   <source>Train one; then base and adapter write side by side here.</source>
   <translation>Trainieren Sie einen; dann schreiben Basis und Adapter hier nebeneinander.</translation>
  </message>
  <message>
   <source>Write</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>not in the base’s text</source>
   <translation>nicht im Text der Basis</translation>
  </message>
  <message>
   <source>{count}, cut at the limit</source>
   <translation>{count}, an der Grenze abgebrochen</translation>
  </message>
 </context>
 <context>
  <name>catalogue</name>
  <message>
   <source>A closer voice in many languages, for more memory and time.</source>
   <translation>Eine genauere Stimme in vielen Sprachen, für mehr Speicher und Zeit.</translation>
  </message>
  <message>
   <source>A closer voice, for more memory and time.</source>
   <translation>Eine genauere Stimme, für mehr Speicher und Zeit.</translation>
  </message>
  <message>
   <source>A voice of its own in English.</source>
   <translation>Eine eigene Stimme auf Englisch.</translation>
  </message>
  <message>
   <source>A voice of its own in many languages; its picture encoder is not counted here.</source>
   <translation>Eine eigene Stimme in vielen Sprachen; sein Bild-Encoder ist hier nicht mitgezählt.</translation>
  </message>
  <message>
   <source>A voice of its own; the usual middle size.</source>
   <translation>Eine eigene Stimme; die übliche mittlere Größe.</translation>
  </message>
  <message>
   <source>Plain English prose with little memory.</source>
   <translation>Schlichte englische Prosa mit wenig Speicher.</translation>
  </message>
  <message>
   <source>Plain prose with little memory.</source>
   <translation>Schlichte Prosa mit wenig Speicher.</translation>
  </message>
  <message>
   <source>Prose in English and five more European languages; made in the open.</source>
   <translation>Prosa auf Englisch und in fünf weiteren Sprachen Europas; offen entwickelt.</translation>
  </message>
  <message>
   <source>Prose in many languages.</source>
   <translation>Prosa in vielen Sprachen.</translation>
  </message>
  <message>
   <source>Prose with some feeling for style.</source>
   <translation>Prosa mit etwas Stilgefühl.</translation>
  </message>
  <message>
   <source>Prose with some feeling for style; its licence is for research, not for business.</source>
   <translation>Prosa mit etwas Stilgefühl; seine Lizenz gilt für Forschung, nicht fürs Geschäft.</translation>
  </message>
  <message>
   <source>Quick tries with little memory.</source>
   <translation>Schnelle Versuche mit wenig Speicher.</translation>
  </message>
  <message>
   <source>The closest voice of its family, for the most memory and time.</source>
   <translation>Die genaueste Stimme seiner Familie, für am meisten Speicher und Zeit.</translation>
  </message>
  <message>
   <source>The first try of the whole way on any machine, in minutes; whole, simple sentences.</source>
   <translation>Der erste Versuch des ganzen Wegs auf jedem Rechner, in Minuten; ganze, einfache Sätze.</translation>
  </message>
  <message>
   <source>The smallest base in many languages; for trying settings.</source>
   <translation>Das kleinste in vielen Sprachen; um Einstellungen auszuprobieren.</translation>
  </message>
  <message>
   <source>The smallest of its generation; for trying settings.</source>
   <translation>Das kleinste seiner Generation; um Einstellungen auszuprobieren.</translation>
  </message>
  <message>
   <source>Trying settings in minutes on a base without instructions.</source>
   <translation>Um Einstellungen in Minuten auszuprobieren, auf einem Basismodell ohne Anweisungen.</translation>
  </message>
 </context>
 <context>
  <name>formats</name>
  <message>
   <source>A folder for mlx-lm, with its recipe. It is loaded back with mlx-lm and compared first.</source>
   <translation>Ein Ordner für mlx-lm, mit Rezept. Vorher wird er mit mlx-lm geladen und verglichen.</translation>
  </message>
  <message>
   <source>MLX adapter</source>
   <translation>MLX-Adapter</translation>
  </message>
 </context>
 <context>
  <name>jobs</name>
  <message>
   <source>Adding a base model</source>
   <translation>Ein Basismodell wird hinzugefügt</translation>
  </message>
  <message>
   <source>Adding the folder</source>
   <translation>Der Ordner wird hinzugefügt</translation>
  </message>
  <message>
   <source>Asking the model hub</source>
   <translation>Der Modell-Hub wird gefragt</translation>
  </message>
  <message>
   <source>Checking a base model</source>
   <translation>Ein Basismodell wird geprüft</translation>
  </message>
  <message>
   <source>Checking the files</source>
   <translation>Dateien werden geprüft</translation>
  </message>
  <message>
   <source>Choosing passages</source>
   <translation>Wählt Abschnitte</translation>
  </message>
  <message>
   <source>Cleaning a text</source>
   <translation>Säubert einen Text</translation>
  </message>
  <message>
   <source>Cleaning, cutting</source>
   <translation>Säubern, teilen</translation>
  </message>
  <message>
   <source>Computing one update</source>
   <translation>Rechnet einen Schritt</translation>
  </message>
  <message>
   <source>Converting</source>
   <translation>Umwandeln</translation>
  </message>
  <message>
   <source>Converting a base model</source>
   <translation>Ein Basismodell wird umgewandelt</translation>
  </message>
  <message>
   <source>Counting tokens</source>
   <translation>Token werden gezählt</translation>
  </message>
  <message>
   <source>Downloading</source>
   <translation>Wird geladen</translation>
  </message>
  <message>
   <source>Exporting</source>
   <translation>Exportiert</translation>
  </message>
  <message>
   <source>Exporting and checking</source>
   <translation>Exportiert und prüft</translation>
  </message>
  <message>
   <source>Fetching a base model</source>
   <translation>Ein Basismodell wird geholt</translation>
  </message>
  <message>
   <source>Importing a GGUF file</source>
   <translation>Eine GGUF-Datei wird eingelesen</translation>
  </message>
  <message>
   <source>Importing the file</source>
   <translation>Die Datei wird eingelesen</translation>
  </message>
  <message>
   <source>Learning</source>
   <translation>Lernt</translation>
  </message>
  <message>
   <source>Loading base and adapter</source>
   <translation>Basis und Adapter werden geladen</translation>
  </message>
  <message>
   <source>Loading the base model</source>
   <translation>Basismodell wird geladen</translation>
  </message>
  <message>
   <source>Looking for repetitions</source>
   <translation>Sucht Wiederholungen</translation>
  </message>
  <message>
   <source>Making pairs</source>
   <translation>Bildet Paare</translation>
  </message>
  <message>
   <source>Measuring the converted model</source>
   <translation>Das umgewandelte Modell wird gemessen</translation>
  </message>
  <message>
   <source>Measuring the model as it is</source>
   <translation>Das Modell, wie es ist, wird gemessen</translation>
  </message>
  <message>
   <source>Reading a text that it has not seen</source>
   <translation>Ein ihm unbekannter Text wird gelesen</translation>
  </message>
  <message>
   <source>Reading pairs</source>
   <translation>Liest Paare</translation>
  </message>
  <message>
   <source>Reading texts</source>
   <translation>Liest Texte</translation>
  </message>
  <message>
   <source>Reading, cleaning, cutting</source>
   <translation>Lesen, säubern, teilen</translation>
  </message>
  <message>
   <source>Rehearsing</source>
   <translation>Probelauf</translation>
  </message>
  <message>
   <source>Rewriting passages</source>
   <translation>Abschnitte werden neu gesagt</translation>
  </message>
  <message>
   <source>Saving the dataset</source>
   <translation>Datensatz wird gesichert</translation>
  </message>
  <message>
   <source>Sealing the recipe</source>
   <translation>Rezept wird versiegelt</translation>
  </message>
  <message>
   <source>Taking a text out</source>
   <translation>Nimmt einen Text heraus</translation>
  </message>
  <message>
   <source>Taking pairs in</source>
   <translation>Nimmt Paare auf</translation>
  </message>
  <message>
   <source>The adapter is exported.</source>
   <translation>Der Adapter ist exportiert.</translation>
  </message>
  <message>
   <source>The base model is checked.</source>
   <translation>Das Basismodell ist geprüft.</translation>
  </message>
  <message>
   <source>The base model is there.</source>
   <translation>Das Basismodell ist da.</translation>
  </message>
  <message>
   <source>The converted model is there.</source>
   <translation>Das umgewandelte Modell ist da.</translation>
  </message>
  <message>
   <source>The learning rates are tried.</source>
   <translation>Die Lernraten sind ausprobiert.</translation>
  </message>
  <message>
   <source>The pairs are made.</source>
   <translation>Die Paare sind gebildet.</translation>
  </message>
  <message>
   <source>The pairs are taken in.</source>
   <translation>Die Paare sind aufgenommen.</translation>
  </message>
  <message>
   <source>The passages are chosen.</source>
   <translation>Die Abschnitte sind gewählt.</translation>
  </message>
  <message>
   <source>The plan is rehearsed.</source>
   <translation>Der Plan ist geprobt.</translation>
  </message>
  <message>
   <source>The text is cleaned.</source>
   <translation>Der Text ist gesäubert.</translation>
  </message>
  <message>
   <source>The text is taken out.</source>
   <translation>Der Text ist herausgenommen.</translation>
  </message>
  <message>
   <source>The text is written.</source>
   <translation>Der Text ist geschrieben.</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Training has finished.</source>
   <translation>Das Training ist fertig.</translation>
  </message>
  <message>
   <source>Training one update</source>
   <translation>Ein Schritt wird trainiert</translation>
  </message>
  <message>
   <source>Trying learning rates</source>
   <translation>Probiert Lernraten</translation>
  </message>
  <message>
   <source>Trying the model on three passages</source>
   <translation>Das Modell wird an drei Passagen erprobt</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>Your texts are read.</source>
   <translation>Ihre Texte sind gelesen.</translation>
  </message>
 </context>
 <context>
  <name>menus</name>
  <message>
   <source>Close Project</source>
   <translation>Projekt schließen</translation>
  </message>
  <message>
   <source>Copy</source>
   <translation>Kopieren</translation>
  </message>
  <message>
   <source>Cut</source>
   <translation>Ausschneiden</translation>
  </message>
  <message>
   <source>Do the Page’s Main Action</source>
   <translation>Hauptaktion der Seite ausführen</translation>
  </message>
  <message>
   <source>Edit</source>
   <translation>Bearbeiten</translation>
  </message>
  <message>
   <source>File</source>
   <translation>Ablage</translation>
  </message>
  <message>
   <source>Full Screen</source>
   <translation>Vollbild</translation>
  </message>
  <message>
   <source>Job</source>
   <translation>Arbeit</translation>
  </message>
  <message>
   <source>New Project …</source>
   <translation>Neues Projekt …</translation>
  </message>
  <message>
   <source>Open Recent</source>
   <translation>Zuletzt benutzt</translation>
  </message>
  <message>
   <source>Open …</source>
   <translation>Öffnen …</translation>
  </message>
  <message>
   <source>Paste</source>
   <translation>Einsetzen</translation>
  </message>
  <message>
   <source>Quit StyleLab</source>
   <translation>StyleLab beenden</translation>
  </message>
  <message>
   <source>Redo</source>
   <translation>Wiederholen</translation>
  </message>
  <message>
   <source>Select All</source>
   <translation>Alles auswählen</translation>
  </message>
  <message>
   <source>Show or Hide Inspector</source>
   <translation>Inspektor ein- oder ausblenden</translation>
  </message>
  <message>
   <source>Stop and Save</source>
   <translation>Anhalten und sichern</translation>
  </message>
  <message>
   <source>Undo</source>
   <translation>Widerrufen</translation>
  </message>
  <message>
   <source>View</source>
   <translation>Darstellung</translation>
  </message>
 </context>
 <context>
  <name>models</name>
  <message numerus="yes">
   <source>%n bit(s) a weight</source>
   <translation>
    <numerusform>%n Bit je Gewicht</numerusform>
    <numerusform>%n Bit je Gewicht</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n language(s)</source>
   <translation>
    <numerusform>%n Sprache</numerusform>
    <numerusform>%n Sprachen</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n token(s)</source>
   <translation>
    <numerusform>%n Token</numerusform>
    <numerusform>%n Token</numerusform>
   </translation>
  </message>
  <message>
   <source>Add to the Library</source>
   <translation>Zur Bibliothek hinzufügen</translation>
  </message>
  <message>
   <source>Another job is running; one runs at a time.</source>
   <translation>Es läuft schon eine Arbeit; immer nur eine zugleich.</translation>
  </message>
  <message>
   <source>Arabic</source>
   <translation>Arabisch</translation>
  </message>
  <message>
   <source>Cancel</source>
   <translation>Abbrechen</translation>
  </message>
  <message>
   <source>Cancelling …</source>
   <translation>Wird abgebrochen …</translation>
  </message>
  <message>
   <source>Check</source>
   <translation>Prüfen</translation>
  </message>
  <message>
   <source>Check Again</source>
   <translation>Noch einmal prüfen</translation>
  </message>
  <message>
   <source>Chinese</source>
   <translation>Chinesisch</translation>
  </message>
  <message>
   <source>Comes from</source>
   <translation>Kommt von</translation>
  </message>
  <message>
   <source>Continue</source>
   <translation>Fortsetzen</translation>
  </message>
  <message>
   <source>Convert …</source>
   <translation>Umwandeln …</translation>
  </message>
  <message>
   <source>Dutch</source>
   <translation>Niederländisch</translation>
  </message>
  <message>
   <source>English</source>
   <translation>Englisch</translation>
  </message>
  <message>
   <source>Enter Token …</source>
   <translation>Token eingeben …</translation>
  </message>
  <message>
   <source>Folder</source>
   <translation>Ordner</translation>
  </message>
  <message>
   <source>French</source>
   <translation>Französisch</translation>
  </message>
  <message>
   <source>German</source>
   <translation>Deutsch</translation>
  </message>
  <message>
   <source>Get</source>
   <translation>Laden</translation>
  </message>
  <message>
   <source>Hindi</source>
   <translation>Hindi</translation>
  </message>
  <message>
   <source>Import</source>
   <translation>Importieren</translation>
  </message>
  <message>
   <source>In use</source>
   <translation>In Gebrauch</translation>
  </message>
  <message>
   <source>It cannot be used as it is.</source>
   <translation>So kann es nicht verwendet werden.</translation>
  </message>
  <message>
   <source>It comes in {stored} bits and must be converted to {bits} first.</source>
   <translation>Es kommt in {stored} Bit und muss erst in {bits} umgewandelt werden.</translation>
  </message>
  <message>
   <source>It continues texts, as this method wants it.</source>
   <translation>Es setzt Texte fort, wie diese Methode es braucht.</translation>
  </message>
  <message>
   <source>It is about to stop.</source>
   <translation>Es hält gleich an.</translation>
  </message>
  <message>
   <source>It is used by {projects}.</source>
   <translation>Verwendet von {projects}.</translation>
  </message>
  <message>
   <source>It needs {size} on the disk, and {free} are free.</source>
   <translation>Es braucht {size} auf der Festplatte, und {free} sind frei.</translation>
  </message>
  <message>
   <source>It was trained to answer, and may refuse; this method wants a base.</source>
   <translation>Es wurde zum Antworten trainiert und kann sich weigern; diese Methode braucht ein Basismodell.</translation>
  </message>
  <message>
   <source>Italian</source>
   <translation>Italienisch</translation>
  </message>
  <message>
   <source>Japanese</source>
   <translation>Japanisch</translation>
  </message>
  <message>
   <source>Kind</source>
   <translation>Art</translation>
  </message>
  <message>
   <source>Korean</source>
   <translation>Koreanisch</translation>
  </message>
  <message>
   <source>Languages</source>
   <translation>Sprachen</translation>
  </message>
  <message>
   <source>Learns from {number} tokens a second</source>
   <translation>Lernt aus {number} Token je Sekunde</translation>
  </message>
  <message>
   <source>Licence</source>
   <translation>Lizenz</translation>
  </message>
  <message>
   <source>Links lead out</source>
   <translation>Verweise nach außen</translation>
  </message>
  <message>
   <source>Links lead out of its folder: choose the folder they lead to.</source>
   <translation>Verweise führen aus seinem Ordner hinaus: Wählen Sie den Ordner, zu dem sie führen.</translation>
  </message>
  <message>
   <source>Longest text</source>
   <translation>Längster Text</translation>
  </message>
  <message>
   <source>Measured in {language}</source>
   <translation>Gemessen auf {language}</translation>
  </message>
  <message>
   <source>On the disk</source>
   <translation>Auf der Festplatte</translation>
  </message>
  <message>
   <source>On this Mac</source>
   <translation>Auf diesem Mac</translation>
  </message>
  <message>
   <source>On this computer</source>
   <translation>Auf diesem Rechner</translation>
  </message>
  <message>
   <source>On this machine</source>
   <translation>Auf diesem Rechner</translation>
  </message>
  <message>
   <source>Open Its Page</source>
   <translation>Seine Seite öffnen</translation>
  </message>
  <message>
   <source>Open a project first.</source>
   <translation>Öffnen Sie erst ein Projekt.</translation>
  </message>
  <message>
   <source>Pause</source>
   <translation>Anhalten</translation>
  </message>
  <message>
   <source>Paused at {done} of {total}.</source>
   <translation>Angehalten bei {done} von {total}.</translation>
  </message>
  <message>
   <source>Pausing …</source>
   <translation>Wird angehalten …</translation>
  </message>
  <message>
   <source>Portuguese</source>
   <translation>Portugiesisch</translation>
  </message>
  <message>
   <source>Remove …</source>
   <translation>Entfernen …</translation>
  </message>
  <message>
   <source>Russian</source>
   <translation>Russisch</translation>
  </message>
  <message>
   <source>Show in Finder</source>
   <translation>Im Finder zeigen</translation>
  </message>
  <message>
   <source>Show in Folder</source>
   <translation>Im Ordner zeigen</translation>
  </message>
  <message>
   <source>Size</source>
   <translation>Größe</translation>
  </message>
  <message>
   <source>Small base, comes along</source>
   <translation>Kleines Basismodell, liegt bei</translation>
  </message>
  <message>
   <source>Spanish</source>
   <translation>Spanisch</translation>
  </message>
  <message>
   <source>Starting …</source>
   <translation>Wird gestartet …</translation>
  </message>
  <message>
   <source>Stored in</source>
   <translation>Gespeichert in</translation>
  </message>
  <message>
   <source>Take Off the List</source>
   <translation>Aus der Liste nehmen</translation>
  </message>
  <message>
   <source>Takes on a voice and makes little sense: to try things out, offline.</source>
   <translation>Nimmt eine Stimme an und ergibt wenig Sinn: zum Ausprobieren ohne Netz.</translation>
  </message>
  <message>
   <source>Tested</source>
   <translation>Erprobt</translation>
  </message>
  <message>
   <source>Thai</source>
   <translation>Thailändisch</translation>
  </message>
  <message>
   <source>The hub has found nothing.</source>
   <translation>Der Hub hat nichts gefunden.</translation>
  </message>
  <message>
   <source>The model hub cannot be reached; it comes from the Python package {name}.</source>
   <translation>Der Modell-Hub ist nicht erreichbar; es kommt aus dem Python-Paket {name}.</translation>
  </message>
  <message>
   <source>This project uses it already.</source>
   <translation>Dieses Projekt verwendet es schon.</translation>
  </message>
  <message>
   <source>To fetch</source>
   <translation>Zu laden</translation>
  </message>
  <message>
   <source>Try Again</source>
   <translation>Noch einmal</translation>
  </message>
  <message>
   <source>Use for This Project</source>
   <translation>Für dieses Projekt verwenden</translation>
  </message>
  <message>
   <source>Used by</source>
   <translation>Verwendet von</translation>
  </message>
  <message>
   <source>Vietnamese</source>
   <translation>Vietnamesisch</translation>
  </message>
  <message>
   <source>What is wrong</source>
   <translation>Was fehlt</translation>
  </message>
  <message>
   <source>Writes {number} tokens a second</source>
   <translation>Schreibt {number} Token je Sekunde</translation>
  </message>
  <message>
   <source>asks for consent</source>
   <translation>bittet um Zustimmung</translation>
  </message>
  <message>
   <source>base</source>
   <translation>Basis</translation>
  </message>
  <message>
   <source>instruct</source>
   <translation>Instruct</translation>
  </message>
  <message>
   <source>nothing comes just now</source>
   <translation>gerade kommt nichts</translation>
  </message>
  <message>
   <source>{bits} bits per byte, {tokens} tokens per word</source>
   <translation>{bits} Bit je Byte, {tokens} Token je Wort</translation>
  </message>
  <message>
   <source>{done} of {total}</source>
   <translation>{done} von {total}</translation>
  </message>
  <message>
   <source>{number} B parameters</source>
   <translation>{number} Mrd. Parameter</translation>
  </message>
  <message>
   <source>{number} M parameters</source>
   <translation>{number} Mio. Parameter</translation>
  </message>
  <message>
   <source>{number} MB/s</source>
   <translation>{number} MB/s</translation>
  </message>
  <message>
   <source>{number} kB/s</source>
   <translation>{number} kB/s</translation>
  </message>
  <message>
   <source>{peak} of memory in an update, {estimate} expected</source>
   <translation>{peak} Speicher in einem Schritt, {estimate} erwartet</translation>
  </message>
  <message>
   <source>{size} to fetch</source>
   <translation>{size} zu laden</translation>
  </message>
  <message>
   <source>{time} left</source>
   <translation>noch {time}</translation>
  </message>
 </context>
 <context>
  <name>notes</name>
  <message>
   <source>A base model continues texts, as the method wants it.</source>
   <translation>Ein Basismodell setzt Texte fort, wie es die Methode verlangt.</translation>
  </message>
  <message>
   <source>A live sample repeats itself ({share}% of its four-word runs, such as "{words}").</source>
   <translation>Eine Probe wiederholt sich ({share} % ihrer Folgen aus vier Wörtern, etwa „{words}“).</translation>
  </message>
  <message>
   <source>An instruct model answers: it may refuse, and its answers have a manner of their own. The method wants a base model.</source>
   <translation>Ein Instruct-Modell antwortet: Es kann sich weigern, und seine Antworten haben eine eigene Art. Die Methode verlangt ein Basismodell.</translation>
  </message>
  <message>
   <source>Good for this language: {bits} bits per byte on a text that it has not seen.</source>
   <translation>Gut für diese Sprache: {bits} Bit je Byte auf einem Text, den es nicht kennt.</translation>
  </message>
  <message>
   <source>It has no chat template.</source>
   <translation>Es hat keine Chatvorlage.</translation>
  </message>
  <message>
   <source>Its chat template does not frame a question and an answer.</source>
   <translation>Seine Chatvorlage rahmt keine Frage und Antwort.</translation>
  </message>
  <message>
   <source>Its chat template ends an answer with a token that does not end its texts.</source>
   <translation>Seine Chatvorlage beendet eine Antwort mit einem Token, das seine Texte nicht beendet.</translation>
  </message>
  <message>
   <source>Its chat template ends an answer with the token that ends its texts.</source>
   <translation>Seine Chatvorlage beendet eine Antwort mit dem Token, das seine Texte beendet.</translation>
  </message>
  <message>
   <source>Its name says so: {word}.</source>
   <translation>Sein Name sagt es: {word}.</translation>
  </message>
  <message>
   <source>Models of this kind train in padded batches: StyleLab does not know their blocks.</source>
   <translation>Modelle dieser Art werden in aufgefüllten Stapeln trainiert: StyleLab kennt ihre Blöcke nicht.</translation>
  </message>
  <message>
   <source>Overfitting: {count} validations without a better one, while the training loss fell from {before} to {now} nats. The best adapter so far is kept.</source>
   <translation>Überanpassung: {count} Validierungen ohne eine bessere, während der Trainingsverlust von {before} auf {now} Nats fiel. Der bisher beste Adapter bleibt.</translation>
  </message>
  <message>
   <source>Pairs of at most {length} tokens, to stay within {limit} GB: {count} longer ones are left out.</source>
   <translation>Paare von höchstens {length} Token, damit {limit} GB reichen: {count} längere bleiben weg.</translation>
  </message>
  <message>
   <source>Poor for this language: {bits} bits per byte on a text that it has not seen. It takes on a voice and makes little sense; take another base for real work.</source>
   <translation>Schwach in dieser Sprache: {bits} Bit je Byte auf einem Text, den es nicht kennt. Es nimmt eine Stimme an und ergibt wenig Sinn; nehmen Sie für ernste Arbeit ein anderes.</translation>
  </message>
  <message>
   <source>Rank {rank} in place of {planned}, to stay within {limit} GB; the scale stays.</source>
   <translation>Rang {rank} statt {planned}, damit {limit} GB reichen; die Skalierung bleibt.</translation>
  </message>
  <message>
   <source>Special tokens that were never trained: {tokens}. Prompts do without them.</source>
   <translation>Sonderzeichen, die nie trainiert wurden: {tokens}. Eingaben kommen ohne sie aus.</translation>
  </message>
  <message>
   <source>The base model has special tokens that were never trained, and the pairs use them: {tokens}. An adapter cannot teach them; choose another base model.</source>
   <translation>Das Basismodell hat Sondertoken, die nie trainiert wurden, und die Paare verwenden sie: {tokens}. Ein Adapter kann sie nicht lehren; wählen Sie ein anderes Basismodell.</translation>
  </message>
  <message>
   <source>The catalogue lists it as {title}.</source>
   <translation>Der Katalog führt es als {title}.</translation>
  </message>
  <message>
   <source>The model hub cannot be reached: the model is taken from the Python package {package} instead.</source>
   <translation>Der Modell-Hub ist nicht erreichbar: Das Modell kommt stattdessen aus dem Python-Paket {package}.</translation>
  </message>
  <message>
   <source>The run goes on by its own plan; training.yaml differs now: {changes}.</source>
   <translation>Der Lauf geht nach seinem eigenen Plan weiter; training.yaml weicht jetzt ab: {changes}.</translation>
  </message>
  <message>
   <source>The update took {measured} GB, where {estimated} GB were expected: leave memory to spare.</source>
   <translation>Der Schritt brauchte {measured} GB, wo {estimated} GB erwartet waren: Lassen Sie Speicher frei.</translation>
  </message>
  <message>
   <source>These layers are not adapted, or not in every block: {layers}.</source>
   <translation>Diese Schichten werden nicht oder nicht in jedem Block angepasst: {layers}.</translation>
  </message>
  <message>
   <source>Usable for this language: {bits} bits per byte on a text that it has not seen. Expect simple sentences.</source>
   <translation>Brauchbar in dieser Sprache: {bits} Bit je Byte auf einem Text, den es nicht kennt. Erwarten Sie einfache Sätze.</translation>
  </message>
  <message>
   <source>only writes, in {write} of {have} GB: to train it takes {need} GB</source>
   <translation>schreibt nur, in {write} von {have} GB: zum Trainieren braucht es {need} GB</translation>
  </message>
  <message>
   <source>scale {scale}, trained at {trained}</source>
   <translation>Stärke {scale}, trainiert mit {trained}.</translation>
  </message>
  <message>
   <source>the input was made plain by rules, trained with a remote model</source>
   <translation>Die Vorlage wurde von Regeln vereinfacht, im Training von einem entfernten Modell.</translation>
  </message>
  <message>
   <source>the input was made plain by rules: {model} is not the model that training used</source>
   <translation>Die Vorlage wurde von Regeln vereinfacht: {model} ist nicht das Modell des Trainings.</translation>
  </message>
  <message>
   <source>the language pipeline is {name} as it is now, trained with another version of it</source>
   <translation>Die Sprachanalyse {name} hat sich seit dem Training geändert.</translation>
  </message>
  <message>
   <source>too large: to train it takes {need} of {have} GB</source>
   <translation>zu groß: zum Trainieren braucht es {need} von {have} GB</translation>
  </message>
  <message>
   <source>training saw no text in this point of view ({perspective})</source>
   <translation>Das Training sah keinen Text aus dieser Perspektive ({perspective}).</translation>
  </message>
  <message>
   <source>trains in {need} of {have} GB</source>
   <translation>trainiert in {need} von {have} GB</translation>
  </message>
  <message>
   <source>trains in {need} of {have} GB, about {time} for your {pairs} pairs</source>
   <translation>trainiert in {need} von {have} GB, etwa {time} für Ihre {pairs} Paare</translation>
  </message>
  <message>
   <source>{accepted} of {passages} passages were accepted on trial (way of rewriting: {way}); {texts} texts will take about {minutes} minutes.</source>
   <translation>Zur Probe wurden {accepted} von {passages} Passagen angenommen (Weg des Umschreibens: {way}); {texts} Texte werden etwa {minutes} Minuten brauchen.</translation>
  </message>
  <message>
   <source>{accepted} of {passages} passages were accepted on trial (way of rewriting: {way}); {texts} texts will take about {seconds} seconds.</source>
   <translation>Zur Probe wurden {accepted} von {passages} Passagen angenommen (Weg des Umschreibens: {way}); {texts} Texte werden etwa {seconds} Sekunden brauchen.</translation>
  </message>
  <message>
   <source>{asked} words asked of {given}: more than twice is better asked for in steps</source>
   <translation>{asked} Wörter verlangt aus {given}: Mehr als das Doppelte gelingt besser in Schritten.</translation>
  </message>
  <message>
   <source>{count} of {all} eight-word sequences of {split} are in the training pairs and not by the author's repetition: the split leaks.</source>
   <translation>{count} von {all} Folgen aus acht Wörtern ({split}) stehen auch in den Trainingspaaren, ohne dass der Autor sich wiederholt: Die Teilung ist undicht.</translation>
  </message>
  <message>
   <source>{count} of {all} {split} pairs are longer than {limit} tokens (the longest has {longest}) and are left out.</source>
   <translation>{count} von {all} Paaren ({split}) sind länger als {limit} Token (das längste hat {longest}) und bleiben weg.</translation>
  </message>
  <message>
   <source>{count} tokens per word: its vocabulary was not made for this language. Training and writing take longer, and fewer words fit into a passage.</source>
   <translation>{count} Token je Wort: Sein Vokabular wurde nicht für diese Sprache gemacht. Trainieren und Schreiben dauern länger, und in einen Abschnitt passen weniger Wörter.</translation>
  </message>
  <message>
   <source>{count} training pairs are few: a style needs hundreds.</source>
   <translation>{count} Trainingspaare sind wenig: Ein Stil braucht Hunderte.</translation>
  </message>
  <message>
   <source>{file} is no more in texts/: its passages are gone.</source>
   <translation>{file} liegt nicht mehr in texts/; die Abschnitte daraus sind entfernt.</translation>
  </message>
  <message>
   <source>{file}: no passage of {count} paragraphs; see the report.</source>
   <translation>{file}: kein Abschnitt aus {count} Absätzen; warum, zeigt der Bericht.</translation>
  </message>
  <message>
   <source>{file}: {count} decisions are about text that is no more in it.</source>
   <translation>{file}: {count} Entscheidungen betreffen Text, der nicht mehr darin steht.</translation>
  </message>
  <message>
   <source>{kind} models call some layers otherwise: {names}.</source>
   <translation>In {kind}-Modellen heißen einige Schichten anders: {names}.</translation>
  </message>
  <message>
   <source>{kind} models have no {layers} that an adapter fits; the other layers are adapted.</source>
   <translation>{kind}-Modelle haben kein {layers}, auf das ein Adapter passt; die anderen Schichten werden angepasst.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: attention and MLP read the same input.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Attention und MLP lesen dieselbe Eingabe.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: attention scores are capped.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Die Attention-Werte sind gedeckelt.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: each token has MLPs of its own.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Jedes Token hat seine eigenen MLPs.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: norms stand after attention and MLP.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Die Normierungen stehen hinter Attention und MLP.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: queries, keys and values come from one layer.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Queries, Keys und Values kommen aus einer Schicht.</translation>
  </message>
  <message>
   <source>{kind} models train in padded batches: this one has blocks of another kind.</source>
   <translation>{kind}-Modelle werden in aufgefüllten Stapeln trainiert: Dieses hat andere Blöcke.</translation>
  </message>
  <message>
   <source>{name} is quantised already, and what is quantised twice loses twice: convert the model that it was made from where you can.</source>
   <translation>{name} ist schon quantisiert, und was zweimal quantisiert wird, verliert zweimal: Wandeln Sie, wo es geht, das Modell um, aus dem es entstand.</translation>
  </message>
  <message>
   <source>{run} was trained on other pairs than the dataset's now: its losses may say less.</source>
   <translation>{run} lernte mit anderen Paaren als den jetzigen: Seine Verluste sagen womöglich weniger.</translation>
  </message>
  <message>
   <source>{share}% of the pairs are of {column} {name}: more like a fault of the data than a choice.</source>
   <translation>{share} % der Paare sind gleich ({column}: {name}): eher ein Fehler der Daten als Absicht.</translation>
  </message>
  <message>
   <source>{share}% of {split} repeats training passages word for word: is a text there twice?</source>
   <translation>{share} % ({split}) wiederholen Trainingsabschnitte wörtlich: Ist ein Text zweimal da?</translation>
  </message>
  <message>
   <source>{texts} texts ({words} words) are sent to {host}, a machine that may not be yours. That is about {tokens} tokens there and as many back; its owner's prices and privacy rules apply.</source>
   <translation>{texts} Texte ({words} Wörter) gehen an {host}, einen Rechner, der vielleicht nicht Ihnen gehört. Das sind etwa {tokens} Token hin und ebenso viele zurück; es gelten Preise und Datenschutz seines Betreibers.</translation>
  </message>
 </context>
 <context>
  <name>pairs</name>
  <message>
   <source>A model on this computer: some seconds for each passage, and nothing leaves it.</source>
   <translation>Ein Modell auf diesem Rechner: einige Sekunden je Abschnitt, und nichts verlässt ihn.</translation>
  </message>
  <message>
   <source>In the dataset</source>
   <translation>Im Datensatz</translation>
  </message>
  <message>
   <source>Passed the checks</source>
   <translation>Prüfungen bestanden</translation>
  </message>
  <message>
   <source>Rewritten</source>
   <translation>Neu gesagt</translation>
  </message>
  <message>
   <source>Rules need no model: a few seconds, and nothing leaves this computer.</source>
   <translation>Regeln brauchen kein Modell: ein paar Sekunden, und nichts verlässt diesen Rechner.</translation>
  </message>
  <message>
   <source>Text leaves this computer for {server}. Its owner can read it, and may charge for it.</source>
   <translation>Text verlässt diesen Rechner zu {server}. Der Betreiber kann ihn lesen und Geld verlangen.</translation>
  </message>
  <message>
   <source>Turned</source>
   <translation>Gewendet</translation>
  </message>
  <message>
   <source>known already: {number}</source>
   <translation>schon bekannt: {number}</translation>
  </message>
  <message>
   <source>{done} of {total} texts rewritten: {accepted} accepted, {rejected} rejected</source>
   <translation>{done} von {total} Texten umgeschrieben: {accepted} angenommen, {rejected} verworfen</translation>
  </message>
  <message>
   <source>{source}: {out} of {all}</source>
   <translation>{source}: {out} von {all}</translation>
  </message>
 </context>
 <context>
  <name>plan</name>
  <message>
   <source>About {time}, rehearsed.</source>
   <translation>Etwa {time}, geprobt.</translation>
  </message>
  <message>
   <source>About {time}.</source>
   <translation>Etwa {time}.</translation>
  </message>
  <message>
   <source>For this base and these pairs our guess is learning rate {rate} and {updates} of {pairs}.</source>
   <translation>Für dieses Basismodell und diese Paare raten wir zu Lernrate {rate} und {updates} zu je {pairs}.</translation>
  </message>
  <message>
   <source>For this base and these pairs we would take learning rate {rate} and {updates} of {pairs}.</source>
   <translation>Für dieses Basismodell und diese Paare nähmen wir Lernrate {rate} und {updates} zu je {pairs}.</translation>
  </message>
  <message>
   <source>It does not fit: {size} at the least, of {limit} of memory.</source>
   <translation>Es passt nicht: mindestens {size} von {limit} Speicher.</translation>
  </message>
  <message>
   <source>Make pairs to see what this plan means.</source>
   <translation>Bilden Sie Paare, um zu sehen, was dieser Plan bedeutet.</translation>
  </message>
  <message>
   <source>So often, a model begins to learn by heart.</source>
   <translation>So oft lernt ein Modell allmählich auswendig.</translation>
  </message>
  <message>
   <source>Some pairs are never seen. Raise the iterations to see them all.</source>
   <translation>Manche Paare kommen nie vor. Mehr Iterationen zeigen alle.</translation>
  </message>
  <message>
   <source>To fit, the rank is {rank} and pairs have at most {tokens} tokens.</source>
   <translation>Damit es passt, ist der Rang {rank} und Paare haben höchstens {tokens} Token.</translation>
  </message>
  <message>
   <source>{pairs} too long, left out.</source>
   <translation>{pairs} zu lang, ausgelassen.</translation>
  </message>
  <message>
   <source>{size} of {limit} of memory.</source>
   <translation>{size} von {limit} Speicher.</translation>
  </message>
  <message>
   <source>{updates} of {pairs}: every pair is seen {epochs} times.</source>
   <translation>{updates} zu {pairs}: jedes Paar kommt {epochs}-mal vor.</translation>
  </message>
 </context>
 <context>
  <name>presets</name>
  <message>
   <source>128 GB, a 14B base, two at once</source>
   <translation>128 GB, 14B, zwei zugleich</translation>
  </message>
  <message>
   <source>16 GB, a 7B base</source>
   <translation>16 GB, ein 7B-Modell</translation>
  </message>
  <message>
   <source>32 GB, a 14B base</source>
   <translation>32 GB, ein 14B-Modell</translation>
  </message>
  <message>
   <source>64 GB, a 14B base, long texts</source>
   <translation>64 GB, 14B, lange Texte</translation>
  </message>
  <message>
   <source>Small base, quick try</source>
   <translation>Kleines Modell, schneller Versuch</translation>
  </message>
 </context>
 <context>
  <name>remedies</name>
  <message>
   <source>A base model cannot have this name</source>
   <translation>So kann ein Basismodell nicht heißen</translation>
  </message>
  <message>
   <source>A checkpoint is damaged</source>
   <translation>Ein Zwischenstand ist beschädigt</translation>
  </message>
  <message>
   <source>A file cannot be read or written</source>
   <translation>Eine Datei lässt sich nicht lesen oder schreiben</translation>
  </message>
  <message>
   <source>A file is not there</source>
   <translation>Eine Datei ist nicht da</translation>
  </message>
  <message>
   <source>A file of the project is damaged</source>
   <translation>Eine Datei des Projekts ist beschädigt</translation>
  </message>
  <message>
   <source>A file of this model lies elsewhere</source>
   <translation>Eine Datei dieses Modells liegt anderswo</translation>
  </message>
  <message>
   <source>A project uses this base model</source>
   <translation>Ein Projekt benutzt dieses Basismodell</translation>
  </message>
  <message>
   <source>A style needs hundreds of passages to be learned. Add more texts.</source>
   <translation>Ein Stil braucht Hunderte von Abschnitten. Fügen Sie Texte hinzu.</translation>
  </message>
  <message>
   <source>Accept their terms on the hub, and give StyleLab a read token of that account.</source>
   <translation>Nehmen Sie auf dem Hub ihre Bedingungen an, und geben Sie StyleLab ein Lese-Token dieses Kontos.</translation>
  </message>
  <message>
   <source>Add more of the author’s text.</source>
   <translation>Fügen Sie mehr Text des Autors hinzu.</translation>
  </message>
  <message>
   <source>An older StyleLab read these texts</source>
   <translation>Ein älteres StyleLab hat diese Texte gelesen</translation>
  </message>
  <message>
   <source>Another version of StyleLab made these pairs</source>
   <translation>Diese Paare stammen von einer anderen Version von StyleLab</translation>
  </message>
  <message>
   <source>Another window or a command holds it. Wait until it has finished.</source>
   <translation>Ein anderes Fenster oder ein Befehl hält es. Warten Sie, bis es fertig ist.</translation>
  </message>
  <message>
   <source>Check its folder. The project was not touched.</source>
   <translation>Prüfen Sie seinen Ordner. Das Projekt ist unberührt.</translation>
  </message>
  <message>
   <source>Check its name. A private model needs a read token.</source>
   <translation>Prüfen Sie den Namen. Ein privates Modell braucht ein Lese-Token.</translation>
  </message>
  <message>
   <source>Check that they are the right files, and what their fields are called.</source>
   <translation>Prüfen Sie, ob es die richtigen Dateien sind und wie ihre Felder heißen.</translation>
  </message>
  <message>
   <source>Check the base model in another language.</source>
   <translation>Prüfen Sie das Basismodell in einer anderen Sprache.</translation>
  </message>
  <message>
   <source>Check the connection and pip’s settings, or choose a model from a folder.</source>
   <translation>Prüfen Sie die Verbindung und die Einstellungen von pip, oder wählen Sie ein Modell aus einem Ordner.</translation>
  </message>
  <message>
   <source>Check the connection and try again. It goes on where it stopped.</source>
   <translation>Prüfen Sie die Verbindung und versuchen Sie es noch einmal. Er geht dort weiter, wo er stehen blieb.</translation>
  </message>
  <message>
   <source>Check the connection and try again. What has arrived is kept.</source>
   <translation>Prüfen Sie die Verbindung und versuchen Sie es noch einmal. Was angekommen ist, bleibt erhalten.</translation>
  </message>
  <message>
   <source>Check the mirror that HF_ENDPOINT names, or log in to the network first.</source>
   <translation>Prüfen Sie den Spiegel, den HF_ENDPOINT nennt, oder melden Sie sich zuerst im Netz an.</translation>
  </message>
  <message>
   <source>Check the permissions of the place that the details name, and the disk.</source>
   <translation>Prüfen Sie die Zugriffsrechte des Ortes, den die Einzelheiten nennen, und die Platte.</translation>
  </message>
  <message>
   <source>Check the plan. What was saved is kept.</source>
   <translation>Prüfen Sie den Plan. Gesichertes bleibt.</translation>
  </message>
  <message>
   <source>Check their plan, and try it again.</source>
   <translation>Prüfen Sie ihren Plan und versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Check whether it runs, and its address in the plan of the pairs. What was done is kept.</source>
   <translation>Prüfen Sie, ob er läuft und ob seine Adresse im Plan der Paare stimmt. Was fertig ist, bleibt.</translation>
  </message>
  <message>
   <source>Choose MLX.</source>
   <translation>Wählen Sie MLX.</translation>
  </message>
  <message>
   <source>Choose a base of the Qwen, Llama or Mistral kind.</source>
   <translation>Wählen Sie ein Basismodell der Art Qwen, Llama oder Mistral.</translation>
  </message>
  <message>
   <source>Choose a file of the Llama, Mistral or Qwen kind, or the model’s own folder.</source>
   <translation>Wählen Sie eine Datei der Art Llama, Mistral oder Qwen, oder den eigenen Ordner des Modells.</translation>
  </message>
  <message>
   <source>Choose a file that holds text, such as EPUB, DOCX, PDF or plain text.</source>
   <translation>Wählen Sie eine Datei mit Text, etwa EPUB, DOCX, PDF oder reinen Text.</translation>
  </message>
  <message>
   <source>Choose a new folder for the export.</source>
   <translation>Wählen Sie einen neuen Ordner für den Export.</translation>
  </message>
  <message>
   <source>Choose a smaller rank or shorter pairs, or a smaller base. What was saved is kept.</source>
   <translation>Wählen Sie einen kleineren Rang, kürzere Paare oder ein kleineres Basismodell. Gesichertes bleibt.</translation>
  </message>
  <message>
   <source>Choose a table, a JSON file, a document with tracked changes, or two folders of drafts and finals.</source>
   <translation>Wählen Sie eine Tabelle, eine JSON-Datei, ein Dokument mit verfolgten Änderungen oder zwei Ordner, einen mit Entwürfen und einen mit Endfassungen.</translation>
  </message>
  <message>
   <source>Choose among the chapters that the book has. The details say how many.</source>
   <translation>Wählen Sie unter den Kapiteln, die das Buch hat. Wie viele es sind, steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Choose an instruct model for rewriting in the plan of the pairs.</source>
   <translation>Wählen Sie im Plan der Paare ein Instruct-Modell zum Umschreiben.</translation>
  </message>
  <message>
   <source>Choose another base there first. The details say which project it is.</source>
   <translation>Wählen Sie dort zuerst eine andere Basis. Welches Projekt es ist, steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Choose another base, one whose tokenizer names an end.</source>
   <translation>Wählen Sie ein anderes Basismodell, dessen Tokenizer ein Ende kennt.</translation>
  </message>
  <message>
   <source>Choose another in the list of texts.</source>
   <translation>Wählen Sie einen anderen in der Liste der Texte.</translation>
  </message>
  <message>
   <source>Choose another in the list.</source>
   <translation>Wählen Sie ein anderes in der Liste.</translation>
  </message>
  <message>
   <source>Choose another model, or one with its makers’ own template.</source>
   <translation>Wählen Sie ein anderes Modell oder eines mit der Vorlage seiner Hersteller.</translation>
  </message>
  <message>
   <source>Choose another name or another place for the project.</source>
   <translation>Wählen Sie einen anderen Namen oder Ort für das Projekt.</translation>
  </message>
  <message>
   <source>Choose another one of the run, or its best adapter.</source>
   <translation>Wählen Sie einen anderen des Laufs oder seinen besten Adapter.</translation>
  </message>
  <message>
   <source>Choose another preset.</source>
   <translation>Wählen Sie eine andere Vorgabe.</translation>
  </message>
  <message>
   <source>Choose another run, or train again.</source>
   <translation>Wählen Sie einen anderen Lauf oder trainieren Sie neu.</translation>
  </message>
  <message>
   <source>Choose another.</source>
   <translation>Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>Choose its folder, or another base.</source>
   <translation>Wählen Sie seinen Ordner oder ein anderes Basismodell.</translation>
  </message>
  <message>
   <source>Choose one in MLX or Hugging Face format, or name one of its GGUF files.</source>
   <translation>Wählen Sie eines im MLX- oder Hugging-Face-Format, oder nennen Sie eine seiner GGUF-Dateien.</translation>
  </message>
  <message>
   <source>Choose one of the rules shown beside the text.</source>
   <translation>Wählen Sie eine der Regeln, die neben dem Text stehen.</translation>
  </message>
  <message>
   <source>Choose other bits, or another model.</source>
   <translation>Wählen Sie andere Bits oder ein anderes Modell.</translation>
  </message>
  <message>
   <source>Choose the base that it was trained on.</source>
   <translation>Wählen Sie das Basismodell, auf dem er gelernt hat.</translation>
  </message>
  <message>
   <source>Choose the bundled language pipeline in the plan of the pairs.</source>
   <translation>Wählen Sie im Plan der Paare die mitgelieferte Sprachanalyse.</translation>
  </message>
  <message>
   <source>Choose the bundled one in the plan of the pairs. The details name the others.</source>
   <translation>Wählen Sie im Plan der Paare die mitgelieferte. Die Einzelheiten nennen die übrigen.</translation>
  </message>
  <message>
   <source>Choose the model’s MLX or Hugging Face folder instead.</source>
   <translation>Wählen Sie stattdessen den MLX- oder Hugging-Face-Ordner des Modells.</translation>
  </message>
  <message>
   <source>Choose the number of a passage that exists, or add texts.</source>
   <translation>Wählen Sie die Nummer eines Abschnitts, den es gibt, oder fügen Sie Texte hinzu.</translation>
  </message>
  <message>
   <source>Choose the other group size, or keep 16 bits.</source>
   <translation>Wählen Sie die andere Gruppengröße, oder bleiben Sie bei 16 Bit.</translation>
  </message>
  <message>
   <source>Copy it from the hub’s page again.</source>
   <translation>Kopieren Sie es noch einmal von der Seite des Hubs.</translation>
  </message>
  <message>
   <source>Copy the file that the details name into the model’s folder.</source>
   <translation>Kopieren Sie die Datei, die in den Einzelheiten steht, in den Ordner des Modells.</translation>
  </message>
  <message>
   <source>Copy the project’s folder from the first machine to the others.</source>
   <translation>Kopieren Sie den Projektordner vom ersten Rechner auf die anderen.</translation>
  </message>
  <message>
   <source>Correct corpus.yaml in a text editor. The details say where.</source>
   <translation>Berichtigen Sie corpus.yaml in einem Texteditor. Die Stelle steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Correct project.yaml in a text editor. The details say where.</source>
   <translation>Berichtigen Sie project.yaml in einem Texteditor. Die Stelle steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Correct the model or the address in the plan of the pairs.</source>
   <translation>Berichtigen Sie das Modell oder die Adresse im Plan der Paare.</translation>
  </message>
  <message>
   <source>Correct the persona; the details say what is missing.</source>
   <translation>Berichtigen Sie die Persona; was fehlt, steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Correct the persona; the details say where.</source>
   <translation>Berichtigen Sie die Persona; die Stelle steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Correct the plan; the details say where.</source>
   <translation>Berichtigen Sie den Plan; die Stelle steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Download it again, or choose another.</source>
   <translation>Laden Sie es neu oder wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>Download it again, or choose the model’s MLX or Hugging Face folder.</source>
   <translation>Laden Sie sie noch einmal, oder wählen Sie den MLX- oder Hugging-Face-Ordner des Modells.</translation>
  </message>
  <message>
   <source>Download or convert it again, or choose another.</source>
   <translation>Laden oder wandeln Sie es neu, oder wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>Download or convert it again, or choose another. The details name the file.</source>
   <translation>Laden Sie es neu oder wählen Sie ein anderes. Die Einzelheiten nennen die Datei.</translation>
  </message>
  <message>
   <source>Export it as plain text from the program that made it.</source>
   <translation>Exportieren Sie sie aus dem Programm, das sie erzeugt hat, als reinen Text.</translation>
  </message>
  <message>
   <source>Free some space and try again. What was there before is untouched.</source>
   <translation>Schaffen Sie Platz und versuchen Sie es noch einmal. Was vorher da war, ist unberührt.</translation>
  </message>
  <message>
   <source>GGUF files of this kind cannot be imported</source>
   <translation>GGUF-Dateien dieser Art lassen sich nicht einlesen</translation>
  </message>
  <message>
   <source>Give it the ending that the details name.</source>
   <translation>Geben Sie ihr die Endung, die in den Einzelheiten steht.</translation>
  </message>
  <message>
   <source>Give whole sentences.</source>
   <translation>Geben Sie ganze Sätze ein.</translation>
  </message>
  <message>
   <source>If you trust it, open it in the program that made it and save it again, in parts or as plain text.</source>
   <translation>Wenn Sie ihr trauen, öffnen Sie sie in dem Programm, das sie erzeugt hat, und sichern Sie sie neu, in Teilen oder als reinen Text.</translation>
  </message>
  <message>
   <source>Install StyleLab again. Models can still be chosen by their folder.</source>
   <translation>Installieren Sie StyleLab neu. Über ihren Ordner lassen sich Modelle weiterhin wählen.</translation>
  </message>
  <message>
   <source>Install it again, or choose the bundled one in the plan of the pairs.</source>
   <translation>Installieren Sie sie neu oder wählen Sie im Plan der Paare die mitgelieferte.</translation>
  </message>
  <message>
   <source>Install it, or choose the bundled one in the plan of the pairs.</source>
   <translation>Installieren Sie sie oder wählen Sie im Plan der Paare die mitgelieferte.</translation>
  </message>
  <message>
   <source>Install pip, or choose a model from the hub or a folder.</source>
   <translation>Installieren Sie pip, oder wählen Sie ein Modell vom Hub oder aus einem Ordner.</translation>
  </message>
  <message>
   <source>It is thrown away. Try it again, or choose another source.</source>
   <translation>Es ist verworfen. Versuchen Sie es noch einmal, oder wählen Sie eine andere Quelle.</translation>
  </message>
  <message>
   <source>It may have been moved or renamed. The details say which.</source>
   <translation>Vielleicht wurde sie bewegt oder umbenannt. Welche es ist, steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Leave it out, or choose the file that holds the text.</source>
   <translation>Lassen Sie sie weg oder wählen Sie die Datei mit dem Text.</translation>
  </message>
  <message>
   <source>Let it finish, or choose another run.</source>
   <translation>Lassen Sie ihn zu Ende laufen oder wählen Sie einen anderen.</translation>
  </message>
  <message>
   <source>Let the rules rewrite, or choose a larger model or another way in the plan of the pairs.</source>
   <translation>Lassen Sie die Regeln umschreiben, oder wählen Sie im Plan der Paare ein größeres Modell oder einen anderen Weg.</translation>
  </message>
  <message>
   <source>Lower the learning rate and start a new run. The last good checkpoint is kept.</source>
   <translation>Senken Sie die Lernrate und beginnen Sie einen neuen Lauf. Der letzte gute Zwischenstand bleibt.</translation>
  </message>
  <message>
   <source>Make the Pairs</source>
   <translation>Paare bilden</translation>
  </message>
  <message>
   <source>Make the pairs again for the base that is chosen now.</source>
   <translation>Bilden Sie die Paare für das jetzige Basismodell neu.</translation>
  </message>
  <message>
   <source>Make the pairs again, and train on them.</source>
   <translation>Bilden Sie die Paare neu und trainieren Sie damit.</translation>
  </message>
  <message>
   <source>Make the pairs first.</source>
   <translation>Bilden Sie zuerst die Paare.</translation>
  </message>
  <message>
   <source>Memory ran out</source>
   <translation>Der Speicher reichte nicht</translation>
  </message>
  <message>
   <source>Message: {words}</source>
   <translation>Meldung: {words}</translation>
  </message>
  <message>
   <source>Most likely memory ran out. Close other programs and go on; what was done is kept.</source>
   <translation>Wahrscheinlich reichte der Speicher nicht. Schließen Sie andere Programme und machen Sie weiter; was fertig ist, bleibt.</translation>
  </message>
  <message>
   <source>Move stylelab.db out of the project’s folder and add the texts again: they are still in its folder texts.</source>
   <translation>Bewegen Sie stylelab.db aus dem Projektordner und fügen Sie die Texte neu hinzu: Sie liegen noch in seinem Ordner texts.</translation>
  </message>
  <message>
   <source>Name both: the field of the input and that of the target.</source>
   <translation>Nennen Sie beide: das Feld der Vorlage und das des Ziels.</translation>
  </message>
  <message>
   <source>Names as they stand in the file, like draft or messages[0].content.</source>
   <translation>Namen, wie sie in der Datei stehen, etwa draft oder messages[0].content.</translation>
  </message>
  <message>
   <source>New Project …</source>
   <translation>Neues Projekt …</translation>
  </message>
  <message>
   <source>No keychain keeps the token</source>
   <translation>Kein Schlüsselbund bewahrt das Token auf</translation>
  </message>
  <message>
   <source>No pair came out</source>
   <translation>Es entstand kein Paar</translation>
  </message>
  <message>
   <source>No pair came out of these files</source>
   <translation>Aus diesen Dateien entstand kein Paar</translation>
  </message>
  <message>
   <source>No passage came out of these texts</source>
   <translation>Aus diesen Texten wurde kein Abschnitt</translation>
  </message>
  <message>
   <source>Nobody can say what memory this model takes</source>
   <translation>Der Speicherbedarf dieses Modells ist nicht bekannt</translation>
  </message>
  <message>
   <source>Nothing that was saved is lost: training goes on from its last checkpoint.</source>
   <translation>Nichts Gesichertes ist verloren: das Training geht vom letzten Zwischenstand weiter.</translation>
  </message>
  <message>
   <source>Nothing that was there before is lost. Try it again.</source>
   <translation>Was vorher da war, ist noch da. Versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Nothing was changed. Try it again.</source>
   <translation>Nichts wurde geändert. Versuchen Sie es noch einmal.</translation>
  </message>
  <message>
   <source>Nothing was exported. Please report it with the details below.</source>
   <translation>Nichts wurde exportiert. Bitte melden Sie es mit den Einzelheiten unten.</translation>
  </message>
  <message>
   <source>Nothing was exported. Try it again, in another folder.</source>
   <translation>Nichts wurde exportiert. Versuchen Sie es noch einmal in einem anderen Ordner.</translation>
  </message>
  <message>
   <source>Nothing was sent. Choose another way of rewriting in the plan of the pairs, or allow it there.</source>
   <translation>Nichts wurde gesendet. Wählen Sie im Plan der Paare einen anderen Weg zum Umschreiben, oder erlauben Sie es dort.</translation>
  </message>
  <message>
   <source>Open Another …</source>
   <translation>Anderes öffnen …</translation>
  </message>
  <message>
   <source>Open a folder that has a project.yaml, or make a new project.</source>
   <translation>Öffnen Sie einen Ordner mit project.yaml, oder legen Sie ein neues Projekt an.</translation>
  </message>
  <message>
   <source>Open it in the program that made it and save it again, or export it as plain text.</source>
   <translation>Öffnen Sie sie in dem Programm, das sie erzeugt hat, und sichern Sie sie neu, oder exportieren Sie sie als reinen Text.</translation>
  </message>
  <message>
   <source>Open it in the program that made it and save it again.</source>
   <translation>Öffnen Sie sie in dem Programm, das sie erzeugt hat, und sichern Sie sie neu.</translation>
  </message>
  <message>
   <source>Open it with its password and save a copy without one.</source>
   <translation>Öffnen Sie sie mit dem Passwort und sichern Sie eine Kopie ohne.</translation>
  </message>
  <message>
   <source>Packages cannot be fetched here</source>
   <translation>Pakete lassen sich hier nicht holen</translation>
  </message>
  <message>
   <source>Pairs cannot be read from this file</source>
   <translation>Aus dieser Datei lassen sich keine Paare lesen</translation>
  </message>
  <message>
   <source>Please report it with the details below.</source>
   <translation>Bitte melden Sie ihn mit den Einzelheiten unten.</translation>
  </message>
  <message>
   <source>Raise the budget.</source>
   <translation>Erhöhen Sie das Budget.</translation>
  </message>
  <message>
   <source>Read Again</source>
   <translation>Neu lesen</translation>
  </message>
  <message>
   <source>Read them again; what you decided about them stays.</source>
   <translation>Lesen Sie sie neu; was Sie entschieden haben, bleibt.</translation>
  </message>
  <message>
   <source>Remove that one first, or give the new one another name.</source>
   <translation>Entfernen Sie erst jenes, oder geben Sie dem neuen einen anderen Namen.</translation>
  </message>
  <message>
   <source>Restore it from a backup, or let StyleLab make it again.</source>
   <translation>Stellen Sie sie aus einer Sicherung wieder her oder lassen Sie StyleLab sie neu anlegen.</translation>
  </message>
  <message>
   <source>Restore it, or make the pairs again.</source>
   <translation>Stellen Sie es wieder her oder bilden Sie die Paare neu.</translation>
  </message>
  <message>
   <source>Resume Training</source>
   <translation>Training fortsetzen</translation>
  </message>
  <message>
   <source>Run text recognition (OCR) on them first, or use another edition.</source>
   <translation>Lassen Sie erst eine Texterkennung (OCR) darüber laufen, oder nehmen Sie eine andere Ausgabe.</translation>
  </message>
  <message>
   <source>Say whose voice it is.</source>
   <translation>Sagen Sie, wessen Stimme es ist.</translation>
  </message>
  <message>
   <source>Set the environment variable HF_TOKEN instead. No token is written to a file.</source>
   <translation>Setzen Sie stattdessen die Umgebungsvariable HF_TOKEN. In eine Datei wird kein Token geschrieben.</translation>
  </message>
  <message>
   <source>Set the environment variable STYLELAB_REMOTE_KEY to a key for it, and start StyleLab again.</source>
   <translation>Setzen Sie die Umgebungsvariable STYLELAB_REMOTE_KEY auf einen Schlüssel für ihn und starten Sie StyleLab neu.</translation>
  </message>
  <message>
   <source>Show Base Models</source>
   <translation>Basismodelle zeigen</translation>
  </message>
  <message>
   <source>Show the Corpus</source>
   <translation>Korpus zeigen</translation>
  </message>
  <message>
   <source>Show the Export</source>
   <translation>Export zeigen</translation>
  </message>
  <message>
   <source>Show the Pairs</source>
   <translation>Paare zeigen</translation>
  </message>
  <message>
   <source>Show the Persona</source>
   <translation>Persona zeigen</translation>
  </message>
  <message>
   <source>Show the Plan</source>
   <translation>Plan zeigen</translation>
  </message>
  <message>
   <source>Something else answers in place of the model hub</source>
   <translation>Etwas anderes antwortet an Stelle des Modell-Hubs</translation>
  </message>
  <message>
   <source>Something else is in this folder</source>
   <translation>In diesem Ordner liegt etwas anderes</translation>
  </message>
  <message>
   <source>Something else is working on this project</source>
   <translation>Etwas anderes arbeitet an diesem Projekt</translation>
  </message>
  <message>
   <source>Split it into smaller files.</source>
   <translation>Teilen Sie sie in kleinere Dateien.</translation>
  </message>
  <message>
   <source>Start StyleLab again; if that does not help, install it again.</source>
   <translation>Starten Sie StyleLab neu; hilft das nicht, installieren Sie es neu.</translation>
  </message>
  <message>
   <source>Start a New Run</source>
   <translation>Neuen Lauf beginnen</translation>
  </message>
  <message>
   <source>Start a new run.</source>
   <translation>Beginnen Sie einen neuen Lauf.</translation>
  </message>
  <message>
   <source>StyleLab does not read files of this kind</source>
   <translation>Dateien dieser Art liest StyleLab nicht</translation>
  </message>
  <message>
   <source>StyleLab made a mistake</source>
   <translation>StyleLab hat einen Fehler gemacht</translation>
  </message>
  <message>
   <source>StyleLab runs no code from models. Choose another.</source>
   <translation>StyleLab führt keinen Code aus Modellen aus. Wählen Sie ein anderes.</translation>
  </message>
  <message>
   <source>Tell it as I, in whole sentences, or leave the point of view as it is.</source>
   <translation>Erzählen Sie ihn in der Ich-Form, in ganzen Sätzen, oder lassen Sie die Sicht, wie sie ist.</translation>
  </message>
  <message>
   <source>That did not work</source>
   <translation>Das ging nicht</translation>
  </message>
  <message>
   <source>The GGUF file cannot be read</source>
   <translation>Die GGUF-Datei lässt sich nicht lesen</translation>
  </message>
  <message>
   <source>The GGUF file’s tokenizer loses text</source>
   <translation>Der Tokenizer der GGUF-Datei verliert Text</translation>
  </message>
  <message>
   <source>The adapter cannot be used</source>
   <translation>Der Adapter lässt sich nicht verwenden</translation>
  </message>
  <message>
   <source>The author has no name</source>
   <translation>Der Autor hat keinen Namen</translation>
  </message>
  <message>
   <source>The base model cannot be converted so</source>
   <translation>Das Basismodell lässt sich so nicht umwandeln</translation>
  </message>
  <message>
   <source>The base model cannot be loaded</source>
   <translation>Das Basismodell lässt sich nicht laden</translation>
  </message>
  <message>
   <source>The base model cannot be measured</source>
   <translation>Das Basismodell lässt sich nicht messen</translation>
  </message>
  <message>
   <source>The base model cannot be used</source>
   <translation>Das Basismodell lässt sich nicht verwenden</translation>
  </message>
  <message>
   <source>The base model is incomplete</source>
   <translation>Das Basismodell ist unvollständig</translation>
  </message>
  <message>
   <source>The base model is not there</source>
   <translation>Das Basismodell ist nicht da</translation>
  </message>
  <message>
   <source>The base model’s files are damaged</source>
   <translation>Die Dateien des Basismodells sind beschädigt</translation>
  </message>
  <message>
   <source>The budget is too small for a single passage</source>
   <translation>Das Budget reicht für keinen einzigen Abschnitt</translation>
  </message>
  <message>
   <source>The corpus report shows why each was left out.</source>
   <translation>Der Bericht des Korpus zeigt, warum jeder ausgelassen wurde.</translation>
  </message>
  <message>
   <source>The details say more.</source>
   <translation>Mehr steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>The disk is full</source>
   <translation>Die Platte ist voll</translation>
  </message>
  <message>
   <source>The download does not go on</source>
   <translation>Der Download kommt nicht voran</translation>
  </message>
  <message>
   <source>The download stopped unexpectedly</source>
   <translation>Der Download brach unerwartet ab</translation>
  </message>
  <message>
   <source>The export does not write what the adapter writes</source>
   <translation>Der Export schreibt anders als der Adapter</translation>
  </message>
  <message>
   <source>The export failed</source>
   <translation>Der Export ist misslungen</translation>
  </message>
  <message>
   <source>The fields of the pairs are not named</source>
   <translation>Die Felder der Paare sind nicht benannt</translation>
  </message>
  <message>
   <source>The file with pairs is damaged</source>
   <translation>Die Datei mit den Paaren ist beschädigt</translation>
  </message>
  <message>
   <source>The language cannot be analysed</source>
   <translation>Die Sprache lässt sich nicht analysieren</translation>
  </message>
  <message>
   <source>The language pipeline is damaged</source>
   <translation>Die Sprachanalyse ist beschädigt</translation>
  </message>
  <message>
   <source>The language pipeline is not installed</source>
   <translation>Die Sprachanalyse ist nicht installiert</translation>
  </message>
  <message>
   <source>The list of base models is damaged</source>
   <translation>Die Liste der Basismodelle ist beschädigt</translation>
  </message>
  <message>
   <source>The loss exploded</source>
   <translation>Der Verlust ist explodiert</translation>
  </message>
  <message>
   <source>The machines do not hold the same project</source>
   <translation>Die Rechner haben nicht dasselbe Projekt</translation>
  </message>
  <message>
   <source>The makers of this model ask for your consent</source>
   <translation>Die Urheber dieses Modells bitten um Ihre Zustimmung</translation>
  </message>
  <message>
   <source>The model cannot make these texts plain</source>
   <translation>Das Modell kann diese Texte nicht schlicht machen</translation>
  </message>
  <message>
   <source>The model does not divide into groups of this size</source>
   <translation>Das Modell lässt sich nicht in Gruppen dieser Größe teilen</translation>
  </message>
  <message>
   <source>The model hub cannot be reached</source>
   <translation>Der Modell-Hub ist nicht erreichbar</translation>
  </message>
  <message>
   <source>The model hub wants a pause</source>
   <translation>Der Modell-Hub verlangt eine Pause</translation>
  </message>
  <message>
   <source>The model’s chat template cannot be used</source>
   <translation>Die Chatvorlage des Modells ist nicht brauchbar</translation>
  </message>
  <message>
   <source>The package with the model could not be fetched</source>
   <translation>Das Paket mit dem Modell ließ sich nicht holen</translation>
  </message>
  <message>
   <source>The pairs could not be made</source>
   <translation>Die Paare ließen sich nicht bilden</translation>
  </message>
  <message>
   <source>The persona has an error</source>
   <translation>Die Persona hat einen Fehler</translation>
  </message>
  <message>
   <source>The plan has changed since the last checkpoint</source>
   <translation>Der Plan hat sich seit dem letzten Zwischenstand geändert</translation>
  </message>
  <message>
   <source>The plan of the corpus has an error</source>
   <translation>Der Plan des Korpus hat einen Fehler</translation>
  </message>
  <message>
   <source>The plan of the pairs has an error</source>
   <translation>Der Plan der Paare hat einen Fehler</translation>
  </message>
  <message>
   <source>The plan would send text to a server</source>
   <translation>Der Plan würde Text an einen Server senden</translation>
  </message>
  <message>
   <source>The project cannot be opened</source>
   <translation>Das Projekt lässt sich nicht öffnen</translation>
  </message>
  <message>
   <source>The project could not be saved</source>
   <translation>Das Projekt ließ sich nicht sichern</translation>
  </message>
  <message>
   <source>The project’s database is damaged</source>
   <translation>Die Datenbank des Projekts ist beschädigt</translation>
  </message>
  <message>
   <source>The prompt cannot be made</source>
   <translation>Der Prompt lässt sich nicht bilden</translation>
  </message>
  <message>
   <source>The recipe of these pairs is damaged</source>
   <translation>Das Rezept dieser Paare ist beschädigt</translation>
  </message>
  <message>
   <source>The recipe of these pairs was changed</source>
   <translation>Das Rezept dieser Paare wurde geändert</translation>
  </message>
  <message>
   <source>The server cannot be reached</source>
   <translation>Der Server ist nicht zu erreichen</translation>
  </message>
  <message>
   <source>The server does not know this model</source>
   <translation>Der Server kennt dieses Modell nicht</translation>
  </message>
  <message>
   <source>The server fails again and again</source>
   <translation>Der Server versagt immer wieder</translation>
  </message>
  <message>
   <source>The server refused the key</source>
   <translation>Der Server hat den Schlüssel abgelehnt</translation>
  </message>
  <message>
   <source>The server’s address is wrong</source>
   <translation>Die Adresse des Servers stimmt nicht</translation>
  </message>
  <message>
   <source>The system ended the rewriting</source>
   <translation>Das System hat das Umschreiben beendet</translation>
  </message>
  <message>
   <source>The text cannot be told from this point of view</source>
   <translation>Der Text lässt sich nicht aus dieser Sicht erzählen</translation>
  </message>
  <message>
   <source>The text may have changed. Read it again and choose the place anew.</source>
   <translation>Der Text kann sich geändert haben. Lesen Sie ihn neu und wählen Sie die Stelle noch einmal.</translation>
  </message>
  <message>
   <source>The texts could not be read</source>
   <translation>Die Texte ließen sich nicht lesen</translation>
  </message>
  <message>
   <source>The training cannot go on</source>
   <translation>Das Training kann nicht weitergehen</translation>
  </message>
  <message>
   <source>The training plan has an error</source>
   <translation>Der Trainingsplan hat einen Fehler</translation>
  </message>
  <message>
   <source>The training stopped unexpectedly</source>
   <translation>Das Training endete unerwartet</translation>
  </message>
  <message>
   <source>The work could not start</source>
   <translation>Die Arbeit konnte nicht beginnen</translation>
  </message>
  <message>
   <source>The work stopped unexpectedly</source>
   <translation>Die Arbeit endete unerwartet</translation>
  </message>
  <message>
   <source>There are no pairs to learn from</source>
   <translation>Es gibt keine Paare zum Lernen</translation>
  </message>
  <message>
   <source>There are no pairs yet</source>
   <translation>Es gibt noch keine Paare</translation>
  </message>
  <message>
   <source>There is another base model of this name</source>
   <translation>Es gibt schon ein Basismodell dieses Namens</translation>
  </message>
  <message>
   <source>There is no checkpoint to go on from</source>
   <translation>Es gibt keinen Zwischenstand zum Fortsetzen</translation>
  </message>
  <message>
   <source>There is no preset for this much memory</source>
   <translation>Für so viel Speicher gibt es keine Vorgabe</translation>
  </message>
  <message>
   <source>There is no such chapter</source>
   <translation>Dieses Kapitel gibt es nicht</translation>
  </message>
  <message>
   <source>There is no such checkpoint</source>
   <translation>Diesen Zwischenstand gibt es nicht</translation>
  </message>
  <message>
   <source>There is no such cleaning rule</source>
   <translation>Diese Reinigungsregel gibt es nicht</translation>
  </message>
  <message>
   <source>There is no such model to download</source>
   <translation>Ein solches Modell gibt es nicht zu laden</translation>
  </message>
  <message>
   <source>There is no such passage</source>
   <translation>Diesen Abschnitt gibt es nicht</translation>
  </message>
  <message>
   <source>There is no such run</source>
   <translation>Diesen Lauf gibt es nicht</translation>
  </message>
  <message>
   <source>There is no text in this language to measure with</source>
   <translation>Für diese Sprache gibt es keinen Text zum Messen</translation>
  </message>
  <message>
   <source>There is no text to write from</source>
   <translation>Es gibt keinen Text als Vorlage</translation>
  </message>
  <message>
   <source>There is no usable model in this repository</source>
   <translation>In diesem Repositorium ist kein brauchbares Modell</translation>
  </message>
  <message>
   <source>There is too little text</source>
   <translation>Es ist zu wenig Text</translation>
  </message>
  <message>
   <source>These pages are pictures without text</source>
   <translation>Diese Seiten sind Bilder ohne Text</translation>
  </message>
  <message>
   <source>These pairs belong to another base model</source>
   <translation>Diese Paare gehören zu einem anderen Basismodell</translation>
  </message>
  <message>
   <source>This adapter belongs to another base model</source>
   <translation>Dieser Adapter gehört zu einem anderen Basismodell</translation>
  </message>
  <message>
   <source>This book is copy-protected</source>
   <translation>Dieses Buch ist kopiergeschützt</translation>
  </message>
  <message>
   <source>This file holds no text</source>
   <translation>Diese Datei enthält keinen Text</translation>
  </message>
  <message>
   <source>This file is damaged</source>
   <translation>Diese Datei ist beschädigt</translation>
  </message>
  <message>
   <source>This file is empty</source>
   <translation>Diese Datei ist leer</translation>
  </message>
  <message>
   <source>This file is not safe to unpack</source>
   <translation>Diese Datei lässt sich nicht gefahrlos entpacken</translation>
  </message>
  <message>
   <source>This file is of another kind than its name says</source>
   <translation>Diese Datei ist von anderer Art, als ihr Name sagt</translation>
  </message>
  <message>
   <source>This file is protected with a password</source>
   <translation>Diese Datei ist mit einem Passwort geschützt</translation>
  </message>
  <message>
   <source>This file is too large</source>
   <translation>Diese Datei ist zu groß</translation>
  </message>
  <message>
   <source>This folder is in use already</source>
   <translation>Dieser Ordner ist schon belegt</translation>
  </message>
  <message>
   <source>This folder is no project</source>
   <translation>Dieser Ordner ist kein Projekt</translation>
  </message>
  <message>
   <source>This format is not built yet</source>
   <translation>Dieses Format gibt es noch nicht</translation>
  </message>
  <message>
   <source>This is no token</source>
   <translation>Das ist kein Token</translation>
  </message>
  <message>
   <source>This language pipeline is not known</source>
   <translation>Diese Sprachanalyse ist nicht bekannt</translation>
  </message>
  <message>
   <source>This model does not follow instructions</source>
   <translation>Dieses Modell folgt keinen Anweisungen</translation>
  </message>
  <message>
   <source>This model does not know where a text ends</source>
   <translation>Dieses Modell weiß nicht, wo ein Text endet</translation>
  </message>
  <message>
   <source>This model is being downloaded already</source>
   <translation>Dieses Modell wird gerade schon geladen</translation>
  </message>
  <message>
   <source>This model wants to run its own code</source>
   <translation>Dieses Modell will eigenen Code ausführen</translation>
  </message>
  <message>
   <source>This pair is not there any more</source>
   <translation>Dieses Paar ist nicht mehr da</translation>
  </message>
  <message>
   <source>This place is not in the text</source>
   <translation>Diese Stelle ist nicht im Text</translation>
  </message>
  <message>
   <source>This run has no adapter yet</source>
   <translation>Dieser Lauf hat noch keinen Adapter</translation>
  </message>
  <message>
   <source>This text is not in the project</source>
   <translation>Dieser Text ist nicht im Projekt</translation>
  </message>
  <message>
   <source>Train first, or choose another run.</source>
   <translation>Trainieren Sie zuerst, oder wählen Sie einen anderen Lauf.</translation>
  </message>
  <message>
   <source>Try it again later. What was done is kept and not sent again.</source>
   <translation>Versuchen Sie es später noch einmal. Was fertig ist, bleibt und wird nicht noch einmal gesendet.</translation>
  </message>
  <message>
   <source>Try it again. It goes on where it stopped.</source>
   <translation>Versuchen Sie es noch einmal. Er geht dort weiter, wo er stehen blieb.</translation>
  </message>
  <message>
   <source>Try it again. The details say more.</source>
   <translation>Versuchen Sie es noch einmal. Mehr steht in den Einzelheiten.</translation>
  </message>
  <message>
   <source>Undo the change, or start a new run.</source>
   <translation>Nehmen Sie die Änderung zurück oder beginnen Sie einen neuen Lauf.</translation>
  </message>
  <message>
   <source>Update StyleLab. The project was not touched.</source>
   <translation>Aktualisieren Sie StyleLab. Das Projekt wurde nicht angerührt.</translation>
  </message>
  <message>
   <source>Use an earlier one, or start a new run.</source>
   <translation>Nehmen Sie einen früheren oder beginnen Sie einen neuen Lauf.</translation>
  </message>
  <message>
   <source>Use an edition without copy protection, or the manuscript.</source>
   <translation>Nehmen Sie eine Ausgabe ohne Kopierschutz oder das Manuskript.</translation>
  </message>
  <message>
   <source>Use letters, digits, points and dashes.</source>
   <translation>Nehmen Sie Buchstaben, Ziffern, Punkte und Striche.</translation>
  </message>
  <message>
   <source>Wait as long as the details say, and try again. With a token the hub allows more.</source>
   <translation>Warten Sie so lange, wie die Einzelheiten sagen, und versuchen Sie es noch einmal. Mit einem Token erlaubt der Hub mehr.</translation>
  </message>
  <message>
   <source>Wait until that has finished, or stop it.</source>
   <translation>Warten Sie, bis das fertig ist, oder halten Sie es an.</translation>
  </message>
  <message>
   <source>What arrived is not the model that was asked for</source>
   <translation>Was ankam, ist nicht das gewünschte Modell</translation>
  </message>
  <message>
   <source>Which fields are the pairs?</source>
   <translation>In welchen Feldern stehen die Paare?</translation>
  </message>
  <message>
   <source>Write it like http://localhost:11434/v1 in the plan of the pairs.</source>
   <translation>Schreiben Sie sie im Plan der Paare wie http://localhost:11434/v1.</translation>
  </message>
 </context>
 <context>
  <name>settings</name>
  <message>
   <source>Adafactor</source>
   <translation>Adafactor</translation>
  </message>
  <message>
   <source>AdamW</source>
   <translation>AdamW</translation>
  </message>
  <message>
   <source>Adapt the last n blocks; -1 for all.</source>
   <translation>So viele letzte Blöcke anpassen; -1 heißt alle.</translation>
  </message>
  <message>
   <source>Advice</source>
   <translation>Hinweise</translation>
  </message>
  <message>
   <source>Author</source>
   <translation>Autor</translation>
  </message>
  <message>
   <source>Base model</source>
   <translation>Basismodell</translation>
  </message>
  <message>
   <source>Batch size</source>
   <translation>Stapelgröße</translation>
  </message>
  <message>
   <source>Batches between checkpoints.</source>
   <translation>Stapel zwischen zwei Zwischenständen.</translation>
  </message>
  <message>
   <source>Batches between validations.</source>
   <translation>Stapel zwischen zwei Validierungen.</translation>
  </message>
  <message>
   <source>Batches computed; an update takes grad_accumulation_steps of them.</source>
   <translation>Stapel im Ganzen; ein Schritt nimmt so viele davon, wie bei „Stapel je Schritt“ steht.</translation>
  </message>
  <message>
   <source>Batches per optimizer update.</source>
   <translation>Stapel je Schritt des Optimierers.</translation>
  </message>
  <message>
   <source>Batches per update</source>
   <translation>Stapel je Schritt</translation>
  </message>
  <message>
   <source>Bleed limit</source>
   <translation>Verratsgrenze</translation>
  </message>
  <message>
   <source>Bleed limit, rules</source>
   <translation>Verratsgrenze, Regeln</translation>
  </message>
  <message>
   <source>Blocks</source>
   <translation>Blöcke</translation>
  </message>
  <message>
   <source>Budget</source>
   <translation>Budget</translation>
  </message>
  <message>
   <source>Checkpoints kept</source>
   <translation>Zwischenstände</translation>
  </message>
  <message>
   <source>Checkpoints kept besides the best.</source>
   <translation>Zwischenstände, die außer dem besten bleiben.</translation>
  </message>
  <message>
   <source>Damage</source>
   <translation>Schaden</translation>
  </message>
  <message>
   <source>Damaged inputs</source>
   <translation>Beschädigt</translation>
  </message>
  <message>
   <source>Decides between equal passages.</source>
   <translation>Entscheidet zwischen gleichwertigen Abschnitten.</translation>
  </message>
  <message>
   <source>Decides order, initial weights and dropout.</source>
   <translation>Bestimmt Reihenfolge, erste Gewichte und Dropout.</translation>
  </message>
  <message>
   <source>DoRA</source>
   <translation>DoRA</translation>
  </message>
  <message>
   <source>Dropout</source>
   <translation>Dropout</translation>
  </message>
  <message>
   <source>Each appears in its share of the prompts, two to four in any one.</source>
   <translation>Jeder steht in seinem Anteil der Prompts, zwei bis vier in jedem.</translation>
  </message>
  <message>
   <source>Embedding noise</source>
   <translation>Rauschen</translation>
  </message>
  <message>
   <source>First person first</source>
   <translation>Erst zum Ich</translation>
  </message>
  <message>
   <source>GB</source>
   <translation>GB</translation>
  </message>
  <message>
   <source>Gradient limit</source>
   <translation>Gradientgrenze</translation>
  </message>
  <message>
   <source>Heavy damage</source>
   <translation>Starker Schaden</translation>
  </message>
  <message>
   <source>How freely words are chosen; 0 takes the likeliest.</source>
   <translation>Wie frei Wörter gewählt werden; 0 nimmt das wahrscheinlichste.</translation>
  </message>
  <message>
   <source>How much less likely a word becomes that was used; 1 for no less.</source>
   <translation>Wie viel unwahrscheinlicher ein Wort wird, das schon vorkam; 1 heißt gar nicht.</translation>
  </message>
  <message>
   <source>How the learning rate goes on after warm-up: constant, or down to 0.</source>
   <translation>Wie die Lernrate nach dem Aufwärmen verläuft: gleich, oder hinab auf 0.</translation>
  </message>
  <message>
   <source>How this author sees things, in a sentence or two.</source>
   <translation>Wie dieser Autor die Dinge sieht, in ein, zwei Sätzen.</translation>
  </message>
  <message>
   <source>How this author tells it.</source>
   <translation>Wie dieser Autor erzählt.</translation>
  </message>
  <message>
   <source>How writing chooses its words.</source>
   <translation>Wie das Schreiben seine Wörter wählt.</translation>
  </message>
  <message>
   <source>I</source>
   <translation>ich</translation>
  </message>
  <message>
   <source>Inputs</source>
   <translation>Eingaben</translation>
  </message>
  <message>
   <source>Inputs of a model that give away this share of the target's distinctive words fail.</source>
   <translation>Eingaben eines Modells, die diesen Anteil der eigentümlichen Wörter des Ziels verraten, fallen durch.</translation>
  </message>
  <message>
   <source>Inputs of the author's text: neutral; dropout (no adjectives or adverbs); abstract (nouns become [THING]).</source>
   <translation>Eingaben zum Text des Autors: schlicht; ohne Adjektive und Adverbien; ohne Nomen (sie werden [THING]).</translation>
  </message>
  <message>
   <source>Instructions</source>
   <translation>Anweisungen</translation>
  </message>
  <message>
   <source>Iterations</source>
   <translation>Iterationen</translation>
  </message>
  <message>
   <source>Jaccard similarity from which two passages are one.</source>
   <translation>Jaccard-Ähnlichkeit, ab der zwei Abschnitte als einer gelten.</translation>
  </message>
  <message>
   <source>Kind of adapter</source>
   <translation>Adapterart</translation>
  </message>
  <message>
   <source>Layers</source>
   <translation>Schichten</translation>
  </message>
  <message>
   <source>Learning rate</source>
   <translation>Lernrate</translation>
  </message>
  <message>
   <source>Light damage</source>
   <translation>Leichter Schaden</translation>
  </message>
  <message>
   <source>Linear layers of each block that are adapted.</source>
   <translation>Lineare Schichten jedes Blocks, die angepasst werden.</translation>
  </message>
  <message>
   <source>LoRA</source>
   <translation>LoRA</translation>
  </message>
  <message>
   <source>Longer gradients are cut to this length; 0 for no limit.</source>
   <translation>Längere Gradienten werden auf diese Länge gekürzt; 0 heißt ohne Grenze.</translation>
  </message>
  <message>
   <source>Longest pair</source>
   <translation>Längstes Paar</translation>
  </message>
  <message>
   <source>Longest pair in tokens; longer ones are left out and counted.</source>
   <translation>Längstes Paar in Token; längere bleiben aus und werden gezählt.</translation>
  </message>
  <message>
   <source>Longest passage</source>
   <translation>Längster Abschnitt</translation>
  </message>
  <message>
   <source>Longest passage, in tokens of the base; empty: what it can take as input and answer.</source>
   <translation>Längster Abschnitt in Token des Basismodells; leer: was es als Eingabe und Antwort fasst.</translation>
  </message>
  <message>
   <source>Memory</source>
   <translation>Speicher</translation>
  </message>
  <message>
   <source>Memory that training may use; 0 for what this machine has.</source>
   <translation>Speicher, den das Training nutzen darf; 0 heißt, was der Rechner hat.</translation>
  </message>
  <message>
   <source>Model</source>
   <translation>Modell</translation>
  </message>
  <message>
   <source>Multiply the scale by the square root of the rank (rsLoRA: the same alpha, any rank).</source>
   <translation>Die Stärke mit der Wurzel des Rangs malnehmen (rsLoRA: dasselbe Alpha bei jedem Rang).</translation>
  </message>
  <message>
   <source>Muon</source>
   <translation>Muon</translation>
  </message>
  <message>
   <source>NEFTune's alpha: noise on the embeddings, against memorising; 0 for none.</source>
   <translation>Alpha von NEFTune: Rauschen auf den Einbettungen, gegen Auswendiglernen; 0 heißt keines.</translation>
  </message>
  <message>
   <source>Name</source>
   <translation>Name</translation>
  </message>
  <message>
   <source>Near-duplicates</source>
   <translation>Fast Gleiches</translation>
  </message>
  <message>
   <source>New names</source>
   <translation>Neue Namen</translation>
  </message>
  <message>
   <source>Noun</source>
   <translation>Nomen</translation>
  </message>
  <message>
   <source>Observer</source>
   <translation>Beobachter</translation>
  </message>
  <message>
   <source>One a line. Each asks for the text.</source>
   <translation>Eine je Zeile. Jede bittet um den Text.</translation>
  </message>
  <message>
   <source>One a line. Where the author is and what they are doing, never who they are.</source>
   <translation>Eine je Zeile. Wo der Autor ist und was er tut, nie wer er ist.</translation>
  </message>
  <message>
   <source>One line.</source>
   <translation>Eine Zeile.</translation>
  </message>
  <message>
   <source>One more pair with a heavily damaged neutral input.</source>
   <translation>Ein weiteres Paar mit stark beschädigter schlichter Eingabe.</translation>
  </message>
  <message>
   <source>One more pair with the topic swapped; needs rewriter local or remote.</source>
   <translation>Ein weiteres Paar mit anderem Thema; braucht einen Umschreiber mit Modell oder Server.</translation>
  </message>
  <message>
   <source>Optimizer</source>
   <translation>Optimierer</translation>
  </message>
  <message>
   <source>Other topics</source>
   <translation>Andere Themen</translation>
  </message>
  <message>
   <source>Pairs per batch.</source>
   <translation>Paare je Stapel.</translation>
  </message>
  <message>
   <source>Patience</source>
   <translation>Geduld</translation>
  </message>
  <message>
   <source>Perspective</source>
   <translation>Perspektive</translation>
  </message>
  <message>
   <source>Perspectives</source>
   <translation>Perspektiven</translation>
  </message>
  <message>
   <source>Pipeline</source>
   <translation>Pipeline</translation>
  </message>
  <message>
   <source>Points of view that both sides of a pair are turned to; add second_person for an author who uses it.</source>
   <translation>Perspektiven, in die beide Seiten eines Paars gewendet werden; „du“ nur für Autoren, die es verwenden.</translation>
  </message>
  <message>
   <source>Pronoun</source>
   <translation>Pronomen</translation>
  </message>
  <message>
   <source>Rank</source>
   <translation>Rang</translation>
  </message>
  <message>
   <source>Rank-stabilised</source>
   <translation>Rangstabil</translation>
  </message>
  <message>
   <source>Recompute as few blocks as memory_gb asks for; false: none, whatever memory it takes.</source>
   <translation>So wenige Blöcke neu rechnen, wie der Speicher verlangt; aus: keinen, wie viel Speicher es auch kostet.</translation>
  </message>
  <message>
   <source>Recompute blocks</source>
   <translation>Neu rechnen</translation>
  </message>
  <message>
   <source>Repetition penalty</source>
   <translation>Wiederholungsstrafe</translation>
  </message>
  <message>
   <source>Rewriter</source>
   <translation>Umschreiber</translation>
  </message>
  <message>
   <source>Samples</source>
   <translation>Proben</translation>
  </message>
  <message>
   <source>Sampling</source>
   <translation>Sampling</translation>
  </message>
  <message>
   <source>Save every</source>
   <translation>Sichern alle</translation>
  </message>
  <message>
   <source>Scale</source>
   <translation>Stärke</translation>
  </message>
  <message>
   <source>Schedule</source>
   <translation>Verlauf</translation>
  </message>
  <message>
   <source>Seed</source>
   <translation>Startwert</translation>
  </message>
  <message>
   <source>Server</source>
   <translation>Server</translation>
  </message>
  <message>
   <source>Share of an input's words that are damaged.</source>
   <translation>Anteil der Wörter einer Eingabe, die beschädigt werden.</translation>
  </message>
  <message>
   <source>Share of each weight taken away per update and unit of learning rate.</source>
   <translation>Anteil, den jedes Gewicht je Schritt und Einheit der Lernrate verliert.</translation>
  </message>
  <message>
   <source>Share of inputs hidden from the adapter at random, against memorising.</source>
   <translation>Anteil der Eingaben, die dem Adapter zufällig verborgen bleiben, gegen Auswendiglernen.</translation>
  </message>
  <message>
   <source>Share of passages with one more pair in which names are changed.</source>
   <translation>Anteil der Abschnitte mit einem weiteren Paar unter anderen Namen.</translation>
  </message>
  <message>
   <source>Share of prompts</source>
   <translation>Anteil der Prompts</translation>
  </message>
  <message>
   <source>Share of the likeliest words that are chosen among.</source>
   <translation>Anteil der wahrscheinlichsten Wörter, aus denen gewählt wird.</translation>
  </message>
  <message>
   <source>Share of the prompts in which it stands.</source>
   <translation>Anteil der Prompts, in denen er steht.</translation>
  </message>
  <message>
   <source>Shortest passage</source>
   <translation>Kürzester Abschnitt</translation>
  </message>
  <message>
   <source>Shortest passage, in words; short paragraphs of a scene join.</source>
   <translation>Kürzester Abschnitt in Wörtern; kurze Absätze einer Szene verbinden sich.</translation>
  </message>
  <message>
   <source>Situations</source>
   <translation>Lagen</translation>
  </message>
  <message>
   <source>Situations for stories</source>
   <translation>Lagen für Erzähltes</translation>
  </message>
  <message>
   <source>Situations for thoughts</source>
   <translation>Lagen für Gedachtes</translation>
  </message>
  <message>
   <source>Step size of the optimizer at its peak.</source>
   <translation>Schrittweite des Optimierers in der Spitze.</translation>
  </message>
  <message>
   <source>Stop after so many validations without a better one; 0 to go on to the end.</source>
   <translation>Nach so vielen Validierungen ohne bessere aufhören; 0 geht bis zum Ende.</translation>
  </message>
  <message>
   <source>Stories</source>
   <translation>Erzähltes</translation>
  </message>
  <message>
   <source>Strength of the adapter in training, and so in writing.</source>
   <translation>Wie stark der Adapter beim Lernen wirkt, und so auch beim Schreiben.</translation>
  </message>
  <message>
   <source>Temperature</source>
   <translation>Temperatur</translation>
  </message>
  <message>
   <source>Texts written from fixed prompts at every checkpoint.</source>
   <translation>Texte, die an jedem Zwischenstand zu festen Prompts geschrieben werden.</translation>
  </message>
  <message>
   <source>The same for dropout and abstract inputs.</source>
   <translation>Dasselbe für Eingaben ohne Adjektive oder ohne Nomen.</translation>
  </message>
  <message>
   <source>The same for rewriter rules and for plain sentences, which keep what a text is about; 1 rejects only all of them.</source>
   <translation>Dasselbe für Regeln und für schlichte Sätze, die den Inhalt behalten; 1 verwirft nur, was alle verrät.</translation>
  </message>
  <message>
   <source>The same for the robustness pair.</source>
   <translation>Dasselbe für beschädigte Eingaben.</translation>
  </message>
  <message>
   <source>The same, for texts that tell no story.</source>
   <translation>Dasselbe für Texte, die nichts erzählen.</translation>
  </message>
  <message>
   <source>The spaCy pipeline: bundled, or one that is installed.</source>
   <translation>Die spaCy-Pipeline: bundled, oder eine, die installiert ist.</translation>
  </message>
  <message>
   <source>Thoughts</source>
   <translation>Gedachtes</translation>
  </message>
  <message>
   <source>Tokens of passages to learn from; beyond, a diverse choice.</source>
   <translation>Token aus Abschnitten, aus denen gelernt wird; darüber eine vielfältige Auswahl.</translation>
  </message>
  <message>
   <source>Top-p</source>
   <translation>Top-p</translation>
  </message>
  <message>
   <source>Turn impersonal input to the first person first, in training and in writing alike.</source>
   <translation>Unpersönliche Eingabe erst zur ersten Person wenden, beim Lernen wie beim Schreiben.</translation>
  </message>
  <message>
   <source>Updates over which the learning rate rises from 0.</source>
   <translation>Schritte, über die die Lernrate von 0 ansteigt.</translation>
  </message>
  <message>
   <source>Validate every</source>
   <translation>Prüfen alle</translation>
  </message>
  <message>
   <source>Warm-up</source>
   <translation>Aufwärmen</translation>
  </message>
  <message>
   <source>Way of rewriting</source>
   <translation>Weg des Umschreibens</translation>
  </message>
  <message>
   <source>Weight decay</source>
   <translation>Gewichtsabnahme</translation>
  </message>
  <message>
   <source>What makes text plain: rules (no model), a local instruct model, or a remote endpoint.</source>
   <translation>Was Text schlicht macht: Regeln (kein Modell), ein lokales Modell oder ein Server.</translation>
  </message>
  <message>
   <source>What the persona is called.</source>
   <translation>Wie die Persona heißt.</translation>
  </message>
  <message>
   <source>What the teller is called at first.</source>
   <translation>Wie der Erzähler zuerst heißt.</translation>
  </message>
  <message>
   <source>What the teller is called then.</source>
   <translation>Wie der Erzähler danach heißt.</translation>
  </message>
  <message>
   <source>When a text could be either</source>
   <translation>Wenn ein Text beides sein kann</translation>
  </message>
  <message>
   <source>Where the author writes from.</source>
   <translation>Von wo aus der Autor schreibt.</translation>
  </message>
  <message>
   <source>Which situations it gets.</source>
   <translation>Welche Lagen er bekommt.</translation>
  </message>
  <message>
   <source>Who tells it in the third person.</source>
   <translation>Wer in der dritten Person erzählt.</translation>
  </message>
  <message>
   <source>Whose voice it is.</source>
   <translation>Wessen Stimme es ist.</translation>
  </message>
  <message>
   <source>Width of the adapter; more learns finer habits and takes more memory.</source>
   <translation>Breite des Adapters; mehr lernt feinere Gewohnheiten und braucht mehr Speicher.</translation>
  </message>
  <message>
   <source>Worldview</source>
   <translation>Weltsicht</translation>
  </message>
  <message>
   <source>adamw; adafactor, which keeps less state; muon, which evens out directions.</source>
   <translation>AdamW; Adafactor, das sich weniger merkt; Muon, das Richtungen ausgleicht.</translation>
  </message>
  <message>
   <source>batches</source>
   <translation>Stapel</translation>
  </message>
  <message>
   <source>bundled, a base model's name in the library, or its folder, relative to the project.</source>
   <translation>bundled, der Name eines Basismodells in der Bibliothek, oder sein Ordner, vom Projekt aus.</translation>
  </message>
  <message>
   <source>constant</source>
   <translation>gleich</translation>
  </message>
  <message>
   <source>cosine</source>
   <translation>Kosinus</translation>
  </message>
  <message>
   <source>found by trying</source>
   <translation>durch Probieren</translation>
  </message>
  <message>
   <source>impersonal</source>
   <translation>unpersönlich</translation>
  </message>
  <message>
   <source>linear</source>
   <translation>linear</translation>
  </message>
  <message>
   <source>local model</source>
   <translation>lokal</translation>
  </message>
  <message>
   <source>local, remote: auto (tried on three passages), plain (said again in plain sentences), or a language in between.</source>
   <translation>lokal, Server: auto (an drei Passagen erprobt), plain (in schlichten Sätzen noch einmal gesagt) oder eine Sprache dazwischen.</translation>
  </message>
  <message>
   <source>local: the instruct model's folder. remote: the model's name there.</source>
   <translation>Lokal: der Ordner des Modells. Server: sein Name dort.</translation>
  </message>
  <message>
   <source>lora; or dora, which learns each output's magnitude apart and takes longer.</source>
   <translation>LoRA; oder DoRA, das die Größe jedes Ausgangs getrennt lernt und länger dauert.</translation>
  </message>
  <message>
   <source>pairs</source>
   <translation>Paare</translation>
  </message>
  <message>
   <source>plain</source>
   <translation>schlicht</translation>
  </message>
  <message>
   <source>plain sentences</source>
   <translation>schlichte Sätze</translation>
  </message>
  <message>
   <source>remote: the address of an OpenAI-compatible server. Text leaves this machine.</source>
   <translation>Die Adresse eines OpenAI-kompatiblen Servers. Text verlässt diesen Rechner.</translation>
  </message>
  <message>
   <source>rules</source>
   <translation>Regeln</translation>
  </message>
  <message>
   <source>server</source>
   <translation>Server</translation>
  </message>
  <message>
   <source>third person</source>
   <translation>dritte Person</translation>
  </message>
  <message>
   <source>through Chinese</source>
   <translation>über Chinesisch</translation>
  </message>
  <message>
   <source>tokens</source>
   <translation>Token</translation>
  </message>
  <message>
   <source>updates</source>
   <translation>Schritte</translation>
  </message>
  <message>
   <source>we</source>
   <translation>wir</translation>
  </message>
  <message>
   <source>without adjectives</source>
   <translation>ohne Adjektive</translation>
  </message>
  <message>
   <source>without nouns</source>
   <translation>ohne Nomen</translation>
  </message>
  <message>
   <source>words</source>
   <translation>Wörter</translation>
  </message>
  <message>
   <source>you</source>
   <translation>du</translation>
  </message>
 </context>
 <context>
  <name>sidebar</name>
  <message>
   <source>done</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>needs attention</source>
   <translation>braucht Aufmerksamkeit</translation>
  </message>
  <message>
   <source>ready</source>
   <translation>bereit</translation>
  </message>
  <message>
   <source>running</source>
   <translation>läuft</translation>
  </message>
  <message>
   <source>waits for an earlier stage</source>
   <translation>wartet auf eine frühere Stufe</translation>
  </message>
 </context>
 <context>
  <name>words</name>
  <message numerus="yes">
   <source>%n document(s)</source>
   <translation>
    <numerusform>%n Text</numerusform>
    <numerusform>%n Texte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n file(s)</source>
   <translation>
    <numerusform>%n Datei</numerusform>
    <numerusform>%n Dateien</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n minute(s)</source>
   <translation>
    <numerusform>%n Minute</numerusform>
    <numerusform>%n Minuten</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n note(s)</source>
   <translation>
    <numerusform>%n Hinweis</numerusform>
    <numerusform>%n Hinweise</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n pair(s)</source>
   <translation>
    <numerusform>%n Paar</numerusform>
    <numerusform>%n Paare</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n passage(s)</source>
   <translation>
    <numerusform>%n Abschnitt</numerusform>
    <numerusform>%n Abschnitte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n second(s)</source>
   <translation>
    <numerusform>%n Sekunde</numerusform>
    <numerusform>%n Sekunden</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n tensor(s)</source>
   <translation>
    <numerusform>%n Tensor</numerusform>
    <numerusform>%n Tensoren</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n text(s)</source>
   <translation>
    <numerusform>%n Text</numerusform>
    <numerusform>%n Texte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n update(s)</source>
   <translation>
    <numerusform>%n Schritt</numerusform>
    <numerusform>%n Schritte</numerusform>
   </translation>
  </message>
  <message numerus="yes">
   <source>%n word(s)</source>
   <translation>
    <numerusform>%n Wort</numerusform>
    <numerusform>%n Wörter</numerusform>
   </translation>
  </message>
  <message>
   <source>After the end</source>
   <translation>Nach dem Ende</translation>
  </message>
  <message>
   <source>Base Models</source>
   <translation>Basismodelle</translation>
  </message>
  <message>
   <source>Captions</source>
   <translation>Bildunterschriften</translation>
  </message>
  <message>
   <source>Characters lost before</source>
   <translation>Schon früher verlorene Zeichen</translation>
  </message>
  <message>
   <source>Compounds cut at a line’s end</source>
   <translation>Am Zeilenende getrennte Zusammensetzungen</translation>
  </message>
  <message>
   <source>Contents</source>
   <translation>Inhaltsverzeichnis</translation>
  </message>
  <message>
   <source>Control characters</source>
   <translation>Steuerzeichen</translation>
  </message>
  <message>
   <source>Corpus</source>
   <translation>Korpus</translation>
  </message>
  <message>
   <source>Editor’s note</source>
   <translation>Anmerkung des Herausgebers</translation>
  </message>
  <message>
   <source>Export</source>
   <translation>Export</translation>
  </message>
  <message>
   <source>Fixed and thin spaces</source>
   <translation>Feste und schmale Leerzeichen</translation>
  </message>
  <message>
   <source>Footnote marks</source>
   <translation>Fußnotenzeichen</translation>
  </message>
  <message>
   <source>Footnotes</source>
   <translation>Fußnoten</translation>
  </message>
  <message>
   <source>Halves of characters</source>
   <translation>Halbe Zeichen</translation>
  </message>
  <message>
   <source>Hard line breaks</source>
   <translation>Harte Zeilenumbrüche</translation>
  </message>
  <message>
   <source>Headings</source>
   <translation>Überschriften</translation>
  </message>
  <message>
   <source>I and others together</source>
   <translation>ich und andere zusammen</translation>
  </message>
  <message>
   <source>Invisible characters</source>
   <translation>Unsichtbare Zeichen</translation>
  </message>
  <message>
   <source>Licence, at the end</source>
   <translation>Lizenz am Ende</translation>
  </message>
  <message>
   <source>Licence, at the top</source>
   <translation>Lizenz am Anfang</translation>
  </message>
  <message>
   <source>Ligatures</source>
   <translation>Ligaturen</translation>
  </message>
  <message>
   <source>Line ends</source>
   <translation>Zeilenenden</translation>
  </message>
  <message>
   <source>Lines in a wrong encoding</source>
   <translation>Zeilen in falscher Kodierung</translation>
  </message>
  <message>
   <source>Mottos</source>
   <translation>Motti</translation>
  </message>
  <message>
   <source>Page breaks</source>
   <translation>Seitenumbrüche</translation>
  </message>
  <message>
   <source>Page numbers</source>
   <translation>Seitenzahlen</translation>
  </message>
  <message>
   <source>Pairs</source>
   <translation>Paare</translation>
  </message>
  <message>
   <source>Persona</source>
   <translation>Persona</translation>
  </message>
  <message>
   <source>Prefaces</source>
   <translation>Vorworte</translation>
  </message>
  <message>
   <source>Removed by hand</source>
   <translation>Von Hand entfernt</translation>
  </message>
  <message>
   <source>Running heads</source>
   <translation>Kolumnentitel</translation>
  </message>
  <message>
   <source>Scene breaks</source>
   <translation>Szenentrenner</translation>
  </message>
  <message>
   <source>Section of notes</source>
   <translation>Anmerkungsteil</translation>
  </message>
  <message>
   <source>Separate accents</source>
   <translation>Abgetrennte Akzente</translation>
  </message>
  <message>
   <source>Settings</source>
   <translation>Einstellungen</translation>
  </message>
  <message>
   <source>Soft hyphens</source>
   <translation>Weiche Trennstriche</translation>
  </message>
  <message>
   <source>Spaces at line ends</source>
   <translation>Leerzeichen am Zeilenende</translation>
  </message>
  <message>
   <source>Speakers’ names</source>
   <translation>Namen der Sprecher</translation>
  </message>
  <message>
   <source>Tables</source>
   <translation>Tabellen</translation>
  </message>
  <message>
   <source>The last run can go on from its checkpoint.</source>
   <translation>Der letzte Lauf kann von seinem Zwischenstand weitergehen.</translation>
  </message>
  <message>
   <source>The last run’s loss exploded.</source>
   <translation>Der Verlust des letzten Laufs ist explodiert.</translation>
  </message>
  <message>
   <source>The persona or the plan has changed since these pairs were made.</source>
   <translation>Persona oder Plan haben sich geändert, seit diese Paare gebildet wurden.</translation>
  </message>
  <message>
   <source>Title page</source>
   <translation>Titelseite</translation>
  </message>
  <message>
   <source>Training</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>Umlauts spelt as two letters</source>
   <translation>Umlaute als zwei Buchstaben</translation>
  </message>
  <message>
   <source>Verse</source>
   <translation>Verse</translation>
  </message>
  <message>
   <source>Words cut at a line’s end</source>
   <translation>Am Zeilenende getrennte Wörter</translation>
  </message>
  <message>
   <source>Writing</source>
   <translation>Schreiben</translation>
  </message>
  <message>
   <source>a letter</source>
   <translation>ein Brief</translation>
  </message>
  <message>
   <source>a name is lost</source>
   <translation>ein Name fehlt</translation>
  </message>
  <message>
   <source>a name is lost on the way</source>
   <translation>ein Name geht unterwegs verloren</translation>
  </message>
  <message>
   <source>a negation is lost</source>
   <translation>eine Verneinung fehlt</translation>
  </message>
  <message>
   <source>a number is lost</source>
   <translation>eine Zahl fehlt</translation>
  </message>
  <message>
   <source>a refusal</source>
   <translation>eine Weigerung</translation>
  </message>
  <message>
   <source>a table</source>
   <translation>eine Tabelle</translation>
  </message>
  <message>
   <source>a text is missing</source>
   <translation>ein Text fehlt</translation>
  </message>
  <message>
   <source>a we that means everybody</source>
   <translation>ein Wir, das alle meint</translation>
  </message>
  <message>
   <source>accepted by you</source>
   <translation>von Ihnen angenommen</translation>
  </message>
  <message>
   <source>action</source>
   <translation>Handlung</translation>
  </message>
  <message>
   <source>an answer broken off</source>
   <translation>eine abgebrochene Antwort</translation>
  </message>
  <message>
   <source>an answer that cannot be read</source>
   <translation>eine unlesbare Antwort</translation>
  </message>
  <message>
   <source>an unclear tense</source>
   <translation>eine unklare Zeitform</translation>
  </message>
  <message>
   <source>an unclear verb</source>
   <translation>ein unklares Verb</translation>
  </message>
  <message>
   <source>another language</source>
   <translation>andere Sprache</translation>
  </message>
  <message>
   <source>archaic grammar</source>
   <translation>alte Grammatik</translation>
  </message>
  <message>
   <source>as written</source>
   <translation>wie geschrieben</translation>
  </message>
  <message>
   <source>beyond the budget</source>
   <translation>über dem Budget</translation>
  </message>
  <message>
   <source>conceptual</source>
   <translation>gedanklich</translation>
  </message>
  <message>
   <source>damaged</source>
   <translation>beschädigt</translation>
  </message>
  <message>
   <source>dialogue</source>
   <translation>Dialog</translation>
  </message>
  <message>
   <source>diverged</source>
   <translation>entgleist</translation>
  </message>
  <message>
   <source>edited by you</source>
   <translation>von Ihnen bearbeitet</translation>
  </message>
  <message>
   <source>empty</source>
   <translation>leer</translation>
  </message>
  <message>
   <source>ended early</source>
   <translation>vorzeitig beendet</translation>
  </message>
  <message>
   <source>exposition</source>
   <translation>Schilderung</translation>
  </message>
  <message>
   <source>facts are lost</source>
   <translation>Tatsachen gehen verloren</translation>
  </message>
  <message>
   <source>fewer than two sentences</source>
   <translation>weniger als zwei Sätze</translation>
  </message>
  <message>
   <source>finished</source>
   <translation>fertig</translation>
  </message>
  <message>
   <source>first person</source>
   <translation>erste Person</translation>
  </message>
  <message>
   <source>given</source>
   <translation>gegeben</translation>
  </message>
  <message>
   <source>gives the answer away</source>
   <translation>verrät die Antwort</translation>
  </message>
  <message>
   <source>interrupted</source>
   <translation>unterbrochen</translation>
  </message>
  <message>
   <source>introspection</source>
   <translation>Innenschau</translation>
  </message>
  <message>
   <source>invents a name or a number</source>
   <translation>erfindet einen Namen oder eine Zahl</translation>
  </message>
  <message>
   <source>mixed</source>
   <translation>gemischt</translation>
  </message>
  <message>
   <source>more or fewer sentences</source>
   <translation>mehr oder weniger Sätze</translation>
  </message>
  <message>
   <source>narrative</source>
   <translation>erzählend</translation>
  </message>
  <message>
   <source>no answer from the server</source>
   <translation>keine Antwort vom Server</translation>
  </message>
  <message>
   <source>no person</source>
   <translation>keine Person</translation>
  </message>
  <message>
   <source>nobody says I</source>
   <translation>niemand sagt ich</translation>
  </message>
  <message>
   <source>not English</source>
   <translation>nicht englisch</translation>
  </message>
  <message>
   <source>nothing changed</source>
   <translation>nichts geändert</translation>
  </message>
  <message>
   <source>original</source>
   <translation>Original</translation>
  </message>
  <message>
   <source>other point of view</source>
   <translation>andere Perspektive</translation>
  </message>
  <message>
   <source>other topic</source>
   <translation>anderes Thema</translation>
  </message>
  <message>
   <source>past</source>
   <translation>Vergangenheit</translation>
  </message>
  <message>
   <source>paused</source>
   <translation>angehalten</translation>
  </message>
  <message>
   <source>persona.yaml has an error.</source>
   <translation>persona.yaml hat einen Fehler.</translation>
  </message>
  <message>
   <source>plain already</source>
   <translation>schon schlicht</translation>
  </message>
  <message>
   <source>present</source>
   <translation>Gegenwart</translation>
  </message>
  <message>
   <source>refused by the server</source>
   <translation>vom Server abgelehnt</translation>
  </message>
  <message>
   <source>rejected by you</source>
   <translation>von Ihnen abgelehnt</translation>
  </message>
  <message>
   <source>repeats another</source>
   <translation>wiederholt einen anderen</translation>
  </message>
  <message>
   <source>repeats itself</source>
   <translation>wiederholt sich</translation>
  </message>
  <message>
   <source>said of one alone</source>
   <translation>von einem allein gesagt</translation>
  </message>
  <message>
   <source>second person</source>
   <translation>zweite Person</translation>
  </message>
  <message>
   <source>somebody is addressed</source>
   <translation>jemand wird angeredet</translation>
  </message>
  <message>
   <source>talks about itself</source>
   <translation>spricht über sich selbst</translation>
  </message>
  <message>
   <source>test</source>
   <translation>Test</translation>
  </message>
  <message>
   <source>the reader is addressed</source>
   <translation>der Leser wird angeredet</translation>
  </message>
  <message>
   <source>the tokenizer breaks it</source>
   <translation>der Tokenizer zerbricht ihn</translation>
  </message>
  <message>
   <source>third person</source>
   <translation>dritte Person</translation>
  </message>
  <message>
   <source>too like the original</source>
   <translation>dem Original zu ähnlich</translation>
  </message>
  <message>
   <source>too long</source>
   <translation>zu lang</translation>
  </message>
  <message>
   <source>too many special characters</source>
   <translation>zu viele Sonderzeichen</translation>
  </message>
  <message>
   <source>too much longer or shorter</source>
   <translation>zu viel länger oder kürzer</translation>
  </message>
  <message>
   <source>too short</source>
   <translation>zu kurz</translation>
  </message>
  <message>
   <source>train</source>
   <translation>Training</translation>
  </message>
  <message>
   <source>training.yaml has an error.</source>
   <translation>training.yaml hat einen Fehler.</translation>
  </message>
  <message>
   <source>unclear who is meant</source>
   <translation>unklar, wer gemeint ist</translation>
  </message>
  <message>
   <source>unclear who speaks</source>
   <translation>unklar, wer spricht</translation>
  </message>
  <message>
   <source>unknown</source>
   <translation>unbekannt</translation>
  </message>
  <message>
   <source>validation</source>
   <translation>Validierung</translation>
  </message>
  <message>
   <source>verse</source>
   <translation>Verse</translation>
  </message>
  <message>
   <source>{amount} GB</source>
   <translation>{amount} GB</translation>
  </message>
  <message>
   <source>{amount} MB</source>
   <translation>{amount} MB</translation>
  </message>
  <message>
   <source>{hours} h {minutes} min</source>
   <translation>{hours} h {minutes} min</translation>
  </message>
  <message>
   <source>{number}%</source>
   <translation>{number} %</translation>
  </message>
 </context>
 <context>
  <name>writing</name>
  <message>
   <source>{run}, update {update}</source>
   <translation>{run}, Schritt {update}</translation>
  </message>
 </context>
</TS>
