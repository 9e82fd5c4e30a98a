"""What Kolada's answers mean: first what each key figure is said to be, then its values, one row for each.

A key figure that is not what the catalog says, or has a value that cannot be, is stopped whole and told of;
the others go on. An answer of another shape than Kolada's stops the fetch. A null is never made a zero.
"""

import math
from collections.abc import Mapping
from typing import Any, TypeVar

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from oj.facts.key_figures import KeyFigure, coding_in, same_title
from oj.facts.places import Place
from oj.sources.kolada.download import unchanged
from oj.words.plain_text import beginning

GENDERS = {"T": "total", "K": "women", "M": "men"}
KEY = ["indicator", "place", "year", "gender"]
COLUMNS = [*KEY, "value", "status", "count", "told"]
DELETED = "borttaget i Kolada"
NOT_APPLICABLE = ("not applicable", "ej tillämplig", ".")
SECRET = ("..", "secret", "secrecy", "sekretess", "confidential", "suppressed", "x")
Rows = dict[tuple[str, str, int, str], tuple[Any, ...]]  # what a table is made of, by KEY
LARGEST = {"percent": 100.0, "per-1000": 1000.0, "days": 10_000.0, "persons": 100_000_000.0, "answers": 100_000.0,
           "kr-per-inhabitant": 100_000.0}  # fmt: skip
WHOLE = ("persons", "answers")  # units that are counted
MOST = 1e15  # nothing that is counted is more
LONGEST_TITLE, LONGEST_STATUS = 300, 60  # letters of Kolada's own words
Shape = TypeVar("Shape", bound=BaseModel)


class _Item(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True, strict=True)


class KpiItem(_Item):
    """What Kolada says that a key figure is."""

    id: str
    title: str
    is_divided_by_gender: bool = Field(strict=False)  # version 2 said 0 or 1
    municipality_type: str | None = None


class PlaceItem(_Item):
    """A municipality (K) or region (L)."""

    id: str
    title: str
    type: str


class Member(_Item):
    """A municipality in a group."""

    member_id: str


class GroupItem(_Item):
    """A group of municipalities."""

    id: str
    title: str
    members: list[Member]

    @property
    def codes(self) -> list[str]:
        """Our codes of its municipalities, in order."""
        return sorted({member.member_id for member in self.members})


class ValueItem(_Item):
    """One value; what it holds is judged value by value, not as a shape."""

    gender: Any = None
    count: Any = None
    status: str | None = None
    value: Any = None
    isdeleted: bool | None = False


class DataItem(_Item):
    """The values of one key figure, place and year."""

    kpi: str
    municipality: str
    period: int
    values: list[ValueItem]


def read_items(items: list[Any], shape: type[Shape], asked: str) -> list[Shape]:
    """Return the items in their shape; raise UserError naming what was asked for when one has another."""
    try:
        return TypeAdapter(list[shape]).validate_python(items)  # type: ignore[valid-type]
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        told = f"uppgift {where}: {beginning(first['input'], 40)}"
        raise unchanged(f"Svaret på {asked} har inte den form som Kolada brukar ha ({told}).") from error


def why_stopped(wanted: KeyFigure, found: list[KpiItem]) -> str:
    """Return why a key figure may not be used, in Swedish, after what Kolada says that it is; "" where it may."""
    if len(found) != 1:
        return "Kolada har dragit in nyckeltalet." if not found else "Kolada beskriver nyckeltalet två gånger."
    told, title = found[0], beginning(found[0].title, LONGEST_TITLE)
    divided = "är uppdelat" if told.is_divided_by_gender else "är inte uppdelat"
    rules = {
        f"Kolada kodar svaren på ett annat sätt än katalogen: ”{title}”.":
            bool(wanted.coding) and coding_in(told.title, wanted.answers) != wanted.coding,
        f"Koladas titel är en annan än katalogens, så nyckeltalet kan mäta något annat: ”{title}”.":
            not same_title(told.title, wanted.title),
        f"Kolada säger att nyckeltalet {divided} på kvinnor och män; katalogen säger tvärtom.":
            told.is_divided_by_gender != wanted.gendered,
        f"Kolada säger att nyckeltalet är av typ {beginning(told.municipality_type, 20)}, vilket katalogen inte gör.":
            (told.municipality_type == "A") != wanted.regions,
    }  # fmt: skip
    return next((why for why, broken in rules.items() if broken), "")


def check_places(found: list[PlaceItem], places: Mapping[str, Place]) -> None:
    """Raise UserError when Kolada's municipalities are not those of `places.csv`, by code and name."""
    own = {place.code: place.name for place in places.values() if place.level == "municipality"}
    theirs = {(beginning(item.id, 20), beginning(item.title, 40)) for item in found if item.type == "K"}
    wrong = [f"{code} {own[code]} finns inte hos Kolada" for code in sorted({*own} - {code for code, _title in theirs})]
    wrong += [f"{code} {title} finns inte i data/places.csv" for code, title in sorted(theirs) if code not in own]
    wrong += [
        f"{code} heter {title} hos Kolada men {own[code]} i data/places.csv"
        for code, title in sorted(theirs)
        if code in own and not same_title(title, own[code])
    ]
    if wrong:
        raise unchanged(f"Koladas kommuner är inte våra: {'; '.join(wrong[:5])}.")


