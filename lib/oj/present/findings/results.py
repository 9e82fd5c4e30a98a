"""Sentences made from the figures by rules; each knows the rows of the results that it was made from.

Nothing is ranked: municipalities are named only where all of a set is told (all who answered Ja to
everything), and numbers are told as a span and as how many lie above and below the nation.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.against import NOTABLE, regional_shares
from oj.facts.catalog import Indicator, in_table
from oj.facts.editions import of_results
from oj.facts.places import NATION
from oj.present.output import Text
from oj.words.swedish import NO_BREAK_SPACE, beside, capital, clear_listing, count, listing, number, percent, shortened
from oj.words.vocabulary import STATUSES

FEWEST_FOR_PATTERN = 3  # indicators needed before "Ja to all" says anything


@dataclass(frozen=True)
class Sentence:
    """One Swedish sentence and the row numbers of the results behind it."""

    text: str
    rows: tuple[int, ...]


def findings(results: pd.DataFrame, table: str, folder: Path | None = None) -> Text:
    """Return what stands out in a table, as a bullet list; raise UserError for an unknown table.

    >>> from oj.doors.results import results
    >>> print(findings(results("Jönköping"), "utanfor-kontorstid").markdown.replace(chr(160), " "))
    - Jönköpings län ligger minst 10 procentenheter under riket när det gäller socialjour (42 mot 72 %).
    """
    folder = of_results(results, folder)
    shown = in_table(table, folder)
    rows = results[results["indicator"].isin([item.id for item in shown])]
    answers = [item for item in shown if item.is_answer]
    values = [item for item in shown if not item.is_answer]
    sentences = [
        *unanimous(rows, answers),
        *patterns(rows, answers),
        *county_against_nation(rows, answers),
        *(sentence for item in values for sentence in spread(rows, item)),
        *lacking(rows, values),
    ]
    return as_list(sentences)


def as_list(sentences: Sequence[Sentence]) -> Text:
    """Return sentences as a Markdown list."""
    return Text("\n".join(f"- {sentence.text}" for sentence in sentences), tuple(item.rows for item in sentences))


def phrases(items: Sequence[Indicator]) -> str:
    """Return what the indicators are about as a Swedish list."""
    return listing([item.phrase for item in items])


def unanimous(
    rows: pd.DataFrame, shown: Sequence[Indicator], told: Callable[[Sequence[Indicator]], str] = phrases
) -> list[Sentence]:
    """Return which indicators, as `told`, every municipality, and which none, answered Ja to."""
    own = rows[(rows["level"] == "municipality") & (rows["status"] == "observed")]
    size = rows.loc[rows["level"] == "municipality", "place"].nunique()
    if size < 2:
        return []
    sides: dict[str, list[Indicator]] = {"all": [], "none": []}
    for item in shown:
        answers = own.loc[own["indicator"] == item.id, "answer"]
        if len(answers) == size and (answers == "yes").all():
            sides["all"].append(item)
        elif len(answers) == size and (answers == "no").all():
            sides["none"].append(item)
    return [
        Sentence(f"{everyone(size, side)} når målet för {told(items)}.", rows_of(own, items))
        for side, items in sides.items()
        if items
    ]


def everyone(size: int, side: str) -> str:
    """Return all municipalities, or none of them, as the subject of a sentence.

    >>> everyone(8, "all"), everyone(2, "all"), everyone(8, "none")
    ('Alla åtta kommuner', 'Båda kommunerna', 'Ingen av de åtta kommunerna')
    """
    if side == "none":
        return f"Ingen av de {count(size)} kommunerna"
    return "Båda kommunerna" if size == 2 else f"Alla {count(size)} kommuner"


def patterns(rows: pd.DataFrame, shown: Sequence[Indicator]) -> list[Sentence]:
    """Return which municipalities answered Ja to all indicators of a table, and which to none."""
    own = rows[(rows["level"] == "municipality") & rows["indicator"].isin([item.id for item in shown])]
    if len(shown) < FEWEST_FOR_PATTERN or own["place"].nunique() < 2:
        return []
    yes = own.assign(yes=own["answer"] == "yes").groupby("place_name", sort=False)["yes"].sum()
    full = own.groupby("place_name", sort=False)["answer"].count() == len(shown)
    size = count(len(shown))
    sentences = []
    for places, words in (
        (yes.index[(yes == len(shown)) & full], f"når målet för alla {size} indikatorer"),
        (yes.index[(yes == 0) & full], f"når inte målet för någon av de {size} indikatorerna"),
    ):
        if len(places) and len(places) < len(yes):
            behind = own[own["place_name"].isin(places)]
            sentences.append(Sentence(f"{listing(list(places))} {words}.", tuple(behind.index)))
    return sentences


def county_against_nation(rows: pd.DataFrame, shown: Sequence[Indicator]) -> list[Sentence]:
    """Return where the county lies at least ten percentage points above or below the nation."""
    county = first_county(rows)
    if county is None or not shown:
        return []
    answered = rows[rows["indicator"].isin([item.id for item in shown])]
    shares = regional_shares(answered, county.place, NATION)
    known = {item.id: item.phrase for item in shown}
    sentences = []
    for words, part in (
        ("över", shares[shares["difference"] >= NOTABLE]),
        ("under", shares[shares["difference"] <= -NOTABLE]),
    ):
        if len(part):
            ordered = part.reindex(part["difference"].abs().sort_values(ascending=False, kind="stable").index)
            told = listing([f"{known[name]} ({pair(row)})" for name, row in ordered.iterrows()])
            behind = answered[answered["indicator"].isin(part.index) & answered["place"].isin([county.place, NATION])]
            text = f"{county.place_name} ligger minst 10 procentenheter {words} riket när det gäller {told}."
            sentences.append(Sentence(text, tuple(behind.index)))
    if not sentences and len(shares):
        told = listing([f"{known[name]} ({pair(row)})" for name, row in shares.iterrows()])
        text = f"{county.place_name} ligger mindre än 10 procentenheter från riket när det gäller {told}."
        behind = answered[answered["place"].isin([county.place, NATION])]
        sentences.append(Sentence(text, tuple(behind.index)))
    return sentences


def spread(rows: pd.DataFrame, item: Indicator) -> list[Sentence]:
    """Return the span of the municipalities' figures and how many lie above and below the nation."""
    own = rows[(rows["indicator"] == item.id)]
    municipalities = own[own["level"] == "municipality"]
    known = municipalities[municipalities["status"] == "observed"]
    nation = own[(own["place"] == NATION) & (own["status"] == "observed")]
    if not len(municipalities):
        return regional_figures(own, item)
    if len(known) < 2:
        return []
    low, high = _amount(item, known["value"].min()), _amount(item, known["value"].max())
    lowest = low.partition(NO_BREAK_SPACE if item.scale == "share" else " ")[0]
    span = f"kommunerna ligger mellan {lowest} och {high}"
    same = f"kommunerna med uppgift har alla {high}"
    text = f"{capital(item.phrase)}: {same if low == high else span}"
    compared = len(nation) > 0 and "resultat" not in item.kind  # few children: one more or less moves a share
    text += f"; {_sides(known, nation, item)}." if compared else "."
    return [Sentence(text, (*known.index, *nation.index))]


