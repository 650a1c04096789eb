"""For each task one answer for each of its typical mistakes, in their order."""

from __future__ import annotations

from typing import Any

HOTEL = (
    'Police search hotel in Ardle. Open Doors says women "were rescued from pimps". Vida says: "I work here."'
)
STREET = "Ardle closes street at night. The Union says the vote hurts; residents say they sleep again by now."
COURT = (
    'Edda Voss gets a year for "keeping a brothel". The prosecutor spoke of "modern slavery". '
    "Two women said that they paid her rent."
)

COSTS = (
    "The broad and the narrow definition: a false positive and a false negative. MacKinnon, Watson. "
    + "word " * 110
)
EVEN = {"minor": 20, "adult_means": 20, "third_party": 0, "self_directed": 80}


LAW = {"acts": "act_harbour", "means": "force", "purposes": "commercial_sex_act"}


def four(*numbers: int) -> dict[str, int]:
    """The two-by-two of task 3 in exercise 03."""
    kinds = (
        "broad, false positives",
        "broad, false negatives",
        "narrow, false positives",
        "narrow, false negatives",
    )
    return dict(zip(kinds, numbers, strict=True))


def held(holder: str, cites: str) -> dict[str, str]:
    """A position of exercise 13."""
    return {"holder": holder, "holds": "It can be chosen as other work can.", "cites": cites}


def uses(*given: str) -> dict[str, str]:
    """What is to be done with the four kinds of data of exercise 13."""
    return dict(zip(("adverts", "small", "yearly", "released"), given, strict=True))


def review(*scores: int, words: str = "words from the page") -> dict[str, dict[str, str]]:
    """The sheet of exercise 13: a score for each criterion, all on the same words."""
    criteria = ("question", "evidence", "range", "limit", "positions")
    return {name: {"score": str(n), "words": words} for name, n in zip(criteria, scores, strict=True)}


NEIGHBOUR = (
    "Section 230 keeps a website from being treated as the author of what others write. "
    "It stops no federal case. Now victims may sue, and a state may charge. "
)

CANADA = {
    "seller": "partly",
    "buyer": "crime",
    "third_party": "crime",
    "premises": "partly",
    "advertising": "partly",
}

GAO_SAYS = (
    "GAO reports that both the seizure and the law made older difficulties worse for all investigators. "
)
SPRING = (
    "GAO names the seizure and the law together. Zeng detects nothing. COYOTE-RI asked after both; what was "
    "said before is not known. "
)

STATEMENT = (
    "We hold: nobody is arrested for selling. We part on: whether a buyer may take a risk that is not his. "
    "What would move us: a study of towns that compares like with like. "
    "Open: who judges whether help is help, "
)

