"""A file of results read whole: opened, its layout found or given, every cell checked, and then imported or refused."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pandas as pd

from oj.disk.bounded import refuse_long
from oj.disk.changes import change
from oj.facts.catalog import indicators
from oj.facts.datapackage import PATIENCE
from oj.facts.editions import edition_folder, home_domain
from oj.facts.places import all_places, slug
from oj.sources.files.cells import LONGEST, Book, Sheet
from oj.sources.files.edge import read_bytes, told_of
from oj.sources.files.text import decoded, parted
from oj.sources.files.xlsx import read_sheets
from oj.sources.imported import COLUMNS, TRIAL, Origin, Trial, as_kept, write_imported
from oj.sources.origins import NAME, NOT_SAID
from oj.sources.spots import kept_spots
from oj.sources.tables.layout import Layout, layout_path, layout_text, read_layout, without_units
from oj.sources.tables.model import Facts, Result, TableRead
from oj.sources.tables.read import read_each
from oj.sources.tables.seen import find_head, see
from oj.sources.tables.spoken import unread_comments
from oj.sources.terms.legend import told_legend
from oj.sources.terms.places import names
from oj.sources.terms.words import is_heading
from oj.sources.workbook.about import Texts, Wanted, facts_of
from oj.sources.workbook.check import checked
from oj.sources.workbook.told import (
    cell_of,
    fault_of,
    few_enough,
    left_out_of,
    nothing_right,
    refuse_nothing,
    told_others,
)
from oj.words.errors import DataError, Fault, UserError, shortened, why
from oj.words.swedish import number

__all__ = [
    "Reading", "Wanted", "import_file", "new_layout", "open_book", "read_book", "read_file", "result_table",
    "write_layout",
]  # fmt: skip
CSV_SUFFIXES = (".csv", ".tsv", ".txt")
LONGEST_NAME = 80  # signs: it becomes a file's


@dataclass(frozen=True)
class Reading:
    """A file as it was read: what would be imported, everything that is wrong, and how it was understood."""

    book: Book
    origin: Origin
    layout: Layout | None
    tables: tuple[TableRead, ...]
    results: tuple[Result, ...]
    faults: tuple[Fault, ...]
    notices: tuple[str, ...] = ()  # what is told, and is no fault
    read_by: str = ""  # the layout that was given, "" where it was found in the file

    @property
    def counted(self) -> str:
        """How many results there are, of how many places, in Swedish."""
        count, places = len(self.results), len({one.place for one in self.results})
        told = f"{number(count)} {'uppgift' if count == 1 else 'uppgifter'}"
        return f"{told} för {number(places)} {'plats' if places == 1 else 'platser'}"


def open_book(path: Path) -> Book:
    """Return an .xlsx or a CSV file as sheets of cells; raise UserError for a file that cannot be read safely."""
    name, suffix = path.name, path.suffix.lower()
    too_long = UserError(f"{name} har fler än 100 000 rader och läses inte.")
    is_text = suffix in CSV_SUFFIXES
    content = read_bytes(path, suffix if is_text else ".xlsx")
    if is_text:
        text = decoded(content, name)
        if max(text.count("\n"), text.count("\r")) > LONGEST:
            raise too_long
        sheets = {name: Sheet(parted(text, name, is_heading))}
    else:
        sheets = read_sheets(name, content)
    if not any(sheet.rows for sheet in sheets.values()):
        raise UserError(f"{name} är tom.")
    if any(len(sheet.rows) > LONGEST for sheet in sheets.values()):
        raise too_long
    return Book(name, sha256(content).hexdigest(), sheets, is_text=is_text)


def read_file(path: Path, wanted: Wanted, folder: Path | None = None, params: Path | None = None) -> Reading:
    """Return a file of results as it would be imported, with all faults; raise UserError where it cannot be read."""
    return read_book(open_book(path), wanted, folder, params)


def read_book(book: Book, wanted: Wanted, folder: Path | None = None, params: Path | None = None) -> Reading:
    """Return an opened file as it would be imported, with all faults; raise UserError where it cannot be read.

    The layout is the one asked for, else the one kept under the import's name, else what is found in the file.
    """
    name = named(wanted.name, book)
    refuse_long("Källans titel", wanted.source)
    refuse_long("Utgivaren", wanted.publisher)
    given, kept = given_layout(book, wanted, params)
    places = names(all_places(folder, shipped=True))
    heads = {title: find_head(sheet, places) for title, sheet in book.sheets.items()}
    found = {title: see(book.sheets[title], title, head, is_text=book.is_text) for title, head in heads.items() if head}
    words = {title: sheet.words for title, sheet in book.sheets.items()}
    said = Texts(book.file, book.is_text, words, {title: one.headlines for title, one in found.items()})
    facts = facts_of(said, wanted, given, places, folder)
    with few_enough(facts):
        layout, titles, tables = read_each(book, (given, kept.name), found, facts)
        others = sum((table.others for table in tables), Counter[str]())
        if not any(table.problems for table in tables):
            at = [place for table in tables for place in table.places]
            refuse_nothing(at, others, facts, is_found=bool(tables))
        results, problems = checked(tables, facts, folder)
    left_out = tuple(left_out_of(one, facts) for one in problems)
    origin = replace(_origin(book.sha256, name, wanted, titles, facts), left_out=left_out, domain=home_domain(folder))
    notices = [*told_others(others, facts), *told_legend(facts.legend)]
    notices += [line for title, one in book.sheets.items() for line in told_of(title, unread_comments(one), one.blank)]
    faults, by = tuple(fault_of(one, facts) for one in problems), str(kept) if given else ""
    return Reading(book, origin, layout, tuple(tables), tuple(results), faults, tuple(notices), by)


def given_layout(book: Book, wanted: Wanted, params: Path | None = None) -> tuple[Layout | None, Path]:
    """Return the layout that was asked for, else the one kept under the import's name, None for neither; and where."""
    kept = Path(wanted.layout) if wanted.layout else layout_path(named(wanted.name, book), params)
    return read_layout(kept) if wanted.layout or kept.exists() else None, kept


