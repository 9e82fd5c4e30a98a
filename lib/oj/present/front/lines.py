"""The table of the first page: a line for each municipality, and what its columns mean."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from oj.compare.against import Pair
from oj.compare.improvement import improvements
from oj.compare.reached import answers, reached, rows_counted
from oj.compare.since import NEW_NO, NEW_YES
from oj.facts.places import NATION, all_places, city_of, is_district, units
from oj.present import since
from oj.present.findings.averages import on_average
from oj.present.findings.municipality import parts_apart
from oj.present.findings.numbers import both, far_numbers, held_against_nation, is_result
from oj.present.findings.opening import who_answer
from oj.present.findings.sentences import rows_at, rows_in
from oj.present.findings.today import most_changed
from oj.present.front.parts import NONE
from oj.present.grid import HOW_AVERAGE, HOW_REACHED, Cell
from oj.present.output import Table
from oj.present.table.plain import plain_table
from oj.tidy.earlier import has_earlier
from oj.tidy.earlier import since as beside_earlier
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import NO_BREAK_SPACE, capital, listing, number

MOST_WIDE = 12  # municipalities with two numbers each, and a column each beside the parts
REACHES, CALL, FURTHEST = "Når mål", "Ring om det svagaste", "Tal längst från rikets"
STRONGEST, WEAKEST = "Starkast mot riket", "Svagast mot riket"
WEIGHTS = {"Kommun": 12, REACHES: 9, WEAKEST: 19, CALL: 20, STRONGEST: 19, FURTHEST: 31, "Ändrat": 11}
REACHED, OTHERS = "Ett mål är nått när svaret är Ja.", "Andra kommuner i länet har ingen egen rad."
SAID_ALONE = "Bara frågor där det är sagt om Ja är bättre är mål."
NOTHING = "Det finns inga svar eller tal att visa."
BOTH, EACH = "Båda", "Alla"  # of the parts that are as weak: who is asked about each of them
APART = ";\n"  # between what one hears in a cell
HOW_MOVED = "Kommunens tal det första och det sista jämförbara året, högst fem år isär."
HOW_BESIDE = f"{HOW_REACHED} Riket: {HOW_AVERAGE[0].lower()}{HOW_AVERAGE[1:]}"
HOW_FAR = "Kommunens tal, och rikets tal för samma mått: de som ligger längst isär."
FEW_NOTE = "Resultat för barn bygger på få barn; ett mer eller mindre kan ändra en andel mycket."
TARGET_NOTES = {
    WEAKEST: (
        "Svagast och starkast: de delområden med minst tre mål som ligger flest mål under och över rikets genomsnitt, "
        "minst ett; det lägsta antalet är inte alltid längst ifrån."
    ),
    CALL: (
        "Ring: kommuner av samma befolkningsgrupp eller kommungrupp som når minst hälften av de mål som saknas där."
    ),
    FURTHEST: (
        "Tal längst från rikets: störst kvot, minst en fjärdedel ifrån, det egna först; bra eller dåligt sägs inte."
    ),
}
CHANGED_NOTE = "Ändrat: svaren på alla Ja- och Nej-frågor,"
MOVED_NOTE = (
    "Ändrat: det tal som har ändrats mest för sin storlek, från det första till det sista jämförbara året, högst fem "
    "år isär; bra eller dåligt sägs inte."
)
NO_PART = {WEAKEST: "Inget minst ett mål under", STRONGEST: "Inget minst ett mål över"}  # a dash is not heard
NO_ONE, NO_NUMBER = "Ingen", "Inget"
EMPTY = (NONE, *NO_PART.values(), NO_ONE, NO_NUMBER)


def lines(figures: Figures) -> Table:
    """Return the table with a line for each municipality."""
    own = figures.municipalities()
    wide, changed = len(own) <= MOST_WIDE, _changed(figures)
    far = {place: far_numbers(figures, place)[: 2 if wide else 1] for place in own}
    cells = [
        {"Kommun": Cell(name)}
        | (_targets(figures, place, wide=wide) if has_targets(figures) else {})
        | {FURTHEST: _far(figures, place, far[place])}
        | ({"Ändrat": changed.get(place, Cell(NONE))} if changed else {})
        for place, name in own.items()
    ]
    columns = {heading: [line[heading] for line in cells] for heading in cells[0]}
    frame = {heading: column for heading, column in columns.items() if any(cell.text not in EMPTY for cell in column)}
    weights = [WEIGHTS[FURTHEST if figures.is_current and heading == "Ändrat" else heading] for heading in frame]
    widths = [round(100 * weight / sum(weights), 2) for weight in weights]
    caption = f"{_whose(figures)}{'' if figures.is_current else f', utgåvan {figures.edition}'}."
    return plain_table(frame, "sammanfattning", caption, widths, notes=(_notes(figures, frame, far),))


def _far(figures: Figures, place: str, found: Sequence[Pair]) -> Cell:
    """Return the numbers furthest from the nation's; that none is far, where there is any to hold against it."""
    none = NO_NUMBER if not found and held_against_nation(figures, place) else NONE
    return Cell(APART.join(map(_told, found)) or none, rows=rows_in(found), how=HOW_FAR)


