"""The charts show the data they say they show: read from the drawn figure, not from the code that drew it."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from numpy import ndenumerate
from pandas import DataFrame

import notthesame as nts
from notthesame import charts, evidence
from notthesame.charts import models, path
from notthesame.figures import BLUE, GREEN, ORANGE
from notthesame.statistics import interrupted_series
from notthesame.subject import definitions, regulation
from tests.figures.drawn import bars, xs, ys

ARROW = "\N{BLACK RIGHT-POINTING TRIANGLE}"


def test_bars_of_the_penalties_run_from_minimum_to_maximum() -> None:
    fig, data = charts.penalties()
    [axes] = fig.axes
    rows = evidence.rows("us_penalties")
    assert len(axes.lines) == len(rows) == len(data) == 7
    longest = max(int(row["max_years"]) for row in rows if row["max_years"])
    for place, (bar, row) in enumerate(zip(axes.lines, rows, strict=True)):
        (start, end), heights = xs(bar), ys(bar)
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
    assert all(xs(bar)[1] < axes.get_xlim()[1] for bar in axes.lines)


def test_the_data_beside_the_penalties_are_those_of_the_table() -> None:
    _, data = charts.penalties()
    table = nts.table("us_penalties")
    assert data.equals(table[list(data.columns)])


# --- lesson 04 ---


def test_the_timeline_has_four_events_in_three_weeks_and_all_events_above() -> None:
    fig, data = charts.timeline()
    every, weeks = fig.axes
    rows = sorted(evidence.rows("fosta_timeline"), key=lambda row: row["date"])
    found = {row["id"]: datetime.date.fromisoformat(row["date"]) for row in rows}
    days = [found[name].toordinal() for name in path.WEEKS]
    assert days == sorted(days) and days[-1] - days[0] == 21
    [marks] = every.collections
    assert len(marks.get_segments()) == len(rows)  # type: ignore[attr-defined]
    assert [xs(line)[0] for line in weeks.lines if line.get_marker() == "o"] == days
    words = [text.get_text() for text in weeks.texts]
    assert words[-1] == "21 days" and len(words) == 5
    for text, (name, what) in zip(words, path.WEEKS.items(), strict=False):
        assert text == f"{found[name].day} {found[name]:%B}: {what}"
    assert list(data["date"]) == [found[name].isoformat() for name in path.WEEKS]


def roll_call(chamber: str, question: str) -> dict[str, dict[str, str]]:
    return {
        row["party"]: dict(row)
        for row in evidence.rows("rollcall")
        if row["chamber"] == chamber and row["question"].startswith(question)
    }


VOTES = (("House", "Walters"), ("House", "On passage"), ("Senate", "On passage"))


def test_the_bars_of_the_votes_are_shares_of_votes_cast_by_party() -> None:
    fig, _ = charts.votes()
    [axes] = fig.axes
    found: dict[tuple[int, str, str], float] = {}
    colours = {BLUE: "Democrat", ORANGE: "Republican", GREEN: "Independent"}
    for bar in axes.patches:
        assert isinstance(bar, Rectangle)
        row = round(bar.get_y() + bar.get_height() / 2)
        side = "yea" if bar.get_x() + bar.get_width() / 2 >= 0 and bar.get_width() >= 0 else "nay"
        found[row, colours[to_hex(bar.get_facecolor()).upper()], side] = abs(bar.get_width())
    for row, (chamber, question) in enumerate(VOTES):
        vote = roll_call(chamber, question)
        cast = int(vote["all"]["yea"]) + int(vote["all"]["nay"])
        for party in vote.keys() - {"all"}:
            for side in ("yea", "nay"):
                share = 100 * int(vote[party][side]) / cast
                assert found.get((row, party, side), 0) == pytest.approx(share), (chamber, party, side)


def test_each_vote_has_its_question_and_its_counts() -> None:
    fig, _ = charts.votes()
    [axes] = fig.axes
    texts = [text.get_text() for text in axes.texts]
    names = [label.get_text().replace("\n", " ") for label in axes.get_yticklabels()]
    assert len(names) == len(VOTES) and all(name.endswith("?") for name in names)
    for name, (chamber, question) in zip(names, VOTES, strict=True):
        total = roll_call(chamber, question)["all"]
        day = datetime.date.fromisoformat(total["date"])
        assert name.startswith(f"{chamber}, {day.day} {day:%B %Y} ")
        for side, word in (("yea", "yes"), ("nay", "no")):
            [label] = [text for text in texts if text.startswith(f"{total[side]} {word}\n")]
            parts = {part[-1]: int(part[:-2]) for part in label.partition("\n")[2].split(", ")}
            split = {p[0]: int(v[side]) for p, v in roll_call(chamber, question).items() if p != "all"}
            assert parts == {party: n for party, n in split.items() if n}
    assert axes.yaxis_inverted() and "per cent of votes cast" in axes.get_xlabel()


def test_without_the_merging_the_votes_are_those_on_passage() -> None:
    fig, data = charts.votes(merging=False)
    names = [label.get_text() for label in fig.axes[0].get_yticklabels()]
    assert len(names) == 2 and not any("Walters" in text for text in (*names, *data["vote"]))


def test_the_data_beside_the_votes_are_those_of_the_roll_calls() -> None:
    _, data = charts.votes()
    rows = [row for row in evidence.rows("rollcall") if not row["question"].startswith("Cloture")]
    found = {tuple(row) for row in data[["party", "yes", "no", "not voting"]].itertuples(index=False)}
    assert len(data) == len(rows) == 10
    assert found == {(row["party"], row["yea"], row["nay"], row["not_voting"]) for row in rows}


# --- the trails and the windows of lesson 06 ---

TRAIL_60 = [row for row in evidence.rows("citation_trail_60_percent") if row["percent_stated"]]


def trail_cells(fig: Figure, columns: int) -> list[list[tuple[str, bool]]]:
    """The words of each drawn slot, line breaks taken out, and whether its frame marks a change."""
    [axes] = fig.axes
    words = [" ".join(text.get_text().split()) for text in axes.texts][columns:]
    framed = [to_hex(patch.get_edgecolor()).upper() == ORANGE for patch in axes.patches]
    cells = list(zip(words, framed, strict=True))
    return [cells[i : i + columns] for i in range(0, len(cells), columns)]


def test_the_same_share_stands_in_every_document_that_prints_one() -> None:
    fig, data = charts.same_share()
    rows = [row for row in evidence.rows("citation_trail_60_percent") if row["percent_stated"]]
    [line] = fig.axes[0].lines
    shares = [float(row["percent_stated"]) for row in rows]
    assert ys(line) == shares == list(data["per cent"]) and len(set(shares)) == 1
    assert all(row["date"][:4] in name for row, name in zip(rows, data["document"], strict=True))


def test_the_trail_of_60_per_cent_prints_each_slot_of_the_table() -> None:
    fig, data = charts.trail_of_60_per_cent()
    grid = trail_cells(fig, len(data.columns))
    assert len(grid) == len(TRAIL_60) == len(data) == 4
    for drawn, row in zip(grid, TRAIL_60, strict=True):
        document, base, *slots = (words.removeprefix(f"{ARROW} ") for words, _ in drawn)
        assert row["who"] in document and row["date"][:4] in document
        assert base == (f"{row['count_stated']} of {row['n_stated']}" if row["n_stated"] else "not stated")
        wanted = ("what_respondents_did", "client_descriptor", "reason_given", "exposure_named")
        assert slots == [row[name] for name in wanted]


def test_the_marks_of_the_trail_of_60_per_cent_agree_with_the_table() -> None:
    fig, data = charts.trail_of_60_per_cent()
    grid, names = trail_cells(fig, len(data.columns)), list(data.columns)
    first = {name: next(i for i, row in enumerate(grid) if row[names.index(name)][1]) for name in names[1:]}
    base = next(i for i, row in enumerate(TRAIL_60) if not row["n_stated"])
    backpage = next(i for i, row in enumerate(TRAIL_60) if "Backpage" not in row["exposure_named"])
    had_to = next(i for i, row in enumerate(TRAIL_60) if "had to" in row["what_respondents_did"])
    harder = next(i for i, row in enumerate(TRAIL_60) if row["client_descriptor"] != "less safe")
    assert (first["base"], first["exposure"], first["verb"], first["descriptor"]) == (
        base,
        backpage,
        had_to,
        harder,
    )
    assert not any(marked for _, marked in grid[0]), "the first text changes nothing"
    assert not any(marked for _, marked in grid[-1]), "the blog post repeats the article, slot by slot"


def test_the_trail_of_90_per_cent_prints_the_numbers_of_its_sources() -> None:
    fig, data = charts.trail_of_90_per_cent()
    grid = trail_cells(fig, len(data.columns))
    rows = {row["step"]: row for row in evidence.rows("citation_trail_90_percent_ads")}
    remark = evidence.fact("law-wagner-87-percent")
    first, low = (f"{int(rows[step]['figure']):,}" for step in ("1", "3"))
    figures = [row[1][0] for row in grid]
    assert first in figures[0] and low in figures[0]
    assert rows["4"]["figure"].lstrip("-") in figures[1] and str(remark["claimed"].value) in figures[2]
    assert rows["5"]["figure"] in figures[3] and "11 April 2018" in grid[2][0][0]
    assert [row[5][0] for row in grid][1::2] == [rows["4"]["exposure_named"], rows["5"]["exposure_named"]]
    assert str(remark["claimed_on"].value) == "2018-04-11"


def test_advertisements_become_trafficking_at_the_signing() -> None:
    fig, data = charts.trail_of_90_per_cent()
    place = list(data.columns).index("descriptor")
    marked = [row[place][1] for row in trail_cells(fig, len(data.columns))]
    assert marked == [False, False, True, False]
    assert list(data["descriptor"]) == ["for sex", "for sex", "sex trafficking", "sex trafficking"]


@pytest.mark.parametrize("draw", [charts.trail_of_60_per_cent, charts.trail_of_90_per_cent])
def test_a_changed_slot_has_a_sign_as_well_as_a_colour(draw: Callable[[], tuple[Figure, DataFrame]]) -> None:
    fig, data = draw()
    cells = [cell for row in trail_cells(fig, len(data.columns)) for cell in row]
    assert any(marked for _, marked in cells)
    assert all(words.startswith(ARROW) == marked for words, marked in cells)


@pytest.mark.parametrize("draw", [charts.trail_of_60_per_cent, charts.trail_of_90_per_cent])
def test_no_words_of_a_trail_leave_their_slot(draw: Callable[[], tuple[Figure, DataFrame]]) -> None:
    fig, data = draw()
    [axes] = fig.axes
    fig.canvas.draw()
    texts = axes.texts[len(data.columns) :]
    for text, patch in zip(texts, axes.patches, strict=True):
        words, slot = text.get_window_extent(), patch.get_window_extent()
        assert slot.x0 <= words.x0 and words.x1 <= slot.x1, text.get_text()
        assert slot.y0 <= words.y0 and words.y1 <= slot.y1, text.get_text()


def test_the_windows_are_like_for_like_and_those_of_the_tables() -> None:
    fig, data = charts.three_windows()
    hotline = {
        row["measure"]: int(row["value"])
        for row in evidence.rows("hotline")
        if row["year"] == "2019" and row["read"] == "primary"
    }
    arrests = {
        row["series"]: int(row["value"]) for row in evidence.rows("us_arrests") if row["year"] == "2019"
    }
    cases = {
        row["series"]: int(row["value"])
        for row in evidence.rows("us_federal_trafficking")
        if row["year"] == "2019"
    }
    export, new = "human_trafficking_offences_agency_export_", "hti_new_criminal_cases_"
    sex = [hotline["cases_sex"], arrests[f"{export}commercial_sex"], cases[f"{new}sex_trafficking"]]
    other = [arrests[f"{export}servitude"], cases[f"{new}forced_labour"]]
    everything = [hotline["cases"], sex[1] + other[0], sex[2] + other[1]]
    assert [list(data[name]) for name in ("sex trafficking", "all forms")] == [sex, everything]
    for panel, wanted in zip(fig.axes, (sex, everything), strict=True):
        assert [bar.get_width() for bar in bars(panel)] == wanted
        assert panel.get_xlim()[0] == 0 and panel.yaxis_inverted()
        printed = [text.get_text() for text in panel.texts]
        assert [text.partition(" ")[0] for text in printed] == [f"{number:,}" for number in wanted]
        assert [text.partition(" ")[2] for text in printed] == list(data["unit"])


# --- lesson 11 -------------------------------------------------------------------------------------------


def test_the_switchboard_prints_every_cell_with_its_sign_and_its_doubts() -> None:
    places = regulation.jurisdictions()
    fig, data = charts.switchboard()
    [axes] = fig.axes
    texts_in_cells = [text for text in axes.texts if text.get_position()[0] < 5]
    assert len(texts_in_cells) == 29 * 5 and axes.get_ylim() == (29, 0)
    named = {text.get_text() for text in axes.texts if text not in texts_in_cells}
    assert named == {"called ban on buying", "called licensing", "called decriminalised"}
    assert data["usually called"].value_counts().to_dict() == {
        "ban on buying": 9,
        "licensing": 9,
        "decriminalised": 7,
        "no one name": 4,
    }
    assert [label.get_text() for label in axes.get_xticklabels()] == list(regulation.SWITCHES.values())
    texts = {
        (int(text.get_position()[1]), int(text.get_position()[0])): text.get_text() for text in texts_in_cells
    }
    for row, place in enumerate(places):
        assert (
            " ".join(axes.get_yticklabels()[row].get_text().split())
            == place.name
            == data["jurisdiction"][row]
        )
        for column, (name, switch) in enumerate(place.switches.items()):
            shown = texts[row, column]
            assert models.SIGNS[switch.code] in shown
            assert ("(" in shown) == (not switch.verified and switch.code != "unknown")
            assert ("≠" in shown) == bool(switch.disputed_in)
            assert data[regulation.SWITCHES[name]][row] == switch.words


def test_an_unverified_cell_of_the_switchboard_is_not_coloured() -> None:
    fig, _ = charts.switchboard()
    [axes] = fig.axes
    switches = [switch for place in regulation.jurisdictions() for switch in place.switches.values()]
    patches = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    for switch, patch in zip(switches, patches, strict=True):
        plain = not switch.verified or switch.code == "unknown"
        assert (to_hex(patch.get_facecolor()) == "#ffffff") == plain


def test_the_evidence_map_counts_every_finding_once() -> None:
    fig, data = charts.evidence_map()
    [axes] = fig.axes
    counts = data.drop(columns="outcome").to_numpy()
    assert counts.sum() == 40 and list(data["outcome"]) == list(regulation.STUDY_OUTCOMES.values())
    drawn = {
        (int(text.get_position()[1]), int(text.get_position()[0])): int(text.get_text())
        for text in axes.texts
    }
    assert drawn == {(row, column): n for (row, column), n in ndenumerate(counts) if n}


def test_the_change_in_northern_ireland_is_drawn_from_the_periods() -> None:
    fig, data = charts.ni_change()
    [axes] = fig.axes
    before, after = (int(row["days"]) for row in evidence.rows("debate_ni_periods"))
    days, total, daily = data.to_dict("records")
    longer = after / before
    assert days["as reported or computed, per cent"] == round(100 * (longer - 1), 2)
    assert (total["lowest, per cent"], total["highest, per cent"]) == (4.5, 5.5)
    assert daily["lowest, per cent"] == pytest.approx(100 * (1.045 / longer - 1), abs=0.006)
    assert daily["highest, per cent"] == pytest.approx(100 * (1.055 / longer - 1), abs=0.006)
    assert daily["lowest, per cent"] < 0 < daily["highest, per cent"]
    bars, points = axes.lines[:-1:2], axes.lines[1:-1:2]
    for line, point, row in zip(bars, points, (days, total, daily), strict=True):
        assert xs(line) == pytest.approx([row["lowest, per cent"], row["highest, per cent"]], abs=0.006)
        assert xs(point)[0] == pytest.approx(row["as reported or computed, per cent"], abs=0.006)


def test_the_reweighted_outcome_says_that_it_is_invented_and_lies_on_the_line() -> None:
    fig, data = charts.reweighted(70, 40)
    [axes] = fig.axes
    assert "invented" in axes.get_title(loc="left").lower() and "invented" in axes.get_ylabel()
    shares = [float(row["german_citizens_percent"]) for row in evidence.rows("debate_germany_sample")]
    assert list(data["German citizens, per cent"]) == shares
    wanted = [0.7 * share + 0.4 * (100 - share) for share in shares]
    assert list(data["invented outcome, per cent"]) == [round(value, 1) for value in wanted]
    line, *points = axes.lines
    assert xs(line) == [0, 100] and ys(line) == [40, 70]
    assert [ys(point)[0] for point in points] == pytest.approx(wanted)


def test_nothing_moves_when_both_groups_answer_alike() -> None:
    _, data = charts.reweighted(50, 50)
    assert set(data["invented outcome, per cent"]) == {50.0}


def test_the_people_charged_are_the_parts_of_their_total() -> None:
    fig, data = charts.charged_2022()
    [axes] = fig.axes
    found = evidence.fact("prevalence-bjs-definition")
    widths = [int(bar.get_width()) for bar in axes.patches if isinstance(bar, Rectangle)]
    names = ("charged", "trafficking_chapter", "exploitation_of_children", "other_statutes")
    assert widths == list(data["people charged"]) == [found[name].value for name in names]
    assert widths[0] == sum(widths[1:]), "the first bar is made up of the others"
    assert [text.get_text() for text in axes.texts] == [f"{width:,}" for width in widths]
    assert axes.get_xlabel() == "people charged" and axes.get_xlim()[0] == 0


def test_the_hotline_totals_are_those_of_the_table_and_their_ledger_entry() -> None:
    fig, data = charts.hotline_2016()
    [axes] = fig.axes
    widths = [int(bar.get_width()) for bar in axes.patches if isinstance(bar, Rectangle)]
    rows = {
        int(row["value"]): row["scope"]
        for row in evidence.rows("hotline")
        if (row["year"], row["measure"]) == ("2016", "cases")
    }
    assert widths == sorted(rows) == list(data["cases"])
    found = evidence.fact("prevalence-hotline-scope")
    names = ("state_pages", "hotline_only", "restated", "all_channels")
    assert widths == [found[name].value for name in names]
    labels = [label.get_text().replace("\n", " ").lower() for label in axes.get_yticklabels()]
    assert labels == [rows[width].lower() for width in widths]
    assert axes.get_xlim()[0] == 0, "bars start at zero, so that a small spread looks small"


def test_the_picture_of_two_days_shows_counts_and_events_and_no_answer() -> None:
    fig, rows = charts.two_days()
    [axes] = fig.axes
    series, *events = axes.lines
    setting = interrupted_series.Setting(noise=20)
    assert [xs(line)[0] for line in events] == [0, setting.gap]
    assert ys(series) == list(interrupted_series.draw(setting, 1))
    shown = {row["day"]: row["synthetic count"] for row in rows}
    drawn = dict(zip(xs(series), ys(series), strict=True))
    assert shown == {day: round(drawn[day], 1) for day in shown} and {0, setting.gap} <= shown.keys()
    assert "ynthetic" in axes.get_title(loc="left") and "synthetic" in axes.get_ylabel()


def test_the_bars_of_the_headline_start_at_zero_and_differ_by_the_reported_rise() -> None:
    fig, data = charts.ni_headline()
    drawn = bars(fig.axes[0])
    assert [bar.get_x() for bar in drawn] == [0, 0]
    rise = float(str(evidence.fact("debate-ni-computation")["rise_reported"].value))
    assert [bar.get_width() for bar in drawn] == [100, 100 + rise] == list(data.iloc[:, 1])


def test_the_answers_on_consent_are_those_of_the_table_and_none_is_from_memory() -> None:
    fig, data = charts.consent_answers()
    [axes] = fig.axes
    read = [row for row in evidence.rows("debate_positions") if row["read"] != "recalled"]
    rows = sorted(read, key=lambda row: int(row["year"]))
    assert [" ".join(text.get_text().split()) for text in axes.texts] == [
        row["can_consent_be_valid"] for row in rows
    ]
    assert [int(xs(line)[0]) for line in axes.lines] == [int(row["year"]) for row in rows]
    assert "recalled" not in set(data["read"]) and len(data) == len(rows)
    for text, row in zip(axes.texts, rows, strict=True):
        said_yes = row["can_consent_be_valid"].startswith("yes")
        assert to_hex(text.get_color()).upper() == (BLUE if said_yes else ORANGE)


def test_agreement_counts_each_case_once_and_names_none() -> None:
    cases = nts.lesson_vignettes()
    fig, data = charts.agreement(cases)
    met = [
        sum(v.outcome == "met" for v in case.verdicts() if v.instrument in definitions.ON_PAGE)
        for case in cases
    ]
    assert list(data["cases"]) == [met.count(number) for number in range(6)] and data["cases"].sum() == len(
        cases
    )
    [axes] = fig.axes
    assert [bar.get_height() for bar in bars(axes)] == list(data["cases"])
    shown = " ".join(found.get_text() for found in fig.findobj(Text) if isinstance(found, Text))
    assert not [case.title for case in cases if case.title in shown]


def test_words_and_what_they_name_are_the_terms_of_the_table() -> None:
    fig, data = charts.words_and_what_they_name()
    terms = nts.table("terms")
    assert list(data["word"]) == list(terms["term"]) and list(data["names"]) == list(terms["names"])
    [axes] = fig.axes
    dots = sum(len(xs(line)) for line in axes.lines)
    assert dots == sum(len(names.split(" and ")) for names in terms["names"])
    assert [label.get_text() for label in axes.get_yticklabels()] == list(terms["term"])
