"""Excel files at the edge: saved with the same bytes each time, and read without trusting what is in them."""

import datetime
import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from oj.changes import change
from oj.errors import UserError, why

LARGEST_FILE = 20_000_000  # bytes
LARGEST_CONTENT = 200_000_000  # bytes, when unpacked
FORM_WIDEST, WIDEST, LONGEST = 40, 200, 1_048_576  # columns of a form, and of a table; rows that Excel has
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted .xlsx
TYPES = "[Content_Types].xml"
MOST_FAR = 1000
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})\"")


@dataclass(frozen=True)
class Unreadable:
    """A cell without a value that can be trusted: what it shows and, in Swedish, why it cannot be read."""

    shown: str
    rule: str


Cell = str | float | bool | Unreadable | None
Rows = dict[int, list[Cell]]
Area = tuple[int, int, int, int]  # the first and last row, then the first and last column (0 the first)


@dataclass(frozen=True)
class Sheet:
    """A sheet's cells by row number, without the rows that are empty, and which areas are merged into one cell."""

    rows: Rows
    merged: tuple[Area, ...] = ()


def saved(workbook: Any, moment: datetime.datetime) -> bytes:
    """Return an openpyxl workbook as the bytes of an .xlsx file, with `moment` in place of the clock's time."""
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
    if target.exists():
        raise UserError(f"{target} finns redan och skrivs inte över. Ge ett annat namn med --output.")
    if not target.parent.is_dir():
        raise UserError(f"Mappen {target.parent} finns inte. Skapa den, eller ge en annan med --output.")
    try:
        with change(target.parent, target.stem, f"{target.name} skrivs") as work:
            work.new(target).write_bytes(content)
    except OSError as error:
        raise UserError(
            f"{target} kan inte skrivas: {why(error)}. Ge en annan mapp eller ett annat namn med --output."
        ) from error


def read_sheets(path: Path) -> dict[str, Rows]:
    """Return the cells of an .xlsx file by sheet and row number, without the rows that are empty.

    Formulas are not computed: the value that was saved with one is read. Raises UserError for a file that is not an
    unprotected .xlsx without macros, is damaged, or is larger than LARGEST_FILE, unpacked LARGEST_CONTENT.
    """
    return {name: sheet.rows for name, sheet in _read(path.name, read_bytes(path), FORM_WIDEST).items()}


def read_tables(name: str, content: bytes) -> dict[str, Sheet]:
    """Return the sheets of an .xlsx file with what is merged on them; raises UserError as `read_sheets`.

    More columns than WIDEST are refused: none is left out without a word.
    """
    found = _read(name, content, None)
    return {title: Sheet(_trimmed(sheet.rows), sheet.merged) for title, sheet in found.items()}


def _trimmed(rows: Rows) -> Rows:
    """Return rows of one width, without the columns to the right that are empty in all of them."""
    width = max((at + 1 for cells in rows.values() for at, cell in enumerate(cells) if cell is not None), default=0)
    return {number: (cells + [None] * width)[:width] for number, cells in rows.items()}


def _read(name: str, content: bytes, widest: int | None) -> dict[str, Sheet]:
    """Return the sheets of a workbook with `widest` columns; without a limit, more than WIDEST of them are refused."""
    parts = _safe_parts(content, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of extensions that it leaves unread
            written, computed = (_loaded(content, data_only=one) for one in (False, True))
            pairs = zip(written.worksheets, computed.worksheets, strict=True)
            return {one.title: Sheet(_rows(one, two, widest), _merged(parts[_part(one)])) for one, two in pairs}
    except _WideError as error:
        raise UserError(f"{name}: bladet ”{error}” har fler än {WIDEST} kolumner och läses inte.") from error
    except Exception as error:  # whatever a damaged file makes the library raise
        raise UserError(_damaged(name)) from error


class _WideError(Exception):
    """A sheet, by its name, with more columns than a table could have."""


def _part(sheet: Any) -> str:
    return str(sheet._worksheet_path)


def _merged(part: bytes) -> tuple[Area, ...]:
    from openpyxl.utils.cell import range_boundaries

    found = (range_boundaries(reference.decode()) for reference in MERGED.findall(part))
    return tuple((top, bottom, left - 1, right - 1) for left, top, right, bottom in found)


def read_bytes(path: Path, suffix: str = ".xlsx") -> bytes:
    """Return a file's bytes; raise UserError for one of another kind, one that is not there, or is too large."""
    if path.suffix.lower() == ".xlsm":
        raise UserError(f"{path.name} kan ha makron och läses inte. Spara den som ”Excel-arbetsbok (.xlsx)”.")
    if path.suffix.lower() != suffix:
        raise UserError(f"{path.name} är ingen Excelfil av rätt slag. Den ska sluta på .xlsx.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{path.name} är större än 20 megabyte och läses inte.")
        return path.read_bytes()
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
    return texts


def _damaged(name: str) -> str:
    return f"{name} är skadad eller ingen Excelfil, och kan inte läsas. Öppna den i Excel och spara om den som .xlsx."


def _loaded(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(written: Any, computed: Any, widest: int | None) -> Rows:
    found: Rows = {}
    far = 0  # rows with empty cells further out than a table could have
    pairs = zip(_cells(written, widest), _cells(computed, widest), strict=True)
    for number, (first, second) in enumerate(pairs, start=1):
        far += len(first) > WIDEST
        if far > MOST_FAR or any(cell.value is not None for cell in first[WIDEST:]):
            raise _WideError(written.title)
        if any(cell.value is not None for cell in first):
            found[number] = [_value(*pair) for pair in zip(first, second, strict=True)]
    return found


def _cells(sheet: Any, widest: int | None) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(max_col=widest, max_row=LONGEST)
    return rows


def _value(written: Any, computed: Any) -> Cell:
    """Return a cell's value: a time as text, a percentage as it is shown."""
    value = computed.value
    if written.data_type == "f" and value is None:
        rule = "är en formel utan sparat värde; skriv värdet i stället"
        return Unreadable(str(getattr(written.value, "text", written.value)), rule)
    if computed.data_type == "e":
        return Unreadable(str(value), "är ett felvärde från Excel; skriv värdet i stället")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return f"{value * 100:.10g} %" if "%" in computed.number_format else float(value)
    return str(value).removesuffix(" 00:00:00")  # a day is read as its midnight
