"""``routes()``: the ways through the course, each with its lessons and the time they take."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from . import _html, lessons
from .course import course

EVERY = "Every lesson"


@dataclass(frozen=True)
class Route:
    """A way through the course: its lessons in order, and minutes alone, in class, and of the exercises.

    stops: the number and the file name of each lesson. The minutes leave out the pre-test.
    """

    name: str
    stops: tuple[tuple[str, str], ...]
    alone: int
    in_class: int
    exercises: int

    @property
    def times(self) -> tuple[str, str, str]:
        """The three times in hours and minutes."""
        return in_hours(self.alone), in_hours(self.in_class), in_hours(self.exercises)


@dataclass(frozen=True, repr=False)
class Routes(_html.Block):
    """The routes side by side, and below them the whole course."""

    routes: tuple[Route, ...]

    HEADS = ("Route", "Lessons", "Alone", "In class", "Exercises")

    def __repr__(self) -> str:
        return "\n".join(_told(route) for route in self.routes)

    def __html__(self) -> Markup:
        rows = ((route.name, _linked(route), *route.times) for route in self.routes)
        return _html.table("The routes", self.HEADS, rows)


def routes() -> Routes:
    """The three routes and the whole course, each with its lessons and the time they take.

    >>> routes().routes[0].name, routes().routes[0].stops[0]
    ('Law', ('00', '00_start_here.ipynb'))
    """
    books = {book.number: book for book in lessons.read_texts(course().lessons)}
    tasks = {book.number: book.task_minutes or 0 for book in lessons.read_texts(course().exercises)}
    found = []
    for name, way in {**lessons.ROUTES, EVERY: tuple(books)}.items():
        there = [books[number] for number in way if number in books]
        alone, in_class = (sum(book.minutes[at] for book in there if book.minutes) for at in (0, 1))
        stops = tuple((book.number, book.path.name) for book in there)
        found.append(Route(name, stops, alone, in_class, sum(tasks.get(book.number, 0) for book in there)))
    return Routes(tuple(found))


def in_hours(minutes: int) -> str:
    """Minutes as a reader plans with them.

    >>> in_hours(415), in_hours(45), in_hours(120)
    ('6 h 55 min', '45 min', '2 h')
    """
    hours, rest = divmod(minutes, 60)
    return " ".join(part for part, n in ((f"{hours} h", hours), (f"{rest} min", rest)) if n) or "0 min"


def _told(route: Route) -> str:
    numbers = ", ".join(number for number, _ in route.stops)
    alone, in_class, tasks = route.times
    return f"{route.name}: {numbers}. {alone} alone, {in_class} in class, {tasks} for the exercises."


def _linked(route: Route) -> Markup:
    links = (_html.link(course().link_to(f"lessons/{file}"), number) for number, file in route.stops)
    return Markup(" ").join(links)


def as_markdown(found: Routes) -> str:
    """The same table as markdown, for a page at the root of the course.

    >>> as_markdown(Routes(())).splitlines()
    ['| Route | Lessons | Alone | In class | Exercises |', '| --- | --- | --- | --- | --- |']
    """
    rows = [found.HEADS, ("---",) * len(found.HEADS)]
    for route in found.routes:
        links = " ".join(f"[{number}](lessons/{file})" for number, file in route.stops)
        rows.append((route.name, links, *route.times))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
