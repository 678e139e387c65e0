"""Word forms: plurals, pasts, participles and comparisons of plain English words.

In: a dictionary form and a Penn tag. Out: the form. Next: plain, perspective.
"""

from __future__ import annotations

from stylelab.language.agreement import third_singular

VOWELS = frozenset("aeiou")
SILENT_H = ("hour", "honest", "honour", "honor", "heir")
PLURALS = {
    "man": "men", "woman": "women", "child": "children", "foot": "feet", "tooth": "teeth", "goose": "geese",
    "mouse": "mice", "wife": "wives", "life": "lives", "knife": "knives", "leaf": "leaves", "half": "halves",
    "self": "selves", "thief": "thieves", "wolf": "wolves", "calf": "calves", "shelf": "shelves", "loaf": "loaves",
    "person": "people", "sheep": "sheep", "deer": "deer", "fish": "fish", "hero": "heroes", "ox": "oxen",
    "gentleman": "gentlemen", "clergyman": "clergymen", "echo": "echoes", "potato": "potatoes",
}  # fmt: skip
# base: past, participle
VERBS = {
    "be": ("was", "been"), "have": ("had", "had"), "do": ("did", "done"), "go": ("went", "gone"), "come": ("came", "come"),
    "see": ("saw", "seen"), "say": ("said", "said"), "get": ("got", "got"), "make": ("made", "made"),
    "take": ("took", "taken"), "give": ("gave", "given"), "know": ("knew", "known"), "think": ("thought", "thought"),
    "tell": ("told", "told"), "find": ("found", "found"), "feel": ("felt", "felt"), "leave": ("left", "left"),
    "keep": ("kept", "kept"), "hold": ("held", "held"), "bring": ("brought", "brought"), "begin": ("began", "begun"),
    "put": ("put", "put"), "run": ("ran", "run"), "stand": ("stood", "stood"), "sit": ("sat", "sat"),
    "lie": ("lay", "lain"), "lay": ("laid", "laid"), "hear": ("heard", "heard"), "meet": ("met", "met"),
    "pay": ("paid", "paid"), "send": ("sent", "sent"), "fall": ("fell", "fallen"), "cut": ("cut", "cut"),
    "hit": ("hit", "hit"), "set": ("set", "set"), "let": ("let", "let"), "lose": ("lost", "lost"),
    "show": ("showed", "shown"), "grow": ("grew", "grown"), "build": ("built", "built"), "break": ("broke", "broken"),
    "speak": ("spoke", "spoken"), "eat": ("ate", "eaten"), "drink": ("drank", "drunk"), "write": ("wrote", "written"),
    "read": ("read", "read"), "buy": ("bought", "bought"), "sell": ("sold", "sold"), "hide": ("hid", "hidden"),
    "rise": ("rose", "risen"), "fly": ("flew", "flown"), "draw": ("drew", "drawn"), "throw": ("threw", "thrown"),
    "shake": ("shook", "shaken"), "burn": ("burned", "burned"), "sleep": ("slept", "slept"), "wake": ("woke", "woken"),
    "win": ("won", "won"), "fight": ("fought", "fought"), "teach": ("taught", "taught"), "catch": ("caught", "caught"),
    "choose": ("chose", "chosen"), "shut": ("shut", "shut"), "spread": ("spread", "spread"), "swim": ("swam", "swum"),
    "hurt": ("hurt", "hurt"), "lead": ("led", "led"), "feed": ("fed", "fed"), "swear": ("swore", "sworn"),
    "wear": ("wore", "worn"), "tear": ("tore", "torn"), "bear": ("bore", "borne"), "sink": ("sank", "sunk"),
    "mean": ("meant", "meant"), "spend": ("spent", "spent"), "lend": ("lent", "lent"), "bend": ("bent", "bent"),
    "understand": ("understood", "understood"), "forget": ("forgot", "forgotten"), "become": ("became", "become"),
    "steal": ("stole", "stolen"), "ride": ("rode", "ridden"), "drive": ("drove", "driven"), "sing": ("sang", "sung"),
    "ring": ("rang", "rung"), "stick": ("stuck", "stuck"), "hang": ("hung", "hung"), "dig": ("dug", "dug"),
    "blow": ("blew", "blown"), "freeze": ("froze", "frozen"), "forgive": ("forgave", "forgiven"), "cost": ("cost", "cost"),
    "shine": ("shone", "shone"), "shoot": ("shot", "shot"), "bind": ("bound", "bound"), "wind": ("wound", "wound"),
    "creep": ("crept", "crept"), "weep": ("wept", "wept"), "sweep": ("swept", "swept"), "seek": ("sought", "sought"),
    "bite": ("bit", "bitten"), "beat": ("beat", "beaten"), "behold": ("beheld", "beheld"),
    "forsake": ("forsook", "forsaken"), "arise": ("arose", "arisen"), "cling": ("clung", "clung"), "flee": ("fled", "fled"),
    "fling": ("flung", "flung"), "spring": ("sprang", "sprung"), "bid": ("bade", "bidden"), "tread": ("trod", "trodden"),
    "stride": ("strode", "stridden"), "awake": ("awoke", "awoken"), "slay": ("slew", "slain"),
    "withdraw": ("withdrew", "withdrawn"), "undertake": ("undertook", "undertaken"), "overtake": ("overtook", "overtaken"),
    "overcome": ("overcame", "overcome"), "befall": ("befell", "befallen"), "foresee": ("foresaw", "foreseen"),
    "foretell": ("foretold", "foretold"), "forbid": ("forbade", "forbidden"), "kneel": ("knelt", "knelt"),
    "leap": ("leaped", "leapt"), "slide": ("slid", "slid"), "dwell": ("dwelt", "dwelt"), "deal": ("dealt", "dealt"),
    "swing": ("swung", "swung"), "swell": ("swelled", "swollen"), "rend": ("rent", "rent"), "bleed": ("bled", "bled"),
    "split": ("split", "split"), "burst": ("burst", "burst"), "cast": ("cast", "cast"), "thrust": ("thrust", "thrust"),
    "bereave": ("bereft", "bereft"), "shrink": ("shrank", "shrunk"), "smite": ("smote", "smitten"), "weave": ("wove", "woven"),
    "mislead": ("misled", "misled"), "mistake": ("mistook", "mistaken"), "wed": ("wed", "wed"), "wet": ("wet", "wet"),
    "rid": ("rid", "rid"), "stink": ("stank", "stunk"), "sting": ("stung", "stung"),
    "strike": ("struck", "struck"), "quit": ("quit", "quit"),
}  # fmt: skip
COMPARED = {
    "good": ("better", "best"), "bad": ("worse", "worst"), "far": ("farther", "farthest"), "little": ("less", "least"),
    "much": ("more", "most"), "many": ("more", "most"),
}  # fmt: skip
INVARIANT = frozenset("people folk kin cattle mankind cash gore".split())  # noqa: SIM905


