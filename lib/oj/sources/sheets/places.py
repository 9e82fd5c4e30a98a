"""Whether a cell is a place, and which place a row is about, also a district that is not known yet."""

import re
from collections import ChainMap
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from oj.facts.places import Place, city_of, is_district, slug
from oj.sources.files.cells import Cell, Sheet, shown
from oj.sources.sheets.model import RowError
from oj.sources.tables.model import Facts
from oj.sources.tables.places import Where, row_place
from oj.sources.tables.seen import Seen
from oj.sources.terms.places import BEFORE, CITY, CODE, SUMS, Names, PlaceError, district_in, filled, tidied
from oj.sources.terms.words import WORDS, heading, is_one_of, pattern, plain, squeezed
from oj.words.errors import nearest
from oj.words.vocabulary import UNITS

DISTRICT = re.compile(WORDS["patterns"]["district_heading"][0], re.IGNORECASE)
OFFICE = re.compile(WORDS["patterns"]["offices"][0], re.IGNORECASE)
PARTED = re.compile(r"(\d{3,4})-\d{1,2}")
LATER = WORDS["places"]["later"]  # names of districts by their city's code, that places.csv lacks
COLLECTIONS = pattern("collections")
MOST_LOOKED_AT = 100  # rows that tell whether columns have the same places
LEVELS = ("code", "name", "county", "district")
LIKE = 0.8  # how like a known district's name a misspelt one is


def kind_of(cell: Cell) -> str:
    """Return what a column with a heading says of the places: "code", "name", "county" or "district", else ""."""
    kind, text = heading(cell), cell if isinstance(cell, str) else ""
    if not kind and text and (is_one_of("english_names", text) or is_one_of("english_codes", text)):
        return "name" if is_one_of("english_names", text) else "code"
    return "district" if kind in ("", "name") and text and DISTRICT.match(plain(text)) else kind


def are_coded(cells: Sequence[Cell]) -> bool:
    """Return whether cells are codes, all of them."""
    return bool(cells) and all(CODE.fullmatch(shown(one)) for one in cells)


def joined_codes(counties: Sequence[Cell], halves: Sequence[Cell]) -> list[Cell]:
    """Return the codes of municipalities whose two halves stand in two columns."""
    pairs = zip(map(shown, counties), map(shown, halves), strict=False)
    return [f"{one.zfill(2)}{other.zfill(2)}" for one, other in pairs if max(len(one), len(other)) <= len("01")]


