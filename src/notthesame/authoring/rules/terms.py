"""Rules about terms: an entry of the glossary is whole, and no lesson uses a term before it is introduced."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ... import evidence, questions
from ..._loading import no_such
from ...lessons import Notebook, plain
from ...subject.glossary import Meaning, meanings, standing
from ..faults import Fault
from .whole import Whole, cell_of

FILE = "glossary.yaml"
SHORTEST, LONGEST = 15, 40  # words of a meaning


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of a term."""
    for term, found in meanings().items():
        yield from entry_faults(term, found)
    yield from place_faults(whole.lessons)
    for lesson in whole.lessons:
        yield from early_faults(lesson)


def entry_faults(term: str, found: Meaning) -> Iterator[Fault]:
    """A meaning has its length, says who uses the term, and names facts and beliefs that exist."""
    words = len(found.text.split())
    if not SHORTEST <= words <= LONGEST:
        yield Fault("length of a meaning", FILE, f"{term} has {words} words; allowed are 15 to 40")
    if not found.used_by:
        yield Fault("term without users", FILE, f"{term} does not say who uses it (used_by)")
    for fact in set(found.facts) - set(evidence.known_facts()):
        yield Fault("unknown fact", FILE, f"{term} names the fact {fact!r}, which does not exist")
    known = questions.misconceptions()
    for slug in found.misconceptions:
        if slug not in known:
            yield Fault("unknown misconception", FILE, f"{term}: {no_such('misconception', slug, known)}")


def place_faults(lessons: tuple[Notebook, ...]) -> Iterator[Fault]:
    """A term stands on the page of the lesson that introduces it; where a header lists it the two agree."""
    by_number = {int(lesson.number): lesson for lesson in lessons}
    for term, found in meanings().items():
        lesson, form = by_number.get(found.lesson), standing((term, *found.also))
        if lesson and not any(form.search(_words(f"{cell.source} {cell.html}")) for cell in lesson.cells):
            yield Fault("term not introduced", FILE, f"{term} does not stand in {lesson.path.name}")
    for lesson in lessons:
        for term in lesson.terms:
            known = meanings().get(term)
            if known and known.lesson != int(lesson.number):
                words = f"{term!r} is new here, and in the glossary in lesson {known.lesson:02d}"
                yield Fault("term introduced twice", lesson.path.name, words)


def early_faults(lesson: Notebook) -> Iterator[Fault]:
    """No term stands in a lesson before the one that introduces it, unless it is an everyday word as well."""
    places = introduced()
    pattern = standing(places)
    for cell in lesson.markdown():
        for found in pattern.finditer(_words(cell.source)):
            number = places[found["form"].casefold()]
            if number > int(lesson.number):
                words = f"it says {found[0]!r}, a term that lesson {number:02d} introduces"
                yield Fault("term used early", cell_of(lesson, cell), words)


def introduced() -> Mapping[str, int]:
    """Each form of a term in small letters, with the first lesson that may use it; 0 for an everyday word."""
    places: dict[str, int] = {}
    for term, found in meanings().items():
        for form in (term, *found.also):
            number = 0 if found.everyday else found.lesson
            places[form.casefold()] = min(number, places.get(form.casefold(), number))
    return places


def _words(markdown: str) -> str:
    return " ".join(plain(markdown).split())
