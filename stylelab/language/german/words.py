"""German words that language-neutral code looks for: in books, in models' answers, in numbers.

In: nothing. Out: GERMAN. Next: stylelab.language.books. German has no pipeline, rewriter or perspectives here yet.
"""

from __future__ import annotations

from stylelab.language.german.umlauts import count_transliterated
from stylelab.language.language import BookWords, LanguageWords
from stylelab.language.wordlists import read_list

BOOKS = BookWords(
    divisions="kapitel|buch|teil|theil|band|abschnitt|akt",
    ordinals=(
        "erste[sr]?|zweite[sr]?|dritte[sr]?|vierte[sr]?|fünfte[sr]?|sechste[sr]?|siebente[sr]?|siebte[sr]?|achte[sr]?"
        r"|neunte[sr]?|zehnte[sr]?|elfte[sr]?|zwölfte[sr]?|\w+zehnte[sr]?|\w+zigste[sr]?"
    ),
    counts="eins?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn",
    small=frozenset("von und der die das im am zu".split()),  # noqa: SIM905
    headings="prolog|epilog|vorwort|nachwort|einleitung|ende|schluss",
    headline_divisions="KAPITEL|Kapitel",
    leave_taking=r"grüße|dein|deine|ihr|ergebenst\w*",
    contents="inhalt(?:sverzeichnis)?",
    notes="anmerkungen|fußnoten",
    pictures="abbildung|bild",
    pages="seite",
    front=r"vorwort\b.*",
    dedicated_to="für|an",
    letters="liebe[rs]?",
    licence_ends="ENDE? (?:dieses|des|of) (?:the |this )?Proje[ck]t[ -]Gutenberg",
    ends="ende",
)


def read_function_words() -> frozenset[str]:
    """Return German function words in lower case."""
    return frozenset(read_list("function_words_de.txt"))


GERMAN = LanguageWords(
    iso_code="de",
    pipeline=None,
    installed=("de_core_news_sm", "de_core_news_md", "de_core_news_lg", "de_dep_news_trf"),
    function_words=read_function_words,
    past_forms=tuple,
    count_transliterated=count_transliterated,
    refusals=(
        r"als (?:ki|künstliche intelligenz|sprachmodell)\b|ich bin (?:eine ki|ein sprachmodell)\b"
        r"|ich kann (?:dir|ihnen) (?:dabei|damit|bei dieser anfrage) (?:leider )?nicht (?:helfen|weiterhelfen)"
        r"|(?:dieser|diese) (?:anfrage|aufgabe|text) kann ich (?:leider )?nicht"
    ),
    meta=(
        "hier ist (?:der|die|eine|das) (?:überarbeitete|umgeschriebene|übersetzte|vereinfachte|neutrale)"
        "|(?:überarbeitete|umgeschriebene|übersetzte) (?:fassung|version|text):|gerne[,!] hier ist|ich hoffe, das hilft"
    ),
    negations=r"nicht|nie|niemals|nichts|niemand|kein\w*|ohne",
    units=tuple("zwei drei vier fünf sechs sieben acht neun zehn elf zwölf".split()),  # noqa: SIM905
    suspended=frozenset({"und", "oder", "bis", "sowie", "beziehungsweise"}),
    books=BOOKS,
    probe="german.txt",
)
