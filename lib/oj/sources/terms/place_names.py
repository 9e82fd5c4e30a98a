"""What tables call the places: with and without kommun, stad, län and region, official names, and words for sums."""

import re
from collections.abc import Mapping
from functools import cache

from oj.facts.places import NATION, Place, city_of, is_district
from oj.sources.terms.words import NATIONS, plain, squeezed
from oj.words.swedish import genitive

CITY = re.compile(r"^(stockholm|malmö|göteborg)s?(?: stad)?\s*[,:/–-]\s*", re.IGNORECASE)
LEVEL = re.compile(r"\s*\(\s*(kommunen|kommun|kn|länet|län)\s*\)$", re.IGNORECASE)  # Gotland (kommun), Kalmar (län)
ENDINGS = ("", " kommun", " kn", " stad", " stadsdel", " stadsdelsförvaltning", " stadsdelsnämnd")
OFFICIAL = {"2080": ("Falu",), "0980": ("Region Gotlands",), "2023": ("Malung",), "0188": ("Norrtelje",)}
COUNTIES = {"14": ("Västra Götalandsregionen", "VGR"), "23": ("Region Jämtland Härjedalen",)}
ANYWHERE = frozenset(map(squeezed, ("Norr", "Söder", "Väster", "Öster", "Centrum", "Innerstaden")))
SUMS = re.compile(
    r"(del|slut)?(tot\b|totalt?\b|totalsumma|totalen|summa\b|sum\b|summering)|samtliga|alla\b|hela\b|länet\b|"
    r"(riks|läns|kommun|oväg\w*|väg\w*)?(medel|snitt)|genomsnitt|median|min\b|minsta|max\b|maximum|minimum|"
    r"övriga|okänd|ospec|\w*\s*exkl\b|region(en|erna)\b|kommunerna\b|antal\b|urval|standardavv|percentil|kvartil",
    re.IGNORECASE,
)


def is_sum(text: str) -> bool:
    """Return whether a name says that its row is a sum or a mean, of no place that is named.

    >>> is_sum("Totalt"), is_sum("Länsmedelvärde"), is_sum("Alla kommuner"), is_sum("Motala")
    (True, True, True, False)
    """
    return bool(SUMS.match(plain(text)))


def own_names(place: Place) -> set[str]:
    """Return every name that a table may have for a place, squeezed; a county's short name is among them."""
    return set(_own_names(place))


@cache
def _own_names(place: Place) -> frozenset[str]:
    if place.code == NATION:
        told = [*NATIONS]
    elif place.level == "county":
        region = [f"Region {place.short}", f"Region {place.short} län", f"Region {genitive(place.short)} län"]
        told = [place.name, place.short, f"{place.short} län", f"Länet {place.short}", *COUNTIES.get(place.code, ())]
        told += region if place.code != "09" else []  # Region Gotland is the municipality's own name
    else:
        told = [f"{name}{ending}" for name in (place.name, genitive(place.name)) for ending in ENDINGS]
        told += [f"{name}{ending}" for name in OFFICIAL.get(place.code, ()) for ending in ENDINGS]
        told += ["Region Gotland"] if place.code == "0980" else []
    return frozenset(map(squeezed, told))


def codes_by_name(places: Mapping[str, Place]) -> dict[str, str]:
    """Return the code of each name; where a municipality and a county share one, the municipality's."""
    codes: dict[str, str] = {}
    for place in sorted(places.values(), key=lambda one: one.level == "county"):
        for name in own_names(place):
            codes.setdefault(name, place.code)
    return codes


def shared_names(places: Mapping[str, Place]) -> dict[str, str]:
    """Return the names that are both a municipality's and a county's, with the county's code.

    >>> from oj.facts.places import all_places
    >>> shared_names(all_places())["kalmar"]
    '08'
    """
    units = {name for one in places.values() if one.level == "municipality" for name in own_names(one)}
    counties = {name: one.code for one in places.values() if one.level == "county" for name in own_names(one)}
    return {name: code for name, code in counties.items() if name in units} | {"regiongotland": "09"}


def district_in(places: Mapping[str, Place], code: str, text: str) -> Place | None:
    """Return the district that a name is, of the city that a code, with or without its first zero, begins with."""
    digits = code.lstrip("0")
    wanted = {squeezed(text), squeezed(CITY.sub("", text))}
    own = [one for one in places.values() if is_district(one.code) and digits.startswith(city_of(one.code).lstrip("0"))]
    return next((one for one in own if wanted & own_names(one)), None)
