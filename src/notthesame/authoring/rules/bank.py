"""Rules about the questions: reasons teach, keys cannot be guessed, numbers are those of the facts.

What a file of questions must hold to be read at all is said where it is read (``questions.bank``).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from ... import exercises, questions
from ...questions import Question, pointers
from .. import claims
from ..faults import Fault
from .whole import Whole

REASON_WORDS = range(15, 61)
LONGEST_IS_KEY = 0.35  # share of single choices whose key is the longest option
PLACES = (0.1, 0.4)  # share of four-option choices whose key is one letter
FEW = 8  # questions, below which no share is judged
LAZY = re.compile(r"\b(all|none|both|neither) of (the|these) (above|others|options|answers)\b|^none$", re.I)
_VERDICT = re.compile(r"(Right|Wrong|Correct|Incorrect|Yes|No)[.,!]")


def faults(whole: Whole) -> Iterator[Fault]:
    """Every fault of the bank."""
    sections = {question.section for question in whole.bank}
    for question in whole.bank:
        yield from number_faults(question, sections)
        yield from option_faults(question)
        yield from reason_faults(question)
    yield from pointer_faults(whole)
    yield from repeated(whole.bank)
    yield from misconception_faults(whole.bank)
    yield from cue_faults(whole.bank)


def number_faults(question: Question, sections: Iterable[str]) -> Iterator[Fault]:
    """Numbers in a question are values of the facts it names.

    Its invented case may hold any, and a heading that is named in quotation marks is free.
    """
    named = re.compile("|".join(f'"{re.escape(section)}"' for section in sections if section) or "(?!)")
    texts = {"stem": question.stem}
    texts |= {f"option {key}": option.text for key, option in question.options.items()}
    texts |= {f"reason {label}": text for label, text, _ in question.reasons()}
    for part, text in texts.items():
        where = f"question {question.id}, {part}"
        yield from claims.check_named(named.sub(" ", text), question.facts, where, free=question.case)


def option_faults(question: Question) -> Iterator[Fault]:
    """Options say something of their own."""
    where = f"question {question.id}"
    texts = [option.text.lower() for option in question.options.values()]
    if len(set(texts)) < len(texts):
        yield Fault("options alike", where, "two of its options say the same")
    if any(LAZY.search(option.text) for option in question.options.values()):
        yield Fault("lazy option", where, "an option says all or none of the others; name what is meant")
    if question.kind == "ordering" and list(question.key) == sorted(question.key):
        yield Fault("order as it stands", where, "the order is right as it stands; mix the options")


def reason_faults(question: Question) -> Iterator[Fault]:
    """Reasons have room to teach, and are more than the option or a verdict."""
    for label, reason, _ in question.reasons():
        where = f"question {question.id}, {label}"
        if len(reason.split()) not in REASON_WORDS:
            found = len(reason.split())
            yield Fault("length of a reason", where, f"the reason has {found} words; allowed are 15 to 60")
        if _VERDICT.match(reason):
            yield Fault("reason is a verdict", where, "the reason opens with a verdict; say why instead")
    for letter, option in question.options.items():
        if option.reason == option.text:
            where = f"question {question.id}, {letter.upper()}"
            yield Fault("reason repeats", where, "the reason repeats the option")


def pointer_faults(whole: Whole) -> Iterator[Fault]:
    """A heading that a reason names together with its lesson is there."""
    headings = {book.number: book.headings for book in whole.lessons}
    texts = [(f"question {q.id}, {label}", text) for q in whole.bank for label, text, _ in q.reasons()]
    for task in exercises.checks().values():
        said = (task.reason, task.otherwise, *(slip.reason for slip in task.slips), *task.hints)
        texts += [(f"exercise {task.id}", text) for text in said]
    for where, text in texts:
        for found in pointers.quoted(text):
            if found.lesson and found.heading not in headings.get(found.lesson, ()):
                words = f'it points to "{found.heading}" in lesson {found.lesson}, which is no heading there'
                yield Fault("dead pointer", where, words)


def repeated(bank: Iterable[Question]) -> Iterator[Fault]:
    """No two questions ask the same, and no two options share a reason."""
    stems: dict[tuple[str, str], str] = {}
    reasons: dict[str, str] = {}
    for question in bank:
        where, first = (
            f"question {question.id}",
            stems.setdefault((question.case, question.stem), question.id),
        )
        if first != question.id:
            yield Fault("question twice", where, f"it asks what {first} asks")
        for label, reason, _ in question.reasons():
            at = f"{where}, {label}"
            if (other := reasons.setdefault(reason, at)) != at:
                words = f"this reason stands already at {other}; each option has its own"
                yield Fault("reason twice", at, words)


def misconception_faults(bank: Iterable[Question]) -> Iterator[Fault]:
    """Each misconception says a belief and what is the case, and is used at least twice."""
    used = Counter(name for question in bank for _, _, name in question.reasons() if name)
    beliefs: dict[str, str] = {}
    for name, part in questions.misconceptions().items():
        if used[name] < 2:
            words = f"{name} is used {used[name]} times; each is used at least twice"
            yield Fault("misconception unused", "misconceptions.yaml", words)
        if len(part.belief.split()) < 5 or len(part.instead.split()) < 8:
            words = f"{name} is too short: a belief has 5 words or more, what is the case 8 or more"
            yield Fault("misconception unsaid", "misconceptions.yaml", words)
        if (other := beliefs.setdefault(part.belief, name)) != name:
            yield Fault("misconception twice", "misconceptions.yaml", f"{name} is the belief of {other}")


def cue_faults(bank: Iterable[Question]) -> Iterator[Fault]:
    """A learner must not find the key by its place, its length or its size."""
    kinds: dict[str, list[Question]] = defaultdict(list)
    for question in bank:
        kinds[question.kind].append(question)
    single, multiple = kinds["single"], kinds["multiple"]
    if len(single) >= FEW:
        longest = sum(max(q.options, key=lambda k: len(q.options[k].text)) in q.key for q in single)
        if longest / len(single) >= LONGEST_IS_KEY:
            share = longest / len(single)
            words = f"the right option is the longest in {share:.0%} of choices; allowed is under 35%"
            yield Fault("key by length", "bank", words)
    four = [q for q in single if len(q.options) == 4]
    for letter in "abcd" if len(four) >= FEW else "":
        share = sum(letter in q.key for q in four) / len(four)
        if not PLACES[0] <= share <= PLACES[1]:
            words = f"{letter} is right in {share:.0%} of choices; aim at a quarter, allowed 10% to 40%"
            yield Fault("key by place", "bank", words)
    if len(multiple) > 1 and len({len(q.key) for q in multiple}) == 1:
        yield Fault("key by size", "bank", "every multiple choice has the same number of right options")
