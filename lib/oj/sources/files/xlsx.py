"""An .xlsx file to sheets, without trusting what is in it: what is too much is told in seconds, before it is read."""

import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from oj.sources.files.cells import Sheet
from oj.sources.files.looks import looks
from oj.sources.files.sheet import TooLargeError, read_sheet
from oj.sources.files.xml import notes_of, related, rels_of, root_of, sheet_names, words
from oj.words.errors import UserError

LARGEST_CONTENT = 200_000_000  # bytes, when unpacked
MOST_SHEETS, MOST_ROWS, MOST_CELLS, MOST_MERGED = 200, 100_000, 500_000, 5_000
LAST_ROW = 1_048_576  # that Excel has
MOST_SPANNED = 3 * LAST_ROW  # down to the last row of every sheet, with those that are empty
MOST_TAGS, MOST_OTHER_TAGS = 6_000_000, 400_000  # in sheets and their texts, and in the other parts
LONGEST_TEXT = 100_000  # signs between two tags; a cell of Excel's has at most 32 767
OLD_OR_ENCRYPTED = b"\xd0\xcf\x11\xe0"  # the container of .xls and of encrypted .xlsx
STRICT = b"http://purl.oclc.org/ooxml/"
COMMENTS = ("comments", "threadedComment")
TYPES = "[Content_Types].xml"
DAMAGED = "är skadad eller ingen Excelfil, och kan inte läsas. Öppna den i Excel och spara om den som .xlsx"
MACROS = "Spara den som ”Excel-arbetsbok (.xlsx)”"
LONG_TEXT = re.compile(rb"<[^<]{%d}" % LONGEST_TEXT)
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*?\br=\"(\d+)\"")
SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^>]*?\bid=\"([^\"]*)\"")
ODD = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")  # how UTF-16 begins, where nothing that is forbidden is seen
Parts = Mapping[str, bytes]


def read_sheets(name: str, content: bytes, widest: int | None = None) -> dict[str, Sheet]:
    """Return the sheets of an .xlsx file as they are seen, without the rows that are empty, and with what is merged.

    Columns beyond `widest` are left out where it is given. Formulas are not computed: the value that was saved with
    one is read. Raises UserError for a file that is not an unprotected .xlsx without macros, is damaged, or too large.
    """
    parts = _safe_parts(content, name)
    try:
        return dict(_sheets(parts, name, widest))
    except UserError:
        raise
    except Exception as error:  # whatever a damaged file makes the libraries raise
        raise UserError(f"{name} {DAMAGED}.") from error


def _sheets(parts: Parts, name: str, widest: int | None) -> Iterator[tuple[str, Sheet]]:
    """Yield the sheets of a workbook by name; raise UserError for one that is too large."""
    start = next(part for kind, part in related(parts.get(rels_of("")), "").values() if kind == "officeDocument")
    if STRICT in parts[start][:4000]:
        advice = "Öppna den i Excel och spara den som ”Excel-arbetsbok (.xlsx)”"
        raise UserError(f"{name} är sparad som ”Strict Open XML” och läses inte. {advice}.")
    relations = related(parts.get(rels_of(start)), start)
    kinds = dict(relations.values())
    strings = root_of(parts[kinds["sharedStrings"]]) if kinds.get("sharedStrings") in parts else ()
    shared = [words(one) for one in strings]
    found, hiding = looks(parts.get(kinds.get("styles", "")), parts.get(kinds.get("theme", "")))
    for title, part, is_hidden in sheet_names(root_of(parts[start]), relations):
        others = related(parts.get(rels_of(part)), part).values()
        commented = [parts[name] for kind, name in others if kind in COMMENTS and name in parts]
        notes = dict[str, str]()
        for cell, said in (one for other in commented for one in notes_of(other)):
            notes[cell] = "\n".join(filter(None, (notes.get(cell, ""), said)))
        try:
            sheet = read_sheet(parts[part], shared, found, hiding, widest, notes=notes, is_hidden=is_hidden)
        except TooLargeError as error:
            raise UserError(f"{name}{str(error).format(title=title)}.") from error
        yield title, sheet


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
        raise UserError(f"{name} {DAMAGED}.") from error
    if any(part.endswith("vbaProject.bin") for part in texts) or b"macroEnabled" in texts.get(TYPES, b""):
        raise UserError(f"{name} har makron och läses inte. {MACROS}.")
    if TYPES not in texts or any(b"<!DOCTYPE" in text for text in texts.values()):  # Excel writes no such thing
        raise UserError(f"{name} {DAMAGED}.")
    if rule := too_much(texts):
        raise UserError(f"{name} {rule}.")
    return texts


def too_much(parts: Parts) -> str:
    """Return in Swedish what there is too much of in a workbook, DAMAGED for what none has, "" where all is well."""
    texts = {name: part for name, part in parts.items() if name.endswith((".xml", ".rels"))}
    tables = {name: part for name, part in texts.items() if "worksheets/" in name or "sharedStrings" in name}
    others = [part for name, part in texts.items() if name not in tables]
    sheets = [number for part in others for number in SHEET.findall(part)]
    last = [max(map(int, ROW.findall(part)), default=0) for part in tables.values()]
    is_odd = any(part.startswith(ODD) for part in texts.values()) or len(set(sheets)) < len(sheets)
    limits = {
        f"har fler än {MOST_SHEETS} blad": len(sheets) > MOST_SHEETS,
        "har fler än 100 000 rader": _count(tables, b"row") > MOST_ROWS,
        "har fler än 500 000 rutor, med de tomma som har ett format": _count(tables, b"c") > MOST_CELLS,
        "har fler än 500 000 olika texter": _count(tables, b"si") > MOST_CELLS,
        "har fler än 5 000 sammanfogade områden": _count(tables, b"mergeCell") > MOST_MERGED,
        "har en ruta med mer än 100 000 tecken": any(LONG_TEXT.search(part) for part in tables.values()),
        "är för stor": sum(part.count(b"<") for part in tables.values()) > MOST_TAGS
        or sum(part.count(b"<") for part in others) > MOST_OTHER_TAGS,
        "har för många tomma rader": sum(last) > MOST_SPANNED,
    }
    rule = next((rule for rule, broken in limits.items() if broken), "")
    if is_odd or (max(last, default=0) > LAST_ROW and rule in ("", "har för många tomma rader")):
        return DAMAGED
    return f"{rule} och läses inte. Spara bara tabellen i en egen fil" if rule else ""


def _count(parts: Parts, tag: bytes) -> int:
    """Return how many elements of a kind there are, with or without a prefix to their names."""
    ways = [begin + tag + end for begin in (b"<", b":") for end in (b" ", b">", b"/")]
    closing = [b":" + tag + b">"]  # also ends an element with a prefix
    return sum(part.count(way) for part in parts.values() for way in ways if way not in closing)
