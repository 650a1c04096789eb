"""A brief as long as its form allows, with the longest of sources and rows, prints on two pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import notthesame as nts
from notthesame import evidence
from notthesame.subject import brief_charts, brief_series, briefs

if TYPE_CHECKING:
    from playwright.sync_api import Browser

OWN = ("debate-moen", "debate-mackinnon")


def longest() -> dict[str, Any]:
    """The parts of such a brief, in words of the usual length."""

    def text(words: int, last: str = "would") -> str:
        return " ".join(
            [*(["some", "people", "say", "that", "this", "count", "is", "so"] * 40)[: words - 1], last]
        )

    facts = [fact for fact in evidence.known_facts().values() if fact.read != "recalled"]
    facts.sort(key=lambda fact: -len(f"{evidence.cite(fact.source).title} {fact.locator}"))
    cited = " ".join(f"[{fact.id}]" for fact in facts[: briefs.MOST_SOURCES - len(OWN)])
    words = briefs.EVIDENCE[1] - len(cited.split())
    holders = ("Ole Martin Moen", "Catharine MacKinnon") * 2
    longest_rows = {
        key: sorted(of.rows, key=len)[-brief_charts.MOST :] for key, of in brief_series.series().items()
    }
    series, rows = max(longest_rows.items(), key=lambda found: len("".join(found[1])))
    return {
        "13-question": {"question": text(briefs.ASKED[1], "so?"), "reader": text(briefs.FOR_WHOM[1])},
        "13-evidence": f"{text(words)} {cited}",
        "13-range": {
            "low": "1",
            "high": "2",
            "of": text(briefs.OF[1]),
            "cites": OWN[0],
            "finding": text(briefs.FINDING[1]),
        },
        "13-limit": text(briefs.LIMIT[1]),
        "13-positions": [
            {"holder": holder, "holds": text(briefs.HOLDS[1]), "cites": name}
            for holder, name in zip(holders, OWN * 2, strict=True)
        ],
        "13-chart": {"series": series, "draw": "dots", "title": text(14), "rows": rows},
    }


def test_the_longest_brief_prints_on_two_pages_and_asks_the_network_for_nothing(
    browser: Browser, tmp_path: Path
) -> None:
    parts = longest()
    assert nts.brief(answers=parts).lacks == ()
    nts.brief(answers=parts, write=tmp_path / "brief.html")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url[:8]))
    page.goto((tmp_path / "brief.html").as_uri())
    sheets = re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True))
    page.close()
    assert len(sheets) == 2
    assert {url for url in asked if not url.startswith("data:")} == {"file:///"}
