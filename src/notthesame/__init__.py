"""Not the Same: an executable, fact-checked module on sex work and sex trafficking.

Names a notebook uses come from here. Each is loaded when first asked for, so that
``import notthesame as nts`` costs almost nothing and needs no numpy, pandas or matplotlib.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

# The name a notebook uses: the module it comes from, and its name there where that differs.
_HOME: dict[str, tuple[str, ...]] = {
    "answer": ("questions.view",),
    "argument_map": ("labs.argument_map",),
    "ask": ("questions.view",),
    "charts": ("charts", ""),
    "check": ("exercises",),
    "cite": ("evidence",),
    "compare": ("subject.comparison",),
    "counting_lab": ("labs.counting",),
    "definitions": ("subject.definitions", ""),
    "definition_machine": ("labs.definition_machine",),
    "delete_answers": ("questions.answers",),
    "do_not_record": ("questions.answers",),
    "elements": ("subject.comparison",),
    "evidence_grid": ("labs.evidence_grid",),
    "export_answers": ("questions.answers",),
    "fact": ("evidence",),
    "figure": ("figures",),
    "fresh_copy": ("learner",),
    "help_lines": ("subject.help_lines",),
    "hint": ("exercises",),
    "label": ("evidence",),
    "lesson_vignettes": ("subject.vignettes",),
    "listing": ("figures",),
    "my_answers": ("questions.answers",),
    "outline": ("subject.outline",),
    "possible_bases": ("statistics.granularity",),
    "possible_counts": ("statistics.granularity",),
    "retrieval": ("questions.retrieval",),
    "switches": ("subject.regulation",),
    "table": ("evidence",),
    "two_events": ("labs.two_events",),
    "terms": ("subject.terms",),
    "verdicts": ("subject.definitions",),
    "views": ("subject.views",),
    "vignette": ("subject.vignettes",),
    "where_was_i": ("learner",),
}

__all__ = sorted(_HOME)


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"notthesame has no {name!r}; it offers {', '.join(__all__)}")
    home, inner = (*_HOME[name], name)[:2]
    module = importlib.import_module(f"{__name__}.{home}")
    globals()[name] = value = getattr(module, inner) if inner else module
    return value


def __dir__() -> list[str]:
    return __all__
