"""A class report from a synthetic class: what it says first, what it hides, and that no text is markup."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

import pytest

from notthesame import questions
from notthesame.classroom import class_report as figures
from notthesame.classroom.class_report import ENOUGH, class_report
from notthesame.classroom.collected import Aside
from notthesame.classroom.learners import Given, Learner, Mark
from notthesame.classroom.report_csv import guarded, tables
from notthesame.classroom.report_page import report
from notthesame.classroom.report_words import NOTES
from notthesame.classroom.tally import Tally, tally
from notthesame.questions import Question
from notthesame.questions.asked import asked
from notthesame.statistics.small_cells import LEAST, Cell
from tests.classroom.a_class import class_tally

DAY = date(2026, 11, 29)
HOSTILE = '=HYPERLINK("http://x","<script>alert(1)</script>")'
SIZES = (5, 6, 9, 13, 30)


@cache
def of_size(learners: int) -> Tally:
    return class_tally(learners)


@cache
def page(learners: int) -> str:
    return report(of_size(learners), [Aside(HOSTILE, "not JSON, or cut short")], DAY)


def read(table: bytes) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(table.decode("utf-8-sig"), newline=""))]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


# --- what to revisit first


OUTCOME, LURE = "02-2", "02-destitute"  # whose option A goes with need-is-coercion


def answer(question: Question, wrong: bool, letter: str = "") -> Given:
    """The right answer or, of a single choice, a wrong one: the option of this letter or the first wrong."""
    if not wrong or question.kind != "single":
        key = ("".join(question.key),) if question.kind == "ordering" else question.key
        right = Mark(key if question.kind != "numeric" else ("right",), True, 1.0)
        return Given(right, right)
    pick = letter or next(letter for letter in question.options if letter not in question.key)
    slug = question.options[pick].misconception
    mark = Mark((pick,), False, 0.0, (slug,) if slug else ())
    return Given(mark, mark)


def wrong_letter(question: Question, number: int) -> str:
    """Option A of the question that lures; of others each wrong option in turn."""
    wrong = [letter for letter in question.options if letter not in question.key]
    return "a" if question.id == LURE or not wrong else wrong[number % len(wrong)]


def planted() -> Tally:
    """Twenty learners who have everything in lesson 02 right but the questions of one outcome."""
    mine = [questions.question(name) for name in asked()["02"]]
    bad = {q.id for q in mine if f"{q.taught:02}-{q.outcome}" == OUTCOME}
    assert LURE in bad
    learners = []
    for number in range(20):
        given = {q.id: answer(q, q.id in bad and number < 14, wrong_letter(q, number)) for q in mine}
        learners.append(Learner(given))
    return tally(learners)


def test_what_to_revisit_comes_first_with_what_to_do_tomorrow() -> None:
    html = report(planted(), [], DAY)
    said = words(html.replace("&#39;", "'").replace("&#34;", '"'))
    asked_first = questions.question(LURE)
    start, end = said.index("What to revisit first"), said.index("The class at a glance")
    first = said[start:end]
    assert "1. Lesson 02: apply five instruments to twelve vignettes" in first and "2. Lesson" not in first
    assert "At first 30 per cent (6 of 20) had it right, and 14 took A" in first
    option = asked_first.options["a"]
    belief = questions.misconceptions()[str(option.misconception)]
    for text in (option.text, option.reason.partition(' See "')[0], belief.belief, belief.instead):
        assert text in first
    assert f"“{asked_first.section}” in lesson 02." in first.replace("”, “", "” in lesson 02. “")
    assert html.index('id="revisit"') < html.index('id="glance"') < html.index('id="lessons"')


def test_the_lowest_come_first_at_most_five_and_a_good_class_has_nothing_to_revisit() -> None:
    found = class_report(of_size(30))
    chosen = found.revisit()
    assert 3 <= len(chosen) <= 5
    lowest = sorted(found.outcomes, key=lambda outcome: outcome.share)
    assert [one.name for one in chosen] == [one.name for one in lowest[: len(chosen)]]
    mine = [questions.question(name) for name in asked()["02"]]
    good = tally(Learner({q.id: answer(q, wrong=False) for q in mine}) for _ in range(12))
    assert class_report(good).revisit() == ()
    assert "No outcome of which enough learners answered lies below 80 per cent right." in words(
        report(good, [], DAY)
    )


def test_an_overlap_of_the_first_and_the_last_is_told() -> None:
    found = class_report(of_size(30)).revisit()
    overlap = (found[0].high or 0) > (found[-1].low or 1)
    assert ("which is the weaker is not certain" in page(30)) == overlap


# --- small counts


@pytest.mark.parametrize("learners", SIZES)
def test_no_table_tells_a_count_under_five_or_lets_it_be_worked_out(learners: int) -> None:
    made = {name: read(table) for name, table in tables(of_size(learners), []).items()}
    told = {row["question"]: row for row in made["questions.csv"]}
    rows: dict[str, list[str]] = {}
    for row in made["options.csv"]:
        rows.setdefault(row["question"], []).append(row["chosen"])
        assert not (row["chosen"].isdigit() and 0 < int(row["chosen"]) < LEAST), row
    for name, chosen in rows.items():
        whole, right = int(told[name]["answered"]), told[name]["right"]
        assert whole >= LEAST
        assert not right.isdigit() or int(right) in {0, whole, *range(LEAST, whole - LEAST + 1)}
        if questions.question(name).kind == "multiple":
            exact = [int(count) for count in chosen if count.isdigit()]
            assert all(whole - count == 0 or whole - count >= LEAST for count in exact)
        elif hidden := [count for count in chosen if not count.isdigit()]:
            left = whole - sum(int(count) for count in chosen if count.isdigit())
            assert len(hidden) >= 2
            assert left >= LEAST or not right.isdigit()
    for row in made["lessons.csv"]:
        for count in (row["began"], row["answered_all"]):
            assert not count.isdigit() or int(count) in {0, learners, *range(LEAST, learners - LEAST + 1)}
    for row in made["misconceptions.csv"]:
        shown, met = row["shown"], int(row["could_show"])
        assert not shown.isdigit() or int(shown) in {0, met, *range(LEAST, met - LEAST + 1)}
        assert met >= LEAST and (not row["twice"] or int(row["twice"]) == 0 or int(row["twice"]) >= LEAST)


def test_a_rule_that_hides_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test above can fail."""
    bare = lambda part, others: tuple(Cell(count, count) for count in (part, *others))  # noqa: E731
    monkeypatch.setattr("notthesame.classroom.choices.led", bare)
    with pytest.raises(AssertionError):
        test_no_table_tells_a_count_under_five_or_lets_it_be_worked_out(30)


