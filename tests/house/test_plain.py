"""A wrong call in a cell gets one plain line; an error of the learner's own code shows as it always does."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

import notthesame as nts

Run = Callable[[str], str]

REFUSED = {
    'nts.answer("00-typd-call", "b")': "There is no question '00-typd-call'. Nearest: 00-typed-call.",
    'nts.ask("02-x")': "There is no question '02-x'.",
    "nts.ask()": "missing 1 required positional argument: 'question'",
    'nts.hint("02-bed-us", 4)': "the second value is 1, 2 or 3",
    "nts.where_was_i(2)": "There is no route '2'; allowed: Law, Methods, Policy",
    "nts.progress(2)": "There is no route '2'; allowed: Law, Methods, Policy",
    "nts.review(0)": "minutes: found 0; allowed: 1 to 60",
    'nts.review("soon")': "minutes: found 'soon'; one number is wanted, such as 12 or 0.6, from 1 to 60",
    'nts.terms(["pimp"])': "There is no term ['pimp']. Nearest: pimp.",
    "nts.my_answers(3)": "takes 1 positional argument but 2 were given",
    "nts.fresh_copy(77)": "There is no lesson 77; there are:",
    'nts.fact("law-x")': "There is no fact 'law-x'.",
    'nts.fact("law-signing")["x"]': "law-signing: There is no value 'x'.",
    'nts.listing("rollcall", "x")': "rollcall: There is no column 'x'.",
    'nts.compare(["x"])': "There is no feature 'x'.",
    'nts.definition_machine().set(["x"])': "There is no feature 'x'.",
    'nts.interval_game().set(votes="150 to 50")': "votes: found '150 to 50'; the upper end lies below the",
    'nts.two_events().set(noise="x")': "noise is 'x'; a number is wanted",
    'lab = nts.two_events(); lab.lag = "x" * 500': "...xxx",
    "nts.counting_lab().unknown = 10**5000": "unknown is a whole number of about 5001 digits",
    'nts.argument_map().mark("q9-x")': "q9-x",
    'import itertools; nts.verdicts(itertools.repeat("force"))': "a list of at most 1000 features is wanted",
    'nts.compare([], instruments=itertools.repeat("un_palermo"))': "a list of at most 1000 instruments",
    'nts.definition_machine().set(unknown=itertools.repeat("force"))': "a list of at most 1000 features",
    'nts.counting_lab(instruments=itertools.cycle(["un_palermo"]))': "a list of at most 1000 instruments",
    "nts.definition_machine(itertools.count())": "a list of at most 1000 vignettes is wanted",
    "nts.verdicts(3)": "true is 3; a list of features is wanted",
    'nts.verdicts("force")': "true is the text 'force'; give a list of features, such as ['force']",
    'nts.charts.reweighted("a", 2)': "TypeError",
    "nts.foo": "notthesame has no 'foo'; it offers answer,",
}


@pytest.fixture(scope="module")
def run() -> Iterator[Run]:
    """Runs a cell in IPython, and returns what it prints."""
    shell = InteractiveShell.instance()

    def cell(code: str) -> str:
        with capture_output() as shown:
            shell.run_cell(code)
        return str(shown.stdout)

    cell("import notthesame as nts")
    yield cell
    InteractiveShell.clear_instance()


@pytest.mark.parametrize("code", REFUSED)
def test_a_wrong_call_gets_one_line(run: Run, code: str) -> None:
    shown = run(code).strip()
    assert REFUSED[code] in shown and len(shown.splitlines()) == 1, shown


def test_an_error_in_a_generator_of_the_learners_own_is_theirs(run: Run) -> None:
    shown = run("nts.verdicts(1 / 0 for _ in [1])")
    assert "ZeroDivisionError" in shown and "Traceback" in shown and len(shown.splitlines()) > 3
    assert "un_palermo" in run("print(nts.verdicts(name for name in ['force']))")


def test_an_error_in_the_learners_own_code_keeps_its_traceback(run: Run) -> None:
    shown = run("class Odd(dict):\n    def __iter__(self): return 1 / 0\nnts.compare(Odd())")
    assert "ZeroDivisionError" in shown and "Traceback" in shown and len(shown.splitlines()) > 3


def test_an_export_to_no_folder_says_so_and_writes_nothing() -> None:
    said = repr(nts.export_answers("/no such folder/answers.json"))
    assert "cannot be written" in said and said.endswith("Nothing was written.")


def test_other_code_meets_the_same_types_as_ever() -> None:
    with pytest.raises(KeyError, match="Nearest: 00-typed-call"):
        nts.answer("00-typd-call", "b")
    assert nts.ask.__name__ == "ask" and nts.ask is nts.ask
