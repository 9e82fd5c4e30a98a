"""Excel files at the edge: saved with the same bytes each time, and read without trusting what is in them."""

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from oj.disk.bounded import read_bounded
from oj.disk.changes import change
from oj.sources.files.cells import Rows
from oj.sources.files.limits import DAMAGED, too_much
from oj.sources.files.looks import looks
from oj.sources.files.sheet import Limits, Sheet, TooLongError, TooWideError, read_sheet
from oj.sources.files.xml import Parts, notes_of, related, root_of, sheet_names, words
from oj.words.errors import UserError, shortened, why
from oj.words.swedish import number

LARGEST_FILE = 20_000_000  # bytes
LARGEST_CONTENT = 200_000_000  # bytes, when unpacked
MOST_CELLS = 1_000_000  # of a table, with those that are empty
FORM_WIDEST, WIDEST, LONGEST = 40, 200, 100_000  # columns of a form, and of a table; rows that are read
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted .xlsx
STRICT = b"http://purl.oclc.org/ooxml/"
TYPES = "[Content_Types].xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def saved(workbook: Any, moment: datetime.datetime) -> bytes:
    """Return an openpyxl workbook as the bytes of an .xlsx file, with `moment` in place of the clock's time.

    What begins as a formula is text: none of our workbooks computes, and what people write must not.
    """
    for cell in (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            cell.data_type, cell.quotePrefix = "s", True
    workbook.properties.created = moment
    raw, fixed = BytesIO(), BytesIO()
    workbook.save(raw)
    told = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    with ZipFile(raw) as source, ZipFile(fixed, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "docProps/core.xml":
                part = MODIFIED.sub(rb"\g<1>" + told, part)
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # the same on every system
            target.writestr(entry, part, ZIP_DEFLATED, 6)
    return fixed.getvalue()


def write_new(target: Path, content: bytes) -> None:
    """Write a workbook's bytes to a file that is not there yet; raise UserError where it is, or cannot be written."""
    if target.suffix.lower() != ".xlsx":
        raise UserError(f"”{target}” ska sluta på .xlsx.")
    try:
        if target.exists():
            raise UserError(f"{target} finns redan och skrivs inte över. Ge ett annat namn med --output.")
        if not target.parent.is_dir():
            raise UserError(f"Mappen {target.parent} finns inte. Skapa den, eller ge en annan med --output.")
        with change(target.parent, target.stem, f"{target.name} skrivs") as work:
            work.new(target).write_bytes(content)
    except OSError as error:
        raise UserError(
            f"{shortened(str(target))} kan inte skrivas: {why(error)}. Ge en annan mapp eller ett annat namn med "
            "--output."
        ) from error


def read_sheets(path: Path) -> dict[str, Sheet]:
    """Return the sheets of an .xlsx file as they are seen, without the rows that are empty.

    Formulas are not computed: the value that was saved with one is read. Raises UserError for a file that is not an
    unprotected .xlsx without macros, is damaged, or is larger than LARGEST_FILE, unpacked LARGEST_CONTENT.
    """
    return _read(path.name, read_bytes(path), FORM_WIDEST)


def read_tables(name: str, content: bytes) -> dict[str, Sheet]:
    """Return the sheets of an .xlsx file with what is merged on them; raises UserError as `read_sheets`.

    More columns than WIDEST are refused: none is left out without a word.
    """
    found = _read(name, content, None)
    return {title: replace(sheet, rows=_trimmed(sheet.rows, name)) for title, sheet in found.items()}


def refuse_large(rows: Mapping[int, Sequence[object]], width: int, name: str) -> None:
    """Raise UserError for a table of more cells than are read, with those that are empty."""
    if len(rows) * width > MOST_CELLS:
        raise UserError(
            f"{name} har {number(len(rows))} rader och {width} kolumner, fler än {number(MOST_CELLS)} rutor, och läses "
            "inte. Spara bara tabellen i en egen fil."
        )


def _trimmed(rows: Rows, name: str) -> Rows:
    """Return rows of one width, without the columns to the right that are empty in all of them."""
    width = max((at + 1 for cells in rows.values() for at, cell in enumerate(cells) if cell is not None), default=0)
    refuse_large(rows, width, name)
    return {number: (cells + [None] * width)[:width] for number, cells in rows.items()}


def _read(name: str, content: bytes, widest: int | None) -> dict[str, Sheet]:
    """Return the sheets of a workbook with `widest` columns; without a limit, more than WIDEST of them are refused."""
    parts = _safe_parts(content, name)
    try:
        return dict(_sheets(parts, name, Limits(widest, WIDEST, LONGEST)))
    except UserError:
        raise
    except Exception as error:  # whatever a damaged file makes the libraries raise
        raise UserError(_damaged(name)) from error


def _sheets(parts: Parts, name: str, limits: Limits) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets of a workbook by name; raise UserError for one that is too large."""
    start = next(part for kind, part in related(parts, "").values() if kind == "officeDocument")
    if STRICT in parts[start][:4000]:
        raise UserError(
            f"{name} är sparad som ”Strict Open XML” och läses inte. Öppna den i Excel och spara den som "
            "”Excel-arbetsbok (.xlsx)”."
        )
    relations = related(parts, start)
    kinds = dict(relations.values())
    strings = root_of(parts[kinds["sharedStrings"]]) if kinds.get("sharedStrings") in parts else ()
    shared = [words(one) for one in strings]
    found, hiding = looks(parts, kinds.get("styles", ""), kinds.get("theme", ""))
    for title, part, is_hidden in sheet_names(root_of(parts[start]), relations):
        try:
            sheet = read_sheet(parts[part], shared, found, hiding, limits)
        except TooWideError as error:
            raise UserError(f"{name}: bladet ”{title}” har fler än {WIDEST} kolumner och läses inte.") from error
        except TooLongError as error:
            raise UserError(f"{name} har fler än 100 000 rader och läses inte.") from error
        yield title, replace(sheet, is_hidden=is_hidden, notes=_notes(parts, part))


def told_of(title: str, sheet: Sheet) -> list[str]:
    """Return, as lines in Swedish, what of a sheet is not read and is no fault; `title` is its name.

    >>> told_of("Blad1", Sheet({}, notes=("C5",)))
    ['Anteckningar och kommentarer vid celler läses inte: Blad1 C5.']
    """
    told = {"Anteckningar och kommentarer vid celler läses inte": sheet.notes,
            "Formler utan sparat värde, som kan ge en tom cell, läses som tomma": sheet.blank}  # fmt: skip
    return [f"{what}: {title} {', '.join(cells)}." for what, cells in told.items() if cells]


def _notes(parts: Parts, sheet: str) -> tuple[str, ...]:
    """Return the names of the cells of a sheet that have a note or a comment."""
    commented = [part for kind, part in related(parts, sheet).values() if kind in ("comments", "threadedComment")]
    return tuple(dict.fromkeys(cell for part in commented if part in parts for cell in notes_of(parts[part])))


def read_bytes(path: Path, suffix: str = ".xlsx") -> bytes:
    """Return a file's bytes; raise UserError for one of another kind, one that is not there, or is too large."""
    if path.suffix.lower() == ".xlsm":
        raise UserError(f"{path.name} kan ha makron och läses inte. Spara den som ”Excel-arbetsbok (.xlsx)”.")
    if path.suffix.lower() != suffix:
        raise UserError(f"{path.name} är ingen Excelfil av rätt slag. Den ska sluta på .xlsx.")
    try:
        return read_bounded(path, LARGEST_FILE, path.name)
    except FileNotFoundError as error:
        raise UserError(f"Filen {path} finns inte.") from error
    except OSError as error:
        raise UserError(f"Filen {path} kan inte läsas. Är den öppen i ett annat program, eller en mapp?") from error


def _safe_parts(content: bytes, name: str) -> dict[str, bytes]:
    """Return the parts of an .xlsx file; raise UserError for what should not even be opened."""
    if content.startswith(OLD_OR_ENCRYPTED):
        raise UserError(f"{name} har lösenord eller är i ett äldre format. Spara den som .xlsx utan lösenord.")
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_CONTENT:
                raise UserError(f"{name} är större än 200 megabyte när den packas upp och läses inte.")
            texts = {part: parts.read(part) for part in parts.namelist()}
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise UserError(_damaged(name)) from error
    if any(part.endswith("vbaProject.bin") for part in texts) or b"macroEnabled" in texts.get(TYPES, b""):
        raise UserError(f"{name} har makron och läses inte. Spara den som ”Excel-arbetsbok (.xlsx)”.")
    if TYPES not in texts or any(b"<!DOCTYPE" in text for text in texts.values()):  # Excel writes no such thing
        raise UserError(_damaged(name))
    rule = too_much(texts)
    if rule:
        advice = "och läses inte. Spara bara tabellen i en egen fil."
        raise UserError(_damaged(name) if rule == DAMAGED else f"{name} {rule} {advice}")
    return texts


def _damaged(name: str) -> str:
    return f"{name} är skadad eller ingen Excelfil, och kan inte läsas. Öppna den i Excel och spara om den som .xlsx."
