"""Which editions of a series may be compared: those with no break between them.

A break is told in `data/breaks.csv`, or follows from the catalogue: an edition whose measuring date is
not among an indicator's own, or that is before `comparable_since`, asked something else.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from oj.facts.catalog import Indicator, drafted, indicators, indicators_by_edition
from oj.facts.datapackage import read_table
from oj.facts.kept import kept
from oj.facts.questions import questions
from oj.sources.history import read_series
from oj.words.models import Break

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
    known = indicators_by_edition(folder).values()
    found = {}
    for row in read_series(folder).itertuples():
        own = told[told["series"].isin([ALL, row.series, row.same_as])]
        asked = [items[str(row.same_as)] for items in known if row.same_as in items]
        found[str(row.series)] = {*own["edition"], *_starts(asked)}
    return found


@kept
def earlier_questions(folder: Path) -> dict[str, dict[str, bool]]:
    """Return, for each question of an edition, the earlier ones that asked it, and whether they may be compared.

    They may where no break is between, and the answers, or the unit, are the same. The latest edition stands first.
    """
    asked = {year: known for year, known in indicators_by_edition(folder).items() if year < folder.name}
    breaks = breaks_of_questions(folder)
    found: dict[str, dict[str, bool]] = {}
    for name, item in indicators(folder).items():
        years = sorted((year for year in asked if name in asked[year]), reverse=True)
        since = _starts([item, *(asked[year][name] for year in years)])
        own, *numbers = segments([folder.name, *years], breaks(name) | since, measured_editions(item))
        same = (number == own and _is_as(item, asked[year][name]) for year, number in zip(years, numbers, strict=True))
        found[name] = dict(zip(years, same, strict=True))
    return found


@kept
def breaks_of_questions(folder: Path) -> Callable[[str], set[str]]:
    """Return what gives the first editions after a break in a question's series."""
    told = read_table("breaks", folder).query("kind == 'break'")
    series = read_series(folder).groupby("same_as")["series"].agg(list).to_dict()
    since = {name: {str(one.comparable_from)} for name, one in questions(folder).items() if one.comparable_from}

    def breaks(name: str) -> set[str]:
        own = told["series"].isin([ALL, name, *series.get(name, [])])
        return {*told.loc[own, "edition"]} | since.get(name, set())

    return breaks


def breaks_of_domain(home: Path) -> Callable[[str], set[str]]:
    """Return what gives the first editions after a break in a question's series, as any edition of a domain has it."""
    told, every = breaks_of_questions(home), list(indicators_by_edition(home).values())
    return lambda name: told(name) | _starts(known[name] for known in every if name in known)


def told_breaks(folder: Path) -> list[tuple[str, Indicator, Break]]:
    """Return the breaks that workbooks, or those who read them in, have told of an edition's questions and its earlier.

    Each stands with the last edition that tells it, and its question.
    """
    own = followed_editions(folder) or ({folder.name: indicators(folder)} if drafted(folder).get(folder.name) else {})
    found = {
        (one.year, name): (year, item, one)
        for year, known in sorted(own.items())
        for name, item in known.items()
        for one in item.breaks
        if one.year <= int(folder.name)
    }
    return [found[key] for key in sorted(found)]


def followed_editions(folder: Path) -> dict[str, dict[str, Indicator]]:
    """Return the questions of an edition that workbooks have made, and of the earlier such ones, by year.

    Nothing of any other folder, nor where there is no earlier one: its years are told by summaries alone.
    """
    made = drafted(folder)
    years = [year for year in made if year <= folder.name] if made.get(folder.name) == folder else []
    return {year: indicators(made[year]) for year in years} if len(years) > 1 else {}


def breaks_of_years(folder: Path, asked: Mapping[str, Mapping[str, Indicator]]) -> dict[str, set[str]]:
    """Return, for each question of an edition that an earlier one in `asked` has too, the first editions after a break.

    Other answers, or another unit, are a break too. Of persons in registers, where few are hidden, nothing is followed.
    """
    told, found = breaks_of_questions(folder), dict[str, set[str]]()
    for name in asked.get(folder.name, {}):
        own = {year: known[name] for year, known in asked.items() if name in known}
        if len(own) > 1 and not any(item.protected for item in own.values()):
            unlike = {last for first, last in pairwise(own) if not _is_as(own[first], own[last])}
            found[name] = told(name) | unlike | _starts(own.values())
    return found


def _starts(asked: Iterable[Indicator]) -> set[str]:
    """Return the editions that a question may be compared from, as any edition tells it."""
    own = list(asked)
    since = {edition_of(item.comparable_since) for item in own if item.comparable_since}
    return since | {str(one.year) for item in own for one in item.breaks}


def _is_as(item: Indicator, other: Indicator) -> bool:
    """Return whether a question is answered as another: in the same words, or in the same unit."""
    return (item.scale, item.answer_words) == (other.scale, other.answer_words)
