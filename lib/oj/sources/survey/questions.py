"""The survey behind an edition: its questions with their alternatives, and the rules from answers to results.

An edition's `survey/questions.yml` has the questions, `survey/rules.yml` which rule turns which answers into which
indicator. Both are data that a social-care statistician can read; the rules themselves are in
`oj.preliminary.rules`.
"""

from pathlib import Path
from typing import Any, Literal

import pandas as pd
from pydantic import Field

from oj.facts.datapackage import read_table
from oj.facts.editions import data_folder, edition_folder, editions, label_of
from oj.facts.kept import kept
from oj.facts.yaml_file import read_yaml
from oj.words.errors import UserError
from oj.words.models import Strict, in_order, made

UNKNOWN = "vet-ej"  # the answer ”Vet ej”, which some counts may have
TENURES = {  # how long a social worker has been a case worker, and the question that counts them
    "mindre än 1 år": "personal.under-ett-ar",
    "1–2 år": "personal.ett-till-tva-ar",
    "3–5 år": "personal.tre-till-fem-ar",
    "mer än 5 år": "personal.mer-an-fem-ar",
}
Kind = Literal["choice", "number", "text"]


class Question(Strict):
    """One question: its id, its words, its alternatives as code and label, and where in the source it stands."""

    id: str
    section: str
    title: str
    text: str
    about: str
    passage: str
    kind: Kind = "choice"
    alternatives: dict[str, str] = Field({})
    from_register: bool = False  # from a register, not asked of the municipality


class Rule(Strict):
    """How answers become one or more indicators: the function's name, its questions, and the rule in words."""

    rule: str
    name: str
    indicators: list[str]
    inputs: dict[str, str | list[str]]
    formula: str
    says: str
    passage: str
    codes: dict[str, list[str]] = Field({})  # the alternatives of every question; of the questions, not of the file

    def questions(self, indicator: str) -> dict[str, str | list[str]]:
        """Return the ids of an indicator's questions by role; an agreement's `possible` are the first one's codes."""
        found = self._ids(indicator)
        is_agreement = self.rule == "current-corrected" and self.codes
        return found | ({"possible": self.codes[str(found["exists"])]} if is_agreement else {})

    def reads(self, indicator: str) -> list[str]:
        """Return the ids of all the questions that the rule reads for one of its indicators."""
        roles = self._ids(indicator).values()
        return [one for ids in roles for one in ([ids] if isinstance(ids, str) else ids)]

    def _ids(self, indicator: str) -> dict[str, str | list[str]]:
        return {
            role: [named(one, indicator) for one in ids] if isinstance(ids, list) else named(ids, indicator)
            for role, ids in self.inputs.items()
        }


class Check(Strict):
    """One thing that cannot be: a part larger than its whole, parts that do not add up, answers that quarrel."""

    kind: Literal["part", "sum", "contradiction"]
    says: str
    parts: list[str] = Field([])
    whole: str = ""
    when: dict[str, list[str]] = Field({})

    @property
    def questions(self) -> list[str]:
        """The questions that the check reads, the one it is told at first."""
        return [*self.when, *self.parts, *filter(None, [self.whole])]


def questions(edition: str = "", folder: Path | None = None) -> dict[str, Question]:
    """Return the survey's questions by id, in order; raise UserError where there are none or the file is wrong."""
    folder = folder or data_folder()
    return dict(_questions(folder, edition))


def rules(edition: str = "", folder: Path | None = None) -> list[Rule]:
    """Return the rules of an edition in the report's order; raise UserError where there are none."""
    folder = folder or data_folder()
    return list(_rules(folder, edition))


def checks(edition: str = "", folder: Path | None = None) -> list[Check]:
    """Return the logical review's checks of an edition; raise UserError where there are none or one is wrong."""
    folder = folder or data_folder()
    return list(_checks(folder, edition))


def asked_indicators(edition: str = "", folder: Path | None = None) -> set[str]:
    """Return the indicators that municipalities' own answers decide, not registers."""
    known = questions(edition, folder)
    listed = {name: rule.reads(name) for rule in rules(edition, folder) for name in rule.indicators}
    return {name for name, ids in listed.items() if not any(known[one].from_register for one in ids)}


def worked_cases(folder: Path | None = None) -> pd.DataFrame:
    """Return the worked cases, one row each: what is answered, what comes out, and why; an empty text is ""."""
    return read_table("worked-cases", folder).fillna(dict.fromkeys(("indicator", "answers", "last_year"), ""))


