"""What the window calls things that rooms name by a word of their own: jobs, rules, reasons, units, states.

In: a room's word. Out: the user's, in the language chosen. Next: every page. A word that is not listed is shown as it is,
with spaces; a test holds the lists to what the rooms say.
"""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any

from PySide6.QtCore import QCoreApplication, QLocale

from stylelab.jobs.catalogue.job import Job

translate = QCoreApplication.translate


def translate_stage(name: str) -> str:
    """Return a stage's or page's name."""
    names = {
        "corpus": translate("words", "Corpus"),
        "persona": translate("words", "Persona"),
        "pairs": translate("words", "Pairs"),
        "training": translate("words", "Training"),
        "writing": translate("words", "Writing"),
        "export": translate("words", "Export"),
        "models": translate("words", "Base Models"),
        "settings": translate("words", "Settings"),
    }
    return names.get(name, space_out(name))


def describe_job(job: Job[Any]) -> str:
    """Return what a job is doing, for the status area."""
    return translate("jobs", job.doing)


def describe_end(job: Job[Any]) -> str:
    """Return that a job is done, for a notification."""
    return translate("jobs", job.done)


def describe_phase(job: Job[Any], name: str) -> str:
    """Return a phase of a job."""
    return translate("jobs", job.phases[name])


def format_count(name: str, count: int) -> str:
    """Return "12 of these", for progress."""
    if name == "bytes":
        return format_size(count)
    names = {
        "files": translate("words", "%n file(s)", "", count),
        "passages": translate("words", "%n passage(s)", "", count),
        "updates": translate("words", "%n update(s)", "", count),
        "words": translate("words", "%n word(s)", "", count),
        "pairs": translate("words", "%n pair(s)", "", count),
        "documents": translate("words", "%n document(s)", "", count),
        "notes": translate("words", "%n note(s)", "", count),
        "texts": translate("words", "%n text(s)", "", count),
        "tensors": translate("words", "%n tensor(s)", "", count),
    }
    return names.get(name, f"{count} {space_out(name)}").replace(str(count), format_number(count), 1)


def translate_rule(name: str) -> str:
    """Return what a cleaning rule takes out."""
    names = {
        "by_hand": translate("words", "Removed by hand"),
        "title_page": translate("words", "Title page"),
        "preface": translate("words", "Prefaces"),
        "epigraph": translate("words", "Mottos"),
        "end_matter": translate("words", "After the end"),
        "running_head": translate("words", "Running heads"),
        "table": translate("words", "Tables"),
        "verse": translate("words", "Verse"),
        "speaker_label": translate("words", "Speakers’ names"),
        "gutenberg_header": translate("words", "Licence, at the top"),
        "gutenberg_footer": translate("words", "Licence, at the end"),
        "notes_section": translate("words", "Section of notes"),
        "contents": translate("words", "Contents"),
        "chapter_title": translate("words", "Headings"),
        "editor_note": translate("words", "Editor’s note"),
        "illustration": translate("words", "Captions"),
        "page_number": translate("words", "Page numbers"),
        "scene_break": translate("words", "Scene breaks"),
        "footnote": translate("words", "Footnotes"),
        "footnote_mark": translate("words", "Footnote marks"),
    }
    return names.get(name, capitalise(space_out(name)))


