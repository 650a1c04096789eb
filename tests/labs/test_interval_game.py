"""The interval game, driven by value in a plain Python."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

import notthesame as nts
from notthesame import evidence
from notthesame._reading import interval
from notthesame.charts.own_answers import NOTHING, RULE, UNRECORDED, draw
from notthesame.figures import ALT_LENGTH, BLUE
from notthesame.front.widget import Widget
from notthesame.labs import interval_game
from notthesame.labs.interval_game import IntervalGame, static_block, verdict
from notthesame.questions import answers
from notthesame.statistics.calibration import by_confidence
from notthesame.subject.quantities import quantities
from tests.figures.drawn import xs, ys
from tests.labs.outline import Outline

ALL = dict.fromkeys(quantities(), (0, 10**6))  # hold every figure


@pytest.fixture
def game() -> IntervalGame:
    made = nts.interval_game()
    assert isinstance(made, IntervalGame)
    return made


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[answers.Store]:
    """Answers in a folder of their own, empty at first."""
    own = answers.Store(tmp_path / "answers")
    for name in ("record", "load"):
        monkeypatch.setattr(answers, name, getattr(own, name))
    yield own
    Widget.unrecorded = False


def everything(game: IntervalGame) -> str:
    """All that the page has, as text."""
    return str({name: value for name, value in game.get_state().items() if name[0] != "_"})


# --- before and after a figure is shown ---------------------------------------------------------------------


def test_no_figure_reaches_the_page_before_its_interval(game: IntervalGame) -> None:
    figures = {name: asked.in_words for name, asked in quantities().items()}
    assert not [words for words in figures.values() if words in everything(game)]
    game.set(votes="50 to 150")
    assert [name for name, words in figures.items() if words in everything(game)] == ["votes"]
    assert game.rows["votes"] == {
        "figure": "107 votes",
        "outcome": "inside your interval",
        "source": f"Source: {evidence.cite(quantities()['votes'].known.source).short}.",
    }


def test_typing_alone_shows_nothing(game: IntervalGame) -> None:
    game.typed = {"votes": ["50", "150"]}
    assert game.rows == game.intervals == {}
    game.asked += 1
    assert game.intervals == {"votes": [50, 150]} and list(game.rows) == ["votes"]


def test_show_without_guessing_shows_all_and_counts_only_intervals(game: IntervalGame) -> None:
    game.typed = {"votes": ["50 to 150", ""], "poll": ["many", ""]}
    game.skipped += 1
    assert list(game.rows) == list(quantities())
    assert game.intervals == {"votes": [50, 150]} and "votes" not in game.opened
    assert game.rows["poll"]["outcome"] == "no interval given"
    assert game.message == "Your one interval held the figure. All figures are shown."


def test_without_any_interval_nothing_is_counted(game: IntervalGame) -> None:
    game.skipped += 1
    assert game.said == [] and game.message.startswith("No interval was given, so there is nothing to count.")


def test_an_interval_is_settled_once_its_figure_is_shown(game: IntervalGame) -> None:
    game.set(votes="50 to 60")
    game.opened = ["poll"]
    before = game.get_state()
    for name in ("votes", "poll"):
        with pytest.raises(ValueError, match=rf"{name} is shown already; game.reset\(\) begins again"):
            game.set(**{name: (0, 1000)})
    game.typed = {**game.typed, "votes": ["0", "1000"]}
    game.asked += 1
    assert game.intervals == before["intervals"] and game.typed["votes"] == ["50", "60"]
    game.set(votes="50 to 60", calls=(1, 2))  # the same again is no change
    assert list(game.rows) == ["votes", "poll", "calls"]


def test_it_can_begin_again(game: IntervalGame) -> None:
    first = {name: value for name, value in game.get_state().items() if name not in ("answered", "asked")}
    game.typed = {"votes": ["50", "150"], "calls": ["x", ""]}
    game.asked += 1
    game.opened = ["poll"]
    game.reset()
    now = game.get_state()
    assert {name: now[name] for name in first} == first
    game.set(poll="20 to 40")
    assert list(game.rows) == ["poll"]


# --- what was typed -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boxes", "ends"),
    [
        (["10", "50"], [10, 50]),
        (["10 to 50", ""], [10, 50]),
        (["", "10 to 50"], [10, 50]),
        (["1,000", "2,000"], [1000, 2000]),
        (["20 %", "30 per cent"], [20, 30]),
        (["0,5", " 1.5 "], [0.5, 1.5]),
        (["ten", "twenty"], [10, 20]),
        (["50", "50"], [50, 50]),
    ],
)
def test_boxes_are_read_as_people_write(game: IntervalGame, boxes: list[str], ends: list[float]) -> None:
    game.typed = {"votes": boxes}
    game.asked += 1
    assert game.intervals == {"votes": ends} and game.wrong == []


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (["50", "10"], "Question 1: found '50 to 10'; the upper end lies below the lower one"),
        (["50 to 10", ""], "Question 1: found '50 to 10'; the upper end lies below the lower one"),
        (["few", "many"], "Question 1: found 'few to many'; a lower and an upper end are wanted"),
        (["many", ""], "Question 1: found 'many'; a lower and an upper end are wanted, such as 10 to 50."),
        (["1 to 2", "3"], "Question 1: found '1 to 2 to 3'"),
    ],
)
def test_a_wrong_entry_gets_one_line_and_loses_nothing(
    game: IntervalGame, boxes: list[str], words: str
) -> None:
    game.set(calls="10 to 20")
    game.typed = {**game.typed, "votes": boxes, "poll": ["20", "30"]}
    assert game.wrong == ["votes"] and game.message.startswith(words), "told while it is typed"
    game.asked += 1
    assert game.typed["votes"] == boxes and list(game.rows) == ["poll", "calls"]
    assert game.message.startswith(words) and "2 intervals" in game.message
    game.typed = {**game.typed, "votes": ["50", "150"]}
    assert game.wrong == [] and "Question" not in game.message


@pytest.mark.parametrize(("boxes", "end"), [(["50", ""], "upper"), (["", "50"], "lower")])
def test_a_missing_end_is_told_when_figures_are_asked_for(
    game: IntervalGame, boxes: list[str], end: str
) -> None:
    game.typed = {"survey": boxes}
    assert "missing" not in game.message and game.wrong == []
    game.asked += 1
    assert game.message.startswith(f"Question 2: the {end} end is missing.") and game.rows == {}


@pytest.mark.parametrize(
    ("given", "ends"),
    [
        ("10 to 50", (10, 50)),
        ("10-50", (10, 50)),
        ("10 % - 50 %", (10, 50)),
        ("10 per cent - 50 per cent", (10, 50)),
        ("10–50 %", (10, 50)),
        ("-5-5", (-5, 5)),
        ("−5 to −1", (-5, -1)),
        ("between 10 and 50 votes", (10, 50)),
        ("From 1,000 to 2,000", (1000, 2000)),
        ("1,000, 2,000", (1000, 2000)),
        ("0,5; 1,5", (0.5, 1.5)),
        ("10 .. 50", (10, 50)),
        ((10, "50 %"), (10, 50)),
        (["10", 50], (10, 50)),
    ],
)
def test_an_interval_is_read_in_every_form(given: Any, ends: Any) -> None:
    assert interval(given) == ends


@pytest.mark.parametrize(
    "given", ["", "10", "10 50", "10,50", "10 to", "1 to 2 to 3", 10, None, (1, 2, 3), {}]
)
def test_what_is_no_interval_is_refused(given: Any) -> None:
    with pytest.raises(ValueError, match="a lower and an upper end are wanted, such as 10 to 50"):
        interval(given)


# --- what it comes to ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("hits", range(6))
def test_the_chances_are_binomial(hits: int) -> None:
    intervals: list[tuple[float, float]] = [(0.0, 1.0)] * hits + [(2.0, 3.0)] * (5 - hits)
    first, chances, usual = verdict(intervals, [1] * 5)
    assert first == f"{hits or 'None'} of your 5 intervals held the figure."
    percent = 100 * stats.binom.pmf(hits, 5, 0.9)
    words = "fewer than 1" if percent < 0.5 else f"about {percent:.0f}"
    assert f"{hits} of 5 would hold in {words} of 100 games" in chances
    assert usual.startswith("3 to 5 of 5 hold in about 99 of 100 games at 90 per cent, and still in about 50")
    assert 100 * stats.binom.sf(2, 5, 0.5) == pytest.approx(50)


def test_it_judges_nobody(game: IntervalGame) -> None:
    for given in (ALL, dict.fromkeys(quantities(), (0, 0))):
        game.reset()
        game.set(**given)
        said = " ".join(game.said)
        assert "So one game says little about anybody." in said
        assert not re.search(r"\b(overconfident|good|bad|poor|well|wrong|you are)\b", said, re.I)


@pytest.mark.parametrize("n", range(1, 6))
def test_fewer_intervals_have_their_own_chances(game: IntervalGame, n: int) -> None:
    game.set(**dict(list(ALL.items())[:n]))
    assert f"{n} of {n} would hold in about {100 * 0.9**n:.0f} of 100 games" in game.said[0]
    assert len(game.said) == (1 if n == 1 else 2), "of one interval nothing is unusual"


# --- the learner's own answers ------------------------------------------------------------------------------


def answered(store: answers.Store, confidence: float, right: int, of: int, start: int = 0) -> None:
    for place in range(of):
        status = "right" if place < right else "wrong"
        store.record(
            f"02-q{confidence:g}-{start + place}", "a", status=status, credit=None, confidence=confidence
        )


def test_nothing_recorded_is_said_in_one_line(game: IntervalGame, store: answers.Store) -> None:
    game.counts += 1
    assert (game.own, game.levels, game.picture, game.alt) == ([NOTHING], [], "", "")
    store.record("02-q", "a", status="right", credit=1.0)
    game.counts += 1
    assert game.own == [NOTHING], "an answer without a confidence"


def test_answers_are_counted_when_asked_for_and_not_before(game: IntervalGame, store: answers.Store) -> None:
    answered(store, 70, 4, 6)
    answered(store, 90, 4, 4)
    assert game.levels == [] and nts.interval_game().levels == []
    game.counts += 1
    wilson = stats.binomtest(4, 6).proportion_ci(method="wilson")
    ends = f"{100 * wilson.low:.0f} to {100 * wilson.high:.0f}"
    assert game.levels == [["70", "6", "67 (4 of 6)", ends], ["90", "4", "too few to say", ""]]
    assert game.own == [RULE] and game.message.endswith("10 answers of your own counted.")
    assert base64.b64decode(game.picture).startswith(b"\x89PNG")
    assert len(game.alt) in ALT_LENGTH and "70: 67" in game.alt and "90" not in game.alt


def test_where_all_are_too_few_there_is_no_picture(game: IntervalGame, store: answers.Store) -> None:
    answered(store, 70, 2, 4)
    game.counts += 1
    assert game.levels == [["70", "4", "too few to say", ""]] and game.picture == game.alt == ""


def test_the_alt_text_fits_every_count(game: IntervalGame, store: answers.Store) -> None:
    for confidence in range(0, 101, 10):
        answered(store, confidence, 5, 5)
    game.counts += 1
    assert len(game.alt) in ALT_LENGTH and len(game.levels) == 11


def test_counting_writes_nothing(game: IntervalGame, store: answers.Store, tmp_path: Path) -> None:
    answered(store, 70, 4, 6)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    game.counts += 1
    game.set(**ALL)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before != {}


def test_where_recording_is_off_it_says_so_and_a_saved_notebook_holds_nothing(
    game: IntervalGame, store: answers.Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "_store", store)
    answered(store, 70, 4, 6)
    game._ipython_display_()
    nts.do_not_record()
    answered(store, 70, 1, 1, start=6)
    game.counts += 1
    assert game.own == [UNRECORDED, RULE] and game.levels[0][:3] == ["70", "7", "71 (5 of 7)"]
    game.set(**ALL)
    saved = {**game.get_state(), **game.instead}
    assert not any(saved[name] for name in ("levels", "own", "picture", "alt", "intervals", "typed", "rows"))
    nts.do_not_record(False)
    game.counts += 1
    assert game.own == [RULE] and game.instead == {}


# --- the picture --------------------------------------------------------------------------------------------


def test_the_picture_shows_shares_intervals_and_counts() -> None:
    levels = by_confidence([(70, True)] * 4 + [(70, False)] * 2 + [(90, True)] * 3)
    [axes] = draw(levels).axes
    stated, span, point = axes.lines
    assert xs(stated) == ys(stated)
    assert xs(span) == [70, 70] and ys(span) == [100 * levels[0].low, 100 * levels[0].high]  # type: ignore[operator]
    assert (xs(point), ys(point)) == ([70], [100 * levels[0].share]) and point.get_color() == BLUE
    assert {text.get_position()[0]: text.get_text() for text in axes.texts} == {70: "6", 90: "3"}


# --- without a kernel ---------------------------------------------------------------------------------------


def test_the_static_block_asks_openly_and_tells_in_closed_blocks() -> None:
    block, outline = static_block(), Outline(static_block())
    for asked in quantities().values():
        assert asked.ask in outline.read_at_once and asked.in_words not in outline.read_at_once
        assert f"ledger.md#{asked.fact}" in block and asked.in_words in outline.text
    assert "about 59" in outline.text and "about 59" not in outline.read_at_once
    assert not set(evidence.known_sources()) & set(re.findall(r"\w+", outline.text)), "a key is no name"


def test_the_rate_is_the_one_that_it_says() -> None:
    assert interval_game.RATE == 0.9 and "90 per cent" in static_block()
