"""What stands on the slides: chosen out of the book, in its own words and figures, with room to be read.

Nothing is said here that the book does not say. What there is no room for on a slide is in its speaker notes.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from math import ceil
from pathlib import Path

import panflute as pf

from oj.present.style import REGION_FILL
from oj.publish.chapters.instances import SHEETS
from oj.publish.render.syntax import Book, Chapter, caption_of
from oj.publish.render.walking import all_of

WHOLE, EACH = 8, 6  # slides
LINE, LINE_BESIDE, LINES = 68, 25, 11  # letters to a line, the same beside a picture, and lines on a slide
ROWS, ROW_LETTERS, LONGEST_CELL, LONGEST_TITLE = 13, 84, 480, 60  # of a table
COMPARED = ("År", "Når", "Länet", "Riket")  # heads of columns that are wanted first
ALL = "Alla "  # how the heading of a last column of all begins
BEFORE, APART = ("index", "oversikt"), ("metod", "regler", "faktablad", "analysguide", "utveckling")
REFERENCE = re.compile(r"(?:,\s|\s\(|^\()(?:(?:Tabell|Figur|Avsnitt)\s[\d.]+(?:,\s)?)+(?P<end>\)?)")
Rows = tuple[tuple[str, ...], ...]
TALK = (
    "Stämmer bilden med det ni själva ser?",
    "Vad är viktigast att ändra för dem det gäller?",
    "Vem gör vad, och när följer ni upp det?",
)


@dataclass(frozen=True)
class Slide:
    """A slide: its title, points, table (its heads first), picture with alt text, and speaker notes."""

    title: str
    points: tuple[str, ...] = ()
    table: Rows = ()
    picture: str = ""
    alt: str = ""
    notes: tuple[str, ...] = ()


@dataclass
class Section:
    """What a heading of a chapter has under it: points, tables (caption, rows, which are regions') and pictures."""

    chapter: Chapter
    title: str
    points: list[str] = field(default_factory=list)
    tables: list[tuple[str, Rows, frozenset[str]]] = field(default_factory=list)
    pictures: list[tuple[str, str]] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def notes(self) -> tuple[str, ...]:
        """Where it stands in the report, and what is remarked under its tables."""
        where = [self.chapter.title, *([] if self.title == self.chapter.title else [self.title])]
        return (f"Ur rapporten: {', '.join(where)}.", *self.remarks)


def of_the_whole(book: Book, closing: Sequence[str]) -> list[Slide]:
    """Return the slides of a report but for the title: what it holds, what stands out, what to do; `closing` last."""
    chapters = {Path(one.source).stem: sections(one) for one in book.chapters if not one.source.startswith(SHEETS)}
    summary = chapters.get("index", []) or [Section(book.chapters[0], book.chapters[0].title)]
    first = next((one for one in summary if one.points), summary[0])
    rest = [one for one in summary if one is not first]
    overview = [made for one in chapters.get("oversikt", []) for made in pictured(one)][:1]
    guide = [made for one in chapters.get("analysguide", []) for made in tabled(one)][:1]
    areas = [made for name, own in chapters.items() if name not in BEFORE + APART for one in own
             for made in pictured(one)[:1]]  # fmt: skip
    others = [made for one in chapters.get("utveckling", []) for made in [*pictured(one), *tabled(one)]]
    said = [made for one in rest for made in written(one)]
    told = first.points or [one for text in first.paragraphs[-1:] for one in _sentences(text)]
    opening = written(replace(first, title="Vad rapporten visar", points=told))
    room = WHOLE - 2 - len(opening[:1])
    wanted = [*said[:2], *overview, *guide, *areas, *others, *said[2:], Slide("Att prata om", TALK)]
    kept = wanted[:room]
    ordered = [one for one in [*said, *overview, *areas, *others, *guide, wanted[-1]] if one in kept]
    return [*opening[:1], *ordered, Slide("Att ta med sig", tuple(closing), notes=tuple(TALK))]


def of_one(book: Book, chapter: Chapter, name: str, closing: Sequence[str]) -> list[Slide]:
    """Return the slides of a municipality but for the title; `name` is what it is called."""
    own = sections(chapter)
    brief = [made for one in own for made in written(replace(one, title=f"{name} i korthet"))]
    tables = [made for one in own for made in tabled(one, name)]
    map_ = [made for other in book.chapters if Path(other.source).stem == "oversikt"
            for one in sections(other) for made in pictured(one, name)][:1]  # fmt: skip
    tables.sort(key=lambda one: -len(one.table))
    wanted = [*brief[:1], *tables[:1], *map_, *brief[1:], *tables[1:], Slide("Att prata om", TALK)]
    kept = wanted[: EACH - 2]
    ordered = [one for one in [*brief, *map_, *tables, wanted[-1]] if one in kept]
    return [*ordered, Slide("Att ta med sig", tuple(closing), notes=tuple(TALK))]


def sections(chapter: Chapter) -> list[Section]:
    """Return a chapter's sections in order, the first under its own heading."""
    found, year = [Section(chapter, chapter.title)], ""
    for block in chapter.blocks:
        if isinstance(block, pf.Header):
            title = pf.stringify(block)
            year = title if title.isdigit() else year if block.level > 2 else ""
            found += [Section(chapter, f"{year}: {title}" if year != title and year else title)] * (block.level > 1)
        elif isinstance(block, pf.Figure):
            image = block.content[0].content[0]
            alt = str(image.attributes.get("fig-alt", "")) or plain(block)
            found[-1].pictures.append((str(Path(image.url).with_suffix(".png").as_posix()), alt))
        elif isinstance(block, pf.Div) and block.identifier.startswith("tbl-"):
            found[-1].tables.append(_table(block))
        elif isinstance(block, pf.Div) and "table-note" in block.classes:
            found[-1].remarks.append(plain(block))
        elif isinstance(block, pf.Para):
            found[-1].paragraphs.append(plain(block))
        elif isinstance(block, pf.BulletList) or (isinstance(block, pf.Div) and "findings" in block.classes):
            items = all_of(pf.ListItem, [block])
            found[-1].points += [plain(one) for one in items] or _sentences(plain(block))
    return found


def _table(div: pf.Div) -> tuple[str, Rows, frozenset[str]]:
    """Return a table's caption, its rows of texts (heads first), and the names of its rows that are regions'."""
    table = next(block for block in div.content if isinstance(block, pf.Table))
    body = [row for part in table.content for row in part.content]
    rows = (_heads(table), *(tuple(plain(cell) for cell in row.content) for row in body))
    regions = [row for row in body if REGION_FILL in str(row.content[0].attributes.get("style", ""))]
    caption = "".join(pf.stringify(one) for one in caption_of(div))
    return caption.strip().rstrip("."), rows, frozenset(plain(row.content[0]) for row in regions)


def _heads(table: pf.Table) -> tuple[str, ...]:
    """Return what stands over each column of a table, from all the rows of its heads: ”Egna mål, andel, 2022”."""
    levels = [dict[int, str]() for _ in table.head.content]
    for level, row in enumerate(table.head.content):
        for cell in row.content:
            first = next(at for at in range(table.cols) if at not in levels[level])
            for below in levels[level : level + cell.rowspan]:
                below.update(dict.fromkeys(range(first, first + cell.colspan), plain(cell)))
    return tuple(", ".join(dict.fromkeys(one[at] for one in levels if one.get(at))) for at in range(table.cols))


def plain(element: pf.Element) -> str:
    """Return an element's text on one line, without references to where else in the book it stands.

    >>> plain(pf.Para(pf.Str("Alla når målet (28 procentenheter, 84 mot 56 %, Tabell 3.2) för BBIC (Tabell 5.1).")))
    'Alla når målet (28 procentenheter, 84 mot 56 %) för BBIC.'
    """
    text = " ".join(pf.stringify(element).replace("\u00ad", "").split(" ")).strip()
    return REFERENCE.sub(lambda found: found["end"] if found[0].startswith(",") else "", " ".join(text.split("\n")))


def _sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=[.!?])\s(?=[A-ZÅÄÖ])", text) if one]


