"""Files at the edge: the bytes of one that somebody brings, and a workbook saved with the same bytes each time."""

import datetime
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from oj.disk.bounded import read_bounded
from oj.disk.changes import change
from oj.disk.zipped import zipped
from oj.sources.files.xlsx import MACROS
from oj.words.errors import UserError, nearest, shortened, why
from oj.words.swedish import listing

LARGEST_FILE = 20_000_000  # bytes
MOST_BESIDE = 5  # files that are named where another is not found
EXCELS_OWN = "~$"  # how the name begins of the file that Excel has beside an open one
SAVE_AS = "Öppna den i Excel och spara om den som .xlsx."
INSTEAD = {
    ".xls": SAVE_AS,
    ".xlsb": SAVE_AS,
    ".ods": SAVE_AS,
    ".pdf": "Tabeller i en PDF läses inte.",
}
MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def read_bytes(path: Path, suffix: str = ".xlsx") -> bytes:
    """Return a file's bytes; raise UserError for one of another kind, one that is not there, or is too large."""
    if path.suffix.lower() == ".xlsm":
        raise UserError(f"{path.name} kan ha makron och läses inte. {MACROS}.")
    if path.name.startswith(EXCELS_OWN):
        own = path.name.removeprefix(EXCELS_OWN)
        told = f"{path.name} är en hjälpfil som Excel har medan arbetsboken är öppen, och har inga resultat"
        raise UserError(f"{told}. Spara och stäng arbetsboken i Excel, och läs in den: {own}.")
    if path.suffix.lower() != suffix:
        told = f"{path.name} är ingen Excelfil av rätt slag. Den ska sluta på .xlsx."
        raise UserError(f"{told} {INSTEAD.get(path.suffix.lower(), '')}".rstrip())
    try:
        return read_bounded(path, LARGEST_FILE, path.name)
    except FileNotFoundError as error:
        raise UserError(f"Filen {path} finns inte.{_beside(path)}") from error
    except OSError as error:
        raise UserError(f"Filen {path} kan inte läsas. Är den öppen i ett annat program, eller en mapp?") from error


def _beside(path: Path) -> str:
    """Return, as a hint, the file that is like one that is not there, or what files are beside it."""
    there = sorted(one.name for one in path.parent.glob(f"[!~.]*{path.suffix}") if one.is_file())
    if not path.parent.is_dir():
        return f" Mappen {path.parent} finns inte heller."
    if hint := nearest(path.name, there):
        return hint
    told = f"De som slutar på {path.suffix} där är {listing(there[:MOST_BESIDE])}" if there else "Där finns ingen sådan"
    return f" Den söktes i {path.parent.resolve()}. {told}{' med flera' if len(there) > MOST_BESIDE else ''}."


def told_of(title: str, notes: Sequence[str], blank: Sequence[str]) -> list[str]:
    """Return, as lines in Swedish, what of the sheet `title` is not read and is no fault."""
    told = {"Anteckningar och kommentarer vid celler läses inte": notes,
            "Formler utan sparat värde, som kan ge en tom cell, läses som tomma": blank}  # fmt: skip
    return [f"{what}: {title} {', '.join(cells)}." for what, cells in told.items() if cells]


def saved(workbook: Any, moment: datetime.datetime) -> bytes:
    """Return an openpyxl workbook as the bytes of an .xlsx file, with `moment` in place of the clock's time.

    What begins as a formula is text: none of our workbooks computes, and what people write must not.
    """
    for cell in (cell for sheet in workbook.worksheets for row in sheet.iter_rows() for cell in row):
        if cell.data_type == "f":
            cell.data_type, cell.quotePrefix = "s", True
    workbook.properties.created = moment
    raw = BytesIO()
    workbook.save(raw)
    with ZipFile(raw) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    told = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    parts["docProps/core.xml"] = MODIFIED.sub(rb"\g<1>" + told, parts["docProps/core.xml"])
    return zipped(parts.items())


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
        told = f"{shortened(str(target))} kan inte skrivas: {why(error)}"
        raise UserError(f"{told}. Ge en annan mapp eller ett annat namn med --output.") from error
