"""The analysis guide's four steps, filled in as far as the figures go; what follows is for people to write.

After Socialstyrelsen's analysis guide (in FoU-Nordväst's compilation 2015, chapter 4): find what to improve,
add other information, learn from development over time, conclude and act.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import chain

import pandas as pd

from oj.compare.improvement import Part, improvements
from oj.compare.reached import answers, reached
from oj.facts.datapackage import read_table
from oj.facts.editions import domain_of
from oj.present.findings.averages import on_average
from oj.present.findings.numbers import beside_nation
from oj.present.findings.sentences import aimed
from oj.present.grid import BULLET, Cell
from oj.present.output import Parts, Table, Text
from oj.present.table.plain import plain_table
from oj.sources.comparability import earlier_questions
from oj.sources.draft.draft import editions_told
from oj.tidy.measures import Measure, table_names
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from oj.words.plain_text import as_markdown
from oj.words.swedish import capital, day, genitive, listing, number, sentences, shortened, tied

MOST_PARTS = 3  # in a table of what could be improved, and with a column in the form
FIRST = "sec-guide"
FIELDS = ("Mål", "Aktiviteter", "Vem gör vad", "När", "Kostnader", "Uppföljning")
FEWER_THAN_HALF = "Färre än hälften av kommunerna når målet för"
UNDER = "Minst 10 procentenheter under riket när det gäller"
EMPTY = "\u00a0\n\u00a0"  # two empty lines to write on
HOW_TOLD = "Räknat ur svaren på delområdets frågor; andelar med Ja är summerade till så många mål som nås i genomsnitt."
NOBODY = "Det finns inga svar att räkna på, så analysguidens första steg kan inte fyllas i ur siffrorna."
NOTHING = "Inget delområde sticker ut så att analysguidens första steg kan fyllas i ur siffrorna."


def has_guide(figures: Figures) -> bool:
    """Return whether figures are those of an edition's targets, in a municipality or a county."""
    is_edition = not (figures.is_current or figures.is_over_time or figures.earlier is not None)
    return is_edition and bool(figures.municipalities() or figures.named("county")) and not aimed(figures).frame.empty


def guide(figures: Figures, group_name: str = "", place: str = "") -> Parts:
    """Return the guide for the group, the county where there are no municipalities, or one of them (its code)."""
    own, counties = figures.municipalities(), list(figures.named("county").values())
    if not has_guide(figures):
        raise UserError("Analysguiden finns bara för en utgåvas Ja- och Nej-frågor, i en kommun eller ett län.")
    place = place or (next(iter(own)) if len(own) == 1 else "")
    name = own[place] if place else group_name or ("Kommunerna" if own else counties[0] if counties else "Länet")
    return Parts(_guide(figures, place, name))


def guide_rules(figures: Figures) -> Text:
    """Return how the first step is filled in: what counts as missed, and in which order the parts stand."""
    start, size = "**Steg 1: Förbättringsområden.**", len(figures.municipalities())
    if not size:
        return Text(
            f"{start} Delområden där länet ligger minst 10 procentenheter under riket, de med flest sådana först."
        )
    group = " För kommunerna tillsammans saknas ett mål när färre än hälften når det." if size > 1 else ""
    return Text(
        f"{start} Delområden där mål saknas. Först står de som ligger längst under rikets genomsnitt, som på "
        "kommunbladen; är två lika avgör hur många av de saknade målen som minst "
        f"hälften av {domain_of(figures.folder).the_answering} i riket når.{group} Jämförbara är kommuner i samma "
        "befolkningsgrupp eller kommungrupp."
    )


def _guide(figures: Figures, place: str, name: str) -> list[Text | Table]:
    """Return a heading, the table of the first three steps and the form of the fourth."""
    heading, parts = f"## {as_markdown(name)} {{#{FIRST}}}", improvements(figures, place)
    if not parts:
        return [Text(NOTHING if _has_answers(figures, place) else NOBODY, before=heading)]
    tables = table_names(figures.folder)
    shown = parts[:MOST_PARTS]
    rest = [tables[part.table] for part in parts[len(shown) :]]
    notes = (f"Mål saknas också inom {listing(rest)}.",) if rest else ()
    whose = as_markdown(genitive(name))
    caption = f"{whose} förbättringsområden: skäl, underlag att ta fram och jämförbarhet över tid."
    steps = plain_table(_steps(figures, shown, place), "guide", caption, (12, 45, 27, 16))
    told = _conditions(figures, place, heading)
    return [told, replace(steps, notes=notes), action_form([tables[part.table] for part in shown], name)]


def _has_answers(figures: Figures, place: str) -> bool:
    """Return whether a municipality, any of the report's, or else the county has reached or missed a target."""
    whose = [place] if place else [*(figures.municipalities() or figures.named("county"))]
    return bool(reached(figures)["of"].reindex(whose).any())


def _steps(figures: Figures, shown: Sequence[Part], place: str) -> dict[str, list[Cell | str]]:
    """Return the columns of the first three steps, a row for each part."""
    tables, complements = table_names(figures.folder), read_table("complements", figures.folder).sort_values("order")
    to_add = complements.groupby("table")["text"].agg(list)
    return {
        "Delområde": [tables[part.table] for part in shown],
        "Steg 1: Därför": [
            Cell("\n".join(reasons(figures, part, place)), rows=_behind(figures, part), how=HOW_TOLD) for part in shown
        ],
        "Steg 2: Komplettera med": [
            "\n".join(f"{BULLET}{capital(text)}" for text in to_add.get(part.table, [])) for part in shown
        ],
        "Steg 3: Över tid": ["\n".join(over_time(figures, part.lacking)) for part in shown],
    }


