"""Girls beside boys, or women beside men: a mark each on one line, for the nation and the county."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from oj.doors.current import unit_words
from oj.facts.key_figures import KeyFigure
from oj.present.style import BAND, FAINT, TEXT_WIDTH, use_style
from oj.words.swedish import number

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawing

WOMEN, MEN = ("#801650", "^"), ("#28807A", "s")  # colour and shape
ROW = 0.2  # inches
EDGES = 0.7  # inches for the legend above and the axis below


def rows_of(women: pd.DataFrame, men: pd.DataFrame, items: Sequence[KeyFigure]) -> pd.DataFrame:
    """Return a row per key figure and region that has both figures: `women` and `men` in its unit, and as shown.

    `women` and `men` are the rows of `oj.current` of each; `items` have one unit.
    """
    told = []
    for item in items:
        for level in ("nation", "county", "municipality"):
            pair = [part[(part["indicator"] == item.id) & (part["level"] == level)] for part in (women, men)]
            if any(len(part) != 1 or part["status"].iloc[0] != "observed" for part in pair):
                continue
            values = [float(part["value"].iloc[0]) for part in pair]
            shown = [unit_words(item, value) for value in values]
            told.append((item.id, item.name, pair[0]["place_name"].iloc[0], *values, *shown))
    return pd.DataFrame(told, columns=["indicator", "name", "place_name", "women", "men", "women_shown", "men_shown"])


def draw(rows: pd.DataFrame, names: tuple[str, str]) -> "Drawing":
    """Draw the rows, one line each, grouped by key figure; `names` are those of the two marks. Returns the figure."""
    import matplotlib.pyplot as plt

    use_style()
    groups = rows["indicator"].ne(rows["indicator"].shift()).cumsum()
    positions = [at + 0.7 * group for at, group in enumerate(groups)]
    height = (positions[-1] + 1) * ROW + EDGES
    figure: Drawing = plt.figure(figsize=(TEXT_WIDTH, height))
    ax = figure.add_axes((0.47, 0.32 / height, 0.5, 1 - EDGES / height))
    ax.hlines(
        positions, rows[["women", "men"]].min(axis=1), rows[["women", "men"]].max(axis=1), color=FAINT, linewidth=2
    )
    for (colour, shape), column, name in zip((WOMEN, MEN), ("women", "men"), names, strict=True):
        ax.scatter(rows[column], positions, color=colour, marker=shape, s=34, zorder=3, label=name, clip_on=False)
    ax.set_yticks(positions, rows["place_name"].tolist())
    for _, part in rows.assign(at=positions).groupby(groups):
        ax.annotate(part["name"].iloc[0], (-0.93, part["at"].iloc[0]), xycoords=("axes fraction", "data"), va="center",
                    fontweight="semibold", annotation_clip=False)  # fmt: skip
        ax.axhspan(part["at"].iloc[0] - 0.6, part["at"].iloc[-1] + 0.6, color=BAND, zorder=0)
    ax.set_ylim(positions[-1] + 0.8, -0.0)
    top = float(rows[["women", "men"]].max().max())
    ax.set_xlim(0, 100 if "%" in rows["women_shown"].iloc[0] and top > 45 else top * 1.1)
    ax.xaxis.set_major_formatter(lambda value, _at: number(value, 0 if top > 4 else 1))
    ax.tick_params(axis="both", length=0)
    ax.grid(axis="x")
    ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, frameon=False, borderpad=0, handletextpad=0.2)
    return figure
