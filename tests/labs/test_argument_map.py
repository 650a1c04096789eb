"""The argument map as a lab, driven by value in a plain Python without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import notthesame as nts
from notthesame.labs.argument_map import ArgumentMapLab, static_block
from notthesame.subject import argument_map, arguments
from tests.labs.outline import Outline


@pytest.fixture
def lab():
    return nts.argument_map()


def group(lab, head):
    """The ids under one heading of what keeping the claim asks."""
    return [item[0] for found, items in lab.keeps["groups"] if found == head for item in items]


def why(lab, node):
    return next(item[1] for _, items in lab.keeps["groups"] for item in items if item[0] == node)


# --- marks ----------------------------------------------------------------------------------------------


def test_nothing_is_accepted_and_no_claim_is_kept_at_the_start(lab):
    assert lab.accepted == lab.rejected == lab.unsure == lab.own == []
    assert (lab.focus, lab.keeps, lab.holds) == ("", {}, [])
    assert len(lab.nodes) == 92 and lab.message.startswith("Nothing is accepted")
    assert {row[2] for row in lab.parting} == {"You have rejected nothing of it."}


def test_the_newest_mark_of_a_node_wins(lab):
    lab.accepted = ["q1-bodily"]
    lab.rejected = ["q1-bodily"]
    assert (lab.accepted, lab.rejected) == ([], ["q1-bodily"])
    lab.unsure = ["q1-bodily", "q1-yes"]
    assert (lab.rejected, lab.unsure) == ([], ["q1-yes", "q1-bodily"])
    lab.mark("q1-yes", "accept")
    lab.mark("q1-bodily")
    assert (lab.accepted, lab.rejected, lab.unsure) == (["q1-yes"], [], [])


def test_a_state_from_the_page_comes_in_one_piece(lab):
    lab.set_state({"accepted": ["q1-bodily"], "rejected": [], "unsure": []})
    lab.set_state({"accepted": [], "rejected": ["q1-bodily"], "unsure": []})
    assert (lab.accepted, lab.rejected) == ([], ["q1-bodily"])
    assert lab.message == "q1-bodily: reject."


def test_another_mark_is_refused(lab):
    with pytest.raises(ValueError, match="accept, reject, unsure"):
        lab.mark("q1-yes", "maybe")


# --- keeping a claim ------------------------------------------------------------------------------------


def test_to_keep_a_claim_its_attackers_must_be_answered(lab):
    lab.focus = "q2-voids"
    assert lab.message == "To keep q2-voids: 0 to reject, 3 to answer."
    assert group(lab, "Answer or reject") == ["q2-proves-too-much", "q2-degrees", "q2-stands"]
    assert why(lab, "q2-proves-too-much") == "It attacks q2-voids. A reply on the map: q2-sex-special."
    assert "q2-pledge" in group(lab, "Reasons on the map that you have not taken up")


def test_an_accepted_reason_brings_its_own_objections(lab):
    lab.focus = "q2-voids"
    lab.mark("q2-options", "accept")
    assert lab.message == "q2-options: accept. To keep q2-voids: 0 to reject, 4 to answer."
    assert why(lab, "q2-khader").startswith("It attacks q2-options, on which q2-voids leans.")
    assert group(lab, "You lean on") == ["q2-options"]


def test_a_denial_in_return_is_told_as_one(lab):
    lab.focus = "q2-voids"
    lab.accepted = ["q2-sex-special"]
    assert "which it denies in turn" in why(lab, "q2-proves-too-much")
    lab.mark("q2-proves-too-much", "reject")
    assert "q2-proves-too-much" in group(lab, "Settled by your marks")


def test_holding_both_sides_is_told(lab):
    lab.focus = "q2-voids"
    lab.accepted = ["q2-stands"]
    assert group(lab, "Reject one or the other") == ["q2-stands"]
    lab.accepted = ["q2-stands", "q2-voids"]
    assert lab.holds == ["You accept q2-stands and q2-voids, and one of them denies the other."]


def test_to_reject_the_claim_one_keeps_is_to_give_it_up(lab):
    lab.focus = "q2-voids"
    lab.mark("q2-voids", "reject")
    assert (lab.focus, lab.keeps) == ("", {})
    lab.focus = "q2-voids"
    assert (lab.focus, lab.rejected) == ("q2-voids", [])


def test_where_the_learner_stops_with_each_position(lab):
    lab.rejected = ["q3-ban"]
    rows = {row[0]: row[2] for row in lab.parting}
    assert rows["radical-feminist and abolitionist views"].startswith("q3-ban: Because consent")
    assert rows["sex workers' rights and labour views"] == "You have rejected nothing of it."


def test_what_the_lab_says_is_what_the_rule_says(lab):
    lab.accepted, lab.focus = ["q3-exit", "q3-complicity"], "q3-ban"
    kept = arguments.keeping(lab.tree, "q3-ban", lab.accepted, lab.rejected)
    assert group(lab, "Answer or reject") == [duty.node for duty in kept.answer]
    assert group(lab, "You lean on") == list(kept.relied[1:])


# --- an objection of one's own --------------------------------------------------------------------------


def test_an_objection_of_ones_own_counts_and_can_be_taken_back(lab):
    lab.focus = "q2-voids"
    assert lab.object("q2-voids", "Need comes in degrees.") == "own-1"
    assert lab.object("q2-pledge", "Whose pledge?") == "own-2"
    assert "own-1" in group(lab, "Answer or reject") and len(lab.nodes) == 94
    lab.mark("own-1", "reject")
    lab.own = lab.own[1:]
    assert len(lab.nodes) == 93 and lab.rejected == [] and "own-1" not in lab.tree.nodes
    assert lab.object("q2-voids", "Again.") == "own-3"


def test_an_objection_that_is_kept_goes_with_its_focus(lab):
    lab.object("q2-voids", "Need comes in degrees.")
    lab.focus = "own-1"
    lab.own = []
    assert lab.focus == "" and lab.keeps == {}


def test_the_map_of_the_course_stays_as_it_was(lab):
    lab.object("q2-voids", "Need comes in degrees.")
    assert "own-1" not in argument_map.course_map().nodes and len(nts.argument_map().nodes) == 92


# --- a file of one's own --------------------------------------------------------------------------------


def test_nothing_is_written_unless_asked(lab, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("NOTTHESAME_ANSWERS", str(tmp_path))
    lab.accepted, lab.focus = ["q1-bodily"], "q1-yes"
    lab.object("q1-yes", "A worry.")
    assert list(tmp_path.iterdir()) == []


def test_a_saved_map_comes_back_and_no_file_is_replaced(lab, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    lab.object("q2-voids", "Need comes in degrees.")
    lab.set_state({"accepted": ["q2-voids"], "rejected": ["own-1"], "unsure": ["q1-yes"]})
    lab.focus = "q2-voids"
    lab._handle_custom_msg("save", [])
    assert "Written to my_argument_map.json" in lab.message and "the course collects nothing" in lab.message
    assert lab.save().name == "my_argument_map_2.json"
    back = nts.argument_map("my_argument_map.json")
    for name in ("accepted", "rejected", "unsure", "own", "focus"):
        assert getattr(back, name) == getattr(lab, name), name
    assert set(json.loads(Path("my_argument_map.json").read_text("utf-8"))) == {
        *("notthesame", "schema", "focus", "own", "accepted", "rejected", "unsure")
    }


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[1", "is not a file of the argument map"),
        ("{}", "it holds accepted, focus"),
        (None, "there is no file"),
        ({"accepted": ["q2-void"]}, "my.json: There is no node 'q2-void'"),
        ({"accepted": "q2-voids"}, "are lists of nodes"),
        ({"own": [{"id": "own-1"}]}, "id, against and text"),
        ({"focus": 3}, "focus is the name of a node"),
        ({"schema": 2}, "is not a file of the argument map"),
        ("x" * 200_001, "larger than any file"),
    ],
)
def test_a_bad_file_is_refused_in_words_and_changes_nothing(lab, content, words, tmp_path):
    whole = {"notthesame": "argument map", "schema": 1, "focus": ""}
    whole |= {"accepted": [], "rejected": [], "unsure": [], "own": []}
    path = tmp_path / "my.json"
    if content is not None:
        path.write_text(content if isinstance(content, str) else json.dumps(whole | content), "utf-8")
    lab.accepted = ["q1-yes"]
    with pytest.raises(ValueError, match=re.escape(words)):
        lab.load(path)
    assert (lab.accepted, lab.own, len(lab.nodes)) == (["q1-yes"], [], 92)


def test_every_mark_can_be_taken_away(lab):
    lab.accepted, lab.focus = ["q1-bodily"], "q1-yes"
    lab.object("q1-yes", "A worry.")
    lab._handle_custom_msg("reset", [])
    assert (lab.accepted, lab.focus, lab.own, len(lab.nodes)) == ([], "", [], 92)


# --- what stands on the page ----------------------------------------------------------------------------


def test_the_static_block_reads_whole_and_accepts_nothing():
    page = static_block()
    outline = Outline(page)
    assert page.count("<details>") == 4 and "names no winner" in outline.read_at_once
    assert all(node.text not in outline.read_at_once for node in argument_map.course_map().nodes.values())


def test_the_script_holds_no_node():
    script = str(ArgumentMapLab.script)
    assert not [name for name in argument_map.course_map().nodes if name in script]
