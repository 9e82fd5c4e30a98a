"""Which editions of a series may be compared: those with no break between them.

A break is told in `data/breaks.csv`, or follows from the catalogue: an edition whose measuring date is
not among an indicator's own, or that is before `comparable_since`, asked something else.
"""

from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from oj.facts.catalog import Indicator, indicators, indicators_by_edition, known_indicators
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


def earlier_questions(folder: Path) -> dict[str, dict[str, bool]]:
    """Return, for each question of an edition, the earlier ones that asked it, and whether they may be compared.

    They may where no break is between, and the answers, or the unit, are the same. The latest edition stands first.
    """
    asked = {year: known for year, known in indicators_by_edition(folder).items() if year < folder.name}
    breaks = breaks_of_questions(folder)
    found: dict[str, dict[str, bool]] = {}
    for name, item in indicators(folder).items():
        years = sorted((year for year in asked if name in asked[year]), reverse=True)
        since = {edition_of(item.comparable_since)} if item.comparable_since else set()
        own, *numbers = segments([folder.name, *years], breaks(name) | since, measured_editions(item))
        same = (number == own and _is_as(item, asked[year][name]) for year, number in zip(years, numbers, strict=True))
        found[name] = dict(zip(years, same, strict=True))
    return found


def breaks_of_questions(folder: Path) -> Callable[[str], set[str]]:
    """Return what gives the first editions after a break in a question's series."""
    told = read_table("breaks", folder).query("kind == 'break'")
    series = read_series(folder).groupby("same_as")["series"].agg(list).to_dict()

    def breaks(name: str) -> set[str]:
        return {*told.loc[told["series"].isin([ALL, name, *series.get(name, [])]), "edition"]}

    return breaks


def _is_as(item: Indicator, other: Indicator) -> bool:
    """Return whether a question is answered as another: in the same words, or in the same unit."""
    return (item.scale, item.answer_words) == (other.scale, other.answer_words)
