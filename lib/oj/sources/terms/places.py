"""Which place a row of a table is about, by its code, its name, or both, and what tables call the places."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from oj.facts.places import NATION, Place, city_of, is_district
from oj.sources.files.cells import Cell, Unreadable, shown
from oj.sources.terms.words import LISTS, WORDS, pattern, plain, squeezed
from oj.words.errors import nearest
from oj.words.swedish import genitive

CODE = re.compile(r"(\d{1,8})(?:\.0)?(?:\s*[,:–-]?\s+(\D.*))?")  # also ”1280 Malmö” and what Excel makes of a number
LEVEL = re.compile(r"\s*\(\s*(kommunen|kommun|kn|länet|län)\s*\)$", re.IGNORECASE)  # Gotland (kommun), Kalmar (län)
CALLED, ANYWHERE, SUMS = WORDS["places"], LISTS["anywhere"], pattern("sums")
CITY = re.compile(rf"^({'|'.join(CALLED['cities'])})s?(?: stad)?\s*[,:/–-]\s*", re.IGNORECASE)
ALL = re.compile(r"[\s,(–-]+(?:totalt?|samtliga|alla|båda)\)?$", re.IGNORECASE)
CODE_BEHIND = re.compile(r"(.*[^\s,])\s*(?:[(\[]\d{3,4}[)\]]|,\s*\d{4})$")
CITY_BEHIND = re.compile(rf"(.*\S)\s*\(({'|'.join(CALLED['cities'])})\)$", re.IGNORECASE)
BEFORE = re.compile(rf"^({'|'.join(CALLED['cities'])})s?(?: stad)?\s+", re.IGNORECASE)  # Stockholm Kungsholmen
LIKE = 0.75  # how like a name must be to be a guess
Level = Literal["", "unit", "county"]  # what a name that a municipality and a county share is; "" where unsure
SUM = (
    "är en summa eller ett medel, ingen kommun, inget län och inte riket. Är det länets eller rikets egen uppgift: "
    "skriv länets namn, eller Riket."
)


class PlaceError(Exception):
    """A row whose place cannot be told: the value seen and, in Swedish, what is wrong.

    `kind` is ”disagree” where code and name are two known places, ”other” for a row of another county than is read,
    ”none” where it is no place's at all. `county` is the name of the other county.
    """

    def __init__(self, value: str, rule: str, kind: str = "", county: str = "") -> None:
        self.value, self.rule, self.kind, self.county = value, rule, kind, county
        super().__init__(rule)


@dataclass(frozen=True)
class Names:
    """Every place by code, the codes by each name that a table may have, and the counties by names that are shared."""

    places: Mapping[str, Place]
    codes: Mapping[str, str]
    shared: Mapping[str, str] = field(default_factory=dict)

    def find(self, code: Cell, name: Cell, county: Cell = None, *, level: Level = "unit", ours: bool = False) -> Place:
        """Return the place of a row; raise PlaceError where there is none, or where code and name disagree.

        `county` is what the row says of its county, `level` what a shared name is, and `ours` whether the codes are
        the project's own.
        """
        said, told = _readable(code), _readable(name)
        if not said and CODE.fullmatch(told):
            said, told = told, ""
        number = CODE.fullmatch(said)
        if number is None:
            return self._unnumbered(said, told, level)
        told = told or (number[2] or "").strip()
        digits = self._joined(number[1], shown(county), told)
        place, named = self.places.get(filled(digits)), self.named(told, level or "unit")
        if told and (district := district_in(self.places, digits, told)):
            return district  # the districts' codes are our own: another table has others
        if place is None:
            hint = f" Koden för {named.name} är {named.code}." if named else ""
            raise PlaceError(said, f"är ingen kod för en kommun, ett län eller riket.{hint}", "none")
        if told and not self.is_called(place, told):
            raise _disagreeing(place, named, told, said)
        if not told and not ours:
            _alone(place, code, said)
        return place

    def named(self, text: str, level: Level = "unit") -> Place | None:
        """Return the place that a name is, or None; a shared name is what `level` says."""
        text = plain(text)
        said = LEVEL.search(text)
        if said:
            text, level = text[: said.start()], "county" if said[1].casefold().startswith("län") else "unit"
        key, city = squeezed(text), CITY.match(text) or BEFORE.match(text)
        if key in self.shared and level != "unit":
            return self.places[self.shared[key]] if level else None
        code = self.codes.get(key)
        if code is None and city:
            return district_in(self.places, self.codes[squeezed(city[1])], text)
        if code is None or (is_district(code) and key in ANYWHERE):
            return None
        place = self.places[code]
        return None if said and (place.level == "county") != (level == "county") else place

    def is_known(self, text: str) -> bool:
        """Return whether a text is some place's name, also one that a municipality and a county share."""
        return self.named(text) is not None or squeezed(plain(text)) in ANYWHERE

    def is_about(self, text: str) -> bool:
        """Return whether a text is about a place, known or not: it is a number, or a name that is known."""
        return bool(text and (CODE.fullmatch(text) or self.is_known(text)))

    def is_called(self, place: Place, told: str) -> bool:
        """Return whether a place may be called so: its own names, or with its level or its city said."""
        text = plain(told)
        named = self.named(text, "county" if place.level == "county" else "unit")
        return squeezed(text) in own_names(place) or (named is not None and named.code == place.code)

    def county(self, text: str) -> Place | None:
        """Return the county that a name, with or without ”län”, or a code is, or None."""
        if number := CODE.fullmatch(text):
            place = self.places.get(filled(number[1]))
            return place if place and place.level == "county" else None
        counties = [one for one in self.places.values() if one.level == "county"]
        wanted = squeezed(ALL.sub("", plain(text)))
        return next((one for one in counties if wanted in own_names(one)), None)

    def is_county_code(self, text: str) -> bool:
        """Return whether a text is two figures, or one, that are the code of a county or of the nation."""
        place = self.places.get(filled(text)) if text.isdigit() and len(text) <= len(NATION) else None
        return place is not None and place.level in ("county", "nation")

    def _joined(self, digits: str, county: str, told: str) -> str:
        """Return a code; two figures beside a county, 14 beside 01, are the rest of a municipality's: 0114."""
        own = self.county(county) if county else None
        if own is None or len(digits) > len("14"):
            return digits
        whole = own.code + digits.zfill(2)
        if told and whole in self.places and not self.is_called(self.places[whole], told):
            return digits
        return whole if whole in self.places and filled(digits) != own.code else digits

    def _unnumbered(self, said: str, told: str, level: Level) -> Place:
        """Return the place of a row without a code, by its name; what stands where the code should must agree."""
        text = told or said
        if said and told and said.strip("-–. ") and squeezed(said) != squeezed(told):
            place = self.named(said, level)
            if place is None or not self.is_called(place, told):
                raise PlaceError(said, f"är ingen kod, och vilken plats raden gäller är därför osäkert ({told}).")
        if place := self.named(text, level):
            return place
        if SUMS.match(plain(text)):
            raise PlaceError(text, SUM, "none")
        key = squeezed(LEVEL.sub("", plain(text)))
        if key in self.shared:
            county = self.places[self.shared[key]].name
            raise PlaceError(text, f"är både en kommun och ett län. Skriv koden bredvid, ”(kommun)” eller ”{county}”.")
        if key in ANYWHERE:
            raise PlaceError(text, "finns i många kommuner. Skriv staden framför, till exempel ”Malmö, Norr”.")
        names = [one.name for one in self.places.values() if squeezed(one.name) not in ANYWHERE]
        hint = "" if CITY.match(text) else nearest(text, names, LIKE)
        raise PlaceError(text, f"är ingen kommun, inget län och inte riket.{hint}", "none")


