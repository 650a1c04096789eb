"""Sensitive questions: the list experiment, how large it must be, and what an alarm is worth.

In a list experiment one half of the sample, chosen at random, is asked how many of some harmless items hold
for them; the other half gets the same list and the sensitive item. Nobody says which. The difference in
means estimates the share for whom the sensitive item holds, if the longer list changes no other answer and
nobody lies (Blair and Imai 2012, doi 10.1093/pan/mpr048). Shares are from 0 to 1. statsmodels loads with the
first estimate.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from .. import _reading
from .._plain import refusing_plainly
from . import _inputs

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Shares: TypeAlias = NDArray[np.float64]
    Whole: TypeAlias = NDArray[np.int64]
    Answers: TypeAlias = Iterable[int] | Mapping[int, int]

ITEMS = 3  # harmless items on a list
MOST_ITEMS = 20
ITEM_SPREAD = 0.25  # variance of one harmless item that holds for half of the people
SIZES = (10, 10_000_000)  # people in a survey


@dataclass(frozen=True)
class RespondentType:
    """People for whom ``count`` harmless items hold, with or without the ``sensitive`` one.

    share: the estimated proportion of such people; unclipped. se: its standard error.
    """

    count: int
    sensitive: bool
    share: float
    se: float


@dataclass(frozen=True)
class ListEstimate:
    """What a list experiment says.

    share: the difference in means; unclipped, so that it can lie below 0 or above 1. se: its standard error,
    the two variances apart. low, high: interval at the level asked for. n: people in both halves. types: the
    proportions of respondent types. impossible: one line for each sign that the design has failed; a
    negative proportion within two of its standard errors may be chance.
    """

    share: float
    se: float
    low: float
    high: float
    n: int
    types: tuple[RespondentType, ...]
    impossible: tuple[str, ...]


@refusing_plainly
def list_experiment(control: Answers, treatment: Answers, items: int, level: float = 0.95) -> ListEstimate:
    """The share for whom the sensitive item holds: the difference in means, with Welch's interval.

    control, treatment: an answer (a whole number) a person, or how many people gave each answer, as in
    ``{0: 8, 1: 132}``; two people or more in each. items: harmless items on the list, which the control half
    got. level: of the interval. Raises ValueError naming what was found and what is allowed.

    The 1991 National Race and Politics Survey, as Blair and Imai (2012, Table 1) have it:

    >>> found = list_experiment({0: 8, 1: 132, 2: 222, 3: 227}, {0: 19, 1: 123, 2: 229, 3: 219, 4: 34}, 3)
    >>> round(found.share, 3), round(found.se, 3), found.n
    (0.068, 0.05, 1213)
    >>> found.impossible
    ('0 harmless items and the sensitive one: -1.7 per cent of people (standard error 0.8)',)
    """
    from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

    items = _inputs.whole("items", items, 1, MOST_ITEMS)
    level = _inputs.number("level", level, 0.5, 0.999)
    without, having = _counts("control", control), _counts("treatment", treatment)
    if len(without.nonzero()[0]) == len(having.nonzero()[0]) == 1:
        raise ValueError("within each half all answers are the same; a spread is wanted for a standard error")
    halves = [DescrStatsW(np.arange(len(counts)), counts) for counts in (having, without)]
    compared = CompareMeans(*halves)
    low, high = compared.tconfint_diff(alpha=1 - level, usevar="unequal")
    types = tuple(_types(without, having, items))
    return ListEstimate(
        share=float(halves[0].mean - halves[1].mean),
        se=float(compared.std_meandiff_separatevar),
        low=float(low),
        high=float(high),
        n=int(without.sum() + having.sum()),
        types=types,
        impossible=(
            *_above("control", without, items),
            *_above("treatment", having, items + 1),
            *(_negative(kind) for kind in types if kind.share < 0),
        ),
    )


def _types(without: Whole, having: Whole, items: int) -> Iterable[RespondentType]:
    """Blair and Imai's proportions of respondent types, from the shares of answers up to each number.

    Who answers at most y to the short list but not to the long one has y harmless items and the sensitive
    one; who answers at most y to the long list but more than y - 1 to the short one has y and it not.
    """
    for y in range(items + 1):
        yield _type(y, True, (without, y), (having, y))
        yield _type(y, False, (having, y), (without, y - 1))


def _type(count: int, sensitive: bool, *groups: tuple[Whole, int]) -> RespondentType:
    """The share of one group with answers up to a number, less that of the other, and its standard error."""
    sizes = [int(counts.sum()) for counts, _ in groups]
    more, less = (counts[: most + 1].sum() / size for (counts, most), size in zip(groups, sizes, strict=True))
    spread = more * (1 - more) / sizes[0] + less * (1 - less) / sizes[1]
    return RespondentType(count, sensitive, float(more - less), math.sqrt(spread))


def _negative(kind: RespondentType) -> str:
    item = "and the sensitive one" if kind.sensitive else "and not the sensitive one"
    harmless = f"{kind.count} harmless item{'s' * (kind.count != 1)}"
    return (
        f"{harmless} {item}: {100 * kind.share:.1f} per cent of people (standard error {100 * kind.se:.1f})"
    )


def _above(name: str, counts: Whole, most: int) -> Iterable[str]:
    if above := int(counts[most + 1 :].sum()):
        yield f"{above} of {counts.sum()} {name} answers lie above {most}, the number of items"


# --- how large a list must be ------------------------------------------------------------------------------


@refusing_plainly
def list_variance(share: float, items: int = ITEMS) -> float:
    """Variance of a list's estimate times the number of people, of whom half get the longer list.

    It takes the harmless items to be independent and to hold for half of the people each, so that their sum
    has the variance ``items / 4``. Items that vary together downwards are better than that, and items that
    few or nearly all people have vary less. Raises ValueError naming what is allowed.

    >>> round((list_variance(0.78) / 651) ** 0.5 * 1.96, 2)  # one list of three items, 651 people
    0.14
    """
    share, items = _inputs.number("share", share, 0, 1), _inputs.whole("items", items, 1, MOST_ITEMS)
    return 4 * items * ITEM_SPREAD + 2 * share * (1 - share)


@refusing_plainly
def minimum_detectable_share(n: int, power: float = 0.8, items: int = ITEMS, level: float = 0.95) -> float:
    """The smallest true share that a list of ``n`` people finds to differ from nought with this power.

    n: people, half in each group. power: how often it is found. level: of the two-sided test's interval.
    Variances as in ``list_variance``, pooled. Above 1 no share is large enough. Raises ValueError naming
    what is allowed.

    >>> round(minimum_detectable_share(651), 2)
    0.2
    """
    from statsmodels.stats.power import NormalIndPower

    n, items = _inputs.whole("n", n, *SIZES), _inputs.whole("items", items, 1, MOST_ITEMS)
    power, level = _inputs.number("power", power, 0.1, 0.999), _inputs.number("level", level, 0.5, 0.999)
    size = float(NormalIndPower().solve_power(nobs1=n / 2, alpha=1 - level, power=power))
    # share / sd = size, and sd squared, of the two groups together, is list_variance / 4: a quadratic.
    half, full = size**2 / 4, 1 + size**2 / 2
    return (half + math.sqrt(half**2 + full * size**2 * items * ITEM_SPREAD)) / full


@refusing_plainly
def break_even_n(share: float, hides: float, items: int = ITEMS) -> float:
    """How many people it takes until a list is nearer to the truth, on average, than asking directly.

    share: for whom the sensitive item holds. hides: the share of them who deny it when asked directly; the
    list is taken to be answered honestly, and nobody claims the item falsely. From this n on the root mean
    square error of the list is below that of the direct question: the list has the larger variance
    (``list_variance``), the direct question a bias of ``share * hides``. Infinite where nobody hides.
    Raises ValueError naming what is allowed.

    >>> break_even_n(0.2, 0.5), break_even_n(0.2, 0.25), break_even_n(0.2, 0)
    (324, 1278, inf)
    """
    share, hides = _inputs.number("share", share, 0, 1), _inputs.number("hides", hides, 0, 1)
    bias, asked = share * hides, share * (1 - hides)
    if not bias:
        return math.inf
    return math.floor((list_variance(share, items) - asked * (1 - asked)) / bias**2 + 1e-9) + 1


# --- synthetic surveys -------------------------------------------------------------------------------------


@refusing_plainly
def draw_list(n: int, share: float, items: int = ITEMS, seed: int = 1) -> tuple[Whole, Whole]:
    """One synthetic list experiment: the answers of the control half and of the treatment half.

    n: people; an odd one more gets the longer list. share: for whom the sensitive item holds. items:
    harmless ones, independent, each holding for half of the people. Raises ValueError naming what is allowed.

    >>> control, treatment = draw_list(n=10, share=0.2)
    >>> control.tolist(), treatment.tolist()
    ([2, 3, 1, 3, 1], [1, 2, 1, 2, 0])
    """
    short, long = _halves(n)
    share, items = _inputs.number("share", share, 0, 1), _inputs.whole("items", items, 1, MOST_ITEMS)
    random = np.random.default_rng(seed)
    control, treatment = (random.binomial(items, 0.5, size=half) for half in (short, long))
    return control, treatment + random.binomial(1, share, size=long)


@refusing_plainly
def draw_surveys(
    n: int, share: float, hides: float, items: int = ITEMS, surveys: int = 1000, seed: int = 1
) -> tuple[Shares, Shares]:
    """What each of many synthetic surveys finds: asking ``n`` people directly, and by list.

    share, items: as in ``draw_list``. hides: the share of those for whom the item holds who deny it when
    asked directly. Only sums matter here, and they are drawn as such: the answers of many people with
    independent items add up to one binomial number. Raises ValueError naming what is allowed.

    >>> direct, by_list = draw_surveys(n=1000, share=0.2, hides=0.5, surveys=2)
    >>> direct.round(3).tolist(), by_list.round(3).tolist()
    ([0.1, 0.089], [0.17, 0.142])
    """
    short, long = _halves(n)
    share, hides = _inputs.number("share", share, 0, 1), _inputs.number("hides", hides, 0, 1)
    items, size = (
        _inputs.whole("items", items, 1, MOST_ITEMS),
        _inputs.whole("surveys", surveys, 1, 1_000_000),
    )
    random = np.random.default_rng(seed)
    direct = random.binomial(short + long, share * (1 - hides), size=size) / (short + long)
    control = random.binomial(items * short, 0.5, size=size) / short
    harmless = random.binomial(items * long, 0.5, size=size)
    return direct, (harmless + random.binomial(long, share, size=size)) / long - control


def _halves(n: int) -> tuple[int, int]:
    size = _inputs.whole("n", n, *SIZES)
    return size // 2, size - size // 2


# --- base rate ---------------------------------------------------------------------------------------------


@refusing_plainly
def true_alarms(base_rate: float, sensitivity: float, specificity: float) -> float:
    """The share of alarms that are true (the positive predictive value), by Bayes' rule.

    base_rate: the share of people whom the alarm is meant for. sensitivity: the share of them that set it
    off. specificity: the share of all others that do not. Raises ValueError naming what is allowed, also
    where there would be no alarm at all.

    >>> round(true_alarms(base_rate=0.05, sensitivity=0.9, specificity=0.9), 2)
    0.32
    """
    given = {"base_rate": base_rate, "sensitivity": sensitivity, "specificity": specificity}
    rate, found, spared = (_inputs.number(name, value, 0, 1) for name, value in given.items())
    true, false = rate * found, (1 - rate) * (1 - spared)
    if not true + false:
        raise ValueError("with these rates there is no alarm at all, so no share of alarms either")
    return true / (true + false)


# --- what was given ----------------------------------------------------------------------------------------


def _counts(name: str, given: Answers) -> Whole:
    """How many people gave each answer, from 0 up; refuses what are no answers."""
    if isinstance(given, Mapping):
        answers, people = _wholes(name, list(given)), _wholes(name, list(given.values()))
    else:
        answers = _wholes(name, given)
        people = np.ones_like(answers)
    if people.sum() < 2:
        raise ValueError(f"{name} holds {people.sum()} answers; allowed are two or more")
    found = np.zeros(int(answers.max()) + 1, dtype=np.int64)
    np.add.at(found, answers, people)
    return found


def _wholes(name: str, given: Any) -> Whole:
    """Whole numbers from 0 to 10**6, as an array."""
    wanted = "allowed are whole numbers from 0, one a person, or how many people gave each"
    try:
        read = np.asarray(given, dtype=float)
    except (TypeError, ValueError):
        raise ValueError(f"{name} is {_reading.shown(given)}; {wanted}") from None
    bad = ~((read >= 0) & (read <= 10**6) & (read == np.floor(read)))  # also what is not a number
    if isinstance(given, str) or read.ndim != 1 or bad.any():
        seen = float(read[bad][0]) if read.ndim == 1 and bad.any() else given
        raise ValueError(f"{name} holds {_reading.shown(seen)}; {wanted}")
    return read.astype(np.int64)