def case_answers(text: str, indicator: str) -> dict[str, str]:
    """Return a worked case's answers by question, for one of its rule's indicators.

    >>> case_answers(".finns=ja; .foljd-upp=ny", "rutin-missbruk")
    {'rutin-missbruk.finns': 'ja', 'rutin-missbruk.foljd-upp': 'ny'}
    """
    pairs = (pair.partition("=") for pair in text.split("; ") if pair)
    return {named(f"{{indicator}}{name}" if name.startswith(".") else name, indicator): told for name, _, told in pairs}


def named(question: str, indicator: str) -> str:
    """Return a question's id where it is written for any of a rule's indicators, or of their groups.

    >>> named("placerade-{group}.behoriga", "behoriga-fodda-i-sverige")
    'placerade-fodda-i-sverige.behoriga'
    """
    return question.format(indicator=indicator, group=indicator.partition("-")[2])


@kept
def _questions(folder: Path, edition: str) -> dict[str, Question]:
    described, label = _described(folder, edition, "questions.yml")
    known: dict[str, Question] = {}
    with in_order(label, "en enkät"):
        for section in described["sections"]:
            for entry in _expanded(section):
                alternatives = described["alternatives"].get(entry.pop("alternatives", None), {})
                if entry.get("kind") == "number":
                    alternatives = described["alternatives"]["antal"]
                question = made(Question, {**entry, "alternatives": alternatives}, label, [str(entry.get("id"))])
                if question.id in known:
                    raise UserError(f"{label}: frågan ”{question.id}” finns två gånger.")
                known[question.id] = question
    return known


def _expanded(section: dict[str, Any]) -> list[dict[str, Any]]:
    """Return a section's questions, each once for every part that it is asked for."""
    shared = {key: " ".join(str(section[key]).split()) for key in ("section", "title", "passage", "about")}
    shared["from_register"] = section.get("from_register", False)
    parts = section.get("for", {"": ""})
    return [
        {**shared, **entry, **{key: entry[key].format(part=part, name=name) for key in ("id", "text")}}
        for part, name in parts.items()
        for entry in section["questions"]
    ]


@kept
def _rules(folder: Path, edition: str) -> list[Rule]:
    described, label = _described(folder, edition, "rules.yml")
    with in_order(label, "regler"):
        found = [made(Rule, entry, label, [str(at)]) for at, entry in enumerate(described, 1)]
    known = questions(edition, folder)
    asked = [(rule.name, one) for rule in found for name in rule.indicators for one in rule.reads(name)]
    for name, one in asked:
        if one not in known:
            raise UserError(f"{label}: regeln ”{name}” läser frågan ”{one}”, som inte finns.")
    codes = {name: list(question.alternatives) for name, question in known.items()}
    return [rule.model_copy(update={"codes": codes}) for rule in found]


def _described(folder: Path, edition: str, name: str) -> tuple[Any, str]:
    """Return what one of the survey's files holds, and how it is called."""
    path = edition_folder(folder, edition) / "survey" / name
    if not path.is_file():
        known = [year for year, home in editions(folder).items() if (home / "survey").exists()]
        raise UserError(f"Det finns ingen enkät för utgåvan {edition}. Enkäter finns för: {', '.join(known)}.")
    return read_yaml(path, label_of(path)), label_of(path)


@kept
def _checks(folder: Path, edition: str) -> list[Check]:
    described, label = _described(folder, edition, "review.yml")
    with in_order(label, "en granskning"):
        found = [
            _check(kind, entry, part, label)
            for kind, name in (("part", "parts"), ("sum", "sums"), ("contradiction", "contradictions"))
            for entry in described[name]
            for part in entry.get("for", [""])
        ]
    known = questions(edition, folder)
    unknown = [name for check in found for name in check.questions if name not in known]
    if unknown:
        raise UserError(f"{label} nämner frågan ”{unknown[0]}”, som inte finns.")
    return found


def _check(kind: str, entry: dict[str, Any], part: str, label: str) -> Check:
    named = entry["part"].split(" + ") if kind == "part" else entry.get("parts", [])
    values = {
        "kind": kind,
        "says": entry["says"],
        "parts": [name.format(part=part) for name in named],
        "whole": entry.get("whole", "").format(part=part),
        "when": {name.format(part=part): answers for name, answers in entry.get("when", {}).items()},
    }
    return made(Check, values, label, [str(entry["says"])])
