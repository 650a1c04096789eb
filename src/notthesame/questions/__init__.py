"""Questions: the bank, scoring, a learner's answers, earlier questions again, the question on the page."""

from .bank import Bank, bank_faults, known_questions, load_bank, of_lesson, question
from .beliefs import Misconception, load_misconceptions, misconception_faults, misconceptions
from .model import BLOOM, KINDS, Diagnosis, Option, Question, Span

__all__ = [
    "BLOOM",
    "KINDS",
    "Bank",
    "Diagnosis",
    "Misconception",
    "Option",
    "Question",
    "Span",
    "bank_faults",
    "known_questions",
    "load_bank",
    "load_misconceptions",
    "misconception_faults",
    "misconceptions",
    "of_lesson",
    "question",
]
