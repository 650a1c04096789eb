"""The claims rule: planted errors fail, their unplanted twins pass, and what is free stays free."""

from __future__ import annotations

from pathlib import Path

import pytest

from notthesame import evidence, questions
from notthesame.authoring import claims
from notthesame.authoring.rules import notebooks
from notthesame.course import Course

COUNT = "surveys-coyote2018-60-count"  # 156 of 260 people, 60 percent
VOTES = "law-seed-not-unanimous"  # 388 to 25 from the roll call table; house_share 0.94, house_percent 94
PENALTIES = "law-1591-penalties"
VERDICT = "law-acquittals-2024"  # acquitted on 23 April 2024


def link(words: str, fact_id: str, title: str | None = None) -> str:
    title = evidence.fact(fact_id).link_title if title is None else title
    return f'So it is: [{words}](../data/ledger.md#{fact_id} "{title}").'


def faults(text: str) -> list[str]:
    return [fault.what for fault in claims.check_prose(text, "here")]


def loose(text: str) -> list[str]:
    return [numeral.text for numeral in claims._loose(text)]


# --- planted errors, each beside its unplanted twin ----------------------------------------------------


def test_a_right_claim_passes() -> None:
    assert faults(link("156 of 260, or 60 per cent", COUNT)) == []


def test_a_wrong_value_fails() -> None:
    assert any("'157' is no value of" in fault for fault in faults(link("157 of 260, or 60 per cent", COUNT)))


def test_the_right_value_of_another_fact_fails() -> None:
    assert faults(link("388 to 25", VOTES)) == []
    assert any("'388' is no value of" in fault for fault in faults(link("388 to 25", COUNT)))


def test_a_number_without_a_link_fails() -> None:
    assert faults("They felt less safe.") == []
    [fault] = faults("Of them 156 felt less safe.")
    assert "'156' is a number without a link" in fault


def test_a_number_word_fails() -> None:
    assert faults("No one felt less safe.") == []
    assert "'Seventeen'" in faults("Seventeen felt less safe.")[0]
    assert faults(link("fifteen years", PENALTIES)) == []
    assert "'sixteen'" in faults(link("sixteen years", PENALTIES))[0]


def test_an_unknown_id_fails_and_names_the_nearest() -> None:
    [fault] = faults('[sixty](../data/ledger.md#surveys-coyote2018-60-cuont "COYOTE-RI 2018")')
    assert "There is no fact 'surveys-coyote2018-60-cuont'" in fault and COUNT in fault


def test_a_recalled_fact_fails() -> None:
    recalled = next(found.id for found in evidence.known_facts().values() if found.read == "recalled")
    assert any("recalled" in fault for fault in faults(link("a claim", recalled)))
    assert any("recalled" in fault.what for fault in claims.check_named("A claim.", [recalled], "here"))
    assert faults(link("a claim", COUNT)) == []


def test_per_cent_for_a_share_fails() -> None:
    assert faults(link("a share of 0.94", VOTES)) == []
    assert "'0.94'" in faults(link("0.94 per cent", VOTES))[0]


def test_a_share_for_per_cent_fails() -> None:
    assert faults(link("60 per cent", COUNT)) == []
    assert "'60'" in faults(link("60 people", COUNT))[0]
    assert "'156'" in faults(link("156 per cent", COUNT))[0]


def test_percentage_points_are_not_per_cent() -> None:
    assert faults(link("27.3 percentage points", "debate-indonesia")) == []
    assert "'27.3'" in faults(link("27.3 per cent", "debate-indonesia"))[0]
    assert "'60'" in faults(link("60 percentage points", COUNT))[0]


def test_a_stale_table_lookup_fails(data_copy: Path) -> None:
    text = link("388 to 25", VOTES)
    assert faults(text) == []
    table = data_copy / "tables" / "rollcall.csv"
    changed = table.read_text(encoding="utf-8").replace(",388,25,", ",389,25,")
    assert changed != table.read_text(encoding="utf-8")
    table.write_text(changed, encoding="utf-8")
    with Course(data_copy.parent).in_use():  # read anew
        assert any("'388' is no value of" in fault for fault in faults(text))


