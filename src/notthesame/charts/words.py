"""Words of the debate, and what each of them names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

_NAMED = (
    ("the exchange", "an\nexchange"),
    ("the person", "a\nperson"),
    ("a legal category", "a legal\ncategory"),
    ("a group of categories", "several\ncategories"),
    ("somebody else", "somebody\nelse"),
)


def words_and_what_they_name() -> tuple[Figure, pd.DataFrame]:
    """One row a word of ``terms``, a dot for each thing that it names.

    >>> fig, data = words_and_what_they_name()
    >>> list(data.columns)
    ['word', 'names']
    """
    import pandas as pd

    named = {row["term"]: row["names"].split(" and ") for row in evidence.rows("terms")}
    things_named = [thing for thing, _ in _NAMED]
    with style():
        fig, axes = subplots(figsize=(WIDE, 4.4))
        for row, things in enumerate(named.values()):
            axes.plot(
                [things_named.index(thing) for thing in things], [row] * len(things), "o", color=BLUE, ms=9
            )
        axes.set_yticks(range(len(named)), named)
        axes.set_xticks(range(len(_NAMED)), [head for _, head in _NAMED], fontsize=SMALL)
        axes.set(xlim=(-0.5, len(_NAMED) - 0.5), ylim=(len(named) - 0.5, -0.5))
        axes.grid(color="#DDDDDD")
        axes.set_axisbelow(True)
        axes.tick_params(length=0, labeltop=True, labelbottom=False)
        for spine in axes.spines.values():
            spine.set_visible(False)
    rows = [{"word": term, "names": " and ".join(things)} for term, things in named.items()]
    return fig, pd.DataFrame(rows)
