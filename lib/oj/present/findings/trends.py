"""Development over the years in words and tables: what rose, fell and stands still, and what may not be compared."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from oj.compare.stated import across_break
from oj.doors.observations import PUBLISHED_PASSAGE, steps
from oj.facts.datapackage import read_table
from oj.facts.places import NATION
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


def development(observations: pd.DataFrame, folder: Path | None = None) -> Text:
    """Return what rose, fell and stood still for the nation, and what is not computed and why, as a list.

    `observations` is what `oj.observations` gives.

    >>> from oj.doors.observations import observations
    >>> "förskolan (75 till 72" in development(observations("Riket")).markdown.replace(chr(160), " ")
    True
    """
    nation = observations[observations["place"] == NATION]
    found = steps(nation)
    lines = []
    for (first, last), own in found[found["why"] == ""].groupby(["edition_from", "edition_to"]):
        for word, part in _directions(own):
            lines.append(f"- **{word} {first}–{last}:** {listing([_step(row) for row in part.itertuples()])}.")
    for row in found[found["why"] == "disputed"].itertuples():
        lines.append(f"- **Räknas inte {row.edition_from}–{row.edition_to}:** {_dispute(nation, row)}")
    lines += _told_by_sources(nation, found, folder)
    across = list(dict.fromkeys(low(row.short) for row in found[found["why"] == "break"].itertuples()))
    if across:
        lines.append(f"- **Jämförs inte över ett brott:** {'; '.join(across)}.")
    lines += _improve(nation)
    return Text(tied("\n".join(lines)))


def _told_by_sources(nation: pd.DataFrame, found: pd.DataFrame, folder: Path | None) -> list[str]:
    """Return what rose and fell by the sources' own account, where no step was `found` that could be computed."""
    rows = nation[nation["trend"].isin(list(TRENDS)) & (nation["area"] != CONTEXT)]
    rows = rows[~across_break(rows, read_table("changes", folder), break_editions(folder))]
    computed = found[found["why"] == ""]
    known = set(zip(computed["series"], computed["edition_to"], strict=True))
    rows = rows[[(row.series, row.edition) not in known for row in rows.itertuples()]]
    return [
        f"- **{TRENDS[str(trend)]} enligt källan {edition}:** "
        + "; ".join(f"{low(str(row.short))} (”{as_markdown(row.direction)}”)" for row in part.itertuples())
        + "."
        for (edition, trend), part in rows.groupby(["edition", "trend"])
    ]


def _improve(nation: pd.DataFrame) -> list[str]:
    """Return what the sources call areas to improve, by edition."""
    rows = nation[nation["improve"] == "yes"]
    told = [
        f"{edition} {listing(list(dict.fromkeys(low(short) for short in part['short'])))}"
        for edition, part in rows.groupby("edition")
    ]
    return [f"- **Att förbättra enligt källorna:** {'; '.join(told)}."] if told else []


def _directions(own: pd.DataFrame) -> Iterable[tuple[str, pd.DataFrame]]:
    """Yield what rose, fell and stood still (or moved no more than rounding may), with its steps."""
    still = own["change"].abs().le(ROUNDING) & ~((own["unit"] == "count") & (own["change"] != 0))
    for word, part in (
        ("Ökade", own[~still & (own["change"] > 0)]),
        ("Minskade", own[~still & (own["change"] < 0)]),
        ("Lika, eller inom avrundningen,", own[still]),
    ):
        if len(part):
            yield word, part


def _step(row: Any) -> str:
    """Return a step: ordinarie licens (81 till 92 procent, 11 procentenheter)."""
    if row.unit == "count":
        return f"{low(row.short)} ({number(row.value_from)} till {number(row.value_to)} kommuner)"
    ends = [number(100 * value) for value in (row.value_from, row.value_to)]
    if row.change == 0:
        return f"{low(row.short)} ({ends[1]} procent båda åren)"
    return f"{low(row.short)} ({ends[0]} till {ends[1]} procent, {points(row.change)})"


def points(change: float) -> str:
    """Return how large a change of a share is, without its sign.

    >>> points(-0.01), points(0.11)
    ('1 procentenhet', '11 procentenheter')
    """
    size = number(abs(100 * change))
    return f"{size} {'procentenhet' if size == '1' else 'procentenheter'}"


def _dispute(rows: pd.DataFrame, step: Any) -> str:
    """Return what the sources say of an edition that they disagree about."""
    own = rows[(rows["series"] == step.series) & rows["value"].notna()]
    both = own[own["edition"].isin([step.edition_from, step.edition_to])]
    told = [
        f"för {edition} har källorna {listing([percent(value) for value in sorted(part['value'].unique())])}"
        for edition, part in both.groupby("edition")
        if part["value"].nunique() > 1
    ]
    return f"{low(step.short)}; {listing(told)}."


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
