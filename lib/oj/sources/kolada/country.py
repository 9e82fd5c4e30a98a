"""Everything that is asked of Kolada at one time, for all of the country: what it is first, then the values."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path

import pandas as pd

from oj.facts.key_figures import KeyFigure, catalogue, key_figures, same_title
from oj.facts.places import NATION, Place, all_places
from oj.sources.kolada import answers
from oj.sources.kolada.cache import Ask
from oj.sources.kolada.client import parts_of
from oj.sources.kolada.download import unchanged
from oj.sources.kolada.values import Answered, Stopped


@dataclass(frozen=True)
class Country:
    """The values of all places, a row also where one lacks (answers.COLUMNS), the peer groups, and what is not used."""

    values: pd.DataFrame
    groups: list[answers.GroupItem]
    stopped: list[Stopped]
    answers: list[Answered]


def read_country(ask: Ask, year: int, folder: Path | None = None) -> Country:
    """Return what Kolada says of every key figure of the catalog, up to and with `year`.

    `ask` gives the items that answer such as `kpi/N01951`. Raises UserError for an answer of another shape, or
    for municipalities that are not those of `places.csv`.
    """
    catalog, places, asked = key_figures(folder), all_places(folder), Asked(ask, [])
    answers.check_places(asked.items("municipality", answers.PlaceItem), places)
    groups, lacking = _peer_groups(asked, places, folder)
    parts = parts_of([one.kolada for one in catalog.values()])
    found = [item for part in parts for item in asked.items(f"kpi/{','.join(part)}", answers.KpiItem)]
    wrong = {
        one.id: why
        for one in catalog.values()
        if (why := answers.why_stopped(one, [item for item in found if item.id == one.kolada]))
    }
    usable = [one for one in catalog.values() if one.id not in wrong]
    if not usable:
        first = next(iter(catalog.values()))
        raise unchanged(f"Kolada har inget av katalogens nyckeltal: {first.kolada} {wrong[first.id]}")
    values, broken = _values(asked, usable, places, year)
    if values.empty:
        raise unchanged(f"Kolada har inga värden som kan användas, till och med {year}.")
    empty = set(catalog) - set(wrong) - set(broken) - set(values["indicator"])
    wrong |= broken | dict.fromkeys(empty, "Kolada har inga värden för nyckeltalet.")
    unused = [_stopped(one.title, wrong[one.id], one) for one in catalog.values() if one.id in wrong]
    return Country(answers.hide_derivable(whole(values, usable, places)), groups, unused + lacking, asked.told)


def _stopped(title: str, reason: str, one: KeyFigure | None = None) -> Stopped:
    return Stopped(indicator=one.id if one else "", kolada=one.kolada if one else "", title=title, reason=reason)


@dataclass(frozen=True)
class Asked:
    """Asks, and remembers what each answer was, whatever pages it came on."""

    ask: Ask
    told: list[Answered]

    def items(self, asked: str, shape: type[answers.Shape]) -> list[answers.Shape]:
        """Return the items that answer, in their shape."""
        items = self.ask(asked)
        lines = sorted(json.dumps(item, sort_keys=True, ensure_ascii=False) for item in items)
        digest = sha256("\n".join(lines).encode()).hexdigest()
        self.told.append(Answered(asked=asked, items=len(items), sha256=digest))
        return answers.read_items(items, shape, asked)


def _values(asked: Asked, usable: list[KeyFigure], places: dict[str, Place], year: int
            ) -> tuple[pd.DataFrame, dict[str, str]]:  # fmt: skip
    years = range(min((one.first_year for one in usable), default=year), year + 1)
    parts = product(parts_of([one.kolada for one in usable]), parts_of([str(one) for one in years]))
    orders = [f"data/kpi/{','.join(ids)}/year/{','.join(span)}" for ids, span in parts]
    items = [item for order in orders for item in asked.items(order, answers.DataItem)]
    return answers.read_values(items, {one.kolada: one for one in usable}, places, years)


def _peer_groups(asked: Asked, places: dict[str, Place], folder: Path | None
                 ) -> tuple[list[answers.GroupItem], list[Stopped]]:  # fmt: skip
    """Return SKR's groups as Kolada has them, found by their titles, and those that cannot be used."""
    found = asked.items("municipality_groups", answers.GroupItem)
    groups, lacking = [], []
    for title in catalogue(folder).peer_groups:
        same = [item for item in found if same_title(item.title, title)]
        if reason := _why_not(same, places):
            lacking.append(_stopped(title, reason))
        else:
            groups += same
    if len({group.id for group in groups}) < len(groups):
        raise unchanged("Kolada ger två kommungrupper samma id.")
    return groups, lacking


def _why_not(same: Sequence[answers.GroupItem], places: dict[str, Place]) -> str:
    if len(same) != 1:
        return "Kolada har dragit in kommungruppen." if not same else "Kolada har två kommungrupper med den titeln."
    codes = [member.member_id for member in same[0].members]
    unknown = [code for code in codes if code not in places or places[code].level != "municipality"]
    return f"Kolada räknar {', '.join(unknown[:3])} till gruppen, som inte är någon kommun." if unknown else ""


def whole(values: pd.DataFrame, catalog: Sequence[KeyFigure], places: dict[str, Place]) -> pd.DataFrame:
    """Return the values with a row, missing, for every place and gender that lacks one in a year that others have.

    The nation has rows only where Kolada has a value of it, and a county only where Kolada's region is the county.
    """
    cells = list[tuple[str, str, int, str]]()
    for one in catalog:
        own = values[values["indicator"] == one.id]
        nation = own.loc[own["place"] == NATION, "value"].notna().any()
        levels = {"municipality", *(["nation"] if nation else []), *(["county"] if one.regions else [])}
        codes = sorted(place.code for place in places.values() if place.level in levels)
        genders = list(answers.GENDERS.values()) if one.gendered else ["total"]
        cells += product([one.id], codes, sorted(set(own["year"].tolist())), genders)
    grid = pd.MultiIndex.from_tuples(cells, names=answers.KEY)
    table = values.set_index(answers.KEY).reindex(grid).reset_index()
    return table.fillna({"status": "missing", "told": ""})
