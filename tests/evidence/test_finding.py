"""The search of the ledger: what it finds, in which order, and what it says where it finds nothing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notthesame as nts
from notthesame import evidence
from notthesame.evidence import finding


def test_words_are_found_in_ids_statements_sources_and_tables() -> None:
    found = nts.find("hotline")
    assert len(found.facts) == finding.MOST and found.tables == ("hotline",)
    assert all("hotline" in f"{fact.id} {fact.statement}".lower() for fact in found.facts)
    assert re.match(r"\d+ entries have this word; the best 12 are here. To see others", found.lines[0])
    assert "debate-mackinnon" in [fact.id for fact in nts.find("Catharine MacKinnon").facts]
    assert nts.find("surveys").facts == nts.find("Survey").facts


def test_entries_with_more_of_the_words_come_first() -> None:
    found = nts.find("the hotline in 2018")
    assert found.facts[0].id == "prevalence-hotline-2018"
    first = repr(nts.find("policing violence")).splitlines()[2].lower()
    assert "polic" in first and "violence" in first


@pytest.mark.parametrize(
    ("words", "sought"),
    [
        ("FOSTA vote", "law-house-vote"),
        ("FOSTA vote", "law-senate-vote"),
        ("Backpage advertisements fell", "surveys-ads-series"),
        ("several totals", "prevalence-hotline-scope"),
        ("House vote FOSTA range", "law-house-vote"),
    ],
)
def test_what_lacks_a_word_follows_what_has_all(words: str, sought: str) -> None:
    found = nts.find(words)
    assert sought in [fact.id for fact in found.facts] and "all of these words" in found.lines[0]


def test_the_line_says_how_many_have_all_of_the_words() -> None:
    found = nts.find("hotline totals")
    assert found.lines[0] == "2 entries have all of these words and come first; those that follow lack one."
    assert [fact.id for fact in found.facts[:2]] == ["prevalence-hotline-scope", "prevalence-hotline-states"]
    none = nts.find("Ireland buying sex law").lines[0]
    assert none.startswith("No entry has all of these words; those with most of them come first.")
    assert nts.find("hotline totals zzzzz").lines[0].startswith("No entry has all")
    assert nts.find("adverts").facts == nts.find("ads").facts


def test_an_id_finds_its_entry_alone() -> None:
    assert [fact.id for fact in nts.find("[law-signing]").facts] == ["law-signing"]


def test_where_nothing_fits_the_nearest_word_is_tried_and_said() -> None:
    found = nts.find("hotlyne")
    assert found.lines[0] == "No entry of the ledger has 'hotlyne'. Nearest: hotline." and found.facts
    nothing = nts.find("zzzzzz")
    assert nothing.lines == ("No entry of the ledger has 'zzzzzz'.",) and not nothing.facts


def test_an_entry_from_memory_is_never_offered() -> None:
    recalled = [fact for fact in evidence.known_facts().values() if fact.read == "recalled"]
    assert recalled
    for fact in recalled:
        assert fact.id not in [found.id for found in nts.find(fact.id).facts]
        assert fact.id not in [found.id for found in nts.find(fact.statement).facts]


def test_what_is_shown_can_be_copied_and_says_how_it_was_read() -> None:
    found = nts.find("hotline")
    page = found._repr_html_()
    for fact in found.facts:
        assert f">[{fact.id}]</code>" in page and f"[{fact.id}] " in repr(found)
        assert f"ledger.md#{fact.id}" in page and evidence.READ[fact.read] in page
    assert "tables/hotline.csv" in page
    assert page.count("<tr>") == 1 + len(found.facts)


@pytest.mark.parametrize("value", ["", " ?! ", 3, None, ["hotline"]])
def test_anything_but_words_is_refused_in_one_line(value: Any) -> None:
    with pytest.raises(ValueError, match=r'give a few words in quotation marks, as in find\("hotline"\)'):
        nts.find(value)


@settings(max_examples=25, deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_any_text_gives_entries_at_most_twelve_or_a_line(text: str) -> None:
    try:
        found = finding.find(text)
    except ValueError:
        return
    assert len(found.facts) <= finding.MOST and found.lines
