"""Tables of current key figures: those of an area by municipality, and all of them in overview."""

import html
import math
from dataclasses import replace
from itertools import groupby
from pathlib import Path

import pandas as pd

from oj.doors.current import full_name, latest, latest_years, shown_figure
from oj.facts.key_figures import KeyFigure, catalogue, key_figures
from oj.present.output import Table, Text
from oj.present.style import LACKING_FILL, REGION_FILL
from oj.present.table.plain import CENTRED, plain_table, soft
from oj.sources.kolada.values import OWN
from oj.words.errors import UserError, nearest
from oj.words.swedish import NO_BREAK_SPACE, listing, number, tied
from oj.words.vocabulary import STATUSES

UNITS = {
    "percent": "andel",
    "per-1000": f"per 1{NO_BREAK_SPACE}000",
    "days": "dagar",
    "persons": "antal",
    "answer": "svar",
}
OWN_NOTE = "Talen med * är egna beräkningar, inte Koladas: ovägda medelvärden av de kommuner som har ett värde."
MOST_YEARS = 5
Column = tuple[KeyFigure, int]  # a key figure in a year
FEW_NOTE = "–: färre än tre kommuner har ett värde, så det blir inget medelvärde."
WEIGHTED_NOTE = (
    "Ett tal för riket utan * är vägt efter kommunernas storlek; jämför det med en kommun, inte med ett medelvärde."
)
FIRST_COLUMN, WIDEST_COLUMN = 28, 20  # per cent of the text's width


def in_current_table(table: str, folder: Path | None = None) -> list[KeyFigure]:
    """Return the key figures of a table in order; raise UserError with the nearest for an unknown one."""
    known = key_figures(folder)
    found = [item for item in known.values() if item.table == table]
    if not found:
        names = list(dict.fromkeys(item.table for item in known.values()))
        raise UserError(f"Tabellen ”{table}” finns inte.{nearest(table, names)} Tabeller: {', '.join(names)}.")
    return found


def current_table(figures: pd.DataFrame, table: str, folder: Path | None = None) -> Table | Text:
    """Return a table's key figures, each in its latest year: municipalities, nation, county and groups as rows.

    `figures` is what `oj.current` gives. Municipalities without any figure are named under the table; where none has
    one, a sentence says so. Raises UserError for an unknown table.
    """
    years = latest_years(figures)
    items = [item for item in in_current_table(table, folder) if item.id in years]
    if not items:
        return Text("Ingen av kommunerna har något värde i Kolada för de här nyckeltalen.")
    columns = _columns(items, years, figures)
    keys = set(zip(figures["indicator"], figures["year"], strict=True)) & {(item.id, year) for item, year in columns}
    totals = figures[figures["gender"] == "total"]
    rows = totals[[key in keys for key in zip(totals["indicator"], totals["year"], strict=True)]]
    shown = rows[rows["place"].isin(rows.loc[rows["status"] != "missing", "place"])]
    own = figures[figures["level"] == "municipality"].drop_duplicates("place")
    lacking = own.loc[~own["place"].isin(shown["place"]), "place_name"].tolist()
    notes = [*_lacking(lacking, columns), *_signs(shown, len(columns)), *own_note(shown), "Källa: Kolada."]
    caption = f"{catalogue(folder).tables[table]} i kommunerna, {_period(items, columns)}."
    return Table(_html(shown, columns), f"tbl-{table}", caption, (tied(" ".join(notes)),))


def current_overview(figures: pd.DataFrame, folder: Path | None = None) -> Table:
    """Return every key figure in its latest year: nation, county, and from where to where the municipalities reach."""
    years, known, rows = latest_years(figures), key_figures(folder), latest(figures)
    parts = {name: part for name, part in rows.groupby("indicator", sort=False) if name in years}
    frame = pd.DataFrame({"Nyckeltal": [full_name(known[name]) for name in years]})
    frame["År"] = [str(year) for year in years.values()]
    for level, heading in (("nation", "Riket"), ("county", "Länet")):
        if (rows["level"] == level).any():
            frame[heading] = [_of_level(parts[name], level) for name in years]
    names = figures.loc[figures["level"] == "municipality", "place_name"].unique()
    frame["Lägst–högst" if len(names) > 1 else names[0]] = [_spread(known[name], parts[name]) for name in years]
    if len(names) > 1:
        frame["Kommuner med värde"] = [_with_value(parts[name]) for name in years]
    widths = [36, 9, *[round(55 / (len(frame.columns) - 2), 2)] * (len(frame.columns) - 2)]
    table = plain_table(frame, "oversikt", "Alla nyckeltal, senaste året.", widths, CENTRED)
    return replace(table, notes=(tied(" ".join([*own_note(rows), "Källa: Kolada."])),))


def own_note(rows: pd.DataFrame) -> list[str]:
    """Return what the star means, where one stands."""
    own, observed = rows["source"].eq(OWN), rows["status"].eq("observed")
    few = [FEW_NOTE] if (own & ~observed).any() else []
    if not (own & observed).any():
        return few
    weighted = (rows["level"].eq("nation") & observed & ~own).any()
    return [OWN_NOTE, *([WEIGHTED_NOTE] if weighted else []), *few]


