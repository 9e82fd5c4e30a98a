"""The report's figures as a workbook, `resultat.xlsx`: a sheet for each area, and all of them in long form.

After the British statistical services' checklist for accessible spreadsheets: a cover, contents and notes; one table to
a sheet, marked up as such, under its title; no merged cells, and nothing told by colour alone. A figure that is hidden
or lacking is its sign, never a number.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from io import BytesIO
from itertools import groupby
from operator import attrgetter
from typing import Any

import pandas as pd
import xlsxwriter

from oj.disk.kept_files import once
from oj.present.grid import answer_cell
from oj.present.style import ANSWER_FILLS, LACKING_FILL
from oj.present.table.notes import named
from oj.publish.files.columns import heading, in_a_workbook, in_swedish
from oj.publish.files.sheets import Cell, Sheet, looks, sheet_name, write
from oj.publish.store.ground import tools
from oj.tidy.measures import ABSENT, Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.groups import TOTAL
from oj.words.swedish import day
from oj.words.vocabulary import ANSWERS

COVER, CONTENTS, NOTES, COLUMNS, LONG = "Om filen", "Innehåll", "Förklaringar", "Kolumner", "Alla uppgifter"
SAME = "Filen har samma uppgifter som rapporten. Det som är dolt där är dolt här: det står ett tecken, aldrig ett tal."
HOW = (
    "Varje blad har en tabell. Tal är riktiga tal att räkna med, andelar i procentformat. Svar står utskrivna; färgen "
    "är bara ett stöd för ögat. Filtrera med pilarna i rubrikraden."
)
LATEST = "Det senaste årets uppgifter (alla år finns i resultat-excel.csv)"
STAR = '"*"'
COLOURS = {"yes": "svar, blå ruta", "partly": "svar, gul ruta", "no": "svar, orange ruta"}
MEAN, NONE = (
    "medelvärde som rapporten har räknat ut; källan har inget",
    "måttet finns inte för platsen, eller säger inget om den",
)
WIDE, NARROW = 52.0, 13.0


def spreadsheet(figures: Figures, rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    """Return the workbook of a report's figures; `rows` are those in long form, `about` its title page and date.

    What was made of the same before is kept.
    """
    parts = [figures.frame.to_csv(), rows.to_csv(), repr(figures.headings), repr(about), tools()]
    return once("kalkylblad", parts, lambda: _made(figures, rows, about))


def _made(figures: Figures, rows: pd.DataFrame, about: Mapping[str, Any]) -> bytes:
    content = BytesIO()
    book = xlsxwriter.Workbook(content, {"in_memory": True})
    texts, date = about["book"], datetime.fromisoformat(about["document-date"])
    who = {"title": texts["title"], "subject": texts["subtitle"], "author": texts.get("author", "")}
    book.set_properties(who | {"created": date})
    sheets, look = [*area_sheets(figures), long_sheet(rows, is_current=figures.is_current)], looks(book)
    beside = [notes(figures), columns(rows)]
    for sheet in [cover(figures, texts), contents([*beside, *sheets]), *beside, *sheets]:
        write(book, sheet, look, CONTENTS)
    book.close()
    return content.getvalue()


def sources(figures: Figures) -> str:
    """Return who published what figures are from."""
    known = named(figures.folder)
    return "; ".join(sorted({known.get(one, one.capitalize()) for one in figures.frame["source"].unique() if one}))


def cover(figures: Figures, texts: Mapping[str, str]) -> Sheet:
    """Return what the workbook is, whose, and its sources, line by line."""
    said = [day(texts[key]) if key == "date" else texts[key] for key in ("subtitle", "author", "date") if key in texts]
    lines = [*said, SAME, HOW, f"Källor: {sources(figures)}."]
    return Sheet(COVER, texts["title"], (), [[Cell(line)] for line in lines], (90.0,))


def contents(sheets: Sequence[Sheet]) -> Sheet:
    """Return a row for each sheet, with a link to it."""
    rows = [[Cell(one.name, link=one.name), Cell(one.title)] for one in sheets]
    return Sheet(CONTENTS, CONTENTS, ("Blad", "Visar"), rows, (34.0, 80.0), 1)


def notes(figures: Figures) -> Sheet:
    """Return every sign and colour that the sheets have, each explained."""
    frame, own = figures.frame, figures.statuses
    statuses = [own[name] for name in own if name != "observed" and (frame["status"] == name).any()]
    words = {(step, one.answer_words[step]) for one in figures.measures.values() if one.is_answer for step in ANSWERS
             if step in one.answer_words}  # fmt: skip
    rows = [[Cell(one.sign, fill=LACKING_FILL), Cell(one.sentence)] for one in statuses]
    rows += [[Cell(ABSENT, fill=LACKING_FILL), Cell(f"{ABSENT}: {NONE}.")]]
    rows += [[Cell(word, fill=ANSWER_FILLS[step]), Cell(f"{word}: {COLOURS[step]}.")]
             for step, word in sorted(words, key=lambda one: (ANSWERS.index(one[0]), one[1]))]  # fmt: skip
    rows += [[Cell("*"), Cell(f"*: {MEAN}.")]] if (frame["method"] == "mean").any() else []
    return Sheet(NOTES, "Tecken och färger", ("Tecken", "Betyder"), rows, (18.0, 100.0), 1)


def columns(rows: pd.DataFrame) -> Sheet:
    """Return what each column of the long form is."""
    told = [[Cell(heading(str(name))), Cell(str(name)), Cell(in_a_workbook(str(name)))] for name in rows]
    title = f"Kolumnerna på bladet {LONG}"
    return Sheet(COLUMNS, title, ("Kolumn", "I resultat.csv", "Innehåll"), told, (40.0, 18.0, 90.0), 1)


def area_sheets(figures: Figures) -> Iterator[Sheet]:
    """Yield a sheet for each area: a row for each measure (and year), a column for each place; all persons."""
    shown = figures.by(TOTAL)
    frame, taken = shown.frame, [COVER, CONTENTS, NOTES, COLUMNS, LONG]
    areas = frame["measure"].map({key: one.area for key, one in shown.measures.items()})
    for area in dict.fromkeys(areas):
        title = figures.headings.get(str(area)) or str(area).capitalize()
        taken.append(sheet_name(title, taken))
        yield _area(shown, frame[areas == area], taken[-1], title)


def _area(figures: Figures, frame: pd.DataFrame, name: str, title: str) -> Sheet:
    """Return the sheet of an area."""
    dated = not figures.edition.isdigit()
    places = dict(zip(frame["place"], frame["place_name"], strict=True))
    keys = ["measure", "period", "source"] if figures.is_over_time else ["measure", "period"]
    rows = []
    for key, own in groupby(sorted(each_row(frame), key=_order(frame, keys)), key=attrgetter(*keys)):
        measure, found = figures.measures[key[0]], {row.place: row for row in own}
        before = (measure.title, figures.headings.get(measure.table, ""), measure.unit_word, *key[1 : 1 + dated])
        rows.append([*map(Cell, before), *(cell(measure, found.get(place)) for place in places)])
    heads = ("Mått", "Del", "Enhet", *(["År"] if dated else []), *places.values())
    widths = (WIDE, 26.0, NARROW, *([7.0] if dated else []), *[NARROW] * len(places))
    return Sheet(name, title, heads, rows, widths, 1)


def _order(frame: pd.DataFrame, keys: Sequence[str]) -> Callable[[Any], tuple[int, ...]]:
    """Return what sorts rows as the measures stand, and then by the other keys."""
    ranks = [{one: at for at, one in enumerate(frame["measure"].unique())}]
    ranks += [{one: at for at, one in enumerate(sorted(frame[key].unique()))} for key in keys[1:]]
    return lambda row: tuple(rank[getattr(row, key)] for rank, key in zip(ranks, keys, strict=True))


def cell(measure: Measure, row: Any) -> Cell:
    """Return a figure as a cell: a number where it is published as one, else what a reader sees."""
    if row is not None and not measure.says_something(row.level):
        return Cell(ABSENT)
    seen = answer_cell(row, row.level if row is not None else "", ABSENT)
    if row is None or row.status != "observed" or row.answer or row.words or pd.isna(row.value):
        return Cell(seen.text, fill=seen.fill)
    return Cell(float(row.value), fill=seen.fill, form=number_form(measure, is_mean=row.method == "mean"))


def number_form(measure: Measure, *, is_mean: bool = False) -> str:
    """Return the number format that shows a measure's figures as the report does.

    >>> number_form(Measure("a", "", "", "", "", "", "", "share", 1), is_mean=True)
    '0.0 %"*"'
    """
    decimals = f".{'0' * measure.decimals}" if measure.decimals else ""
    return f"{f'0{decimals} %' if measure.is_share else f'#,##0{decimals}'}{STAR if is_mean else ''}"


def long_sheet(rows: pd.DataFrame, *, is_current: bool) -> Sheet:
    """Return the rows of `resultat.csv` and where they come from, with Swedish headings and Swedish words."""
    heads = tuple(heading(str(name)) for name in rows)
    plain = rows.astype(object).where(rows.notna(), None)
    names, shown = [*map(str, rows)], [*rows].index("display")
    made = [
        [Cell("" if one is None else in_swedish(name, one, row[shown])) for name, one in zip(names, row, strict=True)]
        for row in plain.itertuples(index=False)
    ]
    title = f"{LATEST if is_current else LONG}, en på varje rad"
    return Sheet(LONG, title, heads, made, (16.0,) * len(heads), wraps=False)
