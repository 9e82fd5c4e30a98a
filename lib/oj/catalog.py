"""What is measured: the indicators with everything their fact sheets say, and how they are grouped.

`data/indicators/<area>.yml` holds families of indicators. Siblings share a description, as in the
source; an indicator says only what is its own. Areas, tables and sub-areas are in CSV files.
"""

from functools import cache
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from oj.datapackage import data_folder, read_table
from oj.errors import DataError, Fault, UserError
from oj.vocabulary import ANSWER_SCALES, Kind, Polarity, PublishedLevel, Scale

DECIMALS = {"share": 0, "hours-per-week": 1, "ratio": 0, "yes-no": 0, "yes-partly-no": 0}


class Indicator(BaseModel):
    """One indicator or background measure; the texts are Swedish, `measured_on` is ISO dates or intervals."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    title: str
    short: str
    phrase: str
    area: str
    subarea: str
    table: str
    family: str
    name: str
    kind: list[Kind]
    scale: Scale
    polarity: Polarity
    levels: list[PublishedLevel]
    measured_on: list[str]
    target: str
    purpose: str
    question: str
    rule: str
    errors: str
    letter: str = ""
    new: bool = False
    decimals: int = 0

    @property
    def is_answer(self) -> bool:
        """True where a municipality answers Ja, Delvis or Nej; its county and nation then have shares."""
        return self.scale in ANSWER_SCALES


@cache
def indicators(folder: Path | None = None) -> dict[str, Indicator]:
    """Return every indicator by id, in the order of the report; raise DataError with every fault.

    >>> len(indicators()), indicators()["bbic-licens"].area
    (52, 'saker')
    """
    folder = folder or data_folder()
    placed = read_table("subareas", folder).set_index("subarea").to_dict("index")
    found, faults = [], []
    for path in sorted((folder / "indicators").glob("*.yml")):
        for entry in _entries(path):
            indicator = _indicator(entry, placed, path, faults)
            found.extend([indicator] if indicator else [])
    known: dict[str, Indicator] = {}
    for indicator in found:
        if indicator.id in known:
            faults.append(_fault(indicator.area, "id", indicator.id, "finns redan"))
        known[indicator.id] = indicator
    if faults:
        raise DataError(faults)
    ordered = sorted(known.values(), key=lambda indicator: placed[indicator.subarea]["order"])
    return {indicator.id: indicator for indicator in ordered}


def _entries(path: Path) -> list[dict[str, Any]]:
    """Return a file's indicators, each with what it inherits from its family."""
    try:
        families = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        return [
            {**{key: value for key, value in family.items() if key != "indicators"}, **own}
            for family in families
            for own in family["indicators"]
        ]
    except (yaml.YAMLError, KeyError, TypeError, AttributeError, UnicodeDecodeError) as error:
        raise UserError(f"data/indicators/{path.name} kan inte läsas: {error}") from error


def _indicator(
    entry: dict[str, Any], placed: dict[Any, Any], path: Path, faults: list[Fault]
) -> Indicator | None:
    """Return the entry as an Indicator, or None with what was wrong added to `faults`."""
    subarea = placed.get(entry.get("subarea"))
    if subarea is None:
        faults.append(_fault(path.stem, "subarea", str(entry.get("subarea")), "okänt delområde"))
        return None
    texts = {key: " ".join(value.split()) for key, value in entry.items() if isinstance(value, str)}
    defaults = {"area": subarea["area"], "table": subarea["table"], "decimals": DECIMALS.get(entry.get("scale", ""), 0)}
    try:
        return Indicator.model_validate({**defaults, **entry, **texts})
    except ValidationError as error:
        for detail in error.errors():
            field = f"{entry.get('id')}: {'.'.join(map(str, detail['loc']))}"
            faults.append(_fault(path.stem, field, str(detail["input"])[:40], f"godtas inte ({detail['type']})"))
        return None


def _fault(area: str, field: str, value: str, rule: str) -> Fault:
    return Fault(f"data/indicators/{area}.yml", None, field, value, rule)


def in_subarea(subarea: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one sub-area, in order; raise UserError for an unknown one."""
    return _where("subarea", subarea, folder)


def in_table(table: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one table, in order; raise UserError for an unknown one."""
    return _where("table", table, folder)


def in_area(area: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one area, in order; raise UserError for an unknown one.

    >>> len(in_area("samordning"))
    19
    """
    return _where("area", area, folder)


def _where(field: str, value: str, folder: Path | None) -> list[Indicator]:
    from oj.errors import nearest

    found = [item for item in indicators(folder).values() if getattr(item, field) == value]
    if not found:
        allowed = list(dict.fromkeys(getattr(item, field) for item in indicators(folder).values()))
        raise UserError(f"Okänt värde ”{value}”.{nearest(value, allowed)} Tillåtna: {', '.join(allowed)}.")
    return found