def test_a_wrong_and_a_missing_title_fail() -> None:
    assert "has the title 'COYOTE 2018'" in faults(link("60 per cent", COUNT, "COYOTE 2018"))[0]
    assert "has the title ''" in faults(f"[60 per cent](../data/ledger.md#{COUNT})")[0]


def test_a_date_wrong_by_a_day_fails() -> None:
    assert faults(link("on 23 April 2024", VERDICT)) == []
    assert "'24 April 2024'" in faults(link("on 24 April 2024", VERDICT))[0]
    assert faults(link("in April 2024", VERDICT)) == [] and faults(link("in 2024", VERDICT)) == []
    assert faults(link("in May 2024", VERDICT)) and faults(link("in 2025", VERDICT))


def test_a_count_is_no_year() -> None:
    assert faults(link("2,024 people", VERDICT))


def test_a_number_in_a_reason_fails() -> None:
    question = questions.question("02-minimum-no-means")
    named = question.facts
    assert list(claims.check_named("The minimum is 10 years.", named, "here")) == []
    [fault] = claims.check_named("The minimum is 11 years.", named, "here")
    assert "'11' is no value of the facts it names" in str(fault) and named[0] in str(fault)


@pytest.mark.parametrize(("years", "wrong"), [(15, False), (16, True)])
def test_a_number_in_an_alt_text_fails(years: int, wrong: bool) -> None:
    page = (
        f'<figure><img alt="Sex trafficking by force, fraud or coercion starts at {years} years in prison." '
        'src="data:image/png;base64,eA=="><figcaption>Years by provision. Source: '
        f'<a href="../data/ledger.md#{PENALTIES}">18 U.S.C. 1591</a>.</figcaption></figure>'
    )
    found = list(map(str, notebooks.figure_faults(page, "here")))
    assert any("alt text" in fault and f"'{years}'" in fault for fault in found) is wrong


def test_a_number_in_a_caption_fails() -> None:
    page = (
        '<figure><img alt="Sex trafficking by force, fraud or coercion has the highest minimum." src="x">'
        '<figcaption>Nine provisions. Source: <a href="../data/tables/us_penalties.csv">t</a>.'
        "</figcaption></figure>"
    )
    assert any("caption" in str(f) and "'Nine'" in str(f) for f in notebooks.figure_faults(page, "here"))
    fine = page.replace("Nine", "Seven")  # the table has seven rows
    assert len(evidence.rows("us_penalties")) == 7
    assert not list(notebooks.figure_faults(fine, "here"))


def test_an_invented_case_frees_its_own_numerals_only() -> None:
    case = "Ruta, 30, signs on 3 May 2020."
    assert list(claims.check_named("Ruta is 30 and signs on 3 May 2020.", [], "here", free=case)) == []
    assert list(claims.check_named("Ruta is 31.", [], "here", free=case))
    assert list(claims.check_named("Ruta signs on 4 May 2020.", [], "here", free=case))
    assert list(claims.check_named("30 per cent do.", [], "here", free=case))


def test_a_table_gives_numbers_in_its_own_unit() -> None:
    column = next(
        f for f in evidence.descriptor("platt_forest")["schema"]["fields"] if f.get("unit") == "odds ratio"
    )
    value = next(row[column["name"]] for row in evidence.rows("platt_forest") if row[column["name"]])
    assert list(claims.check_named(f"The ratio is {value}.", [], "here", tables=["platt_forest"])) == []
    assert list(claims.check_named(f"It is {value} per cent.", [], "here", tables=["platt_forest"]))


# --- repeats -------------------------------------------------------------------------------------------


def test_a_repeat_in_a_section_needs_no_link() -> None:
    covered: set[tuple[object, ...]] = set()
    assert list(claims.check_prose(link("156 of 260, or 60 per cent", COUNT), "here", covered)) == []
    assert list(claims.check_prose("Of these 156 most said so, 60 per cent.", "here", covered)) == []
    assert list(claims.check_prose("Of these 156 per cent said so.", "here", covered))
    assert list(claims.check_prose("Of these 156 most said so.", "elsewhere", set()))


