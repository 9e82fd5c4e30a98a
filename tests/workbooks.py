"""Make workbooks as other people make them: in Socialstyrelsen's manner, with every quirk, and what they say."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from conftest import DATA
from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.places import all_places
from oj.sources.files.cells import Book, Sheet
from oj.sources.files.edge import saved
from oj.sources.files.number_format import displayed
from oj.sources.published import read_published
from oj.sources.workbook.intake import Reading, Wanted
from oj.words.vocabulary import ANSWER_WORDS, UNITS

Key = tuple[str, str]  # indicator, place
Said = str | float  # an answer's code, a number in the indicator's own unit, or a status
KNOWN, PLACES = indicators(DATA), all_places(DATA)
GROUPS = {
    kind: read_table(table, DATA).set_index(kind)["name"].to_dict()
    for kind, table in (("subarea", "subareas"), ("area", "areas"))
}
ASKED = Wanted(edition="2015")  # how a file that says no year is read
SIGNS = {"suppressed": "x", "missing": "-", "not_applicable": ".", "secret": "x (1–3)", "small_base": "x (<20)",
         "withheld": "redovisas ej", "secondary": "x (skydd)"}  # fmt: skip


@dataclass(frozen=True)
class Plan:
    """How one sheet is made: its columns, its rows, and every way in which tables differ."""

    name: str
    columns: Sequence[str]
    places: Sequence[str]
    titles: Sequence[str] = ()
    levels: int = 1
    code: str = "Kommunkod"
    called: str = "Kommun"
    units: Mapping[str, str] = field(default_factory=dict)  # sign, percent, comma, share, format or text by indicator
    look: str = "plain"
    signs: Mapping[str, str] = field(default_factory=lambda: SIGNS)
    lost_zero: bool = False
    own_codes: Mapping[str, str] = field(default_factory=dict)
    footnotes: Sequence[str] = ()
    gap: int = 0
    merged: bool = True
    places_lowest: bool = False  # the headings of the places stand on the lowest level, not the uppermost


@dataclass
class Made:
    """A made sheet: its rows of cells, the merged areas (first and last row and column, from 1), and percent cells."""

    rows: list[list[Any]]
    merged: list[tuple[int, int, int, int]]
    formats: dict[tuple[int, int], str]


def looked(text: str, look: str) -> str:
    """Return a heading as a table may have it, with what must not matter for what it says."""
    words = text.split()
    looks = {
        "no-break": text.replace(" ", "\u00a0"),
        "lines": text.replace(" ", "\n"),
        "hyphens": " ".join(
            f"{word[:6]}-\n{word[6:]}" if len(word) > 11 and word.islower() else word for word in words
        ),
        "soft": " ".join(f"{word[:5]}\u00ad{word[5:]}" if len(word) > 9 else word for word in words),
        "footnote": f"{text}\u00b9",
        "capitals": f"  {text.upper()} ",
    }
    return looks.get(look, text)


def headings(item: Indicator, levels: int, look: str) -> list[str]:
    """Return a column's headings, the uppermost first."""
    told = {1: [item.title], 2: [GROUPS["subarea"][item.subarea], item.short]}
    told[3] = [GROUPS["area"][item.area], GROUPS["subarea"][item.subarea], item.short]
    return [looked(text, look) for text in told[levels]]


def shown(item: Indicator, place: str, said: Said, plan: Plan) -> tuple[Any, str]:
    """Return what stands in a cell, and its number format."""
    if isinstance(said, str):
        return (ANSWER_WORDS[said] if said in ANSWER_WORDS else plan.signs[said]), "General"
    if item.scale in ("hours-per-week", "ratio"):
        return (f"{said:g}".replace(".", ",") if plan.units.get(item.id) == "text" else said), "General"
    percent = f"{said * 100:.10g}"
    looks: dict[str, tuple[Any, str]] = {
        "sign": (f"{percent.replace('.', ',')}%", "General"),
        "percent": (float(percent), "0.0"),
        "comma": (percent.replace(".", ",") if "." in percent else f"{percent},0", "General"),
        "share": (said, "0.000"),
        "text": (f"{said:.10g}".replace(".", ","), "General"),
        "format": (said, "0.0%"),
    }
    return looks[plan.units.get(item.id, "format")]


def made(plan: Plan, results: Mapping[Key, Said]) -> Made:
    """Return a sheet by its plan, with the results that there are; a cell without a result is empty."""
    one = Made([[text] for text in plan.titles] + [[]] * plan.gap, [], {})
    first = len(one.rows)
    places = [text for text in (plan.code, plan.called) if text]
    told = [headings(KNOWN[name], plan.levels, plan.look) for name in plan.columns]
    for level in range(plan.levels):
        here = level == (plan.levels - 1 if plan.places_lowest else 0)
        one.rows.append([*(places if here else [None] * len(places)), *(column[level] for column in told)])
    if plan.levels > 1:
        _merge_heads(one, first, len(places), told, plan)
    for code in plan.places:
        place = PLACES[code]
        number = plan.own_codes.get(code, code)
        cells: list[Any] = [float(number) if plan.lost_zero else number] if plan.code else []
        cells += [place.name] if plan.called else []
        for name in plan.columns:
            if (name, code) in results:
                value, format_ = shown(KNOWN[name], code, results[name, code], plan)
                one.formats[len(one.rows) + 1, len(cells) + 1] = format_
                cells.append(value)
            else:
                cells.append(None)
        one.rows.append(cells)
    one.rows += [[], *([text] for text in plan.footnotes)] if plan.footnotes else []
    return one


