"""English verbs with forms of their own: one list, for making forms and for knowing a past when it is seen.

In: nothing. Out: VERBS, PASTS. Next: inflect, agreement, the words that tell a passage's tense.
"""

from __future__ import annotations

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
AUXILIARIES = frozenset({"be", "have", "do"})
# Verbs whose base form is also their past: the tag alone does not tell "I read" from "I read".
SAME_IN_PAST = frozenset(
    "beat bet bid burst cast cost cut hit hurt let put quit read rid set shed shut slit split spread sweat thrust upset"  # noqa: SIM905
    " wed wet lay fit knit overcast broadcast".split()
)
# Pasts of verbs that plain words do without, and second pasts of those above.
MORE_PASTS = frozenset(
    "begun bled bred burnt clad drunk fed fled ground leant leapt learnt led lit rung shrunk slung sowed"  # noqa: SIM905
    " span spat sped sprung spun sung sunk swelled upheld withstood wrung".split()
)
PASTS = (
    MORE_PASTS
    | {
        past
        for base, (past, _) in VERBS.items()
        if past != base and base not in AUXILIARIES and not past.endswith("ed")
    }
    - SAME_IN_PAST
)
