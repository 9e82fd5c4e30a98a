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

from oj.errors import UserError

LARGEST_FILE = 20_000_000  # bytes
LARGEST_CONTENT = 200_000_000  # bytes, when unpacked
WIDEST, LONGEST = 40, 1_048_576  # columns that a form could have; rows that Excel has
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted .xlsx
TYPES = "[Content_Types].xml"
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


@dataclass(frozen=True)
class Unreadable:
    """A cell without a value that can be trusted: what it shows and, in Swedish, why it cannot be read."""

    shown: str
    rule: str


Cell = str | float | bool | Unreadable | None
Rows = dict[int, list[Cell]]


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


def read_sheets(path: Path) -> dict[str, Rows]:
    """Return the cells of an .xlsx file by sheet and row number, without the rows that are empty.

    Formulas are not computed: the value that was saved with one is read. Raises UserError for a file that is not an
    unprotected .xlsx without macros, is damaged, or is larger than LARGEST_FILE, unpacked LARGEST_CONTENT.
    """
    content = _content(path)
    _refuse_unsafe(content, path.name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of extensions that it leaves unread
            written, computed = (_loaded(content, data_only=one) for one in (False, True))
            pairs = zip(written.worksheets, computed.worksheets, strict=True)
            return {first.title: _rows(first, second) for first, second in pairs}
    except Exception as error:  # whatever a damaged file makes the library raise
        raise UserError(_damaged(path.name)) from error


def _content(path: Path) -> bytes:
    if path.suffix.lower() == ".xlsm":
        raise UserError(f"{path.name} kan ha makron och läses inte. Spara den som ”Excel-arbetsbok (.xlsx)”.")
    if path.suffix.lower() != ".xlsx":
        raise UserError(f"{path.name} är ingen Excelfil av rätt slag. Den ska sluta på .xlsx.")
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise UserError(f"{path.name} är större än 20 megabyte, det är inget ifyllt formulär.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise UserError(f"Filen {path} finns inte.") from error
    except OSError as error:
        raise UserError(f"Filen {path} kan inte läsas. Är den öppen i ett annat program, eller en mapp?") from error


def _refuse_unsafe(content: bytes, name: str) -> None:
    """Raise UserError for what should not even be opened."""
    if content.startswith(OLD_OR_ENCRYPTED):
        raise UserError(f"{name} har lösenord eller är i ett äldre format. Spara den som .xlsx utan lösenord.")
    try:
        with ZipFile(BytesIO(content)) as parts:
            if sum(part.file_size for part in parts.infolist()) > LARGEST_CONTENT:
                raise UserError(f"{name} är större än 200 megabyte när den packas upp, det är inget ifyllt formulär.")
            texts = {part: parts.read(part) for part in parts.namelist()}
    except (BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as error:
        raise UserError(_damaged(name)) from error
    if any(part.endswith("vbaProject.bin") for part in texts) or b"macroEnabled" in texts.get(TYPES, b""):
        raise UserError(f"{name} har makron och läses inte. Spara den som ”Excel-arbetsbok (.xlsx)”.")
    if TYPES not in texts or any(b"<!DOCTYPE" in text for text in texts.values()):  # Excel writes no such thing
        raise UserError(_damaged(name))


def _damaged(name: str) -> str:
    return f"{name} är skadad eller ingen Excelfil, och kan inte läsas. Öppna den i Excel och spara om den som .xlsx."


def _loaded(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    return load_workbook(BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _rows(written: Any, computed: Any) -> Rows:
    found: Rows = {}
    for number, (first, second) in enumerate(zip(_cells(written), _cells(computed), strict=True), start=1):
        if any(cell.value is not None for cell in first):
            found[number] = [_value(*pair) for pair in zip(first, second, strict=True)]
    return found


def _cells(sheet: Any) -> Iterable[tuple[Any, ...]]:
    sheet.reset_dimensions()  # what the file says of its size need not be so
    rows: Iterable[tuple[Any, ...]] = sheet.iter_rows(max_col=WIDEST, max_row=LONGEST)
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