def _merge_heads(one: Made, first: int, places: int, told: list[list[str]], plan: Plan) -> None:
    """Merge headings that are the same, or leave only the first of them; the columns of places over all levels."""
    for column in range(1, places + 1) if not plan.places_lowest else ():
        one.merged.append((first + 1, first + plan.levels, column, column))
    for level in range(plan.levels - 1):
        row, at = one.rows[first + level], 0
        while at < len(told):
            end = at
            while end + 1 < len(told) and told[end + 1][: level + 1] == told[at][: level + 1]:
                end += 1
            if end > at:
                row[places + at + 1 : places + end + 1] = [None] * (end - at)
                if plan.merged:
                    one.merged.append((first + level + 1, first + level + 1, places + at + 1, places + end + 1))
            at = end + 1


def workbook(sheets: Mapping[str, Made]) -> bytes:
    """Return made sheets as the bytes of an .xlsx file, the same each time."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, one in sheets.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(one.rows, start=1):
            for column, value in enumerate(cells, start=1):
                if value is not None:
                    sheet.cell(row, column, value).number_format = one.formats.get((row, column), "General")
        for top, bottom, left, right in one.merged:
            sheet.merge_cells(start_row=top, end_row=bottom, start_column=left, end_column=right)
    return saved(book, datetime(2015, 6, 30))


def opened(sheets: Mapping[str, Made], file: str = "bok.xlsx") -> Book:
    """Return made sheets as they are when opened, without the way over a file."""
    return Book(file, "0" * 64, {name: as_sheet(one) for name, one in sheets.items()})


def as_sheet(one: Made) -> Sheet:
    """Return a made sheet's cells as they are read."""
    width = max(map(len, one.rows), default=0)
    rows = {}
    for number, cells in enumerate(one.rows, start=1):
        read = [_read(value, one.formats.get((number, at), "")) for at, value in enumerate(cells, start=1)]
        if any(cell is not None for cell in read):
            rows[number] = read + [None] * (width - len(read))
    return Sheet(rows, tuple((top, bottom, left - 1, right - 1) for top, bottom, left, right in one.merged))


def _read(value: Any, format_: str) -> Any:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return displayed(value, format_ or "General")[0]
    return value


def table(*rows: Sequence[Any], file: str = "bok.xlsx", sheet: str = "Blad1", merged: Iterable[Any] = ()) -> Book:
    """Return a file with one sheet of rows, a text file where it is called so."""
    one = as_sheet(Made([list(row) for row in rows], list(merged), {}))
    return Book(file, "0" * 64, {file if file.endswith(".csv") else sheet: one}, is_text=file.endswith(".csv"))


def said_by(reading: Reading) -> dict[Key, Said]:
    """Return what a file was read as."""
    return {
        (one.indicator, one.place): one.status if one.status != "observed" else one.answer or one.value
        for one in reading.results
    }


def published(places: Sequence[str]) -> dict[Key, Said]:
    """Return what is published for places, with what is lacking by its status."""
    rows = read_published(DATA)
    rows = rows[rows["place"].isin(list(places)) & (rows["edition"] == "2015")]
    return {(row.indicator, row.place): _said(row) for row in rows.itertuples()}


def _said(row: Any) -> Said:
    if row.status != "observed":
        return str(row.status)
    return str(row.answer) if not pd.isna(row.answer) and row.answer else float(row.value)


SHIPPED = ("0114", "0123", "0125", "0139", "0163", "0183", "0184", "0191", "01", "06", "00")


def every_quirk(results: Mapping[Key, Said], places: Sequence[str], districts: Sequence[str] = ()) -> bytes:
    """Return a workbook in Socialstyrelsen's manner with every quirk at once: three sheets, three kinds of heading."""
    by_area = {area: [name for name, item in KNOWN.items() if item.area == area] for area in GROUPS["area"]}
    note = ("x = uppgiften visas inte av sekretesskäl eller därför att underlaget är litet", "Källa: Socialstyrelsen")
    own = {code: f"{code[:4]}{90 + at}" for at, code in enumerate(districts)}
    every = [*places[:-2], *districts, *places[-2:]]
    plans = [
        Plan("Tabell 1", by_area["individanpassad"] + by_area["samordning"], every,
             titles=["Öppna jämförelser 2015, social barn- och ungdomsvård", "Tabell 1. Kommunernas svar"], gap=1,
             levels=3, code="Kommun-/stads-\ndels-kod", called="Kommun/stadsdel", look="no-break", own_codes=own,
             units=dict.fromkeys(by_area["samordning"], "sign"), footnotes=note),
        Plan("Tabell 2", by_area["saker"] + by_area["kunskapsbaserad"] + by_area["tillganglig"], every,
             titles=["Tabell 2"], levels=1, code="K-kod", called="Kommun", look="hyphens", lost_zero=True,
             own_codes=own, units=dict.fromkeys(KNOWN, "comma") | {"arbetsledning": "text"}, footnotes=note[:1]),
        Plan("Tabell 3", by_area["utbildning"], places, titles=["Tabell 3. Placerade barn. Andelar 0–1"], levels=2,
             code="", called="Kommun", look="soft", units=dict.fromkeys(KNOWN, "text"), merged=False,
             signs=SIGNS | {"suppressed": ".."}),
        Plan("Bakgrund", by_area["bakgrund"], places, levels=1, look="lines", code="Kod", called="Namn"),
    ]  # fmt: skip
    sheets = {"Om tabellerna": Made([["Om tabellerna"], ["Uppgifterna gäller 2014."]], [], {})}
    return workbook(sheets | {plan.name: made(plan, results) for plan in plans})


def write(path: Path, content: bytes) -> Path:
    """Write bytes to a file and return its path."""
    path.write_bytes(content)
    return path


def is_unit(place: str) -> bool:
    """Return whether a place answers the survey."""
    return PLACES[place].level in UNITS
