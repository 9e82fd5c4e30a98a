"""Tables as a reader sees them, the same shape from every format, and the answer key's cells in them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from golden import Cell, normalised, sheet_tables
from oj.facts.catalog import in_table
from oj.facts.datapackage import read_table

PLACE_COLUMNS = ("Kommun", "Område")  # the second where the county has no municipalities
GROUP_CAPTION = "Kommunernas befolkningsgrupp och kommungrupp."
GROUP_COLUMNS = ["Kommun", "Befolkningsgrupp (1–5)", "SKL:s kommungrupp (1–10)"]


Rows = list[list[str]]


class Spanned(NamedTuple):
    """One cell as it is marked up: its text, the columns and rows that it spans, its fill (RRGGBB or empty)."""

    text: str
    columns: int = 1
    rows: int = 1
    fill: str = ""


class Grid(NamedTuple):
    """A table: its caption, its header rows and body rows, a merged cell's text in every place that it spans."""

    caption: str
    header: Rows
    body: Rows
    fills: Rows


def one_line(text: str) -> str:
    """Return a text without soft hyphens and the marks of a list, with single plain spaces."""
    return " ".join(text.replace("\u00ad", "").replace("•", " ").split())


def spread(rows: Sequence[Sequence[Spanned]]) -> list[list[Spanned]]:
    """Return rows with every spanning cell in each place that it covers."""
    taken: dict[tuple[int, int], Spanned] = {}
    for at, row in enumerate(rows):
        column = 0
        for cell in row:
            while (at, column) in taken:
                column += 1
            for down in range(cell.rows):
                taken |= {(at + down, column + right): cell for right in range(cell.columns)}
            column += cell.columns
    width = 1 + max((column for _, column in taken), default=-1)
    return [[taken.get((at, column), Spanned("")) for column in range(width)] for at in range(len(rows))]


def texts_of(rows: Sequence[Sequence[Spanned]]) -> Rows:
    """Return the text of every place of marked-up rows."""
    return [[one_line(cell.text) for cell in row] for row in spread(rows)]


def grid(caption: str, header: Sequence[Sequence[Spanned]], body: Sequence[Sequence[Spanned]]) -> Grid:
    """Return marked-up rows as a grid."""
    fills = [[cell.fill for cell in row] for row in spread(body)]
    return Grid(one_line(caption), texts_of(header), texts_of(body), fills)


def by_title(grids: Iterable[Grid]) -> dict[str, Grid]:
    """Return grids by their captions without number: "Tabell 1.1: Bakgrundsmått, 2015." is "Bakgrundsmått, 2015."."""
    found = [(item.caption.partition(": ")[2], item) for item in grids]
    assert len(dict(found)) == len(found), "two tables have the same caption"
    return dict(found)


def result_grids(grids: Mapping[str, Grid], edition: str = "2015") -> dict[str, Grid]:
    """Return the result tables by id; each must be there, its columns those of the catalogue in their order."""
    titles = read_table("tables").set_index("table")["title"]
    found = {}
    for table in sheet_tables().values():
        (item,) = (
            one for key, one in grids.items() if key.startswith(f"{titles[table]}, ") and key.endswith(f"{edition}.")
        )
        found[table] = item
        assert item.header[-1][0] in PLACE_COLUMNS, table
        assert item.header[-1][1:] == [one_line(indicator.title) for indicator in in_table(table)], table
    return found


def result_cells(grids: Mapping[str, Grid]) -> list[Cell]:
    """Return every cell of the result tables, as the answer key has them."""
    return [
        Cell(table, indicator.id, row[0], text)
        for table, item in result_grids(grids).items()
        for row in item.body
        for indicator, text in zip(in_table(table), row[1:], strict=True)
    ]


def cells_by_columns(tables: Iterable[Rows]) -> list[Cell]:
    """Return every cell of the result tables, known by their columns alone, whatever stands around them."""
    columns = {table: tuple(one_line(item.title) for item in in_table(table)) for table in sheet_tables().values()}
    known = {titles: table for table, titles in columns.items()}
    return [
        Cell(known[tuple(head[1:])], indicator.id, row[0], text)
        for rows in tables
        for at, head in enumerate(rows)
        if tuple(head[1:]) in known
        for row in rows[at + 1 :]
        for indicator, text in zip(in_table(known[tuple(head[1:])]), row[1:], strict=True)
    ]


def group_cells(grids: Mapping[str, Grid]) -> list[Cell]:
    """Return every cell of the table of municipal groups: its number and what the number means."""
    item = grids[GROUP_CAPTION]
    assert item.header == [GROUP_COLUMNS]
    return [
        Cell("grupper", classification, row[0], text)
        for row in item.body
        for classification, text in zip(("befolkningsgrupp", "kommungrupp"), row[1:], strict=True)
    ]


def with_meaning(expected: Iterable[Cell]) -> list[Cell]:
    """Return the answer key's groups as the report shows them, such as 3: 30 000–69 999 invånare."""
    classes = read_table("group-classes").set_index(["classification", "class"])
    field = {"befolkningsgrupp": "meaning", "kommungrupp": "name"}
    return [
        cell._replace(text=f"{cell.text}: {classes.loc[(cell.indicator, int(cell.text)), field[cell.indicator]]}")
        for cell in expected
    ]


def told(lines: Sequence[str]) -> None:
    """Fail with every line, where there is one."""
    assert not lines, "\n".join([f"{len(lines)} st.", *lines])


def differences(shown: Sequence[Cell], expected: Sequence[Cell]) -> list[str]:
    """Return a line for every cell that is shown otherwise, is lacking, stands twice or is not expected."""
    texts: dict[tuple[str, ...], list[str]] = {}
    for cell in shown:
        texts.setdefault(cell[:3], []).append(cell.text)
    wanted = {cell[:3]: cell.text for cell in expected}
    wrong = [
        f"{' / '.join(key)}: trycket ”{text}”, rapporten {texts.get(key, 'ingenting')}"
        for key, text in wanted.items()
        if [normalised(one) for one in texts.get(key, [])] != [normalised(text)]
    ]
    return wrong + [f"{' / '.join(key)}: inte väntad" for key in texts if key not in wanted]
