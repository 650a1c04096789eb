"""``nts.brief()``: the parts that are answered, what the form lacks, and the page that is written."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

import notthesame as nts
from notthesame import evidence
from notthesame.capstone import printed
from notthesame.capstone.brief import LACKS, RIGHT, EvidenceBrief
from notthesame.questions import answers
from notthesame.subject.brief_charts import read_chart
from notthesame.subject.brief_tasks import FORMS
from tests.subject.a_brief import ANSWERS


def keep(**changed: Any) -> None:
    """Answer the tasks as their forms and the chart lab do, some of them otherwise."""
    for task, value in {**ANSWERS, **{f"13-{part}": given for part, given in changed.items()}}.items():
        form = FORMS.get(task)
        given = form.given(value) if form else read_chart(value).kept
        answers.record(task, given, status=None, credit=None)


def lacks(**changed: Any) -> tuple[str, ...]:
    return nts.brief(answers={**ANSWERS, **{f"13-{part}": given for part, given in changed.items()}}).lacks


def test_the_latest_answers_make_the_brief_that_typed_ones_make() -> None:
    keep(limit="An earlier draft.")
    keep()
    made = nts.brief()
    assert made == nts.brief(answers=ANSWERS) and made.lacks == ()
    assert repr(made) == f"{RIGHT}\nDid cases of the US hotline rise after 2015?"


def test_without_answers_every_part_is_asked_for() -> None:
    said = repr(nts.brief())
    assert said.startswith(LACKS) and said.count("nothing yet") == 7


def test_a_part_half_filled_in_is_named_and_not_asked_for_twice() -> None:
    keep()
    answers.record("13-range", ["5", "", "", "", ""], status=None, credit=None)
    answers.record("13-question", ["one box of two"], status=None, credit=None)
    found = nts.brief().lacks
    ends = (
        "Highest; What these numbers count, with the unit; Id of the ledger entry, or two; "
        "The finding: what follows for your reader, in one sentence"
    )
    assert f"13-range: Nothing yet for: {ends}." in found
    assert [fault for fault in found if "ange" in fault] == [f"13-range: Nothing yet for: {ends}."]


def test_a_part_that_cannot_be_read_is_told_and_the_rest_is_shown() -> None:
    made = nts.brief(answers={**ANSWERS, "13-range": "many", "13-chart": ["hotline", "pie", "Cases by year"]})
    assert made.lacks[0] == (
        "13-range cannot be read: found 'many'; wanted are low, high, of, cites, finding, by these names."
    )
    assert made.lacks[1].startswith("13-chart cannot be read: draw is 'pie'") and len(made.lacks) == 2
    assert "What limits this" in made._repr_html_()


@pytest.mark.parametrize(
    ("given", "words"),
    [({"13-evidenc": "x"}, "There is no part '13-evidenc'. Nearest: 13-evidence"), ("x", "answers is 'x'")],
)
def test_what_is_no_part_is_refused(given: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        nts.brief(answers=given)


# --- what is shown


def test_citations_are_links_to_the_ledger_and_sources_are_listed() -> None:
    made = nts.brief(answers=ANSWERS)
    page = made._repr_html_()
    assert isinstance(made, EvidenceBrief)
    for name in made.brief.cites:
        source = evidence.cite(evidence.fact(name).source)
        assert f'data/ledger.md#{name}">{source.short}</a>' in page.replace("&#39;", "'")
        assert f"[{name}]</code>" in page and f"checked {evidence.fact(name).checked}" in page
    assert "[law-signing]." not in page
    assert re.search(r'<img alt="A line for 5 rows .cases', page)
    assert "What this table cannot tell:</strong> A case is what a caller described" in page
    heads = re.findall(r"<h4>(.*?)</h4>", page)
    assert heads == ["What the evidence says", "The range", "What limits this", "Who holds what", "Sources"]


def test_the_finding_comes_first_and_the_chart_after_the_range() -> None:
    page = nts.brief(answers=ANSWERS)._repr_html_()
    order = (
        "For:",
        "Finding:",
        "What the evidence says",
        "From 5,153 to 5,713: cases",
        "<img",
        "What limits",
    )
    places = [page.index(words) for words in order]
    assert places == sorted(places)


def test_a_source_is_listed_once_by_the_name_that_the_text_gives_it() -> None:
    of = evidence.fact("debate-ni-conclusion").source
    same = [f.id for f in evidence.known_facts().values() if f.source == of and f.read != "recalled"][:2]
    text = f"{ANSWERS['13-evidence']} [{'; '.join(same)}]"
    made = nts.brief(answers={**ANSWERS, "13-evidence": text})
    assert len(same) == 2
    for page in (made._repr_html_(), printed.page(made.brief)):
        listed = page.partition("<h4>Sources</h4>")[2]
        assert listed.count(f">{evidence.cite(of).short}: ") == 1
        assert all(f"[{name}]</code>" in listed for name in same)


def test_an_id_that_does_not_resolve_stays_as_it_was_typed() -> None:
    evidence_text = ANSWERS["13-evidence"].replace("[law-signing]", "[law-sining; law-signing]")
    page = nts.brief(answers={**ANSWERS, "13-evidence": evidence_text})._repr_html_()
    assert "[law-sining; law-signing]" in page and "not in the ledger: law-sining." in page


def test_what_a_learner_typed_is_no_markup() -> None:
    typed = "<script>x</script> <b>y</b> & z"
    given: dict[str, Any] = {
        "13-question": {"question": f"{typed}?", "reader": typed},
        "13-evidence": f"{typed} [law-signing] [<i>x</i>]",
        "13-limit": typed,
        "13-range": {"low": "1", "high": "2", "of": typed, "cites": "law-signing"},
        "13-positions": [{"holder": typed, "holds": typed, "cites": "law-signing"}],
        "13-chart": {**ANSWERS["13-chart"], "title": typed},
    }
    made = nts.brief(answers=given)
    for page in (made._repr_html_(), printed.page(made.brief)):
        assert not re.search("<(script|b|i)>", page) and page.count("&lt;script&gt;") >= 6


# --- what is written


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(where: Any, **changed: Any) -> str:
    return str(nts.brief(answers={**ANSWERS, **changed}, write=where))


def test_a_page_goes_into_a_folder_and_nothing_is_overwritten(folder: Path) -> None:
    assert write(".") == "The brief is in evidence-brief.html. Open it in a browser to read or print it."
    first = (folder / "evidence-brief.html").read_bytes()
    assert "evidence-brief-2.html" in write(folder)
    assert (
        (folder / "evidence-brief-2.html").read_bytes()
        == first
        == (folder / "evidence-brief.html").read_bytes()
    )
    assert write("mine.html").startswith("The brief is in mine.html.")
    said = write("mine.html", **{"13-limit": "Other."})
    assert said == "mine.html is there already and stays; choose another name. Nothing was written."
    assert (folder / "mine.html").read_bytes() == first and len(list(folder.iterdir())) == 3


def test_the_message_says_how_much_the_form_still_lacks(folder: Path) -> None:
    said = write("a.html", **{"13-limit": "", "13-chart": ...})
    assert said.endswith("Its form still lacks 2 things; nts.brief() names them.")


@pytest.mark.parametrize(
    ("where", "words"),
    [
        (
            "brief.txt",
            "brief.txt is no folder; name one that is there, or a file that ends in .html. Nothing",
        ),
        ("nowhere/brief.html", "nowhere/brief.html cannot be written (No such file"),
    ],
)
def test_a_bad_place_is_one_line_and_writes_nothing(folder: Path, where: str, words: str) -> None:
    said = write(where)
    assert said.startswith(words) and "\n" not in said and said.endswith("Nothing was written.")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("where", [3, "", "  ", True])
def test_what_names_no_place_is_refused(where: Any) -> None:
    with pytest.raises(ValueError, match="a folder or a file is wanted"):
        write(where)


@pytest.mark.skipif(sys.platform == "win32", reason="other rules for names of files")
def test_a_name_that_no_disk_takes_is_told(folder: Path) -> None:
    assert write("x" * 300 + ".html").endswith("Nothing was written.")
    assert write("a\0b.html").endswith("Nothing was written.")


def test_the_page_needs_no_other_file() -> None:
    page = printed.page(nts.brief(answers=ANSWERS).brief)
    assert page == printed.page(nts.brief(answers=ANSWERS).brief)
    assert re.findall(r'\bsrc="(.{9})', page) == ["data:imag"] and "<script" not in page
    ids = set(re.findall(r' id="([^"]+)"', page))
    targets = re.findall(r'<a href="([^"]+)"', page)
    assert targets and {target[1:] for target in targets} <= ids
    assert "</style>" in page and "&#34;" not in page.partition("</style>")[0].partition("<style>")[2]
    assert "ledger.md" not in page
