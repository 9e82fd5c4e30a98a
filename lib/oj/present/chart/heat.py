"""The answers at a glance: one row per measure, one column per municipality, the text in each cell."""

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from oj.present import nobody
from oj.present.chart.marks import dash_note, lines_of, name_line, short_sign
from oj.present.chart.spots import down
from oj.present.output import Figure, Parts
from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL, TEXT_WIDTH, as_svg, page
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.groups import whose
from oj.words.swedish import capital, counted, listing

if TYPE_CHECKING:
    from matplotlib.axes import Axes

FILLS = {"no": ANSWER_FILLS["no"], "partly": ANSWER_FILLS["partly"], "yes": ANSWER_FILLS["yes"]}
FILLS |= {"lacking": LACKING_FILL, "region": REGION_FILL}
ROW_HEIGHT = 0.178  # inches
HEAD_HEIGHT = 0.95  # inches for the places' names, which stand on end
LABEL_WIDTH = 0.482  # of the figure's width
HEADING = "## Svaren i en bild {#sec-svar}"
WIDEST_CELL = 0.55  # inches
MOST_PLACES = 11  # side by side, regions too, so that ”Delvis” and ”100 %” fit in a cell
LETTER = 0.06  # inches for a letter of a name that stands on end


def heat(figures: Figures) -> Parts:
    """Return the answers at a glance: measures by municipalities, shares beside; a long county on several figures.

    Within each area the measures stand by how many municipalities answered Ja. Nothing without a municipality.
    What nobody has answered is told under it.
    """
    lacking = nobody.told(figures.where(lambda one: one.is_answer))
    figures = nobody.had(figures)
    frame = figures.frame
    rows = frame[frame["measure"].isin([one.id for one in figures.measures.values() if one.is_answer])]
    if rows.empty and figures.chosen:
        allowed = ", ".join(dict.fromkeys(one.area for one in figures.every.values() if one.is_answer))
        raise UserError(f"”{figures.chosen}” har inga svar att visa. Tillåtna: {allowed}.")
    whose, regional = rows[rows["level"] == "municipality"]["place"].unique(), rows["level"] != "municipality"
    if not len(whose):
        return Parts()
    most = max(MOST_PLACES - rows.loc[regional, "place"].nunique(), 1)
    pieces, shown = np.array_split(whose, -(-len(whose) // most)), _ordered(figures, rows)
    drawn = list[Figure]()
    for at, piece in enumerate(pieces, start=1):
        label = f"fig-svar{f'-{figures.chosen}' if figures.chosen else ''}{f'-{at}' if at > 1 else ''}"
        one = _figure(figures, rows[rows["place"].isin(piece) | regional], shown, label)
        drawn.append(_of_places(one, rows, piece[0], piece[-1]) if len(pieces) > 1 else one)
    first = replace(drawn[0], caption=f"{drawn[0].caption} {lacking}".strip())
    return Parts([first if figures.chosen else replace(first, before=HEADING), *drawn[1:]])


def _ordered(figures: Figures, rows: pd.DataFrame) -> list[Measure]:
    """Return the measures area by area, those with most Ja among the municipalities first."""
    areas = list(dict.fromkeys(one.area for one in figures.measures.values()))
    own = rows[rows["level"] == "municipality"]
    yes = own["answer"].eq("yes").groupby(own["measure"], sort=False).sum()
    return sorted((figures.measures[name] for name in yes.index), key=lambda one: (areas.index(one.area), -yes[one.id]))


def _of_places(figure: Figure, rows: pd.DataFrame, first: str, last: str) -> Figure:
    """Return one of several figures with its first and last municipality in the caption."""
    names = rows.drop_duplicates("place").set_index("place")["place_name"]
    start, _, rest = figure.caption.partition(". ")
    return replace(figure, caption=f"{start}, {names[first]}–{names[last]}. {rest}")


def _figure(figures: Figures, rows: pd.DataFrame, shown: list[Measure], label: str) -> Figure:
    lines = lines_of(shown, figures.headings)
    head = max(HEAD_HEIGHT, LETTER * rows["place_name"].str.len().max())
    height = len(lines) * ROW_HEIGHT + head
    drawing = page(height)
    ax = drawing.subplots()
    right = min(0.995, LABEL_WIDTH + rows["place"].nunique() * WIDEST_CELL / TEXT_WIDTH)
    drawing.subplots_adjust(left=LABEL_WIDTH, right=right, bottom=0.04 / height, top=1 - head / height)
    _draw(ax, rows, lines)
    spots = {place: down(ax, at, at + 1) for at, place in enumerate(rows["place"].unique())}
    several = rows.loc[rows["level"] == "municipality", "place"].nunique() > 1
    first = "de indikatorer som flest av kommunerna når" if several else "Ja"
    own = rows[(rows["level"] == "municipality") & (rows["status"] == "observed")]
    order = f" Inom varje område står {first} först." if len(own) else ""
    caption = (
        f"Svaren i en bild, utgåvan {figures.edition}{whose(figures.frame)}. Till höger andelen "
        f"{figures.domain.answering} med Ja.{order}{dash_note(rows)}"
    )
    yes, places = int((own["answer"] == "yes").sum()), rows.loc[rows["level"] == "municipality", "place"].nunique()
    summary = (
        f"{capital(counted(len(shown), 'indikator', 'indikatorer'))} i rader och "
        f"{counted(places, 'kommun', 'kommuner')} i kolumner. "
        f"Av {len(own)} svar är {yes} Ja."
    )
    told = tuple(_said(rows, one) for one in shown)
    return Figure(as_svg(drawing), label, caption, summary, told=told, rows=tuple(rows.index), spots=spots)


def _draw(ax: "Axes", rows: pd.DataFrame, lines: list[str | Measure]) -> None:
    """Draw a cell for each measure and place, in its answer's colour and with its text, under the area's name."""
    import seaborn as sns
    from matplotlib.colors import ListedColormap

    places = rows.drop_duplicates("place")
    kinds = rows["answer"].where(rows["level"] == "municipality", "region")
    kinds = kinds.where(rows["status"] == "observed", "lacking")
    cells = rows.assign(code=kinds.map(list(FILLS).index), text=rows["display"].map(short_sign))
    codes, texts = (
        cells.pivot(index="measure", columns="place", values=name).reindex(
            index=[line if isinstance(line, str) else line.id for line in lines], columns=places["place"]
        )
        for name in ("code", "text")
    )
    sns.heatmap(
        codes, annot=texts, fmt="", cmap=ListedColormap(list(FILLS.values())), vmin=-0.5, vmax=len(FILLS) - 0.5,
        cbar=False, linewidths=0.8, linecolor="white", annot_kws={"fontsize": 8.5, "color": "#1c2430"}, ax=ax,
    )  # fmt: skip
    ax.set(xlabel="", ylabel="")
    ax.set_xticks(np.arange(len(places)) + 0.5, places["place_name"], rotation=90)
    ax.xaxis.tick_top()
    ax.set_yticks([])
    ax.tick_params(length=0, pad=2)
    ax.axvline((places["level"] == "municipality").sum(), color="white", linewidth=5)
    for position, line in enumerate(lines):
        name_line(ax, line, position + 0.5)


def _said(rows: pd.DataFrame, measure: Measure) -> tuple[str, str]:
    """Return a measure's name, and who reaches a target, and whose answer is lacking."""
    own = rows[(rows["measure"] == measure.id) & (rows["level"] == "municipality")]
    observed = own["status"] == "observed"
    yes = own.loc[observed & (own["answer"] == "yes"), "place_name"].tolist()
    lacking = own.loc[~observed, "place_name"].tolist()
    who = "alla" if len(yes) == len(own) and len(own) > 1 else listing(yes) if yes else "ingen"
    rest = f"; uppgift saknas för {listing(lacking)}" if lacking else ""
    return measure.full_name, f"Ja i {who}{rest}"