def _disagreeing(place: Place, named: Place | None, told: str, code: str) -> PlaceError:
    """Return the fault of a code whose place is not called what stands beside it."""
    if SUMS.match(plain(told)):
        return PlaceError(told, SUM, "none")
    if named:
        rule = f"och namnet säger olika: koden är {place.name}, men {told} har koden {named.code}."
        return PlaceError(code, rule, "disagree")
    whose = "projektets egen kod för" if is_district(place.code) else "koden för"
    return PlaceError(code, f"är {whose} {place.name}, men namnet är ”{told}”.{nearest(told, [place.name], LIKE)}")


def _alone(place: Place, code: Cell, said: str) -> None:
    """Raise PlaceError for a code that may as well be something else, and has no name beside it."""
    if is_district(place.code):
        rule = "är sex siffror utan namn: en församling, en stadsdel eller något annat? Skriv namnet bredvid."
        raise PlaceError(said, rule)
    if place.code == NATION and (not isinstance(code, str) or len(said) < len(NATION)):
        raise PlaceError(said, "utan namn: riket eller en summa? Är det riket, skriv Riket bredvid.")


def _readable(cell: Cell) -> str:
    """Return what a cell shows; raise PlaceError where that cannot be trusted, such as a name that is struck out."""
    if isinstance(cell, Unreadable):
        raise PlaceError(cell.shown, f"{cell.rule}.")
    return shown(cell)