SLIPS: dict[str, list[Any]] = {
    "00-line": [["c", "00-blank"], ["00-blank", "a"], ["00-blank", "d"], ["00-blank", "nothing is stored"]],
    "00-order": ["bdca", "badc", "dbac"],
    "00-senate": [97, 1, 25, 98],
    "00-words": [
        "Imani sells sex.",
        "word " * 61,
        "She lives in a town whose statute forbids prostitution, and Ms Vale argues that it is the buyers "
        "there who do the harm.",
        "Imani, a sex worker as she says, lives in a town that forbids it, and Ms Vale argues that the "
        "buyers do harm.",
        "Imani, a sex worker as she says, lives where the law forbids prostitution, and a campaigner argues "
        "that it should do so.",
    ],
    "01-open-words": [["sex work"], ["pimp"], ["prostitution"], ["third party"]],
    "01-one-critic": [["pimp"], ["sex buyer"], ["third party"]],
    "01-rewrite-hotel": [
        HOTEL + " They are rescued now.",
        'A "hell hotel" is searched in Ardle, and six women of the town are met there on a Monday.',
        HOTEL + " They are sex workers.",
        HOTEL.replace("Vida", "A woman"),
        "Police search hotel. Open Doors says one thing and Vida says another.",
    ],
    "01-rewrite-street": [
        STREET + " Prudes.",
        'A "quiet street" is what the town of Ardle has, after a vote of its council on one Monday.',
        STREET + " A vice goes.",
        STREET.replace("residents", "others"),
        "The Union says one thing and residents say another.",
    ],
    "01-rewrite-court": [
        COURT + " The madam goes.",
        'A year for "keeping a brothel" in Ardle: Edda Voss, the prosecutor and two women were in the court.',
        COURT.replace('"keeping a brothel"', '"an offence"'),
        COURT + " She is guilty of trafficking.",
        COURT.replace("Two women", "Some"),
        'Voss: "keeping a brothel". The prosecutor and women say more.',
    ],
    "02-twelve": [
        dict.fromkeys(["w01-booker", "w02-bed", "v11-papers"], ["met"] * 5),
        {"w03-buyer": ["met", "not met", "met", "not met", "not met"]},
        {"A bed for Tomasi": ["met", "met", "not met", "not met", "met"]},
        {"v03-promised": ["not met", "met", "not met", "not met", "met"]},
        {"v07-partner": ["met", "met", "met", "not met", "met"]},
    ],
    "02-bed-us": ["abuse_of_power", "act_transport", "under_18", "knowledge_or_reckless_disregard"],
    "02-palermo-act": ["act_advertise", "force", "organ_removal", "organised_crime_group"],
    "02-mann-off": ["act_transport", "adult_consents", "commercial_sex_act", "money_or_goods_received"],
    "02-exactly-two": [
        ["act_transport", "commercial_sex_act"],
        [
            "act_recruit_entice",
            "commercial_sex_act",
            "fraud_deception",
            "exploitation_prostitution_of_others",
        ],
        ["force"],
        ["act_harbour", "abuse_of_power", "exploitation_prostitution_of_others"],
    ],
    "02-story": [
        "act_harbour and under_18",
        "He is a trafficker.",
        "He drove her over the border.",
        "word " * 91,
    ],
    "02-own-law": [
        {**LAW, "means": "none", "age": "under_18"},
        {"unsure": ["acts", "means", "purposes"]},
        {**LAW, "means": "none", "purposes": "none"},
    ],
    "03-share": [81, 49, 0.19, 5.27],
    "03-same-ratio-mixes": [
        [EVEN, EVEN | {"minor": 0, "adult_means": 0}],
        [EVEN, EVEN],
        [EVEN, EVEN | {"third_party": 10, "self_directed": 72}],
        [EVEN, EVEN | {"self_directed": 0}],
    ],
    "03-four-cells": [
        four(29, 178, 57, 0),
        four(0, 57, 178, 29),
        four(349, 29, 143, 57),
        four(178, 51, 0, 257),
        four(178, 0, 0, 57),
    ],
    "03-range": [[223, 83], [83, 83], [223, 223], [137, 137], [77, 155]],
    "03-costs": [
        "A text of a few words.",
        COSTS + "word " * 80,
        COSTS.replace("narrow", "other"),
        COSTS.replace("false negative", "slip"),
        COSTS.replace("Watson", "others"),
    ],
    "04-pinpoints": ["g b e d h a f c", "g e b f h a d c", "g e b d a h f c"],
    "04-operators": ["abdba", "nbdda", "nbnba", "nadba", "nbdbn"],
    "04-path": ["chljegibakfd", "chljegikabfd", "cljehgibkafd", "chljiegbkafd", "chljegibkadf"],
    "04-neighbour": [
        "See 230(e)(5) of the law.",
        "Section 230 stopped the states and those who sue. " * 10,
        "Section 230 stops no federal case, and a state may act. " * 9,
        NEIGHBOUR * 5,
        NEIGHBOUR,
        (NEIGHBOUR * 3).replace(". ", ", and "),
    ],
    "04-votes-sentence": [
        "Congress passed it nearly unanimously, by 388 to 25.",
        "The House merged it by 308 to 107 and passed it by 388 to 26.",
        "The House put SESTA into H.R. 1865 by 107 to 308 and passed it by 388 to 25.",
        "The House passed it by 388 to 25 and the Senate by 97 to 2.",
        "The House put SESTA into H.R. 1865 by 308 to 107 on 27 February 2018.",
        "In the House it was 308 to 107 and then 388 to 25.",
        "The House merged it by 308 to 107 and passed it by 388 to 25. " + "word " * 40,
    ],
    "06-rise": [170, 135, 25.9, 28],
    "06-both-bases": [98, [65], 69],
    "06-third-trail": ["AC", ["C", "C"], "B, B", ["b", "a"]],
    "06-judge": ["b", ["a", "c", "d"], "ade", ["a", "f"]],
    "06-poster": [
        "FOSTA caused it.",
        "Minors are at risk every year.",
        "The firm has counted how 300,000 children live. " * 6,
        "Advertisements fell.",
    ],
    "07-poll-low": [0.4, 48.2, 6, 51.8, 41.96, 44.06],
    "07-upper-bound": [0.9, 15, 60, 75, 67.5],
    "07-readers": [0.391, 18, 91.1, 64.3, 60.9],
    "07-worth": [294, 2499, 600, 4.16],
    "07-weighted": [0.519, 66.7, 84.2, 48.1],
    "07-note": [
        "The survey Thorn is propaganda.",
        "Thorn proves it.",
        "Thorn: 260 survivors answered. The questions were not seen.",
        "Thorn asked survivors, and YouGov asked Britons. The questions were not seen.",
        "Thorn: 260 survivors. YouGov: how many answered is open.",
        "Thorn: 260 survivors. YouGov: how many answered was not seen.",
    ],
    "08-mean-share": [0.4, 26.7, 47.5, 20, -40],
    "08-how-many": [324, 1296, 648, 162, 146],
    "08-rebuild": [46, 75.4, 45.9, 1.18, 61],
    "08-recode-rows": ["abcdf", "bcdef", ["b", "c", "f"], ["b", "d", "f"], ["c", "d", "f"]],
    "08-misfit": ["c", "d", "a"],
    "08-headline": [
        "Scots think that paying should be a crime.",
        "Of all who answered, many were for making it a crime.",
        "For making it a crime were 43 per cent.",
        "Of all who answered, 43 per cent were for it.",
        "Of all who answered, 43 per cent were for making it a crime.",
        "Of all whom Find Out Now asked, 43 per cent were for making it a crime.",
    ],
    "09-one-pair": [1834, 1909, 54.9, 10024, 324, 1102],
    "09-lost-matches": [3115, 4673, 3894, 19470],
    "09-first-ten": [5, 379, 0.9, 10],
    "09-second-hump": [0.416, 41.4, 58.4, 416],
    "09-one-term": [997, 999, 1110, 812],
    "09-range": [
        "It is sex trafficking.",
        "It proves it.",
        "Many.",
        "From 11,000 to 40,000.",
        "From 11,000 to 40,000, if matches hold.",
        "In 2013 from 11,000 to 40,000 potential victims, if matches hold.",
        "In 2013 from 11,000 to 40,000 potential victims, of whom 2,744 were seen, if matches hold.",
    ],
    "10-how-many-times": [2.99, 42.8, 3.74, 0.228, 0.468, 1.87],
    "10-few-rows": [1.8, 0.271, 4.47, 2.42, 0.169],
    "10-leave-one": [1.03, 1.31, 1.28, -0.468],
    "10-same-group": [["a", "c"], "bd", ["b"], ["e", "f"]],
    "10-sentence": [
        "In countries where it is illegal.",
        "Police met made it three times as likely.",
        "Policing increases the odds.",
        "People who were arrested met more violence.",
    ],
    "11-code": [
        {**CANADA, "seller": "no_crime"},
        {**CANADA, "seller": "crime"},
        {**CANADA, "premises": "no_crime"},
        {**CANADA, "advertising": "crime"},
    ],
    "11-daily": [1.05, 1309 / 1246, 1.05 * 1309 / 1246, 1246 / 1309],
    "11-range": [
        [1.055 * 1246 / 1309, 1.045 * 1246 / 1309],
        [1.045, 1.055],
        [1.05 * 1246 / 1309, 1.05 * 1246 / 1309],
        [1.05 * 0.99 * 1246 / 1309, 1.05 * 1.01 * 1246 / 1309],
    ],
    "11-register": [53.38, 55, 64.9, 0.451, 4510],
    "11-headline": [
        "Northern Ireland: adverts a day level, so the ban has failed",
        "Northern Ireland: the trade is as large a day as before the law",
        "Northern Ireland: adverts on one site about level after the law",
        "Northern Ireland: adverts a day rose after the law came in",
        "Adverts a day about level before and after a purchase ban",
        "Northern Ireland: adverts daily level",
    ],
    "05-grade-gao": ["111111", "211121", "2???1?", "011110"],
    "05-grade-sponsor": ["222222", "110221", "1???01", "111001"],
    "05-grade-zeng": ["000000", "221222", "22??1?", "201212"],
    "05-grade-eichert": ["111111", "221121", "22???1", "201101"],
    "05-grade-coyote": ["111111", "221121", "22???1", "021111"],
    "05-grade-thorn": ["111111", "211021", "21???1", "021101"],
    "05-noise-limit": [30, 5, 25, 10],
    "05-lag-credit": [0, 5, 9, 2],
    "05-mend-gao": [
        "GAO reports that the law made the older work of investigators harder, after the vote and since.",
        GAO_SAYS + "This is confirmed.",
        "GAO reports that two events, the seizure and the law, led many operators abroad, where evidence is "
        "hard for them to gather.",
        "GAO: the seizure and the law made older difficulties worse.",
        GAO_SAYS * 4,
    ],
    "05-verdict": [
        "GAO and COYOTE-RI on the seizure and the law. " + "word " * 70,
        "GAO, Zeng and Thorn on the law, and nothing before. " + "word " * 70,
        SPRING + "FOSTA caused it all. " + "word " * 50,
        SPRING.replace("before is not known", "then they said") + "word " * 60,
        SPRING,
        SPRING + "word " * 130,
    ],
    "12-parting": ["q2-voids", "q2-proves-too-much", "q2-apothecary", "q2-special-reply"],
    "12-keep-ban": [
        ["q3-least-bad", "q3-licence", "q3-no-ban"],
        ["q3-endanger"],
        ["q3-least-bad", "q3-systemic"],
        ["q3-no-ban", "q3-paternal-reply"],
    ],
    "12-keep-no-ban": [
        ["q3-licence", "q3-ban"],
        ["q3-options"],
        ["q3-ban", "q3-untested-reply"],
        ["q3-ban", "q3-systemic"],
    ],
    "12-steelman": [
        "Dempsey looks at the buyer.",
        "Dempsey " + "word " * 121,
        "word " * 70,
        "Dempsey obviously looks at the buyer, " + "word " * 60,
    ],
    "12-joint": [
        "word " * 90,
        STATEMENT.replace("a study of towns that compares like with like.", "") + "word " * 60,
        STATEMENT + "though the majority of us thinks otherwise, " + "word " * 50,
        STATEMENT + "which so-called experts will decide, " + "word " * 50,
        STATEMENT,
    ],
    "13-question": [
        {"question": "Lamps at night?", "reader": "A council"},
        {"question": "word " * 40 + "or not?", "reader": "A council"},
        {"question": "Lamps should burn at night.", "reader": "A council"},
    ],
    "13-evidence": [
        "word " * 130,
        "It was signed [law-signing]. " + "word " * 130,
        "It was signed [law-signing]. Three elements [law-palermo-elements].",
        "It was signed [law-signing]. Three elements [law-palermo-elements]. " + "word " * 250,
    ],
    "13-range": [
        {"low": "10", "high": "10", "of": "cases", "cites": "law-signing"},
        {"low": "20", "high": "10", "of": "cases", "cites": "law-signing"},
        {"low": "10", "high": "20", "of": "cases", "cites": ""},
        {"low": "10", "high": "20", "of": "cases", "cites": "law-signing", "finding": "It is so."},
    ],
    "13-limit": [
        "More research would be welcome. " + "word " * 30,
        "The sample is small. " + "word " * 30,
        "A random sample would tell.",
        "A random sample would tell. " + "word " * 80,
    ],
    "13-positions": [
        [held("Moen", "debate-moen")],
        [held("Moen", "debate-moen"), held("Catharine MacKinnon", "")],
        [held("Moen", "debate-moen"), held("CATW", "debate-mackinnon")],
        [held("Moen", "debate-moen"), held("Ole Martin Moen", "debate-moen")],
    ],
    "13-review": [
        review(3, 3, 3, 3, 3),
        review(4, 4, 3, 2, 1),
        review(4, 2, 3, 4, 1),
        review(4, 2, 3, 2, 3),
        review(4, 2, 4, 2, 1),
        review(4, 2, 2, 2, 1),
        review(3, 2, 3, 2, 1),
        review(4, 2, 3, 2, 1, words="well"),
    ],
    "13-data": [
        uses("as counted", "coarser", "as counted", "as counted"),
        uses("coarser", "coarser", "as counted", "as counted"),
        uses("leave", "as counted", "as counted", "as counted"),
        uses("leave", "coarser", "leave", "as counted"),
        uses("leave", "coarser", "as counted", "coarser"),
        uses("leave", "leave", "as counted", "as counted"),
    ],
}
