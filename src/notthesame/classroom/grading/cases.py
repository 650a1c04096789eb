"""Invented cases for lesson 02: sentences that each make features true, and the machine's verdicts on them.

A question asks which of two texts a conduct meets. Its four options are always the same (both, one, the
other, neither), and the right one is drawn before the case; so nothing in the words gives it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from random import Random

from ...questions import Question, misconceptions
from ...subject.definitions import (
    MET,
    ON_PAGE,
    Verdict,
    feature,
    instrument,
    smallest_changes,
    verdicts,
)
from .model import Place, Task, single

# Each pair can come out in all four ways.
PAIRS = (
    ("us_severe_sex", "un_palermo"),
    ("us_1591_a1", "un_palermo"),
    ("us_2421_mann", "us_severe_sex"),
    ("us_2421_mann", "us_1591_a1"),
    ("us_2421_mann", "un_palermo"),
    ("us_sex_trafficking", "un_palermo"),
)
WAYS = ((True, True), (True, False), (False, True), (False, False))
SECTION = "One case, five answers"
NAMES = (
    *("Agneta", "Bertil", "Cosima", "Davor", "Eilidh", "Fergus", "Ginevra", "Hemi", "Isaura", "Jorma"),
    *("Kalinda", "Leopold", "Mirela", "Njord", "Ottilie", "Pavlos", "Rosalind", "Stellan", "Tamsin", "Ulric"),
)
TRADES = ("pick fruit on a farm", "clean offices at night", "pack fish", "wash dishes", "sort parcels")


@dataclass(frozen=True)
class Part:
    """A sentence of a case: the features it makes true and open, and what else it tells of, as what a
    belief hangs on: "need", "share", "lawful", "unlawful". A and W stand for the actor and the worker."""

    text: str
    true: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()


_YES = "adult_consents"
_OF_SEX = ("commercial_sex_act", _YES)
_PROFIT = "exploitation_prostitution_of_others"
_KNOWS = "knowledge_or_reckless_disregard"
ACTS: Mapping[str, Part] = {
    "recruit": Part(
        "A runs an escort agency and asks W, AGE, to sell sex through it. W says yes.",
        (*_OF_SEX, "act_recruit_entice"),
    ),
    "house": Part(
        "W, AGE, has chosen to sell sex. A gives W a room to live in and to work from.",
        (*_OF_SEX, "act_harbour"),
    ),
    "buy": Part(
        "W, AGE, sells sex and agrees to meet A, who pays. No third person has a part in it.",
        (*_OF_SEX, "act_patronize_solicit"),
    ),
    "hire": Part("A hires W, AGE, to TRADE. W says yes.", ("labour_or_services", _YES, "act_recruit_entice")),
}
MOVES: Mapping[str, Part] = {
    "stay": Part("Neither of them leaves the city."),
    "drive": Part(
        "A drives W over a state line to the place of the work, and means W to do that work there.",
        ("act_transport", "cross_border_or_interstate_movement"),
    ),
}
_TRUE_TERMS = "A has told W everything as it is, threatens nothing, and W may stop on any day."
MEANS: Mapping[str, Part] = {
    "none": Part(f"{_TRUE_TERMS} There is other work to be had."),
    "need": Part(
        f"W owes a bank three months' rent; A had no part in that. {_TRUE_TERMS} There is other work "
        f"to be had.",
        tells=("need",),
    ),
    "fraud": Part(
        "W agreed because A promised a sum each Friday. A knew from the start that nothing would be paid.",
        ("fraud_deception", _KNOWS),
        tells=("knew",),
    ),
    "harm": Part(
        "When W wants to stop, A says that W's brother will be hurt if that happens. W believes it "
        "and goes on.",
        ("coercion_serious_harm", _KNOWS),
        tells=("knew", "no violence"),
    ),
    "law": Part(
        "When W wants to stop, A says that a call to the police about W's visa would be made the same day. "
        "W goes on.",
        ("coercion_legal_process", _KNOWS),
        tells=("knew", "no violence"),
    ),
    "plight": Part(
        "W is stranded, without money, papers or anybody to turn to, and A has the only bed and "
        "meals to be had. "
        "A knows this and uses it, so that W has no real choice but to go on. A threatens nothing and says "
        "nothing false.",
        ("abuse_of_vulnerability", _KNOWS),
        tells=("knew", "no violence", "need"),
    ),
}
LAWS: Mapping[str, Part] = {
    "lawful": Part("Selling and buying sex are lawful there.", tells=("lawful",)),
    "unlawful": Part("Selling and buying sex are offences there.", tells=("unlawful",)),
    "silent": Part(""),
}
_SHARE = Part("A keeps a share on which both agreed.", open=(_PROFIT,), tells=("share",))
_ALL = Part("A keeps all that is earned.", (_PROFIT,), tells=("share",))
_HELD = Part("W gets no wage and is held to the work.", ("forced_labour_slavery_servitude",))
_LOW = Part("The wage is low.")


@dataclass(frozen=True)
class Case:
    """An invented case before it has names."""

    parts: tuple[Part, ...]

    @property
    def true(self) -> frozenset[str]:
        """The features that its sentences make true."""
        found = frozenset(name for part in self.parts for name in part.true)
        paid = {"commercial_sex_act", "act_transport"} <= found
        return found | ({"intent_promote_prostitution"} if paid else set())

    @property
    def open(self) -> frozenset[str]:
        """The features that its sentences leave open."""
        return frozenset(name for part in self.parts for name in part.open) - self.true

    @property
    def tells(self) -> frozenset[str]:
        """What else it tells of."""
        return frozenset(name for part in self.parts for name in part.tells)

    def verdict(self, text: str) -> Verdict:
        """The machine's verdict of one text on it."""
        return _verdict(self, text)

    def named(self, rng: Random, people: Sequence[str]) -> tuple[str, str]:
        """Its facts with two names, an adult's age and a trade; and whose conduct is judged, the first's."""
        actor, worker = people
        words = {"AGE": str(rng.randint(22, 47)), "TRADE": rng.choice(TRADES), "A": actor, "W": worker}
        facts = " ".join(part.text for part in self.parts if part.text)
        return " ".join(_filled(word, words) for word in facts.split(" ")), actor