def written(section: Section) -> list[Slide]:
    """Return a section's points on as many slides as they need; one too long for a slide is in the notes."""
    points = [part for one in section.points for part in ([one] if _lines(one, LINE) <= LINES else _sentences(one))]
    left = tuple(one for one in points if _lines(one, LINE) > LINES)
    slides, rest = list[Slide](), [one for one in points if one not in left]
    while rest:
        shown, rest = _fitting(rest, LINE)
        title = f"{section.title}{', forts.' if slides else ''}{f' {len(slides)}' if len(slides) > 1 else ''}"
        slides.append(Slide(title, tuple(shown), notes=(*section.notes, *(() if slides else left))))
    return slides


def _fitting(points: Sequence[str], width: int) -> tuple[list[str], list[str]]:
    """Return the first points that fit where a line has `width` letters, and those after them."""
    used = list(accumulate(_lines(one, width) for one in points))
    size = sum(lines <= LINES for lines in used)
    return list(points[:size]), list(points[size:])


def _lines(text: str, width: int) -> float:
    """Return how many lines a point takes, with the space before it."""
    return ceil(len(text) / width) + 0.2


def pictured(section: Section, name: str = "") -> list[Slide]:
    """Return a section's first picture with its numbers beside: of its table, else its points; none without them.

    A table has room for one column: its only one, or that of all the others together; one of several says nothing of
    the picture. With `name` the numbers are that municipality's and the regions'.
    """
    if not section.pictures:
        return []
    path, alt = section.pictures[0]
    shown, rest = _fitting(section.points, LINE_BESIDE)
    slide = Slide(section.title, picture=path, alt=alt, notes=(*section.notes, *rest))
    for rows, regions in [(rows, regions) for _, rows, regions in section.tables if _is_summed(rows)]:
        ends = tuple((row[0], row[-1]) for row in rows if not name or row is rows[0] or row[0] in {name, *regions})
        if len(ends) <= ROWS and all(len(left) <= 20 and len(right) <= 18 for left, right in ends):
            return [replace(slide, table=ends, notes=(*section.notes, *section.points))]
    return [replace(slide, points=tuple(shown))] if shown and not name else []


