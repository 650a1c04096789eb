"""What a notebook's kernel loads at its start: one line in place of a traceback where ``nts`` is missing.

``start.py`` names this module in .venv's settings of IPython. It imports nothing heavy, and changes nothing
else.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

FIRST = "Run the first cell, then this one."


def load_ipython_extension(shell: Any) -> None:
    """Show one line for a cell that is run before the import. Every other error looks as it always does.

    >>> from IPython.core.interactiveshell import InteractiveShell
    >>> load_ipython_extension(InteractiveShell.instance())
    """
    shell.set_custom_exc((NameError,), _show)


def _show(
    shell: Any, kind: type[NameError], error: NameError, trace: TracebackType, tb_offset: int | None = None
) -> None:
    if error.name == "nts":
        shell._showtraceback(kind, error, [FIRST])
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
