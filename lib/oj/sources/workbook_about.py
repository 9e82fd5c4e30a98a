"""What a file says of itself: its edition, its county and its title; and what it is read against."""

import re
from collections.abc import Iterator
from pathlib import Path

from oj.catalog import indicators
from oj.datapackage import read_table
from oj.errors import UserError, nearest
from oj.places import find_county
from oj.sources.survey_answers import shown
from oj.sources.workbook_find import cell, titles_above
from oj.sources.workbook_layout import Layout
from oj.sources.workbook_match import Known, known
from oj.sources.workbook_model import Facts
from oj.sources.workbook_open import Book
from oj.sources.workbook_template_mark import MARK

DESCRIBED = ("2015",)  # the editions whose indicators data/indicators describes
YEAR = re.compile(r"(?:jämförelser|ÖJ)\D{0,40}?(20\d\d)", re.IGNORECASE)


def known_edition(edition: str) -> str:
    """Return an edition whose indicators are described; raise UserError for another."""
    if edition not in DESCRIBED:
        raise UserError(
            f"Utgåvan ”{edition}” kan inte läsas in: dess indikatorer är inte beskrivna i data/indicators/."
            f"{nearest(edition, DESCRIBED)} Utgåvor som kan läsas in: {', '.join(DESCRIBED)}."
        )
    return edition


def catalog(folder: Path | None) -> Known:
    """Return the indicators, with what their sub-areas, tables and areas are called."""
    groups: dict[str, list[str]] = {}
    for kind, table, columns in (
        ("subarea", "subareas", ["name"]),
        ("table", "tables", ["short", "title"]),
        ("area", "areas", ["name", "former_name"]),
    ):
        for row in read_table(table, folder).fillna("").to_dict("records"):
            groups[f"{kind} {row[kind]}"] = [str(row[column]) for column in columns]
    return known(indicators(folder), groups)


def _marks(book: Book) -> Iterator[re.Match[str]]:
    for sheet in book.sheets.values():
        found = MARK.fullmatch(shown(cell(sheet, 1, 0)))
        if found:
            yield found


def edition_of(book: Book, asked: str, layout: Layout | None) -> str:
    """Return the edition that was asked for, or that the file says it is; raise UserError where they disagree."""
    marked = {found[1] for found in _marks(book)}
    if asked or layout:
        edition = asked or (layout.edition if layout else "")
        if marked - {edition}:
            raise UserError(f"{book.file} är mallen för utgåvan {min(marked)}, inte {edition}.")
        return known_edition(edition)
    texts = [text for sheet in book.sheets.values() for text in titles_above(sheet, min(sheet.rows, default=0) + 5)]
    told = marked or {found[1] for text in texts if (found := YEAR.search(text))}
    if len(told) > 1:
        raise UserError(f"{book.file} nämner flera utgåvor: {', '.join(sorted(told))}. Ange vilken med --edition.")
    edition = next(iter(told), DESCRIBED[-1])
    if edition not in DESCRIBED:
        raise UserError(
            f"{book.file} säger sig gälla Öppna jämförelser {edition}. Bara {', '.join(DESCRIBED)} kan läsas in, för "
            "bara dess indikatorer är beskrivna i data/indicators/. Är det ett misstag: ange utgåvan med --edition."
        )
    return edition


def county_of(book: Book, asked: str, layout: Layout | None, folder: Path | None) -> str:
    """Return the code of the county that the municipalities must be in, "" where the file is about any."""
    if asked:
        return find_county(asked, folder).code
    marked = sorted({found[2] for found in _marks(book)})
    told = layout.county if layout else next(iter(marked), "")
    return find_county(told, folder).code if told else ""


def title_of_file(book: Book, layout: Layout, county: str, facts: Facts) -> str:
    """Return what the file is called where nobody has said: what stands above its first table, or its name."""
    edition = next((found[1] for found in _marks(book)), "")
    if edition:
        return f"Mallen för Öppna jämförelser {edition}, ifylld för {facts.names.places[county].name}"
    for table in layout.sheets:
        texts = [] if table.ignore or table.sheet not in book.sheets else titles_above(
            book.sheets[table.sheet], table.header[0])  # fmt: skip
        if texts:
            return texts[0][:200]
    return book.file
