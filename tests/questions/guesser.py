"""A guesser who knows no law and no statistics, only how options are worded.

Run as a script it reports the items whose key its wording gives away::

    python tests/questions/guesser.py 05

Two guessers: one cue alone (the option that has most, or least, of it), and all cues together: a conditional
logit over the options of an item (McFadden 1974), fitted on the other lessons' items.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from notthesame import questions
from notthesame.questions import Question

RIDGE = 2.0

_REASON = r"because|since|so that|so|as|for|due|therefore|thus|hence|which means|in order"
_ABSOLUTE = (
    r"all|always|never|none|no|only|every\w*|any\w*|nothing|nobody|must|cannot|entirely|whole|wholly"
    r"|alone"
)
_HEDGE = (
    r"may|might|can|could|some\w*|often|usually|perhaps|likely|partly|most|many|about|roughly|tends?|unless"
    r"|if"
)
_NEGATION = r"not|no|nor|neither|never|none|nothing|without|\w+n't|un\w{4,}"
_CONTRAST = r"but|while|whereas|although|though|yet|however|rather|than|instead|both|each|either"
_NUMERAL = r"\d[\d.,]*|two|three|four|five|six|seven|eight|nine|ten|half|third|quarter|per cent"
_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "it",
        "its",
        "that",
        "this",
        "and",
        "or",
        "by",
        "for",
        "with",
        "as",
        "from",
        "be",
        "what",
        "which",
    ]
)


def _count(pattern: str) -> Callable[[str, str], float]:
    found = re.compile(rf"\b(?:{pattern})\b", re.I)
    return lambda text, stem: float(len(found.findall(text)))


def _words(text: str) -> list[str]:
    return re.findall(r"[\w'’-]+", text.lower())


def _echoes(text: str, stem: str) -> float:
    """The share of an option's content words that the stem has too."""
    content = [word for word in _words(text) if word not in _SMALL]
    known = set(_words(stem))
    return sum(word in known for word in content) / max(len(content), 1)


CUES: Mapping[str, Callable[[str, str], float]] = {
    "length": lambda text, stem: float(len(text)),
    "reason words": _count(_REASON),
    "absolutes": _count(_ABSOLUTE),
    "hedges": _count(_HEDGE),
    "negations": _count(_NEGATION),
    "contrasts": _count(_CONTRAST),
    "echoes of the stem": _echoes,
    "numerals": _count(_NUMERAL),
    "commas": lambda text, stem: float(len(re.findall("[,;:]", text))),
    "long words": lambda text, stem: float(np.mean([len(word) for word in _words(text)] or [0])),
}


def singles(bank: Sequence[Question]) -> list[Question]:
    """The items with one key among options."""
    return [question for question in bank if question.kind == "single"]


def cues(question: Question) -> NDArray[np.float64]:
    """One row an option, one column a cue."""
    stem = f"{question.case} {question.stem}"
    return np.array(
        [[cue(option.text, stem) for cue in CUES.values()] for option in question.options.values()]
    )


def right(question: Question) -> int:
    """The place of the key among the options."""
    return list(question.options).index(question.key[0])


def hit(scores: NDArray[np.float64], key: int) -> float:
    """The chance that whoever takes the option of highest score, ties by lot, has the key."""
    best = np.isclose(scores, scores.max())
    return float(best[key] / best.sum())


def by_one_cue(items: Sequence[Question]) -> dict[str, float]:
    """The share right for whoever takes the option with most, and with least, of one cue; in per cent."""
    found: dict[str, float] = {}
    for column, name in enumerate(CUES):
        for sign, word in ((1.0, "most"), (-1.0, "least")):
            hits = [hit(sign * cues(item)[:, column], right(item)) for item in items]
            found[f"{word} {name}"] = 100 * float(np.mean(hits))
    return found


def features(question: Question) -> NDArray[np.float64]:
    """Cues as the fitted guesser sees them: relative to the item's other options, and at which edge."""
    raw = cues(question)
    spread = raw.std(axis=0)
    relative = np.where(spread > 0, (raw - raw.mean(axis=0)) / np.where(spread > 0, spread, 1), 0)
    extremes = [
        np.where((raw == edge) & (spread > 0), 1.0, 0.0) for edge in (raw.max(axis=0), raw.min(axis=0))
    ]
    return np.hstack([relative, *extremes])


def fit(items: Sequence[Question]) -> NDArray[np.float64]:
    """The weights of a ridge-penalised conditional logit."""
    seen = [(features(item), right(item)) for item in items]

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        value, slope = RIDGE * float(weights @ weights), 2 * RIDGE * weights
        for table, key in seen:
            scores = table @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            value -= float(np.log(chances[key]))
            slope = slope - table[key] + chances @ table
        return value, slope

    start = np.zeros(features(items[0]).shape[1])
    return np.asarray(minimize(loss, start, jac=True, method="L-BFGS-B").x)


def together(items: Sequence[Question]) -> dict[str, float]:
    """By item, the chance that all cues together, weighed on the other lessons, hit the key; in per cent."""
    found: dict[str, float] = {}
    for lesson in sorted({item.lesson for item in items}):
        weights = fit([item for item in items if item.lesson != lesson])
        for item in items:
            if item.lesson == lesson:
                found[item.id] = 100 * hit(features(item) @ weights, right(item))
    return found


def patterns(bank: Sequence[Question], kind: str) -> Counter[str]:
    """How often each key, written as its letters, occurs among multiples or orderings."""
    return Counter("".join(question.key) for question in bank if question.kind == kind)


def report(lesson: str = "") -> str:
    """What a guesser gains, over the bank and, for one lesson, item by item."""
    bank = list(questions.known_questions().values())
    items = singles(bank)
    found = together(items)
    mine = [item for item in items if not lesson or item.lesson == int(lesson)]
    lines = [f"all cues together, whole bank: {np.mean(list(found.values())):.0f} per cent of {len(items)}"]
    lines += [
        f"all cues together, these {len(mine)}: {np.mean([found[item.id] for item in mine]):.0f} per cent"
    ]
    whole, own = by_one_cue(items), by_one_cue(mine)
    lines += [f"  {name}: whole {value:.0f}, these {own[name]:.0f}" for name, value in whole.items()]
    lines += [f"keys: {dict(sorted(Counter(item.key[0] for item in mine).items()))}"]
    lines += [f"{kind} keys: {dict(patterns(bank, kind))}" for kind in ("multiple", "ordering")]
    for item in mine if lesson else ():
        sizes = [len(option.text) for option in item.options.values()]
        lines.append(f"{item.id}: key {item.key[0]}, hit {found[item.id]:.0f}, lengths {sizes}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(*sys.argv[1:2]))
