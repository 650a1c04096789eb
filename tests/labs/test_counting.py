"""The counting lab and its synthetic cases, driven by value in a plain Python without a browser."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as some

import notthesame as nts
from notthesame import evidence
from notthesame.course import course
from notthesame.labs.counting import SHOWN, STATIC, CountingLab, static_block
from notthesame.subject import counting, definitions
from notthesame.subject.counting import GROUPS, IN, OUT, RANGE, count_cases
from notthesame.subject.definitions import DEPENDS, MET, ON_PAGE
from notthesame.synthetic import counting_cases

CASES = tuple(counting_cases.generate())
NONE = dict.fromkeys(GROUPS, 0)


@pytest.fixture
def lab():
    """The lab with its totals shown."""
    return nts.counting_lab(predict=False)


def totals(numbers=None, unknown=0):
    return {total.instrument: total for total in count_cases(numbers, unknown)}


def row(lab, key):
    return next(row for row in lab.rows if row["key"] == key)


# --- the synthetic cases ------------------------------------------------------------------------------------


def test_the_table_is_exactly_what_the_generator_makes():
    path = course().file("data", "tables", "counting_cases_synthetic.csv")
    assert path.read_bytes() == counting_cases.as_csv().encode("utf-8")
    assert counting_cases.as_csv(seed=4) != counting_cases.as_csv()


def test_every_case_says_that_it_is_synthetic_and_holds_features_only():
    rows = evidence.rows(counting.TABLE)
    assert len(rows) == 400 and {row["synthetic"] for row in rows} == {"true"}
    assert evidence.descriptor(counting.TABLE)["title"].startswith("Synthetic")
    for case in CASES:
        assert set(case.true) | set(case.open) <= set(definitions.features()), case.case
        definitions.settled(set(case.true) - set(case.open), case.open)


def test_the_groups_are_what_their_names_say():
    us_and_palermo_means = set(counting_cases.MEANS)
    by_group = {group: [set(case.true) for case in CASES if case.group == group] for group in GROUPS}
    assert {group: len(cases) for group, cases in by_group.items()} == dict.fromkeys(GROUPS, counting.SIZE)
    assert all("under_18" in case and "adult_consents" not in case for case in by_group["minor"])
    assert all(len(case & us_and_palermo_means) == 1 for case in by_group["adult_means"])
    for group in ("third_party", "self_directed"):
        assert all("adult_consents" in case and not case & us_and_palermo_means for case in by_group[group])
    assert all("act_patronize_solicit" in case for case in by_group["self_directed"])
    assert not any("act_patronize_solicit" in case for case in by_group["third_party"])
    assert all("money_or_goods_received" not in case for case in by_group["minor"])


def test_the_lab_and_the_generator_agree_on_groups():
    assert set(GROUPS) == set(counting_cases.ROLLS)


def test_open_files_are_spread_over_every_group_and_any_first_so_many_places():
    for group in GROUPS:
        opens = {case.place: case.opens_at for case in CASES if case.group == group}
        assert sorted(opens.values()) == list(range(1, 101))
        for first in (20, 50, 80):
            open_half = sum(opens[place] <= 50 for place in range(1, first + 1))
            assert abs(open_half - first / 2) <= 2, (group, first)


# --- the count ----------------------------------------------------------------------------------------------


def test_the_count_is_the_verdicts_of_the_rule_case_by_case():
    numbers, unknown = {"minor": 30, "adult_means": 45, "third_party": 60, "self_directed": 5}, 35
    met, depends = (dict.fromkeys(definitions.instruments(), 0) for _ in range(2))
    for case in CASES:
        if case.place > numbers[case.group]:
            continue
        hidden = set(case.open) if case.opens_at <= unknown else set()
        for verdict in definitions.verdicts(set(case.true) - hidden, hidden):
            met[verdict.instrument] += verdict.outcome == MET
            depends[verdict.instrument] += verdict.outcome == DEPENDS
    for key, total in totals(numbers, unknown).items():
        assert (sum(total.met.values()), sum(total.depends.values())) == (met[key], depends[key]), key


def test_one_population_has_many_totals():
    counted = {key: totals()[key].bounds() for key in SHOWN}
    assert len(set(counted.values())) == len(SHOWN)
    assert counted["us_sex_trafficking"] > counted["us_severe_sex"] > counted["us_2421_mann"]


def test_the_severe_form_counts_no_adult_without_a_means_and_the_broad_label_does():
    without = {"minor": 0, "adult_means": 0}
    assert totals(without)["us_severe_sex"].bounds() == (0, 0)
    assert totals(without)["us_sex_trafficking"].bounds()[0] > 100
    assert totals(without)["un_palermo"].bounds() == (0, 0)


def test_definitions_of_sex_work_never_count_a_minor():
    for unknown in (0, 50, 100):
        for key, total in totals(unknown=unknown).items():
            if definitions.instrument(key).of_sex_work:
                assert total.bounds(RANGE, "minor") == (0, 0), (key, unknown)


def test_depends_counts_out_in_or_as_a_range():
    total = totals(unknown=50)["us_severe_sex"]
    met, more = sum(total.met.values()), sum(total.depends.values())
    assert met and more
    assert (total.bounds(OUT), total.bounds(IN), total.bounds(RANGE)) == (
        (met, met),
        (met + more, met + more),
        (met, met + more),
    )
    assert total.bounds(RANGE, "minor") == (total.met["minor"], total.met["minor"] + total.depends["minor"])


number = some.integers(0, 100)


@given(some.fixed_dictionaries(dict.fromkeys(GROUPS, number)), number, number)
def test_opening_more_files_only_widens_a_range(numbers, one, other):
    fewer, more = totals(numbers, min(one, other)), totals(numbers, max(one, other))
    for key in fewer:
        assert fewer[key].bounds()[0] >= more[key].bounds()[0], key
        assert fewer[key].bounds()[1] <= more[key].bounds()[1], key


@given(some.fixed_dictionaries(dict.fromkeys(GROUPS, number)), number)
def test_no_total_is_larger_than_the_population_and_groups_add_up(numbers, unknown):
    for total in count_cases(numbers, unknown):
        low, high = total.bounds()
        assert 0 <= low <= high <= sum(numbers.values())
        for group, size in numbers.items():
            assert total.met[group] + total.depends[group] <= size
        assert low == sum(total.bounds(OUT, group)[0] for group in GROUPS)


@pytest.mark.parametrize(
    ("numbers", "unknown", "words"),
    [
        ({"minors": 5}, 0, "there is no group 'minors'"),
        ({"minor": 101}, 0, "minor is 101; allowed are whole numbers from 0 to 100"),
        ({"minor": 2.5}, 0, "minor is 2.5"),
        ({"minor": True}, 0, "minor is True"),
        ({}, 101, "unknown is 101; allowed are whole per cent from 0 to 100"),
        ({}, True, "unknown is True"),
    ],
)
def test_what_cannot_be_a_population_raises_and_says_what_can(numbers, unknown, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        count_cases(numbers, unknown)
    with pytest.raises(ValueError, match=re.escape(words)):
        nts.counting_lab(numbers, unknown)


# --- the lab ------------------------------------------------------------------------------------------------


def test_it_opens_on_the_whole_file_and_asks_to_predict_first():
    lab = nts.counting_lab()
    assert lab.numbers == dict.fromkeys(GROUPS, 100) and lab.cases == 400
    assert (lab.unknown, lab.depends, tuple(lab.instruments)) == (0, RANGE, SHOWN)
    assert set(ON_PAGE) < set(SHOWN)
    assert lab.message == "400 synthetic cases. Predict first."


def test_no_total_reaches_the_page_before_the_prediction():
    lab = nts.counting_lab()
    lab.numbers = NONE | {"minor": 40}
    lab.unknown = 20
    assert all(set(row) == {"key", "short", "name", "sexWork"} for row in lab.rows)
    assert lab.message == "40 synthetic cases, 20 per cent of the files open. Predict first."


def test_the_prediction_is_judged_and_the_totals_are_not_a_verdict_on_the_world():
    lab = nts.counting_lab()
    lab.predictions = {"most": "us_sex_trafficking", "fewest": "un_palermo"}
    lab.revealed = True
    assert lab.message == (
        "Totals shown. Most: you said US broad label, which agrees. "
        "Fewest: you said Palermo Protocol, it is Mann Act. "
        "400 synthetic cases. Totals run from 25 (Mann Act) to 349 (US broad label). "
        "Broad label to severe form: 349 to 137, a ratio of 2.55. "
        "None of them is the number."
    )


def test_instruments_that_share_a_place_are_all_right():
    lab = nts.counting_lab(NONE | {"self_directed": 10})
    lab.predictions = {"fewest": "un_palermo"}
    lab.revealed = True
    assert "Fewest: you said Palermo Protocol, which agrees." in lab.message


def test_the_rows_are_the_totals(lab):
    lab.numbers = NONE | {"adult_means": 50, "third_party": 50}
    lab.unknown = 40
    for key, total in lab.totals.items():
        low, high = total.bounds()
        shown = row(lab, key)
        assert shown["total"] == (str(low) if low == high else f"{low} to {high}")
        assert (shown["low"], shown["high"]) == (low, high)  # of 100 cases, so per cent too
        assert len(shown["parts"]) == len(GROUPS) and shown["parts"][0] == shown["parts"][3] == "0"


def test_the_rule_for_depends_moves_the_totals(lab):
    lab.unknown = 50
    ranged = row(lab, "us_severe_sex")["total"]
    low, high = ranged.split(" to ")
    lab.depends = OUT
    assert row(lab, "us_severe_sex")["total"] == low
    lab.depends = IN
    assert row(lab, "us_severe_sex")["total"] == high


def test_an_empty_population_is_said_to_be_empty(lab):
    lab.numbers = NONE
    assert lab.message == "0 synthetic cases. There is nothing to count."
    assert {row["total"] for row in lab.rows} == {"0"}


def test_every_instrument_on_demand_and_back(lab):
    lab.every = True
    assert lab.instruments == list(definitions.instruments())
    assert [row["key"] for row in lab.rows if row["sexWork"]] == ["sw_amnesty", "sw_unaids_who"]
    assert "from 0 (" in lab.message
    lab.every = False
    assert tuple(lab.instruments) == SHOWN
    lab.instruments = ["un_palermo"]
    lab.every = True
    lab.every = False
    assert lab.instruments == ["un_palermo"]


# --- what stands on the page --------------------------------------------------------------------------------


def test_the_static_block_reads_whole_and_predicts_first():
    page = static_block()
    blocks = re.findall(r"<details><summary>(.*?)</summary>(.*?)</details>", page, re.S)
    assert [html.unescape(title) for title, _ in blocks] == [
        f"Predict first, then open: {title}" for title, _, _ in STATIC
    ]
    for (_, shown), (_, numbers, unknown) in zip(blocks, STATIC, strict=True):
        cells = re.findall(r"<td[^>]*>(.*?)</td>", shown)
        assert len(cells) == len(SHOWN) * (1 + len(GROUPS))
        low, high = totals(numbers, unknown)["us_sex_trafficking"].bounds()
        assert cells[0] == (str(low) if low == high else f"{low} to {high}")
        assert "Synthetic cases counted" in shown
    outside = re.sub(r"<details>.*?</details>", "", page, flags=re.S)
    assert "synthetic" in outside and not re.search(r"\d", outside)


def test_the_script_holds_no_feature_instrument_or_group():
    script = str(CountingLab.script)
    assert not [n for n in (*definitions.features(), *definitions.instruments(), *GROUPS) if n in script]


# --- which cases drop out -----------------------------------------------------------------------------------


@pytest.mark.parametrize("unknown", [0, 40])
def test_what_is_counted_what_depends_and_what_drops_out_is_every_case(unknown):
    numbers = {"minor": 60, "third_party": 35}
    for total in counting.count_cases(numbers, unknown):
        left = counting.left_out(total.instrument, numbers, unknown)
        for group, size in counting.population(numbers).items():
            dropped = sum(left.get(group, {}).values())
            assert total.met[group] + total.depends[group] + dropped == size


def test_the_lab_says_why_84_of_100_minors_count():
    lab = nts.counting_lab(predict=False)
    [severe] = [said for name, said in lab.dropped if name == "US severe form (sex)"]
    assert severe[0].startswith("16 of 100 minors drop out. 16: Missing: one of: recruits or entices")
    assert lab.message.endswith("a ratio of 2.55. None of them is the number.")
    lab.numbers = {"minor": 0, "adult_means": 0}
    assert "no one ratio" in lab.message


def test_nothing_is_said_of_what_drops_out_before_the_totals_are_shown():
    assert nts.counting_lab().dropped == []
