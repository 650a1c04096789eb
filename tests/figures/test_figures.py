"""figure(): every chart is accessible, names its source and is the same each time."""

from __future__ import annotations

import base64
import gc
import io
import re
from typing import Any

import pandas as pd
import pytest
from matplotlib import pyplot
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.figure import Figure

import notthesame as nts
from notthesame import evidence, figures

pytestmark = pytest.mark.usefixtures("in_a_lesson")

ALT = "Two points lie on a line that rises from the left to the right of the chart."
CAPTION = "A line through two points."
FACT = "law-1591-penalties"


def line(title: str = "") -> Figure:
    fig, axes = pyplot.subplots(figsize=(2, 1))
    axes.plot([0, 1], [0, 1])
    axes.set_title(title)
    return fig


def show(fig: Figure | None = None, **changes: Any) -> figures.ShownFigure:
    words = {"alt": ALT, "caption": CAPTION, "source": FACT, **changes}
    shown = nts.figure(fig or line(), **words)
    assert isinstance(shown, figures.ShownFigure)
    return shown


def test_a_figure_has_alt_text_caption_and_source() -> None:
    page = str(show().__html__())
    assert f'<figure class="nts-figure" style="margin:0;overflow-x:auto"><img alt="{ALT}" style="' in page
    assert 'px" src="data:image/png;base64,' in page and page.endswith("</figure>")
    assert f"<figcaption>{CAPTION} Source: " in page
    assert f'<a href="../data/ledger.md#{FACT}">{evidence.fact(FACT).link_title}</a>' in page
    picture = base64.b64decode(re.search(r"base64,([^\"]+)", page)[1])  # type: ignore[index]
    assert pyplot.imread(io.BytesIO(picture), format="png").shape[0] > 50


def test_a_table_may_be_the_source_and_there_may_be_several() -> None:
    page = str(show(source=[FACT, "us_penalties"]).__html__())
    assert '; <a href="../data/tables/us_penalties.csv">table “Federal penalties”</a>.' in page


def test_its_plain_text_is_its_alt_text() -> None:
    assert repr(show()) == f"Figure. {ALT}"


@pytest.mark.parametrize("length", [60, 300])
def test_alt_texts_within_the_bounds(length: int) -> None:
    assert show(alt=("word " * 60)[: length - 1] + ".").alt


@pytest.mark.parametrize("alt", ["", "x" * 59, "x" * 301, " " * 80, f"{'x' * 59}  "])
def test_alt_texts_outside_the_bounds(alt: str) -> None:
    with pytest.raises(ValueError, match=rf"alt has {len(alt.strip())} characters; allowed are 60 to 300"):
        show(alt=alt)


def test_an_alt_text_that_repeats_caption_or_title_is_refused() -> None:
    with pytest.raises(ValueError, match="alt repeats the caption or a title"):
        show(alt=CAPTION + "x" * 60, caption=CAPTION + "x" * 60)
    with pytest.raises(ValueError, match="alt repeats the caption or a title"):
        show(line(ALT), alt=f" {ALT} ")


def test_a_figure_without_caption_or_source_is_refused() -> None:
    lacking: list[dict[str, Any]] = [{"caption": ""}, {"source": []}, {"source": ()}]
    for changes in lacking:
        with pytest.raises(ValueError, match="needs a caption and at least one source"):
            show(**changes)


def test_an_unknown_source_is_refused_with_the_nearest() -> None:
    with pytest.raises(ValueError, match=r"no fact or table 'us_penalty'\. .*us_penalties"):
        show(source=[FACT, "us_penalty"])


def test_texts_are_escaped() -> None:
    nasty = '<script>alert("1")</script> & so on, and so on, and so on, and so on.'
    page = str(show(alt=nasty, caption="<b>c</b>", after="<i>s</i>", data=[{"<u>": "<s>"}]).__html__())
    for tag in ("<script", "<b>", "<i>", "<u>", "<s>"):
        assert tag not in page
    assert 'alt="&lt;script&gt;alert(&#34;1&#34;)&lt;/script&gt; &amp; so on' in page


def test_predict_before_reveal_lies_in_a_closed_block() -> None:
    page = str(show(after="Open when you have a guess").__html__())
    assert page.startswith("<details><summary>Open when you have a guess</summary><style>")
    assert page.endswith("</figure></details>") and "<details open" not in page
    assert "<details>" not in show().__html__()


