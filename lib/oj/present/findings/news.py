"""The years in words, newest first: the nation's news, or a municipality's figures beside the nation's."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pandas as pd

from oj.compare.steps import across_break, steps
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions
from oj.facts.places import NATION
from oj.facts.texts import texts_of
from oj.present.findings.trends import ROUNDING, points
from oj.present.method.quality import national_statements
from oj.present.output import Parts, Text
from oj.tidy.measures import CONTEXT, COUNT, Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import (
    MOST_WORDS,
    NO_BREAK_SPACE,
    beside,
    capital,
    listing,
    low,
    number,
    percent_words,
    sentences,
    tied,
    word_count,
)
from oj.words.vocabulary import ANSWERS

IMPROVE, CONDITIONS, OTHERS = "Att förbättra", "Läget i övrigt", "Andra delar av socialtjänsten"
GROUPS = ("Ökade", "Minskade", "Lika, eller inom avrundningen", IMPROVE, CONDITIONS, OTHERS)
STATED = {"up": GROUPS[0], "down": GROUPS[1], "same": GROUPS[2]}


def years(figures: Figures) -> Parts:
    """Return the years in short, newest first: each municipality's answers, or without any the nation's news."""
    rows = figures.frame
    own = rows[rows["place"] != NATION]
    if len(own):
        beside = figures.with_nation().frame
        nation = beside[beside["place"] == NATION].set_index(["period", "measure"])["display"].to_dict()
        return Parts(_in_short(figures, part, nation) for _, part in own.groupby("place", sort=False))
    found = steps(figures).query("why == ''")
    rows = rows.assign(across=across_break(figures, read_table("changes", figures.folder)))
    return Parts(
        _news(figures, part, {row.measure: row for row in each_row(found[found["last"] == edition])})
        for edition, part in sorted(rows.groupby("period"), reverse=True, key=lambda part: str(part[0]))
    )


def _in_short(figures: Figures, own: pd.DataFrame, nation: dict[Any, str]) -> Text:
    """Return a municipality's answers and figures beside the nation's as one line for each edition, newest first."""
    lines = [
        f"- **{edition}.** {' '.join(sentences(f'{word}:', told) for word, told in _kinds(figures, rows, nation))}"
        for edition, rows in sorted(own.groupby("period"), reverse=True, key=lambda part: str(part[0]))
    ]
    return Text(tied("\n".join([*lines, *_other_answers(figures, own)])))


def _kinds(figures: Figures, rows: pd.DataFrame, nation: dict[Any, str]) -> Iterator[tuple[str, list[str]]]:
    """Yield what was answered Ja, what Nej, the numbers beside the nation's, the source's words and what lacks."""
    names = {key: low(one.short) for key, one in figures.measures.items()}
    for answer in ANSWERS:
        for word, part in rows[rows["answer"] == answer].groupby("display", sort=False):
            yield str(word), [names[name] for name in part["measure"]]
    pairs = [
        f"{names[row.measure]} ({beside(row.display, str(nation.get((row.period, row.measure), '–')))})"
        for row in each_row(rows[rows["value"].notna()])
    ]
    told = [f"{names[row.measure]} (”{row.words}”)" for row in each_row(rows[rows["words"] != ""])]
    lacking = [names[name] for name in rows.loc[rows["status"] != "observed", "measure"]]
    for heading, parts in (("Kommunen mot riket", pairs), ("Med källans ord", told), ("Uppgift saknas", lacking)):
        if parts:
            yield heading, parts


def _other_answers(figures: Figures, own: pd.DataFrame) -> list[str]:
    """Return which answers changed between neighbouring editions that may be compared, as a line."""
    return [
        f"- **Ändrat svar {first.period}–{last.period}:** {low(figures.measures[str(name)].short)}, från "
        f"{first.display} till {last.display}."
        for name, rows in own[own["answer"] != ""].groupby("measure", sort=False)
        for first, last in pairwise(each_row(rows.sort_values("period")))
        if first.segment == last.segment and first.answer != last.answer
    ]


def _news(figures: Figures, rows: pd.DataFrame, taken: dict[str, Any]) -> Text:
    """Return the nation's news of one edition, its `rows`: what rose, fell, stood still, and what to improve."""
    edition, groups = str(rows["period"].iloc[0]), {name: list[str]() for name in GROUPS}
    with_tables = edition in asking_editions(figures.folder)  # the other key results are told from its text
    for name, own in rows.groupby("measure", sort=False):
        measure, step = figures.measures[str(name)], taken.get(str(name))
        group = _group(measure, own, step)
        if not with_tables or group != CONDITIONS:
            groups[group].append(_sentence(measure, own, step, group))
    if with_tables:
        chosen = texts_of(figures.folder, edition).over_time
        told = national_statements(edition, figures.folder, refer=False, chosen=chosen).markdown.splitlines()
        groups[CONDITIONS] = [line.removeprefix("- ").replace("**", "") for line in told]
    lists = [
        f"#### {name} {{.unnumbered}}\n\n" + "\n".join(f"- {line}" for line in lines)
        for name, lines in groups.items()
        if lines
    ]
    return Text("\n\n".join(lists), before=f"### {edition} {{.unnumbered}}")


