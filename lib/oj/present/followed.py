"""Every figure followed to its source: what is shown carries the rows that it was made of, as a reader may see them.

The rows are those of the door, so what is hidden there is hidden here; nothing more is read than what tells of them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd

from oj.compare.across import is_across
from oj.compare.reached import ALL, answers
from oj.facts.datapackage import read_table
from oj.facts.editions import edition_of, is_edition
from oj.facts.kept import kept
from oj.present.corrected import corrections_told
from oj.present.grid import HOW_AVERAGE, HOW_REACHED
from oj.present.output import Figure, One, Origins, Parts, Table, Text
from oj.sources.kolada.values import OWN, SOURCE
from oj.sources.origins import Origin, imported
from oj.sources.origins import sources as known_sources
from oj.sources.spots import spot_of
from oj.tidy.arrange import MEAN
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.within import of_the_frame
from oj.words.frames import each_row
from oj.words.groups import WORDS, id_of
from oj.words.swedish import day, number
from oj.words.vocabulary import UNITS, Status

Rest = ParamSpec("Rest")
Seen = TypeVar("Seen", bound=One | Parts)
Record = dict[str, Any]
METHODS = {
    "published": "Uppgiften är publicerad.",
    "imported": "Uppgiften är inläst ur en egen fil.",
    "preliminary": "Uppgiften är preliminär: ett svar som ingen har publicerat än.",
}
HOW_MEAN = "Vårt eget medelvärde, ovägt: summan av kommunernas värden i gruppen, delad med hur många som har ett."
HOW_THEMES = "Antal av temats frågor som är nådda, av dem som har en uppgift."
KOLADA = {
    "title": "Kolada",
    "publisher": "Rådet för främjande av kommunala analyser (RKA)",
    "address": "https://kolada.se",
}


def followed(
    show: Callable[Concatenate[Figures, Rest], Seen],
) -> Callable[Concatenate[Figures, Rest], Seen]:
    """Let what a function shows of figures carry where each of them comes from; nothing is worked out twice in it."""

    @wraps(show)
    @of_the_frame
    def shown(figures: Figures, /, *rest: Rest.args, **named: Rest.kwargs) -> Seen:
        return with_origins(show(figures, *rest, **named), figures)

    return shown


def with_origins(shown: Seen, figures: Figures) -> Seen:
    """Return what is shown with where its figures come from; `figures` are those that it was asked of."""
    if isinstance(shown, Parts):
        return Parts(with_origins(one, figures) for one in shown)  # type: ignore[return-value]
    if shown.origins is not None:
        return shown
    of_reached = isinstance(shown, Text) and figures.origin is not None and not is_across(figures)
    behind = figures.origin if of_reached and figures.origin else figures
    return replace(shown, origins=origins_of(behind, _rows(shown)))


def _rows(shown: One) -> set[int]:
    """Return the numbers of the rows that something was made of."""
    if isinstance(shown, Table):
        grids = [one.grid.rows for one in (shown, *shown.behind) if one.grid]
        return {at for rows in grids for row in rows for cell in row for at in cell.rows}
    return {*shown.rows} if isinstance(shown, Figure) else {at for rows in shown.rows for at in rows}


def origins_of(figures: Figures, rows: Iterable[int]) -> Origins:
    """Return what a reader may know of rows of figures: records by row, and the measures and sources that they name.

    What a number of reached targets was counted from are its `parts`, which stand among the records too.

    >>> from oj.tidy.door import figures
    >>> asked = figures("Stockholm").of("socialjour").at("riket")
    >>> [one["measured_on"] for one in origins_of(asked, asked.frame.index)["rows"].values()]
    ['1 november 2014']
    """
    every = next(one for one in (figures.root, figures.whole, figures.frame) if one is not None)
    own, record = every.loc[every.index.intersection(sorted(rows))], _recorder(figures)
    known, found = {**figures.every, **figures.measures}, {str(row.Index): record(row) for row in each_row(own)}
    if figures.origin is not None and not is_across(figures) and len(own):
        known |= figures.origin.measures
        found |= _with_parts(figures.origin, own, found)
    measures = sorted({one["measure"] for one in found.values()})
    return {
        "rows": found,
        "measures": {name: _measure(known[name]) for name in measures if name in known},
        "sources": _sources(figures, {one["source"] for one in found.values() if "source" in one}),
    }


def _with_parts(origin: Figures, own: pd.DataFrame, found: Mapping[str, Record]) -> dict[str, Record]:
    """Return the records of reached targets with the answers that they were counted from, and those."""
    rows = answers(origin)
    rows = rows[rows["place"].isin(own["place"]) & rows["reached"].notna()]
    record = _recorder(origin)
    counted = {f"p{row.Index}": record(row) for row in each_row(rows)}
    for row in each_row(own):
        same = rows[(rows["place"] == row.place) & ((rows["area"] == row.measure) | (row.measure == ALL))]
        counted[str(row.Index)] = found[str(row.Index)] | {"parts": [f"p{at}" for at in same.index]}
    return counted


def _recorder(figures: Figures) -> Callable[[Any], Record]:
    """Return what tells of a row of figures what a reader may know of it."""
    statuses, corrected = figures.statuses, corrections_told(figures.folder)
    known = {**figures.every, **figures.measures}
    tables, read_in = _tables(figures, known), imported(figures.folder)

    def record(row: Any) -> Record:
        told = {
            "measure": row.measure, "place": row.place, "place_name": row.place_name, "period": row.period,
            "group": WORDS.get(row.group, ""), "display": row.display, "base": _base(figures, row),
            "status": _status(figures, row, statuses), "source": OWN if row.method == MEAN else row.source,
            "passage": tables.get((row.period, row.source, row.measure)) or _spot(read_in.get(row.source), row),
            "note": row.note, "how": _how(figures, row),
            "correction": corrected.get((row.period, row.measure, row.place), ""),
            "measured_on": _date(known.get(row.measure)) if row.period == figures.edition else "",
        }  # fmt: skip
        return {key: text for key, text in told.items() if isinstance(text, str) and text}

    return record


def _tables(figures: Figures, known: Mapping[str, Measure]) -> dict[tuple[str, str, str], str]:
    """Return the heading that an edition's own source has over each measure, by edition, source and measure."""
    if not is_edition(figures.folder) or figures.origin is not None:
        return {}
    titles, source = _titles(figures.folder), edition_of(figures.folder).source
    return {(figures.edition, source, name): titles.get(one.table, "") for name, one in known.items()}


