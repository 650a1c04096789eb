"""Questions and misconceptions in the language of the course in use: words change, keys and numbers never."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .. import lessons, translation
from ..course import course, read_once
from ..translation import TranslatedQuestion, mark
from .model import Question


def mark_of(question: Question) -> str:
    """The mark of a question's words and of what decides it, by which a translation is seen to be current.

    >>> from notthesame.questions import question
    >>> len(mark_of(question("02-destitute")))
    8
    """
    bounds = [str((span.low, span.high)) for span in question.ranges]
    decides = (question.kind, str(question.key), str(question.value), str(question.tolerance), *bounds)
    return mark(*strings(question), *decides)


def strings(question: Question) -> tuple[str, ...]:
    """Every text of a question that a reader sees, in one order in every language.

    >>> from notthesame.questions import question
    >>> len(strings(question("02-destitute")))
    11
    """
    texts = (option.text for option in question.options.values())
    return (question.case, question.stem, question.unit, *texts, *(text for _, text, _ in question.reasons()))


def misfits(question: Question, entry: TranslatedQuestion) -> Iterator[str]:
    """What a translation lacks, or has too much, beside the English.

    >>> from notthesame.questions import question
    >>> [*misfits(question("02-destitute"), TranslatedQuestion("", "Cuál?"))][1]
    'options are lettered not at all; the English has a, b, c, d'
    """
    given, otherwise = entry.options, question.otherwise.reason if question.otherwise else ""
    pairs = {"case": question.case, "unit": question.unit, "reason": question.reason, "otherwise": otherwise}
    for name, english in pairs.items():
        if bool(getattr(entry, name)) != bool(english):
            yield f"{name} is {'missing' if english else 'too much: the English has none'}"
    if list(given) != list(question.options):
        found = ", ".join(given) or "not at all"
        yield f"options are lettered {found}; the English has {', '.join(question.options) or 'none'}"
    if len(entry.ranges) != len(question.ranges):
        yield f"{len(entry.ranges)} reasons in ranges; the English has {len(question.ranges)}"


def in_language(question: Question) -> Question:
    """The question with the words of a translation; as it is in English, and where no current entry fits it.

    >>> from notthesame.questions import question
    >>> in_language(question("02-destitute")) is question("02-destitute")
    True
    """
    if course().base is None:
        return question
    section = _sections(question.taught).get(question.section, question.section)
    entry = translation.questions(f"{question.lesson:02}").get(question.id)
    current = entry and entry.of == mark_of(question) and not translation.unfinished(entry)
    if entry is None or not current or any(misfits(question, entry)):
        return replace(question, section=section)
    options = {
        letter: replace(option, text=entry.options[letter].text, reason=entry.options[letter].reason)
        for letter, option in question.options.items()
    }
    ranges = (replace(span, reason=said) for span, said in zip(question.ranges, entry.ranges, strict=True))
    otherwise = question.otherwise and replace(question.otherwise, reason=entry.otherwise)
    return replace(
        question,
        section=section,
        case=entry.case,
        stem=entry.stem,
        unit=entry.unit,
        options=options,
        reason=entry.reason,
        ranges=tuple(ranges),
        otherwise=otherwise,
        language=course().language,
    )


@read_once
def _sections(number: int) -> Mapping[str, str]:
    """The headings of a lesson in the language of the course, by the English ones, without "More"."""
    for path in lessons.files(course().lessons):
        if path.name.startswith(f"{number:02}_") and not lessons.damage(path):
            book = lessons.read(path, outputs=False)
            pairs = zip(book.original.headings, book.headings, strict=False) if book.original else ()
            return {english: own for english, own in pairs if english != lessons.MORE}
    return {}
