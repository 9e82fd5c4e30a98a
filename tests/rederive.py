"""The report's sentences once more, worked out from the rows of resultat.csv and the catalogue's names alone.

Shares are exact fractions here, so that nothing depends on how floating-point numbers add up.
"""

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from itertools import groupby
from math import floor
from pathlib import Path
from typing import Any

from conftest import DATA, EDITION
from oj.facts.catalog import Indicator, indicators
from oj.words.swedish import capital, clear_listing, count, listing, sentences, shortened

Row = dict[str, str]
KNOWN = indicators(DATA)
TENTH = Fraction(1, 10)
NO_OR_YES = (Fraction(0), Fraction(1))
number = cache(Fraction)  # of a figure as it is written; the same are read many thousand times
SIGNS = {"missing": "bortfall", "suppressed": "x", "secret": "x (1–3)", "small_base": "x (<20)",
         "secondary": "x (skydd)", "not_applicable": "ej aktuellt", "withheld": "redovisas ej"}  # fmt: skip


def read_rows(path: Path) -> list[Row]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


TABLES = {row["table"]: row for row in read_rows(DATA / EDITION / "tables.csv")}
AREAS = {row["area"]: row["name"] for row in read_rows(DATA / EDITION / "areas.csv")}


@dataclass
class Facts:
    """The rows of a report, and what its readers call things: the group's name, the numbers of its tables."""

    rows: Sequence[Row]
    group_name: str = ""
    refs: Mapping[str, str] = field(default_factory=lambda: {table: f"@tbl-{table}" for table in TABLES})

    @cached_property
    def cells(self) -> dict[tuple[str, str], Row]:
        return {(row["indicator"], row["place"]): row for row in self.rows if row["subarea"] != "grupper"}

    @cached_property
    def names(self) -> dict[str, str]:
        return {row["place"]: row["place_name"] for row in self.rows}

    def places(self, level: str) -> list[str]:
        return list(dict.fromkeys(row["place"] for row in self.cells.values() if row["level"] == level))

    @cached_property
    def own(self) -> list[str]:
        return self.places("municipality")

    @cached_property
    def counties(self) -> list[str]:
        return self.places("county")

    @cached_property
    def items(self) -> list[Indicator]:
        there = {name for name, _ in self.cells}
        return [item for item in KNOWN.values() if item.id in there]

    @cached_property
    def targets(self) -> list[Indicator]:
        return [item for item in self.items if item.is_answer]

    def within(self, **where: str) -> list[Indicator]:
        return [item for item in self.items if all(getattr(item, key) == value for key, value in where.items())]

    def status(self, item: Indicator, place: str) -> str:
        row = self.cells.get((item.id, place))
        return row["status"] if row else ""

    def value(self, item: Indicator, place: str) -> Fraction | None:
        row = self.cells.get((item.id, place))
        return number(row["value"]) if row and row["status"] == "observed" and row["value"] else None

    def exact(self, item: Indicator, place: str) -> Fraction | None:
        """Return a region's share as the fraction that it was, from its counts or from how many answered."""
        row = self.cells.get((item.id, place))
        if not row or row["status"] != "observed" or not row["value"]:
            return None
        if row["numerator"] and row["denominator"]:
            return number(row["numerator"]) / number(row["denominator"])
        return the_only(row["value"], (row["edition"], place, row["source"]))

    def reached(self, item: Indicator, place: str) -> Fraction | None:
        """Return 1 or 0 for a municipality's answer, a region's share, None where there is no figure."""
        if place not in self.own:
            exact = self.exact(item, place)
            return self.value(item, place) if exact is None else exact
        row = self.cells.get((item.id, place))
        return NO_OR_YES[row["answer"] == "yes"] if row and row["status"] == "observed" else None

    def total(self, items: Iterable[Indicator], place: str) -> tuple[Fraction, int]:
        """Return how many targets a place reaches, and of how many that it has figures for."""
        known = [amount for item in items if (amount := self.reached(item, place)) is not None]
        whole = sum(one.numerator for one in known if one.denominator == 1)
        return sum((one for one in known if one.denominator > 1), Fraction(whole)), len(known)

    def off(self, items: Iterable[Indicator], place: str) -> Fraction:
        """Return how far a region's total may be from the true one: half a percent for every rounded share."""
        if place in self.own:
            return Fraction(0)
        known = [item for item in items if self.value(item, place) is not None and self.exact(item, place) is None]
        return Fraction(len(known), 200)

    def average(self, items: Sequence[Indicator], place: str) -> str:
        """Return how many targets a region reaches on average, as it is told."""
        return ("cirka " if self.off(items, place) else "") + figure(self.total(items, place)[0], 1)

    def called(self, place: str) -> str:
        return "riket" if place == "00" else self.names[place]