@cache
def _verdict(case: Case, text: str) -> Verdict:
    (found,) = verdicts(case.true, case.open, [text])
    return found


def _filled(word: str, words: Mapping[str, str]) -> str:
    """A word, or what stands in its place: A, W, AGE, TRADE, also before a comma, a full stop or an s."""
    bare = word.rstrip(".,;")
    stem = bare.removesuffix("'s")
    return words[stem] + word[len(stem) :] if stem in words else word


@cache
def every() -> tuple[Case, ...]:
    """Every case that the sentences make.

    >>> len(every()) > 60
    True
    """
    return tuple(_cases())


def _cases() -> Iterator[Case]:
    for (act, first), (move, moved), (means, used) in product(ACTS.items(), MOVES.items(), MEANS.items()):
        if act == "buy" and (move == "drive" or means == "fraud"):
            continue  # whoever buys and drives, or never pays, is a case of another kind
        free = means in ("none", "need")
        gain = {"buy": (), "hire": (_LOW if free else _HELD,)}.get(act, (_SHARE if free else _ALL,))
        for law in LAWS.values() if act != "hire" else (LAWS["silent"],):
            yield Case((first, moved, used, *gain, law))


@cache
def coming_out(pair: tuple[str, str], way: tuple[bool, bool]) -> tuple[Case, ...]:
    """The cases in which two texts come out in one way, met or not met; none of them depends.

    >>> [len(coming_out(PAIRS[0], way)) > 1 for way in WAYS]
    [True, True, True, True]
    """
    wanted = tuple(MET if met else "not met" for met in way)
    return tuple(case for case in every() if tuple(case.verdict(text).outcome for text in pair) == wanted)


