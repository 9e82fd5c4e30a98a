"""What in a workbook differs from the edition before by more than is likely, so that somebody looks before it counts.

A place that is gone, a column where all answer the same, a number that jumps, an answer that flips back and forth.
Nothing of it is a fault, and nothing is told across a break in the series.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from oj.facts.catalog import Indicator
from oj.facts.places import Place
from oj.sources.sheets.model import Figure
from oj.words.frames import each_row
from oj.words.swedish import listing, number, percent, some
from oj.words.vocabulary import ANSWER_WORDS, UNITS

COLUMNS = ["measure", "place", "year", "value", "answer", "is_read"]
JUMPS = {"nation": 0.15, "county": 0.30}  # of a share, from one edition to the next
JUMP, TIMES = 0.50, 3.0  # of a municipality's share, and how many times another number is the earlier
FEWEST = 5  # municipalities of which it says something that all are alike
MOST_LINES, LONGEST, LEFT_OUT = 20, 80, " … "
Breaks = Callable[[str], set[str]]
Step = tuple[Any, Any]  # a row and the next of the same question and place


def known_rows(figures: Iterable[Figure], earlier: pd.DataFrame | None) -> pd.DataFrame:
    """Return what a workbook says, and before it what is known of years that it has not, as rows that are compared.

    `earlier` are results as they may be shown, with edition, indicator, place, value, answer and status.
    """
    own = [
        [one.measure, one.item.place.code, one.item.heading.period, one.value, one.answer, True]
        for one in figures
        if one.status == "observed" and one.item.heading.group == "total"
    ]
    years = {row[2] for row in own}
    before = [
        [row.indicator, row.place, row.edition, row.value, "" if pd.isna(row.answer) else row.answer, False]
        for row in (each_row(earlier) if earlier is not None else ())
        if row.status == "observed" and row.edition not in years
    ]
    found = pd.DataFrame([*before, *own], columns=COLUMNS).astype({"value": float})
    return found.sort_values(["measure", "place", "year"], kind="stable", ignore_index=True)


def notices(
    rows: pd.DataFrame, measures: Mapping[str, Indicator], places: Mapping[str, Place], breaks: Breaks, base: int
) -> list[str]:
    """Return what differs by more than is likely, a line for each place or question, at most a page of them.

    `breaks` gives the first editions after a break in a question's series, and `base` is of how many a share must be to
    be shown: a county's share of fewer municipalities varies that much more by chance.
    """
    rows = rows[rows["place"].isin([*places])]
    lines, wider = _gone(rows, places), _wider(places, base)
    of_questions: dict[str, list[list[str]]] = {"alike": [], "jumps": [], "flips": []}
    for name, own in rows.groupby("measure", sort=False):
        if name in measures:
            steps = list(_steps(own, breaks(str(name))))
            of_questions["alike"].append(_alike(own, measures[str(name)], places, breaks(str(name))))
            of_questions["jumps"].append(_jumps(steps, measures[str(name)], places, wider))
            of_questions["flips"].append(_flips(steps, measures[str(name)], places))
    lines += [line for told in of_questions.values() for one in told for line in one]
    rest = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"… och {number(rest)} rader till av samma slag"] if rest > 0 else lines


def _steps(rows: pd.DataFrame, breaks: set[str]) -> Iterable[Step]:
    """Yield every two neighbouring years of a question in a place, with no break between."""
    for _, own in rows.groupby("place", sort=False):
        for first, last in pairwise(each_row(own)):
            if not any(first.year < start <= last.year for start in breaks):
                yield first, last


def _gone(rows: pd.DataFrame, places: Mapping[str, Place]) -> list[str]:
    """Return which places an edition lacks that the one before had; only of counties that the edition has places of."""
    lines, years = [], sorted(rows["year"].unique())
    for before, year in pairwise(years):
        now, then = (rows[rows["year"] == one] for one in (year, before))
        if now["is_read"].any():
            counties, lacking = {code[:2] for code in now["place"]}, {*then["place"]} - {*now["place"]}
            if gone := [code for code in places if code in lacking and code[:2] in counties]:
                lines.append(f"{year}: {some(places[code].name for code in gone)} var med {before} och saknas nu.")
    return lines


def _alike(rows: pd.DataFrame, item: Indicator, places: Mapping[str, Place], breaks: set[str]) -> list[str]:
    """Return in which edition all answer the same to a question, where they did not in the one before."""
    own = rows[rows["place"].map(lambda code: places[code].level in UNITS).astype(bool)]
    told, before = [], None
    for year, part in own.groupby("year"):
        before = None if year in breaks else before
        same = part["answer"].iloc[0] if item.is_answer and part["answer"].nunique() == 1 else ""
        if same and len(part) >= FEWEST and part["is_read"].all() and before is not None:
            there = int((before["answer"] == same).sum())
            if there < len(before):
                word = _word(item, same)
                told.append(f"bara {word} {year} ({number(len(part))} svar), {there} av {len(before)} i utgåvan före")
        before = part
    return [f"{_title(item)}: {listing(told)}."] if told else []


def _wider(places: Mapping[str, Place], base: int) -> dict[str, float]:
    """Return how many times as far a county's share may go by chance as one of `base` municipalities may, by code."""
    many = Counter(one.county for one in places.values() if one.level == UNITS[0])
    return {county: max(1.0, (base / size) ** 0.5) for county, size in many.items()}


