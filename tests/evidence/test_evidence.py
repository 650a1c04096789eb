"""Facts, tables, sources and the ledger: what is loaded, what is refused, and that nothing has drifted."""

from __future__ import annotations

import datetime
import re
from html.parser import HTMLParser
from pathlib import Path

import pandas as pd
import pytest

import notthesame as nts
from notthesame import evidence, lessons
from notthesame._loading import FileFaults
from notthesame.authoring import claims, generated, ledger, link_titles
from notthesame.course import course
from notthesame.evidence import Source, fact, facts, known_facts, load_facts

ROOT = course().root
HEAD = "topic: law\nchecked: 2026-11-22\nfacts:\n"
GOOD = """\
- id: law-small
  statement: Three hundred and eighty-eight voted for it.
  source: usc_22_7102
  locator: section 1
  read: primary
  figures: {votes: {value: 388, unit: votes, what: for}}
  dates: {passed: 2018-02-27, signed: 2018-04-11}
  lookups:
    minimum: {table: us_penalties, where: {provision: "18 U.S.C. 1591(b)(1)"}, column: min_years, unit: years}
  derivations:
    days: {from: [passed, signed], formula: signed - passed, unit: days}
    half: {from: [votes], formula: (votes + 1) / 2 - 0.25 * 2, digits: 1, unit: votes}
"""


def load(text: str, folder: Path) -> dict[str, evidence.Fact]:
    path = folder / "small.yaml"
    path.write_text(text, encoding="utf-8")
    return load_facts(path)


def faults_of(text: str, folder: Path) -> tuple[str, ...]:
    with pytest.raises(FileFaults) as found:
        load(text, folder)
    assert str(found.value).startswith("small.yaml: ")
    return found.value.faults


# --- loading ----------------------------------------------------------------------------------------


def test_all_the_facts_load() -> None:
    assert len(known_facts()) >= 439
    assert all(
        found.id == name and found.statement and found.locator for name, found in known_facts().items()
    )
    assert {found.read for found in known_facts().values()} <= set(evidence.READ)


def test_a_fact_has_its_values(tmp_path: Path) -> None:
    found = load(HEAD + GOOD, tmp_path)["law-small"]
    assert found["votes"].value == 388 and found["votes"].what == "for"
    assert found["signed"].value == datetime.date(2018, 4, 11)
    assert found["minimum"] == evidence.Value("minimum", 15, "years", "")
    assert found["days"].value == 43 and found["half"].value == 194.0
    assert found.checked == datetime.date(2026, 11, 22)


def test_a_fact_may_have_a_day_of_its_own(tmp_path: Path) -> None:
    text = HEAD + GOOD + "  checked: 2026-01-02\n"
    assert load(text, tmp_path)["law-small"].checked == datetime.date(2026, 1, 2)


BROKEN = """\
- id: Law_Small
  statement: x
  source: usc_22_7103
  locator: y
  read: heard
- id: law-types
  statement: 7
  source: usc_22_7102
  locator: y
  read: primary
  colour: red
  figures: {votes: {value: many, unit: votes, what: for}, n: {value: 3, unit: votes}}
  dates: {signed: yesterday}
- id: law-values
  statement: x
  source: usc_22_7102
  via: nobody2018
  locator: y
  read: primary
  figures: {Votes: {value: 1, unit: votes, what: x}, twice: {value: 1, unit: votes, what: x}}
  dates: {signed: 2018-04-11}
  lookups:
    none: {table: us_penalties, where: {provision: nowhere}, column: min_years, unit: years}
    many: {table: us_penalties, where: {min_years: 0}, column: max_years, unit: years}
    text: {table: us_penalties, where: {provision: "18 U.S.C. 1591(d)"}, column: offence, unit: years}
    blank: {table: us_penalties, where: {provision: "18 U.S.C. 1591(b)(1)"}, column: max_years, unit: years}
    table: {table: us_penalty, where: {provision: x}, column: max_years, unit: years}
  derivations:
    twice: {from: [signed], formula: signed * 2, unit: x}
    start: {from: [nothing], formula: nothing, unit: x}
    zero: {from: [twice], formula: twice / (twice - twice), unit: x}
    broken: {from: [twice], formula: twice +, unit: x}
    date: {from: [signed], formula: signed, unit: x}
    unit: {from: [signed], formula: signed}
- only text
- id: law-same
  statement: x
  source: usc_22_7102
  locator: y
  read: primary
- id: law-same
  statement: x
  source: usc_22_7102
  locator: y
"""


