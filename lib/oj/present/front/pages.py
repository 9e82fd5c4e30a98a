"""The first two pages: a line for each municipality, what stands out with names, the answers by part, who sent them."""

from dataclasses import replace
from typing import Any

import pandas as pd

from oj.compare.against import Pair
from oj.compare.improvement import improvements
from oj.compare.reached import answers, reached, rows_counted
from oj.compare.since import NEW_NO, NEW_YES
from oj.facts.editions import edition_of
from oj.facts.places import NATION, all_places, city_of, is_district, units
from oj.present import since
from oj.present.findings.answers import unanimous
from oj.present.findings.averages import average, on_average
from oj.present.findings.municipality import parts_apart
from oj.present.findings.numbers import both, far_numbers, is_result
from oj.present.findings.opening import who_answer
from oj.present.findings.sentences import Sentence, aimed, as_list, county_of, listed, rows_at, rows_in
from oj.present.findings.today import most_changed
from oj.present.followed import followed
from oj.present.front.parts import NONE, parts_table
from oj.present.grid import HOW_AVERAGE, HOW_REACHED, Cell
from oj.present.output import Parts, Table, Text, as_parts
from oj.present.table.plain import plain_table
from oj.sources.kolada.values import read_fetched
from oj.sources.origins import NOT_SAID, sources
from oj.tidy.earlier import has_earlier
from oj.tidy.earlier import since as beside_earlier
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.plain_text import as_markdown
from oj.words.swedish import NO_BREAK_SPACE, capital, day, in_place, listing, number, tied

MOST_WIDE = 12  # municipalities with two numbers each, and a column each beside the parts
NAMED = 3  # numbers told with names, over all municipalities
STANDS_OUT = "## Det som sticker ut {#sec-sticker-ut .unnumbered}"
REACHES, CALL, FURTHEST = "Når mål", "Ring om det svagaste", "Skiljer sig mest från riket"
STRONGEST, WEAKEST = "Starkast mot riket", "Svagast mot riket"
WEIGHTS = {"Kommun": 12, REACHES: 10, STRONGEST: 18, WEAKEST: 18, CALL: 16, FURTHEST: 32, "Ändrat": 11}
OTHERS, REACHED = "Andra kommuner i länet har ingen egen rad här.", "Ett mål är nått när svaret är Ja."
HOW_MOVED = "Kommunens tal det första och det sista jämförbara året, högst fem år isär."
HOW_BESIDE = f"{HOW_REACHED} Riket: {HOW_AVERAGE[0].lower()}{HOW_AVERAGE[1:]}"
HOW_FAR = "Kommunens tal, och rikets tal för samma mått: de som ligger längst isär."
FEW_NOTE = "Barnens resultat gäller få; ett barn mer eller mindre kan ändra en andel mycket."
TARGET_NOTES = {
    WEAKEST: (
        "Starkast och svagast: de delområden med minst tre mål som ligger längst över och under rikets genomsnitt, "
        "minst ett helt mål; flera när avståndet är lika."
    ),
    CALL: (
        "Ring: jämförbara kommuner, av samma befolkningsgrupp eller kommungrupp, som når minst hälften av just de mål "
        "som kommunen saknar där."
    ),
    FURTHEST: (
        "Skiljer sig mest: med minst en fjärdedel; det egna talet först, sedan rikets. Skillnaden säger inte om något "
        "är bra eller dåligt."
    ),
}
DASH_NOTE = "Streck: inget delområde ligger så långt ifrån, eller ingen jämförbar kommun når så mycket."
NO_EARLIER = "visas inte, för underlaget har ingen tidigare utgåva att jämföra med"


@followed
def first_pages(figures: Figures, group_name: str = "") -> Parts:
    """Return a line for each municipality, what stands out with names, and the answers part by part."""
    own = figures.municipalities()
    told = replace(as_list(_stands_out(figures, group_name)), before=STANDS_OUT)
    lines: list[Text | Table] = [_about(figures, group_name), _lines(figures)] if own else []
    parts = [parts_table(figures)] if own and len(own) <= MOST_WIDE and _has_targets(figures) else []
    return as_parts(*lines, *([told] if told.markdown else []), *parts)


def _about(figures: Figures, group_name: str) -> Text:
    """Return whose lines these are, that others of the county have none, and when a target is reached.

    Who meets the pages alone, or hears them, has neither a cover nor the line at the foot of a page.
    """
    own, districts = figures.municipalities(), sum(map(is_district, figures.municipalities()))
    first = next(iter(own))
    who = own[first] if len(own) == 1 else who_answer(len(own) - districts, districts)
    called = f" ({as_markdown(group_name)})" if group_name and len(own) > 1 else ""
    told = [f"Rapporten gäller {who} i {all_places()[first[:2]].name}{called}."]
    if any(own.keys().isdisjoint((one.code, city_of(one.code))) for one in units(first[:2])):
        told.append(OTHERS)
    return Text(" ".join([*told, *([REACHED] if _has_targets(figures) else [])]))