@pytest.mark.parametrize("learners", [0, 1, 4])
def test_of_a_class_under_five_nothing_is_told(learners: int) -> None:
    html = report(of_size(learners), [], DAY)
    said = words(html)
    start = "No hand-in could be counted" if not learners else "Fewer than 5 learners handed in"
    assert start in said and "per cent" not in said.partition("How to read this report")[0]
    assert not any(f">{name}<" in html for name in questions.known_questions())
    assert {*tables(of_size(learners), [])} == {"class.csv", "set_aside.csv"}


@pytest.mark.parametrize("learners", [5, 9])
def test_below_ten_there_is_no_interval_and_no_discrimination(learners: int) -> None:
    found = class_report(of_size(learners))
    assert learners < ENOUGH and found.outcomes
    assert all(item.hard is None and item.telling is None for item in found.items)
    assert all(outcome.low is None for outcome in found.outcomes)
    assert found.forms is None and not any(lesson.alpha for lesson in found.lessons)
    assert "95 per cent interval" not in words(page(learners)).partition("The class at a glance")[0]


def test_an_outcome_tells_no_more_than_its_questions() -> None:
    """Its sum would give away the one count that is hidden in them."""
    for outcome in class_report(of_size(13)).outcomes:
        assert outcome.right.low == sum(item.right.low for item in outcome.items)
        assert outcome.right.high == sum(item.right.high for item in outcome.items)
    assert any(not outcome.right.exact for outcome in class_report(of_size(13)).outcomes)


def test_one_question_alone_tells_of_a_belief_what_its_row_tells() -> None:
    question = questions.question("02-destitute")
    picks = {"b": 15, "a": 5, "c": 7, "d": 3}  # c and d have to be hidden
    given = [
        Learner({question.id: answer(question, letter not in question.key, letter)})
        for letter, count in picks.items()
        for _ in range(count)
    ]
    found = class_report(tally(given))
    cells = {one.slug: one.people for one in found.items[0].choices if one.slug}
    assert {held.slug: held.shown for held in found.beliefs} == cells
    assert not all(cell.exact for cell in cells.values())


def test_bands_of_confidence_have_enough_people_behind_them() -> None:
    for learners in (5, 13, 30):
        every = [counts for counts in of_size(learners).questions.values() if counts.answered >= LEAST]
        for band in class_report(of_size(learners)).bands:
            tens = range(band.low, band.high + 1, 10)
            assert max(sum(c.sure.get(ten, (0, 0))[0] for ten in tens) for c in every) >= LEAST


# --- the whole page


