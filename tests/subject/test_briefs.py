"""Briefs: what is cited, what the form lacks, and that nothing is said of what a brief thinks."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notthesame import evidence
from notthesame.exercises import Check, Slip, check, judged
from notthesame.subject import brief_charts, brief_series, brief_tasks, briefs
from notthesame.subject.brief_charts import Chart, read_chart
from notthesame.subject.brief_series import series
from notthesame.subject.brief_tasks import brief_of
from notthesame.subject.briefs import Brief, Position, Range, form_faults
from tests.subject.a_brief import ANSWERS, ROWS

RECALLED = next(fact.id for fact in evidence.known_facts().values() if fact.read == "recalled")


@pytest.fixture
def whole() -> Brief:
    brief, unread = brief_of(ANSWERS)
    assert not unread
    return brief


def test_a_whole_brief_lacks_nothing(whole: Brief) -> None:
    assert form_faults(whole) == ()
    assert whole.cites == (
        "law-signing", "surveys-coyote2018-60-count", "debate-moen", "debate-mackinnon",
    )  # fmt: skip


def test_an_empty_brief_is_told_every_part_once() -> None:
    parts = [fault.partition(":")[0] for fault in form_faults(Brief())]
    assert parts == ["Question", "For whom", "Evidence", "Range", "Limit", "Positions", "Chart"]


def swapped(brief: Brief, **changed: Any) -> Brief:
    assert brief.range
    return replace(brief, range=replace(brief.range, **changed))


def held(brief: Brief, **changed: Any) -> Brief:
    return replace(brief, positions=(replace(brief.positions[0], **changed), *brief.positions[1:]))


FAULTS: dict[str, Callable[[Brief], Brief]] = {
    "Question: it ends in no question mark.": lambda b: replace(b, question="Cases rose after 2015"),
    "Question: it has 45 words; 4 to 30 are wanted.": lambda b: replace(b, question="so? " * 45),
    "For whom: nothing yet.": lambda b: replace(b, reader=""),
    "Evidence: it has 3 words; 120 to 250 are wanted.": lambda b: replace(
        b, evidence="Signed [law-signing] [b]."
    ),
    "Evidence: One id is not in the ledger: law-sining. Nearest: law-signing.": lambda b: replace(
        b, evidence=b.evidence.replace("law-signing", "law-sining")
    ),
    f"Evidence: {RECALLED} was written from memory and not checked": lambda b: replace(
        b, evidence=f"{b.evidence} [{RECALLED}]"
    ),
    "Evidence: The id law-palermo-elements stands in no square brackets": lambda b: replace(
        b, evidence=f"{b.evidence} So the protocol (Law-Palermo-Elements)."
    ),
    "Evidence: platt2018 is the key of a source; cite an entry": lambda b: replace(
        b, evidence=f"{b.evidence} [platt2018]"
    ),
    "Evidence: it cites 1 entry": lambda b: replace(b, evidence="Signed [law-signing]. " * 70),
    "Evidence: it cites 0 entries": lambda b: replace(b, evidence="Signed. " * 130),
    "Range: 5,713 is not below 10; the lowest": lambda b: swapped(b, low=5713.0, high=10.0),
    "Range: both ends are 10; one number": lambda b: swapped(b, low=10.0, high=10.0),
    "Range: both ends are numbers": lambda b: swapped(b, low=None),
    "Range, what it counts: nothing yet.": lambda b: swapped(b, of=""),
    "Range: it cites no entry": lambda b: swapped(b, cites=()),
    "Finding: nothing yet.": lambda b: swapped(b, finding=""),
    "Finding: it has 3 words; 8 to 40 are wanted.": lambda b: swapped(b, finding="It is so."),
    "Finding: One id is not in the ledger: nowhere.": lambda b: swapped(
        b, finding="From this nothing at all follows for a council [nowhere]."
    ),
    "Range: One id is not in the ledger: nowhere.": lambda b: swapped(b, cites=("nowhere",)),
    "Limit: it has 4 words": lambda b: replace(b, limit="That would be more."),
    "Limit: it does not say what would change it": lambda b: replace(b, limit="It is small and old. " * 6),
    "Limit: One id is not in the ledger: sic.": lambda b: replace(b, limit=f"{b.limit} [sic]"),
    "Positions: there is 1 holder": lambda b: replace(b, positions=b.positions[:1]),
    "Positions: there is 1 holder; ": lambda b: replace(b, positions=(b.positions[0], b.positions[0])),
    "Position of Moen: it cites no entry": lambda b: held(b, cites=()),
    "Position of Moen: no source is the holder's own. debate-mackinnon is": lambda b: held(
        b, cites=("debate-mackinnon",)
    ),
    "Position of nobody yet, the holder: nothing yet.": lambda b: held(b, holder=""),
    "Position of Moen: it has 2 words": lambda b: held(b, holds="A choice."),
    "Length: it cites 11 entries": lambda b: replace(
        b, evidence=" ".join([b.evidence, *(f"[{name}]" for name in sound_ids(9))])
    ),
}


def sound_ids(number: int) -> list[str]:
    """Entries that the whole brief does not cite; two of its four are in the positions."""
    found = [fact.id for fact in evidence.known_facts().values() if fact.read == "primary"]
    return [name for name in found if name.startswith("prevalence")][: number - 2]


@pytest.mark.parametrize("words", FAULTS)
def test_each_fault_is_named_and_alone(whole: Brief, words: str) -> None:
    faults = form_faults(FAULTS[words](whole))
    assert any(fault.startswith(words) for fault in faults), faults
    assert len(faults) <= 3


OPINIONS = ("Selling sex should be a crime.", "Buying sex should be lawful.", "Nobody can consent to it.")


@pytest.mark.parametrize("opinion", OPINIONS)
def test_what_a_brief_thinks_is_not_judged(whole: Brief, opinion: str) -> None:
    assert form_faults(replace(whole, evidence=f"{whole.evidence} {opinion}")) == ()
    assert form_faults(held(whole, holds=f"{opinion} That is what follows.")) == ()


# --- citations


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[law-signing]", ("law-signing",)),
        ("[Law-Signing, law-b] and [law-signing]", ("law-signing", "law-b")),
        ("[../data/ledger.md#law-signing]", ("law-signing",)),
        ("[...] and [\N{HORIZONTAL ELLIPSIS}] and []", ()),
        ("law-signing, without brackets", ()),
        ("[law\N{NON-BREAKING HYPHEN}signing]", ("law-signing",)),
    ],
)
def test_what_stands_in_square_brackets_is_cited(text: str, found: tuple[str, ...]) -> None:
    assert briefs.citations(text) == found


@settings(max_examples=50, deadline=None)
@given(st.text(max_size=60))
def test_any_text_can_be_read_for_citations(text: str) -> None:
    for name in briefs.citations(text):
        assert name and not re.search(r"[\s\[\],;]", name)
        assert briefs.citations(f"[{name}]") in ((name,), ())
    form_faults(Brief(evidence=text, limit=text, positions=(Position(text, text, briefs.ids(text)),)))


@pytest.mark.parametrize(
    ("holder", "fact", "own"),
    [
        ("MacKinnon", "debate-mackinnon", True),
        ("C. A. MacKinnon (1989)", "debate-mackinnon", True),
        ("Coalition Against Trafficking in Women", "debate-term-catw-definition", True),
        ("CATW", "debate-term-catw-definition", True),
        ("Global Network of Sex Work Projects", "debate-term-nswp-labour", True),
        ("NSWP", "debate-term-nswp-labour", True),
        ("the Special Rapporteur on violence against women", "debate-un-rapporteur", True),
        ("the Special Rapporteur on violence against women", "surveys-platt-pooled", False),
        ("the European Court of Human Rights", "debate-moen", False),
        ("Global Network of Sex Work Projects", "debate-term-catw-definition", False),
        ("Coalition Against Trafficking in Women", "debate-term-nswp-labour", False),
        ("", "debate-moen", False),
    ],
)
def test_a_holder_is_known_by_name_in_the_source(holder: str, fact: str, own: bool) -> None:
    assert briefs.speaks_for(holder, fact) is own


# --- readers and tests of checks


def test_a_check_can_be_made_of_form_reader_and_tests() -> None:
    slips = tuple(
        Slip(test, "one-camp-one-reason", f"Reason {place}.")
        for place, test in enumerate(
            (brief_tasks.one_holder, brief_tasks.not_its_holders, brief_tasks.one_source)
        )
    )
    task = Check(
        id="13-positions",
        allowed="Rows.",
        right=brief_tasks.no_fault("13-positions"),
        reason="The form is right.",
        slips=slips,
        otherwise="Not yet.",
        hints=("a", "b", "c"),
        reads=brief_tasks.read_positions,
        form=brief_tasks.FORMS["13-positions"],
    )
    rows = ANSWERS["13-positions"]
    assert task.form
    assert judged(task, task.form.value(task.form.given(rows))).text == "The form is right."
    assert judged(task, rows[:1]).text == "Reason 0."
    assert judged(task, [rows[0], {**rows[1], "cites": "debate-moen"}]).text == "Reason 1."
    wrong = judged(
        replace(task, objects=brief_tasks.id_faults), [{**rows[0], "cites": "debate-mon"}, rows[1]]
    )
    assert wrong.status == "wrong" and wrong.text.startswith(
        "One id is not in the ledger: debate-mon. Nearest"
    )


@pytest.mark.parametrize("task", brief_tasks.FORMS)
def test_each_form_gives_what_its_reader_reads_and_a_model_is_right(task: str) -> None:
    form, reader = brief_tasks.FORMS[task], getattr(brief_tasks, f"read_{task[3:]}")
    given = form.given(ANSWERS[task])
    assert form.fits(given) and form.told(given)
    assert brief_tasks.no_fault(task)(reader(form.value(given)))


@pytest.mark.parametrize(
    ("reader", "value", "words"),
    [
        ("range", {"low": "some", "high": "2", "of": "x", "cites": "law-signing"}, "'some'"),
        ("range", ["1", "2"], "low, high, of, cites, finding"),
        ("range", {"lowest": "1"}, "found 'lowest'; the names are low, high, of, cites, finding"),
        ("evidence", 3, "a text is wanted"),
        ("positions", "MacKinnon", "a list of at most 4 positions"),
        ("positions", [{"holder": "x"}] * 5, "a list of at most 4 positions"),
        ("question", "Why?", "question, reader"),
    ],
)
def test_a_reader_says_what_it_cannot_read(reader: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        getattr(brief_tasks, f"read_{reader}")(value)


@pytest.mark.parametrize(
    ("part", "value", "words"),
    [
        ("evidence", "So [law-sining] and [law-signing].", "One id is not in the ledger: law-sining."),
        ("evidence", f"[{RECALLED}]", f"{RECALLED} was written from memory"),
        ("limit", "It is (law-signing) small.", "The id law-signing stands in no square brackets"),
        ("range", {"low": "1", "high": "2", "of": "x", "cites": "law-sining"}, "One id is not in the ledger"),
    ],
)
def test_a_wrong_id_is_named_and_the_answer_counts_as_tried(part: str, value: Any, words: str) -> None:
    result = check(f"13-{part}", value)
    assert result.status == "wrong" and result.text.startswith(words)
    assert repr(result).startswith("Not right yet. ")


@pytest.mark.parametrize("task", brief_tasks.FORMS)
def test_a_part_in_form_is_called_complete_and_not_right(task: str) -> None:
    result = check(task, ANSWERS[task])
    assert result.status == "right" and repr(result).startswith("Form complete. ")


def test_answers_that_cannot_be_read_are_named_and_the_rest_stays() -> None:
    brief, unread = brief_of({**ANSWERS, "13-range": "many", "13-chart": ["x"]})
    assert [fault.partition(" ")[0] for fault in unread] == ["13-range", "13-chart"] or len(unread) == 2
    assert brief.range is None and brief.chart is None and brief.limit


# --- the chart


def test_the_eleven_series_hold_rows_of_which_none_is_recalled() -> None:
    assert len(series()) == 11
    for found in series().values():
        assert len(found.rows) >= brief_charts.FEWEST and found.cannot_tell
        assert {row.source for row in found.rows.values()} <= set(evidence.known_sources())
        assert all(row.number for row in found.rows.values())
        (recipe,) = (recipe for recipe in brief_series._RECIPES if recipe.key == found.key)
        cells = [c for c in evidence.rows(found.table) if c["read"] != "recalled" and recipe.wanted(c)]
        shown = [row.name for row in (r for c in cells for r in brief_series._rows(recipe, c)) if row.number]
        assert shown == [*found.rows], f"{found.key}: a name stands twice"


def test_a_vote_has_a_row_for_each_answer_and_a_poll_says_what_its_number_is_for() -> None:
    votes = series()["votes"].rows
    passage = "House, 2018-02-27, On passage, H.R. 1865, all"
    assert [votes[f"{passage}: {said}"].number for said in ("for", "against", "did not vote")] == [
        "388", "25", "17",
    ]  # fmt: skip
    assert "Reasons for votes" in series()["votes"].cannot_tell
    polls = series()["polls"].rows
    assert polls["PPP 2021, registered voters: Nordic model (asked, in short: Selling legal, buying illegal)"]
    assert all(0 < (row.value or 0) < 100 and "oppose column" not in name for name, row in polls.items())
    assert [row.number for row in series()["ireland"].rows.values()][:2] == ["4,278", "10,076"]


BAD_CHARTS = [
    ({"series": "hotlin"}, "series is 'hotlin'; allowed: hotline, detected"),
    ({"draw": "pie"}, "draw is 'pie'; allowed: bars, dots, line, intervals"),
    ({"title": "Cases"}, "title is 'Cases'; a title of 3 to 14 words"),
    ({"title": "a b " + "x" * 90}, "title has 94 characters"),
    ({"rows": ROWS[:1]}, "rows: 1 row chosen; allowed are 2 to 8"),
    ({"rows": (ROWS[0],) * 3}, "rows: 1 row chosen"),
    ({"rows": (*ROWS, "2016, as told")}, "There is no row '2016, as told'"),
    ({"rows": ROWS[:2]}, "a line wants three years"),
    ({"rows": (*ROWS, "2015, sum of 51 state pages")}, "one row a year, counted in one way"),
    ({"draw": "intervals"}, "the table has no interval for: 2015, as restated"),
]


@pytest.mark.parametrize(("changed", "words"), BAD_CHARTS)
def test_a_chart_that_cannot_be_is_refused_in_words(changed: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        read_chart({**ANSWERS["13-chart"], **changed})


def test_ratios_have_no_bars_and_ranges_no_dots() -> None:
    rows = tuple(series()["policing"].rows)[:3]
    assert Chart("policing", "dots", "Policing and violence", rows).shown[0].has_ends
    with pytest.raises(ValueError, match="1 is no difference in a ratio"):
        Chart("policing", "bars", "Policing and violence", rows)
    with pytest.raises(ValueError, match="a range and no single number for: Deering"):
        Chart("violence", "dots", "Violence by study", tuple(series()["violence"].rows)[:3])


def test_what_is_kept_of_a_chart_gives_it_back() -> None:
    chart = read_chart(ANSWERS["13-chart"])
    assert read_chart(chart.kept) == chart == read_chart(chart)
    assert [row.name for row in chart.shown] == list(ROWS)
    assert str(Range(10.0, 20.5, "per cent")) == "From 10 to 20.5: per cent"
