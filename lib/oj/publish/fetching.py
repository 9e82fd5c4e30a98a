"""Fetch the key figures of counties from Kolada and put them beside the facts, all or nothing.

What is asked of Kolada is the same for every county, since a group's mean needs municipalities in all of the
country. So one day's answers, from one address, serve every county that is fetched that day.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import pandas as pd

from oj.compare.group_means import group_means, shares_answering
from oj.disk.changes import Change, change, clear
from oj.facts.editions import home_domain, root_of
from oj.facts.key_figures import KeyFigure, key_figures
from oj.facts.places import NATION, Place, all_places, find_county, slug
from oj.sources.kolada import cache
from oj.sources.kolada.cache import Kept, Round, newest_round
from oj.sources.kolada.client import MOST_ITEMS, Page, base_address, open_client, pages, pages_of_present
from oj.sources.kolada.country import Country, read_country
from oj.sources.kolada.download import Pace
from oj.sources.kolada.values import COLUMNS, OWN, SOURCE, Fetched, Group, write_key_figures
from oj.words.days import given_day
from oj.words.errors import UserError, why

ALL = ("alla", "all")
ASKED = {
    "municipality": "listan över kommuner",
    "municipality_groups": "listan över kommungrupper",
    "kpi": "beskrivningen av nyckeltalen",
}
Moved = list[tuple[Path, Path]]


@dataclass(frozen=True)
class Order:
    """How to fetch: from where, which day it counts as, what may be used of what is kept, and where things stand."""

    url: str = ""
    date: str = ""  # ISO date; today where it is not said, and offline the newest that is kept
    offline: bool = False
    refresh: bool = False
    page_size: int = MOST_ITEMS
    facts: Path | None = None
    cache: Path = field(default_factory=cache.cache_folder)
    transport: httpx.BaseTransport | None = None
    pace: Pace = field(default_factory=Pace)
    now: Callable[[], datetime] = lambda: datetime.now(UTC).astimezone()
    advance: Callable[[int], object] = lambda _items: None  # told how many items each page had


def fetch(counties: Sequence[str], order: Order) -> list[Path]:
    """Fetch the named counties' key figures (or "alla") and return the files; raise UserError, with nothing changed.

    They are those of the domain that the facts are of, else of the usual one; each domain's answers are kept apart.
    """
    _refuse_impossible(order)
    catalog = key_figures(order.facts)
    order = replace(order, cache=order.cache / home_domain(order.facts))
    places = all_places(order.facts)
    everyone = any(name.casefold() in ALL for name in counties)
    named = places.values() if everyone else [find_county(name, order.facts) for name in counties]
    chosen = {place.code: place for place in named if place.level == "county"}.values()
    clear(root_of(order.facts))  # before the cache, which a fetch that was killed may be moving something in
    try:
        with change(order.cache, "hamtning", "Nyckeltal hämtas från Kolada") as work:
            country, index, moved = _country(order, work)
            tables = {slug(county.short): _county(country, index, county, places, catalog) for county in chosen}
            return write_key_figures(tables, order.facts, moved)
    except OSError as error:
        raise UserError(f"{order.cache} kan inte skrivas: {why(error)}. Inget har ändrats.") from error


def _refuse_impossible(order: Order) -> None:
    given_day(order.date)
    if order.offline and order.refresh:
        raise UserError("--offline använder det som redan är hämtat och --refresh hämtar på nytt. Välj ett av dem.")
    if not 1 <= order.page_size <= MOST_ITEMS:
        raise UserError(f"En sida kan ha 1–{MOST_ITEMS} uppgifter, inte {order.page_size}.")


def _country(order: Order, work: Change) -> tuple[Country, Round, Moved]:
    """Return the country's values and the round they are from: one that is kept where it will do, or a new one.

    Last is what is to be moved into place with what is made of it: nothing of a round that is kept already.
    """
    address = base_address(order.url) if order.url or not order.offline else ""
    date = order.date or ("" if order.offline else order.now().date().isoformat())
    kept = None if order.refresh else newest_round(order.cache, address, date)
    if kept is None and order.offline:
        when = f" {date}" if date else ""
        raise UserError(f"Inget är hämtat från Kolada{when} som kan användas utan nät. Hämta utan --offline.")
    if kept is not None:
        index = cache.read_index(kept)
        try:
            return read_country(cache.replay(kept), int(index.date[:4]), order.facts), index, []
        except cache.UnaskedError:  # the catalog asks for more than it did earlier that day
            if order.offline:
                raise
    unfinished, found = work.beside(order.cache) / "omgang", list[Kept]()
    moment = order.now().isoformat(timespec="seconds")
    with open_client(address, order.transport) as http:
        get = partial(pages, http, address, page_size=order.page_size, pace=order.pace)
        country = read_country(partial(_ask, get, order, unfinished, found), int(date[:4]), order.facts)
    index = Round(address=address, date=date, moment=moment, pages=found)
    return country, index, [(unfinished, order.cache / cache.finish(unfinished, index))]


def _ask(
    get: Callable[[str], Iterator[Page]], order: Order, unfinished: Path, found: list[Kept], asked: str
) -> list[Any]:
    """Ask Kolada, keep every page as it came, and return the items."""
    items: list[Any] = []
    try:
        for page in pages_of_present(get, asked):
            cache.keep(unfinished, asked, page.body, found)
            order.advance(len(page.items))
            items += page.items
    except UserError as error:
        raise UserError(f"Hämtningen är avbruten; det här saknas: {_described(asked)}. {error}") from error
    return items


def _described(asked: str) -> str:
    """Return what was asked for, in Swedish.

    >>> _described("data/kpi/N01951,N01994/year/2021,2022")
    'värden för nyckeltalen N01951, N01994, åren 2021–2022'
    """
    kind, *rest = asked.replace(",", ", ").split("/")
    if kind != "data":
        return " ".join([ASKED[kind], *rest])
    _kpi, ids, _year, years = rest
    return f"värden för nyckeltalen {ids}, åren {years[:4]}–{years[-4:]}"


def _county(
    country: Country, index: Round, county: Place, places: Mapping[str, Place], catalog: Mapping[str, KeyFigure]
) -> tuple[pd.DataFrame, Fetched]:
    """Return a county's table and what is told of it."""
    own = set(_municipalities(places, county.code))
    groups = [
        Group(id=group.id, title=group.title, places=sorted(own & set(group.codes)), size=len(group.codes))
        for group in sorted(country.groups, key=lambda group: group.id)
        if own & set(group.codes)
    ]
    told = {"county": county.code, "address": index.address, "fetched": index.date}
    sidecar = Fetched(**told, stopped=country.stopped, groups=groups, answers=country.answers)
    return county_table(country, county.code, places, catalog), sidecar


