"""A table before it is HTML: rows of cells under one or two levels of heads, each with its ground and its figures.

The HTML is plain and accessible (scope, row headers, the answer spelled out beside its colour) and carries its few
styles inline, so that pandoc keeps them in PDF and Word.
"""

import html
import re
from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd
import pyphen

from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL
from oj.words.frames import each_row
from oj.words.plain_text import as_html
from oj.words.swedish import NO_BREAK_SPACE
from oj.words.vocabulary import UNITS

SOFT_HYPHEN = "\u00ad"
BULLET = "• "
HOW_REACHED = "Antal svar med Ja, av de mål som kommunen har en uppgift för."
HOW_AVERAGE = "Summan av andelarna med Ja, för de mål som har en andel: så många mål som nås i genomsnitt."
HOW_CHANGED = "Antalet svar, eller de kommuner, som har ändrats så sedan den tidigare utgåvan."
OF_MANY = re.compile(r"(?<=\d) av (?=\d)")  # stays on one line
LONG_WORD = re.compile(r"[^\W\d_]{9,}")  # letters; a shorter word stays whole, but in a column narrower than it is
WORD = re.compile(r"[^\W\d_]{6,}")
LETTER, NARROW, EDGES = 1.15, 0.5, 1.2  # per cent of the text's width on paper: of a head, and what is beside it
NARROW_LETTERS = frozenset("fijlrt")
BREAKS = {  # compounds that the dictionary breaks in the wrong place
    "barnutredningar": "barn-utred-ningar",
    "bedömningsinstrument": "bedöm-nings-instru-ment",
    "stödgruppsverksamhet": "stöd-grupps-verk-samhet",
    "ungdomsmedicin": "ungdoms-medi-cin",
}
Column = tuple[str, str]  # a measure in a period
LEFT = ("text-table", "form-table")  # kinds with texts; those of every other kind are centred but for the first column


@dataclass(frozen=True)
class Cell:
    """A cell: its text, its ground, the status of its figure, the rows that it is made from, and `how` if not one's.

    Where its text ends with a sign, `spoken` is what the sign is to the ear.
    """

    text: str
    fill: str = ""
    status: str = ""
    rows: tuple[int, ...] = ()
    how: str = ""
    spoken: str = ""


@dataclass(frozen=True)
class Head:
    """What stands over a column, or over a group of `span` columns."""

    text: str
    span: int = 0
    is_light: bool = False


@dataclass(frozen=True)
class Grid:
    """Rows of cells, the first a heading, under `heads` of one or two levels; `widths` are per cent, `kind` a class."""

    corner: str
    heads: tuple[tuple[Head, ...], ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]
    kind: str

    @property
    def statuses(self) -> set[str]:
        """Why figures in its cells are as they are."""
        return {cell.status for row in self.rows for cell in row}

    @property
    def html(self) -> str:
        """The table as HTML."""
        return self._html(_style)

    @property
    def followed_html(self) -> str:
        """The table as HTML with, in each cell, the numbers of the rows that it is made from and how."""
        return self._html(lambda align, cell: _style(align, cell) + _behind(cell))

    def _room(self, level: Sequence[Head]) -> Sequence[float]:
        """Return how wide each head of a level is, where each is over a column of its own; else the whole width."""
        own = self.widths[1:]
        return own if len(self.heads) == 1 and len(own) == len(level) else [100.0] * len(level)

    def _html(self, attributes: Callable[[str, Cell], str]) -> str:
        align = "left" if self.kind in LEFT else "center"
        decimals = ".2f" if len(self.heads) > 1 else "g"
        columns = "".join(f'<col style="width:{width:{decimals}}%">' for width in self.widths)
        levels = [
            "".join(_head(head, align, width) for head, width in zip(level, self._room(level), strict=True))
            for level in self.heads
        ]
        down = f' rowspan="{len(levels)}"' if len(levels) > 1 else ""
        levels[0] = f'<th scope="col"{down} style="text-align:left">{as_html(self.corner)}</th>{levels[0]}'
        head = "".join(f"<tr>{level}</tr>" for level in levels)
        body = "".join(
            f'<tr><th scope="row"{attributes("left", first)}>{_lines(first)}</th>'
            + "".join(f"<td{attributes(align, cell)}>{_lines(cell)}</td>" for cell in cells)
            + "</tr>"
            for first, *cells in self.rows
        )
        return (
            f'<table class="{self.kind}"><colgroup>{columns}</colgroup><thead>{head}</thead>'
            f"<tbody>{body}</tbody></table>"
        )