def _conditions(figures: Figures, place: str, heading: str) -> Text:
    """Return a municipality's background measures beside the nation's, under its heading."""
    if not place:
        return Text("", before=heading)
    start = f"{genitive(figures.name_of(place))} bakgrundsmått mot rikets"
    found = beside_nation(figures.where(lambda one: one.is_background), place, start)
    return Text(" ".join(one.text for one in found), tuple(one.rows for one in found), heading)


def reasons(figures: Figures, part: Part, place: str = "") -> list[str]:
    """Return why a part could be worked on: targets reached, those missed, the nation's and who reaches them."""
    own, known = bool(figures.municipalities()), figures.measures
    width = 0.0 if own else part.county_width
    amount = number(part.reached) if place else f"i genomsnitt {on_average(part.reached, width)}"
    start = "Når inte målet för" if place else FEWER_THAN_HALF if own else UNDER
    told = [
        f"Når {amount} av {number(part.of)} mål{_regions(figures, part)}.",
        sentences(start, [known[name].phrase for name in part.lacking], shortened),
    ]
    if own and part.common == part.lacking:
        told.append(f"Minst hälften i riket når {'det målet' if len(part.lacking) == 1 else 'alla dessa'}.")
    elif own and part.common:
        told.append(
            sentences("Minst hälften i riket når målet för", [known[name].phrase for name in part.common], shortened)
        )
    if not part.alone:
        told.append(_peers(part, [figures.name_of(peer) for peer in part.peers]))
    return [tied(sentence) for sentence in told]


def _behind(figures: Figures, part: Part) -> tuple[int, ...]:
    """Return the rows of the figures that the reasons of a part tell of: all places' answers to its targets."""
    rows = answers(figures)
    return tuple(rows.index[(rows["table"] == part.table) & rows["reached"].notna()])


def _peers(part: Part, names: Sequence[str]) -> str:
    """Return which comparable municipalities reach at least half of what is missed."""
    half = "målet" if len(part.lacking) == 1 else "minst hälften av målen som saknas"
    return f"Jämförbara som når {half}: {listing(names)}." if names else f"Ingen jämförbar kommun når {half}."


def _regions(figures: Figures, part: Part) -> str:
    """Return the nation's and the county's averages in brackets, where known; a county's own is told before."""
    known = [
        f"{on_average(value, width)} i {called}"
        for called, value, width in (
            ("riket", part.nation, part.nation_width),
            ("länet", part.county, part.county_width),
        )
        if not pd.isna(value) and (figures.municipalities() or called == "riket")
    ]
    return f" ({domain_of(figures.folder).answering} når i genomsnitt {listing(known)})" if known else ""


def over_time(figures: Figures, lacking: Iterable[str]) -> list[str]:
    """Return on which earlier dates what is missed was measured too, and what is new and has no past.

    Where no dates are known, in which earlier editions it was asked as now.
    """
    known = [figures.measures[name] for name in lacking]
    new, old = [one.phrase for one in known if one.about.new], [one for one in known if not one.about.new]
    undated = [one for one in old if not one.about.measured_on]
    old, asked = [one for one in old if one.about.measured_on], earlier_questions(figures.folder) if undated else {}
    years = {one.phrase: [year for year, same in asked[one.id].items() if same] for one in undated}
    once = [one.phrase for one in old if len(one.about.measured_on) == 1]
    alone = [one.phrase for one in old if one.phrase not in once and not earlier_dates(one)]
    dates = sorted({moment for one in old for moment in earlier_dates(one)})
    told = [f"Mättes också {listing([day(moment) for moment in dates])}."] if dates else []
    told += [f"Frågades också i {editions_told({*chain(*years.values())})}."] if any(years.values()) else []
    once += [phrase for phrase, own in years.items() if not own]
    told += [f"Jämför inte bakåt: {shortened(alone)}; frågan var en annan."] if alone else []
    told += [f"Inget tidigare mätdatum är känt: {shortened(once)}."] if once else []
    if new:
        all_new = "Nytt i utgåvan, inget att jämföra med."
        told.append(all_new if len(new) == len(known) else f"Nytt i utgåvan: {shortened(new)}.")
    return [tied(text) for text in told]


def earlier_dates(measure: Measure) -> list[str]:
    """Return the measuring dates (the last day of a period) before the edition's own, which is the latest."""
    ends = sorted({moment.rpartition("/")[2] for moment in measure.about.measured_on})
    return [end for end in ends[:-1] if end >= measure.about.comparable_since]


def action_form(chosen: Sequence[str], name: str) -> Table:
    """Return the fourth step's form: a column per chosen part, a row per question, empty to write in."""
    frame = pd.DataFrame({"Steg 4": FIELDS} | {area: [EMPTY] * len(FIELDS) for area in chosen})
    widths = [16.0, *[round(84 / len(chosen), 2)] * len(chosen)]
    caption = f"{as_markdown(genitive(name))} mål och åtgärder, att fylla i."
    return plain_table(frame, "plan", caption, widths, "form-table")
