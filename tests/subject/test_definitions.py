"""The rule behind the definition machine: three values, every instrument, every coded vignette."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from notthesame.subject import comparison, definitions, vignettes
from notthesame.subject.definitions import DEPENDS, MET, NOT_MET, ON_PAGE

FEATURES = sorted(definitions.features())
CODED = {"present": MET, "absent": NOT_MET, "uncertain": DEPENDS}
# An old case and a new one told at once: its elements vary between the two, so no one status is coded.
VARIES = {"v14-return"}


def outcome(key, true=(), unknown=()):
    return verdict(key, true, unknown).outcome


def verdict(key, true=(), unknown=()):
    return next(v for v in definitions.verdicts(true, unknown) if v.instrument == key)


def of(vignette_id, *instruments):
    found = {v.instrument: v.outcome for v in vignettes.vignette(vignette_id).verdicts()}
    return [found[key] for key in instruments or ON_PAGE]


def is_possible(true, unknown=()):
    try:
        definitions.settled(true, unknown)
    except ValueError:
        return False
    return True


@st.composite
def cases(draw, most_unknown=100):
    """Features true and unknown that can be together."""
    true = draw(st.sets(st.sampled_from(FEATURES)))
    if "adult_consents" in true:
        true -= definitions.AGES
    rest = [name for name in FEATURES if name not in true]
    unknown = draw(st.sets(st.sampled_from(rest), max_size=most_unknown)) if rest else set()
    return frozenset(true), frozenset(unknown)


def minimal(instrument):
    """The first element of each need: the fewest features that meet an instrument."""
    return {need.elements[0].feature for need in instrument.needs}


# --- three values -------------------------------------------------------------------------------------------


@given(cases(), st.data())
def test_learning_an_unknown_never_contradicts_a_verdict(case, data):
    true, unknown = case
    if not unknown:
        return
    name = data.draw(st.sampled_from(sorted(unknown)))
    before = definitions.verdicts(true, unknown)
    for now_true in (true, true | {name}):
        if not is_possible(now_true, unknown - {name}):
            continue
        for old, new in zip(before, definitions.verdicts(now_true, unknown - {name}), strict=True):
            assert old.outcome in (DEPENDS, new.outcome), f"{old} became {new} when {name} was settled"


@settings(max_examples=60)
@given(cases(most_unknown=5))
def test_a_verdict_depends_exactly_when_the_unknowns_decide_it(case):
    true, unknown = case
    names = sorted(unknown)
    worlds = [
        true | {name for name, on in zip(names, switches, strict=True) if on}
        for switches in product((False, True), repeat=len(names))
    ]
    settled = [definitions.verdicts(world) for world in worlds if is_possible(world)]
    for place, open_verdict in enumerate(definitions.verdicts(true, unknown)):
        found = {verdicts[place].outcome for verdicts in settled}
        assert open_verdict.outcome == (found.pop() if len(found) == 1 else DEPENDS), open_verdict


@given(cases())
def test_a_verdict_says_what_it_rests_on(case):
    for found in definitions.verdicts(*case):
        assert found.outcome in definitions.VERDICT_OUTCOMES
        assert found.clause
        assert (found.outcome == MET) == (not found.missing and not found.notes)


@given(cases())
def test_what_is_open_is_unknown_and_what_is_missing_is_not_there(case):
    true, unknown = definitions.settled(*case)
    for found in definitions.verdicts(*case):
        named = {name for need in found.missing for name in need}
        assert not named & true
        assert found.outcome != DEPENDS or named <= unknown
        assert found.outcome != NOT_MET or not named & unknown


@given(cases())
def test_without_unknowns_only_silence_leaves_a_verdict_open(case):
    for found in definitions.verdicts(case[0]):
        assert found.outcome != DEPENDS or "silent" in " ".join(found.notes)


# --- every instrument ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", list(definitions.instruments()))
def test_every_instrument_can_be_met_and_missed(key):
    true = minimal(definitions.instrument(key))
    assert outcome(key, true) == MET
    for name in true:
        assert outcome(key, true - {name}) == NOT_MET
        assert outcome(key, true - {name}, [name]) == DEPENDS
    assert outcome(key) == NOT_MET


@pytest.mark.parametrize("key", list(definitions.instruments()))
def test_what_is_missing_meets_the_instrument_once_it_is_added(key):
    found = verdict(key)
    added = {need[0] for need in found.missing}
    assert outcome(key, added) == MET


@pytest.mark.parametrize(
    "key", ["us_severe_sex", "us_1591_a1", "us_1591_a2", "un_palermo", "coe_197", "eu_2011_36"]
)
def test_age_replaces_the_means(key):
    instrument = definitions.instrument(key)
    means = {e.feature for e in instrument.elements if e.group == "means_or_age" and e.status == "one_of"}
    without = minimal(instrument) - means
    assert outcome(key, without) == NOT_MET
    assert outcome(key, without | {"under_18"}) == MET
    assert outcome(key, without | {"adult_consents", "force"}) == MET


def test_age_does_not_replace_the_means_of_the_labour_limb():
    true = minimal(definitions.instrument("us_severe_labour")) - {"force"} | {"under_18"}
    found = verdict("us_severe_labour", true)
    assert found.outcome == NOT_MET
    assert any("does not replace" in remark for remark in found.remarks)


def test_the_clause_that_decided_is_the_means_the_age_or_what_is_missing():
    trafficked = {"act_harbour", "exploitation_prostitution_of_others"}
    assert verdict("un_palermo", trafficked | {"abuse_of_vulnerability"}).clause == "Art. 3(a)"
    assert verdict("un_palermo", trafficked | {"under_18"}).clause == "Art. 3(c), (d)"
    assert verdict("us_2421A_b", {"interactive_computer_service", "intent_promote_prostitution"}).clause == (
        "18 U.S.C. 2421A(b)(1)"
    )


def test_a_clause_read_elsewhere_says_so():
    clause = verdict("ilo_c29", ["labour_or_services", "menace_of_penalty", "not_offered_voluntarily"]).clause
    reads = {element.read for element in definitions.instrument("ilo_c29").elements}
    assert ("secondary" in clause) == (reads == {"secondary"})


# --- defences -----------------------------------------------------------------------------------------------

PLATFORM = {"interactive_computer_service", "intent_promote_prostitution"}
LEGAL, FIVE = "prostitution_legal_where_targeted", "five_or_more_persons"
RECKLESS = "reckless_disregard_contributed_to_trafficking"


@pytest.mark.parametrize(
    ("key", "true", "unknown", "expected"),
    [
        ("us_2421A_a", PLATFORM, set(), MET),
        ("us_2421A_a", PLATFORM | {LEGAL}, set(), NOT_MET),
        ("us_2421A_a", PLATFORM, {LEGAL}, DEPENDS),
        ("us_2421A_a", PLATFORM - {"intent_promote_prostitution"}, {LEGAL}, NOT_MET),
        ("us_2421A_a", {LEGAL}, PLATFORM, NOT_MET),
        ("us_2421A_b", PLATFORM | {FIVE}, set(), MET),
        ("us_2421A_b", PLATFORM | {FIVE, LEGAL}, set(), NOT_MET),
        ("us_2421A_b", PLATFORM | {RECKLESS, LEGAL}, set(), MET),
        ("us_2421A_b", PLATFORM | {FIVE, RECKLESS, LEGAL}, set(), MET),
        ("us_2421A_b", PLATFORM | {FIVE, LEGAL}, {RECKLESS}, DEPENDS),
        ("us_2421A_b", PLATFORM | {RECKLESS}, {LEGAL}, MET),
        ("us_2421A_b", PLATFORM | {FIVE}, {LEGAL}, DEPENDS),
    ],
)
def test_the_defence_answers_the_base_offence_and_five_persons_only(key, true, unknown, expected):
    assert outcome(key, true, unknown) == expected


def test_a_defence_is_named_with_its_clause():
    found = verdict("us_2421A_a", PLATFORM | {LEGAL})
    assert found.clause == "18 U.S.C. 2421A(e)"
    assert comparison.open_in_words(found) == "Defence: prostitution legal where targeted."


# --- definitions of sex work --------------------------------------------------------------------------------

PAID_ADULT = {"money_or_goods_received", "adult_consents"}
MEANS = [name for name, found in definitions.features().items() if found.family == "means"]


@pytest.mark.parametrize("key", ["sw_amnesty", "sw_unaids_who"])
@pytest.mark.parametrize("means", MEANS)
def test_a_definition_of_sex_work_is_never_met_where_a_means_is_present(key, means):
    excluded = {element.feature for element in definitions.instrument(key).having("excludes")}
    found = verdict(key, PAID_ADULT | {means})
    assert found.outcome == (NOT_MET if means in excluded else DEPENDS)
    assert found.notes
    assert outcome(key, PAID_ADULT, [means]) == DEPENDS
    assert outcome(key, PAID_ADULT) == MET


@pytest.mark.parametrize("key", ["sw_amnesty", "sw_unaids_who"])
def test_nobody_under_18_is_in_a_definition_of_sex_work(key):
    found = verdict(key, {"money_or_goods_received", "under_18"})
    assert found.outcome == NOT_MET
    assert "Under 18 rules it out." in comparison.open_in_words(found)
    assert outcome(key, {"money_or_goods_received"}, {"under_18", "adult_consents"}) == DEPENDS


# --- a clause nobody read -----------------------------------------------------------------------------------


def recalled(instrument, feature):
    elements = tuple(replace(e, read="recalled") if e.feature == feature else e for e in instrument.elements)
    return replace(instrument, elements=elements)


def test_a_clause_from_memory_decides_nothing():
    true = frozenset({"act_harbour", "exploitation_prostitution_of_others", "under_18"})
    palermo = definitions.instrument("un_palermo")
    assert definitions._verdict(palermo, true, frozenset()).outcome == MET
    found = definitions._verdict(recalled(palermo, "under_18"), true, frozenset())
    assert found.outcome == DEPENDS
    assert found.missing == ()
    assert found.notes == ("Art. 3(c), (d) (under 18) was not read",)
    with_force = definitions._verdict(recalled(palermo, "under_18"), true | {"force"}, frozenset())
    assert with_force.outcome == MET


def test_rows_from_memory_in_the_data_leave_their_verdict_open():
    for instrument in definitions.instruments().values():
        for element in instrument.elements:
            if element.seen or element.status not in ("required", "one_of"):
                continue
            others = {need.elements[0].feature for need in instrument.needs if element not in need.elements}
            assert outcome(instrument.key, others | {element.feature}) == DEPENDS


# --- names and contradictions -------------------------------------------------------------------------------


def test_an_unknown_feature_raises_with_the_nearest_names():
    for wrong in ({"true": ["abuse_of_vulnerabilty"]}, {"true": [], "unknown": ["abuse_of_vulnerabilty"]}):
        with pytest.raises(ValueError, match=r"abuse_of_vulnerabilty.*Nearest: abuse_of_vulnerability"):
            definitions.verdicts(**wrong)


def test_text_instead_of_a_list_raises():
    with pytest.raises(ValueError, match="give a list"):
        definitions.verdicts("force")


@pytest.mark.parametrize("age", ["under_18", "under_14"])
def test_a_person_cannot_be_a_child_and_a_consenting_adult(age):
    with pytest.raises(ValueError, match="under_18 and adult_consents"):
        definitions.verdicts([age, "adult_consents"])


def test_a_feature_cannot_be_true_and_unknown():
    with pytest.raises(ValueError, match="force cannot be both"):
        definitions.verdicts(["force"], ["force"])


def test_age_and_consent_settle_each_other():
    assert definitions.settled(["under_14"])[0] == {"under_14", "under_18"}
    assert definitions.settled([], ["under_14"])[1] == {"under_14", "under_18"}
    assert definitions.settled(["under_18"], ["adult_consents"])[1] == frozenset()
    assert definitions.settled(["adult_consents"], ["under_14", "under_18"])[1] == frozenset()


@pytest.mark.parametrize("checked", [definitions.instrument, definitions.feature, vignettes.vignette])
def test_a_wrong_name_raises_with_the_nearest(checked):
    name = {"instrument": "un_palermoo", "feature": "forc", "vignette": "w02-bet"}[checked.__name__]
    with pytest.raises(KeyError, match="Nearest"):
        checked(name)


# --- the cases of lesson 02 ---------------------------------------------------------------------------------


def test_lesson_02_has_twelve_cases_and_five_instruments():
    assert len(vignettes.lesson_vignettes()) == 12
    assert len(ON_PAGE) == 5


def test_an_adult_with_a_booker_and_no_pressure():
    assert of("w01-booker") == [MET, NOT_MET, NOT_MET, NOT_MET, NOT_MET]
    assert of("w01-booker", "sw_amnesty", "sw_unaids_who") == [MET, MET]


def test_abuse_of_destitution_without_threat_or_lie():
    assert of("w02-bed") == [MET, NOT_MET, NOT_MET, NOT_MET, MET]
    severe = next(v for v in vignettes.vignette("w02-bed").verdicts() if v.instrument == "us_severe_sex")
    assert "Abuse of a position of vulnerability: not a listed means" in " ".join(severe.remarks)


def test_a_buyer_of_a_seventeen_year_old_and_how_one_added_act_flips_it():
    noor = vignettes.vignette("w03-buyer")
    assert of("w03-buyer") == [MET, MET, MET, NOT_MET, NOT_MET]
    assert outcome("un_palermo", {*noor.features, "act_harbour"}) == MET
    assert frozenset({"act_harbour"}) in definitions.smallest_changes(noor.features, "un_palermo", MET)


def test_driving_a_consenting_adult_over_a_state_line():
    assert of("w05-line") == [MET, NOT_MET, NOT_MET, MET, NOT_MET]


def test_unlawful_is_not_trafficked():
    river = vignettes.vignette("w06-river")
    east = {*river.features, *river.more["second_order"]["add"]}
    assert definitions.verdicts(river.features) == definitions.verdicts(east)
    assert of("w06-river") == [MET, NOT_MET, NOT_MET, NOT_MET, NOT_MET]


def test_a_minor_with_no_known_buyer_or_third_party_depends():
    luka = vignettes.vignette("w07-file")
    assert of("w07-file") == [DEPENDS] * 5
    buyer = {*luka.features, "commercial_sex_act", "act_patronize_solicit"}
    unknown = set(luka.features_open) - buyer
    assert outcome("us_severe_sex", buyer, unknown) == MET
    assert outcome("us_1591_a1", buyer, unknown) == DEPENDS
    assert outcome("un_palermo", buyer, unknown) == DEPENDS


def test_every_flip_in_the_file_changes_a_verdict():
    flips = [case for case in vignettes.vignettes().values() if "flip" in case.more]
    assert flips
    for case in flips:
        added = set(case.more["flip"]["add"])
        after = definitions.verdicts({*case.features, *added}, set(case.features_open) - added)
        assert [v.outcome for v in after] != [v.outcome for v in case.verdicts()], case.id


@pytest.mark.parametrize("case", list(vignettes.vignettes().values()), ids=lambda case: case.id)
def test_the_verdicts_agree_with_the_elements_coded_by_hand(case):
    elements = case.more["elements"]
    statuses = [part["status"] for part in elements["palermo"].values()]
    crime = elements["us_federal"]["18_usc_1591"]["status"]
    if case.id in VARIES:
        assert {*statuses, crime} == {"varies"}
        return
    coded = [CODED[status] for status in statuses if status != "not_required"]
    palermo = NOT_MET if NOT_MET in coded else DEPENDS if DEPENDS in coded else MET
    assert of(case.id, "un_palermo", "us_1591_a1") == [palermo, CODED[crime]]
    if "18_usc_2421" in elements["us_federal"]:
        assert of(case.id, "us_2421_mann") == [CODED[elements["us_federal"]["18_usc_2421"]["status"]]]


def test_age_is_coded_as_replacing_the_means_exactly_for_minors():
    for case in vignettes.vignettes().values():
        means = case.more["elements"]["palermo"]["means"]["status"]
        assert (means == "not_required") == ("under_18" in case.features), case.id


# --- smallest changes ---------------------------------------------------------------------------------------


def test_smallest_changes_are_smallest_and_do_what_they_say():
    case = vignettes.vignette("w01-booker")
    found = definitions.smallest_changes(case.features, "us_1591_a1", MET)
    assert frozenset({"force", "knowledge_or_reckless_disregard"}) in found
    assert {len(change) for change in found} == {2}
    for change in found:
        assert outcome("us_1591_a1", set(case.features) ^ change) == MET
    assert definitions.smallest_changes(case.features, "us_1591_a1", MET, most=1) == ()


def test_a_change_of_age_takes_the_consent_with_it():
    case = vignettes.vignette("w02-bed")
    for key in ("us_severe_sex", "us_1591_a2"):
        true = {*case.features, "act_benefit_from_venture", "knowledge_or_reckless_disregard"}
        found = definitions.smallest_changes(true - {"adult_consents"}, key, MET)
        assert frozenset({"under_18"}) in found
        grown = definitions.smallest_changes(true, key, MET)
        assert frozenset({"under_18"}) not in grown


def test_nothing_to_change():
    true = vignettes.vignette("w02-bed").features
    assert definitions.smallest_changes(true, "un_palermo", MET) == (frozenset(),)
    with pytest.raises(ValueError, match="allowed: met, not met, depends"):
        definitions.smallest_changes(true, "un_palermo", "maybe")


# --- as a reader sees it ------------------------------------------------------------------------------------


def test_the_two_kinds_of_definition_stand_in_tables_of_their_own():
    shown = comparison.compare(vignettes.vignette("w02-bed"), instruments=definitions.instruments())
    law, work = shown._repr_html_().split("<caption>Definitions of sex work</caption>")
    assert "Amnesty" not in law
    assert "Palermo" not in work
    assert work.count("? depends") == 2


def test_every_verdict_is_a_sign_and_a_word_with_its_clause():
    page = comparison.compare(vignettes.vignette("w07-file"), after="open")._repr_html_()
    assert page.count("? depends") == 5
    assert "Open: one of: recruits or entices" in page
    assert page.count('scope="row"') == 5


def test_case_texts_are_escaped():
    case = replace(vignettes.vignette("w02-bed"), title="<b>x</b>", facts="a < b", features_of='"&"')
    page = comparison.compare(case)._repr_html_()
    assert "<b>x" not in page
    assert "a &lt; b" in page


def test_every_instrument_and_feature_has_a_short_name():
    assert all(len(i.short) < 30 for i in definitions.instruments().values())
    shorts = [found.short for found in definitions.features().values()]
    assert len(set(shorts)) == len(shorts)


def test_a_case_of_labour_is_held_against_the_labour_limb_of_each_view() -> None:
    chidi = vignettes.vignette("v03-promised")
    shown = {verdict.instrument: verdict.outcome for verdict in comparison.compare(chidi).verdicts}
    assert shown["us_severe_labour"] == MET and shown["us_severe_sex"] == NOT_MET
    assert "us_severe_labour" not in {
        v.instrument for v in comparison.compare(vignettes.vignette("w02-bed")).verdicts
    }
