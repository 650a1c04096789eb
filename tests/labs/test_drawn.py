"""What the labs with a picture promise of it: the same for the same state, whatever was shown before."""

from __future__ import annotations

import base64
import importlib
import io
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib.figure import Figure
from PIL import Image

import notthesame as nts
from notthesame import figures, labs
from notthesame.charts.moving import rounded
from notthesame.labs import LABS
from notthesame.labs.drawn import DrawnLab, TriedLab

# Of each lab, states whose pictures have little in common: other limits, other parts.
STATES: dict[str, list[dict[str, Any]]] = {
    "two_events": [
        {"lag": 7},
        {"noise": 25, "first_effect": 40},
        {"second": "2018-06-20", "window": 30},
        {"begins": "after both"},
        {"second": "2018-04-06", "seed": 3},
    ],
    "list_lab": [{"share": 21}, {"share": 99, "hides": 0, "n": 5000}, {"items": 8}, {"seed": 2}],
    "town": [
        {"random_n": 400},
        {"sampler": "random", "ratio": 1},
        {"sampler": "respondent-driven", "wave": 2},
        {"sampler": "respondent-driven", "seeds": 1, "coupons": 2},
    ],
    "unseen_lab": [
        {"terms": ["LA:NG"]},
        {"charge": "AIC"},
        {"terms": ["LA:NG", "NG:GP"], "infinite": "not charged"},
    ],
    "pooling_lab": [
        {"studies": ["Elmes", "Lyons"]},
        {"baseline": 90},
        {"interval": "the next place (prediction)"},
    ],
}
EACH = pytest.mark.parametrize("call", STATES)


def new(call: str) -> DrawnLab:
    made = getattr(nts, call)()
    assert isinstance(made, DrawnLab)
    return made


def test_every_lab_with_a_picture_has_its_states() -> None:
    for module in LABS.values():
        importlib.import_module(f"{labs.__name__}.{module}")
    kinds = {*DrawnLab.__subclasses__(), *TriedLab.__subclasses__()} - {TriedLab}
    assert {LABS[call] for call in STATES} == {kind.__module__.rpartition(".")[2] for kind in kinds}


@EACH
def test_the_same_state_has_the_same_picture_whatever_was_shown_before(call: str) -> None:
    lab, seen = new(call), []
    for values in (*STATES[call], *STATES[call][::-1]):
        lab.reset()
        lab.set(**values)
        seen.append(lab.picture)
    assert seen == seen[::-1] and len(set(seen)) == len(STATES[call])
    for values, shown in zip(STATES[call], seen, strict=False):
        fresh = new(call)
        fresh.set(**values)
        assert fresh.picture == shown, values
    lab.reset()
    assert lab.picture == new(call).picture


@EACH
def test_the_picture_is_that_of_a_new_figure(call: str) -> None:
    """Moved, or drawn anew and saved: they differ at most where something lies over an axis."""
    lab = new(call)
    for values in STATES[call][1:3]:
        lab.set(**values)
        whole = type(lab._drawn)(Figure(figsize=lab.kind.size, dpi=figures.SHARPER * figures.PX_PER_INCH))
        first, second = io.BytesIO(base64.b64decode(lab.picture)), whole.png(lab.reading)
        assert first.getvalue() == second
        saved = np.asarray(Image.open(figures.png(whole.fig)).convert("L"), dtype=int)
        moved = np.asarray(Image.open(first).convert("L"), dtype=int)
        assert saved.shape == moved.shape and (abs(saved - moved) > 32).mean() < 0.002


@EACH
def test_what_others_set_in_between_changes_no_picture(call: str) -> None:
    lab = new(call)
    others: dict[Any, Any] = {
        "font.size": 30,
        "font.family": "serif",
        "lines.linewidth": 9,
        "savefig.dpi": 20,
    }
    others |= {
        "axes.facecolor": "black",
        "figure.facecolor": "black",
        "path.simplify": False,
        "figure.constrained_layout.use": True,
    }
    for values in STATES[call][1:3]:
        lab.reset()
        lab.set(**values)
        wanted = lab.picture
        lab.reset()
        with matplotlib.rc_context(others):
            lab.set(**values)
        assert lab.picture == wanted
        with matplotlib.rc_context(others):
            fresh = new(call)
            fresh.set(**values)
        assert fresh.picture == wanted


def test_limits_hold_what_they_are_for_and_seldom_change() -> None:
    limits = {rounded(20 + shift / 10, 60 + shift / 10) for shift in range(50)}
    assert all(low < 20 and high > 60 for low, high in {rounded(20, 60)}) and len(limits) < 6
    for ends in ((0, 0), (-1e-9, 1e-9), (3, 3.001), (-60, 4e4)):
        low, high = rounded(*ends)
        assert low < ends[0] <= ends[1] < high and high - low < 1.7 * max(ends[1] - ends[0], 0.8)
