"""How a file is read: which columns of which sheets are which indicators. Found, shown, and corrected by hand."""

import re
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import ErrorDetails

from oj.errors import UserError, nearest
from oj.params import params_folder
from oj.sources.workbook_cells import Unit
from oj.yaml_file import read_yaml

IGNORE, UNKNOWN = "ignore", "?"
HEAD = """\
# Så här läses {file}. Gjord av oj import; rätta här och importera igen.
# indicator är indikatorns id, eller ignore för en kolumn som inte ska läsas. Frågetecken: okänd, måste rättas.
# unit är percent (59), share (0,59) eller number; tom betyder att kolumnens egna tal avgör.
# skip_rows är rader som inte ska läsas, till exempel [41, 42]. header är första och sista rubrikraden.
"""


class Strict(BaseModel):
    """A part of the layout file: no unknown keys, no values of another kind."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Column(Strict):
    """A column with its heading as found, its indicator, and the unit of its numbers."""

    column: str = Field(pattern=r"^[A-Z]{1,2}$")
    title: str
    indicator: str
    unit: Unit = ""
    nearest: list[str] = []


class Table(Strict):
    """A sheet's table: its heading's rows, and the columns of codes, names, counties and indicators; or nothing."""

    sheet: str
    header: list[int] = Field(default=[], max_length=2)
    code: str = Field(default="", pattern=r"^[A-Z]{0,2}$")
    name: str = Field(default="", pattern=r"^[A-Z]{0,2}$")
    county: str = Field(default="", pattern=r"^[A-Z]{0,2}$")
    skip_rows: list[int] = []
    columns: list[Column] = []
    ignore: bool = False


class Layout(Strict):
    """How a file is read, sheet by sheet; `county` is the one that its municipalities must be in, "" for any."""

    file: str
    edition: str = Field(pattern=r"^20\d\d$")
    county: str = ""
    sheets: list[Table]


def layout_path(name: str, folder: Path | None = None) -> Path:
    """Return where the layout of an import is kept: params/workbooks/<name>.yml."""
    return (folder or params_folder()) / "workbooks" / f"{name}.yml"


def layout_text(layout: Layout) -> str:
    """Return the layout as the file that a person corrects; the same layout, the same text."""
    told = layout.model_dump(exclude_defaults=True)
    body = yaml.safe_dump(told, allow_unicode=True, sort_keys=False, width=110, default_flow_style=None)
    return HEAD.format(file=layout.file) + str(body)


def read_layout(path: Path) -> Layout:
    """Return the layout in a file; raise UserError with everything that is wrong in it."""
    if not path.is_file():
        raise UserError(f"Layouten {path} finns inte.")
    values = read_yaml(path, path.name)
    if not isinstance(values, dict):
        raise UserError(f"{path.name} ska bestå av rader som ”nyckel: värde”.")
    try:
        layout = Layout.model_validate(values)
    except ValidationError as error:
        lines = [f"  {_where(detail)}: {_in_swedish(detail)}" for detail in error.errors()]
        raise UserError("\n".join([f"{path.name} kan inte användas:", *lines])) from error
    if wrong := [line for table in layout.sheets for line in _unlikely(table)]:
        raise UserError("\n".join([f"{path.name} kan inte användas:", *wrong]))
    return layout


def _unlikely(table: Table) -> list[str]:
    """Return what cannot be so in a table of the layout."""
    if table.ignore:
        return []
    where, wrong = f"  bladet ”{table.sheet}”", []
    if len(table.header) != 2 or not 1 <= table.header[0] <= table.header[1]:
        wrong.append(f"{where}: header ska vara två radnummer, den första och den sista rubrikraden, till exempel [4, 6]")
    if not (table.code or table.name):
        wrong.append(f"{where}: code eller name måste säga i vilken kolumn kommunerna står")
    letters = [one.column for one in table.columns] + [one for one in (table.code, table.name, table.county) if one]
    twice = sorted({one for one in letters if letters.count(one) > 1})
    return wrong + [f"{where}: kolumnen {one} står två gånger" for one in twice]


def _where(detail: ErrorDetails) -> str:
    """Return where in the layout pydantic found something, such as sheets[2].columns[1].unit, counted from 1."""
    told = ".".join(str(part + 1) if isinstance(part, int) else part for part in detail["loc"])
    return re.sub(r"\.(\d+)", r"[\1]", told)


def _in_swedish(detail: ErrorDetails) -> str:
    keys = [key for model in (Layout, Table, Column) for key in model.model_fields]
    match detail["type"]:
        case "missing":
            return "saknas"
        case "extra_forbidden":
            return f"okänd nyckel.{nearest(str(detail['loc'][-1]), keys)}"
        case "literal_error":
            return f"”{detail['input']}” ska vara percent, share, number eller tom"
        case "string_type":
            return f"”{detail['input']}” ska vara text; skriv inom citattecken"
        case "string_pattern_mismatch":
            return f"”{detail['input']}” har inte rätt form; en kolumn skrivs C, en utgåva \"2015\""
        case "int_type":
            return f"”{detail['input']}” ska vara ett heltal"
    kinds: dict[str, Any] = {"list_type": "ska vara en lista", "bool_type": "ska vara true eller false"}
    return str(kinds.get(detail["type"], f"”{detail['input']}” godtas inte"))