def test_every_fault_of_a_file_is_reported_at_once(tmp_path: Path) -> None:
    found = faults_of(HEAD + BROKEN, tmp_path)
    expected = [
        ("Law_Small", "id is 'Law_Small'; allowed are small letters"),
        ("Law_Small", "read is 'heard'; allowed: primary, secondary, recalled"),
        ("Law_Small", "There is no source 'usc_22_7103'. Nearest: "),
        ("law-types", "statement: found 7, but text is wanted"),
        ("law-types", "unknown field colour"),
        ("law-types", "figures.votes.value: found 'many', but a whole number or a number is wanted"),
        ("law-types", "figures.n: the field 'what' is missing"),
        ("law-types", "dates.signed: found 'yesterday', but a date such as 2018-04-11 is wanted"),
        ("law-values", "There is no source 'nobody2018'."),
        ("law-values", "the name 'Votes' of a value"),
        ("law-values", "the name twice stands for 2 values"),
        (
            "law-values",
            "none: the lookup {'provision': 'nowhere'} finds 0 rows of us_penalties; it must find one",
        ),
        ("law-values", "many: the lookup {'min_years': 0} finds 5 rows of us_penalties; it must find one"),
        ("law-values", "text: the lookup finds 'Obstructing enforcement of section 1591'"),
        ("law-values", "blank: the lookup finds '' in the column 'max_years'"),
        ("law-values", "table: There is no table 'us_penalty'. Nearest: us_penalties"),
        ("law-values", "twice: unsupported operand"),
        ("law-values", "start: it starts from nothing; known: "),
        ("law-values", "zero: "),
        ("law-values", "broken: 'twice +' is no formula; allowed are names, numbers and + - * /"),
        ("law-values", "date: 'signed' gives 2018-04-11; a number is wanted"),
        ("law-values", "unit: the field 'unit' is missing"),
        ("number 4", "fields with values are wanted here"),
        ("law-same", "this id is used 2 times"),
        ("law-same", "the field 'read' is missing"),
    ]
    for name, words in expected:
        assert any(fault.startswith(f"fact {name}: ") and words in fault for fault in found), (
            name,
            words,
            found,
        )


def test_a_file_of_another_shape_says_what_it_must_hold(tmp_path: Path) -> None:
    for text in ("", "topic: law\nfacts: []\n", "topic: law\nchecked: 2026-11-22\nfacts: none\n"):
        assert faults_of(text, tmp_path) == (
            "the file must hold 'topic', 'checked' (a date) and 'facts' (a list)",
        )
    assert faults_of("topic: law\nchecked: today\nfacts: []\n", tmp_path) == (
        "checked: found 'today', but a date such as 2018-04-11 is wanted",
    )
    assert faults_of(HEAD + GOOD + "  dates: {signed: 2018-04-12}\n", tmp_path) == (
        "fact law-small: dates: the key 'dates' stands twice, in line 10 and in line 16",
    )


