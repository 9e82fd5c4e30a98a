"""What sentences are made of: their text and rows, lists of them, and how measures and places are named in them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from oj.compare.against import Pair
from oj.facts.places import NATION
from oj.present.output import Text
from oj.tidy.measures import UNIT_WORDS, Measure
from oj.tidy.schema import Figures
from oj.words.swedish import beside, listing, sentences, shortened

SAID = ("hours-per-week", "days", "kr-per-inhabitant")  # units that stand after a figure in a sentence
SIDES = ((1, "över"), (-1, "under"))


@dataclass(frozen=True)
class Sentence:
    """One Swedish sentence and the row numbers of the figures behind it."""

    text: str
    rows: tuple[int, ...]


def listed(
    start: str, told: Sequence[str], rows: Iterable[int], join: Callable[[list[str]], str] = listing
) -> list[Sentence]:
    """Return what is told as a sentence that ends in a list, or where it is long as several; none where nothing is."""
    return [Sentence(sentences(start, told, join), tuple(rows))] if told else []


def as_list(sentences: Sequence[Sentence]) -> Text:
    """Return sentences as a Markdown list that knows its rows.

    Nothing is ranked: municipalities are named only where all of a set is told (all who answered Ja to everything), and
    numbers are told as a span and as how many lie above and below the nation.
    """
    return Text("\n".join(f"- {sentence.text}" for sentence in sentences), tuple(one.rows for one in sentences))


def asked(figures: Figures) -> Figures:
    """Return the figures of what is answered with Ja and Nej."""
    return figures.where(lambda one: one.is_answer)


def aimed(figures: Figures) -> Figures:
    """Return the figures of what a municipality reaches a target in by answering Ja."""
    return figures.where(lambda one: one.is_target)


def called(figures: Figures, place: str) -> str:
    """Return a region's name as it stands in a sentence."""
    return "riket" if place == NATION else figures.name_of(place)


def rows_at(rows: pd.DataFrame, places: Iterable[str]) -> tuple[int, ...]:
    """Return the numbers of the rows of some places."""
    return tuple(rows.index[rows["place"].isin([*places])])


def rows_in(pairs: Sequence[Pair]) -> tuple[int, ...]:
    """Return the numbers of the rows of what is compared."""
    return tuple(sorted(at for pair in pairs for at in pair.rows))


def furthest_first(pairs: Iterable[Pair]) -> list[Pair]:
    """Return pairs with those most apart first; equals as they stood."""
    return sorted(pairs, key=lambda pair: -abs(pair.gap))


def mot(pair: Pair) -> str:
    """Return a share beside the one it is compared with: 53 mot 26 %."""
    return beside(pair.measure.shown(pair.value), pair.measure.shown(pair.other))


def amount(measure: Measure, value: float) -> str:
    """Return a figure with its unit, where the measure's phrase does not say it: 59 %, 4,8 timmar per vecka, 990 kr."""
    return measure.shown(value) + (f" {UNIT_WORDS[measure.unit][1]}" if measure.unit in SAID else "")


def phrases(start: str, measures: Sequence[Measure], rows: Iterable[int]) -> list[Sentence]:
    """Return a sentence that ends in what measures are about."""
    return listed(start, [one.phrase for one in measures], rows)


def by_table(start: str, measures: Sequence[Measure], rows: Iterable[int], *, refer: bool = False) -> list[Sentence]:
    """Return a sentence that ends in what measures are about, table by table, and with `refer` each's reference.

    >>> from oj.tidy.door import figures
    >>> known = figures("Jönköping").measures
    >>> own = [known["rutin-missbruk"], known["rutin-lss-barn"], known["socialjour"]]
    >>> by_table("Alla har", own, ())[0].text
    'Alla har rutin för samordning med missbruksvården och LSS för barn; heltäckande socialjour.'
    """
    tables = {table: [one.phrase for one in members] for table, members in groupby(measures, key=lambda one: one.table)}
    told = [f"{shortened(phrases)}{f' (@tbl-{table})' if refer else ''}" for table, phrases in tables.items()]
    return listed(start, told, rows, listing if len(told) == len(measures) else "; ".join)
