"""Any figures as maps of the municipalities: the text and colour of each, what the colours mean, and all in words."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from oj.compare.across import is_across
from oj.compare.against import side
from oj.compare.reached import ALL, differs_most
from oj.facts.places import NATION, is_district
from oj.present.chart.marks import places_said, short_sign
from oj.present.followed import followed
from oj.present.maps.shapes import MOST_NAMED, Panel, map_svg, maps_svg
from oj.present.output import Figure, Parts
from oj.present.style import ANSWER_FILLS, LACKING_FILL
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.groups import TOTAL, whose
from oj.words.swedish import NO_BREAK_SPACE, capital, counted, tied

STEPS = ("#f2f6fb", "#cfe0f1", "#9cc4e8", "#5b9bd5", "#2f6fae")  # a fifth of the targets each, from few to many
NUMBERS = ("#f0eaf6", "#cdbde3", "#a285c7")  # below, about and above the nation; not the colours of answers
LACKS = "Uppgift visas inte"
UNKNOWN = "ingen uppgift"  # of a municipality whose answers are missing or hidden
WORDS = {
    "points": ("Minst 10 procentenheter under riket", "Inom 10 procentenheter från riket",
               "Minst 10 procentenheter över riket"),
    "edition": ("Minst 10 % under riket", "Inom 10 % från riket", "Minst 10 % över riket"),
    "today": ("Minst en tiondel under riket", "Nära riket", "Minst en tiondel över riket"),
}  # fmt: skip
FEWEST = 2  # municipalities that could differ
NUMBERS_NOTE = " Tal har färger av eget slag: tydligt under rikets, nära det eller tydligt över."
HEADING = "## Kartor {#sec-kartor}"
HEADING_OF_TODAY = "## Kartor {#sec-aktuell-kartor}"
READING = (
    "Färgen visar om kommunen ligger minst {} under eller över riket. Den säger inget om vad som är bra eller dåligt."
)


@followed
def map(figures: Figures) -> Parts:
    """Return maps: of a measure, of reached targets, or of where the municipalities differ most in each area.

    Of today some key figures' latest year. Nothing with fewer than two municipalities that could differ. Raises
    UserError for a measure that no municipality has, and for the years, which have no maps.

    >>> import oj
    >>> [part.label for part in oj.map(oj.figures("Stockholm").of("saker"))]
    ['fig-karta-saker']
    """
    if figures.is_over_time or figures.earlier is not None or is_across(figures):
        raise UserError("Kartor ritas av en utgåvas resultat eller av aktuella nyckeltal, inte av åren.")
    drawn = figures.latest().by(TOTAL) if figures.is_current else figures
    district = drawn.frame["place"].map(is_district).astype(bool)
    left_out = " Stadsdelar ritas inte." if district.any() else ""
    drawn = replace(drawn, frame=drawn.frame[~district])
    if figures.origin is not None:
        return _of_targets(drawn, left_out)
    if figures.chosen in figures.measures:
        return Parts(_of_one(drawn, figures.measures[figures.chosen], left_out))
    if figures.chosen:
        found = differs_most(drawn.where(lambda one: not one.of_survey))
        maps = _of_one(drawn, figures.measures[found], left_out) if found else []
        return Parts([replace(one, label=f"fig-karta-{figures.chosen}") for one in maps])
    return _some_of_today(drawn) if figures.is_current else _of_areas(drawn, left_out)


def _of_areas(figures: Figures, left_out: str) -> Parts:
    """Return a small map for each area but the background, of the measure where the municipalities differ most."""
    areas = dict.fromkeys(one.area for one in figures.measures.values() if not one.is_background)
    found = [differs_most(figures.of(area)) for area in areas]
    chosen = [figures.measures[name] for name in found if name]
    if len(figures.municipalities()) < FEWEST or not chosen:
        return Parts()
    panels, numbers = [panel_of(figures, one) for one in chosen], any(not one.is_answer for one in chosen)
    caption = (
        f"För varje område den indikator där kommunerna skiljer sig mest, utgåvan "
        f"{figures.edition}{whose(figures.frame)}.{NUMBERS_NOTE if numbers else ''}{left_out}"
    )
    if len(panels[0].texts) > MOST_NAMED:
        caption += " Kommunernas namn står på kartan över nådda mål, och svaren i områdenas tabeller."
    told = zip(panels, chosen, strict=True)
    said = tuple((panel.title, places_said(_own(figures, one))) for panel, one in told)
    summary = (
        f"{capital(counted(len(panels), 'karta', 'kartor'))}, en för varje område, där kommunerna skiljer sig mest."
    )
    rows = tuple(at for one in chosen for at in _own(figures, one).index)
    svg, spots = maps_svg(panels)
    return Parts([Figure(svg, "fig-kartor", caption, summary, HEADING, said, rows, spots)])


def _some_of_today(figures: Figures) -> Parts:
    """Return the maps that the catalogue chooses, under a heading."""
    mapped = [one for one in figures.measures.values() if one.about.mapped]
    maps = [part for one in mapped for part in _of_one(figures, one, "")]
    least = "tio procentenheter" if all(one.in_points for one in mapped) else "en tiondel"
    before = f"{HEADING_OF_TODAY}\n\n{READING.format(least)}"
    return Parts([replace(one, before=before if at == 0 else "") for at, one in enumerate(maps)])


def _of_one(figures: Figures, measure: Measure, left_out: str) -> list[Figure]:
    """Return a map of a measure; of today nothing with fewer than two municipalities or without the nation."""
    own, nation = _own(figures, measure), _nation(figures, measure)
    said = places_said(own)
    if figures.is_current:
        if own["status"].eq("observed").sum() < FEWEST or (nation is None and not measure.is_answer):
            return []
        year = own["period"].iloc[0]
        level = "" if nation is None else f", riket {measure.told(float(nation['value']))}"
        caption = f"Karta: {measure.full_name.lower()} {year}{level}. Källa: Kolada."
        about = (f"{capital(measure.phrase)} {year}", said.replace(NO_BREAK_SPACE, " "))
        (svg, spots), label = map_svg(panel_of(figures, measure)), f"fig-karta-{measure.id}"
        seen = f"Karta med {_size(own)}."
        return [Figure(svg, label, caption, seen, told=(about,), rows=tuple(own.index), spots=spots)]
    if own.empty:
        raise UserError(f"Ingen kommun har resultat för {measure.phrase}, så det blir ingen karta.")
    panel = panel_of(figures, measure)
    caption = f"Karta: {panel.title}, utgåvan {figures.edition}{whose(figures.frame)}.{left_out}"
    label, told, rows = f"fig-karta-{measure.id}", ((panel.title, said),), tuple(own.index)
    svg, spots = map_svg(panel)
    return [Figure(svg, label, caption, f"Karta med {_size(own)}.", told=told, rows=rows, spots=spots)]


def _of_targets(figures: Figures, left_out: str) -> Parts:
    """Return a map of how many targets each municipality reaches, of all or of an area; nothing without any."""
    shown = figures.measures.get(ALL) or next(iter(figures.measures.values()))
    own = _own(figures, shown)
    if not own["of"].any():  # nobody has an answer: a map of grey alone
        return Parts()
    where, last = ("", "") if shown.id == ALL else (f" i {shown.title}", f"-{shown.id}")
    caption = (
        f"Karta: antal mål{where} som kommunerna når av dem med Ja- och Nej-svar, utgåvan {figures.edition}. "
        f"Färgen visar antalet.{left_out}"
    )
    steps = (own["value"] / own["of"] * len(STEPS)).clip(upper=len(STEPS) - 1) // 1
    scale = {step: (_step_name(int(step), own["of"]), STEPS[int(step)]) for step in sorted(steps.dropna().unique())}
    own = own.assign(display=own["display"].where(own["of"] > 0, UNKNOWN))  # 0 of 0 reads as a result
    svg, spots = map_svg(
        _painted("Nådda mål", own, own["display"], steps, scale | {LACKS: (capital(UNKNOWN), LACKING_FILL)})
    )
    told = (("Nådda mål", places_said(own)),)
    label, rows = f"fig-karta-mal{last}", tuple(own.index)
    return Parts([Figure(svg, label, caption, f"Karta med {_size(own)}.", told=told, rows=rows, spots=spots)])


def _own(figures: Figures, measure: Measure) -> pd.DataFrame:
    """Return the rows of the municipalities."""
    rows = figures.frame
    return rows[(rows["level"] == "municipality") & (rows["measure"] == measure.id)]


def _nation(figures: Figures, measure: Measure) -> pd.Series | None:
    """Return the row of the nation's figure, where there is one."""
    rows = figures.frame
    own = rows[(rows["measure"] == measure.id) & (rows["place"] == NATION) & (rows["status"] == "observed")]
    return None if own.empty else own.iloc[0]


