"""Sentences about what is answered with Ja and Nej: where all agree, and where the county lies far from others."""

from collections.abc import Callable

from oj.compare.against import Pair, county_of, pairs
from oj.facts.editions import domain_of
from oj.facts.places import NATION
from oj.present.findings.sentences import (
    SIDES,
    Sentence,
    aimed,
    called,
    furthest_first,
    listed,
    mot,
    phrases,
    rows_at,
    rows_in,
)
from oj.tidy.schema import Figures
from oj.words.swedish import count, listing, number, tied

FEWEST_FOR_PATTERN = 3  # measures needed before "Ja to all" says anything


def unanimous(asked: Figures, told: Callable[..., list[Sentence]] = phrases) -> list[Sentence]:
    """Return which of the answer measures, as `told`, every municipality, and which none, answered Ja to."""
    size = len(asked.municipalities())
    own = asked.frame[(asked.frame["level"] == "municipality") & (asked.frame["status"] == "observed")]
    every = "Båda kommunerna" if size == 2 else f"Alla {count(size)} kommuner"
    sentences: list[Sentence] = []
    for answer, who in (("yes", every), ("no", f"Ingen av de {count(size)} kommunerna")):
        alike = (own["answer"] == answer).groupby(own["measure"], sort=False).sum() == size
        names = [] if size < 2 else [str(name) for name in alike.index[alike]]
        if names:
            known, behind = [asked.measures[name] for name in names], own.index[own["measure"].isin(names)]
            sentences += told(f"{who} når målet för", known, behind)
    return sentences


def patterns(asked: Figures) -> list[Sentence]:
    """Return which municipalities answered Ja to all measures of a table, and which to none."""
    own, size = asked.frame[asked.frame["level"] == "municipality"], len(asked.measures)
    if size < FEWEST_FOR_PATTERN or own["place"].nunique() < 2:
        return []
    yes = (own["answer"] == "yes").groupby(own["place_name"], sort=False).sum()
    full = (own["status"] == "observed").groupby(own["place_name"], sort=False).sum() == size
    sentences = []
    for places, words in (
        (yes.index[(yes == size) & full], f"når målet för alla {count(size)} indikatorer"),
        (yes.index[(yes == 0) & full], f"når inte målet för någon av de {count(size)} indikatorerna"),
    ):
        if len(places) and len(places) < len(yes):
            behind = tuple(own.index[own["place_name"].isin(places)])
            sentences.append(Sentence(f"{listing(list(places))} {words}.", behind))
    return sentences


def against_nation(asked: Figures) -> list[Sentence]:
    """Return where the county's shares are told as higher or lower than the nation's, or that all are near them."""
    county = county_of(asked)
    sentences: list[Sentence] = []
    for side, words in (*SIDES, (0, "mindre än 10 procentenheter från")):
        part = [pair for pair in pairs(asked, county) if pair.side == side]
        if side or not sentences:
            told = [f"{pair.measure.phrase} ({mot(pair)})" for pair in (furthest_first(part) if side else part)]
            where = f"minst 10 procentenheter {words}" if side else words
            start = f"{called(asked, county)} ligger {where} riket när det gäller" if county else ""
            sentences += listed(start, told, rows_in(part))
    return sentences


def furthest(asked: Figures, other: str = NATION, most: int = 5, *, refer: bool = False) -> list[Sentence]:
    """Return where the county lies furthest above and below `other`: at most `most` each way, and equals of the last.

    Only what is told as different. The difference in percentage points and both shares stand in brackets, and with
    `refer` the table.
    """
    county = county_of(asked)
    found = furthest_first(pairs(asked, county, other))
    sentences: list[Sentence] = []
    for side, words in SIDES:
        part = [pair for pair in found if side * pair.gap > 0]
        least = abs(part[most - 1].gap) if len(part) > most else 0
        named = [pair for pair in part if abs(pair.gap) >= least and pair.side]
        told = [
            f"{pair.measure.phrase} ({_apart(pair, first=not at)}{f', @tbl-{pair.measure.table}' if refer else ''})"
            for at, pair in enumerate(named)
        ]
        start = f"Längst {words} {called(asked, other)} ligger {called(asked, county)} när det gäller" if told else ""
        sentences += listed(start, told, rows_in(named))
    return sentences


def _apart(pair: Pair, *, first: bool) -> str:
    """Return a difference and its shares: 28 procentenheter, 84 mot 56 %; the unit only the first time."""
    return tied(f"{number(abs(pair.gap))}{' procentenheter' if first else ''}, {mot(pair)}")


def against_region(asked: Figures, other: str = NATION, most: int = 5) -> list[Sentence]:
    """Return for how many measures the county is above and below the nation (or another county), and where furthest."""
    county, targets = county_of(asked), aimed(asked)
    gaps = [pair.gap for pair in pairs(targets, county, other)]
    if not gaps:
        return furthest(asked, other, most, refer=True)
    above, below = sum(gap > 0 for gap in gaps), sum(gap < 0 for gap in gaps)
    counted = "Ja- och Nej-frågor" if len(targets.measures) == len(asked.measures) else "mål"  # some have no direction
    equal, lower = len(gaps) - above - below, f"lägre för {number(below)}"
    total = (
        f"Andelen {domain_of(asked.folder).answering} som når målet är högre i {asked.name_of(county)} än i "
        f"{called(asked, other)} för {number(above)} av {number(len(gaps))} {counted}"
        f"{f', {lower} och lika för {count(equal)}' if equal else f' och {lower}'}."
    )
    first = Sentence(total, rows_at(targets.frame, (county, other)))
    return [first, *furthest(asked, other, most, refer=True)]


def most_and_fewest(asked: Figures, most: int = 3) -> list[Sentence]:
    """Return which targets the largest and the smallest share in the nation reach, at most `most` each way.

    Those equal to the last are included.
    """
    rows = asked.frame[(asked.frame["place"] == NATION) & (asked.frame["status"] == "observed")]
    if len(rows) <= 2 * most:
        return []
    sentences: list[Sentence] = []
    for words, rising in (("störst", False), ("minst", True)):
        ordered = rows.sort_values("value", ascending=rising, kind="stable")
        last = ordered["value"].iloc[most - 1]
        named = ordered[(ordered["value"] <= last) if rising else (ordered["value"] >= last)]
        told = [f"{asked.measures[name].phrase} ({shown})" for name, shown in named[["measure", "display"]].to_numpy()]
        who = domain_of(asked.folder).the_answering
        sentences += listed(f"Målen som {words} andel av {who} i riket når är", told, named.index)
    return sentences
