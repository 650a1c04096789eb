"""The two-events statistics: the series is as set, the fit finds it, a band keeps its rate or is absent."""

from __future__ import annotations

from itertools import islice

import numpy as np
import pytest

from notthesame.statistics import interrupted_series as series
from notthesame.statistics.interrupted_series import (
    AFTER,
    BEFORE,
    BETWEEN,
    BLURRED,
    FIRST,
    NO_BEFORE,
    NOISE,
    SAME_DAY,
    SECOND,
    TOGETHER,
    Setting,
)

DRAWS = 800  # then the standard error of a rate of 95 per cent is 0.8 of a percentage point


def held(setting: Setting, draws: int = DRAWS, seed: int = 20) -> dict[str, float]:
    """The share of new series in which a band made as if steps were sharp holds the true change."""
    found = list(islice(series.trials(setting, seed), draws))
    return {name: sum(trial[name] for trial in found) / draws for name in found[0]}


# --- the series ---------------------------------------------------------------------------------------------


def test_sharp_steps_stand_on_their_days() -> None:
    setting = Setting()
    change = series.expected(setting) - series.undisturbed(setting)
    by_day = dict(zip(setting.days, change, strict=True))
    assert (by_day[-1], by_day[0], by_day[4], by_day[5], by_day[64]) == (0, -20, -20, -30, -30)
    assert (setting.days[0], setting.days[-1]) == (-60, 64)


def test_a_lag_spreads_each_effect_over_the_days_after_its_event() -> None:
    setting = Setting(lag=4, second_effect=0)
    change = series.expected(setting) - series.undisturbed(setting)
    by_day = dict(zip(setting.days, change, strict=True))
    assert [round(by_day[day], 6) for day in (-1, 0, 1, 2, 3, 4, 5)] == [0, -4, -8, -12, -16, -20, -20]


def test_anticipation_moves_the_beginning_of_the_second_effect_only() -> None:
    setting = Setting(anticipation=9, first_effect=0)
    change = series.expected(setting) - series.undisturbed(setting)
    by_day = dict(zip(setting.days, change, strict=True))
    assert [round(by_day[day], 6) for day in (-5, -4, 0, 4, 5)] == [0, -1, -5, -9, -10]
    early = series.expected(Setting(anticipation=9, second_effect=0))
    assert np.array_equal(early, series.expected(Setting(second_effect=0)))


@pytest.mark.parametrize(
    ("begins", "first_day"), [(BEFORE, -60), (BETWEEN, 0), (AFTER, 5 + series.LATE)], ids=series.BEGINS
)
def test_the_record_begins_where_it_is_set(begins: str, first_day: int) -> None:
    assert Setting(begins=begins).days[0] == first_day


def test_the_same_seed_gives_the_same_series_and_another_another() -> None:
    setting = Setting(carry=0.3)
    assert np.array_equal(series.draw(setting, 4), series.draw(setting, 4))
    assert not np.array_equal(series.draw(setting, 4), series.draw(setting, 5))


