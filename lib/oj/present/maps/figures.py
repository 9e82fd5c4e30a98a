"""Maps of results: one indicator of an area, any indicator, or the sum of reached targets, with their alt texts."""

from dataclasses import replace
from functools import partial
from math import isnan
from pathlib import Path

import pandas as pd

from oj.compare.against import NOTABLE
from oj.compare.targets import differs_most, reached
from oj.facts.catalog import Indicator, indicators
from oj.facts.editions import of_results
from oj.facts.places import NATION, is_district
from oj.present.chart.alt import said
from oj.present.chart.heat import short_sign
from oj.present.maps.shapes import MOST_NAMED, Panel, map_svg, maps_svg
from oj.present.output import Figure, Parts
from oj.present.style import ANSWER_FILLS, LACKING_FILL
from oj.words.errors import UserError, nearest
from oj.words.swedish import NO_BREAK_SPACE, as_shown, capital, count, number, tied

STEPS = ("#f2f6fb", "#cfe0f1", "#9cc4e8", "#5b9bd5", "#2f6fae")  # a fifth of the targets each, from few to many
NUMBERS = ("#f0eaf6", "#cdbde3", "#a285c7")  # below, about and above the nation; not the colours of answers
RELATIVE = 0.10  # of the nation's number: within it, a number that is no share is about the same
LACKS = "Uppgift visas inte"
HEADING = "## Kartor {#sec-kartor}"


def area_maps(results: pd.DataFrame, folder: Path | None = None) -> Parts:
    """Return a small map for each area, of the indicator where the municipalities differ most.

    Nothing with fewer than two municipalities, which cannot differ; background measures have no map here.

    >>> from oj.doors.results import results
    >>> [part.label for part in area_maps(results("Stockholm"))], len(area_maps(results("Jönköping")))
    (['fig-kartor'], 0)
    """
    folder = of_results(results, folder)
    results, left_out = _drawable(results)
    if results.loc[results["level"] == "municipality", "place"].nunique() < 2:
        return Parts()
    chosen = [differs_most(results, area, folder) for area in _areas(results, folder)]
    shown = [name for name in chosen if name]
    if not shown:
        return Parts()
    panels = [_panel(results, name, folder) for name in shown]
    caption = (
        f"För varje område den indikator där kommunerna skiljer sig mest, utgåvan {results['edition'].iloc[0]}. "
        f"Tal har färger av eget slag: tydligt under rikets, nära det eller tydligt över.{left_out}"
    )
    if len(panels[0].texts) > MOST_NAMED:
        caption += " Kommunernas namn står på kartan över nådda mål, och svaren i områdenas tabeller."
    alt = " ".join(f"{panel.title}: {_told(results, name)}." for name, panel in zip(shown, panels, strict=True))
    return Parts([Figure(maps_svg(panels), "fig-kartor", caption, f"Kartor. {alt}", HEADING)])


def _areas(results: pd.DataFrame, folder: Path) -> list[str]:
    """Return the areas of the results that are not background."""
    known = indicators(folder)
    shown = [known[name] for name in results["indicator"].unique()]
    return list(dict.fromkeys(item.area for item in shown if not item.is_background))


def area_map(results: pd.DataFrame, area: str, folder: Path | None = None) -> Parts:
    """Return a map of the indicator of an area where the municipalities differ most; nothing without any.

    Raises UserError for an unknown area.

    >>> from oj.doors.results import results
    >>> [part.label for part in area_map(results("Stockholm"), "saker")]
    ['fig-karta-saker']
    """
    folder = of_results(results, folder)
    allowed = list(results["area"].unique())
    if area not in allowed:
        raise UserError(f"Okänt område ”{area}”.{nearest(area, allowed)} Tillåtna: {', '.join(allowed)}.")
    chosen = differs_most(results, area, folder)
    if chosen is None:
        return Parts()
    return Parts([replace(indicator_map(results, chosen, folder), label=f"fig-karta-{area}")])


def indicator_map(results: pd.DataFrame, indicator: str, folder: Path | None = None) -> Figure:
    """Return a map of one indicator: answers by colour, numbers as below or not below the nation's.

    Raises UserError for an unknown indicator, and where no municipality has results.
    """
    folder = of_results(results, folder)
    known = indicators(folder)
    if indicator not in known:
        raise UserError(f"Okänd indikator ”{indicator}”.{nearest(indicator, known)}")
    results, left_out = _drawable(results)
    rows = results[results["indicator"] == indicator]
    if not (rows["level"] == "municipality").any():
        raise UserError(f"Ingen kommun har resultat för {known[indicator].phrase}, så det blir ingen karta.")
    panel = _panel(results, indicator, folder)
    caption = f"Karta: {panel.title}, utgåvan {rows['edition'].iloc[0]}.{left_out}"
    alt = f"Karta med {_municipalities(len(panel.texts))}. {_told(results, indicator)}."
    return Figure(map_svg(panel), f"fig-karta-{indicator}", caption, alt)