def test_a_linked_day_covers_its_year_and_not_another_day() -> None:
    covered: set[tuple[object, ...]] = set()
    assert list(claims.check_prose(link("on 23 April 2024", VERDICT), "here", covered)) == []
    assert (
        list(claims.check_prose("In 2024, in April 2024, on 23 April, it was over.", "here", covered)) == []
    )
    assert list(claims.check_prose("On 24 April 2024 it was over.", "here", covered))


# --- free of the rule ----------------------------------------------------------------------------------

FREE = [
    "22 U.S.C. 7102(11)(A) lists them",
    "18 U.S.C. 1591(b)(1)-(2) sets the sentence",
    "see Art. 3(a)",
    "Article 3(c)-(d) drops the means",
    "Articles 3, 4 and 5 say so",
    "Section 230(c)(1) bars it",
    "sections 1591 and 1595",
    "chapters 77 and 117 of title 18",
    "7102(12), (11)(A) and 1591(a)(1)",
    "New Zealand's statute (s 16)",
    "Pub. L. 115-164",
    "H.R. 1865 and S. 1693",
    "GAO-21-385 and A/HRC/56/48",
    "Directive 2011/36/EU",
    "the 1949 Convention and the Prostitution Reform Act 2003",
    "ILO Convention No. 29",
    "(Platt 2018)",
    "Platt et al. (2018)",
    "the UNODC issue papers on vulnerability (2013) and on consent (2014)",
    "the 2019 blog post",
    "in pp. 172-187, https://doi.org/10.1371/2018",
    "see lesson 02",
    "lessons 04 and 05",
    "# 02 What the law calls trafficking",
    "1. separate act, means and purpose;\n2. apply it",
    "task 2 and hint 3",
    "60 minutes alone, 60 minutes in class",
    "a 90-minute workshop",
    "one to three minutes",
    "five instruments",
    "twelve vignettes",
    "apply five instruments to twelve vignettes",
    "nine of the twelve vignettes",
    "in 40 to 90 words",
    "three answers and two sides",
    "keep the two apart",
    "no one, one of the lists, one another",
    "one code span `x = 12` and a block\n\n```\n260 of 262\n```\n\n",
    "[a page](02_what.ipynb#4-of-12)",
    "a 95 per cent interval",
    "Python 3.11 and CC BY 4.0",
    "COVID-19",
    "half an hour, and the second half of the sentence",
    "the 1990s, the 20th century and a third party",
    "| Block | 60 minutes | 50 |\n| --- | --- | --- |\n| Opening | 5 | 5 |\n",
]


@pytest.mark.parametrize("text", FREE)
def test_what_is_free_of_the_rule(text: str) -> None:
    assert loose(text) == []


CAUGHT = {
    "388 to 25": ["388", "25"],
    "a 97-2 vote": ["97", "2"],
    "half of them": ["half"],
    "over half said so": ["half"],
    "a third of respondents": ["a third"],
    "two thirds of it": ["two thirds"],
    "three-quarters of it": ["three-quarters"],
    "one in six": ["one in six"],
    "nine in ten women": ["nine in ten"],
    "twenty-one per cent": ["twenty-one"],
    "one per cent": ["one"],
    "one count of 86": ["one", "86"],
    "11 April 2018": ["11 April 2018"],
    "2018-04-11": ["2018-04-11"],
    "in April 2018": ["April 2018"],
    "200 million": ["200 million"],
    "two hundred and fifty thousand": ["two hundred and fifty thousand"],
    "half a million": ["half a million"],
    "two dozen": ["two dozen"],
    "$1.5bn": ["1.5bn"],
    "20m users": ["20m"],
    "in 2015": ["2015"],
    "In 2015, buyers were added": ["2015"],
    "since 2015;": ["2015"],
    "the law (2018) closed it": ["2018"],
    "Platt (2017)": ["2017"],
    "three times": ["three"],
    "twice as many": ["twice"],
    "under 18": ["18"],
    "a person of seventeen": ["seventeen"],
    "1.5 million": ["1.5 million"],
    "33.8 per cent": ["33.8"],
    "*60* per cent and _28_ per cent": ["60", "28"],
    "a coefficient of 0.1592": ["0.1592"],
    "1591 people": ["1591"],
    "ten-year sentences": ["ten"],
    "a 15 year prison sentence": ["15"],
    "five or more persons": ["five"],
    "12 women gave answers": ["12"],
    "12 of them said so": ["12"],
    "a few of them (12) said so": ["12"],
    "26 Women reported (as they do)": ["26"],
    "in the U.S. 50 states": ["50"],
    "400 instruments": ["400"],
    "five per cent of lessons": ["five"],
    "the court's 12 counts": ["12"],
    "\N{HORIZONTAL ELLIPSIS}12 women and ...13 men": ["12", "13"],
    "| 2015 | 12 |": ["2015", "12"],
}


