"""The two forms of the test: each item of A has its parallel in B, and reasons wait for the whole of B."""

from __future__ import annotations

from notthesame import questions
from notthesame.questions.forms import pairs, still_open
from notthesame.questions.records import Record

TESTS = {q.id: q for q in questions.known_questions().values() if q.mode == "test"}
TWO = pairs()[:2]


def answered(*given: tuple[str, str | None]) -> list[Record]:
    return [Record(seq, question, "a", status, None) for seq, (question, status) in enumerate(given, 1)]


def test_every_item_of_a_test_has_its_parallel() -> None:
    assert {pair.before.id for pair in pairs()} | {pair.after.id for pair in pairs()} == {*TESTS}
    assert len(pairs()) == 15


def test_both_items_of_a_pair_ask_the_same_in_the_same_way() -> None:
    for pair in pairs():
        before, after = pair.before, pair.after
        alike = ("about", "outcome", "kind", "bloom", "mode", "section")
        differ = [name for name in alike if getattr(before, name) != getattr(after, name)]
        assert not differ, (after.id, differ)
        assert len(before.options) == len(after.options), after.id
        assert (before.case, before.stem) != (after.case, after.stem), f"{after.id}: the case of form A"
        texts = [{option.text for option in question.options.values()} for question in (before, after)]
        assert texts[0] != texts[1] or before.kind == "numeric", after.id
        beliefs = [{slug for _, _, slug in q.reasons() if slug} for q in (before, after)]
        assert beliefs[0] & beliefs[1], f"{after.id}: no misconception of {before.id}"


def test_a_pair_holds_the_first_scored_answer_to_each_item() -> None:
    a, b = TWO[0].before.id, TWO[0].after.id
    found = pairs(answered((a, None), (a, "wrong"), (b, "right"), (a, "right"), (b, "wrong")))[0]
    assert (found.first and found.first.seq, found.second and found.second.seq) == (2, 3)
    assert pairs()[0].first is pairs()[0].second is None


def test_form_b_is_open_until_each_of_its_items_is_answered() -> None:
    names = [pair.after.id for pair in pairs()]
    assert still_open([]) == still_open(answered(*((pair.before.id, "right") for pair in pairs()))) == 15
    assert still_open(answered(*((name, "wrong") for name in names[1:]), (names[0], None))) == 1
    assert still_open(answered(*((name, "partly right") for name in names))) == 0