ANSWERING = {
    (row["edition"], row["place"], row["source"]): int(row["answering"])
    for row in read_rows(DATA / EDITION / "answering.csv")
}


def whole_fractions(answering: int) -> dict[int, list[Fraction]]:
    """Return, by the whole percent each is told as, the fractions that so many answering can make."""
    told: dict[int, list[Fraction]] = {}
    for part in range(answering + 1):
        told.setdefault(floor(Fraction(100 * part, answering) + Fraction(1, 2)), []).append(Fraction(part, answering))
    return told


FRACTIONS = {key: whole_fractions(answering) for key, answering in ANSWERING.items()}


@cache
def the_only(percent: str, of: tuple[str, str, str]) -> Fraction | None:
    """Return the fraction that a share told as a whole percent must be, of those that answered; None if several may."""
    told = number(percent) * 100
    possible = FRACTIONS.get(of, {}).get(int(told), []) if told.denominator == 1 else []
    return possible[0] if len(possible) == 1 else None


def regional(row: Any) -> float:
    """Return the share of a region's row (of a frame): the fraction that its percent must be, else as it stands."""
    if row.numerator == row.numerator and row.denominator == row.denominator:
        return float(row.numerator / row.denominator)
    possible = FRACTIONS.get((row.edition, row.place, row.source), {}).get(round(row.value * 100), [])
    told = abs(row.value * 100 - round(row.value * 100)) < 1e-6
    return float(possible[0]) if told and len(possible) == 1 else float(row.value)


def figure(value: Fraction | int, decimals: int = 0) -> str:
    """Return a number rounded half up, with a comma, a true minus and a space at thousands."""
    steps = floor(abs(value) * 10**decimals + Fraction(1, 2))
    whole, rest = divmod(steps, 10**decimals)
    text = f"{whole:,}".replace(",", " ") + (f",{rest:0{decimals}d}" if decimals else "")
    return f"\u2212{text}" if value < 0 and steps else text


def amount_of(item: Indicator, value: Fraction) -> str:
    """Return a figure with its unit."""
    if item.scale in ("share", "yes-no", "yes-partly-no"):
        return f"{figure(value * 100, item.decimals)} %"
    return figure(value, item.decimals) + (" timmar per vecka" if item.scale == "hours-per-week" else "")


def whole(share: Fraction) -> str:
    return figure(share * 100)


def everyone(facts: Facts, reach: bool) -> str:
    size = count(len(facts.own))
    if not reach:
        return f"Ingen av de {size} kommunerna"
    return "Båda kommunerna" if len(facts.own) == 2 else f"Alla {size} kommuner"


def answers_of(facts: Facts, item: Indicator) -> list[str]:
    """Return every municipality's answer, empty where there is none."""
    return [facts.cells[item.id, place]["answer"] for place in facts.own]


def unanimous(facts: Facts, items: Sequence[Indicator], *, by_table: bool = False) -> list[str]:
    if len(facts.own) < 2:
        return []
    told = []
    for answer in ("yes", "no"):
        same = [item for item in items if item.is_answer and set(answers_of(facts, item)) == {answer}]
        parts, join = [item.phrase for item in same], listing
        if by_table and same:
            tables = [(table, list(part)) for table, part in groupby(same, key=lambda item: item.table)]
            parts = [f"{shortened([item.phrase for item in part])} ({facts.refs[table]})" for table, part in tables]
            join = listing if len(parts) == len(same) else "; ".join
        if same:
            told.append(sentences(f"{everyone(facts, answer == 'yes')} når målet för", parts, join))
    return told


def whole_table(facts: Facts, items: Sequence[Indicator]) -> list[str]:
    asked = [item for item in items if item.is_answer]
    if len(asked) < 3 or len(facts.own) < 2:
        return []
    sums = {place: facts.total(asked, place) for place in facts.own}
    size, told = count(len(asked)), []
    for wanted, words in (
        (len(asked), f"når målet för alla {size} indikatorer"),
        (0, f"når inte målet för någon av de {size} indikatorerna"),
    ):
        who = [facts.names[place] for place, sums_of in sums.items() if sums_of == (wanted, len(asked))]
        if 0 < len(who) < len(facts.own):
            told.append(f"{listing(who)} {words}.")
    return told


