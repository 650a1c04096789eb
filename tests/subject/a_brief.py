"""A whole brief whose form is right, as answers to the tasks of exercise 13."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

ROWS = tuple(f"{year}, as restated in the 2019 data report" for year in range(2015, 2020))
EVIDENCE = (
    "The operator of the US hotline counts cases, each of them a situation that a caller described "
    "[law-signing]. The count follows publicity and the channels that are open. "
    * 5
    + "A survey asked people who sell sex [surveys-coyote2018-60-count]."
)
ANSWERS: Mapping[str, Any] = {
    "13-question": {"question": "Did cases of the US hotline rise after 2015?", "reader": "A city council"},
    "13-evidence": EVIDENCE,
    "13-range": {
        "low": "5,153",
        "high": "5,713",
        "of": "cases of the hotline in 2015",
        "cites": "law-signing",
        "finding": "For 2015 the hotline has from 5,153 to 5,713 cases, so that a rise needs more than that.",
    },
    "13-limit": (
        "Nobody has checked the cases, and one can hold several people. A count of people whose situation "
        "was looked into, year after year in one way, would change what this brief says."
    ),
    "13-positions": [
        {"holder": "Moen", "holds": "Selling sex can be chosen as other work can.", "cites": "debate-moen"},
        {
            "holder": "Catharine MacKinnon",
            "holds": "Inequality makes the choice one that is not free.",
            "cites": "[debate-mackinnon]",
        },
    ],
    "13-chart": {
        "series": "hotline",
        "draw": "line",
        "title": "Cases by year, as restated",
        "rows": list(ROWS),
    },
}
