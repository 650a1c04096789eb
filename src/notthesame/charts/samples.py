"""Samples: surveys beside a count, where a survey goes wrong, and how far 156 of 260 may be from all."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from .. import evidence
from ..figures import BLUE, GREEN, GREY, INK, ORANGE, SMALL, style, subplots
from .change import graded

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

# A survey's steps, from the people that a question is about to an answer, and what goes wrong on the way.
STEPS = (
    ("people the question is about", "coverage", "no list or call reaches some of them"),
    ("people within reach", "sampling", "chance, in who is drawn or comes"),
    ("people asked", "non-response", "some answer and some do not"),
    ("people who answered", "measurement", "what was meant is not what is said"),
    ("answers", "", ""),
)
NARROWER = 3.7  # inches, for a window of 800 px with the file browser open
RATIOS = (1, 2, 3)  # how many times as often people who would say yes answer
WITHIN_REACH = 2_000  # invented: how many could have answered


def surveys_beside_count() -> tuple[Figure, pd.DataFrame]:
    """How far three surveys lay from a count (``surveys-vaccine-errors``, ``surveys-vaccine-axios``).

    >>> fig, data = surveys_beside_count()
    >>> [float(points) for points in data["points too high"]]
    [17.0, 14.0, 4.2]
    """
    import pandas as pd

    big = evidence.fact("surveys-vaccine-errors")
    small = evidence.fact("surveys-vaccine-axios")

    def points(name: str) -> float:
        return float(str(big[name].value))

    rows = [
        (
            "Delphi-Facebook",
            f"{points('facebook_weekly'):,.0f} answers a week",
            *map(points, ("facebook_error", "facebook_error_low", "facebook_error_high")),
        ),
        (
            "Census Household Pulse",
            f"{points('pulse_wave'):,.0f} every two weeks",
            *map(points, ("pulse_error", "pulse_error_low", "pulse_error_high")),
        ),
        (
            "Axios-Ipsos",
            f"{points('axios_weekly'):,.0f} a week",
            float(str(small["error"].value)),
            None,
            None,
        ),
    ]
    with style():
        fig, axes = subplots(figsize=(NARROWER, 3.4))
        for place, (name, size, error, low, high) in enumerate(rows):
            axes.text(0.4, place - 0.3, f"{name}\nabout {size}", fontsize=SMALL, va="center")
            if low is not None and high is not None:
                axes.plot(
                    [low, high], [place, place], color=BLUE, linewidth=6, alpha=0.35, solid_capstyle="butt"
                )
            axes.plot([error], [place], "o", color=BLUE, markersize=8)
            text = f"{error:g} too high"
            axes.annotate(text, (error, place), xytext=(0, -16), textcoords="offset points", ha="center")
        axes.axvline(0, color=INK, linewidth=1.4)
        axes.text(0.4, -0.8, "0: the official count", fontsize=SMALL, va="center")
        axes.set(xlim=(-1, 22), ylim=(2.5, -1), xlabel="percentage points above the count", yticks=[])
        axes.spines["left"].set_visible(False)
    columns = ["survey", "answers, about", "points too high", "range from", "range to"]
    return fig, pd.DataFrame(rows, columns=columns)


def error_map() -> tuple[Figure, pd.DataFrame]:
    """The map of the lesson: the steps from people to answers, and the error that sits at each.

    >>> fig, data = error_map()
    >>> list(data["error"])
    ['coverage', 'sampling', 'non-response', 'measurement']
    """
    import pandas as pd
    from matplotlib.patches import Rectangle

    with style():
        fig, axes = subplots(figsize=(NARROWER, 4.6))
        for place, (group, error, how) in enumerate(STEPS):
            y, half = 2 * place, 2.1 - 0.2 * place
            axes.add_patch(Rectangle((2.2 - half, y), 2 * half, 0.9, facecolor="#DCEBF5", edgecolor=BLUE))
            axes.text(2.2, y + 0.45, group, ha="center", va="center", fontsize=SMALL)
            if error:
                arrow = {"arrowstyle": "-|>", "color": GREY}
                axes.annotate("", xy=(2.2, y + 1.98), xytext=(2.2, y + 0.92), arrowprops=arrow)
                axes.text(2.45, y + 1.25, error, va="center", fontweight="bold", color=ORANGE)
                axes.text(2.45, y + 1.66, how, va="center", fontsize=SMALL)
        axes.set(xlim=(0, 6.6), ylim=(9, -0.1))
        axes.axis("off")
    rows = [
        {"from": group, "error": error, "how": how, "to": following[0]}
        for (group, error, how), following in pairwise(STEPS)
    ]
    return fig, pd.DataFrame(rows)


def margin_and_bounds() -> tuple[Figure, pd.DataFrame]:
    """156 of 260: the interval for chance alone, and the bounds when nobody knows why people answered.

    The count is that of ``surveys-coyote2018-60-count``; that 2,000 could have answered is invented.

    >>> fig, data = margin_and_bounds()
    >>> data["to"].round(3).tolist()
    [0.658, 0.948]
    """
    fig, rows, _ = _readings()
    return fig, rows


def if_answers_lean() -> tuple[Figure, pd.DataFrame]:
    """The same picture with one thing added: the true share when people who would say yes answer more often.

    >>> fig, data = if_answers_lean()
    >>> data["share"].round(3).tolist()
    [0.6, 0.429, 0.333]
    """
    import pandas as pd

    from ..statistics import sampling

    fig, _, axes = _readings()
    share = _count("less_safe") / _count("respondents")
    shares = [sampling.selection_sensitivity(share, ratio) for ratio in RATIOS]
    with style():
        for ratio, true in zip(RATIOS, shares, strict=True):
            axes.plot([100 * true], [2], "D", color=GREEN, markersize=7)
            text = f"{100 * true:.0f}\n{ratio}:1"
            axes.annotate(
                text, (100 * true, 2), xytext=(0, -9), textcoords="offset points", ha="center", va="top"
            )
        axes.set_ylim(3.05, -0.55)
        names = [label.get_text() for label in axes.get_yticklabels()]
        axes.set_yticks(range(3), [*names, "if yes-sayers\nanswer more often"])
    return fig, pd.DataFrame({"answer, yes to no": [f"{r} to 1" for r in RATIOS], "share": shares})


def _readings() -> tuple[Figure, pd.DataFrame, Axes]:
    import pandas as pd
    from statsmodels.stats.proportion import proportion_confint

    from ..statistics import sampling

    yes, answered = _count("less_safe"), _count("respondents")
    chance = proportion_confint(yes, answered, method="wilson")
    bounds = sampling.opt_in_bounds(yes, answered, WITHIN_REACH)
    rows: list[tuple[str, float, float]] = [
        ("chance alone", float(chance[0]), float(chance[1])),
        (f"nothing assumed,\n{WITHIN_REACH:,} within reach", *bounds),
    ]
    with style():
        fig, axes = subplots(figsize=(1.2 * NARROWER, 2.6))
        for place, (_, low, high) in enumerate(rows):
            axes.plot(
                [100 * low, 100 * high], [place, place],
                color=(BLUE, ORANGE)[place], linewidth=6, solid_capstyle="butt",
            )  # fmt: skip
            for end, side in ((low, "right"), (high, "left")):
                shift = -5 if side == "right" else 5
                axes.annotate(
                    f"{100 * end:.1f}", (100 * end, place), xytext=(shift, 0),
                    textcoords="offset points", ha=side, va="center",
                )  # fmt: skip
        axes.plot([100 * yes / answered] * 2, [-0.55, 1.6], color=GREY, linewidth=1, linestyle=":")
        axes.set(xlim=(-9, 112), ylim=(1.6, -0.55), xlabel="per cent who would say yes, of all")
        axes.set_yticks(range(len(rows)), [name for name, *_ in rows])
        axes.tick_params(axis="y", length=0)
        axes.grid(False, axis="y")
    return fig, pd.DataFrame(rows, columns=["reading", "from", "to"]), axes


def _count(name: str) -> int:
    return int(str(evidence.fact("surveys-coyote2018-60-count")[name].value))


def survey_rubric() -> tuple[Figure, pd.DataFrame]:
    """Six surveys by five questions, graded as in ``rubric_survey_samples``.

    >>> fig, data = survey_rubric()
    >>> int((data["grade"] == "not seen").sum())
    13
    """
    return graded("rubric_survey_samples", wide=1.1 * NARROWER)