def _is_summed(rows: Rows) -> bool:
    return len(rows[0]) == 2 or rows[0][-1].startswith(ALL)


def parts_of(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return which part of a table's width each column is to have, by its longest cell.

    >>> parts_of([("Mål", "Antal", ""), ("abcdefghijklmno", "1 av 2", "")])
    [0.5, 0.3, 0.2]
    """
    wide = [min(max(len(row[at]) for row in rows), 60) for at in range(len(rows[0]))]
    shares = [max(own, max(wide) * 0.4, 9) if own > 3 else 6 for own in wide]
    return [round(own / sum(shares), 4) for own in shares]


def tabled(section: Section, name: str = "") -> list[Slide]:
    """Return a section's tables that can be read on a slide; of a long one the first rows, and that there are more.

    With `name` the columns are that municipality's and those it is compared with, where there are such.
    """
    return [slide for caption, rows, _ in section.tables for slide in _tabled(section, caption, rows, name)]


def _tabled(section: Section, caption: str, rows: Rows, name: str) -> list[Slide]:
    """Return a table with the columns that have room, and its first rows; none where that is not to be read."""
    kept = _columns(rows, name)
    chosen = [tuple(row[at] for at in kept) for row in rows]
    room = [ROW_LETTERS * part for part in parts_of(chosen)]
    used = list(accumulate(max(ceil(len(text) / own) for text, own in zip(row, room, strict=True)) for row in chosen))
    size = sum(lines <= ROWS for lines in used)
    years = {at for at, head in enumerate(rows[0]) if head.isdigit()}
    if years and years.isdisjoint(kept):  # what it says has no room, only what it is about
        return []
    if len(kept) < 2 or size < 2 or not all(all(row) for row in chosen):
        return []
    left = [f"{len(rows) - size} rader till står i rapporten."] if size < len(rows) else []
    title = caption if len(caption) <= LONGEST_TITLE else re.split(r"[:,] ", caption)[0]
    return [Slide(title, table=tuple(chosen[:size]), notes=(*section.notes, *left))]


def _columns(rows: Rows, name: str) -> list[int]:
    """Return which columns stand on a slide: those compared, else the first that have room beside each other."""
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    compared = [0, *(at for at, head in enumerate(rows[0]) if at and head in (name, *COMPARED))]
    if len(compared) > 2:
        return compared
    kept = [at for at in range(len(widths)) if sum(widths[: at + 1]) <= ROW_LETTERS]
    return kept if len(kept) > 1 or len(widths) < 2 or widths[1] > LONGEST_CELL else [0, 1]
