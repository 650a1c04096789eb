"""The chart lab: what another choice brings, what cannot be drawn, and what is kept for the brief."""

from __future__ import annotations

import re
from typing import Any

import pytest

import notthesame as nts
from notthesame.labs.brief_chart import OPENS
from notthesame.questions import answers
from notthesame.subject.brief_charts import FEWEST, MOST
from notthesame.subject.brief_series import series


@pytest.fixture
def lab() -> Any:
    return nts.brief_chart()


@pytest.mark.parametrize("key", series())
def test_every_series_opens_with_rows_that_can_be_drawn(key: str, lab: Any) -> None:
    assert set(OPENS) == set(series())
    lab.set(series=key)
    assert FEWEST <= len(lab.rows) <= MOST and lab.picture and lab.verdict.startswith("No title yet. ")
    assert [line[0] for line in lab.lines] == lab.rows and 60 <= len(lab.alt) <= 300
    assert [name for name, _ in lab.listed] == list(series()[key].rows)
    assert lab.reasons == [f"What this table cannot tell: {series()[key].cannot_tell}"]


@pytest.mark.parametrize("way", ["from Python", "from the page"])
def test_another_series_brings_its_own_rows_and_drawing(lab: Any, way: str) -> None:
    lab.title = "A title that stays"
    assert lab.verdict == "A title that stays. Cases."
    lab.set_state({"series": "policing"}) if way == "from the page" else setattr(lab, "series", "policing")
    assert lab.draw == "dots" and {*lab.rows} < {*series()["policing"].rows}
    assert lab.title == "A title that stays"
    lab.reset()
    assert (lab.series, lab.draw, lab.title) == ("hotline", "line", "")


def test_what_is_set_together_stays_together_in_any_order(lab: Any) -> None:
    rows = list(series()["arrests"].rows)[2:5]
    lab.set(rows=rows[::-1], draw="bars", series="arrests")
    assert (lab.rows, lab.draw) == (rows, "bars")


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"rows": []}, "No chart yet: rows: 0 rows chosen; allowed are 2 to 8."),
        ({"series": "policing", "draw": "bars"}, "No chart yet: bars begin at zero"),
        ({"draw": "intervals"}, "No chart yet: the table has no interval for: 2015"),
        (
            {"series": "detected", "rows": list(series()["detected"].rows)[:4]},
            "No chart yet: a line wants one",
        ),
    ],
)
def test_a_choice_that_cannot_be_drawn_is_told_and_has_no_picture(
    lab: Any, changed: dict[str, Any], words: str
) -> None:
    lab.set(**changed)
    assert lab.verdict.startswith(words) and lab.message == lab.verdict
    assert not lab.picture and not lab.alt
    lab.title = "A title is here"
    lab.keep()
    assert lab.message.startswith("Not kept: ") and answers.latest("13-chart") is None
    lab.reset()
    assert lab.picture


def test_the_chart_is_kept_for_the_brief_once_it_has_a_title(lab: Any) -> None:
    lab.keep()
    assert lab.message == "Not kept: give it a title of 3 to 14 words."
    lab.title = "Cases of the hotline by year"
    lab.kept += 1
    assert lab.message == (
        "Kept: nts.brief() shows this chart now. Does its title say what was counted, and no more?"
    )
    assert nts.brief().brief.chart == lab.chart
    lab.keep()
    assert len([r for r in answers.load().records if r.question == "13-chart"]) == 1
    lab.set(series="arrests")
    lab.keep()
    assert "alt=" in nts.brief()._repr_html_() and nts.brief().brief.chart == lab.chart


def test_where_nothing_is_recorded_it_says_so(lab: Any) -> None:
    nts.do_not_record()
    try:
        lab.title = "Cases of the hotline by year"
        lab.keep()
        assert re.search("kept until the kernel stops", lab.message)
    finally:
        nts.do_not_record(False)
