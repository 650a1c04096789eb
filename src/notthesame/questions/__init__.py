"""Questions: the bank, scoring, a learner's answers, earlier questions again, the question on the page."""

from .bank import (
    BLOOM,
    KINDS,
    Bank,
    Diagnosis,
    Misconception,
    Option,
    Question,
    Span,
    known_questions,
    load_bank,
    misconceptions,
    question,
)

__all__ = [
    "BLOOM",
    "KINDS",
    "Bank",
    "Diagnosis",
    "Misconception",
    "Option",
    "Question",
    "Span",
    "known_questions",
    "load_bank",
    "misconceptions",
    "question",
]
