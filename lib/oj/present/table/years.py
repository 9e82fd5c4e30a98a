"""Tables of the years: a municipality's figures beside the nation's, edition by edition, or all that the nation has."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from oj.facts.places import NATION
from oj.present.grid import Cell
from oj.present.output import Parts, Table, Text, as_parts
from oj.present.style import ANSWER_FILLS
from oj.present.table.asked import asked_again
from oj.present.table.notes import named, sources_said
from oj.present.table.plain import plain_table
from oj.sources.comparability import followed_editions
from oj.tidy.measures import CONTEXT, COUNT, Measure
from oj.tidy.schema import Figures
from oj.tidy.years import PUBLISHED_PASSAGE
from oj.words.frames import each_row
from oj.words.swedish import capital, tied

OF_NATION = (
    ("uppgifter-over-tid", "Riket: alla uppgifter efter utgåva, med källa."),
    ("uppgifter-ovriga", "Riket: andra delar av socialtjänsten, som sammanhang."),
)
HOW_LISTED = "De uppgifter som källorna har, var och en en gång."


def years_table(figures: Figures) -> Parts:
    """Return each municipality's figures of every edition beside the nation's, newest first; of the nation alone, all.

    Nothing of the nation where municipalities were asked for and there are none. In an edition that workbooks have made
    its questions stand first, each with the places' figures of every such edition that asked it.
    """
    asked = list[Text | Table]()
    if figures.places != (NATION,) and followed_editions(figures.folder):
        asked = asked_again(figures)
        figures = replace(figures, frame=figures.frame[figures.frame["passage"] != PUBLISHED_PASSAGE])
    return as_parts(*asked, *_of_summaries(figures))


def _of_summaries(figures: Figures) -> Parts:
    """Return the tables of what the sources tell, municipality by municipality, or of the nation."""
    if figures.frame["place"].eq(NATION).all():
        return _of_nation(figures) if len(figures.frame) else Parts()
    beside, names = figures.with_nation().frame, named(figures.folder)
    parts: list[Text | Table] = []
    for place, rows in figures.frame[figures.frame["place"] != NATION].groupby("place", sort=False):
        parts.append(Text("", before=f"## {rows['place_name'].iloc[0]} år för år {{#sec-ar-{place}}}"))
        for edition, own in sorted(rows.groupby("period"), reverse=True, key=lambda part: str(part[0])):
            there = beside[(beside["period"] == edition) & (beside["place"] == NATION)]
            parts.append(_of_edition(figures, own, there, names))
    return as_parts(*parts)


def _of_edition(figures: Figures, own: pd.DataFrame, nation: pd.DataFrame, names: Mapping[str, str]) -> Table:
    """Return a municipality's figures of one edition beside the nation's."""
    there = dict(iter(nation.groupby("measure")))
    place, name, edition = own[["place", "place_name", "period"]].iloc[0]
    frame = pd.DataFrame(
        {
            "Fråga": own["title"],
            name: [
                Cell(capital(row.display), ANSWER_FILLS.get(row.answer, ""), row.status, (int(row.Index),))
                for row in each_row(own)
            ],
            "Riket": [_beside(figures.measures[name], there.get(name, nation.head(0))) for name in own["measure"]],
            "Att veta": [_note(row.note, there.get(row.measure, nation.head(0))) for row in each_row(own)],
        }
    )
    caption, label = f"{name} och riket {edition}.", f"ar-{edition}-{place}"
    notes = (f"Källa: {sources_said(own['source'], names)}.",)
    return plain_table(frame, label, caption, (34, 17, 13, 36), "text-table", notes, f"### {edition} {{.unnumbered}}")


def _beside(measure: Measure, nation: pd.DataFrame) -> Cell:
    """Return what the nation has, each figure once."""
    of = " kommuner" if measure.unit == COUNT else ""
    told = [f"{display}{of}" for display in nation["display"].unique()]
    return Cell(capital(" eller ".join(told or ["ingen uppgift"])), rows=tuple(nation.index), how=HOW_LISTED)


def _note(note: str, nation: pd.DataFrame) -> str:
    """Return what to know of a municipality's figure, and of whom the nation's beside it is a share."""
    of = [f"Rikets tal gäller {population}." for population in nation["population"] if population][:1]
    return tied(" ".join(filter(None, [note, *of])))


def _of_nation(figures: Figures) -> Parts:
    """Return the nation's figures by edition, with breaks, the sources and their words: one table, and one of context.

    A measure with figures only from the tables of an edition is left to that edition's report, where others have more.
    """
    rows, names = figures.frame, named(figures.folder)
    of_summaries = rows["measure"].isin(rows.loc[rows["passage"] != PUBLISHED_PASSAGE, "measure"])
    rows = rows[of_summaries] if of_summaries.any() else rows
    apart = rows["measure"].map(lambda name: figures.measures[name].area == CONTEXT).astype(bool)
    made = []
    for (label, caption), part in zip(OF_NATION, (rows[~apart], rows[apart]), strict=True):
        told = [
            (own["title"].iloc[0], _by_edition(own, figures.measures[str(name)], names), _said(own))
            for name, own in part.groupby("measure", sort=False)
        ]
        frame = pd.DataFrame(told, columns=["Uppgift", "Utgåva och uppgift", "Källans ord och att veta"])
        made += [plain_table(frame, label, caption, (28, 32, 40))] if told else []
    return as_parts(*made)


def _by_edition(own: pd.DataFrame, measure: Measure, names: Mapping[str, str]) -> Cell:
    """Return a line for every edition's figure, with its sources, and one for every break between."""
    lines, before = [], int(own["period"].min())
    for edition, part in own.groupby("period"):
        lines += [f"– brott i serien {start} –" for start in measure.breaks_between(before, int(str(edition)))]
        for figure, same in part.groupby("display", sort=False):
            told = ", ".join(names[source] for source in same["source"].unique())
            lines.append(tied(f"{edition}: {figure} ({told})"))
        before = int(str(edition))
    return Cell("\n".join(lines), rows=tuple(own.index), how=HOW_LISTED)


def _said(own: pd.DataFrame) -> str:
    """Return what the sources say of change, and notes, each line with its edition."""
    told = []
    for row in each_row(own.sort_values("period")):
        words = f"”{row.direction}”" if row.direction else ""
        told += [tied(f"{row.period}: {text}") for text in (words, str(row.note)) if text]
    return "\n".join(dict.fromkeys(told))
