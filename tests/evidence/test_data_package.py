"""The data folder: described, current and resolved."""

from __future__ import annotations

import csv
import datetime
import json
import re
import shutil
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from notthesame import evidence, lessons
from notthesame.authoring.bibliography import sources_json
from notthesame.authoring.descriptor import refresh
from notthesame.course import course

DATA = Path(__file__).resolve().parents[2] / "data"
TOPICS = ("law", "surveys", "prevalence", "debate")
PACKAGE = json.loads((DATA / "datapackage.json").read_text(encoding="utf-8"))
TABLES = [resource for resource in PACKAGE["resources"] if resource["path"].endswith(".csv")]
USED_IN_02 = {"definition_elements", "definition_features", "us_penalties"}
STATUSES = {  # the machine rule decides with the first line; the others only explain a verdict
    *("required", "one_of", "excludes", "defence", "defence_partial"),
    *("not_required", "not_listed", "not_addressed", "irrelevant_if_means"),
    *("not_a_substitute", "not_in_definition", "separate_offence"),
}
# Dates that both a fact and the timeline give: (fact, name of its date) -> event.
SAME_DAY = {
    ("law-signing", "signed"): "fosta-signed",
    ("law-backpage-seized-before-law", "signed"): "fosta-signed",
    ("law-backpage-seized-before-law", "seized"): "backpage-seized",
    ("law-palermo-elements", "protocol_adopted"): "palermo-adopted",
    ("law-palermo-elements", "tvpa_enacted"): "tvpa-enacted",
    ("law-tvpa-severe-form-sex", "tvpa_enacted"): "tvpa-enacted",
    ("law-tvpa-buyers-2015", "enacted"): "jvta-enacted",
    ("law-craigslist-2009", "announced"): "craigslist-paid-category",
    ("law-craigslist-2010", "ended"): "craigslist-ends-adult",
    ("law-doe-backpage-2016", "decided"): "doe-v-backpage",
    ("law-backpage-adult-2017", "closed"): "psi-report",
    ("law-bills", "house_introduced"): "house-bill-introduced",
    ("law-bills", "senate_introduced"): "senate-bill-introduced",
    ("law-house-vote", "passed"): "house-passes",
    ("law-senate-vote", "passed"): "senate-passes",
    ("law-craigslist-personals", "began"): "craigslist-personals",
    ("law-dmass-2018", "decided"): "doe-v-backpage-2018",
    ("law-texas-plea", "federal_pleas"): "backpage-federal-pleas",
    ("law-texas-plea", "texas_plea"): "backpage-texas-plea",
    ("law-woodhull-2018", "filed"): "woodhull-filed",
    ("law-woodhull-2018", "dismissed"): "woodhull-dismissed",
    ("law-woodhull-2020", "decided"): "woodhull-standing",
    ("law-woodhull-2022", "decided"): "woodhull-merits",
    ("law-woodhull-2023", "decided"): "woodhull-affirmed",
    ("law-martono", "indicted"): "cityxguide-indicted",
    ("law-verdict-2023", "verdict"): "backpage-verdict",
    ("law-acquittals-2024", "acquitted"): "backpage-acquittals",
    ("law-sentences-2024", "sentenced"): "backpage-sentences",
    ("law-remission-2025", "petitions_due"): "remission-deadline",
    ("law-reddit-2022", "review_declined"): "reddit-review-declined",
    ("law-twitter-x", "decided"): "x-ninth-circuit",
}