def targets_map(results: pd.DataFrame, folder: Path | None = None) -> Parts:
    """Return a map of how many targets each municipality reaches, of those it has answered; nothing without any.

    >>> from oj.doors.results import results
    >>> "Solna 23 av 39" in targets_map(results("Stockholm"))[0].alt
    True
    """
    folder = of_results(results, folder)
    results, left_out = _drawable(results)
    own = results[results["level"] == "municipality"].drop_duplicates("place").set_index("place")["place_name"]
    if own.empty:
        return Parts()
    sums = reached(results, "edition", folder).droplevel(1).reindex(own.index)
    sums = sums.fillna(0)
    told = sums["reached"].map(number) + " av " + sums["of"].map(number)
    steps = (sums["reached"] / sums["of"] * len(STEPS)).clip(upper=len(STEPS) - 1)
    met = sorted({int(step) for step in steps.dropna()})
    legend = {_step_name(step, sums["of"]): STEPS[step] for step in met}
    legend |= {LACKS: LACKING_FILL} if steps.isna().any() else {}
    fills = steps.map(lambda step: LACKING_FILL if pd.isna(step) else STEPS[int(step)])
    caption = (
        f"Karta: antal mål som kommunerna når av dem med Ja- och Nej-svar, utgåvan {results['edition'].iloc[0]}. "
        f"Färgen visar antalet.{left_out}"
    )
    panel = Panel("Nådda mål", own + ": " + told, fills, legend)
    alt = f"Karta med {_municipalities(len(own))}. {', '.join(own + ' ' + told)}."
    return Parts([Figure(map_svg(panel), "fig-karta-mal", caption, alt)])


def _drawable(results: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the results of places that the map has borders of, and what to say of the others: city districts."""
    district = results["place"].map(is_district)
    return results[~district], " Stadsdelar ritas inte." if district.any() else ""


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


def _panel(results: pd.DataFrame, indicator: str, folder: Path | None) -> Panel:
    """Return one indicator's map: its name (a number's with the nation's), each place's text and colour."""
    folder = of_results(results, folder)
    item = indicators(folder)[indicator]
    rows = results[results["indicator"] == indicator]
    own = rows[rows["level"] == "municipality"].set_index("place")
    texts = own["place_name"] + ": " + own["display"].map(short_sign)
    if item.is_answer:
        return Panel(capital(item.phrase), texts, *_answer_fills(own, item))
    nation = rows[(rows["place"] == NATION) & (rows["status"] == "observed")]
    level = None if nation.empty else float(nation["value"].iloc[0])
    title = capital(item.phrase) + ("" if nation.empty else f" (riket {nation['display'].iloc[0]})")
    return Panel(title, texts, *_number_fills(own, item, level))


def _told(results: pd.DataFrame, indicator: str) -> str:
    """Return what each municipality has, in words; a hidden figure is said to be so."""
    own = results[(results["indicator"] == indicator) & (results["level"] == "municipality")]
    return ", ".join(f"{row.place_name} {said(row)}" for row in own.itertuples())


def _municipalities(size: int) -> str:
    return "en kommun" if size == 1 else f"{count(size)} kommuner"


def _answer_fills(own: pd.DataFrame, item: Indicator) -> tuple[pd.Series, dict[str, str]]:
    answered = own["answer"].where(own["status"] == "observed")
    fills = answered.map(ANSWER_FILLS).fillna(LACKING_FILL)
    met = {word: ANSWER_FILLS[answer] for answer, word in item.answer_words.items() if answer in set(answered)}
    return fills, met | ({LACKS: LACKING_FILL} if answered.isna().any() else {})


def _told_value(item: Indicator, value: float) -> float:
    """Return a figure as rounded as it is told: what is far from the nation is so by the two told."""
    return value if isnan(value) else as_shown(value, item.decimals + (2 if item.scale == "share" else 0))


def _number_fills(own: pd.DataFrame, item: Indicator, level: float | None) -> tuple[pd.Series, dict[str, str]]:
    """Return a fill per place and the legend: clearly below the nation, about the same, clearly above."""
    if level is None:
        words, steps = {"Uppgift finns": NUMBERS[1]}, own["value"].map(lambda _: 1)
    else:
        level = _told_value(item, level)
        least = NOTABLE if item.scale == "share" else RELATIVE * level
        unit = "procentenheter" if item.scale == "share" else "%"
        named = (f"Minst 10 {unit} under riket", f"Inom 10 {unit} från riket", f"Minst 10 {unit} över riket")
        words = {tied(word): fill for word, fill in zip(named, NUMBERS, strict=True)}
        steps = (own["value"].map(partial(_told_value, item)) - level).round(6)
        steps = steps.map(lambda gap: 0 if gap <= -least else 2 if gap >= least else 1)
    fills = steps.map(dict(enumerate(NUMBERS))).where(own["value"].notna(), LACKING_FILL)
    return fills, {word: fill for word, fill in (words | {LACKS: LACKING_FILL}).items() if fill in set(fills)}
