"""What a PDF of Typst's lacks for those who hear it read: which cells head the rows of its tables, and its last rows.

The last rows of a long table are its foot, to be kept together on paper; they are rows as the others.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

TABLE, BODY, FOOT, ROW, CELL = "/Table", "/TBody", "/TFoot", "/TR", "/TD"
COMPACT = pikepdf.ObjectStreamMode.generate


def with_row_heads(written: bytes) -> bytes:
    """Return a tagged PDF with the first cell of every row under a table's heads as the head of its row."""
    saved = BytesIO()
    with pikepdf.open(BytesIO(written)) as pdf:
        for table in _tagged(pdf.Root.StructTreeRoot, TABLE):
            _join_foot(table)
        for body in _tagged(pdf.Root.StructTreeRoot, BODY):
            for row in _tagged(body, ROW):
                first = next(_tagged(row, CELL), None)
                if first is not None:
                    first.S = pikepdf.Name.TH
                    first.A = pikepdf.Array([_scope(), *_layout(first)])
        pdf.save(saved, deterministic_id=True, fix_metadata_version=False, object_stream_mode=COMPACT)
    return saved.getvalue()


def _join_foot(table: Any) -> None:
    """Make the rows of a table's foot the last ones of its body."""
    for foot in list(_tagged(table, FOOT)):
        (body,) = _tagged(table, BODY)
        rows = list(_tagged(foot, ROW))
        for row in rows:
            row.P = body
        body.K = pikepdf.Array([*body.K, *rows])
        table.K = pikepdf.Array([kid for kid in table.K if kid != foot])


def _tagged(element: Any, kind: str) -> Iterator[Any]:
    """Yield the elements of a kind in an element, not those in one of them."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if str(kid.S) == kind:
                yield kid
            else:
                yield from _tagged(kid, kind)


def _scope() -> pikepdf.Dictionary:
    """Return what says that a cell heads its row, a new one each time: an object is one file's alone."""
    return pikepdf.Dictionary({"/O": pikepdf.Name.Table, "/Scope": pikepdf.Name.Row})


def _layout(cell: Any) -> list[Any]:
    """Return how a cell is drawn, without what a cell of figures says of its heads."""
    about = cell.get("/A", [])
    return [one for one in (about if isinstance(about, pikepdf.Array) else [about]) if str(one.O) != "/Table"]
