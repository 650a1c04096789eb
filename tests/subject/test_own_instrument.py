"""A definition that a reader describes: the rule of the course's own texts, and "depends" where unsure."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import notthesame as nts
from notthesame.subject import own_instrument as own
from notthesame.subject.definitions import (
    DEPENDS,
    MET,
    NOT_MET,
    OWN,
    UNSURE,
    Instrument,
    feature,
    instrument,
    verdicts,
)
from notthesame.subject.own_instrument import ASKED, MODELS, NONE, PARTS, described, own_instrument
from notthesame.subject.vignettes import vignettes
from tests.subject.test_definitions import cases

WHOLE: dict[str, Any] = {
    "acts": "act_harbour",
    "means": "force",
    "age": "under_18",
    "purposes": "commercial_sex_act",
}

NEVER = "five_or_more_persons"  # a feature of no vignette, and of no part


def outcome(law, true=(), unknown=()):
    return verdicts(true, unknown, [law])[0].outcome


@st.composite
def descriptions(draw, most_unsure=100):
    """Arguments that ``own_instrument`` takes."""
    given = {"name": "Freedonia"}
    for part in PARTS.values():
        given[part.key] = draw(st.lists(st.sampled_from(part.choices), unique=True, min_size=part.asked))
    named = sorted(key for part in PARTS for key in given[part])
    unsure = st.sampled_from([*named, *ASKED])
    return given | {"unsure": draw(st.lists(unsure, unique=True, max_size=most_unsure))}


# --- the texts of the course, typed in ----------------------------------------------------------------------


@pytest.mark.parametrize("key", MODELS)
def test_a_text_typed_in_gives_its_verdict_on_every_vignette(key):
    law = own_instrument(**described(key))
    for case in vignettes().values():
        typed, coded = verdicts(case.features, case.features_open, [law, key])
        assert typed.outcome == coded.outcome, case.id


@given(cases(), st.sampled_from(MODELS))
def test_a_text_typed_in_gives_its_verdict_on_any_case(case, key):
    true, unknown = case
    typed, coded = verdicts(true, unknown, [own_instrument(**described(key)), key])
    assert typed.outcome == coded.outcome


def test_a_text_typed_in_parts_from_itself_nowhere():
    for key in MODELS:
        assert own.parting(own_instrument(**described(key)), key) == ()


# --- what is unsure -----------------------------------------------------------------------------------------


def readings(law: Instrument) -> list[Instrument]:
    """Each way in which what is unsure may turn out: named, or something else is that no case has; and where
    a whole part is unsure, something else is asked for too, or nothing is."""
    doubts = [element for element in law.elements if element.read == UNSURE]
    found = []
    for ways in product((True, False), repeat=len(doubts)):
        way = dict(zip(doubts, ways, strict=True))
        not_asked = {doubt.group for doubt, there in way.items() if not (doubt.feature or there)}
        elements = (
            replace(e, feature=e.feature if e.feature and way[e] else NEVER, read=OWN) if e in way else e
            for e in law.elements
            if e.group not in not_asked
        )
        found.append(replace(law, elements=tuple(elements)))
    return found


@settings(max_examples=150)
@given(descriptions(most_unsure=3), st.sampled_from(sorted(vignettes())))
def test_it_depends_exactly_where_what_is_unsure_decides(given, name):
    case = vignettes()[name]
    law = own_instrument(**given)
    possible = [reading for reading in readings(law) if reading.needs]
    found = {outcome(reading, case.features) for reading in possible}
    if len(possible) == len(readings(law)):
        assert outcome(law, case.features) == (found.pop() if len(found) == 1 else DEPENDS)


@given(descriptions(), cases(), st.data())
def test_to_become_sure_never_contradicts_a_verdict(given, case, data):
    if not given["unsure"]:
        return
    before = outcome(own_instrument(**given), *case)
    sure = data.draw(st.sampled_from(given["unsure"]))
    after = outcome(own_instrument(**{**given, "unsure": [k for k in given["unsure"] if k != sure]}), *case)
    assert before in (DEPENDS, after)


def test_what_is_unsure_says_so():
    law = own_instrument(**{**WHOLE, "unsure": ["purposes", "force", "adult_consents"]})
    [verdict] = verdicts(["act_harbour", "force", "adult_consents"], (), [law])
    assert (verdict.outcome, verdict.clause) == (DEPENDS, "ruled out, unsure")
    assert verdict.notes == (
        "it is unsure what this changes: an adult who agreed",
        "it is unsure what this changes: force",
        "the text is silent on its purposes, or you are not sure",
    )
    [missed] = verdicts(["force"], (), [law])
    assert (missed.outcome, missed.clause) == (NOT_MET, "acts")


def test_a_further_need_that_is_unsure_is_met_where_it_is_there():
    law = own_instrument(**{**WHOLE, "unsure": "cross_border_or_interstate_movement"})
    case = ["act_harbour", "force", "commercial_sex_act"]
    assert outcome(law, case) == DEPENDS
    assert outcome(law, [*case, "cross_border_or_interstate_movement"]) == MET
    sure = own_instrument(**{**WHOLE, "requires": "cross_border_or_interstate_movement"})
    assert outcome(sure, case) == NOT_MET


# --- the parts ----------------------------------------------------------------------------------------------


def test_each_part_does_what_its_line_says():
    law = own_instrument("Ours", **WHOLE, excludes="adult_consents")
    case = {"act_harbour", "force", "commercial_sex_act"}
    assert outcome(law, case) == MET
    for name, part in (("act_harbour", "acts"), ("force", "means"), ("commercial_sex_act", "purposes")):
        [verdict] = verdicts(case - {name}, (), [law])
        assert (verdict.outcome, verdict.clause, verdict.missing) == (NOT_MET, part, verdict.missing)
        assert name in verdict.missing[0]
    [minor] = verdicts(case - {"force"} | {"under_18"}, (), [law])
    assert (minor.outcome, minor.clause) == (MET, "age")
    [agreed] = verdicts(case | {"adult_consents"}, (), [law])
    assert (agreed.outcome, agreed.notes) == (NOT_MET, ("an adult who agreed rules it out",))
    assert outcome(own_instrument(**{**WHOLE, "age": (), "means": NONE}), case - {"force"}) == MET


def test_words_of_the_tables_and_lists_of_names_mean_the_same():
    words = own_instrument(acts="Houses or hides, and advertises the person", means="none", purposes="none")
    assert words == own_instrument(acts=["act_advertise", "act_harbour"], means=["none"], purposes=("none",))


def test_every_feature_that_a_case_may_turn_on_belongs_to_one_part():
    named = [key for part in PARTS.values() for key in part.choices]
    assert len(named) == len(set(named)) and all(feature(key).short for key in named)
    for key in MODELS:
        asked = {e.feature for e in instrument(key).having("required", "one_of", "excludes")}
        assert asked <= {*named}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"acts": ()}, "acts: nothing yet"),
        ({"means": "none"}, "age: where no means is asked for, no age can take its place"),
        ({"means": "none", "age": (), "unsure": "abduction"}, "means: none is asked for, so abduction"),
        (dict.fromkeys(ASKED, "none") | {"age": ()}, "asks for nothing"),
        ({"acts": "act_harbor"}, "acts: There is no feature 'act_harbor'. Nearest: act_harbour"),
        ({"acts": ["force"]}, "acts: force does not belong here; allowed: act_recruit_entice"),
        ({"purposes": "none, organ removal"}, 'purposes: "none" stands alone'),
        ({"unsure": 7}, "unsure: found 7"),
        ({"name": "x" * 41}, "name: found"),
        ({"name": 12}, "a text of at most 40 characters is wanted"),
    ],
)
def test_what_is_not_whole_or_not_there_is_refused_in_one_line(changed, words):
    with pytest.raises(ValueError, match=re.escape(words)) as found:
        own_instrument(**{**WHOLE, **changed})
    assert "\n" not in str(found.value)


def test_a_part_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="found 'act'; the parts are name, acts, means"):
        own.read({"act": "act_harbour"})
    with pytest.raises(ValueError, match="found 7; a dict is wanted"):
        own.read(7)


# --- beside other texts -------------------------------------------------------------------------------------


def test_where_it_parts_is_said_part_by_part():
    palermo = described("un_palermo")
    changed = {"name": "Freedonia", "acts": ["act_harbour", "act_advertise"], "purposes": NONE}
    law = own_instrument(**{**palermo, **changed, "unsure": ["means", "act_advertise"]})
    acts, means, purposes = own.parting(law)
    assert acts == (
        "Acts: Freedonia adds advertises the person (unsure), and leaves out recruits or entices; "
        "moves the person; hands over or receives."
    )
    assert means == "Means: Freedonia is silent or unsure."
    assert purposes == "Purposes: Freedonia asks for none."


def test_it_stands_beside_the_texts_of_the_course():
    law = own_instrument("Freedonia", **WHOLE)
    bed = nts.vignette("w02-bed")
    shown = nts.compare(bed, instruments=[law, "un_palermo"])
    assert [(v.text.short, v.outcome) for v in shown.verdicts] == [
        ("Freedonia", NOT_MET),
        ("Palermo Protocol", MET),
    ]
    assert "Freedonia: not met (means)" in repr(shown) and "Freedonia" in shown._repr_html_()
    assert repr(nts.elements(law)).splitlines()[0] == "Freedonia: houses or hides (acts)"
    assert verdicts(bed.features)[0].name == instrument("us_sex_trafficking").name
    with pytest.raises(KeyError, match="un_palermo"):
        verdicts((), (), ["palermo"])
    with pytest.raises(ValueError, match="a list of instruments is wanted"):
        verdicts((), (), law)  # type: ignore[arg-type]
