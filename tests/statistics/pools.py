"""Published meta-analyses: what went in, and what metafor and the papers print of them.

Inputs are the data sets of the R package metadat (github.com/wviechtb/metadat, data-raw); results are those
that metafor's own tests (github.com/wviechtb/metafor, tests/testthat) hold beside the page of the paper.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

Studies = tuple[list[float], list[float]]  # effects, standard errors


def log_odds_ratios(rows: Sequence[Sequence[float]]) -> Studies:
    """Of events and size of one group, events and size of the other."""
    effects = [math.log(a * (m - c) / ((n - a) * c)) for a, n, c, m in rows]
    return effects, [math.sqrt(1 / a + 1 / (n - a) + 1 / c + 1 / (m - c)) for a, n, c, m in rows]


def log_risk_ratios(rows: Sequence[Sequence[float]]) -> Studies:
    effects = [math.log((a / n) / (c / m)) for a, n, c, m in rows]
    return effects, [math.sqrt(1 / a - 1 / n + 1 / c - 1 / m) for a, n, c, m in rows]


def risk_differences(rows: Sequence[Sequence[float]]) -> Studies:
    """In percentage points."""
    effects = [100 * (a / n - c / m) for a, n, c, m in rows]
    return effects, [100 * math.sqrt(a * (n - a) / n**3 + c * (m - c) / m**3) for a, n, c, m in rows]


def mean_differences(rows: Sequence[Sequence[float]]) -> Studies:
    """Of size, mean and standard deviation of two groups, with the pooled standard deviation."""
    errors = []
    for n, _, sd, m, _, other in rows:
        shared = ((n - 1) * sd**2 + (m - 1) * other**2) / (n + m - 2)
        errors.append(math.sqrt(shared * (1 / n + 1 / m)))
    return [row[1] - row[4] for row in rows], errors


# dat.bcg (dat.colditz1994): tuberculosis with and without BCG vaccine, 13 trials. Positive, negative, twice.
_BCG = [
    *((4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619), (33, 5036, 47, 5761)),
    *((180, 1361, 372, 1079), (8, 2537, 10, 619), (505, 87886, 499, 87892), (29, 7470, 45, 7232)),
    *((17, 1699, 65, 1600), (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825)),
]
BCG = [(tpos, tpos + tneg, cpos, cpos + cneg) for tpos, tneg, cpos, cneg in _BCG]

# DerSimonian and Kacker (2007), tables 3 and 4: the CLASP example, six trials.
CLASP = log_odds_ratios(
    [
        *((5, 156, 8, 74), (5, 303, 17, 303), (12, 565, 9, 477), (69, 1570, 94, 1565)),
        *((9, 103, 11, 105), (313, 4659, 352, 4650)),
    ]
)

# dat.collins1985b: pre-eclampsia under diuretics, nine trials; Viechtbauer (2007), table II.
DIURETICS = log_odds_ratios(
    [
        *((14, 131, 14, 136), (21, 385, 17, 134), (14, 57, 24, 48), (6, 38, 18, 40), (12, 1011, 35, 760)),
        *((138, 1370, 175, 1336), (15, 506, 20, 524), (6, 108, 2, 103), (65, 153, 40, 102)),
    ]
)

# dat.hine1989: death under lidocaine, six trials; Normand (1999), table VII. Here tau2 is 0.
LIDOCAINE = risk_differences(
    [
        *((2, 39, 1, 43), (4, 44, 4, 44), (6, 107, 4, 110), (7, 103, 5, 100)),
        *((7, 110, 3, 106), (11, 154, 4, 146)),
    ]
)

# dat.normand1999: days in hospital after stroke, nine studies; Normand (1999), table IX.
STROKE = mean_differences(
    [
        *((155, 55, 47, 156, 75, 64), (31, 27, 7, 32, 29, 4), (75, 64, 17, 71, 119, 29)),
        *((18, 66, 20, 18, 137, 48), (8, 14, 8, 13, 18, 11), (57, 19, 7, 52, 18, 4)),
        *((34, 52, 45, 33, 41, 34), (110, 21, 16, 183, 31, 27), (60, 30, 27, 52, 23, 20)),
    ]
)

# dat.raudenbush1985: teacher expectancy, 19 studies; Raudenbush (2009), tables 16.2 and 16.3. yi and vi.
_EXPECTANCY = [
    *((0.03, 0.0156), (0.12, 0.0216), (-0.14, 0.0279), (1.18, 0.1391), (0.26, 0.1362), (-0.06, 0.0106)),
    *((-0.02, 0.0106), (-0.32, 0.0484), (0.27, 0.0269), (0.80, 0.0630), (0.54, 0.0912), (0.18, 0.0497)),
    *((-0.02, 0.0835), (0.23, 0.0841), (-0.18, 0.0253), (-0.06, 0.0279), (0.30, 0.0193), (0.07, 0.0088)),
    (-0.07, 0.0303),
]
EXPECTANCY: Studies = ([yi for yi, _ in _EXPECTANCY], [math.sqrt(vi) for _, vi in _EXPECTANCY])

# Studies, how they are pooled, and of what is printed: the name in ``Pooled``, the value, its last digit.
PRINTED: list[tuple[str, Studies, dict[str, Any], dict[str, float], float]] = [
    # test_misc_rma_uni_vs_metan.r, which also agrees with Stata's metan
    (
        "BCG, risk ratios",
        log_risk_ratios(BCG),
        {"method": "dl"},
        {"estimate": -0.7141, "low": -1.0644, "high": -0.3638, "tau2": 0.3088, "i2": 0.921173, "q": 152.2330},
        1e-4,
    ),
    (
        "BCG, odds ratios",
        log_odds_ratios(BCG),
        {"method": "dl"},
        {"estimate": -0.7474, "low": -1.1242, "high": -0.3706, "tau2": 0.3663, "i2": 0.926455, "q": 163.1649},
        1e-4,
    ),
    # test_analysis_example_dersimonian2007.r; tau is printed, not tau2
    ("CLASP", CLASP, {"method": "pm"}, {"estimate": -0.3811, "se": 0.2060, "tau2": 0.3681**2}, 1e-4),
    ("CLASP", CLASP, {"method": "dl"}, {"estimate": -0.3240, "se": 0.1540, "tau2": 0.2323**2}, 1e-4),
    ("CLASP", CLASP, {"method": "reml"}, {"estimate": -0.2980, "se": 0.1343, "tau2": 0.1843**2}, 1e-4),
    # test_analysis_example_viechtbauer2007a.r
    ("diuretics", DIURETICS, {"method": "dl"}, {"tau2": 0.230}, 1e-3),
    ("diuretics", DIURETICS, {"method": "reml"}, {"tau2": 0.301}, 1e-3),
    # test_analysis_example_normand1999.r
    ("lidocaine", LIDOCAINE, {"method": "reml"}, {"estimate": 2.94, "tau2": 0.0}, 1e-2),
    ("lidocaine", LIDOCAINE, {"method": "reml"}, {"low": 0.4, "high": 5.5}, 0.1),
    ("lidocaine", LIDOCAINE, {"method": "dl"}, {"estimate": 2.94, "tau2": 0.0}, 1e-2),
    (
        "stroke",
        STROKE,
        {"method": "dl"},
        {"estimate": -14.10, "low": -24.45, "high": -3.75, "tau2": 218.72},
        1e-2,
    ),
    (
        "stroke",
        STROKE,
        {"method": "reml"},
        {"estimate": -15.12, "low": -32.67, "high": 2.43, "tau2": 685.20},
        1e-2,
    ),
    # test_analysis_example_raudenbush2009.r
    (
        "expectancy",
        EXPECTANCY,
        {"method": "reml"},
        {"estimate": 0.0837, "se": 0.0516, "low": -0.0175, "high": 0.1849, "tau2": 0.0188, "q": 35.8295},
        1e-4,
    ),
    (
        "expectancy",
        EXPECTANCY,
        {"method": "dl"},
        {"estimate": 0.0893, "se": 0.0558, "low": -0.0200, "high": 0.1987, "tau2": 0.0259},
        1e-4,
    ),
    (
        "expectancy",
        EXPECTANCY,
        {"method": "reml", "interval": "hartung-knapp"},
        {"estimate": 0.0837, "se": 0.0616, "low": -0.0457, "high": 0.2131},
        1e-4,
    ),
    (
        "expectancy",
        EXPECTANCY,
        {"method": "dl", "interval": "hartung-knapp"},
        {"estimate": 0.0893, "se": 0.0636, "low": -0.0442, "high": 0.2229},
        1e-4,
    ),
]

# What metafor 5.0.1 returns with all digits for ten effects from -2 to 2 with variances from 0.02 to 2,
# evenly spaced on a log scale; the prediction is its predtype="Riley" of the normal fit. From the file
# tests/reference/core_inference_metafor.json of github.com/ZhaoboDing/PyMetaAnalysis.
TEN: Studies = (
    [-2 + 4 * place / 9 for place in range(10)],
    [math.sqrt(0.02 * 100 ** (place / 9)) for place in range(10)],
)
TEN_Q, TEN_Q_P = 76.731433897126038, 7.1863113658238022e-13
# method: estimate, tau2, normal interval, Hartung-Knapp interval, prediction
TEN_RESULTS: dict[str, tuple[float, float, tuple[float, float], tuple[float, float], tuple[float, float]]] = {
    "dl": (
        -0.41934181660030811,
        0.73110013531596663,
        (-1.0487051789878949, 0.21002154578727872),
        (-1.2907531732724324, 0.4520695400718161),
        (-2.5255348902897561, 1.6868512570891401),
    ),
    "pm": (
        -0.31145347521374644,
        1.2299300877963697,
        (-1.0888656770231673, 0.46595872659567439),
        (-1.2087294428548576, 0.58582249242736473),
        (-3.0275096183440131, 2.4046026679165204),
    ),
    "reml": (
        -0.32636760969340484,
        1.1391402366453165,
        (-1.0794162776146423, 0.42668105822783264),
        (-1.2201540910575672, 0.56741887167075766),
        (-2.9421955101692236, 2.2894602907824138),
    ),
}
