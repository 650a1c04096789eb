"""The checkers: blank is not wrong, the solution is right, every slip is reached and teaches."""

from __future__ import annotations

import ast
import itertools
import json
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

import notthesame as nts
from notthesame import exercises, lessons, tasks
from notthesame._reading import SMALL, shown
from notthesame.course import Course, course
from notthesame.evidence import Value
from notthesame.exercises import Result, checks, load_checks
from notthesame.questions import misconceptions
from notthesame.subject.definitions import ON_PAGE, instrument
from notthesame.subject.vignettes import Vignette
from tests.learner.wrong_answers import CANADA, EVEN, SLIPS

ROOT = course().root
SEVERE = next(need for need in instrument("us_severe_sex").needs if "force" in str(need))
MEANS = {element.feature for element in SEVERE.elements} - {"under_18"}


def answers(solution: Path) -> dict[str, Any]:
    """What a solution answers to each task: in forms, or in cells tagged "answer" when all cells run."""
    if in_forms := dict(tasks.answers_in(lessons.read(solution))):
        return in_forms
    cells = json.loads(solution.read_text(encoding="utf-8"))["cells"]
    found: dict[str, Any] = {}
    names: dict[str, Any] = {}  # an answer may rest on the cells above it
    for cell in cells:
        if cell["cell_type"] != "code":
            continue
        code = ast.parse("".join(cell["source"]))
        if "answer" not in cell.get("metadata", {}).get("tags", ()):
            exec(compile(code, solution.name, "exec"), names)
        else:
            last = code.body.pop()
            assert isinstance(last, ast.Expr), "an answer cell ends with its check"
            assert isinstance(last.value, ast.Call) and ast.unparse(last.value.func) == "nts.check"
            task, value = last.value.args
            exec(compile(code, solution.name, "exec"), names)
            found[ast.literal_eval(task)] = eval(compile(ast.Expression(value), solution.name, "eval"), names)
    return found


SOLUTIONS = sorted((ROOT / "exercises" / "solutions").glob("[0-9][0-9]_*.ipynb"))


def test_there_are_checks_and_solutions() -> None:
    assert SOLUTIONS and len(checks()) >= 4
    assert {"02-bed-us", "02-palermo-act", "02-mann-off", "02-exactly-two", "02-story"} <= set(checks())


@pytest.mark.parametrize("solution", SOLUTIONS, ids=lambda path: path.stem[:2])
def test_the_answers_of_the_solution_are_right(solution: Path) -> None:
    tasks = [name for name in checks() if name.startswith(solution.name[:2])]
    found = answers(solution)
    assert list(found) == tasks
    assert {name: nts.check(name, found[name]).status for name in tasks} == dict.fromkeys(tasks, "right")


@pytest.mark.parametrize("name", checks())
@pytest.mark.parametrize("blank", [..., None, "", "  ", "...", [], (), set(), {}], ids=repr)
def test_blank_is_not_attempted(name: str, blank: Any) -> None:
    result = nts.check(name, blank)
    assert result.status == "not attempted" and result.misconception is None
    assert repr(result).startswith("Not attempted yet. Put your answer where the dots are")
    assert checks()[name].allowed in result.text


def test_a_check_without_a_value_is_not_attempted() -> None:
    assert nts.check("02-bed-us").status == "not attempted"


@pytest.mark.parametrize("name", checks())
def test_every_slip_is_reached_and_has_its_own_reason(name: str) -> None:
    slips = checks()[name].slips
    assert len(slips) >= 3
    assert name in SLIPS, f"give an input for each slip of {name} in SLIPS"
    assert len(SLIPS[name]) == len(slips)
    for value, slip in zip(SLIPS[name], slips, strict=True):
        result = nts.check(name, value)
        status = "partly right" if result.credit else "wrong"
        assert (result.status, result.text) == (status, slip.reason), value
        assert result.misconception == slip.misconception and slip.misconception in misconceptions()
    reasons = [slip.reason for slip in slips] + [checks()[name].reason, checks()[name].otherwise]
    assert len(set(reasons)) == len(reasons)
    assert all(len(reason.split()) >= 5 for reason in reasons)