@pytest.mark.parametrize("carry", [0.0, 0.6])
def test_the_noise_has_the_spread_and_the_carry_that_were_set(carry: float) -> None:
    setting = Setting(noise=7, carry=carry, window=120)
    noise = np.array([series.draw(setting, seed) - series.expected(setting) for seed in range(300)])
    assert noise.std() == pytest.approx(7, rel=0.02)
    assert noise[:, 0].std() == pytest.approx(7, rel=0.1)
    assert np.mean(noise[:, 1:] * noise[:, :-1]) / 49 == pytest.approx(carry, abs=0.02)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"gap": -1}, "gap is -1; allowed are 0 to 90"),
        ({"gap": 91}, "gap is 91"),
        ({"noise": 0}, "noise is 0; allowed are 0.5 to 40"),
        ({"lag": 61}, "lag is 61; allowed are 0 to 60"),
        ({"window": 29}, "window is 29; allowed are 30 to 120"),
        ({"first_effect": -61}, "first_effect is -61"),
        ({"carry": 0.61}, "carry is 0.61; allowed are 0 to 0.6"),
        ({"begins": "late"}, "begins is 'late'; allowed: before both, between them, after both"),
    ],
)
def test_a_setting_out_of_range_is_refused(values: dict[str, float], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        Setting(**values)  # type: ignore[arg-type]


# --- the fit ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("gap", [1, 5, 30])
def test_without_noise_sharp_steps_are_found_exactly(gap: int) -> None:
    found = series.noiseless(Setting(gap=gap))
    assert found == pytest.approx({FIRST: -20, SECOND: -10, TOGETHER: -30})


def test_estimates_come_near_the_truth_and_bands_hold_them() -> None:
    found = series.fit(Setting(noise=0.5), series.draw(Setting(noise=0.5), 3))
    for name, estimate in found.items():
        assert estimate.value == pytest.approx(Setting().effects[name], abs=2)
        assert estimate.band and estimate.band[0] < estimate.value < estimate.band[1]


def test_the_two_changes_add_up_to_the_one_together() -> None:
    found = series.fit(Setting(), series.draw(Setting(), 3))
    assert found[FIRST].value + found[SECOND].value == pytest.approx(found[TOGETHER].value)


def test_with_one_value_of_the_carry_the_fit_is_ordinary_least_squares(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from statsmodels.api import OLS

    monkeypatch.setattr(series, "CARRIES", (0.0,))
    setting = Setting()
    counts = series.draw(setting, 8)
    days = setting.days
    columns = np.column_stack([np.ones_like(days), days, days >= 0, days >= 5])
    wanted = OLS(counts, columns).fit()
    ends = wanted.conf_int(0.05)
    found = series.fit(setting, counts)
    for name, place in ((FIRST, 2), (SECOND, 3)):
        assert found[name].value == pytest.approx(wanted.params[place])
        assert found[name].band == pytest.approx(tuple(ends[place]))
    both = wanted.t_test([0, 0, 1, 1])
    assert found[TOGETHER].band == pytest.approx(tuple(both.conf_int(0.05)[0]))


def fitted_anew(setting: Setting, counts: series.Array) -> dict[str, tuple[float, float, float]]:
    """What ``_sharp_fit`` must say, by a whole OLS of statsmodels for each carry."""
    from scipy.stats import t
    from statsmodels.api import OLS

    matrix, contrasts = series._design(setting)
    supports, fits = [], []
    for carry in series.CARRIES:
        fit = OLS(series._whiten(counts, carry), series._whiten(matrix, carry)).fit()
        determinant = np.linalg.slogdet(fit.normalized_cov_params)[1]
        supports.append((np.log(1 - carry**2) + determinant - fit.df_resid * np.log(fit.ssr)) / 2)
        fits.append(fit)
    weights = np.exp(np.array(supports) - max(supports))
    weights /= weights.sum()
    found = {}
    for name, contrast in contrasts.items():
        tests = [fit.t_test(contrast) for fit in fits]
        values = np.array([test.effect[0] for test in tests])
        value = float(weights @ values)
        variances = np.array([test.sd[0, 0] ** 2 for test in tests]) + (values - value) ** 2
        reach = float(t.ppf(0.975, fits[0].df_resid) * np.sqrt(weights @ variances))
        found[name] = (value, value - reach, value + reach)
    return found


@pytest.mark.parametrize(
    "setting",
    [
        Setting(),
        Setting(carry=0.6, noise=20),
        Setting(gap=90, window=120, noise=40),
        Setting(gap=1, window=30, noise=0.5),
        Setting(gap=0),
        Setting(lag=7, anticipation=21),
        Setting(begins=BETWEEN),
    ],
    ids=lambda setting: f"{setting}"[8:],
)
def test_designs_taken_apart_once_say_what_a_fit_of_each_series_says(setting: Setting) -> None:
    ours = series._sharp_fit(setting)
    for seed in range(5):
        counts = series.draw(setting, seed)
        wanted = fitted_anew(setting, counts)
        found = ours(counts)
        assert list(found) == list(wanted)
        for name in wanted:
            assert found[name] == pytest.approx(wanted[name], rel=0, abs=1e-9)


@pytest.mark.parametrize(
    ("setting", "names"),
    [
        (Setting(), (FIRST, SECOND, TOGETHER)),
        (Setting(gap=0), (TOGETHER,)),
        (Setting(begins=BETWEEN), (SECOND,)),
        (Setting(begins=BETWEEN, gap=0), ()),
        (Setting(begins=AFTER), ()),
        (Setting(begins=AFTER, gap=0), ()),
    ],
)
def test_only_what_has_a_before_and_an_after_is_estimated(setting: Setting, names: tuple[str, ...]) -> None:
    assert setting.estimable == names
    assert tuple(series.fit(setting, series.draw(setting))) == names
    assert tuple(next(series.trials(setting))) == tuple(series.noiseless(setting)) == names


# --- the bands keep their rate ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "setting",
    [
        Setting(),
        Setting(noise=20),
        Setting(gap=14, window=30),
        Setting(carry=0.3),
        Setting(carry=0.6),
        Setting(gap=0),
        Setting(begins=BETWEEN),
        Setting(first_effect=0, second_effect=0),
    ],
    ids=lambda setting: f"{setting}"[8:60],
)
def test_a_band_that_is_shown_holds_the_truth_at_its_stated_rate(setting: Setting) -> None:
    shown = series.fit(setting, series.draw(setting))
    rates = held(setting)
    assert rates and set(rates) == set(shown)
    for name, rate in rates.items():
        assert shown[name].band is not None
        assert 0.93 <= rate <= 0.97, (name, rate)


def test_the_best_single_carry_would_hold_too_seldom_which_is_why_the_fits_are_averaged() -> None:
    setting = Setting(carry=0.6, window=30)
    together = held(setting, 400)
    unaware = pytest.MonkeyPatch()
    with unaware.context() as patch:
        patch.setattr(series, "CARRIES", (0.0,))
        alone = held(setting, 400)
    assert max(alone.values()) < 0.86 < 0.92 < min(together.values())


@pytest.mark.parametrize(
    "setting",
    [
        Setting(lag=7),
        Setting(lag=1),
        Setting(anticipation=21),
        Setting(lag=3, anticipation=3),
        Setting(gap=0, lag=5),
    ],
)
def test_no_band_is_shown_where_steps_are_not_sharp(setting: Setting) -> None:
    found = series.fit(setting, series.draw(setting))
    assert found and all(estimate.band is None for estimate in found.values())


@pytest.mark.parametrize("setting", [Setting(lag=7), Setting(anticipation=21)], ids=["lag", "anticipation"])
def test_a_band_made_all_the_same_would_not_hold_the_truth(setting: Setting) -> None:
    rates = held(setting, 200)
    assert rates[FIRST] < 0.2 and rates[SECOND] < 0.2


def test_an_effect_of_nothing_cannot_be_late_or_early() -> None:
    assert not Setting(lag=7, first_effect=0, second_effect=0).blurred
    assert not Setting(anticipation=7, second_effect=0).blurred
    assert Setting(lag=7, second_effect=0).blurred


# --- where the design breaks --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("setting", "kinds"),
    [
        (Setting(), ()),
        (Setting(carry=0.6), ()),
        (Setting(noise=10), ()),
        (Setting(noise=11), (NOISE,)),
        (Setting(noise=11, gap=14), ()),
        (Setting(noise=20, gap=30), (NOISE,)),
        (Setting(second_effect=0), ()),
        (Setting(lag=1), (BLURRED,)),
        (Setting(lag=1, noise=40), (BLURRED,)),
        (Setting(anticipation=1), (BLURRED,)),
        (Setting(gap=0), (SAME_DAY,)),
        (Setting(gap=0, lag=3), (SAME_DAY, BLURRED)),
        (Setting(begins=BETWEEN), (NO_BEFORE,)),
        (Setting(begins=AFTER), (NO_BEFORE,)),
        (Setting(begins=AFTER, lag=7), (NO_BEFORE,)),
        (Setting(first_effect=0, second_effect=0), (NOISE,)),
    ],
)
def test_the_design_breaks_where_it_should(setting: Setting, kinds: tuple[str, ...]) -> None:
    assert series.breaks(setting) == kinds


