"""Plain tables: a row of texts for each row of a frame."""

from collections.abc import Mapping, Sequence

import pandas as pd

from oj.present.grid import Cell, Grid, Head
from oj.present.output import Table

CENTRED = "number-table"


def plain_table(  # noqa: PLR0913, PLR0917
    frame: pd.DataFrame | Mapping[str, Sequence[Cell | str]],
    label: str,
    caption: str,
    widths: Sequence[float],
    kind: str = "text-table",
    notes: tuple[str, ...] = (),
    before: str = "",
) -> Table:
    """Return columns of texts, or cells, as a table whose first column heads the rows; `widths` are per cent.

    A line break in a text is one in its cell. `kind` is text-table, number-table (centred) or form-table.
    """
    first, *others = map(str, frame)
    columns = [[one if isinstance(one, Cell) else Cell(str(one)) for one in frame[name]] for name in map(str, frame)]
    rows = tuple(zip(*columns, strict=True))
    grid = Grid(first, (tuple(Head(name) for name in others),), rows, tuple(widths), kind)
    return Table(grid.html, f"tbl-{label}", caption, notes, before, grid)