def shares(facts: Facts, items: Iterable[Indicator], other: str = "00") -> list[tuple[Indicator, Fraction, Fraction]]:
    """Return the answer indicators with shares for the county and `other`, furthest apart first."""
    pairs = [(item, facts.value(item, facts.counties[0]), facts.value(item, other)) for item in items if item.is_answer]
    known = [(item, in_percent(one), in_percent(two)) for item, one, two in pairs if None not in (one, two)]
    return sorted(known, key=lambda pair: -abs(pair[1] - pair[2]))


def in_percent(share: Fraction) -> Fraction:
    """Return a share as it is told: in whole percent, a half rounded up."""
    return Fraction(floor(share * 100 + Fraction(1, 2)), 100)


def pair(one: Fraction, two: Fraction) -> str:
    return f"{whole(one)} mot {whole(two)} %"


def compared(facts: Facts, items: Sequence[Indicator]) -> list[str]:
    found = shares(facts, items)
    name = facts.names[facts.counties[0]]
    told = []
    for words, sign in (("över", 1), ("under", -1)):
        parts = [f"{item.phrase} ({pair(one, two)})" for item, one, two in found if (one - two) * sign >= TENTH]
        if parts:
            told.append(sentences(f"{name} ligger minst 10 procentenheter {words} riket när det gäller", parts))
    if told or not found:
        return told
    ordered = sorted(found, key=lambda one: items.index(one[0]))
    parts = [f"{item.phrase} ({pair(one, two)})" for item, one, two in ordered]
    return [sentences(f"{name} ligger mindre än 10 procentenheter från riket när det gäller", parts)]


def numbers(facts: Facts, item: Indicator) -> list[str]:
    """Return the sentence of an indicator that is a number: its span, or the regions' figures."""
    start, nation = f"{capital(item.phrase)}:", facts.value(item, "00")
    if not facts.own:
        regions = ["00", *facts.counties]
        known = [(place, value) for place in regions if (value := facts.value(item, place)) is not None]
        shown = [f"{facts.called(place)} {amount_of(item, value).removesuffix(' timmar per vecka')}"
                 for place, value in known]  # fmt: skip
        hidden = [facts.called(place) for place in regions if facts.value(item, place) is None]
        parts = [listing(shown), f"för {listing(hidden)} visas ingen uppgift" if hidden else ""]
        return [f"{start} {'; '.join(filter(None, parts))}."]
    known = sorted(value for place in facts.own if (value := facts.value(item, place)) is not None)
    if len(known) < 2:
        return []
    low, high = amount_of(item, known[0]), amount_of(item, known[-1])
    short = low.removesuffix(" %").removesuffix(" timmar per vecka")
    span = f"med uppgift har alla {high}" if low == high else f"ligger mellan {short} och {high}"
    if nation is None or "resultat" in item.kind:
        return [f"{start} kommunerna {span}."]
    sizes = [sum(value > nation for value in known), sum(value < nation for value in known)]
    words = ["över riket", "under" if sizes[0] else "under riket", "på samma nivå"]
    sides = [(size, word) for size, word in zip([*sizes, len(known) - sum(sizes)], words, strict=True) if size]
    of = f"{count(len(known))} kommuner med uppgift ligger"
    every = "båda kommunerna med uppgift ligger" if len(known) == 2 else f"alla {of}"
    end = f"{every} {sides[0][1]}" if len(sides) == 1 else f"av {of} {listing([f'{count(n)} {w}' for n, w in sides])}"
    return [f"{start} kommunerna {span}. Riket har {amount_of(item, nation)}, och {end}."]