def translate_reason(name: str) -> str:
    """Return why a passage or a pair was left out."""
    names = {
        "too_short": translate("words", "too short"),
        "too_long": translate("words", "too long"),
        "special_characters": translate("words", "too many special characters"),
        "repetition": translate("words", "repeats itself"),
        "few_sentences": translate("words", "fewer than two sentences"),
        "near_duplicate": translate("words", "repeats another"),
        "foreign_language": translate("words", "another language"),
        "verse": translate("words", "verse"),
        "table": translate("words", "a table"),
        "budget": translate("words", "beyond the budget"),
        "identical": translate("words", "plain already"),
        "empty": translate("words", "empty"),
        "meta_text": translate("words", "talks about itself"),
        "refusal": translate("words", "a refusal"),
        **_translate_doubts(),
        "number_lost": translate("words", "a number is lost"),
        "negation_lost": translate("words", "a negation is lost"),
        "name_lost": translate("words", "a name is lost"),
        "tokenizer": translate("words", "the tokenizer breaks it"),
        "bleed": translate("words", "gives the answer away"),
        "field_missing": translate("words", "a text is missing"),
        "unchanged": translate("words", "nothing changed"),
        "repeated": translate("words", "repeats another"),
        "by_hand": translate("words", "rejected by you"),
        "mask_lost": translate("words", "a name is lost on the way"),
        "not_english": translate("words", "another language"),
        "unlike_length": translate("words", "too much longer or shorter"),
        "facts_lost": translate("words", "facts are lost"),
        "invented": translate("words", "invents a name or a number"),
        "swap_length": translate("words", "too much longer or shorter"),
        "swap_sentences": translate("words", "more or fewer sentences"),
        "swap_overlap": translate("words", "too like the original"),
        "truncated": translate("words", "an answer broken off"),
        "unreadable": translate("words", "an answer that cannot be read"),
        "refused": translate("words", "refused by the server"),
        "unreachable": translate("words", "no answer from the server"),
    }
    return names.get(name.removeprefix("turn_"), space_out(name))  # a draft that was not turned says what it was about


def translate_repair(name: str) -> str:
    """Return what was repaired in a text, or noticed."""
    names = {
        "lost_characters": translate("words", "Halves of characters"),
        "mojibake": translate("words", "Lines in a wrong encoding"),
        "line_ends": translate("words", "Line ends"),
        "page_breaks": translate("words", "Page breaks"),
        "control_characters": translate("words", "Control characters"),
        "zero_width": translate("words", "Invisible characters"),
        "soft_hyphens": translate("words", "Soft hyphens"),
        "wide_spaces": translate("words", "Fixed and thin spaces"),
        "ligatures": translate("words", "Ligatures"),
        "decomposed": translate("words", "Separate accents"),
        "words_joined": translate("words", "Words cut at a line’s end"),
        "hyphens_kept": translate("words", "Compounds cut at a line’s end"),
        "trailing_spaces": translate("words", "Spaces at line ends"),
        "hard_wrapped_lines": translate("words", "Hard line breaks"),
        "transliterated_umlauts": translate("words", "Umlauts spelt as two letters"),
        "unknown_characters": translate("words", "Characters lost before"),
        "page_numbers": translate("words", "Page numbers"),
    }
    return names.get(name, capitalise(space_out(name)))


def _translate_doubts() -> dict[str, str]:
    """Return why a text could not be turned to another point of view."""
    return {
        "no_first_person": translate("words", "nobody says I"),
        "not_english": translate("words", "not English"),
        "unclear_speech": translate("words", "unclear who speaks"),
        "unclear_pronoun": translate("words", "unclear who is meant"),
        "unclear_verb": translate("words", "an unclear verb"),
        "unclear_tense": translate("words", "an unclear tense"),
        "address": translate("words", "somebody is addressed"),
        "letter": translate("words", "a letter"),
        "coordination": translate("words", "I and others together"),
        "generic_we": translate("words", "a we that means everybody"),
        "reader_addressed": translate("words", "the reader is addressed"),
        "singular_predicate": translate("words", "said of one alone"),
        "archaic": translate("words", "archaic grammar"),
        "length": translate("words", "too much longer or shorter"),
    }


def translate_scene(name: str) -> str:
    """Return a kind of scene, a point of view or a tense."""
    names = {
        "action": translate("words", "action"),
        "dialogue": translate("words", "dialogue"),
        "introspection": translate("words", "introspection"),
        "exposition": translate("words", "exposition"),
        "first": translate("words", "first person"),
        "second": translate("words", "second person"),
        "third": translate("words", "third person"),
        "none": translate("words", "no person"),
        "past": translate("words", "past"),
        "present": translate("words", "present"),
        "mixed": translate("words", "mixed"),
        "unknown": translate("words", "unknown"),
    }
    return names.get(name, space_out(name))