def _group(measure: Measure, own: pd.DataFrame, step: Any) -> str:
    """Return under which heading a measure's news of an edition stands."""
    if measure.area == CONTEXT:
        return OTHERS
    if step is not None and abs(step.change) > ROUNDING:
        return STATED["up" if step.change > 0 else "down"]
    stated = own.loc[~own["across"] & (own["trend"] != ""), "trend"].tolist()
    if stated and stated[0] != "same":
        return STATED[stated[0]]
    if (own["improve"] == "yes").any():
        return IMPROVE
    return STATED["same"] if step is not None or stated else CONDITIONS


def _sentence(measure: Measure, own: pd.DataFrame, step: Any, group: str) -> str:
    """Return one measure's news as a sentence, with its change in brackets, or after it where it would be long."""
    told = [_figure(measure, row) for row in each_row(own.drop_duplicates("display"))]
    told = [*(figure.removesuffix(f"{NO_BREAK_SPACE}procent") for figure in told[:-1]), told[-1]]
    if own["status"].iloc[0] != "observed":
        text = f"{measure.title}: {told[0]}. {str(own['note'].iloc[0]).removesuffix('.')}"
    else:
        text = measure.phrase.format(listing(told, "eller"))
    change = _change(measure, own, step)
    if (own["improve"] == "yes").any() and group != IMPROVE:
        change = f"{change}; också ett förbättringsområde" if change else "också ett förbättringsområde"
    whole = f"{text} ({change})" if change else text
    return tied(f"{capital(whole)}." if word_count(whole) <= MOST_WORDS else f"{capital(text)}. {capital(change)}.")


def _figure(measure: Measure, row: Any) -> str:
    if row.status != "observed" or row.words:
        return str(row.display)
    return f"{number(row.value)} kommuner" if measure.unit == COUNT else percent_words(row.value, measure.decimals)


def _change(measure: Measure, own: pd.DataFrame, step: Any) -> str:
    """Return what is known of the change: as computed, or in the source's words, with a warning across a break."""
    told = []
    if step is not None:
        size = f"{number(abs(step.change))} kommuner" if measure.unit == COUNT else points(step.change)
        sign = "plus" if step.change > 0 else "minus"
        told.append(f"{sign} {size} sedan {step.first}" if step.change else f"som {step.first}")
    for row in each_row(own[(own["direction"] != "") & (own["direction"] != own["words"])]):
        warning = ", en jämförelse över ett brott i serien" if row.across and row.trend else ""
        told.append(f"enligt källan ”{row.direction}”{warning}")
    return "; ".join(told)
