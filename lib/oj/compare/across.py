"""Themes over several domains: where a place is weak in the same thing in several of them at once.

A place is weak in a theme of a domain where it reaches fewer than half of those questions there that it has a figure
for. Nothing is compared between domains: each question is judged in its own domain and year, by that domain's figures.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from oj.compare.against import county_of, side
from oj.doors.beside import beside
from oj.facts.editions import domain_folder, is_edition
from oj.facts.params import CURRENT
from oj.facts.places import NATION
from oj.sources.themes import theme_of, themes
from oj.tidy.arrange import MEAN
from oj.tidy.as_it_is import COLUMNS, refuse_apart
from oj.tidy.door import figures as read_figures
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.tidy.today import FEW_ANSWERS
from oj.tidy.within import of_the_frame
from oj.words.errors import UserError
from oj.words.frames import each_row
from oj.words.groups import TOTAL
from oj.words.swedish import listing, number

THEMES, BETWEEN = "teman", "/"
SEVERAL = 2  # domains


@dataclass(frozen=True)
class Asked:
    """A theme in a domain: what the domain is called, the years of its figures, and the questions that were counted."""

    domain: str
    years: str
    questions: tuple[Measure, ...]


@of_the_frame
def across(figures: Figures) -> Figures:
    """Return themes over the domains that the report's county has results in: a row per place, theme and domain.

    `value` is how many of its questions a place reaches of the `of` that it has figures for, `answer` no where it is
    weak. Only themes that the figures' own domain asks of, in at least two domains. The others are the latest of each.
    Raises UserError for what is neither an edition's nor of today.

    >>> import oj
    >>> oj.across(oj.figures("Stockholm")).frame.empty
    True
    """
    if figures.is_over_time or figures.origin is not None or figures.earlier is not None:
        raise UserError("Flera verksamhetsområden kan bara läggas bredvid en utgåva, eller aktuella nyckeltal.")
    refuse_apart(figures)
    others = beside(figures.county, figures.folder)
    years = {home: home.name if is_edition(home) else CURRENT for home in others}
    return of_domains([figures, *(read_figures(figures.county, year, folder=home) for home, year in years.items())])


def is_across(figures: Figures) -> bool:
    """Return whether figures are of themes over domains."""
    return figures.chosen == THEMES or any(one.unit == THEMES for one in figures.measures.values())


def of_domains(every: Sequence[Figures]) -> Figures:
    """Return the themes of several domains' figures, the report's own first, at its places."""
    own = every[0]
    named = own.frame.drop_duplicates("place").set_index("place")[["place_name", "level"]]
    places = [*own.municipalities(), *filter(None, [county_of(own)])]
    judged = {domain_folder(one.folder).name: _judged(one, places) for one in every}
    known = [
        _measure(figures, theme, rows[rows["theme"] == theme])
        for theme in themes(own.folder)
        for figures, rows in zip(every, judged.values(), strict=True)
        if (rows["theme"] == theme).any()
    ]
    first, sizes = {one.area for one in known if one.part == next(iter(judged))}, Counter(one.area for one in known)
    kept = {one.id: one for one in known if one.area in first and sizes[one.area] >= SEVERAL}
    together = pd.concat([rows.assign(domain=domain) for domain, rows in judged.items()], ignore_index=True)
    together["measure"] = together["theme"] + BETWEEN + together["domain"]
    rows = _counted(together[together["measure"].isin([*kept])], kept, places)
    rows = rows.join(named, on="place")[COLUMNS]
    return replace(own, frame=rows, measures=kept, chosen=THEMES, whole=None, root=None, origin=own)


def several(figures: Figures) -> pd.DataFrame:
    """Return a row per place and theme that it has figures for in several domains: `weak` measures, and `of` how many.

    `rows` are the numbers of the rows behind. Places stand as in the figures, themes as in their file.
    """
    origin = figures.origin or figures
    order = {place: at for at, place in enumerate(origin.frame["place"].unique())}
    themed = {name: one.area for name, one in figures.measures.items()}
    rows = figures.frame.assign(theme=figures.frame["measure"].map(themed))
    found = [
        [place, theme, tuple(own.loc[own["answer"] == "no", "measure"]), len(own), tuple(own.index)]
        for (place, theme), own in rows.groupby(["place", "theme"], sort=False)
        if len(own) >= SEVERAL
    ]
    rows = pd.DataFrame(found, columns=["place", "theme", "weak", "of", "rows"])
    return rows.sort_values("place", key=lambda places: places.map(order), kind="stable", ignore_index=True)


def _judged(figures: Figures, places: Sequence[str]) -> pd.DataFrame:
    """Return the figures of places that can be judged, each with its `theme` and whether it is `reached`."""
    rows = (figures.latest().by(TOTAL) if figures.is_current else figures).frame
    theme = {name: theme_of(one.title, figures.folder) for name, one in figures.measures.items() if _can_be_judged(one)}
    rows = rows.assign(theme=rows["measure"].map(theme).fillna(""))
    rows = rows[(rows["status"] == "observed") & (rows["theme"] != "") & (rows["note"] != FEW_ANSWERS)]
    nation = rows[rows["place"] == NATION].set_index(["measure", "period"])["value"].to_dict()
    own = rows[rows["place"].isin(places) & (rows["method"] != MEAN)]
    reached = [_reached(figures.measures[row.measure], row, nation) for row in each_row(own)]
    return own.assign(reached=pd.Series(reached, own.index, dtype=object)).dropna(subset="reached")


def _can_be_judged(measure: Measure) -> bool:
    """Return whether more of it is better, and it is no background, no survey's, and of nobody in a register."""
    is_told = not (measure.is_background or measure.of_survey or getattr(measure.about, "protected", False))
    return is_told and measure.is_share and measure.polarity == "higher-better"


