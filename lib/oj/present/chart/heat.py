"""The answers at a glance: one row per indicator, one column per municipality, the text in each cell."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from oj.compare.targets import answers as answer_rows
from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.present.output import Figure, Parts
from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL, TEXT_WIDTH, as_svg, use_style
from oj.words.errors import UserError, nearest
from oj.words.swedish import capital, count, listing
from oj.words.vocabulary import STATUSES

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CODES = {"no": 0, "partly": 1, "yes": 2}
LACKING, REGION = 3, 4
FILLS = [*(ANSWER_FILLS[answer] for answer in CODES), LACKING_FILL, REGION_FILL]
LONGEST_SIGN = 6  # letters; a longer one becomes a dash
ROW_HEIGHT = 0.178  # inches
HEAD_HEIGHT = 0.95  # inches for the places' names, which stand on end
LABEL_WIDTH = 0.463  # of the figure's width
LABEL_SIZE = 8.5  # points
HEADING = "## Svaren i en bild {#sec-svar}"
WIDEST_CELL = 0.55  # inches
MOST_PLACES = 12  # side by side, regions too, so that ”Delvis” and ”100 %” fit in a cell
LETTER = 0.06  # inches for a letter of a name that stands on end


def answers(results: pd.DataFrame, area: str = "", folder: Path | None = None) -> Parts:
    """Return the answers at a glance, all or of one area: indicators by municipalities, shares beside.

    Within each part of the report the indicators stand by how many municipalities answered Ja. A long
    county is drawn on several figures. Raises UserError for an area without answers.

    >>> from oj.doors.results import results
    >>> [part.label for part in answers(results("Stockholm"), "saker")]
    ['fig-svar-saker']
    """
    folder = of_results(results, folder)
    rows = answer_rows(results, folder)
    if area:
        allowed = list(rows["area"].unique())
        if area not in allowed:
            raise UserError(f"”{area}” har inga svar att visa.{nearest(area, allowed)} Tillåtna: {', '.join(allowed)}.")
        rows = rows[rows["area"] == area]
    own = rows.loc[rows["level"] == "municipality", "place"].unique()
    if not len(own):
        return Parts()
    use_style()
    label = f"fig-svar-{area}" if area else "fig-svar"
    regions = rows.loc[rows["level"] != "municipality", "place"].nunique()
    pieces = np.array_split(own, -(-len(own) // max(MOST_PLACES - regions, 1)))
    shown = ordered(rows, folder)
    figures = [
        _figure(rows[rows["place"].isin(piece) | (rows["level"] != "municipality")], shown, name, folder)
        for piece, name in zip(pieces, _labels(label, len(pieces)), strict=True)
    ]
    if len(pieces) > 1:
        figures = [_of_places(one, rows, list(piece)) for one, piece in zip(figures, pieces, strict=True)]
    return Parts([figures[0] if area else replace(figures[0], before=HEADING), *figures[1:]])


def _of_places(figure: Figure, rows: pd.DataFrame, piece: Sequence[str]) -> Figure:
    """Return one of several figures with its first and last municipality in the caption."""
    names = rows.drop_duplicates("place").set_index("place")["place_name"]
    start, _, rest = figure.caption.partition(". ")
    return replace(figure, caption=f"{start}, {names[piece[0]]}–{names[piece[-1]]}. {rest}")


def dash_note(rows: pd.DataFrame) -> str:
    """Return what a dash or a shortened answer stands for in these rows, to add to a caption; nothing without one."""
    short = {sign: short_sign(sign) for sign in rows["display"].unique() if short_sign(sign) != sign}
    dashed = [sign for sign, told in short.items() if told == "–"]
    words = "".join(f" {told}: {sign}." for sign, told in short.items() if told != "–")
    return words + (f" Streck: {listing(dashed, 'eller')}." if dashed else "")


def _labels(label: str, size: int) -> list[str]:
    return [label, *(f"{label}-{position}" for position in range(2, size + 1))]


def _figure(rows: pd.DataFrame, shown: list[Indicator], label: str, folder: Path | None) -> Figure:
    import matplotlib.pyplot as plt

    areas = len({item.area for item in shown})
    head = max(HEAD_HEIGHT, LETTER * rows["place_name"].str.len().max())
    height = (len(shown) + areas) * ROW_HEIGHT + head
    figure = plt.figure(figsize=(TEXT_WIDTH, height))
    ax = figure.subplots()
    right = min(0.995, LABEL_WIDTH + rows["place"].nunique() * WIDEST_CELL / TEXT_WIDTH)
    figure.subplots_adjust(left=LABEL_WIDTH, right=right, bottom=0.04 / height, top=1 - head / height)
    answers_at_a_glance(rows, shown, ax, folder=folder)
    caption = (
        f"Svaren i en bild, utgåvan {rows['edition'].iloc[0]}. Till höger andelen {domain_of(folder).answering} med "
        f"Ja. Inom varje område står {_first(rows)} först.{dash_note(rows)}"
    )
    return Figure(as_svg(figure), label, caption, describe_glance(rows, shown))


def _first(rows: pd.DataFrame) -> str:
    """Return what stands first within an area, for the caption."""
    several = rows.loc[rows["level"] == "municipality", "place"].nunique() > 1
    return "de indikatorer som flest av kommunerna når" if several else "Ja"


def ordered(rows: pd.DataFrame, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators area by area, those with most Ja among the municipalities first."""
    known = indicators(folder)
    areas = {area: at for at, area in enumerate(read_table("areas", folder)["area"])}
    yes = rows[rows["level"] == "municipality"].groupby("indicator", sort=False)["reached"].sum()
    names = sorted(yes.index, key=lambda name: (areas[known[name].area], -yes[name]))
    return [known[name] for name in names]