# What a reason of 02-twelve says is not in the facts, and the features of which none may be there then.
LACKED = {
    "no force, fraud or coercion": MEANS,
    "without a commercial sex act": {"commercial_sex_act"},
}


@pytest.mark.parametrize("case", nts.lesson_vignettes(), ids=lambda case: case.id)
def test_a_reason_names_as_missing_only_what_the_facts_lack(case: Vignette) -> None:
    """Every row with one verdict or two turned to met, so that each reason is asked of each case."""
    coded = [v.outcome for v in case.verdicts() if v.instrument in ON_PAGE]
    for turned in itertools.product((False, True), repeat=len(coded)):
        row = ["met" if turn else outcome for turn, outcome in zip(turned, coded, strict=True)]
        text = nts.check("02-twelve", {case.id: row}).text
        for words, features in LACKED.items():
            assert words not in text or not features & {*case.features, *case.features_open}, (row, text)


def test_the_hint_counts_every_verdict_that_is_open() -> None:
    hint = checks()["02-twelve"].hints[-1]
    for case in nts.lesson_vignettes():
        depends = sum(v.outcome == "depends" for v in case.verdicts() if v.instrument in ON_PAGE)
        assert (f"{case.title} ({depends})" in hint) == (depends > 0)


def test_task_5_offers_what_its_machine_offers() -> None:
    choices = tasks.form_of(checks()["02-exactly-two"]).data()["choices"]
    assert {key for key, _ in choices} == {*nts.definition_machine([], predict=False).offered}


def test_any_other_wrong_answer_gets_a_reason_too() -> None:
    assert nts.check("02-bed-us", "organ_removal").text == checks()["02-bed-us"].otherwise


@pytest.mark.parametrize("name", checks())
def test_hints_are_three_and_say_more_each_time(name: str) -> None:
    hints = checks()[name].hints
    assert len(hints) == len(set(hints)) == 3 and all(len(hint.split()) >= 4 for hint in hints)
    for rung in (1, 2, 3):
        assert repr(nts.hint(name, rung)) == f"Hint {rung} of 3. {hints[rung - 1]}"
    assert repr(nts.hint(name)) == repr(nts.hint(name, 1))


@pytest.mark.parametrize("rung", [0, 4, -1, "1", None])
def test_another_rung_is_refused(rung: Any) -> None:
    with pytest.raises(ValueError, match="the second value is 1, 2 or 3"):
        nts.hint("02-bed-us", rung)


def test_the_last_hint_gives_an_answer_that_is_right() -> None:
    for name in ("02-bed-us", "02-palermo-act", "02-mann-off"):
        choices = checks()[name].hints[2].removeprefix("Choose one of: ").rstrip(".").split("; ")
        assert choices and {nts.check(name, choice).status for choice in choices} == {"right"}


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("02-bed-us", "coercion_serious_harn", "Nearest: coercion_serious_harm"),
        ("02-bed-us", ["act_harbour", "force"], "found ['act_harbour', 'force']; the name of one feature"),
        ("02-bed-us", 7, "found 7; the name of one feature is wanted"),
        ("02-exactly-two", ["act_harbor"], "Nearest: act_harbour"),
        ("02-exactly-two", 7, "found 7; names of features are wanted"),
        ("02-exactly-two", ["under_18", "adult_consents"], "cannot be both"),
        ("02-story", 7, "found 7; a text is wanted"),
        ("11-code", {"seller": "partly"}, "nothing yet for buyer, third_party, premises, advertising"),
        ("11-code", {**CANADA, "seler": "crime"}, "There is no switch 'seler'. Nearest: seller"),
        (
            "11-code",
            {**CANADA, "seller": "partial"},
            "seller: There is no setting 'partial'. Nearest: partly",
        ),
        ("03-same-ratio-mixes", [EVEN, EVEN | {"minor": 101}], "minor is 101; allowed are whole numbers"),
        ("03-four-cells", [178, 29, 0, 57], "a value for each cell is wanted: broad, false positives"),
        ("03-range", [83], "found [83]; two whole numbers are wanted, in their order"),
        ("04-path", "abc", "found 3 letters, 3 of them different; 12 letters are wanted, in their order"),
        ("05-grade-gao", "21111x", "the marks are 0, 1, 2, ?"),
    ],
)
def test_what_cannot_be_read_is_answered_in_words_and_not_with_a_traceback(
    name: str, value: Any, words: str
) -> None:
    result = nts.check(name, value)
    assert result.status == "wrong" and result.misconception is None
    assert result.text.startswith("This cannot be read: ") and words in result.text
    assert result.text.endswith(checks()[name].allowed) and ".." not in result.text


