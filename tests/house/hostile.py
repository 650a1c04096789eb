"""A process that others have changed: colours, fonts, rounding, errors, warnings. And what it was like."""

from __future__ import annotations

import contextlib
import decimal
import locale
import logging
import os
import random
import sys
import warnings
from collections.abc import Iterator
from typing import Any

import matplotlib
import matplotlib.style
import numpy as np
import pandas as pd
import statsmodels.api  # noqa: F401  (it adds filters of warnings when it is loaded)

GERMAN = "de_DE.UTF-8"
DRAWN: Any = {
    "figure.dpi": 37,
    "figure.figsize": (1, 9),
    "font.size": 31,
    "font.family": ["monospace"],
    "axes.grid": True,
    "axes.formatter.use_locale": True,
    "axes.unicode_minus": False,
    "axes.formatter.useoffset": False,
    "axes.xmargin": 0.4,
    "legend.fontsize": 31,
    "lines.linewidth": 9,
    "lines.markersize": 25,
    "path.simplify": False,
    "savefig.bbox": "tight",
    "savefig.dpi": 19,
    "savefig.facecolor": "red",
    "savefig.format": "svg",
    "savefig.pad_inches": 2,
    "savefig.transparent": True,
    "text.antialiased": False,
    "text.parse_math": False,
    "timezone": "Pacific/Apia",
}
FRAMES = {
    "display.max_rows": 2,
    "display.max_columns": 2,
    "display.max_colwidth": 5,
    "display.precision": 1,
    "display.float_format": "<{:.1f}>".format,
    "mode.string_storage": "python",
}


def spoil() -> None:
    """What a start-up file, other code or a learner may have done before."""
    os.environ |= {"LANG": GERMAN, "LC_ALL": GERMAN, "LC_TIME": GERMAN}
    with contextlib.suppress(locale.Error):  # the system may not speak it
        locale.setlocale(locale.LC_ALL, GERMAN)
    warnings.simplefilter("error")
    logging.basicConfig(level=logging.ERROR)
    sys.setrecursionlimit(600)
    random.seed(1)
    np.random.seed(1)
    np.seterr(all="raise")
    np.set_printoptions(precision=1, threshold=2, suppress=True)
    for name, value in FRAMES.items():
        pd.set_option(name, value)
    rounding = decimal.getcontext()
    rounding.prec, rounding.rounding = 3, decimal.ROUND_UP
    rounding.traps[decimal.Inexact] = rounding.traps[decimal.FloatOperation] = True
    matplotlib.use("svg")
    matplotlib.style.use("dark_background")
    matplotlib.rcParams.update(DRAWN)


def state() -> dict[str, Any]:
    """What other code may rely on."""
    rounding = decimal.getcontext()
    return {
        "matplotlib": {name: repr(value) for name, value in matplotlib.rcParams.copy().items()},
        "decimal": (rounding.prec, rounding.rounding, dict(rounding.traps), dict(rounding.flags)),
        "numpy's errors": np.geterr(),
        "numpy's print options": {name: repr(value) for name, value in np.get_printoptions().items()},
        "pandas": {name: repr(pd.get_option(name)) for name in FRAMES},
        "numpy's random numbers": repr(np.random.get_state()),
        "random numbers": random.getstate(),
        "warnings": list(warnings.filters),
        "logging": (logging.getLogger().level, list(logging.getLogger().handlers)),
        "the recursion limit": sys.getrecursionlimit(),
        "the environment": dict(os.environ),
        "the locale": locale.setlocale(locale.LC_ALL),
        "the folder": os.getcwd(),
        "sys.path": list(sys.path),
    }


def changed(before: dict[str, Any]) -> Iterator[str]:
    """The names of what is no longer as it was."""
    return (name for name, now in state().items() if now != before[name])