@kept
def _titles(folder: Path) -> dict[str, str]:
    """Return what an edition's own source calls each table."""
    return dict(read_table("tables", folder)[["table", "source_title"]].to_numpy().tolist())


def _spot(origin: Origin | None, row: Any) -> str:
    """Return where a figure stands in its source: what the source's rows say, else its cell in a file read in."""
    is_own = origin is not None and row.period == origin.edition
    return (
        spot_of(origin.cells, id_of(row.measure, row.group), row.place, origin.file) if origin and is_own else ""
    ) or row.passage


def _how(figures: Figures, row: Any) -> str:
    """Return how a figure of ours was worked out; nothing of one that a source has."""
    if row.method == MEAN:
        return HOW_MEAN
    if figures.origin is None:
        return ""
    return HOW_THEMES if is_across(figures) else HOW_REACHED if row.level == UNITS[0] else HOW_AVERAGE


def _status(figures: Figures, row: Any, statuses: Mapping[str, Status]) -> str:
    """Return whether a source has a figure, or why there is none; nothing of what we have worked out."""
    if figures.origin is not None or (row.method == MEAN and row.status == "observed"):
        return ""
    return METHODS.get(row.method, "") if row.status == "observed" else statuses[row.status].sentence


def _base(figures: Figures, row: Any) -> str:
    """Return how many a figure is of: 12 av 40, 8 kommuner; nothing where that is not known or not to be seen."""
    if row.status != "observed":
        return ""
    if pd.notna(row.numerator) and pd.notna(row.denominator):
        return f"{number(row.numerator)} av {number(row.denominator)}"
    if pd.isna(row.of) or (figures.is_current and row.method != MEAN):  # Kolada's own: of one place
        return ""
    return f"{number(row.of)} {'mål' if figures.origin is not None else 'kommuner' if row.method == MEAN else 'svar'}"


def _date(measure: Measure | None) -> str:
    """Return the day, or the time, that an edition's figures of a measure were measured; the last that is known."""
    dates = getattr(measure.about, "measured_on", None) if measure else None
    return day(max(dates, key=lambda one: str(one).rpartition("/")[2])) if dates else ""


def _measure(measure: Measure) -> dict[str, str]:
    """Return what a measure is: its title, the question, the rule and the unit."""
    about = measure.about
    texts = {"title": measure.title, "question": getattr(about, "question", ""), "rule": getattr(about, "rule", "")}
    texts |= {"unit": "" if measure.is_answer else measure.unit_word, "kolada": getattr(about, "kolada", "")}
    return {key: text for key, text in texts.items() if isinstance(text, str) and text}


def _sources(figures: Figures, names: Iterable[str]) -> Mapping[str, Mapping[str, str]]:
    """Return what each source is, by its id: its title, publisher, year and address, or the file that was read in."""
    found = _every_source(figures.folder)
    return {name: found[name] for name in sorted(names) if name in found}


@kept
def _every_source(folder: Path) -> dict[str, dict[str, str]]:
    """Return what every source of a folder's facts is."""
    read_in = imported(folder)
    rows = {row.source: row for row in each_row(known_sources(folder).fillna({"address": "", "publisher": ""}))}
    found: dict[str, dict[str, str]] = {SOURCE: KOLADA, OWN: {"title": "Egen beräkning", "publisher": ""}}
    found |= {
        name: {"title": row.title, "publisher": row.publisher, "year": str(row.year), "address": row.address}
        for name, row in rows.items()
    }
    found |= {name: found.get(name, {}) | {"file": one.file, "date": one.date} for name, one in read_in.items()}
    return {name: {key: text for key, text in about.items() if text} for name, about in found.items()}
