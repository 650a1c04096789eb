"""A refusal of ours in a cell is one plain line: what was found, what is allowed. No traceback of ours."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, wraps
from types import FunctionType, MethodType, TracebackType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])


def plain(offered: Any) -> Any:
    """A public name as a notebook gets it: a function whose refusals show one line, anything else as it is.

    >>> plain(3)
    3
    """
    return refusing_plainly(offered) if isinstance(offered, FunctionType | MethodType) else offered


def refusing_plainly(function: F) -> F:
    """The function, whose errors IPython shows as one line; errors of the learner's own code as always."""

    @wraps(function)
    def called(*given: Any, **named: Any) -> Any:
        try:
            return function(*given, **named)
        except Exception as error:
            if not _learners(error.__traceback__):
                show_one_line(error)
            raise

    return called  # type: ignore[return-value]


def show_one_line(error: Exception) -> None:
    """Let IPython show its message in place of the traceback; its type and its traceback stay."""
    line = in_one_line(error)
    vars(error)["_render_traceback_"] = lambda: [line]


def in_one_line(error: Exception) -> str:
    """What an error says: the message of a refusal; of any other error its name as well.

    >>> in_one_line(KeyError("There is no fact 'x'.")), in_one_line(ZeroDivisionError("division by zero"))
    ("There is no fact 'x'.", 'ZeroDivisionError: division by zero')
    """
    said = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
    if isinstance(error, ValueError | KeyError | OSError | AttributeError):
        return said
    return f"{type(error).__name__}: {said}"


@cache
def _not_theirs() -> tuple[str, ...]:
    """The folders of code that is not the learner's own: this package, Python, what is installed beside it.

    Asked for only where an error came up: finding them takes as long as importing the package.
    """
    import os
    import sysconfig

    installed = (sysconfig.get_path(name) for name in ("stdlib", "purelib", "platlib"))
    return tuple(os.path.join(folder, "") for folder in (os.path.dirname(__file__), *filter(None, installed)))


def _learners(trace: TracebackType | None) -> bool:
    """Whether code of the learner's own was running when the error came up."""
    while trace:
        name = trace.tb_frame.f_code.co_filename
        if not name.startswith(("<frozen", *_not_theirs())):
            return True
        trace = trace.tb_next
    return False