def _has_targets(figures: Figures) -> bool:
    return not figures.is_current and any(one.is_target for one in figures.measures.values())


def _lines(figures: Figures) -> Table:
    """Return the table with a line for each municipality."""
    own = figures.municipalities()
    wide, changed = len(own) <= MOST_WIDE, _changed(figures)
    far = {place: far_numbers(figures, place)[: 2 if wide else 1] for place in own}
    cells = [
        {"Kommun": Cell(name)}
        | (_targets(figures, place, wide=wide) if _has_targets(figures) else {})
        | {FURTHEST: Cell("\n".join(map(_told, far[place])) or NONE, rows=rows_in(far[place]), how=HOW_FAR)}
        | ({"Ändrat": changed.get(place, Cell(NONE))} if changed else {})
        for place, name in own.items()
    ]
    columns = {heading: [line[heading] for line in cells] for heading in cells[0]}
    frame = {heading: column for heading, column in columns.items() if any(cell.text != NONE for cell in column)}
    weights = [WEIGHTS[FURTHEST if figures.is_current and heading == "Ändrat" else heading] for heading in frame]
    widths = [round(100 * weight / sum(weights), 2) for weight in weights]
    few = not figures.is_current and any(is_result(pair.measure) for found in far.values() for pair in found)
    notes = [*(TARGET_NOTES[heading] for heading in frame if heading in TARGET_NOTES), *([FEW_NOTE] if few else [])]
    dashed = any(cell.text == NONE for heading in (STRONGEST, WEAKEST, CALL) for cell in frame.get(heading, ()))
    notes.insert(2, DASH_NOTE if dashed else "")
    caption = f"Kommunerna rad för rad{'' if figures.is_current else f', utgåvan {figures.edition}'}."
    return plain_table(frame, "sammanfattning", caption, widths, notes=(" ".join(filter(None, notes)),))


def _told(pair: Pair) -> str:
    return f"{capital(pair.measure.phrase)}: {both(pair)}"


def _targets(figures: Figures, place: str, *, wide: bool) -> dict[str, Cell]:
    """Return how many targets are reached, the strongest and the weakest part, and whom to ask about the weakest."""
    sums: Any = reached(figures).loc[place]
    rows = answers(figures)
    behind = rows_at(rows[rows["reached"].notna()], (place,))
    reach = _of(sums["reached"], sums["of"]) if sums["of"] else NONE
    above, below = map(_furthest_parts, parts_apart(figures, place))
    cells = {REACHES: Cell(reach, rows=behind, how=HOW_REACHED)}
    cells |= {STRONGEST: _beside_nation(figures, place, above)} if wide else {}
    return cells | {WEAKEST: _beside_nation(figures, place, below), CALL: Cell(_peers(figures, place, below) or NONE)}


def _furthest_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the first of the parts, and those that are as far from the nation."""
    return parts[parts["difference"] == parts["difference"].head(1).sum()]


def _beside_nation(figures: Figures, place: str, parts: pd.DataFrame) -> Cell:
    """Return a line for each part: how many of its targets are reached, and the nation's average."""
    short, told = table_names(figures.folder), list[str]()
    for one in each_row(parts):
        nation = on_average(one.other, one.width).replace(" ", NO_BREAK_SPACE)
        told.append(f"{short[str(one.Index)]} ({_of(one.reached, one.of)}, riket{NO_BREAK_SPACE}{nation})")
    behind = [at for table in parts.index for who in (place, NATION) for at in rows_counted(figures, str(table), who)]
    return Cell("\n".join(told) or NONE, rows=tuple(behind), how=HOW_BESIDE)


def _peers(figures: Figures, place: str, parts: pd.DataFrame) -> str:
    """Return whom to ask about the weakest part; about each where several are as weak."""
    known = {one.table: listing([figures.name_of(peer) for peer in one.peers]) for one in improvements(figures, place)}
    short, asked = table_names(figures.folder), [(str(table), known[str(table)] or NONE) for table in parts.index]
    if len(asked) == 1 or all(names == NONE for _, names in asked):
        return asked[0][1] if asked else ""
    return "\n".join(f"{short[table]}: {names}" for table, names in asked)


