"""English words that language-neutral code looks for: in books, in models' answers, in numbers.

In: nothing. Out: ENGLISH. Next: stylelab.language.books.
"""

from __future__ import annotations

from stylelab.language.english.irregular import PASTS
from stylelab.language.language import BookWords, LanguageWords
from stylelab.language.wordlists import read_list

NEGATIONS = frozenset(
    "no not never none nothing nobody neither nor nowhere cannot without hardly scarcely barely".split()  # noqa: SIM905
)
BOOKS = BookWords(
    divisions=(
        "chapter|chap|book|part|volume|vol|canto|section|letter|stave|act|scene|phase|period|epoch|narrative|tale|day|night"
    ),
    ordinals="first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|last|initial|final",
    counts=(
        "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen"
        "|eighteen|nineteen|twenty|thirty"
    ),
    small=frozenset("a an the of in on and or to for from with at by de la".split()),  # noqa: SIM905
    headings=(
        "prologue|epilogue|preface|foreword|introduction|introductory|conclusion|postscript|the end|end|finis|interlude"
        "|preamble|afterword|appendix"
    ),
    headline_divisions=r"CHAPTER|Chapter|BOOK|Book|PART|Part|VOLUME|Volume|VOL\.",
    headline_numbers=r"[Tt]he [A-Z]\w+|ONE|TWO|THREE|FOUR|FIVE|One|Two|Three|Four|Five|FIRST|SECOND|THIRD|First|Second|Third",
    headline_sections="PROLOGUE|EPILOGUE|PREFACE|DEDICATION|INTRODUCTION|CONCLUSION|THE END",
    synopses="in which|wherein|showing|being|containing|concerning|treats|of the|how |describ|relates|is |gives",
    leave_taking=(
        "yours|affectionate(?:ly)?|sincerely|faithfully|truly|obedient|servant|farewell|adieu|friend|love|regards|brother"
        "|sister|daughter|son|wife|husband|father|mother"
    ),
    contents="(?:table of )?contents[:.]?|list of (?:illustrations|plates|maps)",
    notes=r"notes(?: (?:to|on) .*| ?(?:--|—|–) ?.*)?|foot-?notes|endnotes",
    note_likes="notes?",
    note_labels="(?:foot-?)?note",
    inline_notes="foot-?note",
    note_asides="(?:another|other|first|some) (?:ed|text|cop)",
    pictures="illustrations?|picture|image|map|frontispiece",
    inline_pictures="illustrations?|picture|image",
    pages="page",
    page_labels=r"p(?:a?ge?|\.)?",
    inline_pages="pg|p|page",
    front=(
        r"(?:the )?(?:author['’]s |publisher['’]s |editor['’]s |translator['’]s )?"
        r"(?:preface|foreword|dedication|advertisement|acknowledge?ments?)\b.*"
        r"|(?:author|publisher|editor|translator)['’]?s? (?:note|introduction|apology).*"
        r"|(?:a )?note (?:to|on) the .*|to the reader.*|an? (?:letter|epistle) (?:of|to) .*|letter of dedication.*"
        r"|introduction (?:to|by) .*|(?:etymology|extracts)\b.*|(?:bibliographical|biographical) .*"
    ),
    dedication_starts="to|i dedicate|dedicated|this (?:book|work|volume|story|tale)|permit me|inscribed",
    dedication_words="dedicat|inscrib|affection|gratitude|gratefully|friend|memory",
    dedicated_to="to",
    letters=r"dear|sir|madam|yours|p\. ?s|\d{1,2}(?:st|nd|rd|th)|street|road|house|hall",
    licence_starts=(
        r"^\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG.*(?:\n(?!\n).*\*\*\*.*)?$|^\*END[* ]*THE SMALL PRINT.*$"
    ),
    licence_ends=(
        r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG|(?:this is the )?END (?:OF )?(?:THE |THIS )?PROJECT GUTENBERG"
    ),
    editors=(
        "(?:original |project gutenberg )?(?:transcriber|redactor|editor|publisher|proofreader)['’]?s?['’]? ?"
        "(?:note|remark|comment)|produced by (?-i:[A-Z])"
        "|e-?text prepared|this e-?(?:text|book)|transcribed (?:from|by)|scanned (?:and|by)|updated edition"
        r"|note\. ?[-—]+this (?:text|edition)|\[?illustrations? (?:by|generated)|html version|an electronic"
    ),
    transcribers=r"(?:original )?(?:transcriber|redactor|project gutenberg|e-?text\b|proofread)",
    transcriber_notes="transcriber['’]?s['’]? note",
    never_prose=r"\bproject gutenberg\b|\be-?texts?\b",
    back=(
        r"transcriber['’]?s['’]? notes?|advertisements?|by the same author|(?:other )?(?:books|works|novels) by\b.*"
        r"|footnotes?|index|glossary|press notices|opinions of the press|errata|corrigenda|colophon|bibliography|printed by.*"
        r"|concluding remarks.*|some press.*|(?:popular )?(?:copyright )?(?:novels|fiction)\b.{0,40}"
        r"|(?:there'?s )?more to follow.*"
    ),
    ends="the end|finis|end of (?:the )?(?:book|volume|novel|story).*",
)


def read_function_words() -> frozenset[str]:
    """Return English function words in lower case."""
    return frozenset(read_list("function_words.txt"))


def list_past_forms() -> tuple[str, ...]:
    """Return patterns of verb forms that are surely past."""
    return ("was", "were", "had", "did", *sorted(PASTS), "[a-z]{2,}[a-z]ed")


ENGLISH = LanguageWords(
    iso_code="en",
    pipeline="english",
    installed=("en_core_web_sm", "en_core_web_md", "en_core_web_lg", "en_core_web_trf"),
    function_words=read_function_words,
    past_forms=list_past_forms,
    elisions=r"tis|twas|twere|twill|twould|em|cause|til|till|neath|gainst|bout|fore|s|\d0s",
    abbreviations="Mr|Mrs|Ms|Dr|St|Prof|Rev|Capt|Col|Gen|Lieut|Messrs|Mme|M|No|vol|pp|etc|viz|Esq|Hon",
    refusals=(
        r"as an ai\b|i(?:'|’| a)m (?:an ai|a language model|just an? (?:ai|assistant))|large language model"
        r"|i (?:cannot|can(?:'|’)t|am unable to|won(?:'|’)t) (?:help|assist|comply|provide|rewrite|translate) (?:you )?(?:with )?"
        r"(?:that|this|the) (?:request|text|passage|task|content)"
        r"|i(?:'|’)m sorry, but i (?:cannot|can(?:'|’)t)"
    ),
    meta=(
        r"here(?:'|’| i)s (?:the|a|your|my) (?:rewritten|revised|translated|plain|simplified|edited|neutral)"
        r"|(?:rewritten|revised|translated) (?:text|version|passage):|(?:the|this) (?:text|passage) (?:above|below) was rewritten"
        r"|(?:sure|certainly|of course)[,!] here(?:'|’| i)s|i hope this helps|let me know if you"
    ),
    negations="no|not|never|none|nothing|nobody|neither|nor|nowhere|cannot|without",
    units=tuple("two three four five six seven eight nine ten eleven twelve".split()),  # "one" is a pronoun too  # noqa: SIM905
    tens=tuple("twenty thirty forty fifty sixty seventy eighty ninety".split()),  # noqa: SIM905
    suspended=frozenset({"and", "or", "to"}),
    books=BOOKS,
    probe="english.txt",
)
