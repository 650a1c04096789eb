"""One subject asked about in two ways, and one poll on two bases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREY, INK, ORANGE, SMALL, WIDE, style, subplots

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# Each pair: a fact, its two values in the order of the picture, and the ways of asking behind them.
_PAIRS = (
    (
        "surveys-mode-karnataka",
        ("face_to_face", "polling_booth"),
        ("face to face", "in a polling booth"),
        "Violence in the past year\n(Karnataka, India)",
    ),
    (
        "surveys-list-senegal",
        ("direct", "list_experiment"),
        ("asked directly", "by a list"),
        "Condom used last time\nwith a client (Senegal)",
    ),
)
_NAMELESS = ("one way", "another way")
_HEADS = ("survey", "first way, per cent", "second way, per cent")


def two_pairs() -> tuple[Figure, pd.DataFrame]:
    """Two shares each of two studies, each study asking in two ways; what was asked is not said.

    >>> fig, data = two_pairs()
    >>> list(data["survey"])
    ['A', 'B']
    """
    return _pairs([("A", _NAMELESS), ("B", _NAMELESS)])


def two_pairs_named() -> tuple[Figure, pd.DataFrame]:
    """The shares of ``two_pairs`` with what was asked, and how.

    >>> fig, data = two_pairs_named()
    >>> len(data)
    2
    """
    said = zip("AB", _PAIRS, strict=True)
    return _pairs([(f"{name}. {asked}", ways) for name, (_, _, ways, asked) in said])


def _pairs(named: list[tuple[str, tuple[str, str]]]) -> tuple[Figure, pd.DataFrame]:
    """One panel a study: its two shares, joined, on the same scale."""
    import pandas as pd

    rows = []
    with style():
        fig, panels = subplots(1, len(named), figsize=(WIDE, 3.0), sharey=True)
        for axes, (title, ways), (fact, values, _, _) in zip(panels, named, _PAIRS, strict=True):
            shares = [float(str(evidence.fact(fact)[name].value)) for name in values]
            _slope(axes, title, ways, shares)
            first, second = shares
            row = {
                "survey": " ".join(title.split()),
                "first way, per cent": first,
                "second way, per cent": second,
            }
            rows.append(row | ({"the two ways": ", ".join(ways)} if ways != _NAMELESS else {}))
        panels[0].set(ylim=(0, 108), yticks=range(0, 101, 25), ylabel="per cent who say yes")
    return fig, pd.DataFrame(rows)


def _slope(axes: Axes, title: str, ways: tuple[str, str], shares: list[float]) -> None:
    axes.plot((0, 1), shares, "o-", color=BLUE if shares[1] > shares[0] else ORANGE, linewidth=1.8)
    digits = 0 if all(share == round(share) for share in shares) else 1
    for place, share in enumerate(shares):
        axes.annotate(
            f"{share:.{digits}f}", (place, share), xytext=(0, 8), textcoords="offset points", ha="center"
        )
    axes.set_xticks((0, 1), ways)
    axes.set_xlim(-0.45, 1.45)
    axes.set_title(title, fontsize=SMALL + 1, loc="left")


def poll_bases() -> tuple[Figure, pd.DataFrame]:
    """The Scottish poll of 2025 on two bases: every answer, and only those for or against.

    >>> fig, data = poll_bases()
    >>> list(data["base"])
    ['all answers', 'for or against only']
    """
    import pandas as pd

    found = evidence.fact("surveys-poll-scotland-pair")
    parts = {
        "for": int(str(found["for_2025"].value)),
        "against": int(str(found["against_2025"].value)),
        "neither": int(str(found["neither_2025"].value)),
    }
    decided = parts["for"] + parts["against"]
    colours = {"for": BLUE, "neither": GREY, "against": ORANGE}
    bases = {
        "all answers": {name: float(parts[name]) for name in colours},
        "for or against only": {name: 100 * parts[name] / decided for name in ("for", "against")},
    }
    with style():
        fig, axes = subplots(figsize=(WIDE, 2.3))
        for row, shares in enumerate(bases.values()):
            start = 0.0
            for name, share in shares.items():
                axes.barh(row, share, left=start, color=colours[name], height=0.6, edgecolor="white")
                words = f"{name}\n{share:.0f}"
                axes.text(start + share / 2, row, words, color="white", ha="center", va="center")
                start += share
        axes.set_yticks(range(len(bases)), [name.replace(" only", "\nonly") for name in bases])
        axes.set(xlim=(0, 100), xlabel="per cent of the base at the left")
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0, labelcolor=INK)
    return fig, pd.DataFrame(
        [
            {"base": base, **{name: round(shares[name]) if name in shares else "left out" for name in parts}}
            for base, shares in bases.items()
        ]
    )