def _column(sheet: Sheet, row: int, at: int) -> list[Cell]:
    """Return the cells with something in them below a row."""
    rows = [cells for below, cells in sheet.rows.items() if below > row and sheet.texts[below][at]]
    return [cells[at] for cells in rows[:MOST_LOOKED_AT]]


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
        known = bool(text) and (self.names.is_known(text) or self.names.county(text) is not None)
        return known or (is_text and self._is_written_otherwise(text))

    def _is_written_otherwise(self, text: str) -> bool:
        code, name = tidied(text if text[:1] in ("'", "’") else None, text)
        digits, own = shown(code), shown(name)
        numbered = bool(CODE.fullmatch(digits)) and filled(digits) in self.names.places
        return numbered or (own != text and bool(own) and self.names.is_known(own))

    def place(self, cell: Cell) -> str:
        """Return the code of the place that a cell is the name or the code of, "" where it is none."""
        text = shown(cell)
        if number := CODE.fullmatch(text):
            return filled(number[1]) if filled(number[1]) in self.names.places else ""
        found = self.names.named(text) or self.names.county(text) if text else None
        return found.code if found else ""

    def names_beside(self, sheet: Sheet, row: int, at: int) -> dict[str, int]:
        """Return the column with the names of the places that codes, or counties, alone tell of, whatever is over it.

        It is the one nearest to them that has the same places, or places in those counties; nothing where none has.
        """
        others = [one for one in range(sheet.width) if one != at and not kind_of(sheet.rows[row][one])]
        for other in sorted(others, key=lambda one: abs(one - at)):
            if self.are_of_same(sheet, row, at, other) and not are_coded(_column(sheet, row, other)):
                return {f"name {other}": other}
        return {}

    def with_names(self, sheet: Sheet, row: int, roles: dict[str, int]) -> dict[str, int]:
        """Return the only column that is headed as places', with that of their names where it has codes or counties."""
        ((key, at),) = roles.items()
        is_name = key.startswith("name")
        if is_name and not self.are_counties(sheet, row, at):
            return roles
        found = self.names_beside(sheet, row, at)
        return {f"county {at}": at, **found} if is_name and found else roles | found

    def are_counties(self, sheet: Sheet, row: int, at: int) -> bool:
        """Return whether most of the places in a column are counties, and some stand on several rows."""
        own = [self.names.county(shown(one)) for one in _column(sheet, row, at)]
        return sum(map(bool, own)) * 2 > len(own) and len({one.code for one in own if one}) < sum(map(bool, own))

    def are_of_same(self, sheet: Sheet, row: int, at: int, other: int) -> bool:
        """Return whether two columns below a row have the same places, or one the counties of the other's."""
        rows = [cells for below, cells in sheet.rows.items() if below > row][:MOST_LOOKED_AT]
        pairs = [(cells[at], cells[other]) for cells in rows]
        across = [(two, one) for one, two in pairs]
        return self.are_same(pairs) or self._are_within(pairs) or self._are_within(across)

    def are_same(self, pairs: Sequence[tuple[Cell, Cell]]) -> bool:
        """Return whether most of the cells beside each other are the same place."""
        told = [(self.place(one), self.place(other)) for one, other in pairs if shown(one)]
        return len(told) > 1 and sum(one == other != "" for one, other in told) * 2 > len(told)

    def _are_within(self, pairs: Sequence[tuple[Cell, Cell]]) -> bool:
        """Return whether most of the cells beside each other are a county and a municipality in it, some of several.

        Where each county has but one beside it that is something told of the county: its largest.
        """
        above = [""]
        for one, _ in pairs:
            above.append(shown(one) or above[-1])  # as a pivot table has it
        places = [self.names.places.get(self.place(other)) for _, other in pairs]
        own = [(self.names.county(text), place) for text, place in zip(above[1:], places, strict=True) if place]
        inside = [
            (one.code, place.code) for one, place in own if one and place.level in UNITS
            if place.county == one.code
        ]  # fmt: skip
        return len(inside) * 2 > len(own) and len({*inside}) > len({county for county, _ in inside})

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
        (`city` is the code of the city that the rows above are about), or one of a newer division. A name like a known
        district's is none.
        """
        digits, text = shown(code), self._parted(shown(code), plain(shown(name)))
        if text and (found := PARTED.fullmatch(digits)) and filled(found[1]) in self.cities.values():
            return self.district(self.names.places[filled(found[1])], text)
        later = {squeezed(one) for one in LATER.get(city, ())}
        own = self._city(digits, text) or (city if OFFICE.match(text) or squeezed(text) in later else "")
        bare = OFFICE.sub("", CITY.sub("", text)).strip(" ,–-")
        if not own or not bare or squeezed(bare) in self.cities or SUMS.match(bare):
            return None
        known = [one for one in self.names.places.values() if is_district(one.code) and city_of(one.code) == own]
        names = {squeezed(one.name) for one in known}
        if squeezed(bare) not in {*names, *map(squeezed, LATER.get(own, ()))} and nearest(
            bare, [one.name for one in known], LIKE
        ):
            return None
        whole = CITY.sub("", text) if squeezed(bare) in names else bare  # an office is no district of its name
        return _below(self.names.places[own], whole)

    def _parted(self, digits: str, text: str) -> str:
        """Return a name with a comma behind its city, where the code is the city's or a newer division has the rest."""
        found = BEFORE.match(text)
        city, rest = self.cities.get(squeezed(found[1]), "") if found else "", text[found.end() :] if found else ""
        own = {squeezed(one) for one in LATER.get(city, ())}
        is_own = digits.zfill(len(city)) == city if digits else squeezed(rest) in own
        return f"{found[1]}, {rest}" if found and city and is_own else text

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


def place_of(about: tuple[Seen, Where, Facts], look: Lookup, row: int, city: str) -> Place:
    """Return the place of a row, the narrowest that it names; raise RowError where there is none."""
    seen, where, facts = about
    columns = where.columns
    code, name, county, district = (seen.rows[row][columns[one]] if one in columns else None for one in LEVELS)
    told = shown(district)
    try:
        if not shown(code) and not shown(name) and not told:
            return _whole(look, shown(county))
        place = row_place(seen, row, where, facts) if shown(code) or shown(name) else None
    except PlaceError as wrong:
        below = district_in(look.names.places, city, shown(name)) if city and not shown(code) else None
        found = below or _otherwise(about, row, (code, name)) or look.new_district(*tidied(code, name), city)
        if not found:
            text = plain(shown(name) or shown(code))
            is_sum = bool(SUMS.match(text) or COLLECTIONS.match(text))
            raise RowError(wrong.value, wrong.rule, is_left=is_sum) from wrong
        return found
    own = place or look.names.places.get(city)
    if told and own is None:
        raise RowError(told, "står utan sin stad; skriv staden på samma rad.")
    return look.district(own, told) if told and own and own.code in look.cities.values() else own or _whole(look, told)


def _otherwise(about: tuple[Seen, Where, Facts], row: int, told: tuple[Cell, Cell]) -> Place | None:
    """Return the place of a row whose code or name is written in another way, None where it is none."""
    code, name = tidied(*told)
    if (code, name) == told:
        return None
    seen, where, facts = about
    cells = list(seen.rows[row])
    for at, cell in ((where.columns.get("code"), code), (where.columns.get("name"), name)):
        if at is not None:
            cells[at] = cell
    again = replace(seen, rows=ChainMap({row: cells}, cast("dict[int, Sequence[Cell]]", seen.rows)))
    try:
        return row_place(again, row, where, facts)
    except PlaceError:
        return None


def _whole(look: Lookup, text: str) -> Place:
    """Return the county or the nation that a row without a municipality is of; raise PlaceError for another."""
    found = look.names.county(text) or look.names.named(text)
    if found is None or found.level in UNITS:
        raise PlaceError(text, "är inget län och inte riket.", "none")
    return found