def _size(own: pd.DataFrame) -> str:
    return counted(len(own), "kommun", "kommuner")


def panel_of(figures: Figures, measure: Measure) -> Panel:
    """Return a measure's map: its name (a number's with the nation's), each municipality's text and colour."""
    own, nation, title = _own(figures, measure), _nation(figures, measure), measure.full_name
    texts = own["display"] if figures.is_current else own["display"].map(short_sign)
    observed = own["status"] == "observed"
    if measure.is_answer:
        scale = {code: (word, ANSWER_FILLS[code]) for code, word in measure.answer_words.items()}
        return _painted(title, own, texts, own["answer"].where(observed), scale)
    if nation is None:
        return _painted(title, own, texts, observed.where(observed), {True: ("Uppgift finns", NUMBERS[1])})
    steps = own["value"].where(observed).map(lambda value: side(measure, value, nation["value"]), na_action="ignore")
    words = WORDS["points" if measure.in_points else "today" if figures.is_current else "edition"]
    sides = {at - 1: (tied(word), fill) for at, (word, fill) in enumerate(zip(words, NUMBERS, strict=True))}
    return _painted(f"{title} (riket {nation['display']})", own, texts, steps, sides)


def _painted(
    title: str, own: pd.DataFrame, texts: pd.Series, steps: pd.Series, scale: Mapping[Any, tuple[str, str]]
) -> Panel:
    """Return municipalities with the colour of their step on the scale, and what the colours that are met mean."""
    codes = own["place"]
    fills = pd.Series([LACKING_FILL if pd.isna(step) else scale[step][1] for step in steps], index=codes)
    legend = {word: fill for step, (word, fill) in scale.items() if (steps == step).any()}
    lacks, _ = scale.get(LACKS, (LACKS, LACKING_FILL))  # nobody has answered: nothing is hidden
    legend |= {lacks: LACKING_FILL} if steps.isna().any() else {}
    return Panel(title, (own["place_name"] + ": " + texts).set_axis(codes), fills, legend)


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
