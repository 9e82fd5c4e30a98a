"""Development over the years in words and tables: what rose, fell and stands still, and what may not be compared."""

from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from oj.compare.steps import across_break, steps
from oj.facts.catalog import Indicator
from oj.facts.datapackage import read_table
from oj.present.output import Text
from oj.tidy.measures import CONTEXT, COUNT
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.plain_text import as_markdown
from oj.words.swedish import listing, low, number, percent, sentences, tied

ROUNDING = 0.0101  # shares are rounded to whole per cent, so a step of one point may be none
TRENDS = {"up": "Ökade", "down": "Minskade"}


def development(figures: Figures) -> Text:
    """Return what rose, fell and stood still for the nation, and what is not computed and why, as a list."""
    found = steps(figures)
    asked = [name for name, one in figures.measures.items() if isinstance(one.about, Indicator)]
    found = found[~found["measure"].isin(asked) | (found["last"] == figures.folder.name)]  # the rest is in the tables
    lines = []
    for (first, last), own in found[found["why"] == ""].groupby(["first", "last"]):
        for word, part in _directions(own, figures):
            lines.append(_line(f"{word} {first}–{last}", [_step(figures, row) for row in each_row(part)]))
    for row in each_row(found[found["why"] == "disputed"]):
        lines.append(f"- **Räknas inte {row.first}–{row.last}:** {_dispute(figures, row)}")
    lines += _told_by_sources(figures, found)
    across = list(dict.fromkeys(_low(figures, name) for name in found.loc[found["why"] == "break", "measure"]))
    if across:
        lines.append(_line("Jämförs inte över ett brott i serien", across, "; ".join))
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
    rows = rows.loc[[(row.measure, row.period) not in known for row in each_row(rows)]]
    return [
        _line(
            f"{TRENDS[str(trend)]} enligt källan {edition}",
            [f"{_low(figures, row.measure)} (”{as_markdown(row.direction)}”)" for row in each_row(part)],
            "; ".join,
        )
        for (edition, trend), part in rows.groupby(["period", "trend"])
    ]


def _improve(figures: Figures) -> list[str]:
    """Return what the sources call areas to improve, by edition."""
    rows = figures.frame[figures.frame["improve"] == "yes"]
    named = {
        edition: dict.fromkeys(_low(figures, name) for name in own["measure"])
        for edition, own in rows.groupby("period")
    }
    return [_line(f"Att förbättra enligt källorna {edition!s}", list(own)) for edition, own in named.items()]


def _line(heading: str, told: list[str], join: Callable[[list[str]], str] = listing) -> str:
    """Return what is told under a heading as a line of a list."""
    return f"- {sentences(f'**{heading}:**', told, join)}"


def _directions(own: pd.DataFrame, figures: Figures) -> Iterable[tuple[str, pd.DataFrame]]:
    """Yield what rose, fell and stood still (or moved no more than rounding may), with its steps."""
    counted = own["measure"].map(lambda name: not figures.measures[name].is_share)
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
    if not measure.is_share:
        return f"{low(measure.short)} ({number(row.value_from, measure.decimals)} till {measure.told(row.value_to)})"
    if row.change == 0:
        return f"{low(measure.short)} ({ends[1]} procent båda åren)"
    return f"{low(measure.short)} ({ends[0]} till {ends[1]} procent, {points(row.change)})"


def points(change: float) -> str:
    """Return how large a change of a share is, without its sign."""
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
