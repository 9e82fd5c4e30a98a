"""Whether a cell is a place, and which place a row is about, also a district that is not known yet."""

import re
from dataclasses import dataclass, field
from functools import cached_property

from oj.facts.places import Place, city_of, is_district, slug
from oj.sources.files.cells import Cell, shown
from oj.sources.terms.places import CITY, CODE, Names, district_in, filled
from oj.sources.terms.words import WORDS, heading, is_one_of, plain, squeezed
from oj.words.errors import nearest

DISTRICT = re.compile(WORDS["patterns"]["district_heading"][0], re.IGNORECASE)
OFFICE = re.compile(WORDS["patterns"]["offices"][0], re.IGNORECASE)
LIKE = 0.8  # how like a known district's name a misspelt one is


def kind_of(cell: Cell) -> str:
    """Return what a column with a heading says of the places: "code", "name", "county" or "district", else ""."""
    kind, text = heading(cell), cell if isinstance(cell, str) else ""
    if not kind and text and (is_one_of("english_names", text) or is_one_of("english_codes", text)):
        return "name" if is_one_of("english_names", text) else "code"
    return "district" if kind in ("", "name") and text and DISTRICT.match(plain(text)) else kind


@dataclass(frozen=True)
class Lookup:
    """The places, with what has been looked up of a file's texts."""

    names: Names
    seen: dict[str, bool] = field(default_factory=dict)

    def is_place(self, cell: Cell) -> bool:
        """Return whether a cell is a known place's name, or a municipality's code."""
        text = shown(cell)
        if text not in self.seen:
            self.seen[text] = self._is_place(text, is_text=isinstance(cell, str))
        return self.seen[text]

    def _is_place(self, text: str, *, is_text: bool) -> bool:
        if number := CODE.fullmatch(text):
            whole = len(number[1]) >= 3 or (is_text and text.startswith("0"))
            return whole and filled(number[1]) in self.names.places
        return bool(text) and (self.names.is_known(text) or self.names.county(text) is not None)

    def place(self, cell: Cell) -> str:
        """Return the code of the place that a cell is the name or the code of, "" where it is none."""
        text = shown(cell)
        if number := CODE.fullmatch(text):
            return filled(number[1]) if filled(number[1]) in self.names.places else ""
        found = self.names.named(text) or self.names.county(text) if text else None
        return found.code if found else ""

    @cached_property
    def cities(self) -> dict[str, str]:
        """The codes of the cities that have districts, by their squeezed names."""
        codes = {city_of(code) for code in self.names.places if is_district(code)}
        return {squeezed(self.names.places[code].name): code for code in codes}

    def district(self, city: Place, name: str) -> Place:
        """Return the district of a city that a column of districts names, known or not."""
        bare = CITY.sub("", plain(name))
        known = district_in(self.names.places, city.code, bare)
        return known or self.new_district(city.code, f"{city.name}, {bare}", city.code) or _below(city, bare)

    def new_district(self, code: Cell, name: Cell, city: str) -> Place | None:
        """Return a district that is not known, under a code of its own below its city's, or None where it is none.

        It is one when its name says the city, or its code begins with the city's, or it is an office below the city
        (`city` is the code of the city that the rows above are about). A name like a known district's is none.
        """
        digits, text = shown(code), plain(shown(name))
        own = self._city(digits, text) or (city if OFFICE.match(text) else "")
        bare = OFFICE.sub("", CITY.sub("", text)).strip(" ,–-")
        if not own or not bare or squeezed(bare) in self.cities:
            return None
        known = [one for one in self.names.places.values() if is_district(one.code) and city_of(one.code) == own]
        names = {squeezed(one.name) for one in known}
        if squeezed(bare) not in names and nearest(bare, [one.name for one in known], LIKE):
            return None
        whole = CITY.sub("", text) if squeezed(bare) in names else bare  # an office is no district of its name
        return _below(self.names.places[own], whole)

    def _city(self, digits: str, text: str) -> str:
        """Return the code of the city that a district's name or code says, "" where neither does."""
        if found := CITY.match(text):
            return self.cities.get(squeezed(found[1]), "")
        is_own = re.fullmatch(r"\d{5,8}", digits)
        begins = [code for code in self.cities.values() if is_own and filled(digits).startswith(code)]
        at_city = digits.zfill(4) in self.cities.values() and text and not self.is_place(text)
        return begins[0] if begins else digits.zfill(4) if at_city else ""


def _below(city: Place, name: str) -> Place:
    """Return a district under a code of its own: its city's, and its name."""
    return Place(f"{city.code}-{slug(name)}", name, name, "district", city.county)
