"""Forms in Word: an empty table becomes one with fields to write in, each named after its row and column."""

from typing import Any

from oj.publish.word.xml import make, written

FORM_RULES = dict.fromkeys(("left", "right", "insideV"), ("4", "8A919C"))  # eighths of a point, colour
FIELD_HINT = "Skriv här"


def is_form(table: Any) -> bool:
    """Return whether a table is one to fill in: every cell but those of the first row and column is empty."""
    texts = [[cell.text for cell in row.cells] for row in table.rows]
    return len(texts) > 1 and all(len(row) > 1 and not "".join(row[1:]).strip() for row in texts[1:])


def make_form(table: Any) -> None:
    """Give every empty cell of a table a field, named after its row and column."""
    head = [cell.text for cell in table.rows[0].cells]
    for row in table.rows[1:]:
        for name, cell in zip(head[1:], row.cells[1:], strict=True):
            paragraph = cell.paragraphs[0]._p
            for run in list(paragraph.r_lst):
                paragraph.remove(run)
            paragraph.append(_field(f"{row.cells[0].text}, {name}"))


def _field(name: str) -> Any:
    """Return a field to write several lines in, with a hint that goes when one writes."""
    properties = [
        make("w:alias", {"w:val": name}),
        make("w:showingPlcHdr"),
        make("w:text", {"w:multiLine": "1"}),
    ]
    grey = make("w:rPr", children=[make("w:color", {"w:val": "767676"})])
    hint = make("w:r", children=[grey, written("w:t", FIELD_HINT)])
    return make("w:sdt", children=[make("w:sdtPr", children=properties), make("w:sdtContent", children=[hint])])
