"""Cells that need something of the facts, by their tags; a chapter whose first cell is left out is left out itself."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oj.doors.beside import beside
from oj.doors.shown import read_reported
from oj.facts.datapackage import read_table
from oj.facts.editions import data_folder, edition_folder, is_edition
from oj.facts.params import CURRENT
from oj.facts.places import all_places, find_report_place
from oj.facts.texts import english_of
from oj.sources.comparability import breaks_of_years, followed_editions, told_breaks
from oj.tidy.earlier import has_earlier
from oj.tidy.measures import of_edition
from oj.words.groups import are_apart

NEEDS, WITHOUT = "needs-", "without-"
SURVEY, EARLIER, TARGETS, UNDESCRIBED, NATION = "survey", "earlier", "targets", "undescribed", "nation"
ENGLISH, EDITION = "english", "edition"
DOMAINS, HISTORY, APART, BREAKS = "domains", "history", "apart", "breaks"
FEW_TARGETS = 6  # of which the nation's largest and smallest are not told
Cell = dict[str, Any]


def fitted(notebook: dict[str, Any], folder: Path, county: str = "", edition: str = "") -> dict[str, Any]:
    """Return a notebook with the cells that the facts have what they need for, in a county's report.

    `edition` is aktuell for the book of today: a cell may be for it alone, or not for it.
    """
    own = [cell for cell in notebook["cells"] if book_of(cell) in ("", edition or EDITION)]
    return {**notebook, "cells": [cell for cell in own if is_fit(cell, folder, county)]}


def book_of(cell: Cell) -> str:
    """Return which kind of book a cell is for alone: edition or aktuell; nothing for one of every book."""
    return next((tag for tag in (EDITION, CURRENT) if tag in cell["metadata"].get("tags", [])), "")


def is_fit(cell: Cell, folder: Path, county: str = "") -> bool:
    """Return whether a cell is for these facts: needs-breaks where the table has rows, without-breaks else."""
    return all(has(name, folder, county) is wanted for name, wanted in needs_of(cell))


def needs_of(cell: Cell) -> list[tuple[str, bool]]:
    """Return what a cell needs, a table's name or one of what `has` knows, and whether it is to be there."""
    tags = cell["metadata"].get("tags", [])
    starts = (NEEDS, WITHOUT)
    return [(tag.removeprefix(start), start == NEEDS) for start in starts for tag in tags if tag.startswith(start)]


def has(name: str, folder: Path, county: str = "") -> bool:
    """Return whether the facts have rows of a table, the edition its survey, or earlier ones to be compared with.

    The history is there also where earlier editions that workbooks made ask the same.
    Or whether any of its questions has a target, any is not described, or something is told of the
    nation; or whether the county has results in other domains that share a theme with what the report is about, or
    those of women and men apart; or whether there are words in English, which an edition's summary does without.

    >>> has("history", edition_folder()), has("survey", edition_folder())
    (True, True)
    """
    if name == SURVEY:
        return (edition_folder(folder) / SURVEY).exists()
    if name in (DOMAINS, APART):
        return bool(county) and (bool(beside(county, data_folder())) if name == DOMAINS else _apart(county, folder))
    if name == EARLIER:
        return is_edition(folder) and has_earlier(folder)
    if name in (TARGETS, UNDESCRIBED, NATION, ENGLISH):
        return _asks(name, folder)
    if name == HISTORY and is_edition(folder) and breaks_of_years(folder, followed_editions(folder)):
        return True
    return not read_table(name, folder).empty or (name == BREAKS and is_edition(folder) and bool(told_breaks(folder)))


def _apart(county: str, folder: Path) -> bool:
    """Return whether an edition's report of a county shows anything of women or of men alone."""
    own = find_report_place(county, folder).code
    rows = read_reported(own, folder, apart=True)
    inside = {code for code, one in all_places(folder).items() if own in (code, one.county) or one.level == NATION}
    return bool((are_apart(rows) & rows["edition"].eq(folder.name) & rows["place"].isin(inside)).any())


def is_english(notebook: Mapping[str, Any]) -> bool:
    """Return whether a notebook is one in English."""
    return any(name == ENGLISH for cell in notebook["cells"][:1] for name, _ in needs_of(cell))


def _asks(name: str, folder: Path) -> bool:
    if not is_edition(folder) or name == ENGLISH:
        return name == ENGLISH and (is_edition(folder) or bool(english_of(folder)))
    known = of_edition(folder).values()
    targets = sum(one.is_target for one in known)
    if name == NATION:
        return targets > FEW_TARGETS or not read_table("statements", folder).empty
    return targets > 0 if name == TARGETS else any(not one.about.is_described for one in known)
