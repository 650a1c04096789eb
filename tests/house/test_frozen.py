"""What a public call hands out cannot be changed, or its changes do not reach the next call."""

from __future__ import annotations

import contextlib
import dataclasses
import types
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import pandas as pd
import pytest
from traitlets import TraitError

import notthesame as nts
from notthesame import evidence, exercises, lessons, questions
from notthesame.course import course
from notthesame.questions import answers
from notthesame.subject import argument_map, polls, regulation, vignettes
from tests.subject.a_brief import ANSWERS

Given = Callable[[], Any]
LABS: list[Any] = [
    nts.argument_map,
    nts.brief_chart,
    nts.counting_lab,
    nts.definition_machine,
    nts.evidence_grid,
    nts.list_lab,
    nts.own_law,
    nts.town,
    nts.interval_game,
    nts.pooling_lab,
    nts.two_events,
    nts.wording_table,
    nts.unseen_lab,
]


def drawn(chart: str) -> Any:
    """The table that a chart shows."""
    return getattr(nts.charts, chart)()[1]


def state(lab: Callable[[], Any]) -> Any:
    """What a lab sends to the page."""
    return lab().trait_values(sync=True)


def my_answers() -> Any:
    """Answers, one of them a list, from disk."""
    answers.record("02-destitute", ["a", "b"], status="wrong", credit=0.0, once=True)
    return nts.my_answers()


CALLS: dict[str, Given] = {
    "answer": lambda: nts.answer("00-typed-call", ...),
    "brief": lambda: nts.brief(answers=ANSWERS),
    "check": lambda: nts.check("03-share", 80),
    "cite": lambda: nts.cite("platt2018"),
    "compare": lambda: nts.compare(nts.vignette("w02-bed")),
    "contents": nts.contents,
    "routes": nts.routes,
    "definitions": nts.definitions.instruments,
    "elements": lambda: nts.elements("us_sex_trafficking"),
    "fact": lambda: nts.fact("surveys-coyote2018-60-count"),
    "find": lambda: nts.find("hotline"),
    "figure": lambda: nts.figure(
        nts.charts.penalties()[0], alt="A word. " * 9, caption="Bars.", source="us_penalties", data=[{"a": 1}]
    ),
    "flashcards": nts.flashcards,
    "glossary": nts.glossary,
    "help_lines": nts.help_lines,
    "hint": lambda: nts.hint("03-share"),
    "label": lambda: nts.label("law-signing"),
    "lesson_vignettes": nts.lesson_vignettes,
    "listing": lambda: nts.listing("rollcall"),
    "multiple_systems": lambda: nts.multiple_systems.model_space(nts.table("mse_uk_five_lists")),
    "my_answers": my_answers,
    "outline": nts.outline,
    "own_instrument": lambda: nts.own_instrument(acts="act_harbour", means="none", purposes="none"),
    "pooling": lambda: nts.pooling.pool([0.1, 0.4, 0.9], [0.2, 0.2, 0.2]),
    "possible_bases": lambda: nts.possible_bases("33.8", 60, 98),
    "possible_counts": lambda: nts.possible_counts("33.8", 80),
    "progress": nts.progress,
    "sensitive_questions": lambda: nts.sensitive_questions.list_experiment([0, 1, 1, 3], [1, 2, 3, 3], 3),
    "sampling": lambda: nts.sampling.simulate_population(200),
    "switches": nts.switches,
    "table": lambda: nts.table("rollcall"),
    "terms": nts.terms,
    "verdicts": lambda: nts.verdicts(set()),
    "views": lambda: nts.views("v03-promised"),
    "vignette": lambda: nts.vignette("w02-bed"),
    "where_was_i": nts.where_was_i,
    **{f"charts.{name}": partial(drawn, name) for name in ("votes", "penalties")},
    **{make.__name__: partial(state, make) for make in LABS},
    # What the public calls are made of.
    "facts": evidence.known_facts,
    "sources": evidence.known_sources,
    "rows": lambda: evidence.rows("rollcall"),
    "descriptor": lambda: evidence.descriptor("rollcall"),
    "questions": questions.known_questions,
    "misconceptions": questions.misconceptions,
    "checks": exercises.checks,
    "vignettes": vignettes.vignettes,
    "jurisdictions": regulation.jurisdictions,
    "features": nts.definitions.features,
    "polls": polls.polls,
    "argument map": argument_map.course_map,
}
SHOW_OR_WRITE = {"ask", "retrieval", "review", "test_reasons", "task", "delete_answers", "do_not_record"}
SHOW_OR_WRITE |= {"export_answers", "fresh_copy", "charts", "my_change", "hand_in"}
ITS_OWN = {"comm", "layout", "holder", "itself", "keys", "log", "tabbable", "tooltip"}  # of a widget


def parts(value: Any) -> Iterator[Any]:
    """What a value is made of, one level down."""
    if isinstance(value, Mapping):
        yield from (part for name, part in value.items() if name not in ITS_OWN)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from value
    elif dataclasses.is_dataclass(value):
        yield from (getattr(value, field.name) for field in dataclasses.fields(value))


def written(value: Any) -> Any:
    """The whole value as text, to compare."""
    if isinstance(value, pd.DataFrame):
        return value.to_csv()
    if isinstance(value, Mapping):
        return {repr(name): written(part) for name, part in value.items() if name not in ITS_OWN}
    below = [written(part) for part in parts(value)]
    return below or (type(value).__name__ if isinstance(value, types.FunctionType) else repr(value))


def spoil(value: Any, depth: int = 0) -> None:
    """Try to change a value and everything in it, in every way that a cell may."""
    for part in list(parts(value)) if depth < 12 else ():
        spoil(part, depth + 1)
    attempts: list[Given] = [
        lambda: value.clear(),
        lambda: value.append("x"),
        lambda: value.add("x"),
        lambda: value.update({"x": "x"}),
        lambda: value.__setitem__(next(iter(value)), "x"),
        lambda: value.iloc.__setitem__((0, 0), None),
        lambda: value.insert(0, "x", 1),
        *(
            partial(setattr, value, field.name, "x")
            for field in (dataclasses.fields(value) if dataclasses.is_dataclass(value) else ())
        ),
    ]
    for attempt in attempts:
        with contextlib.suppress(TypeError, ValueError, AttributeError, KeyError, StopIteration, TraitError):
            attempt()


def test_every_public_name_that_gives_something_is_tried() -> None:
    assert {*nts.__all__} - SHOW_OR_WRITE <= {*CALLS}


@pytest.mark.parametrize("name", CALLS)
def test_what_is_handed_out_cannot_be_changed(name: str) -> None:
    given = CALLS[name]()
    before = written(given)
    assert before
    spoil(given)
    assert written(CALLS[name]()) == before


def test_the_notebooks_as_read_cannot_be_changed() -> None:
    book = lessons.read(lessons.files(course().lessons)[0])
    before = written(book)
    spoil(book)
    assert written(lessons.read(book.path)) == before