def load(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def named(resource: Mapping[str, Any]) -> str:
    return str(resource["name"])


def facts_of(topic: str) -> list[dict[str, Any]]:
    return list(load(DATA / "facts" / f"{topic}.yaml")["facts"])


def source_keys(node: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every (place, key) under a ``source``, ``via`` or ``sources`` of a YAML tree."""
    if isinstance(node, list):
        for item in node:
            yield from source_keys(item, where)
    elif isinstance(node, dict):
        here = f"{where}/{node.get('id', '')}".rstrip("/")
        for name, value in node.items():
            if name in ("source", "via", "sources"):
                yield from ((here, key) for key in (value if isinstance(value, list) else [value]))
            else:
                yield from source_keys(value, here)


# --- the package --------------------------------------------------------------------------------------------


def test_frictionless_finds_no_fault_in_any_row() -> None:
    from frictionless import validate

    report = validate(str(DATA / "datapackage.json"))
    assert report.stats["tasks"] == len(PACKAGE["resources"])
    assert not report.flatten(["type", "note"])
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])[:20]


def test_hashes_and_sizes_are_current() -> None:
    assert refresh(DATA) == (DATA / "datapackage.json").read_text(encoding="utf-8")


def test_every_file_is_described_once() -> None:
    described = [resource["path"] for resource in PACKAGE["resources"]]
    assert len(described) == len(set(described))
    files = [path for path in DATA.rglob("*") if path.is_file() and ".ipynb_checkpoints" not in path.parts]
    found = {path.relative_to(DATA).as_posix() for path in files}
    assert found - set(described) <= {
        "datapackage.json",
        "flashcards.csv",
        "flashcards.md",
        "glossary.md",
        "ledger.md",
    }  # the descriptor itself, generated pages
    assert set(described) <= found


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_names_the_lessons_that_name_it(table: dict[str, Any]) -> None:
    books = (*lessons.read_all(course().lessons), *lessons.read_all(course().solutions))
    naming = {b.number for b in books for cell in b.code() if f'"{table["name"]}"' in cell.source}
    assert naming <= set(table["usedIn"])


@pytest.mark.parametrize("table", TABLES, ids=named)
def test_a_table_says_what_it_is(table: dict[str, Any]) -> None:
    for name in ("title", "description", "hash", "bytes", "synthetic", "cannotTell", "licenses", "schema"):
        assert table.get(name) not in ("", None, []), name
    assert table["name"] == Path(table["path"]).stem
    assert len(table["cannotTell"]) >= 60 and len(re.findall(r"[.?](?= |$)", table["cannotTell"])) <= 3
    assert all(re.fullmatch(r"\d\d", lesson) for lesson in table["plannedFor"] + table["usedIn"])
    assert ("status" in table) == (not table["usedIn"])
    assert (table["name"] in USED_IN_02) == ("02" in table["usedIn"])
    with (DATA / table["path"]).open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    fields = table["schema"]["fields"]
    assert [field["name"] for field in fields] == header
    for field in fields:
        assert field["type"] in {"string", "integer", "number", "boolean", "date"}, field["name"]
        assert field["description"].endswith("."), field["name"]
    assert "missingValues" in table["schema"]
    assert "sources" in table or "source" not in header


def test_no_two_tables_share_what_they_cannot_tell() -> None:
    assert max(Counter(table["cannotTell"] for table in TABLES).values()) == 1


def test_texts_of_tables_are_clean() -> None:
    for path in sorted((DATA / "tables").glob("*.csv")):
        content = path.read_bytes()
        assert b"\r" not in content and content.endswith(b"\n"), path.name
        for number, row in enumerate(rows(path), 2):
            for column, cell in row.items():
                assert cell == " ".join(cell.split()), f"{path.name}, line {number}, {column}: stray space"


def test_read_is_one_of_three() -> None:
    for path in sorted((DATA / "tables").glob("*.csv")):
        values = {row["read"] for row in rows(path) if "read" in row}
        assert values <= {"primary", "secondary", "recalled"}, path.name


def test_synthetic_tables_say_so_and_no_other_does() -> None:
    for table in TABLES:
        columns = {field["name"] for field in table["schema"]["fields"]}
        says = ("synthetic" in table["path"], "synthetic" in columns, table["title"].startswith("Synthetic"))
        assert set(says) == {table["synthetic"]}, (table["name"], says)
        if table["synthetic"]:
            assert {row["synthetic"] for row in rows(DATA / table["path"])} == {"true"}, table["name"]
    assert sum(table["synthetic"] for table in TABLES) >= 9


def test_small_cells_stay_blank() -> None:
    for table in TABLES:
        columns = [field["name"] for field in table["schema"]["fields"]]
        if "suppressed_under_11" not in columns:
            continue
        counts = [c for c in columns if c == "n" or c.startswith("n_with") or c == "count_at_least"]
        for row in rows(DATA / table["path"]):
            assert all(row[c] == "" or int(row[c]) >= 11 for c in counts), (table["name"], row)
            hidden = "true" in (row["suppressed_under_11"], row.get("suppressed_complementary", ""))
            assert hidden == ("" in (row[c] for c in counts)), (table["name"], row)


def test_the_forest_says_it_is_built_from_single_abstracts() -> None:
    (forest,) = [table for table in TABLES if table["name"] == "platt_forest"]
    assert "single abstracts" in forest["title"] and "abstract" in forest["cannotTell"]
    assert all("abstract" in row["built_from"] for row in rows(DATA / forest["path"]))


def test_parties_add_up_to_the_vote() -> None:
    votes: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    totals = {}
    for row in rows(DATA / "tables" / "rollcall.csv"):
        key, counts = (row["chamber"], row["question"]), [int(row[c]) for c in ("yea", "nay", "not_voting")]
        if row["party"] == "all":
            totals[key] = counts
        else:
            votes[key] = [a + b for a, b in zip(votes[key], counts, strict=True)]
    assert votes == totals


def test_definition_elements_hold_only_what_the_machine_knows() -> None:
    elements = rows(DATA / "tables" / "definition_elements.csv")
    features = {row["feature"] for row in rows(DATA / "tables" / "definition_features.csv")}
    assert {row["status"] for row in elements} == STATUSES
    assert {row["element"] for row in elements} <= features
    names = ("instrument", "instrument_name", "instrument_short")
    instruments = {tuple(row[c] for c in (*names, "year", "jurisdiction")) for row in elements}
    assert len(instruments) == len({row["instrument"] for row in elements}) == 16
    groups = Counter((row["instrument"], row["group"]) for row in elements if row["status"] == "one_of")
    assert min(groups.values()) >= 2  # one alternative alone would be a requirement


def test_refresh_sees_a_change_and_names_what_is_wrong(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    table = data / "tables" / "rollcall.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("388", "389"), encoding="utf-8")
    before, after = PACKAGE["resources"], json.loads(refresh(data))["resources"]
    changed = [new["name"] for old, new in zip(before, after, strict=True) if old["hash"] != new["hash"]]
    assert changed == ["rollcall"]
    assert [new | {"hash": 0, "bytes": 0} for new in after] == [
        old | {"hash": 0, "bytes": 0} for old in before
    ]
    table.unlink()
    with pytest.raises(FileNotFoundError, match=r"rollcall.*tables/rollcall\.csv.*does not exist"):
        refresh(data)
    descriptor = data / "datapackage.json"
    text = descriptor.read_text(encoding="utf-8")
    descriptor.write_text(text.replace('"tables/rollcall.csv"', '"../outside.csv"'), encoding="utf-8")
    with pytest.raises(ValueError, match=r"rollcall.*must lie in data/"):
        refresh(data)


# --- sources ------------------------------------------------------------------------------------------------


def test_sources_json_is_current() -> None:
    bib = (DATA / "sources.bib").read_text(encoding="utf-8")
    assert sources_json(bib) == (DATA / "sources.json").read_text(encoding="utf-8")


def test_latex_becomes_plain_text() -> None:
    bib = r"""@techreport{z, author={{Br{\aa} \& Co} and van der Klaauw, Bas and L{\'e}pine, Aur{\'e}lia},
        title={A `down under' view of {S}ex ``work'' \& law, 1999--2008}, institution={M{\'e}decins du Monde},
        year=2020, url={https://example.org/a_b?c=50%25}, note={Repository first\_project, ($\geq$ 2)}}
        @misc{a, title={No author}}"""
    plain = json.loads(sources_json(bib))
    assert list(plain) == ["a", "z"]
    assert plain["z"]["authors"] == ["Brå & Co", "van der Klaauw, Bas", "Lépine, Aurélia"]
    assert plain["z"]["title"] == "A ‘down under’ view of Sex “work” & law, 1999–2008"
    assert (
        plain["z"]["publisher"] == "Médecins du Monde"
        and plain["z"]["note"] == "Repository first_project, (≥ 2)"
    )
    assert plain["z"]["url"] == "https://example.org/a_b?c=50%25" and plain["z"]["year"] == "2020"
    assert plain["a"]["authors"] == [] and plain["a"]["doi"] == "" and plain["a"].keys() == plain["z"].keys()


def test_no_markup_is_left_in_the_sources() -> None:
    for key, source in json.loads((DATA / "sources.json").read_text(encoding="utf-8")).items():
        for name, value in source.items():
            text = "; ".join(value) if isinstance(value, list) else value
            assert name in ("url", "doi") or not re.search(r"[\\{}$`\u00a0]|''", text), (key, name, text)
        assert source["title"] and (source["authors"] or source["shorthand"]), key


def test_every_key_resolves() -> None:
    known = set(evidence.known_sources())
    files = [*(DATA / "facts").glob("*.yaml"), DATA / "argument_map.yaml", DATA / "vignettes.yaml"]
    used = [(f"{path.name}{where}", key) for path in files for where, key in source_keys(load(path))]
    for path in (DATA / "tables").glob("*.csv"):
        used += [(path.name, row[c]) for row in rows(path) for c in ("source", "via") if row.get(c)]
    assert len(used) > 1500
    assert [(where, key) for where, key in used if key not in known] == []
    cited = {s["path"].removeprefix("sources.bib#") for table in TABLES for s in table.get("sources", [])}
    assert cited <= known


def test_a_short_citation_is_short_and_means_one_work() -> None:
    works = defaultdict(set)
    for key, source in evidence.known_sources().items():
        assert len(source.short) <= 45, (key, source.short)
        assert source.shorthand or all(len(a) <= 30 for a in source.authors if "," not in a), (
            key,
            source.authors,
        )
        works[source.short].add(re.sub(r"\W+", " ", source.title).lower()[:12])
    # a work may have one key a topic; titles of these were taken down differently
    alike = {"2019 blog post", "Freedom United 2018", "Kessler 2018", "UNODC SHERLOC, vulnerability"}
    alike |= {"UNODC 2013", "UNODC 2014"}
    assert {short for short, titles in works.items() if len(titles) > 1} <= alike


# --- facts and the map --------------------------------------------------------------------------------------


def test_facts_have_the_form_of_the_contract() -> None:
    seen: Counter[str] = Counter()
    for topic in TOPICS:
        for fact in facts_of(topic):
            seen[fact["id"]] += 1
            assert re.fullmatch(r"[a-z0-9-]+", fact["id"])
            names = [n for part in ("figures", "dates", "lookups", "derivations") for n in fact.get(part, {})]
            assert all(re.fullmatch(r"[a-z][a-z0-9_]*", name) for name in names), fact["id"]
            assert len(names) == len(set(names)), fact["id"]
            for name, figure in fact.get("figures", {}).items():
                assert type(figure["value"]) in (int, float), (fact["id"], name)
                assert figure["unit"] and figure["what"], (fact["id"], name)
            assert all(type(day) is datetime.date for day in fact.get("dates", {}).values()), fact["id"]
    assert set(seen.values()) == {1} and len(seen) >= 440


def test_facts_and_tables_agree_on_days_and_penalties() -> None:
    facts = evidence.known_facts()
    timeline = {row["id"]: row["date"] for row in rows(DATA / "tables" / "fosta_timeline.csv")}
    for (fact_id, name), event in SAME_DAY.items():
        assert str(facts[fact_id][name].value) == timeline[event], (fact_id, name)
    looked_up = [
        name
        for fact in facts_of("law")
        for name, look in fact.get("lookups", {}).items()
        if look["table"] == "us_penalties"
    ]
    assert len(looked_up) == 7  # penalties stand in the table only, so that a stale one cannot match


def number(value: object) -> float:
    assert isinstance(value, int | float)
    return value


def test_the_sixty_per_cent_is_the_same_everywhere() -> None:
    fact = evidence.fact("surveys-coyote2018-60-count")
    share, count, base = (number(fact[name].value) for name in ("share", "less_safe", "respondents"))
    assert 100 * count / base == share
    (trail,) = [r for r in rows(DATA / "tables" / "citation_trail_60_percent.csv") if r["count_stated"]]
    (item,) = [
        r for r in rows(DATA / "tables" / "fosta_surveys.csv") if "less safe" in r["question_paraphrase"]
    ]
    assert [trail[c] for c in ("percent_stated", "count_stated", "n_stated")] == [
        str(share),
        str(count),
        str(base),
    ]
    assert [item[c] for c in ("percent", "count", "n_survey")] == [str(share), str(count), str(base)]


def test_computed_shares_of_the_votes() -> None:
    values = evidence.fact("law-seed-not-unanimous").values
    shares = [values[f"{name}_percent"].value for name in ("house", "senate", "walters")]
    rounded = [round(100 * number(values[f"{n}_share"].value)) for n in ("house", "senate", "walters")]
    assert shares == rounded == [94, 98, 74]


def test_the_argument_map_holds_together() -> None:
    tree = load(DATA / "argument_map.yaml")
    ids = [node["id"] for node in tree["nodes"]]
    assert len(ids) == len(set(ids)) == 92 and len(tree["edges"]) == 158
    for node in tree["nodes"]:
        assert node["camp"] in tree["camps"] and node["kind"] in tree["kinds"], node["id"]
        assert node["question"] in tree["questions"], node["id"]
    ends = [(edge["from"], edge["to"]) for edge in tree["edges"]]
    assert {end for pair in ends for end in pair} == set(ids)  # nothing dangles, nothing stands alone
    assert len(ends) == len(set(ends)) and all(a != b for a, b in ends)
    assert {edge["relation"] for edge in tree["edges"]} == {"supports", "attacks"}
