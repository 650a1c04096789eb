"""The argument map: what keeping a claim asks, and what it never says."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import notthesame as nts
from notthesame import evidence
from notthesame._loading import FileFaults
from notthesame.subject import argument_map, arguments, outline
from notthesame.subject.argument_map import ATTACKS, SUPPORTS, ArgumentMap, Edge, Node
from notthesame.subject.arguments import BARE, BOTH, UNUSED

pytestmark = pytest.mark.usefixtures("in_a_lesson")

MAP = argument_map.course_map()
CAMPS = {"one": "the one", "two": "the other", "law": "law"}


def build(*edges, claims="abc"):
    """A small map from edges such as "a>b" (a supports b) and "a-b" (a attacks b)."""
    names = sorted({end for edge in edges for end in re.split("[->]", edge)})
    nodes = {
        n: Node(n, "Q1", "claim" if n in claims else "premise", "one", f"Thought {n}.", "", "recalled")
        for n in names
    }
    links = [Edge(edge[0], edge[2], SUPPORTS if edge[1] == ">" else ATTACKS) for edge in edges]
    return ArgumentMap({"Q1": "A question?"}, CAMPS, nodes, tuple(links))


def named(duties):
    return {duty.node for duty in duties}


# --- the map of the course ------------------------------------------------------------------------------


def test_the_whole_map_loads_typed_and_frozen():
    assert (len(MAP.nodes), len(MAP.edges), len(MAP.questions)) == (92, 158, 4)
    assert all(isinstance(node, Node) for node in MAP.nodes.values())
    with pytest.raises(AttributeError):
        MAP.node("q1-yes").text = "other"  # type: ignore[misc]
    assert {edge.relation for edge in MAP.edges} == {SUPPORTS, ATTACKS}


def test_every_claim_has_a_rival_reasons_and_an_objection():
    for node in MAP.nodes.values():
        if node.is_claim and node.id != "q3-shared":
            assert any(MAP.node(name).is_claim for name in MAP.attackers(node.id)), node.id
            assert MAP.supporters(node.id), node.id


def test_a_node_says_no_more_of_its_source_than_the_ledger():
    for node in MAP.nodes.values():
        reads = {evidence.fact(name).read for name in node.facts}
        assert node.recalled == (not reads), node.id
        assert "recalled" not in reads and (node.read != "primary" or "primary" in reads), node.id
    assert {node.id for node in MAP.nodes.values() if node.recalled} >= {"q1-liberto", "q2-adaptive"}
    assert MAP.node("q2-khader").cited == "Khader 2020; found in the source"
    assert MAP.node("q1-liberto").cited == "Liberto 2009; from memory, source not read"


def test_no_camp_is_put_from_memory_alone():
    for camp in MAP.camps:
        mine = [node for node in MAP.nodes.values() if node.camp == camp]
        assert sum(node.recalled for node in mine) < len(mine) / 2, camp


def test_restriction_and_decriminalisation_have_like_room():
    restrict = {"radical-feminist", "contract-critique", "egalitarian", "paternalist-liberal"}
    sizes = [
        sum(node.camp in camps for node in MAP.nodes.values())
        for camps in (restrict | {"survivor-abolitionist"}, {"autonomy", "labour-rights", "survivor-decrim"})
    ]
    assert max(sizes) < 1.25 * min(sizes)


# --- nothing is accepted at the start, and nothing wins -------------------------------------------------


@pytest.mark.parametrize("node", [n for n in MAP.nodes.values() if n.is_claim], ids=lambda node: node.id)
def test_with_nothing_chosen_every_claim_with_an_attacker_is_open(node):
    kept = arguments.keeping(MAP, node.id)
    assert kept.relied == (node.id,) and kept.reject == kept.settled == ()
    assert named(kept.answer) == set(MAP.attackers(node.id))
    assert kept.open_reasons == MAP.supporters(node.id)


def test_with_nothing_chosen_both_sides_of_every_dispute_stay_open():
    attacks = {(e.start, e.end) for e in MAP.edges if e.relation == ATTACKS}
    disputes = {(a, b) for a, b in attacks if (b, a) in attacks}
    assert len(disputes) >= 40
    for a, b in disputes:
        assert a in named(arguments.keeping(MAP, b).answer)
        assert b in named(arguments.keeping(MAP, a).answer)


def test_with_nothing_chosen_there_is_no_tension_and_nobody_stops():
    assert arguments.tensions(MAP) == ()
    assert all(stop.at is None and stop.agreed == 0 for stop in arguments.stops(MAP))


def test_no_public_name_promises_a_winner():
    names = " ".join([*vars(arguments), *(f.name for f in fields(arguments.Keeping))])
    assert not re.search(r"winner|winning|grounded|extension|preferred|justified|verdict", names)


# --- properties -----------------------------------------------------------------------------------------

LETTERS = "abcdefg"


@st.composite
def stances(draw):
    """A random map, a claim on it, and two disjoint sets of accepted and rejected nodes."""
    pairs = [(a, b) for a in LETTERS for b in LETTERS if a != b]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, max_size=20, unique=True))
    signs = draw(st.lists(st.sampled_from("->"), min_size=len(chosen), max_size=len(chosen)))
    tree = build(*(f"{a}{sign}{b}" for (a, b), sign in zip(chosen, signs, strict=True)))
    names = sorted(tree.nodes)
    claim = draw(st.sampled_from(names))
    states = draw(st.lists(st.sampled_from("yn?"), min_size=len(names), max_size=len(names)))
    yes = {n for n, state in zip(names, states, strict=True) if state == "y"}
    no = {n for n, state in zip(names, states, strict=True) if state == "n"} - {claim}
    return tree, claim, yes, no


@given(stances())
def test_only_what_the_reader_accepts_is_ever_relied_on(case):
    tree, claim, yes, no = case
    kept = arguments.keeping(tree, claim, yes, no)
    assert set(kept.relied) <= yes | {claim}


@given(stances())
def test_every_attack_on_what_is_relied_on_is_accounted_for_once(case):
    tree, claim, yes, no = case
    kept = arguments.keeping(tree, claim, yes, no)
    parts = [named(part) for part in (kept.reject, kept.answer, kept.settled)]
    attackers = {a for name in kept.relied for a in tree.attackers(name)}
    assert set.union(*parts) == attackers and sum(map(len, parts)) == len(attackers)
    assert parts[0] <= yes | {claim} and not parts[1] & (yes | no)
    for duty in (*kept.reject, *kept.answer, *kept.settled):
        assert duty.path[0] == claim and duty.path[-1] == duty.against[0]
        assert set(duty.path) <= set(kept.relied) and len(set(duty.path)) == len(duty.path)


@given(stances(), st.sampled_from(LETTERS))
def test_rejecting_one_more_node_never_adds_to_what_is_asked(case, more):
    tree, claim, yes, no = case
    if more not in tree.nodes or more in yes or more == claim:
        return
    before, after = arguments.keeping(tree, claim, yes, no), arguments.keeping(tree, claim, yes, no | {more})
    assert after.relied == before.relied and after.reject == before.reject
    assert named(after.answer) == named(before.answer) - {more}


@given(stances(), st.sampled_from(LETTERS))
def test_accepting_one_more_node_never_takes_anything_back(case, more):
    tree, claim, yes, no = case
    if more not in tree.nodes or more in no:
        return
    before, after = arguments.keeping(tree, claim, yes, no), arguments.keeping(tree, claim, yes | {more}, no)
    assert set(before.relied) <= set(after.relied)
    assert named(before.reject) <= named(after.reject)
    assert {t.nodes for t in arguments.tensions(tree, yes, no) if t.kind == BOTH} <= {
        t.nodes for t in arguments.tensions(tree, yes | {more}, no) if t.kind == BOTH
    }


@given(stances())
def test_swapping_the_sides_of_a_dispute_swaps_what_is_said(case):
    """The names of nodes decide nothing: a map and its mirror image ask the same."""
    tree, claim, yes, no = case
    mirror = dict(zip(LETTERS, reversed(LETTERS), strict=True))
    nodes = {
        mirror[name]: Node(mirror[name], "Q1", "premise", "two", "x", "", "recalled") for name in tree.nodes
    }
    edges = tuple(Edge(mirror[e.start], mirror[e.end], e.relation) for e in tree.edges)
    other = ArgumentMap(tree.questions, CAMPS, nodes, edges)
    here = arguments.keeping(tree, claim, yes, no)
    there = arguments.keeping(other, mirror[claim], {mirror[n] for n in yes}, {mirror[n] for n in no})
    for part in ("reject", "answer", "settled"):
        assert {mirror[n] for n in named(getattr(here, part))} == named(getattr(there, part))


# --- keeping a claim, by hand ---------------------------------------------------------------------------


def test_an_attack_on_an_accepted_reason_counts():
    tree = build("p>c", "x-p")
    assert arguments.keeping(tree, "c").answer == ()
    (duty,) = arguments.keeping(tree, "c", ["p"]).answer
    assert (duty.node, duty.against, duty.path) == ("x", ("p",), ("c", "p"))


def test_an_undercut_that_is_accepted_answers_and_brings_its_own_attackers():
    tree = build("x-c", "r-x", "y-r")
    kept = arguments.keeping(tree, "c", ["r"])
    assert named(kept.settled) == {"x"} and kept.relied == ("c", "r")
    assert named(kept.answer) == {"y"}


def test_a_denial_in_return_is_no_answer():
    tree = build("x-c", "r-x", "x-r")
    (duty,) = arguments.keeping(tree, "c", ["r"]).answer
    assert (duty.node, duty.given, duty.replies) == ("x", ("r",), ())
    assert named(arguments.keeping(tree, "c", ["r"], ["x"]).settled) == {"x"}
    assert arguments.keeping(build("c-x", "x-c"), "c").answer[0].replies == ()
    (duty,) = arguments.keeping(build("p>c", "x-p", "p-x"), "c", ["p"]).answer
    assert (duty.node, duty.given) == ("x", ())


def test_an_attacker_that_is_accepted_must_go_or_the_claim():
    tree = build("x-c", "r-x")
    assert named(arguments.keeping(tree, "c", ["x", "r"]).reject) == {"x"}


def test_a_claim_that_attacks_its_own_reason_is_told():
    assert named(arguments.keeping(build("p>c", "c-p"), "c", ["p"]).reject) == {"c"}


def test_reasons_given_up_and_not_taken_up_are_listed():
    kept = arguments.keeping(build("p>c", "q>c", "r>c"), "c", ["p"], ["q"])
    assert (kept.relied, kept.open_reasons, kept.lost_reasons) == (("c", "p"), ("r",), ("q",))


@pytest.mark.parametrize(
    ("accepted", "rejected", "words"),
    [
        (["q2-void"], [], "q2-voids"),
        (["q1-yes"], ["q1-yes"], "cannot be both"),
        ("q1-yes", [], "give a list of nodes"),
        ([], ["q2-voids"], "cannot be both"),
    ],
)
def test_a_stance_that_cannot_be_raises_in_words(accepted, rejected, words):
    with pytest.raises(ValueError, match=words):
        arguments.keeping(MAP, "q2-voids", accepted, rejected)


# --- does it hold together, where does it part ----------------------------------------------------------


def test_the_three_kinds_of_tension():
    tree = build("p>a", "b-a", "q-p")
    assert [t.kind for t in arguments.tensions(tree, ["a", "b"])] == [BOTH]
    assert [t.kind for t in arguments.tensions(tree, ["a"], ["p"])] == [BARE]
    assert [t.kind for t in arguments.tensions(tree, ["p"], ["a"])] == [UNUSED]
    assert arguments.tensions(tree, ["p", "b"], ["a"]) == ()


def test_where_a_reader_stops_is_the_first_node_rejected_reasons_before_claims():
    stops = {s.camp: s for s in arguments.stops(MAP, ["q1-bodily"], ["q2-stands", "q2-threat-offer"])}
    stop = stops["autonomy"]
    assert (stop.path[0], stop.at, stop.agreed) == ("q1-bodily", "q2-threat-offer", 1)
    assert stop.path.index("q2-threat-offer") < stop.path.index("q2-stands")
    assert stops["radical-feminist"].at is None
    assert not {"law", "empirical", "shared"} & set(stops)


def test_an_objection_of_ones_own_is_one_more_attack_and_leaves_the_map_as_it_was():
    mine = MAP.with_objection("Not every need is the same.", "q2-voids")
    assert "own-1" in named(arguments.keeping(mine, "q2-voids").answer)
    assert "own-1" not in MAP.nodes and mine.node("own-1").cited == "your own words"
    assert mine.node("own-1").question == "Q2"
    for text, against, error in ((" ", "q2-voids", ValueError), ("x", "q2-void", KeyError)):
        with pytest.raises(error):
            MAP.with_objection(text, against)
    with pytest.raises(ValueError, match="already"):
        mine.with_objection("Again.", "q2-voids")


# --- the outline ----------------------------------------------------------------------------------------


def test_the_outline_holds_every_text_once():
    told = repr(nts.outline())
    assert [told.count(node.text) for node in MAP.nodes.values()] == [1] * 92
    page = nts.outline().__html__()
    full = [line for q in MAP.questions for line in outline.lines(MAP, q) if not line.again]
    assert len(full) == 92 and page.count("<li>") == page.count("</li>") > 92
    assert page.count("<ul>") == page.count("</ul>")


def test_the_outline_names_every_edge_of_its_question():
    for question in MAP.questions:
        met: set[tuple[str, str]] = set()
        above: list[str] = []
        for line in outline.lines(MAP, question):
            above = [*above[: line.depth], line.node.id]
            if line.depth:
                met.add((line.node.id, above[-2]))
                met |= {(above[-2], line.node.id)} if line.role == outline.MUTUAL else set()
        wanted = {(e.start, e.end) for e in MAP.edges if MAP.node(e.end).question == question}
        assert wanted <= met, question


def test_the_outline_marks_what_is_put_from_memory_and_links_the_rest():
    page = nts.outline("Q2").__html__()
    assert page.count("<i>") == sum(node.recalled for node in MAP.on("Q2"))
    assert "from memory, source not read" in page
    assert 'href="../data/ledger.md#debate-khader"' in page
    linked = set(re.findall(r"ledger\.md#([a-z0-9-]+)", nts.outline().__html__()))
    assert linked <= set(evidence.known_facts())


def test_a_part_of_the_outline_and_a_wrong_name():
    assert repr(nts.outline("Q4")).startswith("Q4. ") and "q1-yes: There" not in repr(nts.outline("Q4"))
    assert nts.outline("Q4", after="Open").__html__().startswith("<details><summary>Open: Q4.")
    with pytest.raises(KeyError, match="Q4"):
        nts.outline("Q5")


def test_the_outline_escapes_what_a_reader_wrote():
    mine = MAP.with_objection("<script>alert(1)</script>", "q2-voids")
    page = outline.question_html(mine, "Q2")
    assert "<script>" not in page and "&lt;script&gt;" in page


# --- theories on cases ----------------------------------------------------------------------------------


def test_each_verdict_names_one_theory():
    table = nts.views("v02-rent", "v04-picker", after="Open")
    rows = repr(table).splitlines()
    assert len(rows) == 9 and rows[0].startswith("Bea and the rent: autonomy. Valid consent.")
    page = table.__html__()
    assert page.startswith("<details><summary>Open</summary><table>") and page.count("<tr>") == 10


def test_a_case_without_theories_says_so():
    with pytest.raises(ValueError, match="v01 to v14"):
        nts.views("w02-bed")
    with pytest.raises(KeyError, match="v02-rent"):
        nts.views("v02-rend")


# --- the file -------------------------------------------------------------------------------------------

SOUND = """
title: T
questions: {Q1: One?}
camps: {one: the one}
kinds: [claim, premise]
nodes:
- {id: a, question: Q1, kind: claim, camp: one, text: A., source: nussbaum1998whether, read: recalled}
- {id: b, question: Q1, kind: premise, camp: one, text: B., source: nussbaum1998whether, read: primary,
   facts: [debate-nussbaum-premise]}