def test_a_break_is_judged_before_any_series_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the bands shown would be a selection, and a selection does not keep the rate."""

    def no_draw(*_: object) -> None:
        raise AssertionError("a series was drawn")

    monkeypatch.setattr(series, "_noise", no_draw)
    monkeypatch.setattr(series, "_sharp_fit", no_draw)
    assert series.breaks(Setting(noise=20)) == (NOISE,)


def test_a_slow_first_effect_is_booked_on_the_second_event() -> None:
    said = series.noiseless(Setting(lag=7))
    assert said[FIRST] == pytest.approx(-6.4, abs=0.1) and said[SECOND] == pytest.approx(-20.7, abs=0.1)


def test_an_early_second_effect_is_booked_on_the_first_event() -> None:
    said = series.noiseless(Setting(anticipation=21))
    assert said[FIRST] < -26 and abs(said[SECOND]) < 0.1


@pytest.mark.parametrize("carry", [0.0, 0.6])
def test_expected_widths_are_those_that_bands_have(carry: float) -> None:
    setting = Setting(noise=5, carry=carry)
    seen = [series.fit(setting, series.draw(setting, seed)) for seed in range(60)]
    for name, width in series.widths(setting).items():
        bands = [estimates[name].band for estimates in seen]
        assert np.mean([high - low for low, high in filter(None, bands)]) == pytest.approx(width, rel=0.08)


def test_knowing_the_shape_does_not_make_up_for_a_lag() -> None:
    assert series.widths(Setting(lag=14))[FIRST] > 1.5 * series.widths(Setting())[FIRST]


def test_estimates_trade_one_for_the_other_the_more_the_nearer_the_events_are() -> None:
    found = [series.correlation(Setting(gap=gap)) for gap in (1, 5, 14, 30)]
    assert found == sorted(found) and found[0] < -0.9
    with pytest.raises(ValueError, match="does not hold two steps"):
        series.correlation(Setting(gap=0))