def _jumps(
    steps: Sequence[Step], item: Indicator, places: Mapping[str, Place], wider: Mapping[str, float]
) -> list[str]:
    """Return the numbers of a question that are far from those of the year before, the farthest first."""
    found = []
    for first, last in steps:
        if last.is_read and pd.notna(first.value) and pd.notna(last.value):
            size = _size(first.value, last.value, item, places[last.place].level)
            size /= wider.get(last.place, 1.0) if item.is_answer else 1.0
            if size >= 1:
                then, now = (_told(value, item) for value in (first.value, last.value))
                found.append((-size, f"{places[last.place].name} {then} {first.year}, {now} {last.year}"))
    told = [text for _, text in sorted(found, key=lambda one: one[0])]
    return [f"{_title(item)}: talet hoppar: {some(told, '; ')}."] if told else []


def _size(first: float, last: float, item: Indicator, level: str) -> float:
    """Return how far a number is from the earlier one, where one is as far as is told."""
    if item.is_answer or item.scale == "share":
        return round(abs(last - first), 6) / JUMPS.get(level, JUMP)
    low, high = sorted((abs(first), abs(last)))
    return high / low / TIMES if low else 0.0


def _flips(steps: Sequence[Step], item: Indicator, places: Mapping[str, Place]) -> list[str]:
    """Return where an answer has changed and changed back, in three editions that follow each other."""
    told: dict[str, str] = {}
    for (first, middle), (same, last) in pairwise(steps):
        back = first.answer and middle.answer and first.answer == last.answer != middle.answer
        if middle is same and last.is_read and back:
            words = [f"{_word(item, one.answer)} {one.year}" for one in (first, middle, last)]
            told[last.place] = f"{places[last.place].name} ({', '.join(words)})"
    where = "en kommun" if len(told) == 1 else f"{number(len(told))} kommuner"
    return [f"{_title(item)}: svaret går fram och tillbaka i {where}: {some(told.values(), '; ')}."] if told else []


def _word(item: Indicator, answer: str) -> str:
    """Return an answer's word; of another edition's scale the usual."""
    return item.answer_words.get(answer, ANSWER_WORDS[answer])


def _title(item: Indicator) -> str:
    """Return a question's title: of a long one how it begins and ends, for many begin alike."""
    title, half = item.title, (LONGEST - len(LEFT_OUT)) // 2
    if len(title) <= LONGEST:
        return f"”{title}”"
    return f"”{title[:half].rpartition(' ')[0]}{LEFT_OUT}{title[-half:].partition(' ')[2]}”"


def _told(value: float, item: Indicator) -> str:
    return percent(value, item.decimals) if item.is_answer or item.scale == "share" else number(value, item.decimals)