def regional_figures(own: pd.DataFrame, item: Indicator) -> list[Sentence]:
    """Return the figures of the nation and the counties for one indicator, where there are no municipalities."""
    names = own["place_name"].where(own["place"] != NATION, "riket")
    observed = own["status"] == "observed"
    told = [f"{name} {display}" for name, display in zip(names[observed], own.loc[observed, "display"], strict=True)]
    hidden = f"för {listing(names[~observed].tolist())} visas ingen uppgift" if (~observed).any() else ""
    parts = [part for part in (listing(told), hidden) if part]
    return [Sentence(f"{capital(item.phrase)}: {'; '.join(parts)}.", tuple(own.index))] if parts else []


def _sides(known: pd.DataFrame, nation: pd.DataFrame, item: Indicator) -> str:
    level = nation["value"].iloc[0]
    above, below = int((known["value"] > level).sum()), int((known["value"] < level).sum())
    same = len(known) - above - below
    told = [(above, "över riket"), (below, "under riket" if not above else "under"), (same, "på samma nivå")]
    parts = [f"{count(size)} {words}" for size, words in told if size]
    start = f"riket har {_amount(item, level)}"
    if len(parts) == 1:
        who = "båda kommunerna" if len(known) == 2 else f"alla {count(len(known))} kommuner"
        return f"{start}, och {who} med uppgift ligger {parts[0].partition(' ')[2]}"
    return f"{start}, och av {count(len(known))} kommuner med uppgift ligger {listing(parts)}"


def lacking(rows: pd.DataFrame, shown: Sequence[Indicator]) -> list[Sentence]:
    """Return for each sign which figures it stands for, and for how many municipalities."""
    told_of = rows["indicator"].isin([item.id for item in shown])
    own = rows[told_of & (rows["level"] == "municipality") & (rows["status"] != "observed")]
    of = rows.loc[rows["level"] == "municipality", "place"].nunique()
    sentences = []
    for status, part in own.groupby("status", sort=False):
        sizes = part.groupby("indicator")["place"].size()
        told = [f"{item.phrase}{_share_of(sizes[item.id], of)}" for item in shown if item.id in sizes]
        start = (
            "Uppgift saknas (bortfall)" if status == "missing" else f"Uppgift visas inte ({STATUSES[str(status)].sign})"
        )
        if told:
            sentences.append(Sentence(f"{start}: {clear_listing(told)}.", tuple(part.index)))
    return sentences


def _share_of(size: int, of: int) -> str:
    """Return how many municipalities of all, in brackets; nothing where there is only one."""
    if of == 1:
        return ""
    return " (alla kommuner)" if size == of else f" ({count(size)} av {count(of)} kommuner)"


def first_county(rows: pd.DataFrame) -> Any | None:
    """Return the report's own county: the first row of the first county there is, or None."""
    counties = rows[rows["level"] == "county"]
    return next(counties.itertuples(), None)


def pair(row: pd.Series) -> str:
    """Return a share beside the one it is compared with: 53 mot 26 %."""
    return beside(percent(row["value"]), percent(row["other"]))


def _amount(item: Indicator, value: float) -> str:
    if item.scale == "share":
        return percent(value, item.decimals)
    unit = " timmar per vecka" if item.scale == "hours-per-week" else ""
    return number(value, item.decimals) + unit


def rows_of(rows: pd.DataFrame, items: Sequence[Indicator]) -> tuple[int, ...]:
    """Return the numbers of the rows of some indicators."""
    return tuple(rows.index[rows["indicator"].isin([item.id for item in items])])


def by_table(items: Sequence[Indicator], *, refer: bool = False) -> str:
    """Return what indicators are about, table by table, and with `refer` each table's reference.

    >>> from oj.facts.catalog import indicators
    >>> known = indicators()
    >>> by_table([known["rutin-missbruk"], known["rutin-lss-barn"], known["socialjour"]])
    'rutin för missbruk och LSS/barn; socialjour'
    """
    tables = {table: [item.phrase for item in members] for table, members in groupby(items, key=lambda one: one.table)}
    told = [f"{shortened(phrases)}{f' (@tbl-{table})' if refer else ''}" for table, phrases in tables.items()]
    return listing(told) if len(told) == len(items) else "; ".join(told)