def translate_attention(name: str) -> str:
    """Return why a stage needs attention."""
    names = {
        "persona_wrong": translate("words", "persona.yaml has an error."),
        "pairs_stale": translate("words", "The persona or the plan has changed since these pairs were made."),
        "plan_wrong": translate("words", "training.yaml has an error."),
        "run_unfinished": translate("words", "The last run can go on from its checkpoint."),
        "run_diverged": translate("words", "The last run’s loss exploded."),
    }
    return names.get(name, space_out(name))


def translate_kind(name: str) -> str:
    """Return a pair's kind, split or content."""
    names = {
        "original": translate("words", "original"),
        "robustness": translate("words", "damaged"),
        "perspective": translate("words", "other point of view"),
        "snowflake": translate("words", "other topic"),
        "harvest": translate("words", "given"),
        "as_written": translate("words", "as written"),
        "train": translate("words", "train"),
        "valid": translate("words", "validation"),
        "test": translate("words", "test"),
        "NARRATIVE": translate("words", "narrative"),
        "CONCEPTUAL": translate("words", "conceptual"),
    }
    return names.get(name, space_out(name))


def translate_verdict(name: str) -> str:
    """Return what a person decided about a pair."""
    names = {
        "accept": translate("words", "accepted by you"),
        "reject": translate("words", "rejected by you"),
        "edit": translate("words", "edited by you"),
    }
    return names.get(name, "")


def translate_outcome(name: str) -> str:
    """Return how a run ended."""
    names = {
        "finished": translate("words", "finished"),
        "stopped": translate("words", "paused"),
        "running": translate("words", "interrupted"),
        "diverged": translate("words", "diverged"),
        "early": translate("words", "ended early"),
    }
    return names.get(name, space_out(name))


def space_out(name: str) -> str:
    """Return a room's word with spaces."""
    return name.replace("_", " ")


def capitalise(text: str) -> str:
    """Return a text with a capital at its beginning, the rest as it is."""
    return text[:1].upper() + text[1:]


def format_number(value: float, digits: int = 0) -> str:
    """Return a number as this language writes it."""
    locale = QLocale()
    return locale.toString(round(value)) if digits == 0 else locale.toString(float(value), "f", digits)


def format_percent(share: float) -> str:
    """Return a share in percent."""
    return translate("words", "{number}%").format(number=format_number(100 * share))


def format_duration(seconds: float) -> str:
    """Return a length of time in words, rounded as people say it."""
    if seconds < 90:
        return translate("words", "%n second(s)", "", max(1, round(seconds)))
    if seconds < 90 * 60:
        return translate("words", "%n minute(s)", "", round(seconds / 60))
    hours, minutes = divmod(round(seconds / 60), 60)
    return translate("words", "{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def format_memory(count: float) -> str:
    """Return an amount of memory in GB, as machines are sold: 16 GB are 16 · 2^30 bytes."""
    gib = count / 2**30
    return translate("words", "{amount} GB").format(amount=format_number(gib, 0 if gib >= 10 else 1))


def format_text_name(path: str) -> str:
    """Return what a text is called: its file's name without suffix and underscores."""
    return PurePath(path).stem.replace("_", " ")


def format_size(count: float) -> str:
    """Return a number of bytes in GB or MB, as macOS counts them."""
    if count >= 1e9:
        return translate("words", "{amount} GB").format(amount=format_number(count / 1e9, 1))
    return translate("words", "{amount} MB").format(amount=format_number(count / 1e6))


def shorten_path(path: Path) -> str:
    """Return a path with the user's own folder as ~."""
    home = Path.home()
    return f"~/{path.relative_to(home)}" if path.is_relative_to(home) else str(path)