def lacking(facts: Facts, items: Sequence[Indicator]) -> list[str]:
    gaps: dict[str, dict[str, int]] = {}
    for item in items:
        for place in facts.own if not item.is_answer else []:
            if facts.status(item, place) != "observed":
                sizes = gaps.setdefault(facts.status(item, place), {})
                sizes[item.phrase] = sizes.get(item.phrase, 0) + 1
    of = len(facts.own)
    told = []
    for status, sizes in gaps.items():
        start = "Uppgift saknas (bortfall)" if status == "missing" else f"Uppgift visas inte ({SIGNS[status]})"
        counts = [
            phrase + ("" if of == 1 else " (alla kommuner)" if n == of else f" ({count(n)} av {count(of)} kommuner)")
            for phrase, n in sizes.items()
        ]
        told.append(sentences(f"{start}:", counts, clear_listing))
    return told


def table_findings(facts: Facts, table: str) -> list[str]:
    items = facts.within(table=table)
    values = [told for item in items if not item.is_answer for told in numbers(facts, item)]
    return [
        *unanimous(facts, items), *whole_table(facts, items), *compared(facts, items), *values,
        *lacking(facts, items),
    ]  # fmt: skip


def seen(value: Fraction) -> Fraction:
    """Return a number as rounded as it is shown."""
    return Fraction(figure(value, 1).replace(",", "."))


def average(facts: Facts, items: Sequence[Indicator], whose: str = "") -> list[str]:
    asked = [item for item in items if item.is_answer]
    sums = {place: facts.total(asked, place) for place in [*facts.own, facts.counties[0], "00"]}
    county, nation = facts.counties[0], "00"
    if any(sums[place][1] < len(asked) for place in (county, nation)):
        return []
    of = f"av {whose}{len(asked)} mål"
    there, here = (facts.average(asked, place) for place in (county, nation))
    some = any(sums[place][1] < len(asked) for place in facts.own)
    if some and not any(sums[place][1] for place in facts.own):
        return []  # told apart: nobody has answered
    who = "kommuner och stadsdelar" if county in ("01", "12", "14") else "kommunerna"
    start = f"{'De s' if who.endswith('erna') else 'S'}varande {who}" if some else f"K{who[1:]}"
    regions = f"{start} i {facts.names[county]} når i genomsnitt {there}"
    if not facts.own or some:
        return [f"{regions} {of}; i riket är det {here}."]
    mean = sum((sums[place][0] for place in facts.own), Fraction(0)) / len(facts.own)
    many = len(facts.own) > 1
    who = (
        f"Kommunerna når i genomsnitt {figure(mean, 1)}" if many else f"{facts.names[facts.own[0]]} når {figure(mean)}"
    )
    return [f"{who} {of}. {regions}, i riket {here}."]


def span_of_targets(facts: Facts) -> list[str]:
    sums = [facts.total(facts.targets, place)[0] for place in facts.own]
    complete = all(facts.total(facts.targets, place)[1] == len(facts.targets) for place in facts.own)
    if len(sums) < 2 or not complete:
        return []
    nation, off = facts.total(facts.targets, "00")[0], facts.off(facts.targets, "00")
    sides = ((sum(one > nation + off for one in sums), "fler"), (sum(one < nation - off for one in sums), "färre"))
    told = listing([f"{count(size)} når {words}" for size, words in sides if size])
    mean = f"rikets genomsnitt, {facts.average(facts.targets, '00')}"
    told += f" än {mean}" if told else ""
    unsure = sum(nation - off <= one <= nation + off for one in sums) if off else 0
    if unsure:
        same = f"{count(unsure)} når ungefär lika många"
        told = f"{told}; {same}" if told else f"{same} som {mean}"
    least, most = figure(min(sums)), figure(max(sums))
    span = f"alla {least}" if least == most else f"mellan {least} och {most}"
    span += f" av {len(facts.targets)} mål"
    return [f"Kommunerna når {span}; {told}."] if told else []


def areas_apart(facts: Facts) -> list[str]:
    if len(facts.own) < 2:
        return []
    told = []
    for words, sign in (("fler", 1), ("färre", -1)):
        parts = []
        for area in dict.fromkeys(item.area for item in facts.targets):
            items = [item for item in facts.targets if item.area == area]
            mean = sum((facts.total(items, place)[0] for place in facts.own), Fraction(0)) / len(facts.own)
            nation = facts.total(items, "00")[0]
            if (seen(mean) - seen(nation)) * sign >= 1:
                parts.append(f"{AREAS[area]} ({figure(mean, 1)} mot {facts.average(items, '00')} av {len(items)} mål)")
        if parts:
            told.append(sentences(f"Kommunerna når i genomsnitt {words} mål än riket inom", parts))
    return told