def _of_level(rows: pd.DataFrame, level: str) -> str:
    """Return the nation's or the county's figure as it is shown."""
    cell = rows.loc[rows["level"] == level, "display"]
    return "–" if cell.empty else str(cell.iloc[0])


def _spread(item: KeyFigure, rows: pd.DataFrame) -> str:
    """Return from where to where the municipalities' figures reach."""
    own = rows[(rows["level"] == "municipality") & (rows["status"] == "observed")]["value"]
    ends = [shown_figure(item, value, "observed", "") for value in (own.min(), own.max())]
    return ends[0] if ends[0] == ends[1] else f"{ends[0].removesuffix(f'{NO_BREAK_SPACE}%')}–{ends[1]}"


def _with_value(rows: pd.DataFrame) -> str:
    return number(int(((rows["level"] == "municipality") & (rows["status"] == "observed")).sum()))


def _columns(items: list[KeyFigure], years: dict[str, int], figures: pd.DataFrame) -> list[Column]:
    """Return the table's columns: each key figure's latest year, or a lone one's latest years."""
    if len(items) > 1:
        return [(item, years[item.id]) for item in items]
    own = figures[(figures["indicator"] == items[0].id) & (figures["level"] == "municipality")]
    known = sorted(own.loc[own["status"] == "observed", "year"].unique())[-MOST_YEARS:]
    return [(items[0], int(year)) for year in known]


def _period(items: list[KeyFigure], columns: list[Column]) -> str:
    first, last = columns[0][1], columns[-1][1]
    return "senaste året" if len(items) > 1 else f"{first}–{last}" if first != last else str(last)


def _lacking(names: list[str], columns: list[Column]) -> list[str]:
    first, last = min(year for _, year in columns), max(year for _, year in columns)
    years = str(first) if first == last else f"{first}–{last}"
    return [f"Utan värde {years}: {listing(names)}."] if names else []


def _signs(rows: pd.DataFrame, columns: int) -> list[str]:
    """Return what the signs in the table mean; a cell without a row is one that is lacking."""
    met = set(rows["status"]) | ({"missing"} if len(rows) < rows["place"].nunique() * columns else set())
    return [STATUSES[status].sentence for status in STATUSES if status != "observed" and status in met]


def _html(rows: pd.DataFrame, columns: list[Column]) -> str:
    """Return the rows as an HTML table: one row per place, one column per key figure and year."""
    cells = {(row.place, row.indicator, row.year): row for row in rows.itertuples()}
    body = [
        f'<tr><th scope="row" style="{_ground(place.level)}">{html.escape(place.place_name)}</th>'
        + "".join(_cell(cells.get((place.place, item.id, year)), place.level, item.unit) for item, year in columns)
        + "</tr>"
        for place in rows.drop_duplicates("place").itertuples()
    ]
    width = min(WIDEST_COLUMN, math.floor((100 - FIRST_COLUMN) / len(columns) * 100) / 100)
    parts = "".join(f'<col style="width:{part:.2f}%">' for part in [FIRST_COLUMN, *[width] * len(columns)])
    head = f"<colgroup>{parts}</colgroup><thead>{_header(columns)}</thead>"
    return f'<table class="columns-{len(columns)}">{head}<tbody>{"".join(body)}</tbody></table>'


def _header(columns: list[Column]) -> str:
    """Return two header rows: the names, and under them unit and year."""
    upper = '<th scope="col" rowspan="2" style="text-align:left">Kommun</th>'
    for item, members in groupby(columns, key=lambda column: column[0]):
        span = len(list(members))
        scope = f'scope="colgroup" colspan="{span}"' if span > 1 else 'scope="col"'
        upper += f'<th {scope} style="text-align:center">{soft(item.name)}</th>'
    under = [f"{UNITS[item.unit]}, {year}" for item, year in columns]
    lower = "".join(f'<th scope="col" style="text-align:center;font-weight:400">{text}</th>' for text in under)
    return f"<tr>{upper}</tr><tr>{lower}</tr>"


def _ground(level: str) -> str:
    return "text-align:left" + (f";background-color:{REGION_FILL}" if level != "municipality" else "")


def _cell(row: "object | None", level: str, unit: str) -> str:
    """Return a figure's cell; a mean of inhabitants over a group of municipalities says nothing and is left out."""
    lacking = row is None or row.status != "observed"  # type: ignore[attr-defined]
    fill = LACKING_FILL if lacking else REGION_FILL if level != "municipality" else ""
    text = STATUSES["missing"].sign if row is None else row.display  # type: ignore[attr-defined]
    if level == "group" and unit == "persons":
        fill, text = REGION_FILL, "–"
    style = "text-align:center" + (f";background-color:{fill}" if fill else "")
    return f'<td style="{style}">{html.escape(text)}</td>'
