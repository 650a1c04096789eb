"""What a notebook's kernel gets from this package, beside the names that a cell calls.

A cell that is run before the import says so in one line; a beginner's slip has one line above Python's own
message; what a call gives shows wherever it stands in its cell; in a browser without numpy a cell that needs
it shows what it gave when the course was made; figures that nobody holds any more are let go after a cell.
``start.py`` names this module in .venv's settings of IPython,
and the import of the package loads it too. It imports nothing heavy. Every other error looks as it always
does.
"""

from __future__ import annotations

import ast
import gc
import logging
import sys
from types import TracebackType
from typing import Any

FIRST = "Run the first cell, then this one."


def load_ipython_extension(shell: Any) -> None:
    """Say these lines in a shell, unless something else does it there, and show every call; once a shell.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> load_ipython_extension(InteractiveShell.instance())
    """
    if not shell.custom_exceptions:
        missing = (ModuleNotFoundError,) if sys.platform == "emscripten" else ()
        shell.set_custom_exc((NameError, SyntaxError, *missing), _show)
    if sys.platform == "emscripten":  # which looks for fonts at each start, and would say so
        logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)
    if not any(isinstance(known, _EveryCall) for known in shell.ast_transformers):
        shell.ast_transformers.append(_EveryCall())
    if _let_go not in shell.events.callbacks["post_run_cell"]:
        shell.events.register("post_run_cell", _let_go)


# --- errors -------------------------------------------------------------------------------------------------


def _show(
    shell: Any, kind: type[Exception], error: Exception, trace: TracebackType, tb_offset: int | None = None
) -> None:
    if isinstance(error, NameError) and error.name == "nts":
        shell._showtraceback(kind, error, [FIRST])
    elif _stood_in(shell, error):
        return
    elif isinstance(error, SyntaxError) and not _running(trace):
        from ._slips import in_plain_words

        line = in_plain_words(error)
        python_says = shell.SyntaxTB.structured_traceback(kind, error, [])
        shell._showtraceback(kind, error, [line, *python_says] if line else python_says)
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset, running_compiled_code=True)


def _stood_in(shell: Any, error: Exception) -> bool:
    """Whether the cell lacks what a browser's Python does not have, and shows what it once gave."""
    if sys.platform != "emscripten":
        return False
    from IPython.display import clear_output

    from . import stored

    if what := stored.lacking(error):
        clear_output()  # what the cell has shown so far is stored too
        stored.show_instead(shell.history_manager.input_hist_raw[-1], what)
    return bool(what)


def _running(trace: TracebackType | None) -> bool:
    """Whether the cell was running already: what could not be read is then no cell, but what it has read."""
    while trace:
        if trace.tb_frame.f_code.co_name == "run_code":
            return True
        trace = trace.tb_next
    return False


# --- calls that are not last in their cell ------------------------------------------------------------------


class _EveryCall(ast.NodeTransformer):
    """Lets each call that stands alone on a line go through ``shown``, but the last, which Jupyter shows."""

    def visit_Module(self, cell: ast.Module) -> ast.Module:
        last = cell.body[-1:] if isinstance(cell.body[-1] if cell.body else None, ast.Expr) else []
        cell.body = [*map(self.visit, cell.body[: len(cell.body) - len(last)]), *last]
        return cell

    def visit_Expr(self, line: ast.Expr) -> ast.Expr:
        if isinstance(line.value, ast.Call):
            here = ast.parse(f"__import__({__name__!r}, fromlist=['shown']).shown", mode="eval").body
            call = ast.Call(here, [line.value], [])
            line.value = ast.fix_missing_locations(ast.copy_location(call, line.value))
        return line

    def generic_visit(self, node: ast.AST) -> ast.AST:
        inside = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
        return node if isinstance(node, inside) else super().generic_visit(node)


def shown(value: Any) -> Any:
    """The value, after showing it if it is one of ours: a check, a label, a lab.

    >>> shown([1])
    [1]
    """
    if type(value).__module__.partition(".")[0] == __package__:
        from IPython.display import display

        display(value)  # type: ignore[no-untyped-call]
    return value


# --- memory -------------------------------------------------------------------------------------------------


def settle() -> None:
    """Leave what is loaded by now out of every later search for what can be let go: it stays to the end.

    Such a search takes a tenth of a second in a kernel with matplotlib, and then half of that.

    >>> settle()
    >>> gc.unfreeze()
    """
    gc.collect()
    gc.freeze()


def _let_go(*_: Any) -> None:
    """Let go of what a cell made and nobody holds any more, once its output is on the page.

    A figure is thousands of parts that hold each other; Python by itself keeps those of a whole lesson.
    """
    if gc.get_count()[2]:  # else the cell made little
        gc.collect()
