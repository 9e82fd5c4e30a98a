"""The chart of one sub-area: its answers above, its numbers side by side below, as SVG with an alt text."""

import io
from pathlib import Path

import pandas as pd

from oj.catalog import Indicator, in_subarea
from oj.datapackage import read_table
from oj.present.alt import describe_answers, describe_values
from oj.present.charts import common_top, shares_against_nation, values_by_place
from oj.present.output import Figure
from oj.present.style import TEXT_WIDTH, use_style

ROW_HEIGHT = 0.25  # inches for one indicator
PLACE_HEIGHT = 0.205  # inches for one place
LEGEND_HEIGHT = 0.52  # inches for the legend above and the axis below
TITLE_HEIGHT = 0.64


def chart(results: pd.DataFrame, subarea: str, folder: Path | None = None) -> Figure:
    """Return the chart of one sub-area, as SVG with its caption and alt text.

    `results` is what `oj.results` gives. Raises UserError for an unknown sub-area.

    >>> import oj
    >>> chart(oj.results("Stockholm"), "utanfor-kontorstid").label
    'fig-utanfor-kontorstid'
    """
    use_style()
    shown = in_subarea(subarea, folder)
    rows = results[results["subarea"] == subarea]
    answers = [item for item in shown if item.is_answer]
    values = [item for item in shown if not item.is_answer]
    name = read_table("subareas", folder).set_index("subarea").loc[subarea, "name"]
    parts = [describe_answers(rows, answers)] if answers else []
    parts += [describe_values(rows, values)] if values else []
    return Figure(
        svg=_svg(rows, answers, values),
        label=f"fig-{subarea}",
        caption=" ".join([f"{name}, utgåvan {rows['edition'].iloc[0]}.", *_reading(rows, answers, values)]),
        alt=" ".join(parts),
    )


def _reading(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator]) -> list[str]:
    """Return what the caption must say for the chart to be read."""
    regions = rows.loc[rows["level"] != "municipality", "place_name"].drop_duplicates().tolist()
    order = ["Ordnade efter länets avstånd till riket."] if len(answers) > 2 and len(regions) > 1 else []
    lines = [f"Linjer: riket (streckad) och {regions[1]} (prickad)."] if len(regions) > 1 else []
    return order + (lines if values and (rows["level"] == "municipality").any() else [])


def _svg(rows: pd.DataFrame, answers: list[Indicator], values: list[Indicator]) -> str:
    """Return the chart of a sub-area: its answers above, its numbers side by side below."""
    import matplotlib.pyplot as plt

    places = rows["place"].nunique()
    heights = [len(answers) * ROW_HEIGHT + LEGEND_HEIGHT] if answers else []
    heights += [places * PLACE_HEIGHT + TITLE_HEIGHT] if values else []
    figure = plt.figure(figsize=(TEXT_WIDTH, sum(heights)))
    parts = figure.subfigures(len(heights), 1, height_ratios=heights, squeeze=False)[:, 0]
    if answers:
        _draw_answers(parts[0], rows, answers)
    if values:
        _draw_values(parts[-1], rows, values)
    drawing = io.StringIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None})
    plt.close(figure)
    return drawing.getvalue()


def _draw_answers(part: "object", rows: pd.DataFrame, answers: list[Indicator]) -> None:
    height = len(answers) * ROW_HEIGHT + LEGEND_HEIGHT
    ax = part.subplots()  # type: ignore[attr-defined]
    part.subplots_adjust(left=0.29, right=0.86, bottom=0.24 / height, top=1 - 0.25 / height)  # type: ignore[attr-defined]
    shares_against_nation(rows, answers, ax)
    sns_legend = ax.get_legend_handles_labels()
    ax.legend(*sns_legend, loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, frameon=False, borderpad=0,
              handletextpad=0.1, columnspacing=1.2)  # fmt: skip
    if (rows["level"] == "municipality").any():
        ax.annotate("Ja", (1.03, 1.0), (0, 5), xycoords="axes fraction", textcoords="offset points",
                    fontweight="semibold")  # fmt: skip


def _draw_values(part: "object", rows: pd.DataFrame, values: list[Indicator]) -> None:
    height = rows["place"].nunique() * PLACE_HEIGHT + TITLE_HEIGHT
    axes = part.subplots(1, len(values), sharey=True, squeeze=False)[0]  # type: ignore[attr-defined]
    part.subplots_adjust(left=0.17, right=0.985, bottom=0.24 / height, top=1 - 0.38 / height, wspace=0.08)  # type: ignore[attr-defined]
    for ax, item in zip(axes, values, strict=True):
        siblings = [other for other in values if other.family == item.family]
        values_by_place(rows, item, ax, top=common_top(rows, siblings))
