"""The chart of a sub-area (its answers above, its numbers below) or of an area's answers, as SVG with an alt text."""

from pathlib import Path

import pandas as pd

from oj.facts.catalog import Indicator, in_area, in_subarea
from oj.facts.datapackage import read_table
from oj.facts.editions import of_results
from oj.present.chart.alt import describe_answers, describe_values
from oj.present.chart.area import common_top, shares_against_nation, values_by_place
from oj.present.output import Figure
from oj.present.style import TEXT_WIDTH, as_svg, use_style
from oj.words.errors import UserError

ROW_HEIGHT = 0.23  # inches for one indicator
PLACE_HEIGHT = 0.205  # inches for one place, less where they are many
TALLEST = 8.6  # inches: what a page holds with the caption
LEGEND_HEIGHT = 0.52  # inches for the legend above and the axis below
TITLE_HEIGHT = 0.64
NAME_LETTER = 0.065  # inches for a letter of a place's name


def chart(results: pd.DataFrame, name: str, folder: Path | None = None) -> Figure:
    """Return the chart of a sub-area, or of an area's answers, as SVG with its caption and alt text.

    `results` is what `oj.results` gives. Raises UserError for an unknown name, or an area without answers.

    >>> from oj.doors.results import results
    >>> chart(results("Stockholm"), "utanfor-kontorstid").label, chart(results("Stockholm"), "saker").label
    ('fig-utanfor-kontorstid', 'fig-saker')
    """
    folder = of_results(results, folder)
    use_style()
    areas = read_table("areas", folder).set_index("area")["name"]
    whole = name in areas.index
    shown = _area_answers(name, folder) if whole else in_subarea(name, folder)
    names = areas if whole else read_table("subareas", folder).set_index("subarea")["name"]
    rows = results[results["indicator"].isin([item.id for item in shown])]
    answers = [item for item in shown if item.is_answer]
    values = [item for item in shown if not item.is_answer]
    parts = [describe_answers(rows, answers, folder)] if answers else []
    parts += [describe_values(rows, values)] if values else []
    return Figure(
        svg=_svg(rows, answers, values, whole),
        label=f"fig-{name}",
        caption=" ".join([f"{names[name]}, utgåvan {rows['edition'].iloc[0]}.", *_reading(rows, answers, values)]),
        alt=" ".join(parts),
    )


def _area_answers(area: str, folder: Path | None) -> list[Indicator]:
    """Return an area's answer indicators; raise UserError where it has none."""
    shown = [item for item in in_area(area, folder) if item.is_answer]
    if not shown:
        subareas = ", ".join(dict.fromkeys(item.subarea for item in in_area(area, folder)))
        raise UserError(f"Området ”{area}” har bara tal, inga svar. Välj ett delområde: {subareas}.")
    return shown


def _reading(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator]) -> list[str]:
    """Return what the caption must say for the chart to be read."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].drop_duplicates().tolist()
    own = (rows["level"] == "municipality").any()
    order = ["Ordnade efter länets avstånd till riket."] if len(answers) > 2 and len(regions) > 1 else []
    order += ["Till höger antalet kommuner med Ja."] if answers and own else []
    lines = [f"Linjer: riket (streckad) och {regions[1]} (prickad)."] if len(regions) > 1 else []
    return order + (lines if values and own else [])


def _svg(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator], whole: bool) -> str:
    """Return the chart of a sub-area: its answers above, its numbers side by side below."""
    import matplotlib.pyplot as plt

    heights = [len(answers) * ROW_HEIGHT + LEGEND_HEIGHT] if answers else []
    heights += [min(rows["place"].nunique() * PLACE_HEIGHT + TITLE_HEIGHT, TALLEST - sum(heights))] if values else []
    figure = plt.figure(figsize=(TEXT_WIDTH, sum(heights)))
    parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if answers:
        _draw_answers(parts[0], rows, answers, whole)
    if values:
        _draw_values(parts[-1], rows, values, heights[-1])
    return as_svg(figure)


def _draw_answers(part: "object", rows: pd.DataFrame, answers: list[Indicator], whole: bool) -> None:
    height = len(answers) * ROW_HEIGHT + LEGEND_HEIGHT
    ax = part.subplots()  # type: ignore[attr-defined]
    part.subplots_adjust(left=0.462 if whole else 0.29, right=0.88, bottom=0.24 / height, top=1 - 0.25 / height)  # type: ignore[attr-defined]
    shares_against_nation(rows, answers, ax, names_whole=whole)
    ax.tick_params(axis="y", labelsize=8.5)
    side, edge = ("right", 1.0) if whole else ("left", -0.02)
    ax.legend(*ax.get_legend_handles_labels(), loc=f"lower {side}", bbox_to_anchor=(edge, 1.0), ncols=3, frameon=False,
              borderpad=0, handletextpad=0.1, columnspacing=1.2)  # fmt: skip
    if (rows["level"] == "municipality").any():
        ax.annotate("Antal Ja", (1.03, 1.0), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontweight="semibold")  # fmt: skip


def _draw_values(part: "object", rows: pd.DataFrame, values: list[Indicator], height: float) -> None:
    axes = part.subplots(1, len(values), sharey=True, squeeze=False)[0]  # type: ignore[attr-defined]
    left = max(0.17, rows["place_name"].str.len().max() * NAME_LETTER / TEXT_WIDTH)
    part.subplots_adjust(left=left, right=0.985, bottom=0.24 / height, top=1 - 0.38 / height, wspace=0.08)  # type: ignore[attr-defined]
    for ax, item in zip(axes, values, strict=True):
        siblings = [other for other in values if other.family == item.family]
        values_by_place(rows, item, ax, top=common_top(rows, siblings))