@pytest.mark.parametrize(
    "formula",
    [
        "abs(votes)",
        "votes.real",
        "votes ** 2",
        "votes[0]",
        "__import__('os')",
        "'a' * votes",
        "other",
        "True + votes",
    ],
)
def test_a_formula_holds_names_numbers_and_four_signs_only(formula: str, tmp_path: Path) -> None:
    text = HEAD + GOOD.replace("formula: (votes + 1) / 2 - 0.25 * 2", f'formula: "{formula}"')
    [fault] = faults_of(text, tmp_path)
    assert fault.startswith("fact law-small: half: ") and "names (votes), numbers and + - * /" in fault


def test_a_half_is_rounded_away_from_zero() -> None:
    assert facts._rounded(62.5, 0) == 63 and facts._rounded(-62.5, 0) == -63
    assert facts._rounded(0.125, 2) == 0.13 and facts._rounded(2.675, 2) == 2.68
    assert isinstance(facts._rounded(62.4, 0), int)


# --- looking up -------------------------------------------------------------------------------------


def test_unknown_names_give_the_nearest() -> None:
    for checked, words in [
        (
            lambda: nts.fact("law-palermo-element"),
            "There is no fact 'law-palermo-element'. Nearest: law-palermo-elements",
        ),
        (lambda: nts.table("us_penalty"), "There is no table 'us_penalty'. Nearest: us_penalties"),
        (lambda: nts.cite("platt_2018"), "There is no source 'platt_2018'. Nearest: platt2018"),
        (
            lambda: nts.fact("law-palermo-elements")["act"],
            "law-palermo-elements: There is no value 'act'. Nearest: acts",
        ),
        (lambda: nts.label("zzzz"), "There is no fact 'zzzz'."),
    ]:
        with pytest.raises(KeyError) as unknown:
            checked()
        assert words in unknown.value.args[0]


@pytest.mark.parametrize(
    ("authors", "shorthand", "short"),
    [
        (("Platt, Lucy",), "", "Platt 2018"),
        (("Platt, Lucy", "Grenfell, Pippa"), "", "Platt and Grenfell 2018"),
        (("Platt, Lucy", "Grenfell, Pippa", "Meiksin, Rebecca"), "", "Platt et al. 2018"),
        ((), "", "A title 2018"),
        (("Platt, Lucy",), "22 U.S.C. 7102", "22 U.S.C. 7102"),
    ],
)
def test_the_short_form_of_a_source(authors: tuple[str, ...], shorthand: str, short: str) -> None:
    assert Source("k", "book", "A title", authors, "2018", shorthand=shorthand).short == short


def test_a_source_prints_a_full_reference() -> None:
    source = Source(
        "k", "article", "A title", ("Platt, Lucy",), "2018", "A journal", doi="10.1/2", url="https://x.y"
    )
    assert str(source) == "Platt, Lucy. A title (2018). A journal. https://doi.org/10.1/2."
    assert all(str(known).endswith(".") and known.short for known in evidence.known_sources().values())


def test_a_link_title_says_source_sampling_and_how_it_was_read() -> None:
    assert fact("surveys-coyote2018-60-count").link_title == "COYOTE-RI 2018, opt-in, primary"
    via = next(found for found in known_facts().values() if found.via)
    assert f" via {evidence.cite(via.via).short}" in via.link_title
    for found in known_facts().values():
        assert found.link_title.endswith(f", {found.read}") and not set('"\n') & set(found.link_title)


# --- what is shown ----------------------------------------------------------------------------------


