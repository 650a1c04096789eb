"""The routes: what each holds, how long it takes, and that the README says the same."""

from __future__ import annotations

import re

import pytest

from notthesame import lessons, ways
from notthesame.authoring import generated
from notthesame.course import course

MARK, END = "<!-- routes: written by make data -->", "<!-- end of routes -->"


@pytest.mark.parametrize("name", [*lessons.ROUTES, ways.EVERY])
def test_a_route_takes_the_minutes_of_its_lessons_and_exercises(name: str) -> None:
    route = next(route for route in ways.routes().routes if route.name == name)
    numbers = [number for number, _ in route.stops]
    books = [book for book in lessons.read_all(course().lessons) if book.number in numbers]
    tasks = [book for book in lessons.read_all(course().exercises) if book.number in numbers]
    assert numbers == [book.number for book in books] and set(numbers) <= set(lessons.NUMBERS)
    assert route.alone == sum(book.minutes[0] for book in books if book.minutes) > 300
    assert route.in_class == sum(book.minutes[1] for book in books if book.minutes) > 300
    assert route.exercises == sum(book.task_minutes or 0 for book in tasks) > 100


def test_the_routes_on_the_page_link_their_lessons() -> None:
    found = ways.routes()
    assert str(found.__html__()).count("<a href=") == sum(len(route.stops) for route in found.routes)
    assert repr(found).startswith("Law: 00, 01, 02") and "alone" in repr(found)


@pytest.mark.parametrize(
    ("number", "there", "steps"),
    [
        ("00", lessons.NUMBERS, {"Law": ("", "01"), "Methods": ("", "01"), "Policy": ("", "01")}),
        ("02", lessons.NUMBERS, {"Law": ("01", "03"), "Methods": ("01", "06"), "Policy": ("01", "03")}),
        ("10", ("00", "09", "10"), {"Methods": ("09", "")}),
        ("12", ("04", "12", "13"), {"Law": ("04", "13"), "Policy": ("04", "13")}),
        ("99", lessons.NUMBERS, {}),
    ],
)
def test_what_comes_before_and_after_on_each_route(
    number: str, there: tuple[str, ...], steps: dict[str, tuple[str, str]]
) -> None:
    assert dict(lessons.steps(number, there)) == steps


def test_the_table_stands_between_its_marks_in_the_readme_and_nowhere_else() -> None:
    page = f"# A\n\n{MARK}\nold\n{END}\n\nEnd."
    made = generated.with_routes(page)
    assert "old" not in made and made.endswith(f"{END}\n\nEnd.")
    assert generated.with_routes(made) == made
    readme = (course().root / "README.md").read_text(encoding="utf-8")
    links = re.findall(r"\[\d\d\]\((lessons/\w+\.ipynb)\)", readme)
    assert links and all((course().root / link).exists() for link in links)
