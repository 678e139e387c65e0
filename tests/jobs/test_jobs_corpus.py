"""The corpus job: decisions stay, a stopped job goes on, texts/ is what counts."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import long_model, make_project, text

from stylelab.errors import CorpusError
from stylelab.events import Warn
from stylelab.jobs.catalogue.corpus import ChooseRequest, CorpusRequest, DropRequest, RestoreRequest, TokensRequest
from stylelab.jobs.core.context import Cancelled, Context
from stylelab.jobs.core.protocol import Down, Progress
from stylelab.jobs.run import choose, corpus, drop, restore, tokens
from stylelab.project.project import Project

MOTTO = "“The lamp is lit, and nobody knows by whom.”\n\n--Nobody, Tales"


def quiet() -> Context:
    return Context(lambda message: None)


def book(seed: int, paragraphs: int = 6) -> str:
    return f"CHAPTER I\n\n{text(seed, paragraphs)}\n\n\nCHAPTER II\n\n{MOTTO}\n\n{text(seed + 50, paragraphs)}"


@pytest.fixture
def own(tmp_path: Path) -> Project:
    own = make_project(tmp_path / "p", long_model(tmp_path / "model"))
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(book(n))
    corpus.run(quiet(), CorpusRequest(project=own.folder, paths=tuple(tmp_path / f"{n}.txt" for n in (2, 0, 1))))
    return own


def rules(own: Project, document: str) -> list[str]:
    with own.store() as store:
        return [r.rule for _, r in store.corpus.removals(store.corpus.find(document).id)]


def test_documents_keep_the_order_in_which_they_were_given(own: Project) -> None:
    with own.store() as store:
        assert [d.path for d in store.documents()] == ["2.txt", "0.txt", "1.txt"]


def test_what_was_restored_survives_a_re_run_and_can_be_undone(own: Project) -> None:
    before = rules(own, "0.txt")
    assert "epigraph" in before and before.count("chapter_title") == 2
    with own.store() as store:
        found = store.corpus.find("0.txt")
        mottos = tuple((r.start, r.end) for _, r in store.corpus.removals(found.id) if r.rule == "epigraph")
    done = restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", restore=mottos))
    assert done.removals == done.removals_before - len(mottos)
    (own.folder / "corpus.yaml").write_text("min_words: 40\n")  # everything is cleaned anew
    corpus.run(quiet(), CorpusRequest(project=own.folder))
    assert "epigraph" not in rules(own, "0.txt") and "epigraph" in rules(own, "1.txt")
    restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", forget=mottos))
    assert rules(own, "0.txt") == before


def test_a_rule_can_be_off_for_one_document(own: Project) -> None:
    restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", rules_off=("chapter_title",)))
    assert "chapter_title" not in rules(own, "0.txt") and "chapter_title" in rules(own, "1.txt")
    with own.store() as store:
        assert any("CHAPTER II" in p.text for p in store.passages()) or any(
            "CHAPTER II" in r.text for r in store.corpus.rejections()
        )
    restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", rules_on=("chapter_title",)))
    assert "chapter_title" in rules(own, "0.txt")


def test_a_stretch_can_be_removed_by_hand(own: Project) -> None:
    with own.store() as store:
        whole = store.corpus.document(store.corpus.find("0.txt").id).text
    at = whole.index("I ", whole.index("CHAPTER II"))
    restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", remove=((at, at + 40),)))
    assert rules(own, "0.txt").count("by_hand") == 1


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"document": "none.txt"}, "document_missing"),
        ({"document": "0.txt", "rules_off": ["nonsense"]}, "rule_unknown"),
        ({"document": "0.txt", "restore": [[5, 5]]}, "span_unknown"),
        ({"document": "0.txt", "remove": [[0, 10**9]]}, "span_unknown"),
    ],
)
def test_a_wrong_decision_is_named_and_changes_nothing(own: Project, arguments: dict[str, object], code: str) -> None:
    with pytest.raises(CorpusError) as caught:
        restore.run(quiet(), RestoreRequest(project=own.folder, **arguments))  # pyright: ignore[reportArgumentType]
    assert caught.value.code == code
    with own.store() as store:
        assert store.corpus.decisions(store.corpus.find("0.txt").id) == []


def test_a_cancelled_job_leaves_whole_documents_and_goes_on(own: Project, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    for n in range(4):
        (tmp_path / "more" / f"m{n}.txt").write_text(book(100 + n))
    messages: list[Down] = []
    context = Context(lambda m: (messages.append(m), stop(m))[0])

    def stop(message: Down) -> None:
        if isinstance(message, Progress) and message.done == 2:
            context.cancel.set()

    with pytest.raises(Cancelled):
        corpus.run(context, CorpusRequest(project=own.folder, paths=(tmp_path / "more",)))
    with own.store() as store:
        some = len(store.documents())
        assert 3 < some < 7 and all(d.passages and d.chosen == d.passages for d in store.documents())
    result = corpus.run(quiet(), CorpusRequest(project=own.folder, paths=(tmp_path / "more",)))
    assert result.already_there == some - 3 and result.added == 7 - some
    with own.store() as store:
        assert len(store.documents()) == 7


def test_texts_is_what_counts(own: Project) -> None:
    assert corpus.run(quiet(), CorpusRequest(project=own.folder)).added == 0  # nothing changed
    (own.texts / "0.txt").unlink()
    (own.texts / "1.txt").write_text(book(77))
    (own.texts / "new.txt").write_text(book(88))
    messages: list[Down] = []
    result = corpus.run(Context(messages.append), CorpusRequest(project=own.folder))
    assert (result.gone, result.added, result.already_there) == (1, 2, 1)
    assert any(isinstance(m, Warn) and "0.txt" in m.message for m in messages)
    with own.store() as store:
        assert [d.path for d in store.documents()] == ["2.txt", "1.txt", "new.txt"]


def test_a_decision_goes_along_when_the_file_is_edited(own: Project) -> None:
    with own.store() as store:
        found = store.corpus.find("0.txt")
        mottos = tuple((r.start, r.end) for _, r in store.corpus.removals(found.id) if r.rule == "epigraph")
    restore.run(quiet(), RestoreRequest(project=own.folder, document="0.txt", restore=mottos))
    path = own.texts / "0.txt"
    path.write_text(text(500, 1) + "\n\n\n" + path.read_text())
    corpus.run(quiet(), CorpusRequest(project=own.folder))
    assert "epigraph" not in rules(own, "0.txt")


def test_a_dropped_document_leaves_the_project_and_texts(own: Project) -> None:
    result = drop.run(quiet(), DropRequest(project=own.folder, documents=("0.txt",)))
    assert result.dropped == 1 and sorted(p.name for p in own.texts.iterdir()) == ["1.txt", "2.txt"]


def test_a_copy_of_a_text_gives_no_passage_twice(own: Project, tmp_path: Path) -> None:
    (tmp_path / "copy.txt").write_text(book(0).replace("\n\n", "\r\n\r\n"))
    corpus.run(quiet(), CorpusRequest(project=own.folder, paths=(tmp_path / "copy.txt",)))
    with own.store() as store:
        copy = store.corpus.find("copy.txt")
        assert copy.passages == 0 and copy.rejected_by_reason["near_duplicate"] == store.corpus.find("0.txt").passages


def test_the_budget_chooses_and_stays(own: Project) -> None:
    with own.store() as store:
        tokens_all = sum(d.tokens for d in store.documents())
    done = choose.run(quiet(), ChooseRequest(project=own.folder, budget=tokens_all // 2))
    assert 0 < done.passages < done.of_passages and done.tokens <= tokens_all // 2
    assert len(done.in_words) == 3
    corpus.run(quiet(), CorpusRequest(project=own.folder))
    with own.store() as store:
        assert sum(d.tokens_chosen for d in store.documents()) == done.tokens
        assert len(store.passages()) == done.passages
    with pytest.raises(CorpusError, match="No passage fits"):
        choose.run(quiet(), ChooseRequest(project=own.folder, budget=1))
    with own.store() as store:
        assert len(store.passages()) == done.passages  # nothing was changed


def test_the_tokenizer_is_checked_on_every_passage(own: Project) -> None:
    found = tokens.run(quiet(), TokensRequest(project=own.folder))
    with own.store() as store:
        assert found.passages == len(store.passages())
        assert found.tokens > found.words and found.broken == ()
