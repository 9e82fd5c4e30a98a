"""What has changed since an earlier edition, in words: over the report and for a municipality. Each line has its rows.

Nothing is told across a break, and a question is named as its source names it.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from oj.compare.since import (
    BETTER,
    HIGHER,
    LACKING,
    LOWER,
    NEAR,
    NEW_NO,
    NEW_YES,
    STILL_NO,
    STILL_PARTLY,
    WORSE,
    changes,
    of_answers,
    rows_behind,
)
from oj.present.output import Text
from oj.tidy.earlier import BREAK, NEW, PERSONS
from oj.tidy.measures import Measure
from oj.tidy.schema import Figures
from oj.words.frames import each_row
from oj.words.swedish import beside, clear_listing, count, in_place, listing, number, sentences, tied

MOST_EQUALS = 3  # that are named as those with most
FEWEST = 3  # municipalities that one can have most of
NOTHING = "Ingen av kommunerna har något svar i en tidigare utgåva som kan jämföras med svaren i den här."
WHY = {
    NEW: "Frågades inte tidigare, så det finns inget att jämföra med",
    BREAK: "Jämförs inte, för att det är ett brott i serien eller för att svaren eller enheten är andra",
    PERSONS: "Jämförs inte, för att talen gäller personer i register",
}
ANSWERED = {
    NEW_YES: "Nytt Ja", NEW_NO: "Nytt Nej", BETTER: "Bättre, till {partly}", WORSE: "Sämre, till {partly}",
    STILL_NO: "Fortfarande Nej", STILL_PARTLY: "Fortfarande {partly}",
}  # fmt: skip
Line = tuple[str, tuple[int, ...]]


def opening(figures: Figures) -> Text:
    """Return how many new Ja and Nej the municipalities have, since when, and where most; nothing without any."""
    found = compared(figures, answers=True)
    lines = [*_in_all(figures, found), *_most_questions(figures, found), *_most_places(figures, found)]
    return as_lines(lines, f"### {heading(found)} {{.unnumbered}}" if lines else "")


def findings(figures: Figures) -> Text:
    """Return all that has changed, where answers are still Nej, what numbers are, and what cannot be compared."""
    found = compared(figures, answers=True)
    lines = [*_in_all(figures, found), *_most_questions(figures, found), *_most_places(figures, found)]
    lines += [*_still_no(figures, found), *_numbers(figures)]
    return as_lines([*(lines or [(NOTHING, ())]), *_not_compared(figures)])


def of_municipality(figures: Figures, place: str) -> Text:
    """Return what has changed for one municipality (its code), kind by kind; nothing where nothing can be compared."""
    found = changes(figures)
    own = found[found["place"] == place]
    if own["kind"].isin(LACKING).all():
        return Text("")
    usual = _usual(own)
    answered = of_answers(figures, own)
    lines = [
        (f"**{_word(figures, kind)}:** {_named(figures, part, usual)}.", rows_behind(part))
        for kind in ANSWERED
        if len(part := answered[answered["kind"] == kind])
    ]
    moved = own[own["kind"].isin([HIGHER, LOWER])]
    if len(moved):
        each = [_moved(figures, row, usual) for row in each_row(moved)]
        lines.append((f"**Tydligt ändrade tal:** {'; '.join(each)}.", rows_behind(moved)))
    lacking = own[own["kind"].isin(LACKING)]
    if len(lacking):
        lines.append(
            (f"**Saknas eller visas inte något av åren:** {_named(figures, lacking, usual)}.", rows_behind(lacking))
        )
    top = f"**{heading(own)}**"  # no heading: a sheet is a page of its own, in no list of contents
    return as_lines(
        lines or [("Alla svar är Ja, som tidigare, och inga tal har ändrats tydligt.", rows_behind(own))], top
    )


def compared(figures: Figures, *, answers: bool) -> pd.DataFrame:
    """Return the changes in answers, or in numbers, that are shown in both editions."""
    found = of_answers(figures, changes(figures), answers=answers)
    return found[~found["kind"].isin(LACKING)]


def heading(found: pd.DataFrame) -> str:
    """Return what stands over changes: since which edition, where they are all since the same."""
    years = sorted(found["since"].unique())
    return f"Ändrat sedan utgåvan {years[0]}" if len(years) == 1 else "Ändrat sedan en tidigare utgåva"


def since_told(found: pd.DataFrame) -> str:
    """Return since which editions changes are, as a sentence begins."""
    years = sorted(found["since"].unique())
    if len(years) == 1:
        return f"Sedan utgåvan {years[0]}"
    return f"Sedan den senaste utgåva som varje fråga kan jämföras med ({listing(years, 'eller')})"


def as_lines(lines: Sequence[Line], before: str = "") -> Text:
    """Return sentences, each with its rows, as a list under a heading."""
    told = "\n".join(f"- {tied(text)}" for text, _ in lines)
    return Text(told, tuple(rows for _, rows in lines), before)


def _in_all(figures: Figures, found: pd.DataFrame) -> list[Line]:
    """Return how many new Ja, new Nej and Nej as before there are, in how many municipalities and questions."""
    if found.empty:
        return []
    sizes, places = Counter(found["kind"]), found["place"].nunique()
    size, questions = len(figures.municipalities()), found["measure"].nunique()
    who = f"de {count(places)} kommunerna" if places == size else f"{count(places)} av de {count(size)} kommunerna"
    who = figures.name_of(found["place"].iloc[0]) if places == 1 else who
    asked = "den Ja- och Nej-fråga" if questions == 1 else f"de {count(questions)} Ja- och Nej-frågor"
    size_no = count(sizes[STILL_NO], neuter=True) if sizes[STILL_NO] else "inga"
    still = f"{size_no} svar som fortfarande är Nej"
    told = listing([_new(sizes[NEW_YES], "Ja"), _new(sizes[NEW_NO], "Nej"), still])
    return [(f"{since_told(found)} har {who} {told}, på {asked} som kan jämföras.", rows_behind(found))]


def _new(size: int, answer: str) -> str:
    return f"ett nytt {answer}" if size == 1 else f"{count(size) if size else 'inga'} nya {answer}"


def _most_questions(figures: Figures, found: pd.DataFrame) -> list[Line]:
    """Return on which questions most municipalities have a new Ja, and a new Nej."""
    lines = list[Line]()
    for kind, word in ((NEW_YES, "ett nytt Ja"), (NEW_NO, "ett nytt Nej")):
        names, size, part = _most(found, kind, "measure")
        if names:
            asked = "frågan" if len(names) == 1 else "frågorna"
            start = f"Flest kommuner ({count(size)}{_each(names)}) har {word} på {asked}"
            quoted = [f"”{figures.measures[name].title}”" for name in names]
            lines.append((sentences(start, quoted), rows_behind(part)))
    return lines


def _most_places(figures: Figures, found: pd.DataFrame) -> list[Line]:
    """Return which municipalities have most new Ja, and most new Nej."""
    if found["place"].nunique() < FEWEST:
        return []
    told, behind = list[str](), list[pd.DataFrame]()
    for kind, word in ((NEW_YES, "nya Ja"), (NEW_NO, "nya Nej")):
        places, size, part = _most(found, kind, "place")
        if places:
            names = listing([figures.name_of(place) for place in places])
            told.append(f"flest {word} har {names} ({count(size, neuter=True)}{_each(places)})")
            behind.append(part)
    text = ", och ".join(told)
    return [(f"{text[:1].upper()}{text[1:]}.", rows_behind(pd.concat(behind)))] if told else []


def _each(names: Sequence[str]) -> str:
    return " var" if len(names) > 1 else ""


def _most(found: pd.DataFrame, kind: str, by: str) -> tuple[list[str], int, pd.DataFrame]:
    """Return which have most changes of a kind, how many, and those; none where too many are equal, or all have one."""
    own = found[found["kind"] == kind]
    sizes = own.groupby(by, sort=False).size()
    most = int(sizes.max()) if len(sizes) else 0
    order = [name for name in found[by].unique() if sizes.get(name, 0) == most]
    if most < 2 or len(order) > MOST_EQUALS:
        return [], 0, own
    return order, most, own[own[by].isin(order)]


def _still_no(figures: Figures, found: pd.DataFrame) -> list[Line]:
    """Return the questions that every municipality with an answer still answers Nej to, where there are several."""
    same = (found["kind"] == STILL_NO).groupby(found["measure"], sort=False).agg(["all", "size"])
    names = [str(name) for name in same.index[same["all"] & (same["size"] > 1)]]
    told = f"Fortfarande Nej i alla kommuner som går att jämföra: {_titles(figures, names)}."
    return [(told, rows_behind(found[found["measure"].isin(names)]))] if names else []


def _numbers(figures: Figures) -> list[Line]:
    """Return, for each number, in how many municipalities it is told as higher, lower and near."""
    words, found = {HIGHER: "tydligt högre", LOWER: "tydligt lägre", NEAR: "nära det tidigare"}, list[Line]()
    for name, own in compared(figures, answers=False).groupby("measure", sort=False):
        sizes = Counter(own["kind"])
        told = listing([f"{word} i {count(sizes[kind])}" for kind, word in words.items() if sizes[kind]])
        told += f" av {count(len(own))} kommuner som går att jämföra"
        if len(own) == 1:
            alone = len(figures.municipalities()) == 1
            told = f"{words[own['kind'].iloc[0]]} {in_place(figures.name_of(own['place'].iloc[0]))}"
            told += "" if alone else ", den enda kommun som går att jämföra"
        text = f"{since_told(own)}, ”{figures.measures[str(name)].title}”: {told}."
        found.append((text, rows_behind(own)))
    return found


def _not_compared(figures: Figures) -> list[Line]:
    """Return which measures are beside no earlier edition, and why."""
    found = list[Line]()
    for why, told in WHY.items():
        names = [name for name in figures.measures if (figures.earlier or {})[name].why == why]
        rows = figures.frame[figures.frame["measure"].isin(names)]
        if names:
            found.append((f"{told}: {_titles(figures, names)}.", tuple(rows.index)))
    return found


def _titles(figures: Figures, names: Iterable[str]) -> str:
    return clear_listing([figures.measures[name].phrase for name in names])


def _word(figures: Figures, kind: str) -> str:
    """Return what a kind of change is called, in the words that a step of the figures has."""
    partly = [one.answer_words["partly"] for one in figures.measures.values() if "partly" in one.answer_words]
    return ANSWERED[kind].format(partly=partly[0] if len(set(partly)) == 1 else "mellansvar")


def _usual(own: pd.DataFrame) -> str:
    years = own["since"].unique()
    return str(years[0]) if len(years) == 1 else ""


def _named(figures: Figures, own: pd.DataFrame, usual: str) -> str:
    """Return the measures of changes, each with the edition it is beside where they are not all beside the same."""
    told = [f"{figures.measures[row.measure].phrase}{'' if usual else f' (mot {row.since})'}" for row in each_row(own)]
    return clear_listing(told)


def _unit(measure: Measure) -> str:
    word = "procentenheter" if measure.is_share else measure.unit_word
    return f" {word}" if word else ""


def _moved(figures: Figures, row: Any, usual: str) -> str:
    """Return a number beside the earlier one, and how far it is from it."""
    measure: Measure = figures.measures[row.measure]
    now, then = (str(figures.frame.at[at, "display"]) for at in (row.now, row.then))
    size = f"{number(abs(row.change), measure.decimals)}{_unit(measure)}"
    sign = "plus" if row.change > 0 else "minus"
    return f"{measure.phrase} ({beside(now, then)}{'' if usual else f' {row.since}'}, {sign} {size})"
