"""Tables of ``data/tables``: as rows of text, as a DataFrame, and as the Data Package describes them."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .._loading import no_such
from ..course import course, read_once

if TYPE_CHECKING:
    import pandas as pd

_PANDAS = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}


@read_once
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of a table as text, by column; raises KeyError naming the nearest tables.

    >>> rows("us_penalties")[0]["provision"]
    '18 U.S.C. 1591(b)(1)'
    """
    path = course().file("data", "tables") / f"{name}.csv"
    if name not in table_names():
        raise KeyError(no_such("table", name, table_names()))
    with path.open(encoding="utf-8-sig", newline="") as file:  # a spreadsheet may put a byte-order mark
        return tuple(csv.DictReader(file))


def table(name: str) -> pd.DataFrame:
    """A table of ``data/tables`` as a pandas DataFrame, typed as its descriptor says (dates as dates).

    >>> table("us_penalties")["max_years"].dtype
    Int64Dtype()
    """
    import pandas as pd

    if name not in table_names():
        raise KeyError(no_such("table", name, table_names()))
    fields = descriptor(name)["schema"]["fields"]
    kinds = {f["name"]: _PANDAS[f["type"]] for f in fields if f["type"] in _PANDAS}
    dates = [f["name"] for f in fields if f["type"] == "date"]
    path = course().file("data", "tables", f"{name}.csv")
    return pd.read_csv(
        path, dtype=kinds, parse_dates=dates, keep_default_na=False, na_values=[""], encoding="utf-8-sig"
    )


@read_once
def table_names() -> tuple[str, ...]:
    """The names of the tables.

    >>> "us_penalties" in table_names()
    True
    """
    return tuple(sorted(path.stem for path in course().file("data", "tables").glob("*.csv")))


@read_once
def _described() -> Mapping[str, str]:
    """Of each table its part of the Data Package, as JSON: a lesson reads few, and the whole is large."""
    text = course().file("data", "datapackage.json").read_text(encoding="utf-8-sig")
    whole = json.loads(text, object_hook=lambda part: json.dumps(part) if "schema" in part else part)
    tables = (part for part in whole["resources"] if isinstance(part, str))
    return {Path(json.loads(part)["path"]).stem: part for part in tables}


@read_once
def descriptor(name: str) -> Mapping[str, Any]:
    """What the Data Package says of a table: schema, units, source, licence, and what it cannot tell you.

    >>> descriptor("counting_cases_synthetic")["title"].partition(" ")[0]
    'Synthetic:'
    """
    if name not in _described():
        raise KeyError(f"data/datapackage.json does not describe the table {name!r}; run make data")
    found: Mapping[str, Any] = json.loads(_described()[name])
    return found


def column_titles(name: str) -> Mapping[str, str]:
    """What a reader sees above the columns of a table, for those to which the Data Package gives a title.

    >>> column_titles("us_penalties")["min_years"]
    'Least years'
    """
    return {
        field["name"]: field["title"] for field in descriptor(name)["schema"]["fields"] if "title" in field
    }
