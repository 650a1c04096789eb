"""In IPython: a line above Python's own for a slip, a check wherever it stands, and nothing else of ours."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from notthesame.kernel import FIRST, load_ipython_extension

Run = Callable[[str], str]


@pytest.fixture
def run() -> Iterator[Run]:
    """Runs a cell in IPython, and returns what it prints."""
    shell = InteractiveShell.instance()
    shell.set_custom_exc((), None)
    shell.ast_transformers.clear()

    def cell(code: str) -> str:
        with capture_output() as shown:
            shell.run_cell(code)
        displayed = (f"{output.data['text/plain']}\n" for output in shown.outputs)
        return re.sub(r"\x1b\[[\d;]*m", "", shown.stdout) + "".join(displayed)

    cell("import notthesame as nts")
    yield cell
    InteractiveShell.clear_instance()


@pytest.fixture
def extended(run: Run) -> Run:
    """The same shell with our extension."""
    load_ipython_extension(InteractiveShell.instance())
    return run


def test_a_slip_of_python_gets_a_line_above_pythons_own(extended: Run) -> None:
    first, *rest = extended("x = 19 %").splitlines()
    assert first == "Line 1: % is no per cent in Python. Give the number alone, as in 19."
    assert any(line.startswith("SyntaxError") for line in rest) and not any(
        "notthesame" in line for line in rest
    )
    assert extended("y = 1\nx = 19 %").startswith("Line 2: ")


def test_any_other_error_looks_as_it_always_does(extended: Run) -> None:
    shell = InteractiveShell.instance()
    codes = ["x == = 3", "1 / 0", "eval('19 %')", "nobody", "def f():\n    eval('x = (1')\nf()"]
    ours = [extended(code) for code in codes]
    shell.custom_exceptions = ()
    assert [extended(code) for code in codes] == ours
    assert all("Line" not in said.splitlines()[0] for said in ours)


def test_a_cell_before_the_import_says_so(extended: Run) -> None:
    shell = InteractiveShell.instance()
    module = shell.user_ns.pop("nts")
    assert extended('nts.ask("02-bed")').strip() == FIRST
    shell.user_ns["nts"] = module


CHECKS = 'nts.check("03-share", 80)'
SHOWN = {
    f"{CHECKS}\n{CHECKS}": 2,
    f"{CHECKS}\nx = 1": 1,
    f"for x in (1, 2):\n    {CHECKS}": 2,
    f"if True:\n    {CHECKS}": 1,
    f"x = {CHECKS}": 0,
    f"def f():\n    {CHECKS}\nf()": 0,
    f"[{CHECKS}]\n1": 0,
    "print('Not right yet.')\n[].append(1)": 1,
    f"nts = nts\n{CHECKS}\n": 1,
    "%reset -f\nimport notthesame as nts\n" + f"{CHECKS}\n1": 1,
    "": 0,
}


@pytest.mark.parametrize("code", SHOWN)
def test_a_check_shows_wherever_it_stands_in_its_cell(extended: Run, code: str) -> None:
    assert extended(code).count("Not right yet.") == SHOWN[code]


def test_a_call_that_is_not_ours_shows_no_more_than_ever(extended: Run) -> None:
    assert extended("len('abc')\nsorted([2, 1])\nx = 1") == ""


def test_an_error_in_the_middle_names_the_learners_line(extended: Run) -> None:
    said = extended("x = 1\nint('a')\ny = 2")
    assert "----> 2 int('a')" in said and "__import__" not in said and "shown" not in said


def test_the_extension_is_loaded_once_and_takes_nothing_over(run: Run) -> None:
    shell = InteractiveShell.instance()
    shell.set_custom_exc((OSError,), lambda *_, **__: None)
    load_ipython_extension(shell)
    load_ipython_extension(shell)
    assert shell.custom_exceptions == (OSError,) and len(shell.ast_transformers) == 1


def test_the_import_alone_loads_it_in_a_shell() -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance(); "
        "s.run_cell('import notthesame'); s.run_cell('x = 19 %')"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.startswith("Line 1: % is no per cent")


def test_the_import_outside_a_shell_loads_nothing_of_it() -> None:
    code = "import sys, notthesame; print([n for n in sys.modules if n in ('IPython', 'notthesame.kernel')])"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]"