def _of(hit: float, of: float) -> str:
    """Return how many of how many, on one line."""
    return f"{number(hit)} av {number(of)}".replace(" ", NO_BREAK_SPACE)


def _changed(figures: Figures) -> dict[str, Cell]:
    """Return how many new Ja and Nej every municipality has since an earlier edition; of today what moved most."""
    if figures.is_current:
        moved = {place: one for place in figures.municipalities() if (one := most_changed(figures, place))}
        return {place: Cell(one.text, rows=one.rows, how=HOW_MOVED) for place, one in moved.items()}
    if not has_earlier(figures.folder):
        return {}
    found = since.compared(beside_earlier(figures), answers=True)
    sizes = {str(place): rows["kind"].value_counts() for place, rows in found.groupby("place")}
    told = {
        place: [
            f"{size} {'nytt' if size == 1 else 'nya'} {word}"
            for kind, word in ((NEW_YES, "Ja"), (NEW_NO, "Nej"))
            if (size := kinds.get(kind, 0))
        ]
        for place, kinds in sizes.items()
    }
    return {place: Cell(", ".join(parts) or "Inget nytt") for place, parts in told.items()}


def _stands_out(figures: Figures, group_name: str) -> list[Sentence]:
    """Return three to five things: the average, what all and none reach, the weakest part, the furthest numbers."""
    told = []
    if _has_targets(figures):
        told = [*average(figures), *unanimous(aimed(figures)), *_weakest(figures, group_name)]
    return [*told, *_furthest(figures)]


def _weakest(figures: Figures, group_name: str) -> list[Sentence]:
    """Return the part where the municipalities together, or the county, are furthest below the nation."""
    part = next(iter(improvements(figures)), None)
    if part is None or not part.reached < part.nation or len(figures.municipalities()) == 1:
        return []
    who = as_markdown(group_name) or ("Kommunerna" if figures.municipalities() else figures.name_of(county_of(figures)))
    own = on_average(part.reached, 0.0 if figures.municipalities() else part.county_width)
    text = (
        f"{who} är svagast mot riket inom {table_names(figures.folder)[part.table]}: i genomsnitt {own} av "
        f"{number(part.of)} mål, riket {on_average(part.nation, part.nation_width)}."
    )
    rows = answers(figures)
    return [Sentence(text, tuple(rows.index[rows["table"] == part.table]))]


def _furthest(figures: Figures) -> list[Sentence]:
    """Return the numbers furthest from the nation's, one of each measure, with the municipality that has it."""
    found = [(place, pair) for place in figures.municipalities() for pair in far_numbers(figures, place)]
    first: dict[str, tuple[str, Pair]] = {}
    for place, pair in sorted(found, key=lambda one: -one[1].times):
        first.setdefault(pair.measure.id, (place, pair))
    chosen = list(first.values())[:NAMED]
    told = [f"{pair.measure.phrase} {in_place(figures.name_of(place))} ({both(pair)})" for place, pair in chosen]
    return listed("Längst från rikets tal ligger", [tied(one) for one in told], rows_in([pair for _, pair in chosen]))


def colophon(figures: Figures, publisher: str = "", date: str = "", contact: str = "", accessibility: str = "") -> Text:
    """Return who sent the report and when, its sources, whom to contact and how accessible it is; what is not given is
    left out. That nothing is told of what has changed is told too, where there is nothing to compare with.

    >>> import oj
    >>> print(oj.colophon(oj.figures("Stockholm"), "FoU", contact="08-123").markdown.split(" **Källa")[0])
    **Avsändare:** FoU. **Kontakt:** 08-123.
    """
    known = sources(figures.folder).set_index("source")
    met = known.reindex([name for name in figures.frame["source"].unique() if name in known.index])
    titles = [row.title if row.publisher == NOT_SAID else f"{row.publisher} ({row.year})" for row in each_row(met)]
    if figures.is_current:
        fetched = read_fetched(figures.counties[0], figures.folder).fetched
        titles.append(f"Kolada, RKA, hämtat den {day(fetched)}")
    measured = None if figures.is_current else edition_of(figures.folder).refers_to
    alone = figures.municipalities() and not figures.is_current and not has_earlier(figures.folder)
    given = {
        "Avsändare": publisher, "Datum": day(date) if date else "", "Kontakt": contact,
        "Källa": listing(list(dict.fromkeys(titles))),
        "Enkätsvaren gäller": day(str(measured)) if measured else "", "Tillgänglighet": accessibility,
        "Vad som har ändrats": NO_EARLIER if alone else "",
    }  # fmt: skip
    return Text(tied(" ".join(f"**{key}:** {as_markdown(text)}." for key, text in given.items() if text)))
