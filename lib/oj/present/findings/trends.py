"""Development over the years in words and tables: what rose, fell and stands still, and what may not be compared."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.steps import across_break, steps
from oj.doors.observations import PUBLISHED_PASSAGE
from oj.facts.datapackage import read_table
from oj.facts.places import NATION
from oj.figures.measures import COUNT
from oj.figures.schema import Figures
from oj.present.chart.trends import breaks_between
from oj.present.output import Parts, Table, Text
from oj.present.table.plain import plain_table
from oj.sources.comparability import break_editions
from oj.sources.origins import sources as known_sources
from oj.words.plain_text import as_markdown
from oj.words.swedish import listing, number, percent, tied

ROUNDING = 0.0101  # shares are rounded to whole per cent, so a step of one point may be none
TRENDS = {"up": "Ökade", "down": "Minskade"}
CONTEXT = "ovriga"  # the area of what is not child and youth care


def low(title: str) -> str:
    """Return a title as it stands within a sentence.

    >>> low("Ordinarie licens"), low("BRA-fam för familjehem")
    ('ordinarie licens', 'BRA-fam för familjehem')
    """
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def development(figures: Figures) -> Text:
    """Return what rose, fell and stood still for the nation, and what is not computed and why, as a list."""
    found = steps(figures)
    lines = []
    for (first, last), own in found[found["why"] == ""].groupby(["first", "last"]):
        for word, part in _directions(own, figures):
            lines.append(f"- **{word} {first}–{last}:** {listing([_step(figures, row) for row in part.itertuples()])}.")
    for row in found[found["why"] == "disputed"].itertuples():
        lines.append(f"- **Räknas inte {row.first}–{row.last}:** {_dispute(figures, row)}")
    lines += _told_by_sources(figures, found)
    across = list(dict.fromkeys(_low(figures, name) for name in found.loc[found["why"] == "break", "measure"]))
    if across:
        lines.append(f"- **Jämförs inte över ett brott:** {'; '.join(across)}.")
    lines += _improve(figures)
    return Text(tied("\n".join(lines)))


def _low(figures: Figures, name: object) -> str:
    """Return what a measure is called within a sentence."""
    return low(figures.measures[str(name)].short)


def _told_by_sources(figures: Figures, found: pd.DataFrame) -> list[str]:
    """Return what rose and fell by the sources' own account, where no step was `found` that could be computed."""
    own = figures.where(lambda one: one.area != CONTEXT)
    computed = found[found["why"] == ""]
    known = set(zip(computed["measure"], computed["last"], strict=True))
    crossed = across_break(own, read_table("changes", figures.folder))
    rows = own.frame[own.frame["trend"].isin(list(TRENDS)) & ~crossed]
    rows = rows[[(row.measure, row.period) not in known for row in rows.itertuples()]]
    return [
        f"- **{TRENDS[str(trend)]} enligt källan {edition}:** "
        + "; ".join(f"{_low(figures, row.measure)} (”{as_markdown(row.direction)}”)" for row in part.itertuples())
        + "."
        for (edition, trend), part in rows.groupby(["period", "trend"])
    ]


def _improve(figures: Figures) -> list[str]:
    """Return what the sources call areas to improve, by edition."""
    rows = figures.frame[figures.frame["improve"] == "yes"]
    told = [
        f"{edition} {listing(list(dict.fromkeys(_low(figures, name) for name in part['measure'])))}"
        for edition, part in rows.groupby("period")
    ]
    return [f"- **Att förbättra enligt källorna:** {'; '.join(told)}."] if told else []


def _directions(own: pd.DataFrame, figures: Figures) -> Iterable[tuple[str, pd.DataFrame]]:
    """Yield what rose, fell and stood still (or moved no more than rounding may), with its steps."""
    counted = own["measure"].map(lambda name: figures.measures[name].unit == COUNT)
    still = own["change"].abs().le(ROUNDING) & ~(counted & (own["change"] != 0))
    for word, part in (
        ("Ökade", own[~still & (own["change"] > 0)]),
        ("Minskade", own[~still & (own["change"] < 0)]),
        ("Lika, eller inom avrundningen,", own[still]),
    ):
        if len(part):
            yield word, part


