"""The key figures of today: what `oj fetch` brought from Kolada, by year and gender."""

from collections.abc import Mapping, Sequence
from functools import cache
from math import isnan
from pathlib import Path

import pandas as pd

from oj.facts.key_figures import catalogue
from oj.facts.params import CURRENT
from oj.facts.places import NATION, Place, all_places, find_county, find_municipality
from oj.sources.kolada.values import OWN, SOURCE, how_to_fetch, is_fetched, read_fetched, read_key_figures
from oj.tidy import measures
from oj.tidy.arrange import MEAN, arranged, named
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.frames import cells_of
from oj.words.swedish import alphabetical, as_shown
from oj.words.vocabulary import UNITS

FEWEST = 10  # answers; with fewer, a single one moves a share by more than what is told of as a difference
FEW_ANSWERS = "Färre än tio svar, eller okänt hur många"


def of_today(counties: Sequence[str], municipalities: Sequence[str], home: Path) -> Figures:
    """Return a county's current key figures, by year and gender, with means that we have computed as such.

    Values are rounded as they are shown, since more decimals tell of how many. Raises UserError where nothing has been
    fetched for a county.
    """
    own, *others = (find_county(text, home) for text in counties)
    wanted = [find_municipality(text, own, home).code for text in municipalities]
    known_as = catalogue(home)
    _refuse_unfetched([own, *others], home)
    rows, places = read_key_figures(own.short, home), all_places(home)
    chosen = wanted or _municipalities(rows, places)
    groups = [one for one in read_fetched(own.short, home).groups if {*one.places} & {*chosen}]
    inside = [one for one in places.values() if one.county == own.code and one.level == UNITS[0]]
    whole = [own.code] if len(inside) > 1 else []  # a lone municipality is its county
    order = [*chosen, NATION, *whole, *(one.code for one in others), *(one.id for one in groups)]
    parts = [rows[rows["place"].isin([*chosen, NATION, *whole, *(one.id for one in groups)])]]
    for other in others:
        of_other = read_key_figures(other.short, home)
        parts.append(of_other[of_other["place"] == other.code])
    called = named(places.values()) | {one.id: (one.name, "group") for one in groups}
    known = measures.of_today(home)
    table = arranged(
        _in_the_tables_units(pd.concat(parts, ignore_index=True), known),
        known, {code: called[code] for code in order}, "key_figures.yml",
    )  # fmt: skip
    return Figures(table, known, CURRENT, home, tuple(counties), {**known_as.areas, **known_as.tables})


def _in_the_tables_units(rows: pd.DataFrame, known: dict[str, Measure]) -> pd.DataFrame:
    """Return fetched rows with shares 0-1, answers instead of their codes, and means as a method."""
    rows = rows.rename(columns={"indicator": "measure", "gender": "group"})
    mean = rows["source"] == OWN
    of = {name: known.get(name) for name in rows["measure"].unique()}
    coded = rows["measure"].map({name: bool(one and one.is_answer) for name, one in of.items()}).astype(bool) & ~mean

    @cache
    def value(name: str, given: float) -> float:
        one = of[name]
        if one is None or isnan(given):
            return given
        told = as_shown(given, one.decimals)
        return round(told / 100, 6) if one.is_share else told

    def answer(name: str, given: float, status: str, *, coded: bool) -> str:
        one = of[name]
        return one.about.coding[f"{given:g}"] if one and coded and status == "observed" else ""

    cells = cells_of(rows.assign(coded=coded), "measure", "value", "status", "coded")
    read = rows.assign(
        answer=[answer(name, given, status, coded=own) for name, given, status, own in cells],
        value=[float("nan") if own else value(name, given) for name, given, _, own in cells],
        period=rows["year"].astype(str),
        method=mean.map({True: MEAN, False: "published"}),
        source=SOURCE,
        of=rows["count"].astype("float64"),
    )
    return read.assign(note=few_noted(read, known))


def _municipalities(rows: pd.DataFrame, places: dict[str, Place]) -> list[str]:
    """Return the codes of the municipalities in the rows, in alphabetical order."""
    own = {code for code in rows["place"] if code in places and places[code].level in UNITS}
    return sorted(own, key=lambda code: alphabetical(places[code].name))


def _refuse_unfetched(counties: Sequence[Place], home: Path) -> None:
    """Raise UserError, with what to do, for the first county that nothing is fetched for."""
    for county in counties:
        if not is_fetched(county, home):
            how = how_to_fetch(county, home)
            raise UserError(f"Inget är hämtat ur Kolada för {county.name}. Skriv {how} först.")


def few_noted(rows: pd.DataFrame, known: Mapping[str, Measure]) -> pd.Series:
    """Return FEW_ANSWERS for each row of a municipality's that fewer than FEWEST answers are known to stand behind.

    `rows` have measure, place, period, group and value; how many answered is a measure of its own (`counted_by`), of
    the same place and year. The others have an empty text, as have those that we have computed.
    """
    counters = {name: one.about.counted_by for name, one in known.items() if one.about.counted_by}
    answered = rows[rows["measure"].isin(set(counters.values())) & (rows["group"] == "total")]
    counts = answered.set_index(["measure", "place", "period"])["value"].to_dict()
    few = [
        name in counters and method != "mean" and not counts.get((counters[name], place, period), 0) >= FEWEST
        for name, place, period, method in cells_of(rows, "measure", "place", "period", "method")
    ]
    return pd.Series(few, rows.index).map({True: FEW_ANSWERS, False: ""})
