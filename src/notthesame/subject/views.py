"""What theories say of some invented cases, a theory to each verdict."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass

from .vignettes import Vignette, vignette


@dataclass(frozen=True)
class Views:
    """What theories say of some invented cases, a theory to each verdict; closed when ``after`` is given."""

    cases: tuple[Vignette, ...]
    after: str = ""

    def __repr__(self) -> str:
        return "\n".join(": ".join(row[:2]) + f". {row[2]} {row[3]}" for row in self._rows())

    def _rows(self) -> Iterator[tuple[str, str, str, str]]:
        for case in self.cases:
            for view in case.more["views"]:
                verdict = str(view["verdict"])
                said = f"{verdict[:1].upper()}{verdict[1:]}."
                yield case.title, str(view["view"]), said, str(view["why"])

    def _repr_html_(self) -> str:
        left = ' style="text-align:left"'
        heads = ("Case", "Theory", "What it says", "Why")
        head = "".join(f'<th scope="col"{left}>{name}</th>' for name in heads)
        body = "".join(
            f'<tr><th scope="row"{left}>{html.escape(first)}</th>'
            + "".join(f"<td{left}>{html.escape(cell)}</td>" for cell in rest)
            + "</tr>"
            for first, *rest in self._rows()
        )
        caption = "<caption>Invented cases; what each theory says of them is put in our words</caption>"
        table = f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        summary = html.escape(self.after)
        return f"<details><summary>{summary}</summary>{table}</details>" if self.after else table


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
