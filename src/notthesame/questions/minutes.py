"""How long a question takes, by a model of a learner who reads, thinks and answers."""

from __future__ import annotations

from .. import questions

WORDS_A_MINUTE = 150  # unfamiliar text, read to be understood
THINK = 1.0  # minutes for a question; for one of a pre-test, which was not taught, half of that


def minutes_of(question: questions.Question) -> float:
    """Reading a question, thinking, and reading the reasons that a learner sees.

    >>> 1 < minutes_of(questions.question("00-title")) < 3
    True
    """
    words = len(f"{question.case} {question.stem}".split())
    words += sum(len(option.text.split()) for option in question.options.values())
    if question.mode == "test":
        return words / WORDS_A_MINUTE + THINK / 2
    reasons = [len(reason.split()) for _, reason, _ in question.reasons()]
    read = {"single": 1.0, "numeric": 1.0, "multiple": len(question.key) + 1.0}
    seen = read.get(question.kind, len(question.options) / 2)
    return (words + seen * sum(reasons) / len(reasons)) / WORDS_A_MINUTE + THINK
