"""What the method says of the rules: each in two sentences with a formula, and examples that come out as said."""

import json
import re

import pytest

import oj
from conftest import DATA
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.present.method.rules import rule_texts, worked_example
from oj.sources.survey.questions import rules
from oj.words.errors import UserError
from publish.building import NOTEBOOKS

FIGURES = oj.figures("Stockholm", folder=DATA)
RULES = rules(folder=DATA)
TOLD = rule_texts(FIGURES).markdown.replace("\u00a0", " ")
SENTENCE = re.compile(r"(?<=[.])\s+(?=[A-ZÅÄÖ”])")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_is_two_sentences_and_a_formula(rule: object) -> None:
    says, formula = rule.says, rule.formula  # type: ignore[attr-defined]
    assert len(SENTENCE.split(says.strip())) == 2, says
    assert says.rstrip().endswith(".")
    assert " = " in formula
    assert f"**{rule.name}.** {' '.join(says.split())}" in TOLD  # type: ignore[attr-defined]
    assert formula[1:] in TOLD


def test_the_rules_stand_under_their_areas_in_the_reports_order() -> None:
    names = read_table("areas", DATA)["name"].tolist()
    assert re.findall(r"^### (.+) \{\.unnumbered\}$", TOLD, re.MULTILINE) == names
    order = {name: at for at, name in enumerate(indicators(DATA))}
    told = re.findall(r"^\*\*(.+?)\.\*\*", TOLD, re.MULTILINE)
    assert told == [rule.name for rule in sorted(RULES, key=lambda rule: order[rule.indicators[0]])]


@pytest.mark.parametrize(
    ("case", "lines"),
    [
        ("04.01", ["**50**", "**22**", "**10**", "Resultat: **47 %**. 50 − 0,3 · 10 = 47; 22 / 47."]),
        ("05.01", ["**28**", "**7**", "**40**", "**10**", "Resultat: **27 %**."]),
        ("03.04", ["**Ja**", "**Nej**", "- Året före: ", "Resultat: **Ja**."]),
    ],
)
def test_an_example_can_be_followed_by_hand(case: str, lines: list[str]) -> None:
    told = worked_example(FIGURES, case).markdown.replace("\u00a0", " ")
    at = 0
    for line in lines:
        at = told.index(line, at)


def test_the_method_shows_examples_that_are_there() -> None:
    notebook = json.loads((NOTEBOOKS / "regler.ipynb").read_text(encoding="utf-8"))
    code = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    named = re.findall(r'oj.method\(figures, "([\d.]+)"\)', code)
    assert len(named) == 3
    assert set(named) <= set(read_table("worked-cases", DATA)["case"])
    with pytest.raises(UserError, match=r"Det finns inget exempel ”4.1”"):
        worked_example(FIGURES, "4.1")
