"""Values that each lab refuses: the trait, the value, and words that the message must hold.

A new lab brings its own: at least one for each trait that a notebook can set to a name or number that is not
there. The contract goes through them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from notthesame.labs.argument_map import LONGEST


def _own(**changed: Any) -> list[dict[str, Any]]:
    """An objection of one's own with something wrong in it."""
    return [{"id": "own-1", "against": "q2-voids", "text": "x"} | changed]


BAD: Mapping[str, tuple[tuple[str, Any, str], ...]] = {
    "argument_map": (
        ("accepted", ["q1-ye"], "q1-yes"),
        ("rejected", ["q2-void"], "q2-voids"),
        ("unsure", ["q4-not-conflat"], "q4-not-conflate"),
        ("focus", "q2-stand", "q2-stands"),
        ("question", "Q9", "question of the map"),
        ("own", _own(against="q2-void"), "q2-voids"),
        ("own", _own(id="mine"), "own-1, own-2"),
        ("own", _own(text=" "), "needs words"),
        ("own", _own(text="x" * (LONGEST + 1)), f"at most {LONGEST}"),
        ("own", [{"id": "own-1", "against": "q2-voids"}], "id, against and text"),
    ),
    "brief_chart": (
        ("series", "hotlin", "allowed: hotline, detected"),
        ("draw", "pie", "allowed: bars, dots, line, intervals"),
        ("rows", ["2016, as told"], "There is no row '2016, as told'"),
        ("rows", 3, "rows is 3; a list of row names is wanted"),
        ("rows", "2016", "There is no row '2016'"),
        ("title", 3, "title is 3; a text is wanted"),
        ("title", "x" * 91, "title has 91 characters; allowed are 90 at most"),
    ),
    "counting_lab": (
        ("numbers", {"minor": 500}, "0 to 100"),
        ("unknown", 200, "0 to 100"),
        ("depends", "both", "out, in, range"),
        ("instruments", ["palermo"], "un_palermo"),
        ("predictions", {"most": "un_palermoo"}, "un_palermo"),
        ("predictions", {"middle": "un_palermo"}, "most, fewest"),
    ),
    "definition_machine": (
        ("true", ["under18"], "under_18"),
        ("true", ["under_18", "adult_consents"], "cannot be both under_18 and adult_consents"),
        ("unknown", ["forc"], "force"),
        ("vignette", "w02-bet", "w02-bed"),
        ("instruments", ["palermo"], "un_palermo"),
        ("predictions", {"un_palermoo": "met"}, "un_palermo"),
        ("predictions", {"un_palermo": "maybe"}, "met, not met, depends"),
    ),
    "evidence_grid": (
        ("outcome", "helth", "health"),
        ("design", "rct", "comparison"),
        ("country", "Atlantis", "Sweden"),
        ("weights", {"helth": 2}, "health"),
        ("weights", {"health": 4}, "0, 1, 2 and 3"),
        ("weights", {"health": 1.5}, "0, 1, 2 and 3"),
        ("weights", {"health": True}, "0, 1, 2 and 3"),
    ),
    "list_lab": (
        ("n", 5001, "n is 5001; allowed are 50 to 5,000"),
        ("n", "many", "n is 'many'; a whole number is wanted"),
        ("share", 0.2, "share is 0.2; a whole number is wanted"),
        ("share", 0, "share is 0; allowed are 1 to 99 (per cent)"),
        ("hides", 101, "hides is 101; allowed are 0 to 100 (per cent)"),
        ("items", 9, "items is 9; allowed are 1 to 8"),
        ("seed", -1, "seed is -1; allowed are 0 and more"),
    ),
    "town": (
        ("ratio", 6, "ratio is 6.0; allowed are 1 to 5"),
        ("opt_in_n", 20_000, "opt_in_n is 20000; allowed are 100 to 10,000"),
        ("coupons", 1.5, "a whole number is wanted"),
        ("replacement", "maybe", "allowed: without, with"),
        ("sampler", "snowball", "allowed: random, opt-in, respondent-driven"),
        ("wave", -1, "wave is -1; allowed are 0 and more"),
    ),
    "interval_game": (
        ("intervals", {"vote": "50 to 150"}, "votes"),
        ("intervals", {"votes": "150 to 50"}, "the lower comes first"),
        ("intervals", {"votes": "many"}, "a lower and an upper end are wanted, such as 10 to 50"),
        ("intervals", {"votes": 50}, "a lower and an upper end are wanted"),
        ("intervals", "50 to 150", "a value for each name is wanted"),
        ("opened", ["vote"], "votes"),
        ("typed", {"vote": ["1", "2"]}, "votes"),
        ("typed", {"votes": ["1"]}, "two boxes"),
    ),
    "pooling_lab": (
        ("studies", ["Shanon"], "studies has 'Shanon'; allowed: Shannon, Muldoon, Lyons, Elmes, Walker"),
        ("studies", ["Elmes", ["Lyons"]], "studies has ['Lyons']"),
        ("studies", [], "at least one of these is wanted"),
        ("studies", 3, "studies is 3; a list of study names is wanted"),
        (
            "interval",
            "wide",
            "allowed: the average (normal), few rows allowed for (Hartung-Knapp), the next place",
        ),
        ("estimator", "dl", "allowed: DerSimonian-Laird, Paule-Mandel, REML"),
        ("baseline", 0, "baseline is 0; allowed are 1 to 90 per cent"),
        ("baseline", 30.5, "baseline is 30.5; a whole number is wanted"),
    ),
    "unseen_lab": (
        ("charge", "DIC", "allowed: BIC, n = people, BIC, n = combinations, AIC"),
        ("infinite", "maybe", "allowed: charged, not charged"),
        ("terms", ["LA:XX"], "allowed are pairs of LA, NG, PFNCA, GO, GP"),
        ("terms", 3, "terms is 3"),
        ("reselect", "never", "allowed: chosen anew, yours, kept whatever the charge"),
    ),
    "two_events": (
        ("lag", 61, "lag is 61; allowed are 0 to 60"),
        ("noise", 0, "noise is 0.0; allowed are 0.5 to 40"),
        ("second", "2018-04-01", "gap is -5; allowed are 0 to 90 (days from 2018-04-06 to 2018-04-01)"),
        ("second", "2019-04-01", "gap is 360"),
        ("first", "6 April", "allowed are days such as '2018-04-06'"),
        ("begins", "never", "allowed: before both, between them, after both"),
    ),
    "wording_table": (
        ("place", "Scotland", "UK (Scotland)"),
        ("wording", "crimes", "crime, legal, paying"),
        ("stance", "pro", "decriminalise, criminalise, other, or an empty text for all"),
        ("meaning", 3, "meaning is 3; allowed: nordic"),
        ("survey", "PPP", "PPP 2021"),
        ("base", "", "base is ''; allowed: all answers, those who took a side"),
        ("counts", "recoded", "support and oppose, legal or a crime to pay"),
    ),
}