def _municipalities(places: Mapping[str, Place], county: str) -> list[str]:
    every = [place for place in places.values() if place.level == "municipality"]
    return [place.code for place in every if county in (NATION, place.county)]


def county_table(
    country: Country, county: str, places: Mapping[str, Place], catalog: Mapping[str, KeyFigure]
) -> pd.DataFrame:
    """Return the values of a county's municipalities and of those whom they are compared with, one row for each.

    Kolada's are those of the municipalities, of the nation where Kolada has one, and of the county where Kolada's
    region is the county; the rest of the county, nation and peer groups are our own unweighted means.
    """
    yes = {one.id: float(code) for one in catalog.values() for code, word in one.coding.items() if word == "yes"}
    own, everyone = _municipalities(places, county), _municipalities(places, NATION)
    peers = {group.id: group.codes for group in country.groups if set(own) & set(group.codes)}
    counts = [one.id for one in catalog.values() if one.unit == "answers"]  # a mean of how many answered says nothing
    averaged = country.values[~country.values["indicator"].isin(counts)]
    means = group_means(shares_answering(averaged, yes), {NATION: everyone, county: own, **peers})
    theirs = country.values[country.values["place"].isin([NATION, county, *own])]
    taken = pd.MultiIndex.from_frame(theirs[["indicator", "place"]].drop_duplicates())
    ours = means[~pd.MultiIndex.from_frame(means[["indicator", "place"]]).isin(taken)]
    table = pd.concat([theirs.assign(source=SOURCE), ours.assign(source=OWN)], ignore_index=True)
    order = {name: at for at, name in enumerate([*catalog, "total", "women", "men"])}
    ranked = table.assign(a=table["indicator"].map(order), g=table["gender"].map(order))
    return ranked.sort_values(["a", "place", "year", "g"], kind="stable")[COLUMNS].reset_index(drop=True)
