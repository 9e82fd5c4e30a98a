"""Sentences about how many targets are reached: by the municipalities and regions on average, and by each."""

import pandas as pd

from oj.compare.against import county_of
from oj.compare.reached import DISTINCT, answers, reached
from oj.facts.editions import domain_of
from oj.facts.places import NATION, with_districts
from oj.present.findings.sentences import Sentence, listed, rows_at
from oj.tidy.schema import Figures
from oj.words.swedish import as_shown, capital, count, listing, low, number, percent


def on_average(value: float, width: float) -> str:
    """Return an average number of targets: exact, or told as about so many where it is a sum of rounded shares.

    >>> on_average(20.842105, 0.0), on_average(19.07, 0.195)
    ('20,8', 'cirka 19,1')
    """
    return f"{'cirka ' if width else ''}{number(value, 1)}"


def average(figures: Figures, whose: str = "") -> list[Sentence]:
    """Return how many targets the municipalities reach on average, beside the county's and the nation's.

    Municipalities are told of where all of them have every answer. Where some have none the county's is told as that
    of those who have answered, and where nobody has, that is told. `whose` targets is said before their number.
    """
    sums, county = reached(figures), county_of(figures)
    size = 0 if sums.empty else int(sums["of"].max())
    if not {county, NATION} <= set(sums.index) or (sums.loc[[county, NATION], "of"] < size).any():
        return []
    own = sums.reindex(list(figures.municipalities()))["of"].fillna(0.0)
    complete = len(own) > 0 and bool((own == size).all())
    behind = rows_at(answers(figures), [*(own.index if complete else []), county, NATION])
    if len(own) and not own.any():
        return [Sentence(_of_nobody(figures, county, whose), behind)]
    who = _who(figures, county, every=complete or own.empty)
    if size == 1:
        return [Sentence(_only(figures, county, low(who), whose), behind)]
    there, nation = (on_average(*sums.loc[place, ["reached", "width"]]) for place in (county, NATION))
    of = _of_targets(size, whose)
    regions = f"{who} i {figures.name_of(county)} når i genomsnitt {there}"
    if not complete:
        return [Sentence(f"{regions} {of}; i riket är det {nation}.", behind)]
    mean = sums.loc[own.index, "reached"].mean()
    several = f"Kommunerna når i genomsnitt {number(mean, 1)}"
    ours = several if len(own) > 1 else f"{figures.name_of(str(own.index[0]))} når {number(mean)}"
    return [Sentence(f"{ours} {of}. {regions}, i riket {nation}.", behind)]


def _who(figures: Figures, county: str, *, every: bool) -> str:
    """Return who answers in a county; those who have answered where it is known that some have not."""
    known = (figures.every or figures.measures).values()
    divided = county in with_districts(figures.folder) and any("district" in one.about.levels for one in known)
    if divided:
        return (
            capital(domain_of(figures.folder).answering) if every else f"Svarande {domain_of(figures.folder).answering}"
        )
    return "Kommunerna" if every else "De svarande kommunerna"


def _of_targets(size: int, whose: str) -> str:
    return " ".join(filter(None, ["av", whose, number(size), "mål"]))


def _only(figures: Figures, county: str, who: str, whose: str) -> str:
    """Return how many in the county and in the nation reach a target that there is no other beside."""
    sums, start = reached(figures)["reached"], f"{capital(whose)} enda mål" if whose else "Det enda målet"
    text = f"{start}, {_phrase(figures)}, nås av {percent(sums[county])} av {who} "
    return f"{text}i {figures.name_of(county)}, i riket av {percent(sums[NATION])}."


def _phrase(figures: Figures) -> str:
    return figures.measures[str(answers(figures)["measure"].iloc[0])].phrase


def _of_nobody(figures: Figures, county: str, whose: str) -> str:
    """Return that no municipality has an answer to show, and what the source has of the county and of the nation."""
    own, sums, name = list(figures.municipalities().values()), reached(figures), figures.name_of(county)
    size, on = int(sums["of"].max()), f" på {whose} frågor" if whose else ""
    none = f"{own[0]} har inget svar" if len(own) == 1 else "Ingen av kommunerna har något svar"
    if size == 1:
        there, nation = (percent(sums["reached"][place]) for place in (county, NATION))
        told = f"andel som når målet för {_phrase(figures)} är {there} i {name} och {nation} i riket"
    else:
        there, nation = (on_average(*sums.loc[place, ["reached", "width"]]) for place in (county, NATION))
        told = f"genomsnitt för {name} är {there} {_of_targets(size, whose)}, och för riket {nation}"
    return f"{none} att visa{on}. Källans {told}."


def areas_against_nation(figures: Figures) -> list[Sentence]:
    """Return the areas where the municipalities on average reach at least one target more, or less, than the nation."""
    rows = answers(figures)
    own, nations = rows[rows["level"] == "municipality"], rows[rows["place"] == NATION]
    if own["reached"].isna().any() or own["place"].nunique() < 2:
        return []
    means = own.groupby("area", sort=False)["reached"].sum() / own["place"].nunique()
    nation, sizes = nations.groupby("area", sort=False)[["reached", "width"]].sum(), nations.groupby("area").size()
    difference = (means.map(as_shown) - nation["reached"].map(as_shown)).round(6)
    sentences: list[Sentence] = []
    for words, found in (("fler", difference[difference >= DISTINCT]), ("färre", difference[difference <= -DISTINCT])):
        told = [
            f"{figures.headings[area]} ({number(means[area], 1)} mot {on_average(*nation.loc[area])} "
            f"av {sizes[area]} mål)"
            for area in found.index
        ]
        behind = rows.index[rows["area"].isin(found.index) & rows.index.isin([*own.index, *nations.index])]
        sentences += listed(f"Kommunerna når i genomsnitt {words} mål än riket inom", told, behind)
    return sentences


def spread_of_targets(figures: Figures) -> list[Sentence]:
    """Return between which numbers of targets the municipalities lie, and how many lie above and below the nation."""
    sums = reached(figures)
    own = sums.reindex(list(figures.municipalities()))
    if len(own) < 2 or NATION not in sums.index or not (own["of"] == sums["of"].max()).all():
        return []
    nation, width = (float(sums["reached"][NATION]), float(sums["width"][NATION]))
    low, high = number(own["reached"].min()), number(own["reached"].max())
    span = f"alla {low}" if low == high else f"mellan {low} och {high}"
    sides = _sides((own["reached"] - nation).round(6), width, f"rikets genomsnitt, {on_average(nation, width)}")
    text = f"Kommunerna når {span} av {number(own['of'].iloc[0])} mål; {sides}."
    return [Sentence(text, rows_at(answers(figures), [*own.index, NATION]))] if sides else []


def _sides(apart: pd.Series, width: float, average_told: str) -> str:
    """Return how many reach more and fewer than an average, and as many where it is known to within a width."""
    above, below = int((apart > width).sum()), int((apart < -width).sum())
    near = len(apart) - above - below if width else 0
    told = listing([f"{count(size)} når {words}" for size, words in ((above, "fler"), (below, "färre")) if size])
    parts = [f"{told} än {average_told}"] if told else []
    parts += [f"{count(near)} når ungefär lika många{'' if told else f' som {average_told}'}"] if near else []
    return "; ".join(parts)
