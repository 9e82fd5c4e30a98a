"""How a file is read: which columns of which sheets are which indicators. Found, shown, and corrected by hand."""

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from oj.disk.bounded import exists
from oj.facts.params import WORKBOOKS, params_folder
from oj.facts.yaml_file import read_yaml, validated
from oj.sources.files.cells import index
from oj.sources.terms.cells import Unit
from oj.words.errors import DataError, Fault, UserError, shortened

IGNORE, UNKNOWN = "ignore", "?"
ASK, LEAVE_OUT = "?", "leave_out"
DEEPEST = 20  # rows below its first that a heading may have
HEAD = """\
# Så här läses {file}. Gjord av oj import; rätta här och importera igen. Ta bort filen, så görs den om.
# indicator  indikatorns id, eller ignore för en kolumn som inte ska läsas. "?" är okänd och måste rättas.
# unit       percent (59), share (0,59) eller number; utan unit avgör kolumnens egna tal.
# lowest, highest  kolumnens lägsta och högsta tal när layouten skrevs; ligger filens långt därifrån frågas om enheten.
# title      kolumnens rubrik, med | mellan nivåerna; ska stå som i filen.
# header     första och sista rubrikraden. skip_rows: [41, 42] är rader som inte ska läsas.
# ignore     true för ett blad som inte ska läsas.
# hidden     read eller leave_out: om det som är dolt i Excel (hidden_parts) ska läsas. "?" måste bestämmas.
"""


STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)
Letters = Annotated[str, Field(pattern=r"^[A-Z]{0,2}$")]


class Column(BaseModel):
    """A column with its heading as found, its indicator, and the unit and the range of its numbers."""

    model_config = STRICT

    column: Annotated[str, Field(pattern=r"^[A-Z]{1,2}$")]
    indicator: str
    unit: Unit = ""
    title: str
    nearest: list[str] = []
    lowest: float | None = None
    highest: float | None = None

    @property
    def at(self) -> int:
        """The column's place, 0 the first."""
        return index(self.column)

    @property
    def range(self) -> list[float]:
        """The lowest and the highest number of the column when the layout was written, nothing where it had none."""
        return [one for one in (self.lowest, self.highest) if one is not None]


class Table(BaseModel):
    """A sheet's table: its heading's rows, and the columns of codes, names, counties and indicators; or nothing."""

    model_config = STRICT

    sheet: str
    header: Annotated[list[int], Field(max_length=2)] = []
    code: Letters = ""
    name: Letters = ""
    county: Letters = ""
    skip_rows: list[int] = []
    columns: list[Column] = []
    ignore: bool = False
    hidden: Literal["", "?", "read", "leave_out"] = ""
    hidden_parts: str = ""

    @property
    def places(self) -> dict[str, int]:
        """The columns, 0 the first, of codes, names and counties, as far as the table has them."""
        letters = {"code": self.code, "name": self.name, "county": self.county}
        return {role: index(one) for role, one in letters.items() if one}

    @property
    def width(self) -> int:
        """How many columns there are at least."""
        return 1 + max([*self.places.values(), *(one.at for one in self.columns)], default=-1)


class Layout(BaseModel):
    """How a file is read, sheet by sheet; `county` is the one that its municipalities must be in, "" for any."""

    model_config = STRICT

    file: str
    edition: Annotated[str, Field(pattern=r"^20\d\d$")]
    county: str = ""
    sheets: list[Table]


RULES = {
    "file": "ska vara filens namn", "edition": "ska vara ett årtal inom citattecken",
    "county": "ska vara länets kod inom citattecken, eller kolumnen där länet står",
    "sheets": "ska vara en lista av blad", "sheet": "ska vara bladets namn",
    "header": "ska vara två radnummer, den första och den sista rubrikraden",
    "code": "ska vara en kolumn, till exempel A", "name": "ska vara en kolumn, till exempel B",
    "skip_rows": "ska vara en lista av radnummer", "columns": "ska vara en lista av kolumner",
    "ignore": "ska vara true eller false", "hidden": 'ska vara read, leave_out eller "?"',
    "hidden_parts": "ska vara det som är dolt i Excel, till exempel ”rad 5–7; kolumn D”",
    "column": "ska vara en kolumn, till exempel C", "title": "ska vara kolumnens rubrik",
    "indicator": "ska vara en indikators id eller ignore", "unit": "ska vara percent, share, number eller tom",
    "nearest": "ska vara en lista", "lowest": "ska vara kolumnens lägsta tal, med decimalpunkt",
    "highest": "ska vara kolumnens högsta tal, med decimalpunkt",
}  # fmt: skip


def layout_path(name: str, folder: Path | None = None) -> Path:
    """Return where the layout of an import is kept: params/workbooks/<name>.yml."""
    return (folder or params_folder()) / WORKBOOKS / f"{name}.yml"


def layout_text(layout: Layout) -> str:
    """Return the layout as the file that a person corrects; the same layout, the same text."""
    told = layout.model_dump(exclude_defaults=True)
    body = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=1000, default_flow_style=None)
    return HEAD.format(file=layout.file) + str(body)


def without_units(layout: Layout) -> Layout:
    """Return a layout without the units that were found: another time the file's own numbers and words say them."""
    bare = {one.sheet: [column.model_copy(update={"unit": ""}) for column in one.columns] for one in layout.sheets}
    return layout.model_copy(
        update={"sheets": [one.model_copy(update={"columns": bare[one.sheet]}) for one in layout.sheets]}
    )


def read_layout(path: Path) -> Layout:
    """Return the layout in a file; raise UserError with everything that is wrong in it."""
    if not exists(path):
        raise UserError(f"Layouten {shortened(str(path))} finns inte.")
    values = read_yaml(path, path.name)
    layout = validated(TypeAdapter(Layout), values, path.name, RULES)
    faults = [fault for table in layout.sheets for fault in _unlikely(table, path.name)]
    names = [table.sheet for table in layout.sheets]
    twice = sorted({name for name in names if names.count(name) > 1})
    faults += [Fault(path.name, None, "sheet", name, "står två gånger") for name in twice]
    if faults:
        raise DataError(faults)
    return layout


def _unlikely(table: Table, file: str) -> list[Fault]:
    """Return what cannot be so in a table of the layout."""
    if table.ignore:
        return []
    found = []
    if len(table.header) != 2 or not 1 <= table.header[0] <= table.header[1] <= table.header[0] + DEEPEST:
        found.append(("header", str(table.header), f"{RULES['header']}, till exempel [4, 6]"))
    if not (table.code or table.name):
        found.append(("code, name", "", "en av dem måste säga i vilken kolumn kommunerna står"))
    letters = [one.column for one in table.columns] + [one for one in (table.code, table.name, table.county) if one]
    twice = sorted({one for one in letters if letters.count(one) > 1})
    found += [("columns", one, "kolumnen står två gånger") for one in twice]
    return [Fault(file, None, f"bladet {table.sheet}, {key}", value, rule) for key, value, rule in found]