def filled(digits: str) -> str:
    """Return a code with the zero that a spreadsheet takes away."""
    return digits.zfill(len(digits) + len(digits) % 2) if digits.strip("0") else NATION


@cache
def own_names(place: Place) -> frozenset[str]:
    """Return every name that a table may have for a place, squeezed; a county's short name is among them."""
    if place.code == NATION:
        told = list(CALLED["nation"])
    elif place.level == "county":
        told = [place.name, place.short, f"{place.short} län", f"Länet {place.short}"]
        told += CALLED["regions"].get(place.code, [])
        region = f"Region {place.short}"
        if not any(region in names for names in CALLED["also"].values()):  # else a municipality is called so
            told += [region, f"{region} län", f"Region {genitive(place.short)} län"]
    else:
        official = [CALLED["official"][place.code]] if place.code in CALLED["official"] else []
        names = (place.name, genitive(place.name), *official)
        told = [f"{name}{ending}" for name in names for ending in CALLED["endings"]]
        told += CALLED["also"].get(place.code, [])
    return frozenset(map(squeezed, told))


def district_in(places: Mapping[str, Place], code: str, text: str) -> Place | None:
    """Return the district that a name is, of the city that a code, with or without its first zero, begins with."""
    digits = code.lstrip("0")
    wanted = {squeezed(text), squeezed(CITY.sub("", text)), squeezed(BEFORE.sub("", text))}
    own = [one for one in places.values() if is_district(one.code) and digits.startswith(city_of(one.code).lstrip("0"))]
    return next((one for one in own if wanted & own_names(one)), None)


def names(places: Mapping[str, Place]) -> Names:
    """Return the names of places as tables have them: Solna, Solna stad, Solna kommun, Stockholms län, Hela riket."""
    codes: dict[str, str] = {}
    shared = {"regiongotland": "09"}
    units = {name for one in places.values() if one.level == "municipality" for name in own_names(one)}
    for place in sorted(places.values(), key=lambda one: one.level == "county"):
        for name in own_names(place):
            codes.setdefault(name, place.code)
            shared |= {name: place.code} if place.level == "county" and name in units else {}
    return Names(places, codes, shared)


def tidied(code: Cell, name: Cell) -> tuple[Cell, Cell]:
    """Return the code and the name of a place as they are usually written, where they are written otherwise.

    >>> tidied("'0117", "Österåker totalt"), tidied(None, "Habo (0643)"), tidied(None, "Hisingen (Göteborg)")
    (('0117', 'Österåker'), ('0643', 'Habo'), (None, 'Göteborg, Hisingen'))
    """
    code = shown(code).lstrip("'’") if isinstance(code, str) and shown(code)[:1] in ("'", "’") else code
    if not isinstance(name, str):
        return code, name
    text = ALL.sub("", plain(name))
    if found := CODE_BEHIND.match(text):
        digits = text[found.end(1) :].strip(" ,()[]")
        own = digits if not shown(code) else code
        agrees = not shown(code) or filled(shown(code)) == filled(digits)
        return (own, found[1]) if agrees else (code, name)
    if found := CITY_BEHIND.match(text):
        return code, f"{found[2].capitalize()}, {found[1]}"
    return code, text
