"""What stands out in a county's current key figures, in words; every sentence knows its rows.

A difference is told as one when it is at least a tenth of what it is compared with; municipalities are never ranked,
because Kolada does not say how few persons a figure rests on.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from oj.compare.change import Change
from oj.doors.current import latest, latest_years
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import kommun
from oj.present.findings.compare import (
    Compared,
    Sentence,
    bullets,
    changed,
    counted,
    differs,
    parted,
    rows_in,
    rows_of,
    said,
    shown,
    with_nation,
)
from oj.present.findings.current_municipality import municipality_current_findings
from oj.present.output import Text
from oj.present.table.current import in_current_table
from oj.sources.kolada.values import OWN, read_fetched
from oj.words.swedish import capital, count, day, listing, number, tied


def current_opening(figures: pd.DataFrame, county: str, folder: Path | None = None) -> Text:
    """Return what the report is about: how many municipalities and key figures, which years, fetched when."""
    own = figures[figures["level"] == "municipality"]
    years, fetched = latest_years(figures), read_fetched(county, folder)
    names = own["place_name"].unique()
    who = kommun(names[0]) if len(names) == 1 else f"{count(len(names))} kommuner i {_region_name(figures)}"
    newest = sorted(set(years.values()))
    span = f"{newest[0]}–{newest[-1]}, beroende på nyckeltal" if len(newest) > 1 else f"{newest[0]}"
    text = (
        f"Rapporten gäller {who}. Den visar {count(len(years), neuter=True)} nyckeltal ur databasen Kolada, hämtade "
        f"den {day(fetched.fetched)}. Det senaste året med värden är {span}."
    )
    return Text(tied(text))


def current_findings(figures: pd.DataFrame, table: str, folder: Path | None = None) -> Text:
    """Return what stands out in a table's key figures: against the nation, since earlier, and between girls and boys.

    Raises UserError for an unknown table.
    """
    years = latest_years(figures)
    items = [item for item in in_current_table(table, folder) if item.id in years]
    place, name = _region(figures)
    far, near = parted(_comparable(figures, with_nation(latest(figures), items, place)))
    return bullets([*_told(figures, far, name), *_listed(near), *_changes(figures, items), *_genders(figures, items)])


def current_key_results(figures: pd.DataFrame, folder: Path | None = None) -> Text:
    """Return the most important of all key figures: where the county differs from the nation, and what has changed.

    Those with a better and a worse direction come first. Of a lone municipality the same as on its sheet.
    """
    own = figures.loc[figures["level"] == "municipality", "place"].unique()
    if len(own) == 1:
        return municipality_current_findings(figures, str(own[0]), folder)
    years = latest_years(figures)
    items = [item for item in key_figures(folder).values() if item.id in years]
    ordered = sorted(items, key=lambda item: item.polarity == "none")
    place, name = _region(figures)
    far, near = parted(_comparable(figures, with_nation(latest(figures), ordered, place)))
    return bullets([*_told(figures, far, name), *counted(near, len(far)), *_changes(figures, ordered)])


def _comparable(figures: pd.DataFrame, pairs: Sequence[Compared]) -> list[Compared]:
    """Return the pairs that may be compared: not our unweighted mean of a county with a nation's weighted figure."""
    own = figures["source"] == OWN
    return [one for one in pairs if own[one[2][0]] or not own[one[1][0]]]


def _region_name(figures: pd.DataFrame) -> str:
    return str(figures.loc[figures["level"] == "county", "place_name"].iloc[0])


def _region(figures: pd.DataFrame) -> tuple[str, str]:
    """Return the code and name of what stands for the report: its county, or its only municipality."""
    own = figures[figures["level"] == "municipality"].drop_duplicates("place")
    rows = own if len(own) == 1 else figures[figures["level"] == "county"]
    return str(rows["place"].iloc[0]), str(rows["place_name"].iloc[0])


def _told(figures: pd.DataFrame, far: Sequence[Compared], name: str) -> Iterator[Sentence]:
    """Yield what is notably higher and lower than in the nation, and of how many municipalities that is a mean."""
    for item, (at, value), (other_at, other) in far:
        word = "högre" if value > other else "lägre"
        told = f"{said(item, value)} mot {said(item, other)}"
        means = [figures.loc[row, "count"] for row in (at, other_at) if figures.loc[row, "source"] == OWN]
        of = f" (medel av {' respektive '.join(number(one) for one in means)} kommuner)" if means else ""
        yield f"{capital(item.phrase)} är **{word}** {within(name)} än i riket: {told}{of}.", (at, other_at)


def within(name: str) -> str:
    """Return a place with its preposition.

    >>> within("Gotland"), within("Skåne län")
    ('på Gotland', 'i Skåne län')
    """
    return f"{'på' if name == 'Gotland' else 'i'} {name}"


def _listed(near: Sequence[Compared]) -> list[Sentence]:
    """Return a sentence that names the key figures near the nation's."""
    names = listing([f"*{item.name}*" for item, _, _ in near])
    return (
        [(f"{names} ligger nära riket." if len(near) == 1 else f"Nära riket ligger {names}.", rows_in(near))]
        if near
        else []
    )


def _changes(figures: pd.DataFrame, items: Sequence[KeyFigure]) -> Iterator[Sentence]:
    """Yield which means have changed notably among the municipalities that have a value in both years."""
    own = figures[(figures["level"] == "municipality") & (figures["gender"] == "total")]
    one = own["place"].nunique() == 1
    for item in items:
        rows = own[own["indicator"] == item.id]
        found = changed(rows, item, alone=one)
        if found:
            who = "" if one else f" i de {count(found.municipalities)} kommuner som har värden båda åren (ovägt medel)"
            yield f"{_moved(item, found)}{who}.", rows_of(rows, found)


def _moved(item: KeyFigure, found: Change) -> str:
    word = "ökat" if found.value_to > found.value_from else "minskat"
    start, end = (said(item, value) for value in (found.value_from, found.value_to))
    return f"{capital(item.phrase)} har **{word}** från {start} ({found.year_from}) till {end} ({found.year_to})"


def _genders(figures: pd.DataFrame, items: Sequence[KeyFigure]) -> Iterator[Sentence]:
    """Yield where girls and boys (women and men) differ notably in the county."""
    place, name = _region(figures)
    women, men = (latest(figures, gender) for gender in ("women", "men"))
    for item in items:
        first, second = shown(women, item, place), shown(men, item, place)
        if first and second and item.unit != "persons" and differs(item, first[1], second[1]):
            names = ("flickor", "pojkar") if item.young else ("kvinnor", "män")
            told = f"{names[0]} {said(item, first[1])}, {names[1]} {said(item, second[1])}"
            own = figures.loc[first[0], "source"] == OWN
            of = f" (medel av de {count(int(figures.loc[first[0], 'count']))} kommuner som har båda)" if own else ""
            yield f"{capital(item.phrase)} skiljer sig {within(name)}: {told}{of}.", (first[0], second[0])