class Table(HTMLParser):
    """The tags of a page, and the rows of its table."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.scopes: list[str | None] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        if tag == "th":
            self.scopes.append(dict(attrs).get("scope"))


def test_the_evidence_label_is_a_proper_table() -> None:
    found = next(found for found in known_facts().values() if found.label)
    page = nts.label(found.id).__html__()
    table = Table(page)
    assert table.tags[:2] == ["table", "caption"] and f"Evidence label: {found.id}</caption>" in page
    assert table.scopes and set(table.scopes) == {"row"} and table.tags.count("td") == table.tags.count("tr")
    for name in ("Who counted", "Whom", "How", "When", "Base", "Missing", "Source", "Read", "Last checked"):
        assert f">{name}</th>" in page and f"{name}: " in repr(found)


def test_the_evidence_label_escapes_its_texts(tmp_path: Path) -> None:
    text = HEAD + GOOD.replace("Three hundred and eighty-eight", "<script>alert(1)</script> &")
    page = load(text, tmp_path)["law-small"].__html__()
    assert "<script>" not in page and "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in page


def test_a_recalled_fact_prints_nothing_of_its_statement() -> None:
    recalled = [found for found in known_facts().values() if found.read == "recalled"]
    assert recalled
    sections = dict(re.findall(r"^## ([a-z0-9-]+)\n\n(.*?)(?=\n## |\Z)", ledger.ledger(), re.M | re.S))
    for found in recalled:
        for shown in (repr(found), found._repr_html_(), sections[found.id]):
            assert found.statement[:30] not in shown and "memory" in shown
            assert not claims.numerals(shown.replace(found.id, ""))


def test_a_secondary_fact_says_so_to_the_reader() -> None:
    found = next(found for found in known_facts().values() if found.read == "secondary")
    assert (
        "as a reliable source reports it" in repr(found)
        and "as a reliable source reports it" in ledger.ledger()
    )


# --- the ledger and the other generated files -------------------------------------------------------


def test_the_ledger_has_one_heading_for_each_fact() -> None:
    page = (ROOT / "data" / "ledger.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (.*)$", page, re.M) == list(known_facts())
    assert re.findall(r"^# .*$", page, re.M) == ["# The ledger"]


def test_the_generated_files_are_current() -> None:
    made = dict(generated.generated(course()))
    found = {path.name: (path.read_text(encoding="utf-8"), text) for path, text in made.items()}
    assert set(found) > {"sources.json", "ledger.md", "datapackage.json", "counting_cases_synthetic.csv"}
    stale = [name for name, (stored, made) in found.items() if stored != made]
    assert not stale, f"{stale}: run make data"


def test_the_titles_of_links_are_current() -> None:
    shelves = [lessons.read_all(ROOT / folder) for folder in ("lessons", "exercises/solutions")]
    texts = {
        f"{notebook.path.name}, cell {cell.index}": cell.source
        for shelf in shelves
        for notebook in shelf
        for cell in notebook.markdown()
    }
    assert not [where for where, text in texts.items() if link_titles.with_titles(text) != text]


def test_titles_are_written_and_unknown_facts_left_alone() -> None:
    text = 'See [x](../data/ledger.md#law-palermo-elements) and [y](../../data/ledger.md#nope "z").'
    title = fact("law-palermo-elements").link_title
    assert link_titles.with_titles(text) == text.replace("elements)", f'elements "{title}")')
    assert link_titles.with_titles(link_titles.with_titles(text)) == link_titles.with_titles(text)


# --- tables -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", evidence.table_names())
def test_a_table_has_the_types_that_its_descriptor_says(name: str) -> None:
    table, stored = nts.table(name), evidence.rows(name)
    fields = evidence.descriptor(name)["schema"]["fields"]
    assert list(table.columns) == [field["name"] for field in fields] and len(table) == len(stored) > 0
    for field in fields:
        column = table[field["name"]]
        is_type = {
            "string": pd.api.types.is_string_dtype,
            "integer": pd.api.types.is_integer_dtype,
            "number": pd.api.types.is_float_dtype,
            "boolean": pd.api.types.is_bool_dtype,
            "date": pd.api.types.is_datetime64_any_dtype,
        }[field["type"]]
        assert is_type(column), (field, column.dtype)
        assert list(column.isna()) == [not row[field["name"]] for row in stored], field["name"]


def test_a_date_of_a_table_is_a_date() -> None:
    events = nts.table("fosta_timeline").set_index("id")
    assert events.loc["fosta-signed", "date"] == pd.Timestamp(2018, 4, 11)