edges:
- {from: b, to: a, relation: supports}
"""


def load(text: str, folder: Path) -> ArgumentMap:
    path = folder / "map.yaml"
    path.write_text(text, encoding="utf-8")
    return argument_map.load_map(path)


def test_a_sound_file_loads(tmp_path):
    assert load(SOUND, tmp_path).supporters("a") == ("b",)


def test_every_fault_is_told_at_once(tmp_path):
    text = SOUND.replace("camp: one, text: A.", "camp: won, text: ''").replace(
        "to: a, relation: supports", "to: c, relation: helps"
    )
    text = text.replace("nussbaum1998whether, read: primary", "nussbaum1998, read: secondary")
    with pytest.raises(FileFaults) as found:
        load(text, tmp_path)
    told = str(found.value)
    for words in (
        "node a: camp is 'won'; allowed: one",
        "node a: text is empty",
        "node b: There is no source 'nussbaum1998'. Nearest: nussbaum1998whether",
        "edge 1: There is no node 'c'",
        "edge 1: relation is 'helps'; allowed: supports, attacks",
        "node a: no edge leads to it or from it",
    ):
        assert words in told, told


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("facts: [debate-nussbaum-premise]", "facts: [debate-liberto]", "a recalled fact is never printed"),
        (
            "facts: [debate-nussbaum-premise]",
            "facts: [debate-satz]",
            "no fact it names was read in the source",
        ),
        ("read: recalled", "read: secondary", "without one it is recalled"),
        ("id: b,", "id: a,", "the id a stands twice"),
        ("{from: b, to: a", "{from: a, to: a", "a points at itself"),
        ("title: T", "title: T\nwinner: a", "unknown field winner"),
        ("kind: premise, ", "", "'kind' is missing"),
    ],
)
def test_one_fault_is_told_in_words(old, new, words, tmp_path):
    assert old in SOUND
    with pytest.raises(FileFaults) as found:
        load(SOUND.replace(old, new), tmp_path)
    assert words in str(found.value)