def test_spaces_around_an_answer_do_not_matter() -> None:
    assert nts.check("02-bed-us", " coercion_serious_harm ").status == "right"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("00-line", "00-blank, C."),
        ("00-order", ["B", "D", "A", "C"]),
        ("01-one-critic", "Client and third_party"),
        ("02-palermo-act", "Houses or hides"),
        ("03-range", "83 to 223"),
        ("04-pinpoints", ("G", "e", "b", "d", "h", "a", "f", "c")),
        ("05-grade-gao", [2, 1, 1, 1, 1, "?"]),
        ("06-both-bases", {80: "58 and 58"}),
        ("06-third-trail", "b and c"),
        ("06-judge", {"A", "d", "f."}),
        ("07-poll-low", "40 per cent"),
        ("07-readers", "39,1 %"),
        ("11-code", {name.title(): code.replace("_", " ").upper() for name, code in CANADA.items()}),
        ("12-parting", ["Q2 sex special"]),
        ("12-keep-ban", "q3-least-bad, q3-licence; Q3-no-ban and q3-endanger-reply"),
    ],
)
def test_other_ways_to_write_an_answer_do_not_matter(name: str, value: Any) -> None:
    assert nts.check(name, value).status == "right"


@pytest.mark.parametrize(
    ("order", "credit", "word"),
    [
        ("chljegibkafd", 1.0, "Right."),
        ("c, h, l, j, e, g, i, b, a, k, f, d", 1 - 2 / 66, "Partly right."),
        ("dfakbigejlhc", 0.0, "Not right yet."),
    ],
)
def test_an_order_earns_partial_credit_and_says_so(order: str, credit: float, word: str) -> None:
    result = nts.check("04-path", order)
    assert result.credit == pytest.approx(credit)
    said = f"{word} Credit: {credit:.2f} of 1." if credit else word
    assert repr(result).startswith(f"{said} ")
    assert f"<strong>{said}</strong>" in result._repr_html_()


def test_what_is_blank_or_cannot_be_read_has_no_credit() -> None:
    assert nts.check("04-path").credit is None
    assert nts.check("04-path", "abc").credit is None and nts.check("04-path", "abc").status == "wrong"


def test_an_answer_earns_points_by_its_credit() -> None:
    found = [nts.check("04-operators", given).earned(4) for given in ("nbdba", "nbdaa", "aannn", ...)]
    assert found[0] == 4 and found[1] == 3.2 and 0 <= found[2] < 2 and found[3] == 0
    assert [nts.check("03-share", given).earned(4) for given in (18.97, 19.5, "x")] == [4, 0, 0]


def test_rows_of_dots_count_as_rows_that_are_left_out() -> None:
    row = {"w01-booker": ["met", "not met", "not met", "not met", "not met"]}
    left = {"w02-bed": [...] * 5}
    assert nts.check("02-twelve", row | left) == nts.check("02-twelve", row)
    assert nts.check("02-twelve", left).status == "not attempted"
    assert nts.check("03-range", [..., ...]).status == "not attempted"
    assert "cannot be read" in nts.check("03-range", [83, ...]).text


