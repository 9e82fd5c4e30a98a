"""Which place a row of a table is about, by its code, its name, or both."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from oj.errors import nearest
from oj.places import NATION, Place, city_of, is_district
from oj.sources.survey_answers import shown
from oj.sources.workbook_words import NATIONS, squeezed
from oj.sources.xlsx import Cell
from oj.swedish import genitive

CODE = re.compile(r"(\d{1,8})(?:\.0)?(?:\s*[,:–-]?\s+(\D.*))?")  # also ”1280 Malmö” and what Excel makes of a number
CITY = re.compile(r"^(?:stockholm|malmö|göteborg)s?(?: stad)?\s*[,:/–-]\s*", re.IGNORECASE)
ENDINGS = ("", " kommun", " stad", " stadsdel", " stadsdelsförvaltning", " stadsdelsnämnd")


class PlaceError(Exception):
    """A row whose place cannot be told: the value seen and, in Swedish, what is wrong."""

    def __init__(self, value: str, rule: str) -> None:
        self.value, self.rule = value, rule
        super().__init__(rule)


@dataclass(frozen=True)
class Names:
    """Every place by code, and the codes by each name that a table may have for them."""

    places: Mapping[str, Place]
    codes: Mapping[str, str]

    def find(self, code: Cell, name: Cell) -> Place:
        """Return the place of a row; raise PlaceError where there is none, or where code and name disagree."""
        said, told = shown(code), shown(name)
        number = CODE.fullmatch(said)
        if number is None:
            return self._named(told or said)
        told = told or (number[2] or "").strip()
        place = self.places.get(filled(number[1]))
        named = self.named(told)
        if named and is_district(named.code) and number[1].lstrip("0").startswith(city_of(named.code).lstrip("0")):
            return named  # the districts' codes are our own: another table has others
        if place is None:
            raise PlaceError(said, f"är ingen kod för en kommun, ett län eller riket.{_meant(named)}")
        if told and (named is None or named != place):
            self._agreeing(place, told, said)
        return place

    def named(self, text: str) -> Place | None:
        """Return the place that a name is, or None."""
        code = self.codes.get(squeezed(text)) or self.codes.get(squeezed(CITY.sub("", text)))
        return self.places[code] if code else None

    def county(self, text: str) -> Place | None:
        """Return the county that a name, with or without ”län”, or a code is, or None."""
        number = CODE.fullmatch(text)
        if number:
            place = self.places.get(filled(number[1]))
            return place if place and place.level == "county" else None
        counties = [one for one in self.places.values() if one.level == "county"]
        wanted = squeezed(text)
        return next((one for one in counties if wanted in (squeezed(one.name), squeezed(one.short))), None)

    def _named(self, text: str) -> Place:
        place = self.named(text)
        if place is None:
            names = [one.name for one in self.places.values()]
            raise PlaceError(text, f"är ingen kommun, inget län och inte riket.{nearest(text, names)}")
        return place

    def _agreeing(self, place: Place, told: str, code: str) -> None:
        """Raise PlaceError where the place of a code is not called what stands beside it."""
        if place.level == "county" and squeezed(told) == squeezed(place.short):
            return  # ”Stockholm” is the municipality, if its code does not say otherwise
        other = self.named(told)
        if other:
            rule = f"och namnet säger olika: koden är {place.name}, men {told} har koden {other.code}"
        else:
            rule = f"är koden för {place.name}, men namnet är ”{told}”{nearest(told, [place.name])}"
        raise PlaceError(code, rule)


def _meant(named: Place | None) -> str:
    return f" Koden för {named.name} är {named.code}." if named else ""


def filled(digits: str) -> str:
    """Return a code with the zero that a spreadsheet takes away.

    >>> filled("114"), filled("1"), filled("18001"), filled("0"), filled("1280")
    ('0114', '01', '018001', '00', '1280')
    """
    if not digits.strip("0"):
        return NATION
    return digits.zfill(len(digits) + len(digits) % 2)


def names(places: Mapping[str, Place]) -> Names:
    """Return the names of places as tables have them: Solna, Solna stad, Solna kommun, Stockholms län, Hela riket.

    >>> from oj.places import all_places
    >>> found = names(all_places())
    >>> found.find(114.0, None).name, found.find(None, "Stockholms\\xa0län").code, found.find("1280 Malmö", None).name
    ('Upplands Väsby', '01', 'Malmö')
    """
    codes: dict[str, str] = {}
    ordered = sorted(places.values(), key=lambda place: place.level == "county")  # a county's short name comes last
    for place in ordered:
        if place.code == NATION:
            told = list(NATIONS)
        elif place.level == "county":
            told = [place.name, place.short, f"{place.short} län", f"Länet {place.short}"]
        else:
            told = [f"{name}{ending}" for name in (place.name, genitive(place.name)) for ending in ENDINGS]
        for name in told:
            codes.setdefault(squeezed(name), place.code)
    return Names(places, codes)
