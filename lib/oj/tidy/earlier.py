"""An edition's figures beside those of the latest earlier edition that each measure may be compared with."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.doors.shown import read_reported
from oj.facts.editions import asking_editions
from oj.facts.places import all_places, find_county
from oj.sources.comparability import earlier_questions
from oj.tidy.as_it_is import refuse_apart
from oj.tidy.measures import Earlier, Measure
from oj.tidy.published import of_rows
from oj.tidy.schema import Figures
from oj.tidy.within import choosing
from oj.words.errors import UserError

NEW, BREAK, PERSONS = "new", "break", "persons"
Asked = Mapping[str, Mapping[str, bool]]  # by measure: the earlier editions, and whether they may be compared


@choosing
def since(figures: Figures) -> Figures:
    """Return an edition's figures with the municipalities' earlier ones that they may be compared with beside them.

    A measure is beside the latest such edition that any of the municipalities has a figure in. Nothing is beside
    figures across a break, with other answers or in another unit, nor of persons in registers, where few are hidden.
    Raises UserError for what is no edition's.

    >>> import oj
    >>> set(oj.since(oj.figures("Stockholm")).frame["period"])
    {'2015'}
    """
    if figures.is_current or figures.is_over_time or figures.origin is not None:
        raise UserError("Vad som har ändrats sedan en tidigare utgåva kan bara visas för en utgåvas resultat.")
    if figures.earlier is not None:
        return figures
    refuse_apart(figures)
    home, asked = figures.folder, earlier_questions(figures.folder)
    before = _before(figures, asked)
    beside = {name: _beside(one, asked.get(name, {}), before) for name, one in figures.measures.items()}
    used = before[before["edition"] == before["indicator"].map({name: one.edition for name, one in beside.items()})]
    rows = [_of_edition(part, figures, home.parent / str(year)) for year, part in used.groupby("edition")]
    added = pd.concat(rows, ignore_index=True) if rows else figures.frame.head(0)
    known = [one for one in (figures.root, figures.whole, figures.frame) if one is not None and len(one)]
    first = max((int(one.index.max()) for one in known), default=-1) + 1
    frame = pd.concat([figures.frame, added.set_axis(range(first, first + len(added)))])
    return replace(figures, frame=frame, whole=None, root=None, earlier=beside)


def has_earlier(folder: Path) -> bool:
    """Return whether an edition asks anything that an earlier one, whose results it may be compared with, asked too."""
    return any(any(years.values()) for years in earlier_questions(folder).values())


def _before(figures: Figures, asked: Asked) -> pd.DataFrame:
    """Return the municipalities' earlier results that may be compared, few persons hidden and left out."""
    open_to = {name for name, one in figures.measures.items() if not _is_of_persons(one)}
    own = find_county(figures.county, figures.folder).code
    if not any(any(asked.get(name, {}).values()) for name in open_to):
        return pd.DataFrame(columns=["indicator", "edition"])
    rows = read_reported(own, figures.folder.parent)
    rows = rows[rows["place"].isin([*figures.municipalities()]) & rows["indicator"].isin(open_to)]
    may = {(name, year) for name, years in asked.items() for year, is_same in years.items() if is_same}
    return rows[pd.MultiIndex.from_frame(rows[["indicator", "edition"]]).isin([*may])]


def _beside(measure: Measure, asked: Mapping[str, bool], before: pd.DataFrame) -> Earlier:
    """Return which earlier edition a measure is beside, or why none."""
    if _is_of_persons(measure):
        return Earlier("", PERSONS)
    rows = before[before["indicator"] == measure.id]
    known = set(rows.loc[rows["status"] == "observed", "edition"]) if len(rows) else set[str]()
    may = [year for year, is_same in asked.items() if is_same]
    if not may:
        return Earlier("", BREAK if asked else NEW)
    return Earlier(next((year for year in may if year in known), may[0]))


def _of_edition(rows: pd.DataFrame, figures: Figures, home: Path) -> pd.DataFrame:
    """Return results of an earlier edition as rows of the one table, in its own words."""
    known = asking_editions(home)[home.name]
    places = [all_places(home)[code] for code in figures.municipalities()]
    return of_rows(rows, places, known, figures.counties).frame


def _is_of_persons(measure: Measure) -> bool:
    return bool(getattr(measure.about, "protected", False))
