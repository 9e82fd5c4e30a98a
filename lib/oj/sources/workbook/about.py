"""What a file says of itself: its county and its title; and what it is read against."""

from collections.abc import Iterable
from pathlib import Path

from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.places import find_county
from oj.sources.files.sheet import Book
from oj.sources.tables.layout import Layout
from oj.sources.tables.model import Facts
from oj.sources.tables.seen import Seen
from oj.sources.terms.edition import marks
from oj.sources.terms.match import Known, known


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


def county_of(book: Book, asked: str, layout: Layout | None, folder: Path | None) -> str:
    """Return the code of the county that the municipalities must be in, "" where the file is about any."""
    if asked:
        return find_county(asked, folder).code
    marked = sorted({found[2] for found in marks(book)})
    told = layout.county if layout else next(iter(marked), "")
    return find_county(told, folder).code if told else ""


def title_of_file(book: Book, wide: Iterable[Seen], facts: Facts) -> str:
    """Return what the file is called where nobody has said: what stands above its first table, or its name."""
    edition = next((found[1] for found in marks(book)), "")
    if edition:
        return f"Mallen för Öppna jämförelser {edition}, ifylld för {facts.names.places[facts.county].name}"
    return next((seen.titles[0][:200] for seen in wide if seen.titles), book.file)