def question(
    name: str, pair: tuple[str, str], rng: Random, people: Sequence[str] = NAMES[:2]
) -> tuple[Question, Case]:
    """A question on two texts, and the case behind it.

    >>> made, case = question("g02-1-1", PAIRS[0], Random(1))
    >>> [option.text for option in made.options.values()]
    ['Both', 'US severe form (sex) only', 'Palermo Protocol only', 'Neither']
    """
    way = rng.choice(WAYS)
    case = rng.choice(coming_out(pair, way))
    facts, actor = case.named(rng, people)
    first, second = (instrument(text).short for text in pair)
    texts = ("Both", f"{first} only", f"{second} only", "Neither")
    options = [(text, *_told(case, pair, said, way)) for text, said in zip(texts, WAYS, strict=True)]
    stem = (
        f"As lesson 02 reads them: which of these two texts does {actor}'s conduct meet, {first} or {second}?"
    )
    return single(Place(name, 2, 2, SECTION), facts, stem, options), case


def _told(
    case: Case, pair: tuple[str, str], said: tuple[bool, bool], way: tuple[bool, bool]
) -> tuple[str, str | None]:
    """The reason for an option: what is so of each text that it gets wrong, and the belief behind it."""
    wrong = [text for text, one, other in zip(pair, said, way, strict=True) if one != other]
    held = [belief(case, text) for text in wrong]
    reason = " ".join(_clause(case.verdict(text)) for text in wrong or pair)
    return " ".join((reason, *(misconceptions()[slug].instead for slug in dict.fromkeys(held)))), (
        held[0] if held else None
    )


def _clause(verdict: Verdict) -> str:
    """A verdict with its clause, and what the case lacks."""
    lacks = f" The case lacks {' and '.join(map(_lacking, verdict.missing))}." if verdict.missing else ""
    return f"{verdict.text.short}: {verdict.outcome} ({verdict.clause}).{lacks}"


def _lacking(need: tuple[str, ...]) -> str:
    """A need that is not met, in words; a long list is named by its kind."""
    found = feature(need[0])
    if len(need) > 2:
        under = ", or a person under 18" if "under_18" in need else ""
        return f"{'an' if found.family == 'act' else 'a'} {found.family} on its list{under}"
    return " or ".join(f"\u201c{feature(name).short.partition(' (')[0]}\u201d" for name in need)


# --- what somebody believes who gets a text wrong ---------------------------------------------------------


def believed(slug: str, case: Case, text: str) -> bool | None:
    """Whether somebody with a misconception takes a text to be met; None where it does not bear on the case.

    >>> case = coming_out(("us_severe_sex", "un_palermo"), (True, True))[0]
    >>> believed("servitude-is-sex-limb", case, "us_severe_sex")
    False
    """
    return {
        "need-is-coercion": True if "need" in case.tells else None,
        "knew-the-work": False if "knew" in case.tells else None,
        "only-violence-coerces": False if "no violence" in case.tells else None,
        "servitude-is-sex-limb": False if text == "us_severe_sex" else None,
        "movement-is-needed": None if "act_transport" in case.true else False,
        "unlawful-is-trafficked": {"lawful": False, "unlawful": True}.get(
            next(iter(case.tells & {"lawful", "unlawful"}), "")
        ),
        "buyers-alike": True if "act_patronize_solicit" in case.true else None,
        "helper-is-trafficker": True if "share" in case.tells else None,
        "consent-never-matters": True if text == "un_palermo" else None,
        "broad-label-decides": _as_the_label(case) if text in ("us_severe_sex", "us_1591_a1") else None,
        "agreed-means-free": False,
        "same-answer-everywhere": True,
    }[slug]


def _as_the_label(case: Case) -> bool:
    return case.verdict("us_sex_trafficking").outcome == MET