def named(wanted: str, book: Book) -> str:
    """Return an import's name, else the file's; raise UserError for one that could not be a file's."""
    name = wanted or slug(Path(book.file).stem)
    if len(name) > LONGEST_NAME:
        told = f"är {len(name)} tecken långt och får ha högst {LONGEST_NAME}. Ge ett annat med --name"
        raise UserError(f"Inläsningens namn ”{shortened(name)}” {told}.")
    if not re.fullmatch(NAME, name):
        rule = "ska bestå av små bokstäver a–z, siffror och bindestreck. Ge ett annat med --name"
        hint = f", till exempel {slug(name)}" if slug(name) else ""
        raise UserError(f"Inläsningens namn ”{shortened(name)}” {rule}{hint}.")
    return name


def import_file(
    reading: Reading,
    *,
    accept_valid: bool,
    folder: Path | None = None,
    beside: Mapping[Path, str] | None = None,
    trial: Trial = TRIAL,
) -> list[Path]:
    """Write what was read as an import and return its files; raise DataError with every fault, unless accepted."""
    if reading.faults and not accept_valid:
        raise DataError(reading.faults)
    if not reading.results:
        raise nothing_right(reading.book.file, reading.faults)
    spots = ((one.indicator, one.place, one.spot.sheet, cell_of(one.spot)) for one in reading.results)
    origin = replace(reading.origin, note=f"{reading.counted}.", cells=kept_spots(spots))
    return write_imported(result_table(reading, folder), origin, folder, beside, trial)


def new_layout(reading: Reading, params: Path | None = None) -> dict[Path, str]:
    """Return the layout that was found, by the file where a person can correct it; nothing where one is there."""
    path = layout_path(reading.origin.name, params)
    return {} if reading.layout is None or path.exists() else {path: layout_text(without_units(reading.layout))}


def write_layout(reading: Reading, params: Path | None = None) -> Path | None:
    """Write the layout that was found where a person can correct it; return its path, None where one is there."""
    for path, text in new_layout(reading, params).items():
        try:
            with change(path.parent, path.stem, "En layout skrivs", PATIENCE) as work:
                work.new(path).write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            raise UserError(f"{path} kan inte skrivas: {why(error)}.") from error
        return path
    return None


def result_table(reading: Reading, folder: Path | None = None) -> pd.DataFrame:
    """Return what was read as a table of results, in the order of the catalog and of the places."""
    known = indicators(edition_folder(folder, reading.origin.edition))
    order = {name: at for at, name in enumerate(known)}
    places = {code: at for at, code in enumerate(all_places(folder))}
    rows = []
    for one in sorted(reading.results, key=lambda one: (order[one.indicator], places[one.place])):
        value = as_kept(known[one.indicator], one.value, one.numerator, one.denominator)
        rows.append([reading.origin.edition, one.indicator, one.place, value, one.answer, one.status, one.numerator,
                     one.denominator, reading.origin.name])  # fmt: skip
    return pd.DataFrame(rows, columns=COLUMNS)


def _origin(sha256: str, name: str, wanted: Wanted, titles: Sequence[str], facts: Facts) -> Origin:
    """Return where results come from: what was said of it, or else what stands above the first table, or the file."""
    title = next((one[:200] for one in titles), facts.file)
    if facts.template:
        title = f"Mallen för Öppna jämförelser {facts.template}, ifylld för {facts.names.places[facts.county].name}"
    year = int(wanted.date[:4] if re.fullmatch(r"20\d\d-\d\d-\d\d", wanted.date) else facts.edition)
    return Origin(
        name, wanted.source or title, wanted.publisher or NOT_SAID, year, facts.edition, facts.file, sha256,
        wanted.date, county=facts.county,
    )  # fmt: skip
