"""Fill in a survey's workbook as people would, by the labels of the drop-downs, to give the published results."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd
from openpyxl import load_workbook

from conftest import DATA
from oj.facts.places import all_places
from oj.forms.survey import write_form
from oj.sources.published import read_published
from oj.sources.survey.questions import case_answers, questions, rules, worked_cases
from oj.words.vocabulary import ANSWER_WORDS

STAFF = 50.0  # case workers, in full-time equivalents
Answers = dict[str, str | float]


def published(place: str) -> pd.DataFrame:
    """Return a place's published results by indicator."""
    results = read_published(DATA)
    return results[(results["place"] == place) & (results["edition"] == "2015")].set_index("indicator")


def answers_giving(place: str) -> Answers:
    """Return answers that by the rules give what is published for a place, each a worked case with that result."""
    cases, own, found = worked_cases(DATA), published(place), Answers()
    for rule in rules(folder=DATA):
        for indicator in rule.indicators:
            answer = own["answer"].get(indicator)
            if pd.isna(answer):
                continue
            wanted = cases[
                (cases["rule"] == rule.name)
                & (cases["result"] == ANSWER_WORDS[answer])
                & cases["indicator"].isin(["", indicator])
                & (cases["last_year"] == "")
            ]
            texts = wanted["answers"].tolist()
            plainest = texts[0] if answer == "yes" else min(texts, key=lambda text: text.count("=ja"))
            found |= case_answers(plainest, indicator)
    return found | staff_giving(own["value"])


def staff_giving(values: pd.Series) -> Answers:
    """Return counts of staff and hours that give the published shares and hours a week."""
    five = round(STAFF * values["socionomer-fem-ar"], 2)
    three = round(STAFF * values["socionomer-tre-ar"] - five, 2)
    hours = round(STAFF * values["arbetsledning"], 2)
    rows = {f"arbetsledning.timmar-{row}": min(160.0, hours - 160 * (row - 1)) for row in range(1, 9)}
    return {
        "personal.handlaggare": STAFF,
        "personal.socionomer": STAFF,
        "personal.socialt-arbete": STAFF,
        "personal.under-ett-ar": 0.0,
        "personal.ett-till-tva-ar": round(STAFF - three - five, 2),
        "personal.tre-till-fem-ar": three,
        "personal.mer-an-fem-ar": five,
        **{name: round(told, 2) for name, told in rows.items() if told > 0},
    }


def filled(target: Path, answers: Mapping[str, Answers], comments: Mapping[tuple[str, str], str] | None = None) -> Path:
    """Write a form with the answers of each place, and comments by place and question."""
    known, asked = all_places(DATA), questions(folder=DATA)
    write_form([known[code] for code in answers], target, folder=DATA)
    book = load_workbook(target)
    for sheet in book.worksheets:
        place = str(sheet["A1"].value).rpartition(" ")[2]
        if place not in answers:
            continue
        head = next(row for row in sheet.iter_rows() if row[0].value == "id")
        column = {str(cell.value): cell.column for cell in head}
        for (cell,) in sheet.iter_rows(max_col=1):
            name = str(cell.value)
            if name in answers[place]:
                given = answers[place][name]
                shown = asked[name].alternatives.get(str(given), given)
                sheet.cell(cell.row, column["Svar"], shown)
            if comments and (place, name) in comments:
                sheet.cell(cell.row, column["Kommentar"], comments[place, name])
    book.save(target)
    return target


def as_published(target: Path, places: Sequence[str]) -> Path:
    """Write a form whose answers give what is published for the places."""
    return filled(target, {place: answers_giving(place) for place in places})
