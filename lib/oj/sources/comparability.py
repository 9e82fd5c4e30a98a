"""Which editions of a series may be compared: those with no break between them.

A break is told in `data/breaks.csv`, or follows from the catalogue: an edition whose measuring date is
not among an indicator's own, or that is before `comparable_since`, asked something else.
"""

from collections.abc import Collection, Sequence
from pathlib import Path

from oj.facts.catalog import Indicator, known_indicators
from oj.facts.datapackage import read_table
from oj.sources.history import read_series

ALL = "*"  # in breaks.csv: every series
AUTUMN = 7  # a measuring date from July on belongs to the next year's edition


def edition_of(moment: str) -> str:
    """Return the edition that published what was measured on an ISO date, or at the end of an interval."""
    year, *rest = moment.rpartition("/")[2].split("-")
    return str(int(year) + 1) if not rest or int(rest[0]) >= AUTUMN else year


def measured_editions(item: Indicator) -> set[str]:
    """Return the editions that an indicator was measured for, as its measuring dates tell."""
    return {edition_of(moment) for moment in item.measured_on}


def segments(editions: Sequence[str], breaks: Collection[str], measured: Collection[str] = ()) -> list[int]:
    """Return a number per edition; observations are comparable only where it is the same.

    `breaks` are the first editions after a break. Of the editions up to the last one in `measured`, those
    not in it stand alone.
    """
    alone = [edition for edition in editions if measured and edition <= max(measured) and edition not in measured]
    starts = {*breaks, *alone, *(str(int(edition) + 1) for edition in alone)}
    return [sum(start <= edition for start in starts) for edition in editions]


def break_editions(folder: Path | None = None) -> dict[str, set[str]]:
    """Return, for every series, the first editions after a break."""
    told = read_table("breaks", folder).query("kind == 'break'")
    known = known_indicators(folder)
    found = {}
    for row in read_series(folder).itertuples():
        own = told[told["series"].isin([ALL, row.series, row.same_as])]
        since = known[str(row.same_as)].comparable_since if row.same_as in known else ""
        found[str(row.series)] = {*own["edition"], *([edition_of(since)] if since else [])}
    return found