def test_the_data_are_there_as_a_table() -> None:
    data = pd.DataFrame(
        {"name": ["a", "b"], "years": pd.array([10, None], dtype="Int64"), "share": [0.5, float("nan")]}
    )
    page = str(show(data=data).__html__())
    assert "<details><summary>The data of this figure as a table</summary><table>" in page
    assert re.findall(r'<th scope="col"[^>]*>(\w+)</th>', page) == ["Name", "Years", "Share"]
    assert re.findall(r"<td[^>]*>([^<]*)</td>", page) == ["a", "10", "0.5", "b", "", ""]


def test_rows_are_shown_under_the_right_column() -> None:
    page = str(show(data=[{"a": 1, "b": 2}, {"b": 4, "a": 3}, {"a": 5}]).__html__())
    assert re.findall(r"<td[^>]*>([^<]*)</td>", page) == ["1", "2", "3", "4", "5", ""]


def test_the_figure_is_closed_so_that_it_is_not_shown_twice() -> None:
    fig = line()
    show(fig)
    assert not pyplot.fignum_exists(fig.number)


def test_a_drawn_figure_and_a_lab_at_rest_hold_no_pixels() -> None:
    """One picture is megabytes, and a kernel keeps its figures."""

    def canvases() -> int:
        gc.collect()
        return sum(isinstance(found, RendererAgg) for found in gc.get_objects())

    before = canvases()
    (fig, axes), lab = figures.subplots(figsize=(2, 1)), nts.two_events()
    axes.set_title("A title")
    show(fig)
    lab.set(noise=20)
    assert canvases() == before
    assert len(figures.png(fig).getvalue()) > 1000  # and it can be drawn again


def test_the_same_input_gives_the_same_page() -> None:
    assert show(data=[{"a": 1}])._repr_html_() == show(data=[{"a": 1}])._repr_html_()


def test_the_style_holds_for_one_chart_only() -> None:
    before = pyplot.rcParams["axes.spines.top"], pyplot.rcParams["font.size"]
    with figures.style():
        assert pyplot.rcParams["axes.spines.top"] is False
    assert (pyplot.rcParams["axes.spines.top"], pyplot.rcParams["font.size"]) == before


@pytest.mark.parametrize("words", ["from $5_a to $6", "$5^ and $6", "$5, $6"])
def test_prices_in_a_chart_are_no_formula(words: str) -> None:
    fig = line(words)
    fig.axes[0].set_xticks([0, 1], [words, words])
    assert show(fig).picture
    assert not any(text.get_parse_math() for text in (fig.axes[0].title, *fig.axes[0].get_xticklabels()))


def test_a_formula_of_the_learners_own_is_still_one() -> None:
    fig = line(r"$\frac{x}{2}$ and $n$")
    assert show(fig).picture and fig.axes[0].title.get_parse_math()


# --- the palette ------------------------------------------------------------------------------------


def luminance(colour: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_of_contrast() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", ["BLUE", "ORANGE", "GREEN", "GREY", "INK"])
def test_the_palette_stands_out_from_white(name: str) -> None:
    assert contrast(getattr(figures, name), "#FFFFFF") >= 3


def test_type_on_a_coloured_ground_can_be_read() -> None:
    for ink, ground in ((figures.INK, "#F1F1F1"), (figures.INK, "#FFE3C2"), ("#FFFFFF", figures.BLUE)):
        assert contrast(ink, ground) >= 4.5


def test_a_listing_shows_a_table_with_what_it_cannot_tell() -> None:
    shown = nts.listing("rollcall", "question", "yea", after="Open it")
    page = str(shown.__html__())
    assert page.startswith("<details><summary>Open it</summary><table>") and page.count("<tr>") == 1 + len(
        evidence.rows("rollcall")
    )
    assert page.count('<th scope="col"') == 2 and "Reasons for votes and absences" in page
    assert '<a href="../data/tables/rollcall.csv">' in page
    assert repr(shown).splitlines()[0] == "Walters amendment (adds SESTA text); 308"
    assert nts.listing("rollcall").rows == tuple(dict(row) for row in evidence.rows("rollcall"))


def test_a_long_listing_is_folded_by_the_values_of_a_column() -> None:
    page = nts.listing("rollcall", "question", "yea", by="chamber")._repr_html_()
    found = [row["chamber"] for row in evidence.rows("rollcall")]
    for chamber in set(found):
        assert f"<details><summary>{chamber} ({found.count(chamber)})</summary><table>" in page
    assert page.count("<table>") == len(set(found)) and "chamber" not in page
    with pytest.raises(KeyError, match="There is no column 'room'"):
        nts.listing("rollcall", by="room")


def test_a_listing_of_what_is_not_there_names_the_nearest() -> None:
    with pytest.raises(KeyError, match=r"rollcall: There is no column 'yes'"):
        nts.listing("rollcall", "yes")
    with pytest.raises(KeyError, match="Nearest: rollcall"):
        nts.listing("rollcal")
