"""What tables call the places: with and without kommun, stad, län and region, official names, and words for sums."""

import re
from collections.abc import Mapping
from functools import cache

from oj.facts.places import NATION, Place, city_of, is_district
from oj.sources.terms.words import LISTS, WORDS, pattern, plain, squeezed
from oj.words.swedish import genitive

CITY = re.compile(r"^(stockholm|malmö|göteborg)s?(?: stad)?\s*[,:/–-]\s*", re.IGNORECASE)
LEVEL = re.compile(r"\s*\(\s*(kommunen|kommun|kn|länet|län)\s*\)$", re.IGNORECASE)  # Gotland (kommun), Kalmar (län)
CALLED, ANYWHERE, SUMS = WORDS["places"], LISTS["anywhere"], pattern("sums")


def is_sum(text: str) -> bool:
    """Return whether a name says that its row is a sum or a mean, of no place that is named."""
    return bool(SUMS.match(plain(text)))


@cache
def own_names(place: Place) -> frozenset[str]:
    """Return every name that a table may have for a place, squeezed; a county's short name is among them."""
    if place.code == NATION:
        told = list(CALLED["nation"])
    elif place.level == "county":
        told = [place.name, place.short, f"{place.short} län", f"Länet {place.short}"]
        told += CALLED["regions"].get(place.code, [])
        if place.code != "09":  # Region Gotland is the municipality's own name
            told += [f"Region {place.short}", f"Region {place.short} län", f"Region {genitive(place.short)} län"]
    else:
        official = [CALLED["official"][place.code]] if place.code in CALLED["official"] else []
        names = (place.name, genitive(place.name), *official)
        told = [f"{name}{ending}" for name in names for ending in CALLED["endings"]]
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
    """Return the names that are both a municipality's and a county's, with the county's code."""
    units = {name for one in places.values() if one.level == "municipality" for name in own_names(one)}
    counties = {name: one.code for one in places.values() if one.level == "county" for name in own_names(one)}
    return {name: code for name, code in counties.items() if name in units} | {"regiongotland": "09"}


def district_in(places: Mapping[str, Place], code: str, text: str) -> Place | None:
    """Return the district that a name is, of the city that a code, with or without its first zero, begins with."""
    digits = code.lstrip("0")
    wanted = {squeezed(text), squeezed(CITY.sub("", text))}
    own = [one for one in places.values() if is_district(one.code) and digits.startswith(city_of(one.code).lstrip("0"))]
    return next((one for one in own if wanted & own_names(one)), None)
