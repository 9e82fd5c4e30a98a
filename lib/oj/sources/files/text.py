"""A text file with a table, CSV, to rows of cells: its letters, and the sign that parts its cells, are found."""

import codecs
import csv
import re
from collections.abc import Callable, Mapping
from io import StringIO
from itertools import islice

from oj.sources.files.cells import WIDEST, Cell, Rows, too_large
from oj.sources.files.xml import seen
from oj.words.errors import UserError

MOST_LETTERS = 131_072  # of a cell; csv's own limit is everybody's in the process, and may have been raised
MOST_ABOVE = 200  # rows that a heading is looked for in
DELIMITERS = (";", "\t", ",")
UTF_16, UTF_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE), codecs.BOM_UTF32_LE
OTHER_DELIMITERS = "|~^"
OTHER_LETTERS = {"mac_roman": "Mac Roman, den gamla Macintoshens", "cp850": "DOS (CP850)"}
SWEDISH = re.compile("(?<=[A-Za-z])[åäöÅÄÖ]|[åäöÅÄÖ](?=[A-Za-z])")
MANGLED = re.compile("Ã[\u0080-\u00bf…„–€]|Â\u00a0|\ufffd")
SAVE = "Spara om den som ”CSV UTF-8 (kommaavgränsad)” i Excel"
IsHeading = Callable[[Cell], bool]


def decoded(content: bytes, name: str) -> str:
    """Return a file's text; raise UserError where its letters are of a kind that cannot be told or is not read."""
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise UserError(f"{name} är en Excelfil som heter CSV. Ge den ändelsen .xlsx, eller spara den som CSV.")
    if content.startswith(UTF_16) and not content.startswith(UTF_32):
        text = _decoded(content, "utf-16")
        if text is not None and "\0" not in text:
            return text
    if content.startswith(UTF_16) or b"\0" in content:
        rule = "är sparad i Unicode av ett annat slag (UTF-16 eller UTF-32) eller ingen textfil, och läses inte"
        raise UserError(f"{name} {rule}. {SAVE}.")
    text = _decoded(content, "utf-8-sig")
    if text is None:
        text = _decoded(content, "cp1252")
        counts = {one: len(SWEDISH.findall(content.decode(one))) for one in OTHER_LETTERS}
        best = max(counts, key=lambda one: counts[one])
        if counts[best] and not SWEDISH.search(text or ""):
            told = f"är sparad med bokstäver av ett annat slag, {OTHER_LETTERS[best]}, och läses inte"
            raise UserError(f"{name} {told}: å, ä och ö skulle bli fel. {SAVE}.")
        if text is None:
            raise UserError(f"{name} är varken UTF-8 eller Windows-1252. Spara om den som ”CSV UTF-8”.")
    if found := MANGLED.search(text):
        word = re.findall(r"\S*$", text[: found.start()])[0] + re.findall(r"^\S*", text[found.start() :])[0]
        rule = "Bokstäverna blev fel när filen sparades en tidigare gång; utgå från originalet. " + SAVE
        raise UserError(f"{name}: å, ä och ö är förvanskade, till exempel i ”{word[:40]}”. {rule}.")
    return text


def _decoded(content: bytes, encoding: str) -> str | None:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


def parted(text: str, name: str, is_heading: IsHeading) -> Rows:
    """Return the rows by line number, parted by the sign that gives a row of headings with the most cells."""
    found, broken = list[tuple[int, str, dict[int, list[str]]]](), list[UserError]()
    for delimiter in DELIMITERS:
        try:
            rows = _lines(text, delimiter, name)
        except UserError as error:
            broken.append(error)
            continue
        headings = [len(cells) for cells in islice(rows.values(), MOST_ABOVE) if any(map(is_heading, cells[:WIDEST]))]
        found.append((max(headings, default=0), delimiter, rows))
    if not found:
        raise broken[0]
    width, delimiter, rows = max(found, key=lambda one: (one[0], _is_even(one[2])))
    if not width:
        _refuse_other_delimiter(rows, name, is_heading)
    if delimiter == "," and width:
        _refuse_decimals(rows, width, name)
    widest = max(map(len, rows.values()), default=0)
    rule = f" har fler än {WIDEST} kolumner och läses inte" if widest > WIDEST else too_large(len(rows), widest)
    if rule:
        raise UserError(f"{name}{rule}.")
    return {row: [told if (told := seen(one)).strip() else None for one in cells] for row, cells in rows.items()}


def _is_even(rows: Mapping[int, list[str]]) -> bool:
    """Return whether all rows that are parted have as many cells."""
    return len({len(cells) for cells in rows.values() if len(cells) > 1}) == 1


def _refuse_other_delimiter(rows: Mapping[int, list[str]], name: str, is_heading: IsHeading) -> None:
    """Raise UserError for a file whose headings are parted by a sign that is not read."""
    for cells in islice(rows.values(), MOST_ABOVE):
        for sign in OTHER_DELIMITERS:
            if sign in cells[0] and any(is_heading(one.strip(' "')) for one in cells[0].split(sign)):
                raise UserError(f"{name} skiljer fälten åt med ”{sign}”, som inte läses. {SAVE}, eller med semikolon.")


def _refuse_decimals(rows: Mapping[int, list[str]], width: int, name: str) -> None:
    """Raise UserError where a row of a file of commas has more cells than its headings."""
    for row, cells in rows.items():
        if len(cells) > width and sum(1 for one in cells if one.strip()) > 1:
            raise UserError(
                f"{name} rad {row} har {len(cells)} fält, men rubriken {width}. Filen skiljer fälten åt med komma, så "
                "ett decimalkomma delar ett tal i två. Hela filen läses därför inte. Spara den i Excel som "
                "”CSV UTF-8” med semikolon eller som .xlsx, eller sätt citattecken om tal med decimalkomma."
            )


def _lines(text: str, delimiter: str, name: str) -> dict[int, list[str]]:
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: dict[int, list[str]] = {}
    line = 1
    try:
        for row in reader:
            if max(map(len, row), default=0) > MOST_LETTERS:
                raise csv.Error
            if any(cell.strip() for cell in row):
                rows[line] = row
            line = reader.line_num + 1
    except csv.Error as error:
        rule = "kan inte läsas. Ett citattecken saknas eller är för mycket, eller en cell är för lång."
        raise UserError(f"{name} rad {reader.line_num} {rule}") from error
    return rows
