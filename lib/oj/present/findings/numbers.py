"""Sentences about numbers: their span, how many lie above and below the nation, a place's beside it, what lacks."""

import pandas as pd

from oj.compare.against import Pair, furthest, pairs
from oj.facts.editions import domain_of
from oj.facts.places import NATION
from oj.present.findings.sentences import Sentence, amount, listed, rows_in
from oj.present.findings.today import with_nation
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.swedish import NO_BREAK_SPACE, beside, capital, clear_listing, count, listing

NAMED = 3  # numbers of a municipality that are told as far from the nation's


def is_result(measure: Measure) -> bool:
    """Return whether a measure is of how it went for children: few of them, so that one more or less moves a share."""
    return "resultat" in measure.about.kind


def spread(figures: Figures, measure: Measure) -> list[Sentence]:
    """Return the span of the municipalities' figures and how many lie above and below the nation."""
    own = figures.frame[figures.frame["measure"] == measure.id]
    municipalities, observed = own[own["level"] == "municipality"], own[own["status"] == "observed"]
    known, nation = (observed[part] for part in (observed["level"] == "municipality", observed["place"] == NATION))
    if not len(municipalities):
        return _regions(own, measure)
    if len(known) < 2:
        return []
    low, high = amount(measure, known["value"].min()), amount(measure, known["value"].max())
    lowest = measure.shown(known["value"].min()).removesuffix(f"{NO_BREAK_SPACE}%")
    span = f"kommunerna ligger mellan {lowest} och {high}"
    text = f"{capital(measure.phrase)}: {f'kommunerna med uppgift har alla {high}' if low == high else span}"
    sides = (
        f". {_sides(known['value'], nation['value'].iloc[0], measure)}"
        if len(nation) and not is_result(measure)
        else ""
    )
    return [Sentence(f"{text}{sides}.", (*known.index, *nation.index))]


def _regions(own: pd.DataFrame, measure: Measure) -> list[Sentence]:
    """Return the figures of the nation and the counties for one measure, where there are no municipalities."""
    names, observed = own["place_name"].where(own["place"] != NATION, "riket"), own["status"] == "observed"
    told = [f"{name} {display}" for name, display in zip(names[observed], own.loc[observed, "display"], strict=True)]
    hidden = f"för {listing(names[~observed].tolist())} visas ingen uppgift" if (~observed).any() else ""
    parts = [part for part in (listing(told), hidden) if part]
    return [Sentence(f"{capital(measure.phrase)}: {'; '.join(parts)}.", tuple(own.index))] if parts else []


def _sides(values: pd.Series, level: float, measure: Measure) -> str:
    above, below = int((values > level).sum()), int((values < level).sum())
    same = len(values) - above - below
    told = [(above, "över riket"), (below, "under riket" if not above else "under"), (same, "på samma nivå")]
    parts = [f"{count(size)} {words}" for size, words in told if size]
    start = f"Riket har {amount(measure, level)}"
    if len(parts) == 1:
        who = "båda kommunerna" if len(values) == 2 else f"alla {count(len(values))} kommuner"
        return f"{start}, och {who} med uppgift ligger {parts[0].partition(' ')[2]}"
    return f"{start}, och av {count(len(values))} kommuner med uppgift ligger {listing(parts)}"


def lacking(figures: Figures) -> list[Sentence]:
    """Return for each sign which figures it stands for, and for how many municipalities."""
    own = figures.frame[figures.frame["level"] == "municipality"]
    of, known = len(figures.municipalities()), figures.statuses
    sentences: list[Sentence] = []
    for status, part in own[own["status"] != "observed"].groupby("status", sort=False):
        sizes = part.groupby("measure")["place"].size()
        told = [f"{one.phrase}{_share_of(sizes[name], of)}" for name, one in figures.measures.items() if name in sizes]
        sign = known[str(status)].sign
        start = f"Uppgift saknas ({sign})" if status == "missing" else f"Uppgift visas inte ({sign})"
        sentences += listed(f"{start}:", told, part.index, clear_listing)
    return sentences


def _share_of(size: int, of: int) -> str:
    """Return how many municipalities of all, in brackets; nothing where there is only one."""
    if of == 1:
        return ""
    return " (alla kommuner)" if size == of else f" ({count(size)} av {count(of)} kommuner)"


def beside_nation(figures: Figures, place: str, start: str) -> list[Sentence]:
    """Return a place's numbers beside the nation's."""
    found = pairs(figures, place)
    return listed(f"{start}:", [f"{pair.measure.phrase} {both(pair)}" for pair in found], rows_in(found))


def both(pair: Pair) -> str:
    """Return a place's figure beside another's: 19 mot 28 %."""
    return beside(pair.measure.shown(pair.value), amount(pair.measure, pair.other))


def held_against_nation(figures: Figures, place: str) -> list[Pair]:
    """Return a place's numbers that the nation has one of too.

    A nought that may stand for what has not been reported is none of them.
    """
    if figures.is_current:
        found = with_nation(figures, place)
        return [pair for pair in found if pair.value or pair.measure.about.nought_is_real]
    return pairs(figures.where(lambda one: not (one.is_answer or one.is_count)), place)


def far_numbers(figures: Figures, place: str) -> list[Pair]:
    """Return a place's numbers that are at least a quarter from the nation's, the furthest first."""
    return furthest(held_against_nation(figures, place))


def far_from_nation(figures: Figures, place: str) -> list[Sentence]:
    """Return which of an edition's numbers of a municipality are furthest from the nation's."""
    found = far_numbers(figures, place)[:NAMED]
    few = {pair.measure.id for pair in found if is_result(pair.measure)}
    told = [f"{one.measure.phrase} {both(one)}{' (få barn)' if one.measure.id in few else ''}" for one in found]
    return listed("Långt från rikets tal:", told, rows_in(found))


def own_numbers(figures: Figures, place: str) -> list[Sentence]:
    """Return the municipality's numbers beside the nation's; children's results are too few to tell so.

    The domain has a name for those that somebody has described, as Personalens tal. What a question of a workbook is
    about nobody has said: of it only that they are numbers.
    """
    own = figures.where(lambda one: not (one.is_answer or one.is_background or is_result(one)))
    named = beside_nation(
        own.where(lambda one: bool(one.about.kind)), place, f"{domain_of(figures.folder).numbers} mot rikets"
    )
    start = "Andra tal mot rikets" if named else "Tal mot rikets"
    return [*named, *beside_nation(own.where(lambda one: not one.about.kind), place, start)]