def place_of(code: str, places: Mapping[str, Place]) -> str | None:
    """Return our code for Kolada's nation, region or municipality (0000, 0012, 1280); None for another code."""
    known = places.get(code.removeprefix("00")) if len(code) == len("0012") else None
    return known.code if known and known.level in ("nation", "county", "municipality") else None


def read_values(
    items: list[DataItem], catalog: Mapping[str, KeyFigure], places: Mapping[str, Place], years: range
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return every value of the country (columns COLUMNS), and why a key figure is stopped, by its id.

    `catalog` is by Kolada's id. Kolada's own values for groups and, but for those that `regions` says, regions
    are not used: those means are our own; nor are years before a key figure's first. A value of a key figure that was
    not asked for stops the fetch.
    """
    rows, stopped = Rows(), dict[str, str]()
    for item in items:
        wanted = catalog.get(item.kpi)
        if wanted is None:
            raise unchanged(f"Kolada svarade med {beginning(item.kpi, 20)}, som ingen frågade efter.")
        early = years.start <= item.period < wanted.first_year  # asked for with others that begin earlier
        if early or wanted.id in stopped or item.municipality.startswith("G"):
            continue
        place = place_of(item.municipality, places)
        if place is None:
            stopped[wanted.id] = f"Kolada har värden för {beginning(item.municipality, 20)}, som inte är någon kommun."
        elif item.period not in years:
            stopped[wanted.id] = f"Kolada svarade med året {item.period}, som ingen frågade efter."
        elif _is_used(wanted, places[place].level) and (wrong := _add(rows, item, wanted, place)):
            stopped[wanted.id] = f"Kolada har för {item.municipality} år {item.period} {wrong}."
    kept = [(*key, *row) for key, row in rows.items() if key[0] not in stopped]
    table = pd.DataFrame(kept, columns=COLUMNS).astype({"value": "float64", "count": "Int64", "year": "int64"})
    return table, stopped


def _is_used(wanted: KeyFigure, level: str) -> bool:
    return level == "municipality" or (wanted.regions if level == "county" else not wanted.is_answer)


def _add(rows: Rows, item: DataItem, wanted: KeyFigure, place: str) -> str:
    """Add an item's values to the rows, and return what is wrong, if anything is; a deleted value yields to another."""
    for one in sorted(item.values, key=lambda value: bool(value.isdeleted)):
        gender = GENDERS.get(str(one.gender), "")
        key = (wanted.id, place, item.period, gender)
        if not gender or (gender != "total" and not wanted.gendered):
            return f"ett värde med könet ”{beginning(one.gender, 20)}”, som inte hör dit"
        if one.isdeleted:
            rows.setdefault(key, (None, "missing", None, DELETED))
        elif key in rows and rows[key][3] != DELETED:
            return "två värden för samma kön"
        elif wrong := broken_value(one, wanted):
            return f"ett värde som inte kan stämma: {wrong}"
        else:
            rows[key] = _row(one)
    return ""


def _row(one: ValueItem) -> tuple[Any, ...]:
    told = beginning(one.status or "", LONGEST_STATUS)
    word = told.casefold()
    if word in SECRET:
        return None, "suppressed", None, told
    if one.value is None:
        return None, "not_applicable" if word in NOT_APPLICABLE else "missing", one.count, told
    return float(one.value), "observed", one.count, told


def broken_value(one: ValueItem, wanted: KeyFigure) -> str:
    """Return why a value cannot be, in Swedish; "" where it can."""
    value, most = one.value, LARGEST.get(wanted.unit, math.inf)
    if one.count is not None and (type(one.count) is not int or not 0 <= one.count < MOST):
        return f"antalet ”{beginning(one.count, 20)}” är inget antal"
    if value is None:
        return ""
    if type(value) not in (int, float) or not -MOST < value < MOST:
        return f"”{beginning(value, 20)}” är inget tal"
    rules = {
        f"är mindre än {_as_written(wanted.lowest)}": value < wanted.lowest,
        f"är mer än {most:.0f}": value > most,
        "är inget helt antal": wanted.unit in WHOLE and value % 1,
        "är inget svar enligt kodningen": wanted.is_answer and f"{value:g}" not in wanted.coding,
        f"står fast det är märkt ”{beginning(one.status, LONGEST_STATUS)}”":
            (one.status or "").strip().casefold() in NOT_APPLICABLE,
    }  # fmt: skip
    seen = str(value).replace(".", ",")
    return next((f"{seen} {why}" for why, broken in rules.items() if broken), "")


def _as_written(least: float) -> str:
    return "noll" if not least else f"{least:g}"


def hide_derivable(values: pd.DataFrame) -> pd.DataFrame:
    """Return the values where neither women nor men are shown if only one of them is and the total is.

    The one that is lacking could otherwise be worked out of the total and the other.
    """
    at = [values[name] for name in ("indicator", "place", "year")]
    observed, divided = values["status"] == "observed", values["gender"] != "total"
    total = (observed & ~divided).groupby(at).transform("any")
    parts = (observed & divided).groupby(at).transform("sum")
    hit = divided & total & (parts == 1)
    changed = {"value": values["value"].mask(hit), "count": values["count"].mask(hit)}
    return values.assign(**changed, status=values["status"].mask(hit, "suppressed"))