def answers_at_a_glance(
    rows: pd.DataFrame, shown: list[Indicator], ax: "Axes | None" = None, *, folder: Path | None = None
) -> "Axes":
    """Draw the answers as a heat map with the text in each cell, area by area; return the axes.

    `rows` are answer rows with `reached`; columns are the places in the report's order. Under each
    area's name stand its indicators.
    """
    import matplotlib.pyplot as plt
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    ax = ax or plt.gca()
    lines = lines_of(shown, folder)
    places = rows.drop_duplicates("place")
    codes = rows.assign(code=_codes(rows)).pivot(index="indicator", columns="place", values="code")
    texts = rows.assign(display=rows["display"].map(short_sign)).pivot(
        index="indicator", columns="place", values="display"
    )
    keys = [line if isinstance(line, str) else line.id for line in lines]
    sns.heatmap(
        codes.reindex(index=keys, columns=places["place"]), annot=texts.reindex(index=keys, columns=places["place"]),
        fmt="", cmap=ListedColormap(FILLS), vmin=-0.5, vmax=len(FILLS) - 0.5, cbar=False, linewidths=0.8,
        linecolor="white", annot_kws={"fontsize": 8, "color": "#1c2430"}, ax=ax,
    )  # fmt: skip
    ax.set(xlabel="", ylabel="")
    ax.set_xticks(np.arange(len(places)) + 0.5, places["place_name"], rotation=90)
    ax.xaxis.tick_top()
    ax.set_yticks([])
    ax.tick_params(length=0, labelsize=LABEL_SIZE, pad=2)
    ax.axvline((places["level"] == "municipality").sum(), color="white", linewidth=5)
    for position, line in enumerate(lines):
        name_line(ax, line, position + 0.5)
    return ax


def short_sign(display: str) -> str:
    """Return a cell's text where it has room in a small cell, else a dash for a sign and an answer's first letters.

    >>> short_sign("Ja"), short_sign("bortfall"), short_sign("Till viss del")
    ('Ja', '–', 'T.v.d.')
    """
    if len(display) <= LONGEST_SIGN:
        return display
    if not display[0].isalpha() or display in {status.sign for status in STATUSES.values()}:
        return "–"
    words = display.split()
    return "".join(f"{word[0]}." for word in words[:3]) if len(words) > 1 else f"{display[: LONGEST_SIGN - 1]}."


def _codes(rows: pd.DataFrame) -> list[int]:
    """Return each cell's colour: its answer's, that of a lacking figure or of a region."""
    return [
        LACKING if status != "observed" else CODES[answer] if level == "municipality" else REGION
        for status, answer, level in zip(rows["status"], rows["answer"], rows["level"], strict=True)
    ]


def lines_of(shown: list[Indicator], folder: Path | None = None) -> list[str | Indicator]:
    """Return the rows of a picture of all areas: an area's name, then its indicators."""
    names = read_table("areas", folder).set_index("area")["name"]
    return [line for area, members in groupby(shown, key=lambda item: item.area) for line in (names[area], *members)]


def name_line(ax: "Axes", line: str | Indicator, position: float, size: float = LABEL_SIZE) -> None:
    """Write a row's name from the figure's left edge: an area in bold, an indicator under it in `size` points."""
    from matplotlib.transforms import blended_transform_factory

    edge = blended_transform_factory(ax.figure.transFigure, ax.transData)
    if isinstance(line, str):
        ax.text(0, position, line, transform=edge, va="center", fontsize=LABEL_SIZE, fontweight="semibold")
    else:
        ax.text(0.015, position, capital(line.phrase), transform=edge, va="center", fontsize=size)


def describe_glance(rows: pd.DataFrame, shown: list[Indicator]) -> str:
    """Return, per indicator, who reaches the target, and what the regions have."""
    return " ".join([f"{count(len(shown)).capitalize()} indikatorer.", *(_said(rows, item) for item in shown)])


def _said(rows: pd.DataFrame, item: Indicator) -> str:
    own = rows[(rows["indicator"] == item.id) & (rows["level"] == "municipality")]
    yes = own.loc[own["reached"] == 1, "place_name"].tolist()
    lacking = own.loc[own["reached"].isna(), "place_name"].tolist()
    who = "alla" if len(yes) == len(own) and len(own) > 1 else listing(yes) if yes else "ingen"
    rest = f"; uppgift saknas för {listing(lacking)}" if lacking else ""
    return f"{capital(item.phrase)}: Ja i {who}{rest}."
