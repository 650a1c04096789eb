"""The claims that a fact-checker draws are the course's own; all can come, and a seed draws the same."""

from __future__ import annotations

import re

import pytest

from notthesame import cli, evidence, lessons
from notthesame.authoring import sample
from notthesame.authoring.numerals import numerals
from notthesame.course import course


def test_every_link_to_the_ledger_is_a_claim() -> None:
    books = lessons.read_all(course().lessons)
    links = sum(len(re.findall(r"\]\(\.\./data/ledger\.md#", c.source)) for b in books for c in b.markdown())
    assert len(sample.claims(course())) == links
    for claim in sample.claims(course()):
        assert f"[{claim.words}]{{{claim.fact}}}" in claim.paragraph and evidence.fact(claim.fact)


def test_a_claim_is_told_with_its_entry(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sample", "--size", "3", "--seed", "14", "--figures"]) == 0
    told = capsys.readouterr().out
    drawn = re.findall(r"^## \d+\. Lesson (\d\d), cell (\d+), (\S+)\n\nWords: (.*)", told, re.M)
    assert len(drawn) == 3
    for number, cell, fact, words in drawn:
        book = next(b for b in lessons.read_all(course().lessons) if b.number == number)
        assert f"[{words}](../data/ledger.md#{fact} " in book.cells[int(cell) - 1].source
        assert evidence.fact(fact).statement.split()[0] in told and any(numerals(words))


def test_another_seed_draws_others_and_the_same_the_same() -> None:
    first, again, other = (sample.sample(course(), 20, seed) for seed in (1, 1, 2))
    assert first == again != other


@pytest.mark.parametrize("size", ["0", "100000"])
def test_a_size_that_cannot_be_is_one_line(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sample", "--size", size, "--seed", "1"]) == 1
    assert re.fullmatch(rf"the size is {size}; allowed: 1 to \d+, .*\n", capsys.readouterr().err)