def article(following: str) -> str:
    """Return "a" or "an" to fit the word that follows, by its sound as far as spelling tells it."""
    low = following.lower()
    if low.startswith(SILENT_H):
        return "an"
    if low.startswith(("one", "once", "eu", "ew", "uni", "use", "usu", "ut")) and not low.startswith(
        ("unim", "unin", "utt")
    ):
        return "a"
    return "an" if low[:1] in VOWELS else "a"


def doubles(word: str) -> bool:
    """Return whether a word doubles its last letter before an ending: stop, big, begin."""
    if word in {"begin", "admit", "forget", "occur", "prefer", "refer", "commit", "permit", "regret"}:
        return True
    short = len(word) >= 3 and word[-1] not in VOWELS | set("wxy") and word[-2] in VOWELS and word[-3] not in VOWELS
    return short and sum(c in VOWELS for c in word) == 1


def plural(noun: str) -> str:
    """Return a noun's plural."""
    if noun.lower() in PLURALS:
        new = PLURALS[noun.lower()]
        return new if noun[0].islower() else new[0].upper() + new[1:]
    if noun.endswith("man") and len(noun) > 5 and not noun.endswith(("human", "german", "roman")):
        return noun[:-2] + "en"
    return third_singular(noun) if noun not in {"do", "have"} else noun + "s"


def past(verb: str) -> str:
    """Return a verb's simple past."""
    return VERBS[verb][0] if verb in VERBS else regular(verb)


def participle(verb: str) -> str:
    """Return a verb's past participle."""
    return VERBS[verb][1] if verb in VERBS else regular(verb)


def regular(verb: str) -> str:
    """Return the past of a regular verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2:-1] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + (verb[-1] if doubles(verb) else "") + "ed"


def gerund(verb: str) -> str:
    """Return a verb's form in -ing."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if doubles(verb) else "") + "ing"


def compared(adjective: str, *, most: bool) -> str:
    """Return an adjective's comparative or superlative, with more or most where it is long."""
    if adjective in COMPARED:
        return COMPARED[adjective][most]
    ending = "est" if most else "er"
    if adjective.endswith("y") and len(adjective) < 8:
        return adjective[:-1] + "i" + ending
    if len(adjective) > 6 or sum(c in VOWELS for c in adjective.rstrip("e")) > 1:
        return f"{'most' if most else 'more'} {adjective}"
    if adjective.endswith("e"):
        return adjective + ending[1:]
    return adjective + (adjective[-1] if doubles(adjective) else "") + ending


def inflect(lemma: str, tag: str) -> str:
    """Return a word in the form that a Penn tag asks for; of a phrase, its first word is a verb's, its last a noun's."""
    if not tag.startswith("VB"):
        first, _, word = lemma.rpartition(" ")
        if tag in {"JJR", "JJS", "RBR", "RBS"}:
            word = compared(word, most=tag.endswith("S"))
        elif tag == "NNS" and word not in INVARIANT and (not word.endswith("s") or word.endswith("ss")):
            word = plural(word)
        return f"{first} {word}".strip()
    word, _, rest = lemma.partition(" ")
    verb = {"VBD": past, "VBN": participle, "VBG": gerund, "VBZ": third_singular}.get(tag)
    made = "is" if word == "be" and tag == "VBZ" else verb(word) if verb else word
    return f"{made} {rest}".strip()


def forms(lemma: str, kind: str) -> set[str]:
    """Return every form of a dictionary word of a kind ("noun", "verb", "adj", "adv")."""
    tags = {
        "noun": ("NN", "NNS"),
        "verb": ("VB", "VBZ", "VBD", "VBN", "VBG"),
        "adj": ("JJ", "JJR", "JJS"),
        "adv": ("RB",),
    }
    return {inflect(lemma, tag) for tag in tags[kind]}
