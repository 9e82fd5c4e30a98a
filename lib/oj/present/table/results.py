"""Tables as the compilations lay them out: municipalities as rows, sub-areas over indicators.

The HTML is plain and accessible (scope, row headers, the answer spelled out beside its colour) and
carries its few styles inline, so that pandoc keeps them in PDF and Word.
"""

import html
import math
from itertools import groupby
from pathlib import Path

import pandas as pd

from oj.facts.catalog import Indicator, in_table
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.present.output import Table
from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL
from oj.present.table.plain import soft
from oj.sources.origins import imported, sources
from oj.words.plain_text import as_markdown
from oj.words.swedish import listing
from oj.words.vocabulary import STATUSES

SHARE_NOTE = "Riket och län: andel av de svarande {who} som har Ja"
OTHER_NOTE = "; för talen samma mått som för kommunerna"
PARTLY_NOTE = "Källan visar inga {partly}: om ett {no} för {phrases} kan vara ett {partly} framgår inte."
FIRST_COLUMN = 17  # per cent of the text's width
WIDEST_COLUMN = 20


def table(results: pd.DataFrame, name: str, folder: Path | None = None) -> Table:
    """Return a table of the compilation, with its municipalities, nation and counties as rows.

    `results` is what `oj.results` gives, `name` one of `tables.csv`. Raises UserError for another name.

    >>> from oj.doors.results import results
    >>> "Arbetsledning" in table(results("Stockholm"), "kompetens").html
    False
    """
    folder = of_results(results, folder)
    shown = in_table(name, folder)
    rows = results[results["indicator"].isin([item.id for item in shown])]
    about = read_table("tables", folder).set_index("table").loc[name]
    return Table(
        html=table_html(rows, shown, folder),
        label=f"tbl-{name}",
        caption=f"{about['title']}, utgåvan {rows['edition'].iloc[0]}.",
        notes=tuple(_notes(rows, shown, folder)),
    )


def table_html(rows: pd.DataFrame, shown: list[Indicator], folder: Path | None = None) -> str:
    """Return the rows as an HTML table: one row per place, one column per indicator of `shown`."""
    places = rows.drop_duplicates("place")[["place", "place_name", "level"]]
    cells = rows.set_index(["place", "indicator"])
    body = [
        f'<tr><th scope="row" style="{_row_style(place.level)}">{html.escape(place.place_name)}</th>'
        + "".join(_cell(cells, place.place, item) for item in shown)
        + "</tr>"
        for place in places.itertuples()
    ]
    first = "Kommun" if "municipality" in set(places["level"]) else "Område"
    width = min(WIDEST_COLUMN, math.floor((100 - FIRST_COLUMN) / len(shown) * 100) / 100)
    columns = "".join(f'<col style="width:{part:.2f}%">' for part in [FIRST_COLUMN, *[width] * len(shown)])
    head = f"<colgroup>{columns}</colgroup><thead>{_header(shown, first, folder)}</thead>"
    return f'<table class="columns-{len(shown)}">{head}<tbody>{"".join(body)}</tbody></table>'


def _header(shown: list[Indicator], first: str, folder: Path | None) -> str:
    """Return two header rows: the sub-areas, and under them their indicators."""
    names = read_table("subareas", folder).set_index("subarea")["name"]
    upper = f'<th scope="col" rowspan="2" style="text-align:left">{first}</th>'
    for subarea, members in groupby(shown, key=lambda item: item.subarea):
        span = len(list(members))
        upper += f'<th scope="colgroup" colspan="{span}" style="text-align:center">{soft(names[subarea])}</th>'
    lower = "".join(f'<th scope="col" style="text-align:center">{soft(item.title)}</th>' for item in shown)
    return f"<tr>{upper}</tr><tr>{lower}</tr>"


def _row_style(level: str) -> str:
    """Return the style of a row's heading; the regions' rows have a faint ground of their own."""
    return "text-align:left" + (f";background-color:{REGION_FILL}" if level != "municipality" else "")


def _cell(cells: pd.DataFrame, place: str, item: Indicator) -> str:
    if (place, item.id) not in cells.index:
        return f'<td style="text-align:center;background-color:{LACKING_FILL}">saknas</td>'
    row = cells.loc[(place, item.id)]
    lacking = LACKING_FILL if row["status"] != "observed" else ""
    region = REGION_FILL if row["level"] != "municipality" else ""
    fill = lacking or ANSWER_FILLS.get(row["answer"], region)
    style = "text-align:center" + (f";background-color:{fill}" if fill else "")
    return f'<td style="{style}">{html.escape(row["display"])}</td>'


def _notes(rows: pd.DataFrame, shown: list[Indicator], folder: Path | None) -> list[str]:
    """Return what a reader must know under the table: what the shares are, each sign met, the source."""
    known = sources(folder).set_index("source")
    answers = [item for item in shown if item.is_answer]
    share = (
        [f"{SHARE_NOTE.format(who=domain_of(folder).the_answering)}{OTHER_NOTE if len(answers) < len(shown) else ''}."]
        if answers
        else []
    )
    partly = [item for item in answers if "partly" in item.answer_words]
    shipped = rows[(rows["level"] == "municipality") & ~rows["source"].isin([*imported(folder)])]
    if partly and len(shipped) and not (rows["answer"] == "partly").any():
        worded = {tuple(item.answer_words.items()): item.answer_words for item in partly}.values()
        phrases = [listing([item.phrase for item in partly if item.answer_words == words]) for words in worded]
        share += [PARTLY_NOTE.format(phrases=told, **words) for told, words in zip(phrases, worded, strict=True)]
    share += _answering(rows, answers)
    signs = [STATUSES[status].sentence for status in STATUSES if status != "observed" and status in set(rows["status"])]
    about = [known.loc[name] for name in rows["source"].unique()]
    names = list(dict.fromkeys(f"{as_markdown(row['publisher'])} ({row['year']})" for row in about))
    return [" ".join([*share, *signs, f"Källa: {listing(names)}, efter Socialstyrelsens öppna jämförelser."])]


def _answering(rows: pd.DataFrame, answers: list[Indicator]) -> list[str]:
    """Return how many answered in the nation and each county, where that is known: ["Svarande: Kalmar län 11–12."]."""
    known = rows[rows["indicator"].isin([item.id for item in answers]) & (rows["level"] != "municipality")]
    known = known[known["denominator"].notna()]
    told = []
    for name, own in known.groupby("place_name", sort=False):
        fewest, most = int(own["denominator"].min()), int(own["denominator"].max())
        told.append(f"{name} {fewest if fewest == most else f'{fewest}–{most}'}")
    return [f"Svarande: {listing(told)}."] if told else []
