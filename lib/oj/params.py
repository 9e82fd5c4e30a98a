"""What one report is about: its county, edition, municipalities and whom they are compared with.

`params/report.yml` is where every report starts from; `params/<county>.yml` says what one report
says differently. Unknown keys and wrong types are refused, in Swedish, before anything is run.
"""

import re
from datetime import date as calendar_date
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator
from pydantic_core import ErrorDetails

from oj.errors import UserError, nearest
from oj.places import Place, find_county, find_municipality, slug


class ReportParameters(BaseModel):
    """The parameters of a report, the same fields as every notebook's parameters cell."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    county: str
    edition: str = "2015"
    municipalities: list[str] = []
    group_name: str = ""
    compare_with: list[str] = []
    publisher: str = ""
    date: str = ""

    @field_validator("date")
    @classmethod
    def _is_a_date(cls, value: str) -> str:
        if value:
            if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
                raise ValueError("ska skrivas ÅÅÅÅ-MM-DD")
            calendar_date.fromisoformat(value)
        return value

    @property
    def name(self) -> str:
        """The report's folder name, such as stockholm-2015."""
        return f"{slug(self.county)}-{self.edition}"


def params_folder() -> Path:
    """Return the folder of the reports' parameters."""
    return Path(__file__).parents[2] / "params"


def read_parameters(county: str, folder: Path | None = None, **overrides: str) -> ReportParameters:
    """Return the parameters of the report for `county`, names spelt as the places are.

    `overrides` come from the command line; empty ones are left out. Raises UserError.

    >>> read_parameters("stockholms län").group_name
    'Nordvästkommunerna'
    """
    folder = folder or params_folder()
    place = find_county(county)
    own = folder / f"{slug(place.short)}.yml"
    said = {key: value for key, value in overrides.items() if value}
    values = {"county": place.short, **_read_yaml(folder / "report.yml")}
    if own.exists():
        values |= _read_yaml(own)
    values = _validated({**values, **said}, own if own.exists() else folder / "report.yml")
    return _named(values, place, own)


def _validated(values: dict[str, Any], path: Path) -> ReportParameters:
    try:
        return ReportParameters.model_validate(values)
    except ValidationError as error:
        lines = [f"  {_in_swedish(detail)}" for detail in error.errors()]
        raise UserError("\n".join([f"Parametrarna i params/{path.name} kan inte användas:", *lines])) from error


def _named(values: ReportParameters, place: Place, path: Path) -> ReportParameters:
    """Return the parameters with every place checked and spelt as in `places.csv`."""
    if find_county(values.county) != place:
        raise UserError(f"params/{path.name} gäller ”{values.county}”, men rapporten ska gälla {place.name}.")
    municipalities = [find_municipality(text, place).name for text in values.municipalities]
    others = [find_county(text).short for text in values.compare_with]
    for name in [*municipalities, *others]:
        if (municipalities + others).count(name) > 1:
            raise UserError(f"params/{path.name}: ”{name}” står två gånger.")
    if place.short in others:
        raise UserError(f"params/{path.name}: {place.name} kan inte jämföras med sig självt i compare_with.")
    fixed = {"county": place.short, "municipalities": municipalities, "compare_with": others}
    return values.model_copy(update=fixed)


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"params/{path.name} kan inte läsas: {error}") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" rad {mark.line + 1}" if mark else ""
        raise UserError(
            f"params/{path.name}{where} är inte giltig YAML. Kontrollera indrag, kolon och citattecken."
        ) from error
    if not isinstance(values, dict):
        raise UserError(f"params/{path.name} ska bestå av rader som ”nyckel: värde”.")
    return values


def _in_swedish(detail: ErrorDetails) -> str:
    """Return pydantic's finding as a Swedish sentence that says what to do."""
    key, *place = map(str, detail["loc"])
    where = f"{key}[{place[0]}]" if place else key
    allowed = list(ReportParameters.model_fields)
    match detail["type"]:
        case "extra_forbidden":
            return f"okänd nyckel ”{key}”.{nearest(key, allowed)} Tillåtna: {', '.join(allowed)}."
        case "string_type":
            return f"{where}: ”{detail['input']}” ska vara text; skriv inom citattecken."
        case "list_type":
            return f"{where}: ”{detail['input']}” ska vara en lista, en rad med streck för varje namn."
        case "value_error":
            return f"{where}: ”{detail['input']}” är inget datum; skriv ÅÅÅÅ-MM-DD, till exempel 2015-06-30."
        case other:
            return f"{where}: ”{detail['input']}” godtas inte ({other})."