def figure_cell(row: Any, absent: str, fill: str = "") -> Cell:
    """Return a figure's row as a cell on a ground; without one `absent`."""
    return Cell(absent, fill, "missing") if row is None else Cell(row.display, fill, row.status, (int(row.Index),))


def answer_cell(row: Any, level: str, absent: str) -> Cell:
    """Return a figure's row as a cell in its answer's colour, else on the ground of its place's level."""
    lacking = row is None or row.status != "observed"
    return figure_cell(row, absent, LACKING_FILL if lacking else ANSWER_FILLS.get(row.answer, ground_of(level)))


def rows_of_places(
    frame: pd.DataFrame, columns: Sequence[Column], cell: Callable[[Any, str, Column], Cell]
) -> tuple[tuple[Cell, ...], ...]:
    """Return a row for each place, under its name; `cell` gives a figure's (None for none) by its level and column."""
    rows = {(row.place, row.measure, row.period): row for row in each_row(frame)}
    return tuple(
        (
            Cell(place.place_name, ground_of(place.level)),
            *(cell(rows.get((place.place, *column)), place.level, column) for column in columns),
        )
        for place in each_row(frame.drop_duplicates("place"))
    )


def ground_of(level: str) -> str:
    """Return the ground of a place's row: none of a municipality's, which its answers colour."""
    return "" if level == UNITS[0] else REGION_FILL


def corner_of(levels: Container[str]) -> str:
    """Return what stands over the names of places."""
    return "Kommun" if UNITS[0] in levels else "Område"


def _head(head: Head, align: str, width: float) -> str:
    scope = f'scope="colgroup" colspan="{head.span}"' if head.span else 'scope="col"'
    weight = ";font-weight:400" if head.is_light else ""
    soft = html.escape(WORD.sub(lambda found: _soft(found[0], width), head.text))  # breaks well in a narrow column
    return f'<th {scope} style="text-align:{align}{weight}">{soft}</th>'


def _style(align: str, cell: Cell) -> str:
    return f' style="text-align:{align}{f";background-color:{cell.fill}" if cell.fill else ""}"'


def _behind(cell: Cell) -> str:
    how = f' data-how="{html.escape(cell.how)}"' if cell.how else ""
    return f' data-o="{" ".join(map(str, cell.rows))}"{how}' if cell.rows else ""


def _lines(cell: Cell) -> str:
    """Return a cell's lines as HTML; those that begin with a bullet are a list."""
    lines = OF_MANY.sub(f"{NO_BREAK_SPACE}av{NO_BREAK_SPACE}", cell.text).split("\n")
    if all(line.startswith(BULLET) for line in lines):
        return f"<ul>{''.join(f'<li>{as_html(line.removeprefix(BULLET))}</li>' for line in lines)}</ul>"
    shown = "<br>".join(as_html(line) for line in lines)
    return f'{shown[:-1]}<span role="img" aria-label="{cell.spoken}">{shown[-1]}</span>' if cell.spoken else shown


def _soft(word: str, width: float) -> str:
    """Return a word that may be broken where it is long, or has no room in its column."""
    need = sum(NARROW if one in NARROW_LETTERS else LETTER for one in word) + EDGES
    return _breakable(word) if LONG_WORD.match(word) or need > width else word


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv_SE", left=3, right=3)


def _breakable(word: str) -> str:
    known = BREAKS.get(word.lower())
    return known.replace("-", SOFT_HYPHEN) if known else str(_dictionary().inserted(word, SOFT_HYPHEN))