@pytest.mark.parametrize("text", CAUGHT)
def test_what_is_caught(text: str) -> None:
    assert loose(text) == CAUGHT[text]


# --- reading numerals ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("two hundred and five", 205),
        ("one hundred and eighty thousand", 180_000),
        ("two thousand and five", 2_005),
        ("twelve million", 12_000_000),
        ("a hundred", 100),
        ("ninety-nine", 99),
        ("1,234.5", 1_234.5),
        ("21.6 million", 21_600_000),
        (".05", 0.05),
        ("two thirds", 2 / 3),
    ],
)
def test_the_number_a_numeral_says(text: str, number: float) -> None:
    [numeral] = claims.numerals(text)
    assert numeral.number == pytest.approx(number) and numeral.text == text


def test_one_of_ten_counts_ten() -> None:
    assert loose("one of ten listed acts") == ["ten"]


def test_numbers_joined_by_and_stay_apart() -> None:
    assert [n.number for n in claims.numerals("between twenty and thirty")] == [20, 30]
    assert [n.number for n in claims.numerals("two hundred and three hundred")] == [200, 300]


def test_a_range_shares_its_per_cent_its_scale_and_its_month() -> None:
    assert [(n.number, n.per_cent) for n in claims.numerals("6 to 10 per cent")] == [(6, True), (10, True)]
    assert [n.per_cent for n in claims.numerals("43, 21 and 36 per cent")] == [True, True, True]
    assert [n.per_cent for n in claims.numerals("of 25, 60 per cent")] == [False, True]
    assert [n.number for n in claims.numerals("between 20 and 27 million")] == [20e6, 27e6]
    assert [n.date for n in claims.numerals("22 to 23 March 2018")] == [(2018, 3, 22), (2018, 3, 23)]
    assert [n.date for n in claims.numerals("14 April to 25 May 2018")] == [(2018, 4, 14), (2018, 5, 25)]


def test_a_scale_in_the_unit_counts() -> None:
    fact_id = "prevalence-gems-2022"  # forced_labour: 27.6, million people
    assert faults(link("27.6 million people", fact_id)) == []
    assert faults(link("27.6 people", fact_id)) and faults(link("27.6 billion people", fact_id))


def test_words_say_the_sign_of_a_fall() -> None:
    fact_id = "debate-tippelzones"  # change_low: -30, change_high: -40 percent
    assert faults(link("30 to 40 per cent lower", fact_id)) == []
    assert faults(link("31 to 40 per cent lower", fact_id))


def test_a_share_in_words_may_stand_for_per_cent() -> None:
    value = evidence.Value("x", 66.7, "percent", "")
    [numeral] = claims.numerals("two thirds")
    assert claims._equal(numeral, value)
    assert not claims._equal(numeral, evidence.Value("x", 65, "percent", ""))
    [half] = claims.numerals("half of")
    assert claims._equal(half, evidence.Value("x", 50, "percent", ""))
    assert not claims._equal(half, evidence.Value("x", 50.4, "percent", ""))
    assert not claims._equal(half, evidence.Value("x", 50, "people", ""))
    [ratio] = claims.numerals("one in six")
    assert claims._equal(ratio, evidence.Value("x", 6, "one in", ""))


def test_the_parser_reads_the_statements_of_the_ledger() -> None:
    """Most numerals of a statement are values of its fact; the others are figures nobody has named yet."""
    known = [
        any(claims._equal(numeral, value) for value in found.values.values())
        for found in evidence.known_facts().values()
        for numeral in claims._loose(found.statement)
    ]
    assert len(known) > 1_000 and sum(known) / len(known) > 0.5