def test_the_page_agrees_with_the_counts() -> None:
    found, counts = class_report(of_size(30)), of_size(30).questions
    assert len(found.items) == len(counts)
    for item in found.items:
        true = counts[item.question.id]
        assert item.answered == Cell(true.answered, true.answered)
        assert item.right.low <= true.right <= item.right.high
        for one in item.choices:
            if len(one.label) == 1:
                assert one.people.low <= true.picks.get(one.label.lower(), 0) <= one.people.high


@pytest.mark.parametrize("name", sorted(NOTES))
def test_each_figure_says_what_it_cannot_tell(name: str) -> None:
    can, cannot = NOTES[name]
    said = words(page(30).replace("&#39;", "'"))
    assert f"Can tell: {can}" in said and f"Cannot tell: {cannot}" in said


def test_every_question_has_its_options_with_reasons() -> None:
    said = words(page(30).replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&"))
    for name in of_size(30).questions:
        for _, reason, _ in questions.question(name).reasons():
            assert re.sub(r"\s+", " ", reason.partition('"')[0]).strip() in said


def test_no_text_of_others_is_markup_or_a_formula(monkeypatch: pytest.MonkeyPatch) -> None:
    known = dict(questions.known_questions())
    known["02-destitute"] = replace(known["02-destitute"], stem=HOSTILE, case=HOSTILE)
    monkeypatch.setattr(questions, "known_questions", lambda: MappingProxyType(known))
    html = report(planted(), [Aside(f"{HOSTILE}\u202e.json", HOSTILE)], DAY)
    assert "<script" not in html and "\u202e" not in html
    for name, table in tables(planted(), [Aside(HOSTILE, "\t=1")]).items():
        for row in csv.reader(io.StringIO(table.decode("utf-8-sig"), newline="")):
            assert not [cell for cell in row if cell.startswith(("=", "+", "@", "\t", "\r"))], name
            assert all(re.fullmatch(r"-[\d.e-]+", cell) for cell in row if cell.startswith("-"))
    assert f"'{HOSTILE}" in [row["stem"] for row in read(tables(planted(), [])["questions.csv"])]


@pytest.mark.parametrize(
    "text",
    ["=1", "+1", "-1", "@a", "\t=1", "\r=1", "\n=1", " =1", "\ufeff=1", "\uff1d1", "\uff0b1", "-cmd|' /C"],
)
def test_what_a_spreadsheet_would_run_is_guarded(text: str) -> None:
    assert guarded(text) == f"'{text}"


def test_our_own_numbers_stay_numbers() -> None:
    assert [guarded(value) for value in (-0.25, -3, 0.1234567, None, "a=b")] == [
        "-0.25",
        "-3",
        "0.123457",
        "",
        "a=b",
    ]


def test_one_file_without_script_or_request_and_not_too_large() -> None:
    html = page(30)
    assert "<script" not in html and "<link rel" in html and not re.search(r'(src|href)="(?!data:|#)', html)
    assert "url(" not in html and "@import" not in html
    assert len(html.encode()) < 2_500_000
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len({*ids}) and {*re.findall(r'href="#([^"]+)"', html)} <= {*ids}


def test_the_same_counts_and_day_give_the_same_bytes_in_another_process() -> None:
    code = (
        "import matplotlib, decimal, sys, datetime; matplotlib.rcParams['font.size'] = 30\n"
        "decimal.getcontext().prec = 3\n"
        "from notthesame.classroom.report_page import report\n"
        "from tests.classroom.a_class import class_tally\n"
        "sys.stdout.buffer.write(report(class_tally(30), [], datetime.date(2026, 11, 29)).encode())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, timeout=300)
    assert done.stdout == report(of_size(30), [], DAY).encode()


def test_what_is_set_aside_is_named_with_its_reason() -> None:
    asides = [Aside(f"notes {n}.txt", "not JSON, or cut short") for n in range(60)]
    asides.append(Aside("a.json", "3 answers were scored otherwise where they were given", whole=False))
    said = words(report(of_size(5), asides, DAY))
    assert "60 files set aside and 1 note on answers that do not count (named at the end)" in said
    assert "notes 7.txt: not JSON, or cut short" in said and "And 11 more; --csv names all." in said
    rows = read(tables(of_size(5), asides)["set_aside.csv"])
    assert len(rows) == 61 and rows[0] == {"name": "notes 0.txt", "why": "not JSON, or cut short"}


def test_where_the_class_is_large_the_gain_comes_with_its_interval() -> None:
    forms = class_report(of_size(30)).forms
    assert forms and forms.gain and forms.gain.low is not None
    assert f"{forms.learners} learners answered all 15 questions of both tests" in words(page(30))
    assert figures._step(10 * 15) == 5 and figures._step(30 * 15) == 2 and figures._step(300 * 15) == 1
