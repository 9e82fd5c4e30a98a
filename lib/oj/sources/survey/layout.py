"""How the survey's workbook is laid out, for the one who writes it and the one who reads it back."""

import re
from pathlib import Path

from oj.facts.editions import domain_of
from oj.sources.survey.questions import Question, questions, rules
from oj.words import swedish

GUIDE, STAFF, LISTS = "Läs först", "Personal", "Alternativ"
COLUMNS = {"id": "id", "question": "Fråga", "answer": "Svar", "last_year": "Svaret året före", "comment": "Kommentar"}
STAFF_COLUMNS = {
    "place": "Kommun eller stadsdel",
    "degree": "Sysselsättningsgrad i procent",
    "hours": "Timmar i oktober (timavlönad)",
    "days_away": "Dagar ledig i oktober och november",
    "on_leave": "Tjänstledig",
    "qualified": "Socionom",
    "social_work": "Minst ett års socialt arbete",
    "tenure": "Erfarenhet i {field}",
}
YES_NO = {True: "Ja", False: "Nej"}
LIMITS = {"degree": 100.0, "hours": 744.0, "days_away": 61.0}  # October has 744 hours, October and November 61 days
STAFF_MARK = "personal"
MARK = re.compile(r"ÖJ (20\d\d) (\d{4}|\d{6}|personal)")


def staff_titles(folder: Path | None = None) -> dict[str, str]:
    """Return what stands over each column of the staff list, in the words of the domain."""
    field = domain_of(folder).field or "verksamheten"
    return {name: title.format(field=field) for name, title in STAFF_COLUMNS.items()}


def mark(edition: str, what: str) -> str:
    """Return what a sheet's first cell says, so that a sheet is known whatever it is called."""
    return f"ÖJ {edition} {what}"


def asked(edition: str, folder: Path | None = None) -> dict[str, Question]:
    """Return the questions that a municipality answers, by id: those not taken from a register."""
    return {name: one for name, one in questions(edition, folder).items() if not one.from_register}


def asked_of_last_year(edition: str, folder: Path | None = None) -> set[str]:
    """Return the ids of the questions whose answer the year before corrects this year's."""
    corrected = [rule for rule in rules(edition, folder) if rule.rule == "current-corrected"]
    return {str(rule.questions(indicator)["exists"]) for rule in corrected for indicator in rule.indicators}


def folded(text: str) -> str:
    """Return a text as it is compared: without case, kinds of dash, and more than single spaces.

    >>> folded("  Ej aktuellt,  1–2 ÅR ")
    'ej aktuellt, 1-2 år'
    """
    return swedish.folded(re.sub(r"[‐‑‒–—−]", "-", text))
