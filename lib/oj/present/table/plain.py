"""Plain tables of texts, and soft hyphens for narrow headers."""

import html
import re
from collections.abc import Sequence
from functools import cache

import pandas as pd
import pyphen

from oj.present.output import Table
from oj.words.plain_text import as_html

SOFT_HYPHEN = "\u00ad"
LONG_WORD = re.compile(r"[^\W\d_]{9,}")  # letters; a shorter word stays whole
BREAKS = {  # compounds that the dictionary breaks in the wrong place
    "barnutredningar": "barn-utred-ningar",
    "bedömningsinstrument": "bedöm-nings-instru-ment",
    "stödgruppsverksamhet": "stöd-grupps-verk-samhet",
    "ungdomsmedicin": "ungdoms-medi-cin",
}
CENTRED = "number-table"


def plain_table(
    frame: pd.DataFrame, label: str, caption: str, widths: Sequence[float], kind: str = "text-table"
) -> Table:
    """Return a frame of texts as a table whose first column heads the rows; `widths` are per cent.

    A line break in a text is one in its cell. `kind` is text-table, number-table (centred) or form-table.
    """
    left = ' style="text-align:left"'  # JupyterLab sets tables to the right
    align = ' style="text-align:center"' if kind == CENTRED else left
    columns = "".join(f'<col style="width:{width:g}%">' for width in widths)
    first, *others = frame.columns
    header = f'<th scope="col"{left}>{as_html(str(first))}</th>'
    header += "".join(f'<th scope="col"{align}>{soft(str(name))}</th>' for name in others)
    body = "".join(
        f'<tr><th scope="row"{left}>{_lines(first)}</th>'
        + "".join(f"<td{align}>{_lines(cell)}</td>" for cell in rest)
        + "</tr>"
        for first, *rest in frame.itertuples(index=False)
    )
    head = f"<colgroup>{columns}</colgroup><thead><tr>{header}</tr></thead>"
    return Table(f'<table class="{kind}">{head}<tbody>{body}</tbody></table>', f"tbl-{label}", caption)


def _lines(cell: object) -> str:
    return "<br>".join(as_html(line) for line in str(cell).split("\n"))


@cache
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="sv_SE", left=3, right=3)


def soft(text: str) -> str:
    """Return `text` with soft hyphens in its long words, so that narrow headers break well everywhere."""
    return html.escape(LONG_WORD.sub(lambda found: _breakable(found[0]), text))


def _breakable(word: str) -> str:
    known = BREAKS.get(word.lower())
    return known.replace("-", SOFT_HYPHEN) if known else str(_dictionary().inserted(word, SOFT_HYPHEN))