def test_a_check_reads_the_file_of_its_lesson_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []

    def load(path: Path) -> tuple[exercises.Check, ...]:
        read.append(path.stem)
        return load_checks(path)

    monkeypatch.setattr(exercises, "load_checks", load)
    with Course(ROOT).in_use():  # of which nothing is read yet
        nts.check("03-share", 18.97)
        nts.check("03-range", ...)
        assert read == ["03"]


def test_an_answer_may_be_half_right_by_places() -> None:
    result = nts.check("04-operators", "nbdaa")
    assert (result.status, result.credit) == ("partly right", 0.8)


def test_the_tasks_of_exercise_04_show_the_letters_that_their_checks_read() -> None:
    source = (ROOT / "exercises" / "checks" / "04.py").read_text(encoding="utf-8")
    names: dict[str, Any] = {}
    exec(compile(source, "04.py", "exec"), names)
    [solution] = [path for path in SOLUTIONS if path.name.startswith("04")]
    page = solution.read_text(encoding="utf-8")
    for letter, (words, event) in names["EVENTS"].items():
        assert f"| {letter} | {words} |" in page and event in names["DATES"]
    for letter, (clause, fact) in names["CLAUSES"].items():
        assert f"| {letter} | `{clause}` |" in page
        section, subsection = clause.split()[-1].split("(", 1)
        locator = nts.fact(fact).locator
        assert section in locator and f"({subsection}" in locator, clause


def test_an_exception_in_a_check_is_shown_and_not_swallowed() -> None:
    class Strange(list[str]):
        def __iter__(self) -> Any:
            raise RuntimeError("from the learner's own code")

    with pytest.raises(RuntimeError, match="from the learner's own code"):
        nts.check("02-exactly-two", Strange(["force"]))


def test_an_unknown_task_names_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"There is no exercise '02-bed'\. .*02-bed-us"):
        nts.check("02-bed", "x")
    with pytest.raises(KeyError, match="There is no exercise"):
        nts.hint("nothing", 1)


def test_a_result_shows_its_words_and_escapes_them() -> None:
    result = Result("x", "wrong", "<b>no</b>")
    assert repr(result) == "Not right yet. <b>no</b>"
    assert result.__html__() == "<p><strong>Not right yet.</strong> &lt;b&gt;no&lt;/b&gt;</p>"


# --- numbers in every form -------------------------------------------------------------------------

ANSWERS = {task: value for solution in SOLUTIONS for task, value in answers(solution).items()}
ONE_NUMBER = [task for task, answer in ANSWERS.items() if isinstance(answer, (int, float, np.number))]
SEVERAL_NUMBERS = ["03-same-ratio-mixes", "03-four-cells", "03-range", "11-range"]


def forms(value: float) -> dict[str, Any]:
    """One number in every form that a learner may give it."""
    value = value.item() if isinstance(value, np.number) else value
    plain = repr(value)
    full_width = plain.translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.,-"})
    return {
        "text": plain,
        "%": f"{plain} %",
        "per cent": f"{plain} per cent",
        "decimal comma": plain.replace(".", ",") if "." in plain else f"{plain},0",
        "full width": full_width,
        "full width %": f"{full_width}\uff05",
        "unit": f"{plain} votes",
        "numpy": np.float64(value),
        "numpy whole": np.int64(value) if float(value).is_integer() else np.float64(value),
        "array": np.array([value]),
        "column": pd.Series([value]),
        "pandas sum": pd.Series([value, 0.0]).sum(),
        "fraction": Fraction(value),
        "decimal": Decimal(plain),
        "list": [value],
        "ledger": Value("x", value, "votes", "votes of somebody"),
        "word": SMALL[int(value)] if value in range(21) else plain,
        "minus": plain.replace("-", "\N{MINUS SIGN}"),
    }


def deep(answer: Any, form: str) -> Any:
    """An answer with each number in it in this form."""
    if isinstance(answer, dict):
        return {key: deep(value, form) for key, value in answer.items()}
    return [deep(value, form) for value in answer] if isinstance(answer, list) else forms(answer)[form]