def _reached(measure: Measure, row: Any, nation: Mapping[Any, float]) -> bool | None:
    """Return whether an answer is Ja, or a number not told as lower than the nation's; None where it cannot be said."""
    if row.answer:
        return bool(row.answer == "yes")
    other = nation.get((row.measure, row.period), float("nan"))
    return None if pd.isna(row.value) or pd.isna(other) else side(measure, row.value, other) >= 0


def _measure(figures: Figures, theme: str, rows: pd.DataFrame) -> Measure:
    """Return a theme in a domain, and the figures there that were judged, as a measure."""
    home, name = domain_folder(figures.folder).name, themes(figures.folder)[theme].name
    asked = set(rows["measure"])
    questions = tuple(one for key, one in figures.measures.items() if key in asked)
    about = Asked(figures.domain.name, listing(sorted(rows["period"].unique())), questions)
    return Measure(f"{theme}{BETWEEN}{home}", name, name, name, theme, theme, home, THEMES, about=about)


def _counted(judged: pd.DataFrame, known: Mapping[str, Measure], places: Sequence[str]) -> pd.DataFrame:
    """Return how many of a theme's questions in a domain each place reaches, of those that it has a figure for."""
    counts = judged.groupby(["measure", "place"])["reached"].agg(["sum", "size"]).astype("float64")
    order = pd.MultiIndex.from_product([[*known], places], names=["measure", "place"])
    rows = counts.reindex(order[order.isin(counts.index)]).reset_index()
    rows["title"] = rows["measure"].map({key: one.title for key, one in known.items()})
    rows["period"] = rows["measure"].map({key: one.about.years for key, one in known.items()})
    rows["population"] = rows["measure"].map({key: one.about.domain for key, one in known.items()})
    shown = [f"{number(one)} av {number(of)}" for one, of in zip(rows["sum"], rows["size"], strict=True)]
    weak = (rows["sum"] * 2 < rows["size"]).map({True: "no", False: "yes"})
    rows = rows.assign(value=rows["sum"], of=rows["size"], answer=weak, display=shown)
    rows = rows.assign(group=TOTAL, status="observed", segment=0)
    return rows.reindex(columns=[name for name in COLUMNS if name not in ("place_name", "level")])
