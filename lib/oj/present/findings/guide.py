"""The analysis guide's four steps, filled in as far as the figures go; what follows is for people to write.

After Socialstyrelsen's analysis guide (in FoU-Nordväst's compilation 2015, chapter 4): find what to improve,
add other information, learn from development over time, conclude and act.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from oj.compare.improvement import Part, improvements
from oj.doors.results import name_of, place_of
from oj.facts.catalog import Indicator, indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of, of_results
from oj.present.findings.averages import on_average
from oj.present.findings.municipality import conditions_against_nation
from oj.present.findings.results import first_county
from oj.present.output import Figure, Parts, Table, Text
from oj.present.table.plain import plain_table
from oj.words.plain_text import as_markdown
from oj.words.swedish import capital, day, genitive, listing, number, shortened, tied

MOST_PARTS = 4  # in a municipality's table of what could be improved
MOST_CHOSEN = 3  # with a column in the form
FIRST = "sec-guide"
FIELDS = ("Mål", "Aktiviteter", "Vem gör vad", "När", "Kostnader", "Uppföljning")
EMPTY = "\u00a0\n\u00a0"  # two empty lines to write on
NOTHING = "Inget delområde sticker ut så att analysguidens första steg kan fyllas i ur siffrorna."


def guide(results: pd.DataFrame, group_name: str = "", folder: Path | None = None) -> Parts:
    """Return the guide for the group (or the county, where there are no municipalities) and each municipality.

    >>> from oj.doors.results import results
    >>> [part.label for part in guide(results("Jönköping")) if hasattr(part, "label")]
    ['tbl-guide', 'tbl-plan']
    """
    folder = of_results(results, folder)
    own = results[results["level"] == "municipality"].drop_duplicates("place")
    if len(own) == 1:
        return municipality_guide(results, own["place"].iloc[0], folder)
    parts: list[Text | Table | Figure] = []
    county = first_county(results)
    name = group_name or ("Kommunerna" if len(own) else str(county.place_name) if county else "Länet")
    parts += _guide(results, "", name, FIRST, folder)
    for row in own.itertuples():
        parts += _guide(results, row.place, row.place_name, f"sec-guide-{row.place}", folder)
    return Parts(parts)


def guide_rules(results: pd.DataFrame, folder: Path | None = None) -> Text:
    """Return how the first step is filled in: what counts as missed, and in which order the parts stand.

    >>> from oj.doors.results import results
    >>> "län" in guide_rules(results("Jönköping")).markdown
    True
    """
    start = "**Steg 1: Förbättringsområden.**"
    if "municipality" not in set(results["level"]):
        return Text(
            f"{start} Delområden där länet ligger minst 10 procentenheter under riket, de med flest sådana först."
        )
    several = results.loc[results["level"] == "municipality", "place"].nunique() > 1
    group = " För kommunerna tillsammans saknas ett mål när färre än hälften når det." if several else ""
    who = domain_of(of_results(results, folder)).the_answering
    return Text(
        f"{start} Delområden där mål saknas. Först står de där flest av de saknade målen nås av minst hälften av "
        f"{who} i riket; därefter avgör hur många som saknas och avståndet till riket. Ordningen kan därför vara en "
        f"annan än på kommunbladen.{group} Jämförbara är kommuner i samma befolkningsgrupp eller kommungrupp."
    )


def municipality_guide(results: pd.DataFrame, municipality: str, folder: Path | None = None) -> Parts:
    """Return the guide for one municipality; raise UserError for one that is not in the results."""
    folder = of_results(results, folder)
    place = place_of(results, municipality)
    return Parts(_guide(results, place, name_of(results, place), FIRST, folder))


def _guide(results: pd.DataFrame, place: str, name: str, label: str, folder: Path | None) -> list[Text | Table]:
    """Return a heading, the table of the first three steps and the form of the fourth."""
    folder = of_results(results, folder)
    suffix = f"-{place}" if place else ""
    heading = f"## {as_markdown(name)} {{#{label}}}"
    parts = improvements(results, place, folder)
    if not parts:
        return [Text(NOTHING, before=heading)]
    tables = read_table("tables", folder).set_index("table")["short"]
    complements = read_table("complements", folder).sort_values("order").groupby("table")["text"].agg(list)
    most = MOST_CHOSEN if label == FIRST else MOST_PARTS  # less room beside the chapter's opening
    shown = parts[:most]
    frame = pd.DataFrame({"Delområde": [tables[part.table] for part in shown]})
    frame["Steg 1: Därför"] = ["\n".join(reasons(results, part, place, folder)) for part in shown]
    to_add = [complements.get(part.table, []) for part in shown]  # nothing where nobody has written what
    frame["Steg 2: Komplettera med"] = ["\n".join(f"• {capital(text)}" for text in texts) for texts in to_add]
    frame["Steg 3: Över tid"] = ["\n".join(over_time(part, folder)) for part in shown]
    rest = [tables[part.table] for part in parts[len(shown) :]]
    notes = (f"Mål saknas också inom {listing(rest)}.",) if rest else ()
    caption = (
        f"{as_markdown(genitive(name))} förbättringsområden: skäl, underlag att ta fram och jämförbarhet över tid."
    )
    steps = plain_table(frame, f"guide{suffix}", caption, (17, 40, 24, 19))
    conditions = conditions_against_nation(results, place, folder) if place else []
    told = Text(" ".join(one.text for one in conditions), tuple(one.rows for one in conditions), heading)
    chosen = [tables[part.table] for part in parts[:MOST_CHOSEN]]
    return [told, replace(steps, notes=notes), action_form(chosen, name, suffix)]


def reasons(results: pd.DataFrame, part: Part, place: str = "", folder: Path | None = None) -> list[str]:
    """Return why a part could be worked on: targets reached, those missed, the nation's and who reaches them."""
    folder = of_results(results, folder)
    known = indicators(folder)
    own = "municipality" in set(results["level"])
    width = 0.0 if own else part.county_width
    amount = number(part.reached) if place else f"i genomsnitt {on_average(part.reached, width)}"
    told = [f"Når {amount} av {number(part.of)} mål{_regions(part, own)}."]
    start = (
        "Saknar" if place else "Färre än hälften av kommunerna når" if own else "Minst 10 procentenheter under riket"
    )
    told.append(f"{start}: {phrases(part.lacking, known)}.")
    if own and part.common:
        every = "det målet" if len(part.lacking) == 1 else "alla dessa"
        which = every if part.common == part.lacking else phrases(part.common, known)
        told.append(f"Minst hälften i riket når {which}.")
    if not part.alone:
        told.append(_peers(part, [name_of(results, peer) for peer in part.peers]))
    return [tied(sentence) for sentence in told]


