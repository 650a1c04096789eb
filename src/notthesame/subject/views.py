"""What theories say of some invented cases, a theory to each verdict."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from .. import _html
from .._words import capital
from .vignettes import Vignette, vignette


@dataclass(frozen=True)
class Views(_html.Block):
    """What theories say of some invented cases, a theory to each verdict; closed when ``after`` is given."""

    cases: tuple[Vignette, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(": ".join(row[:2]) + f". {row[2]} {row[3]}" for row in self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for case in self.cases:
            for view in case.more["views"]:
                said = f"{capital(str(view['verdict']))}."
                yield case.title, str(view["view"]), said, str(view["why"])

    def __html__(self) -> Markup:
        caption = "Invented cases; what each theory says of them is put in our words"
        table = _html.table(caption, ("Case", "Theory", "What it says", "Why"), self._rows())
        return _html.closed(table, self.after)


def views(*cases: str, after: str = "") -> Views:
    """What theories say of these cases, as in ``views("v03-promised")``.

    Raises KeyError naming the nearest for a case there is not, ValueError for one on which no theory speaks.

    >>> views("v03-promised").cases[0].id
    'v03-promised'
    """
    found = tuple(map(vignette, cases))
    for case in found:
        if "views" not in case.more:
            raise ValueError(f"no theory speaks on {case.id}; cases v01 to v14 have views")
    return Views(found, after)
