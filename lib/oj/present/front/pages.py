"""The first two pages: a line for each municipality, what stands out with names, and the answers by part."""

from dataclasses import replace

from oj.compare.against import Pair, county_of, how_far
from oj.compare.improvement import improvements
from oj.compare.reached import answers
from oj.present.findings.answers import unanimous
from oj.present.findings.averages import average, on_average
from oj.present.findings.numbers import both, far_numbers
from oj.present.findings.sentences import Sentence, aimed, as_list, listed, rows_in
from oj.present.followed import followed
from oj.present.front.lines import MOST_WIDE, has_answers, has_targets, lines
from oj.present.front.parts import parts_table
from oj.present.output import Parts, as_parts
from oj.tidy.measures import table_names
from oj.tidy.schema import Figures
from oj.words.plain_text import as_markdown
from oj.words.swedish import in_place, listing, number, tied

NAMED = 3  # numbers told with names, over all municipalities
STANDS_OUT = "## Det som sticker ut {#sec-sticker-ut .unnumbered}"


@followed
def each(figures: Figures) -> Parts:
    """Return a line for each municipality."""
    return as_parts(*([lines(figures)] if figures.municipalities() else []))


@followed
def together(figures: Figures, group_name: str = "") -> Parts:
    """Return what stands out with names, and the answers part by part."""
    own = figures.municipalities()
    told = replace(as_list(_stands_out(figures, group_name)), before=STANDS_OUT)
    parts = [parts_table(figures)] if len(own) <= MOST_WIDE and has_answers(figures) else []
    return as_parts(*([told] if told.markdown else []), *parts)


def _stands_out(figures: Figures, group_name: str) -> list[Sentence]:
    """Return three to five things: the average, what all and none reach, the weakest part, the furthest numbers."""
    told = []
    if has_targets(figures):
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
    """Return the numbers furthest from the nation's, one of each measure, with all municipalities that have it.

    Are they many they are counted: of equals the first in the alphabet is not the furthest.
    """
    found = [(place, pair) for place in figures.municipalities() for pair in far_numbers(figures, place)]
    first: dict[str, Pair] = {}
    for _, pair in sorted(found, key=lambda one: how_far(one[1]), reverse=True):
        first.setdefault(pair.measure.id, pair)
    equal = [
        [(place, own) for place, own in found if own.measure.id == name and both(own) == both(pair)]
        for name, pair in [*first.items()][:NAMED]
    ]
    told = [f"{own[0][1].measure.phrase} {_where([*dict(own)], figures)} ({both(own[0][1])})" for own in equal]
    rows = rows_in([pair for own in equal for _, pair in own])
    return listed("Längst från rikets tal ligger", [tied(one) for one in told], rows)


def _where(places: list[str], figures: Figures) -> str:
    """Return in which municipalities something is, or in how many where there is no room for their names."""
    names = [figures.name_of(place) for place in places]
    first, *rest = names[:NAMED]
    return f"i {number(len(names))} kommuner" if len(names) > NAMED else listing([in_place(first), *rest])