_FITS: Mapping[str, tuple[str, ...]] = {
    "us_sex_trafficking": ("movement-is-needed", "unlawful-is-trafficked", "agreed-means-free"),
    "us_severe_sex": (
        *("need-is-coercion", "only-violence-coerces", "knew-the-work", "helper-is-trafficker"),
        *("servitude-is-sex-limb", "unlawful-is-trafficked", "broad-label-decides", "agreed-means-free"),
    ),
    "us_1591_a1": (
        *("need-is-coercion", "only-violence-coerces", "knew-the-work", "helper-is-trafficker"),
        *("unlawful-is-trafficked", "broad-label-decides", "agreed-means-free"),
    ),
    "us_2421_mann": ("unlawful-is-trafficked", "agreed-means-free"),
    "un_palermo": (
        *("buyers-alike", "need-is-coercion", "movement-is-needed", "knew-the-work"),
        *("consent-never-matters", "helper-is-trafficker", "agreed-means-free"),
    ),
}


def belief(case: Case, text: str) -> str:
    """The misconception that turns the verdict of a text on a case round.

    >>> belief(coming_out(PAIRS[0], (False, False))[0], "us_severe_sex") in misconceptions()
    True
    """
    right = case.verdict(text).outcome == MET
    fitting = (slug for slug in _FITS[text] if believed(slug, case, text) is (not right))
    return next(fitting, "same-answer-everywhere")


# --- the task -----------------------------------------------------------------------------------------------


def task(rng: Random, people: Sequence[str] = NAMES[:2]) -> Task:
    """A case to hold against five texts, its answer by the machine, and the scheme.

    >>> len(task(Random(1)).scheme)
    4
    """
    mixed = [case for case in every() if 2 <= sum(case.verdict(t).outcome == MET for t in ON_PAGE) <= 3]
    mixed = [case for case in mixed if all(case.verdict(t).outcome != "depends" for t in ON_PAGE)]
    case = rng.choice(mixed)
    facts, actor = case.named(rng, people)
    ask = (
        f"Case (invented). {facts}",
        f"1. Hold {actor}'s conduct against the five texts of lesson 02. For each write met, not met or "
        "depends, and copy the words of the case that decide it.",
        "2. Change one fact of the case so that the answer of one text turns round and that of "
        "another stays. "
        "Name both texts, and say why.",
        "About 250 words. Write of this case only; nothing about yourself is asked for.",
    )
    return Task(ask, (*(_clause(case.verdict(text)) for text in ON_PAGE), _turned(case)), _SCHEME)


def _turned(case: Case) -> str:
    """One change of one feature that turns one text round and leaves another as it is."""
    for text in ("un_palermo", "us_severe_sex", "us_2421_mann"):
        wanted = "not met" if case.verdict(text).outcome == MET else MET
        for change in smallest_changes(case.true, text, wanted, 1):
            after = {v.instrument: v.outcome for v in verdicts(case.true ^ change, case.open, ON_PAGE)}
            stays = [t for t in ON_PAGE if after[t] == case.verdict(t).outcome]
            (name,) = change or ("",)
            if stays and name and feature(name).family in ("means", "movement"):
                how = "out of" if name in case.true else "into"
                return (
                    f'One change among several: take "{feature(name).short}" {how} the case. Then '
                    f"{instrument(text).short} is {wanted}, and {instrument(stays[0]).short} stays "
                    f"{after[stays[0]]}."
                )
    return "One change that turns a text: see the smallest changes in lesson 02."


_SCHEME = (
    (
        "Answers",
        "all five as in the model answer",
        "four as in the model answer",
        "two or three",
        "one or none",
    ),
    (
        "Deciding words",
        "each answer has words of the case beside it, and they bear on an element of that text",
        "three or four answers have such words",
        "words are copied, but for one or two answers only",
        "no words of the case",
    ),
    (
        "One change",
        "one fact changed; one text turns, one stays; both named rightly",
        "one fact changed; the text that turns is named rightly",
        "more than one fact changed, or the text named does not turn",
        "no change",
    ),
    (
        "Care with words",
        'says what the conduct meets; calls nobody more than the case says; "depends" where a fact '
        "is missing",
        "one word that claims more than the case says",
        "two or three such words",
        "a verdict on the person in place of the conduct",
    ),
)
