"""Estimates from lists that overlap: every model, pairs of lists, and resamples with their two humps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import evidence
from ..figures import BLUE, GREY, ORANGE, SMALL, WIDE, style, subplots
from ..statistics import multiple_systems

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

_SEEN, _LOW, _HIGH = "recorded", "low", "high"  # figures of the published estimate
_BAND = "#FFE3C2"
_LISTS = {
    "LA": "local authorities",
    "NG": "non-governmental",
    "PF": "police",
    "GO": "government",
    "GP": "public",
    "NCA": "crime agency",
}


def thousand_models() -> tuple[Figure, pd.DataFrame]:
    """Each model of the five UK lists: its estimate, and by how much its BIC is above that of the best.

    The table holds the ten best of them.

    >>> fig, data = thousand_models()
    >>> data["estimate"].head(2).tolist()
    [22991, 12262]
    """
    models = multiple_systems.model_space(evidence.table("mse_uk_five_lists"))
    first = [round(estimate) for estimate in models["estimate"][:2]]
    with style():
        fig, axes = subplots(figsize=(WIDE, 4.2))
        _headline(axes)
        axes.plot(models["estimate"], models["distance"], "o", color=BLUE, markersize=3, alpha=0.45)
        axes.plot(first, models["distance"][:2], "o", color=ORANGE, markersize=6)
        for estimate, distance in zip(first, models["distance"], strict=False):
            place, side = (9, 0), "left"
            text, xy = f"{estimate:,}", (estimate, distance)
            axes.annotate(text, xy, place, textcoords="offset points", ha=side, va="center")
        axes.set(xlim=(0, 32_000), ylim=(84, -5), xlabel="people estimated, seen and unseen")
        axes.set_ylabel("points behind the best score (0 = best)")
        _thousands(axes)
    shown = models.head(10)[["rank", "terms", "estimate", "distance"]].copy()
    shown["estimate"] = shown["estimate"].round().astype(int)
    shown["distance"] = shown["distance"].round(2)
    return fig, shown.rename(columns={"terms": "pairs that may depend", "distance": "points behind"})


def pairs_of_lists() -> tuple[Figure, pd.DataFrame]:
    """The six UK lists two at a time: Chapman's estimate for each pair, with its log-normal interval.

    >>> fig, data = pairs_of_lists()
    >>> len(data), data["estimate"].tolist()[::14]
    (15, [2839, 95707])
    """
    import pandas as pd

    found = []
    for row in evidence.rows("mse_uk_two_list_pairs"):
        one, two, both = (int(row[name]) for name in ("n1", "n2", "overlap"))
        pair = multiple_systems.chapman(one, two, both)
        name = f"{_LISTS[row['list_1']]}, {_LISTS[row['list_2']]}"
        ends = {"estimate": round(pair.estimate), "from": round(pair.low), "to": round(pair.high)}
        found.append({"lists": name, "on both": both, **ends})
    data = pd.DataFrame(found).sort_values("estimate", ignore_index=True)
    with style():
        fig, axes = subplots(figsize=(WIDE, 4.6))
        _headline(axes, say=False)
        for place, shown in enumerate(data.to_numpy().tolist()):
            _, shared, middle, low, high = shown
            colour = BLUE if shared else GREY
            axes.plot([low, high], [place] * 2, color=colour, linewidth=2)
            axes.plot(middle, place, "o", color=colour, markersize=5)
        names = [f"{shown[0]} ({shown[1]})" for shown in data.to_numpy().tolist()]
        axes.set_yticks(range(len(data)), names, fontsize=SMALL)
        axes.set(xscale="log", xlim=(1_000, 1_000_000), ylim=(len(data) - 0.4, -0.6))
        ticks = (1_000, 10_000, 100_000, 1_000_000)
        axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks])
        axes.set_xlabel("people estimated (tenfold from tick to tick)")
    return fig, data


def two_humps() -> tuple[Figure, pd.DataFrame]:
    """The estimates of 1,000 resamples of the five UK lists, and two intervals below them.

    >>> fig, data = two_humps()
    >>> data["interval"].tolist()
    ['published', 'ours']
    """
    import pandas as pd

    estimates = evidence.table("mse_uk_resamples")["estimate"]
    ends = {
        "published": _ends("bootstrap", "low", "high"),
        "ours": _ends("resamples", "bca_low", "bca_high"),
    }
    with style():
        fig, (axes, below) = subplots(
            2, 1, figsize=(WIDE, 4.2), sharex=True, gridspec_kw={"height_ratios": [3, 1]}
        )
        _headline(axes)
        axes.hist(estimates, bins=range(0, 50_000, 1_000), color=BLUE, edgecolor="white", linewidth=0.5)
        axes.set_ylabel("resamples")
        for place, (name, (low, high)) in enumerate(ends.items()):
            below.plot([low, high], [place] * 2, color=ORANGE if place == 0 else BLUE, linewidth=6)
            below.text(high + 800, place, f"{low:,} to {high:,}", va="center", fontsize=SMALL)
            below.text(low - 800, place, name, va="center", ha="right", fontsize=SMALL)
        below.set(ylim=(1.7, -0.7), xlabel="people estimated, seen and unseen", xlim=(0, 58_000))
        below.set_yticks([])
        below.spines["left"].set_visible(False)
        _thousands(below)
    rows = [{"interval": name, "from": low, "to": high} for name, (low, high) in ends.items()]
    return fig, pd.DataFrame(rows)


def _ends(fact: str, low: str, high: str) -> tuple[int, int]:
    """Both ends of an interval, from a fact on the UK lists."""
    found = evidence.fact(f"prevalence-mse-uk-{fact}")
    return int(str(found[low].value)), int(str(found[high].value))


def _headline(axes: Axes, *, say: bool = True) -> None:
    """The people who were seen, as a line, and the published range, as a band."""
    fact = evidence.fact("prevalence-mse-uk-2013")
    seen, low, high = (float(str(fact[name].value)) for name in (_SEEN, _LOW, _HIGH))
    axes.axvspan(low, high, color=_BAND, zorder=0)
    axes.axvline(seen, color=GREY, linewidth=1.4, zorder=0)
    if say:
        top: dict[str, Any] = {"fontsize": SMALL, "va": "bottom", "transform": axes.get_xaxis_transform()}
        axes.text(seen, 1.01, f"{seen:,.0f} seen", ha="center", **top)
        axes.text(low, 1.01, "published range", ha="left", **top)


def _thousands(axes: Axes) -> None:
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
