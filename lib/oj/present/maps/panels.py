"""Figures as the panel of a map: each municipality's text and colour, and what the colours mean."""

from collections.abc import Sequence

import pandas as pd

from oj.compare.against import side
from oj.facts.places import NATION
from oj.figures.measures import Measure
from oj.figures.schema import Figures
from oj.present.chart.marks import short_sign
from oj.present.maps.shapes import Panel
from oj.present.style import ANSWER_FILLS, LACKING_FILL
from oj.words.swedish import NO_BREAK_SPACE, tied

STEPS = ("#f2f6fb", "#cfe0f1", "#9cc4e8", "#5b9bd5", "#2f6fae")  # a fifth of the targets each, from few to many
NUMBERS = ("#f0eaf6", "#cdbde3", "#a285c7")  # below, about and above the nation; not the colours of answers
LACKS = "Uppgift visas inte"
WORDS = {
    "points": [tied(f"{where} riket") for where in ("Minst 10 procentenheter under", "Inom 10 procentenheter från",
               "Minst 10 procentenheter över")],
    "edition": [tied(f"{where} riket") for where in ("Minst 10 % under", "Inom 10 % från", "Minst 10 % över")],
    "today": ["Minst en tiondel under riket", "Nära riket", "Minst en tiondel över riket"],
}  # fmt: skip


def panel_of(figures: Figures, measure: Measure) -> Panel:
    """Return a measure's map: its name (a number's with the nation's), each municipality's text and colour."""
    rows = figures.frame[figures.frame["measure"] == measure.id]
    own = rows[rows["level"] == "municipality"].set_index("place")
    texts = own["place_name"] + ": " + (own["display"] if figures.is_current else own["display"].map(short_sign))
    if measure.is_answer:
        return Panel(measure.full_name, texts, *_answer_fills(own, measure))
    nation = nation_of(figures, measure)
    if nation.empty:
        return Panel(measure.full_name, texts, *_fills(own, ["Uppgift finns"], [NUMBERS[1]], pd.Series(0, own.index)))
    level = float(nation["value"].iloc[0])
    steps = own["value"].map(lambda value: 1 + side(measure, value, level), na_action="ignore")
    words = WORDS["points" if measure.in_points else "today" if figures.is_current else "edition"]
    return Panel(f"{measure.full_name} (riket {nation['display'].iloc[0]})", texts, *_fills(own, words, NUMBERS, steps))


def nation_of(figures: Figures, measure: Measure) -> pd.DataFrame:
    """Return the row of a measure's figure for the nation, none where it has none."""
    rows = figures.frame
    return rows[(rows["measure"] == measure.id) & (rows["place"] == NATION) & (rows["status"] == "observed")]


def targets_panel(own: pd.DataFrame) -> Panel:
    """Return a map of how many targets each municipality reaches, of those it has answered; `own` are their rows."""
    own = own.set_index("place")
    steps = (own["value"] / own["of"] * len(STEPS)).clip(upper=len(STEPS) - 1)
    names = {step: _step_name(step, own["of"]) for step in sorted({int(step) for step in steps.dropna()})}
    fills = steps.map(lambda step: LACKING_FILL if pd.isna(step) else STEPS[int(step)])
    legend = {name: STEPS[step] for step, name in names.items()} | ({LACKS: LACKING_FILL} if steps.isna().any() else {})
    return Panel("Nådda mål", own["place_name"] + ": " + own["display"], fills, legend)


def _step_name(step: int, of: pd.Series) -> str:
    """Return a step in targets where all municipalities have the same number of them, else in per cent.

    >>> _step_name(2, pd.Series([39.0, 39.0]))
    '16–23 mål'
    """
    last = step + 1 == len(STEPS)
    if of.nunique() > 1:
        return f"{20 * step}–{20 * (step + 1) - (not last)}{NO_BREAK_SPACE}%"
    size = int(of.iloc[0])
    ends = [-(-one * size // len(STEPS)) for one in (step, step + 1)]
    first, final = ends[0], ends[1] - (not last)
    return f"{first}–{final} mål" if first < final else f"{first} mål"


def _answer_fills(own: pd.DataFrame, measure: Measure) -> tuple[pd.Series, dict[str, str]]:
    """Return a fill per municipality by its answer, and the legend."""
    answered = own["answer"].where(own["status"] == "observed")
    met = {word: ANSWER_FILLS[answer] for answer, word in measure.answer_words.items() if answer in set(answered)}
    return answered.map(ANSWER_FILLS).fillna(LACKING_FILL), met | (
        {LACKS: LACKING_FILL} if answered.isna().any() else {}
    )


def _fills(
    own: pd.DataFrame, words: Sequence[str], colours: Sequence[str], steps: pd.Series
) -> tuple[pd.Series, dict[str, str]]:
    """Return a fill per municipality by its step, and the legend of those that are met."""
    fills = steps.map(dict(enumerate(colours))).where(own["status"] == "observed", LACKING_FILL)
    legend = dict(zip(words, colours, strict=True)) | {LACKS: LACKING_FILL}
    return fills, {word: fill for word, fill in legend.items() if fill in set(fills)}
