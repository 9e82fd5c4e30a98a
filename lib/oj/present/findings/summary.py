"""What stands out over an area, over all areas, in a table and in reached targets."""

from functools import partial

from oj.facts.places import NATION
from oj.present.findings.answers import (
    against_nation,
    against_region,
    furthest,
    patterns,
    unanimous,
)
from oj.present.findings.averages import areas_against_nation, average, spread_of_targets
from oj.present.findings.municipality import strongest_and_weakest
from oj.present.findings.numbers import lacking, own_numbers, spread
from oj.present.findings.sentences import Sentence, aimed, as_list, asked, by_table
from oj.present.output import Parts, Text
from oj.tidy.schema import Figures
from oj.words.plain_text import as_markdown


def of_a_table(figures: Figures) -> list[Sentence]:
    """Return what stands out in a table, or in a part or a measure of one."""
    answers, values = asked(figures), figures.where(lambda one: not one.is_answer)
    return [
        *unanimous(aimed(answers)),
        *patterns(aimed(answers)),
        *against_nation(answers),
        *(sentence for one in values.measures.values() for sentence in spread(values, one)),
        *lacking(values),
    ]


def of_an_area(figures: Figures) -> list[Sentence]:
    """Return what a chapter opens with: targets reached, and where the county is furthest from the nation.

    Where the area is one table, the findings beside it tell the rest.
    """
    answers = asked(figures)
    sentences = average(answers, "områdets") if len(aimed(answers).measures) > 1 else []
    if len({one.table for one in figures.measures.values()}) > 1:
        sentences += [*unanimous(aimed(answers)), *furthest(answers, NATION, 3)]
    return sentences


def of_targets(figures: Figures) -> list[Sentence]:
    """Return how the municipalities, the county and the nation lie when all targets are counted together."""
    return [*average(figures), *spread_of_targets(figures), *areas_against_nation(figures)]


def of_all(figures: Figures, group_name: str) -> Parts:
    """Return what stands out over all areas: for the group, the county, and against each county compared with."""
    own, answers = figures.municipalities(), asked(figures)
    whole = [*average(figures), *areas_against_nation(figures)]
    if len(own) == 1:
        place = next(iter(own))
        whole += [*strongest_and_weakest(figures, place), *own_numbers(figures, place)]
    group = as_markdown(group_name) or (next(iter(own.values())) if len(own) == 1 else "Kommunerna")
    parts = [(group, [*whole, *unanimous(aimed(answers), partial(by_table, refer=True))] if own else [])]
    for at, (county, name) in enumerate(figures.named("county").items()):
        if at:
            parts.append((f"Jämförelsen med {name}", against_region(answers, county, 3)))
        else:
            parts.append((name, [*([] if own else whole), *against_region(answers)]))
    texts = [(name, as_list(sentences)) for name, sentences in parts if sentences]
    return Parts(Text(text.markdown, text.rows, f"### {name} {{.unnumbered}}") for name, text in texts)
