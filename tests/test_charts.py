"""The charts show the data they say they show: read from the drawn figure, not from the code that drew it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from matplotlib import pyplot
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import notthesame as nts
from notthesame import charts, definitions, evidence
from notthesame.figures import BLUE, INK

ARROW = "\N{BLACK RIGHT-POINTING TRIANGLE}"


@pytest.fixture(autouse=True)
def no_figure_left_open() -> Iterator[None]:
    yield
    pyplot.close("all")


def test_bars_of_the_penalties_run_from_minimum_to_maximum() -> None:
    fig, data = charts.penalties()
    [axes] = fig.axes
    rows = evidence.rows("us_penalties")
    assert len(axes.lines) == len(rows) == len(data) == 7
    longest = max(int(row["max_years"]) for row in rows if row["max_years"])
    for place, (bar, row) in enumerate(zip(axes.lines, rows, strict=True)):
        (start, end), heights = bar.get_xdata(), bar.get_ydata()
        assert start == int(row["min_years"]) and list(heights) == [place, place]
        if row["max_years"]:
            assert end == int(row["max_years"])
        else:
            assert end > longest


def test_arrows_stand_exactly_where_life_is_possible() -> None:
    fig, _ = charts.penalties()
    [axes] = fig.axes
    for text, row in zip(axes.texts, evidence.rows("us_penalties"), strict=True):
        life = row["life_possible"] == "true"
        assert (ARROW in text.get_text()) == life
        words = f"{row['min_years']} years to life" if life else f"up to {row['max_years']} years"
        assert text.get_text().removeprefix(f"{ARROW}  ") == words


def test_each_bar_is_named_by_its_provision() -> None:
    fig, _ = charts.penalties()
    [axes] = fig.axes
    names = [label.get_text() for label in axes.get_yticklabels()]
    provisions = [row["provision"] for row in evidence.rows("us_penalties")]
    assert len(names) == len(provisions)
    assert all(name.endswith(provision) for name, provision in zip(names, provisions, strict=True))
    assert axes.yaxis_inverted(), "the first row of the table stands at the top"


def test_the_axis_of_the_penalties_has_its_unit_and_holds_every_bar() -> None:
    fig, _ = charts.penalties()
    [axes] = fig.axes
    assert axes.get_xlabel() == "years of imprisonment" and axes.get_xlim()[0] == 0
    assert all(bar.get_xdata()[1] < axes.get_xlim()[1] for bar in axes.lines)


def test_the_data_beside_the_penalties_are_those_of_the_table() -> None:
    _, data = charts.penalties()
    table = nts.table("us_penalties")
    assert data.equals(table[list(data.columns)])


def grid_texts(cases: tuple[definitions.Vignette, ...]) -> dict[tuple[int, int], str]:
    fig, _ = charts.verdict_grid(cases)
    [axes] = fig.axes
    return {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in axes.texts
    }


def test_the_grid_prints_the_verdicts() -> None:
    cases = nts.lesson_vignettes()
    texts = grid_texts(cases)
    assert len(texts) == len(cases) * len(definitions.ON_PAGE) == 60
    words = {"met": "met", "not met": "not met", "depends": "depends ?"}
    for row, case in enumerate(cases):
        outcomes = {verdict.instrument: verdict.outcome for verdict in case.verdicts()}
        for column, key in enumerate(definitions.ON_PAGE):
            assert texts[row, column] == words[outcomes[key]], (case.id, key)
    assert set(texts.values()) == set(words.values())


def test_the_grid_names_its_rows_and_columns() -> None:
    cases = nts.lesson_vignettes()
    fig, _ = charts.verdict_grid(cases)
    [axes] = fig.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [case.title for case in cases]
    columns = [label.get_text() for label in axes.get_xticklabels()]
    assert columns == [charts.SHORT_NAMES[key] for key in definitions.ON_PAGE]
    assert axes.get_ylim() == (len(cases), 0), "the first case stands at the top"


def test_colour_repeats_the_word_and_is_never_the_only_sign() -> None:
    cases = nts.lesson_vignettes()
    fig, _ = charts.verdict_grid(cases)
    [axes] = fig.axes
    grounds = {
        (int(patch.get_y()), int(patch.get_x())): to_hex(patch.get_facecolor()).upper()
        for patch in axes.patches
        if isinstance(patch, Rectangle)
    }
    texts = grid_texts(cases)
    assert grounds.keys() == texts.keys()
    by_word: dict[str, set[str]] = {}
    for place, word in texts.items():
        by_word.setdefault(word, set()).add(grounds[place])
    assert by_word["met"] == {BLUE} and len(set().union(*by_word.values())) == len(by_word) == 3


def test_type_in_the_grid_is_dark_on_light_and_light_on_dark() -> None:
    fig, _ = charts.verdict_grid(nts.lesson_vignettes())
    [axes] = fig.axes
    inks = {text.get_text(): to_hex(text.get_color()).upper() for text in axes.texts}
    assert inks == {"met": "#FFFFFF", "not met": INK, "depends ?": INK}


def test_the_data_beside_the_grid_are_the_verdicts() -> None:
    cases = nts.lesson_vignettes()
    _, data = charts.verdict_grid(cases)
    for row, case in zip(data.to_dict("records"), cases, strict=True):
        assert row.pop("vignette") == case.title
        assert row == {
            v.instrument: v.outcome for v in case.verdicts() if v.instrument in definitions.ON_PAGE
        }


def test_a_grid_of_other_instruments() -> None:
    fig, data = charts.verdict_grid(nts.lesson_vignettes()[:2], ("us_severe_labour",))
    assert list(data.columns) == ["vignette", "us_severe_labour"] and len(fig.axes[0].texts) == 2