def _whose(figures: Figures) -> str:
    """Return whose lines these are, in the table's caption: who meets it alone, or hears it, has no cover."""
    own, districts = figures.municipalities(), sum(map(is_district, figures.municipalities()))
    first = next(iter(own))
    who = own[first] if len(own) == 1 else who_answer(len(own) - districts, districts)
    return f"{capital(who)} i {all_places()[first[:2]].name}"


def _notes(figures: Figures, frame: Mapping[str, list[Cell]], far: Mapping[str, list[Pair]]) -> str:
    """Return what the table's columns mean, of those that it has, and that others of the county have no line."""
    told = [REACHED] if REACHES in frame else []
    unsaid = any(one.is_answer and not one.is_target for one in figures.measures.values())
    told += [SAID_ALONE] if told and unsaid else []
    told += [TARGET_NOTES[heading] for heading in (WEAKEST, CALL) if heading in frame]
    told += [TARGET_NOTES[FURTHEST]] if FURTHEST in frame else []
    if "Ändrat" in frame and not figures.is_current:
        when = since.since_told(_compared(figures))
        told.append(f"{CHANGED_NOTE} {when[0].lower()}{when[1:]}.")
    told += [MOVED_NOTE] if "Ändrat" in frame and figures.is_current else []
    told += [NOTHING] if len(frame) == 1 else []
    few = not figures.is_current and any(is_result(pair.measure) for found in far.values() for pair in found)
    own = figures.municipalities()
    alone = any(own.keys().isdisjoint((one.code, city_of(one.code))) for one in units(next(iter(own))[:2]))
    return " ".join([*told, *([FEW_NOTE] if few else []), *([OTHERS] if alone else [])])


def _told(pair: Pair) -> str:
    return f"{capital(pair.measure.phrase)}: {both(pair)}"


def _targets(figures: Figures, place: str, *, wide: bool) -> dict[str, Cell]:
    """Return how many targets are reached, the strongest and the weakest part, and whom to ask about the weakest."""
    sums: Any = reached(figures).loc[place]
    rows = answers(figures)
    behind = rows_at(rows[rows["reached"].notna()], (place,))
    reach = _of(sums["reached"], sums["of"]) if sums["of"] else NONE
    none, nobody = (NO_PART, NO_ONE) if sums["of"] else ({}, NONE)  # of one without answers nothing is known
    above, below = map(_furthest_parts, parts_apart(figures, place))
    cells = {REACHES: Cell(reach, rows=behind, how=HOW_REACHED)}
    cells |= {WEAKEST: _beside_nation(figures, place, below, none.get(WEAKEST, NONE))}
    cells |= {CALL: Cell(_peers(figures, place, below) or nobody)}
    return cells | ({STRONGEST: _beside_nation(figures, place, above, none.get(STRONGEST, NONE))} if wide else {})


def is_anyone_named(figures: Figures) -> bool:
    """Return whether the table names anybody to ask about a municipality's weakest part."""
    told = (_targets(figures, place, wide=False)[CALL].text for place in figures.municipalities())
    return any(text not in EMPTY for text in told)


def _furthest_parts(parts: pd.DataFrame) -> pd.DataFrame:
    """Return the first of the parts, and those that are as far from the nation."""
    return parts[parts["difference"] == parts["difference"].head(1).sum()]


def _beside_nation(figures: Figures, place: str, parts: pd.DataFrame, none: str) -> Cell:
    """Return a line for each part: how many of its targets are reached, and the nation's average; else `none`."""
    short, told = table_names(figures.folder), list[str]()
    for one in each_row(parts):
        nation = on_average(one.other, one.width).replace(" ", NO_BREAK_SPACE)
        told.append(f"{short[str(one.Index)]}: {_of(one.reached, one.of)} mot{NO_BREAK_SPACE}{nation}")
    behind = [at for table in parts.index for who in (place, NATION) for at in rows_counted(figures, str(table), who)]
    return Cell(APART.join(told) or none, rows=tuple(behind), how=HOW_BESIDE)


def _peers(figures: Figures, place: str, parts: pd.DataFrame) -> str:
    """Return whom to ask about the weakest part; about each where several are as weak."""
    known = {one.table: [figures.name_of(peer) for peer in one.peers] for one in improvements(figures, place)}
    short, asked = table_names(figures.folder), {str(table): known[str(table)] for table in parts.index}
    everything = [name for name in next(iter(asked.values()), []) if all(name in names for names in asked.values())]
    rest = {table: [name for name in names if name not in everything] for table, names in asked.items()}
    if len(asked) < 2 or not any(asked.values()):
        return listing(everything)
    told = [f"{BOTH if len(asked) == 2 else EACH}: {listing(everything)}"] if everything else []
    left = {table: names for table, names in rest.items() if names or not everything}
    return APART.join(
        [*told, *(f"{short[table]}: {listing(names) or NO_ONE.lower()}" for table, names in left.items())]
    )


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
    found = _compared(figures)
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


def _compared(figures: Figures) -> pd.DataFrame:
    return since.compared(beside_earlier(figures), answers=True)


def has_answers(figures: Figures) -> bool:
    """Return whether any of the municipalities has an answer that is a target reached or missed."""
    return has_targets(figures) and bool(reached(figures)["of"].reindex([*figures.municipalities()]).any())


def has_targets(figures: Figures) -> bool:
    """Return whether the figures are an edition's, with answers that are targets to reach."""
    return not figures.is_current and any(one.is_target for one in figures.measures.values())