def _peers(part: Part, names: Sequence[str]) -> str:
    """Return which comparable municipalities reach at least half of what is missed."""
    half = "målet" if len(part.lacking) == 1 else "minst hälften av målen som saknas"
    return f"Jämförbara som når {half}: {listing(names)}." if names else f"Ingen jämförbar kommun når {half}."


def _regions(part: Part, own: bool) -> str:
    """Return the nation's and the county's averages in brackets, where known; a county's own is told before."""
    known = [
        f"{called} {on_average(value, width)}"
        for called, value, width in (
            ("riket", part.nation, part.nation_width),
            ("länet", part.county, part.county_width),
        )
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

    >>> from oj.compare.improvement import Part
    >>> part = Part("utanfor-kontorstid", 0, 1, 0.7, 0.9, ("socialjour",), ("socialjour",))
    >>> [text.replace(chr(160), " ") for text in over_time(part)]
    ['Mättes också 1 november 2013.']
    """
    known = [indicators(folder)[name] for name in part.lacking]
    new = [item.phrase for item in known if item.new]
    old = [item for item in known if not item.new]
    once = [item.phrase for item in old if len(item.measured_on) == 1]
    alone = [item.phrase for item in old if item.phrase not in once and not earlier_dates(item)]
    dates = sorted({moment for item in old for moment in earlier_dates(item)})
    told = [f"Mättes också {listing([day(moment) for moment in dates])}."] if dates else []
    told += [f"Jämför inte bakåt: {shortened(alone)}; frågan var en annan."] if alone else []
    told += [f"Inget tidigare mätdatum är känt: {shortened(once)}."] if once else []
    if new:
        every = len(new) == len(known)
        told.append("Nytt i utgåvan, inget att jämföra med." if every else f"Nytt i utgåvan: {shortened(new)}.")
    return [tied(text) for text in told]


def earlier_dates(item: Indicator) -> list[str]:
    """Return the measuring dates (the last day of a period) before the edition's own, which is the latest.

    >>> earlier_dates(indicators()["bedomning-missbruk"])
    ['2012-11-01', '2013-11-01']
    """
    ends = sorted({moment.rpartition("/")[2] for moment in item.measured_on})
    return [end for end in ends[:-1] if end >= item.comparable_since]


def action_form(chosen: Sequence[str], name: str, suffix: str = "") -> Table:
    """Return the fourth step's form: a column per chosen part, a row per question, empty to write in."""
    frame = pd.DataFrame({"Steg 4": FIELDS} | {area: [EMPTY] * len(FIELDS) for area in chosen})
    widths = [16.0, *[round(84 / len(chosen), 2)] * len(chosen)]
    caption = f"{as_markdown(genitive(name))} mål och åtgärder, att fylla i."
    return plain_table(frame, f"plan{suffix}", caption, widths, "form-table")
