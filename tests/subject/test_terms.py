"""The table of terms: complete, sourced as its ledger entries say, and shown as text and as HTML."""

from __future__ import annotations

import re

import pytest

import notthesame as nts
from notthesame import evidence, exercises, lessons
from notthesame.course import course
from notthesame.subject import terms

ENTRIES = terms.terms().terms


def test_there_are_fourteen_terms_and_the_lesson_lists_the_same() -> None:
    (lesson,) = (n for n in lessons.read_all(course().lessons) if n.number == "01")
    cells = [cell.source for cell in lesson.markdown() if cell.section == "The sorting table"]
    listed = next(source for source in cells if "*sex work" in source)
    names = re.search(r"^\*(sex work.*)\.\*$", listed, flags=re.M)
    assert names is not None and len(ENTRIES) == 14
    assert names[1].split(", ") == [entry.term for entry in ENTRIES]


@pytest.mark.parametrize("row", evidence.rows("terms"), ids=lambda row: row["term"])
def test_a_row_cites_the_source_and_the_reading_of_its_ledger_entries(row: dict[str, str]) -> None:
    holder, objection = evidence.fact(row["fact"]), evidence.fact(row["objection_fact"])
    assert (row["source"], row["read"]) == (holder.source, holder.read)
    assert (row["objection_source"], row["objection_read"]) == (objection.source, objection.read)
    assert "recalled" not in (holder.read, objection.read)
    assert row["fact"] != row["objection_fact"]


def test_terms_are_shown_in_words_and_with_both_sources() -> None:
    one = nts.terms("client")
    assert "Stop the Raids" in repr(one) and "Bindel" in repr(one)
    page = nts.terms(after="Open <when> done").__html__()
    assert page.startswith("<details><summary>Open &lt;when&gt; done</summary>")
    assert page.count('<th scope="row"') == 14 and page.count("ledger.md#") == 28
    assert nts.terms("client", "pimp").terms[0].term == "client"


def test_an_unknown_term_is_answered_with_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"clint.*client"):
        nts.terms("clint")


OPEN_DOORS = 'Open Doors says that six women "were rescued from pimps"'
SEARCH = "Police search hotel in Ardle; no arrests."


@pytest.mark.parametrize(
    ("task", "value", "misconception"),
    [
        ("01-open-words", ["client", "third party"], "one-word-is-neutral"),
        ("01-open-words", ["pimp", "third party"], "words-do-not-count"),
        ("01-open-words", ["prostitution", "third party"], "law-word-fits-person"),
        ("01-open-words", ["third party"], "all-words-loaded"),
        ("01-one-critic", ["pimp"], "holders-do-not-matter"),
        ("01-one-critic", ["sex buyer", "client"], "one-group-one-word"),
        ("01-one-critic", ["client"], "all-words-loaded"),
        ("01-rewrite-hotel", f"Pimps lose. {OPEN_DOORS}. Vida says that she works here.", "label-is-proof"),
        ("01-rewrite-hotel", f'{SEARCH} "Rescued": six women, Vida, Open Doors.', "attributing-is-style"),
        ("01-rewrite-hotel", f"{SEARCH} {OPEN_DOORS}. Vida: sex workers.", "one-group-one-word"),
        ("01-rewrite-hotel", f"{SEARCH} {OPEN_DOORS} there on Monday.", "attributing-is-style"),
        ("01-rewrite-hotel", "Vida says yes, Open Doors says no.", "words-do-not-count"),
        (
            "01-rewrite-street",
            "Ardle closes prostitution street. The Union says that it loses; residents say that they sleep.",
            "holders-do-not-matter",
        ),
        (
            "01-rewrite-street",
            "Prudes win in Ardle. The Union says that it loses income; residents say that they sleep again.",
            "label-is-proof",
        ),
        (
            "01-rewrite-court",
            "Edda Voss gets a year. The prosecutor spoke long; women told the court that they paid her rent.",
            "attributing-is-style",
        ),
        (
            "01-rewrite-court",
            'Voss sentenced for trafficking, "keeping a brothel". The prosecutor spoke; women told of rent.',
            "unlawful-is-trafficked",
        ),
        ("01-rewrite-court", 'Madam Voss jailed for "keeping a brothel", court says.', "label-is-proof"),
    ],
)
def test_each_slip_is_known(task: str, value: object, misconception: str) -> None:
    result = exercises.check(task, value)
    assert (result.status, result.misconception) == ("wrong", misconception)


@pytest.mark.parametrize("task", [name for name in exercises.checks() if name.startswith("01-")])
def test_dots_and_blanks_are_not_attempted(task: str) -> None:
    blanks: tuple[object, ...] = (..., None, "", [])
    assert {exercises.check(task, blank).status for blank in blanks} == {"not attempted"}
    assert len({nts.hint(task, rung).text for rung in (1, 2, 3)}) == 3


def test_a_checker_of_writing_passes_either_opinion() -> None:
    for vida in ('"I work here."', '"I want to leave."'):
        text = f"{SEARCH} {OPEN_DOORS} on Monday; Vida says: {vida}"
        assert exercises.check("01-rewrite-hotel", text).status == "right"
