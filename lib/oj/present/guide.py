"""The analysis guide's four steps, filled in as far as the figures go; what follows is for people to write.

After Socialstyrelsen's analysis guide (in FoU-Nordväst's compilation 2015, chapter 4): find what to improve,
add other information, learn from development over time, conclude and act.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.catalog import Indicator, indicators
from oj.datapackage import read_table
from oj.measures.improvement import Part, improvements
from oj.present.barometer import place_of
from oj.present.municipality import conditions_against_nation, name_of
from oj.present.output import Figure, Parts, Table, Text
from oj.present.plain import plain_table
from oj.present.prose import first_county
from oj.swedish import capital, day, genitive, listing, number, shortened, tied

MOST_PARTS = 4  # in a municipality's table of what could be improved
MOST_CHOSEN = 3  # with a column in the form
FIELDS = ("Mål", "Aktiviteter", "Vem gör vad", "När", "Kostnader", "Uppföljning")
EMPTY = "\u00a0\n\u00a0"  # two empty lines to write on
NOTHING = "Inget delområde sticker ut så att analysguidens första steg kan fyllas i ur siffrorna."


def guide(results: pd.DataFrame, group_name: str = "", folder: Path | None = None) -> Parts:
    """Return the guide for the group (or the county, where there are no municipalities) and each municipality.

    >>> import oj
    >>> [part.label for part in guide(oj.results("Jönköping")) if hasattr(part, "label")]
    ['tbl-guide', 'tbl-plan']
    """
    own = results[results["level"] == "municipality"].drop_duplicates("place")
    if len(own) == 1:
        return municipality_guide(results, own["place"].iloc[0], folder)
    parts: list[Text | Table | Figure] = []
    county = first_county(results)
    name = group_name or ("Kommunerna" if len(own) else str(county.place_name) if county else "Länet")
    parts += _guide(results, "", name, "sec-guide", folder)
    for row in own.itertuples():
        parts += _guide(results, row.place, row.place_name, f"sec-guide-{row.place}", folder)
    return Parts(parts)


def municipality_guide(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Parts:
    """Return the guide for one municipality; raise UserError for one that is not in the results."""
    place = place_of(results, municipality)
    return Parts(_guide(results, place, name_of(results, place), "sec-guide", folder))


def _guide(results: pd.DataFrame, place: str, name: str, label: str, folder: Path | None) -> list[Text | Table]:
    """Return a heading, the table of the first three steps and the form of the fourth."""
    suffix = f"-{place}" if place else ""
    heading = f"## {name} {{#{label}}}"
    parts = improvements(results, place, folder)
    if not parts:
        return [Text(NOTHING, before=heading)]
    tables = read_table("tables", folder).set_index("table")["short"]
    complements = read_table("complements", folder).sort_values("order").groupby("table")["text"].agg(list)
    shown = parts[: MOST_PARTS if place else MOST_CHOSEN]
    frame = pd.DataFrame(
        {
            "Delområde": [tables[part.table] for part in shown],
            "Steg 1: Därför": ["\n".join(reasons(results, part, place, folder)) for part in shown],
            "Steg 2: Komplettera med": ["\n".join(capital(text) for text in complements[part.table]) for part in shown],
            "Steg 3: Över tid": ["\n".join(over_time(part, folder)) for part in shown],
        }
    )
    rest = [tables[part.table] for part in parts[len(shown) :]]
    notes = (f"Mål saknas också inom {listing(rest)}.",) if rest else ()
    caption = f"{genitive(name)} förbättringsområden: skäl, underlag att ta fram och jämförbarhet över tid."
    steps = plain_table(frame, f"guide{suffix}", caption, (17, 40, 24, 19))
    conditions = conditions_against_nation(results, place, folder) if place else []
    told = Text(" ".join(one.text for one in conditions), tuple(one.rows for one in conditions), heading)
    chosen = [tables[part.table] for part in parts[:MOST_CHOSEN]]
    return [told, replace(steps, notes=notes), action_form(chosen, name, suffix)]


def reasons(results: pd.DataFrame, part: Part, place: str = "", folder: Path | None = None) -> list[str]:
    """Return why a part could be worked on: targets reached, those missed, the nation's and who reaches them."""
    known = indicators(folder)
    own = "municipality" in set(results["level"])
    amount = number(part.reached) if place else f"i genomsnitt {number(part.reached, 1)}"
    told = [f"Når {amount} av {number(part.of)} mål{_regions(part, own)}."]
    start = (
        "Saknar" if place else "Färre än hälften av kommunerna når" if own else "Minst 10 procentenheter under riket"
    )
    told.append(f"{start}: {phrases(part.lacking, known)}.")
    if own and part.common:
        which = "alla dessa" if part.common == part.lacking and len(part.lacking) > 1 else phrases(part.common, known)
        told.append(f"Minst hälften i riket når {which if which != phrases(part.lacking, known) else 'det målet'}.")
    if part.peers:
        names = listing([name_of(results, peer) for peer in part.peers])
        told.append(f"Jämförbara som når minst hälften av målen som saknas: {names}.")
    return [tied(sentence) for sentence in told]


def _regions(part: Part, own: bool) -> str:
    """Return the nation's and the county's averages in brackets, where known; a county's own is told before."""
    known = [
        f"{called} {number(value, 1)}"
        for called, value in (("riket", part.nation), ("länet", part.county))
        if not pd.isna(value) and (own or called == "riket")
    ]
    if not known:
        return ""
    return f" (i genomsnitt i {', i '.join(known)})" if own else f" ({known[0]})"


def phrases(names: Sequence[str], known: dict[str, Indicator]) -> str:
    """Return what the indicators are about as a list."""
    return shortened([known[name].phrase for name in names])


def over_time(part: Part, folder: Path | None = None) -> list[str]:
    """Return on which earlier dates what is missed was measured too, and what is new and has no past.

    >>> from oj.measures.improvement import Part
    >>> part = Part("utanfor-kontorstid", 0, 1, 0.7, 0.9, ("socialjour",), ("socialjour",))
    >>> [text.replace(chr(160), " ") for text in over_time(part)]
    ['Mättes också 1 november 2013.']
    """
    known = [indicators(folder)[name] for name in part.lacking]
    new = [item.phrase for item in known if item.new]
    dates = sorted({moment for item in known if not item.new for moment in earlier_dates(item)})
    told = [f"Mättes också {listing([day(moment) for moment in dates])}."] if dates else []
    if new:
        told.append(
            "Nytt i utgåvan, inget att jämföra med." if len(new) == len(known) else f"Nytt i utgåvan: {shortened(new)}."
        )
    return [tied(text) for text in told]


def earlier_dates(item: Indicator) -> list[str]:
    """Return the measuring dates (the last day of a period) before the edition's own, which is the latest.

    >>> earlier_dates(indicators()["bedomning-missbruk"])
    ['2012-11-01', '2013-11-01']
    """
    ends = sorted({moment.rpartition("/")[2] for moment in item.measured_on})
    return ends[:-1]


def action_form(chosen: Sequence[str], name: str, suffix: str = "") -> Table:
    """Return the fourth step's form: a column per chosen part, a row per question, empty to write in."""
    frame = pd.DataFrame({"Steg 4": FIELDS} | {area: [EMPTY] * len(FIELDS) for area in chosen})
    widths = [16.0, *[round(84 / len(chosen), 2)] * len(chosen)]
    caption = f"{genitive(name)} mål och åtgärder, att fylla i."
    return plain_table(frame, f"plan{suffix}", caption, widths, "form-table")