def _step(figures: Figures, row: Any) -> str:
    """Return a step: ordinarie licens (81 till 92 procent, 11 procentenheter)."""
    measure = figures.measures[row.measure]
    ends = [number(measure.as_read(value)) for value in (row.value_from, row.value_to)]
    if measure.unit == COUNT:
        return f"{low(measure.short)} ({ends[0]} till {ends[1]} kommuner)"
    if row.change == 0:
        return f"{low(measure.short)} ({ends[1]} procent båda åren)"
    return f"{low(measure.short)} ({ends[0]} till {ends[1]} procent, {points(row.change)})"


def points(change: float) -> str:
    """Return how large a change of a share is, without its sign.

    >>> points(-0.01), points(0.11)
    ('1 procentenhet', '11 procentenheter')
    """
    size = number(abs(100 * change))
    return f"{size} {'procentenhet' if size == '1' else 'procentenheter'}"


def _dispute(figures: Figures, step: Any) -> str:
    """Return what the sources say of an edition that they disagree about."""
    rows = figures.frame
    both = rows[
        (rows["measure"] == step.measure) & rows["value"].notna() & rows["period"].isin([step.first, step.last])
    ]
    told = [
        f"för {edition} har källorna {listing([percent(value) for value in sorted(part['value'].unique())])}"
        for edition, part in both.groupby("period")
        if part["value"].nunique() > 1
    ]
    return f"{_low(figures, step.measure)}; {listing(told)}."


def observed(observations: pd.DataFrame, folder: Path | None = None) -> Parts:
    """Return the nation's figures by edition, with breaks, the sources and their words: one table, and one of context.

    A series with figures only from the tables of an edition is left to that edition's report.

    >>> from oj.doors.observations import observations
    >>> [part.label for part in observed(observations("Riket"))]
    ['tbl-uppgifter-over-tid', 'tbl-uppgifter-ovriga']
    """
    nation = observations[observations["place"] == NATION]
    beyond = nation[nation["passage"] != PUBLISHED_PASSAGE]["series"]
    nation = nation[nation["series"].isin(beyond)]
    own, context = nation[nation["area"] != CONTEXT], nation[nation["area"] == CONTEXT]
    return Parts(
        [
            _observed(own, "uppgifter-over-tid", "Riket: alla uppgifter efter utgåva, med källa.", folder),
            _observed(context, "uppgifter-ovriga", "Riket: andra delar av socialtjänsten, som sammanhang.", folder),
        ]
    )


def _observed(rows: pd.DataFrame, label: str, caption: str, folder: Path | None) -> Table:
    breaks = break_editions(folder)
    cells = [
        (own["title"].iloc[0], "\n".join(_by_edition(own, breaks[str(series)], folder)), "\n".join(_said(own)))
        for series, own in rows.groupby("series", sort=False)
    ]
    frame = pd.DataFrame(cells, columns=["Uppgift", "Utgåva och uppgift", "Källans ord och att veta"])
    return plain_table(frame, label, caption, (28, 32, 40))


def _by_edition(own: pd.DataFrame, breaks: set[str], folder: Path | None) -> list[str]:
    """Return a line for every edition's figure, with its sources, and one for every break between."""
    editions = sorted(own["edition"].unique())
    told = []
    for edition, part in own.groupby("edition"):
        told += [f"– brott {start} –" for start in breaks_between(breaks, editions, str(edition))]
        for figure, same in part.groupby("display", sort=False):
            told.append(tied(f"{edition}: {figure} ({', '.join(named(same['source'], folder))})"))
    return told


def named(sources: Iterable[str], folder: Path | None = None) -> list[str]:
    """Return sources by publisher and year, each once, as plain text.

    >>> named(["skl-2016", "skl-2016"])
    ['SKL 2016']
    """
    known = known_sources(folder).set_index("source")
    short = {"Sveriges Kommuner och Landsting (SKL)": "SKL"}
    about = [known.loc[name] for name in dict.fromkeys(sources)]
    return [f"{short.get(row['publisher'], row['publisher'])} {row['year']}" for row in about]


def _said(own: pd.DataFrame) -> list[str]:
    """Return what the sources say of change, and notes, each line with its edition."""
    told = []
    for row in own.sort_values("edition").itertuples():
        words = f"”{row.direction}”" if row.direction else ""
        told += [tied(f"{row.edition}: {text}") for text in (words, str(row.note)) if text]
    return list(dict.fromkeys(told)) or [""]