def test_these_are_all_the_checks_that_read_numbers() -> None:
    assert len(ONE_NUMBER) >= 8
    for task in set(checks()) - {*ONE_NUMBER, *SEVERAL_NUMBERS}:
        for value in (7.5, [7.5, 8.5]):
            assert nts.check(task, value).text.startswith("This cannot be read: found "), task


@pytest.mark.parametrize("form", forms(7))
@pytest.mark.parametrize("task", [*ONE_NUMBER, *SEVERAL_NUMBERS])
def test_a_number_means_the_same_to_every_check_in_every_form(task: str, form: str) -> None:
    plain = nts.check(task, ANSWERS[task])
    assert plain.status == "right" and nts.check(task, deep(ANSWERS[task], form)) == plain


@pytest.mark.parametrize(
    "value", [True, [True], "seven or eight", 10**400, float("nan"), 1j, itertools.count()], ids=shown
)
@pytest.mark.parametrize("task", ONE_NUMBER)
def test_what_is_no_number_is_one_to_no_check(task: str, value: Any) -> None:
    result = nts.check(task, value)
    assert result.status == "wrong" and result.text.startswith("This cannot be read: found ")
    assert result.text.endswith(checks()[task].allowed) and len(result.text) < 300


def test_a_value_of_the_ledger_is_an_answer() -> None:
    assert nts.check("00-senate", nts.fact("law-senate-vote")["nay"]).status == "right"
    assert nts.check("00-senate", nts.fact("law-senate-vote")["yea"]) == nts.check("00-senate", 97)


@pytest.mark.parametrize("task", checks())
def test_no_check_runs_through_what_has_no_end(task: str) -> None:
    result = nts.check(task, itertools.count())
    assert result.status == "wrong" and result.text.startswith("This cannot be read: found count(0)")
    assert "quotation marks" not in result.text.removesuffix(checks()[task].allowed)


# --- files of checks --------------------------------------------------------------------------------

HEAD = """\
from notthesame.exercises import Check, Slip
def slip(n, name="need-is-coercion"):
    return Slip(lambda a: a == n, name, f"reason {n}")
def make(id, slips, hints=("one", "two", "three")):
    return Check(id, "a number", lambda a: a == 0, "right", tuple(slips), "otherwise", hints)
"""


def load(text: str, folder: Path) -> Any:
    path = folder / "03.py"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_checks(path)


def test_a_sound_file_of_checks_loads(tmp_path: Path) -> None:
    [check] = load('CHECKS = (make("03-x", [slip(1), slip(2), slip(3)]),)\n', tmp_path)
    assert check.id == "03-x"


def test_every_fault_of_a_file_of_checks_is_reported(tmp_path: Path) -> None:
    text = """\
CHECKS = (
    make("02-x", [slip(1)]),
    make("03-y", [slip(1), slip(1), slip(2, "nope")], ("one", "one", "two")),
    make("03-z", [slip(1), slip(2), slip(3)]),
    make("03-z", [slip(1), slip(2), slip(3)]),
)
"""
    with pytest.raises(ValueError, match=r"^03\.py: ") as found:
        load(text, tmp_path)
    for words in (
        "02-x: an id starts with 03-",
        "02-x names 1 typical wrong answers; at least 3 are wanted",
        "03-y names the misconception 'nope'",
        "03-y has 2 different hints; 3 are wanted",
        "03-y gives one reason twice",
        "03-z is the id of 2 checks",
    ):
        assert words in str(found.value)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("CHECKS = (", "03.py cannot be run: SyntaxError"),
        ("CHECKS = nothing", "03.py cannot be run: NameError: name 'nothing' is not defined"),
        ("", "03.py has no CHECKS"),
        ("CHECKS = ('x',)", "03.py has no CHECKS; a tuple of Check is wanted"),
    ],
)
def test_a_file_of_checks_that_cannot_be_used_says_so(text: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError) as found:
        load(text, tmp_path)
    assert words in str(found.value)
