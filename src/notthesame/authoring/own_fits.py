"""What this course computes itself from the lists of the United Kingdom, as tables of ``data/``.

``mse_uk_own_results`` and ``mse_uk_resamples`` are exactly what ``tables`` gives. To fit a thousand resamples
takes seconds, so that ``notthesame data`` leaves them alone and a test compares them; write them anew by
``python -m notthesame.authoring.own_fits data/tables``.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import evidence
from ..statistics import multiple_systems

if TYPE_CHECKING:
    from ..statistics.multiple_systems import Bootstrap

LISTS = "mse_uk_five_lists"
RESAMPLES, SEED = 1000, 1
HEADLINE = (10_000, 13_000)
HIGH = 18_000  # where the second hump begins
# The conventions: by what name, of which people or patterns, whether a term at minus infinity is charged.
CONVENTIONS = (
    ("bic_people", "bic", "individuals", True),
    ("bic_patterns", "bic", "cells", True),
    ("bic_finite_terms", "bic", "individuals", False),
    ("aic", "aic", "individuals", True),
)
RESULT = ("result", "estimate", "low", "high", "distance", "per_cent", "terms", "note", "source", "read")


def tables(resamples: int = RESAMPLES) -> Iterator[tuple[str, str]]:
    """Both tables, as (name, text of the CSV file)."""
    found = multiple_systems.bootstrap(evidence.table(LISTS), resamples, seed=SEED)
    rows = [
        {"resample": at, "estimate": round(estimate), "terms": terms}
        for at, (estimate, terms) in enumerate(zip(found.estimates.tolist(), found.winners, strict=True), 1)
    ]
    yield "mse_uk_own_results", _csv(RESULT, [{**row, **_OURS} for row in (*_best(), *_resampled(found))])
    yield "mse_uk_resamples", _csv(("resample", "estimate", "terms"), rows)


_OURS = {"source": "notthesame_lists", "read": "primary"}


def _best() -> Iterator[dict[str, Any]]:
    """The best model by each convention and, by the first, the second best, with log-normal intervals."""
    counts = evidence.table(LISTS)
    for name, criterion, bic_n, infinite in CONVENTIONS:
        options: dict[str, Any] = {"bic_n": bic_n, "count_infinite": infinite}
        space = multiple_systems.model_space(counts, criterion, **options)
        for rank in range(2 if name == "bic_people" else 1):
            terms = space["terms"][rank]
            fit = multiple_systems.fit(counts, terms.split(), **options)
            yield {
                "result": name + ("_second" if rank else ""),
                "estimate": round(fit.estimate or 0),
                "low": round(fit.low or 0),
                "high": round(fit.high or 0),
                "distance": round(float(space["distance"][rank]), 2),
                "terms": terms,
                "note": "the interval is log-normal and takes this model for granted",
            }


def _resampled(found: Bootstrap) -> Iterator[dict[str, Any]]:
    """Intervals of the bootstrap with the model chosen anew, and where its estimates lie."""
    note = f"{found.n} resamples, seed {SEED}, BIC by people, the model chosen anew in each"
    for name, (low, high) in (("percentile", found.percentile), ("bca", found.bca)):
        ends = {"low": round(low), "high": round(high)}
        yield {"result": name, "estimate": round(found.estimate), **ends, "note": note}
    estimates = found.estimates
    inside = (estimates >= HEADLINE[0]) & (estimates <= HEADLINE[1])
    between = (estimates > HEADLINE[1]) & (estimates <= HIGH)
    shares = (
        ("resamples_headline", inside, *HEADLINE),
        ("resamples_between", between, HEADLINE[1], HIGH),
        ("resamples_high", estimates > HIGH, HIGH, None),
    )
    for name, chosen, start, end in shares:
        share = round(100 * float(chosen.mean()), 1)
        yield {"result": name, "low": start, "high": end, "per_cent": share, "note": note}


def _csv(names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> str:
    file = io.StringIO()
    writer = csv.DictWriter(file, names, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


if __name__ == "__main__":
    for table, text in tables():
        (Path(sys.argv[1]) / f"{table}.csv").write_text(text, encoding="utf-8", newline="")
