"""The editions that answers change while they are read in, what is found wrong of them, and known questions moved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from oj.sources.asking.answers import Answer, Answers
from oj.sources.asking.asked import Candidate
from oj.sources.asking.converted import Divided
from oj.sources.asking.form import ALL_YEARS, AREA, TITLE
from oj.sources.draft.draft import Draft
from oj.words.errors import Fault

ANSWERED = "Den som har läst in arbetsboken säger att åren före inte går att jämföra med."
NO_QUESTION = (
    "är ingen fråga i en utgåva som en arbetsbok har gjort. Skriv tillbaka frågan som den var, eller ta bort raden."
)


@dataclass
class Work:
    """The editions that are changed, what is known of earlier questions, and what is found wrong."""

    answers: Answers
    drafts: dict[str, Draft]
    earlier: Mapping[str, Candidate]
    targets: Mapping[str, str]
    faults: list[Fault] = field(default_factory=list)
    renamed: dict[str, dict[str, str]] = field(default_factory=dict)  # by year: the id that each question had
    divided: dict[str, dict[str, Divided]] = field(default_factory=dict)  # by year and id: what numbers are

    def chain(self, name: str) -> list[str]:
        """Return a question's id and those that it is in turn the same as; the last is what it is in the end."""
        found = [name]
        while (following := self.targets.get(found[-1], found[-1])) not in found:
            found.append(following)
        return found

    def entries(self, one: Answer) -> dict[str, dict[str, Any]]:
        """Return what is said of a question, by the editions that ask it by its title."""
        others = [row.id for row in self.answers.rows if row is not one]
        drafts = self.drafts.items()
        return {year: entry for year, draft in drafts if (entry := draft.called(one.title, one.id, others))}

    def outside(self, cell: str, value: str) -> None:
        """Say, once for a cell, that a number is none of the unit that is answered."""
        if not any(one.column == cell for one in self.faults):
            rule = "står bland talen, och är ingen sådan andel. Välj en annan enhet"
            self.faults.append(Fault(self.answers.file, None, cell, value.replace(".", ","), rule))

    def fault(self, one: Answer, column: str, value: str, rule: str) -> None:
        """Say that a cell cannot be so."""
        self.faults.append(Fault(self.answers.file, None, one.cells[column], value, rule))


def move_known(work: Work, one: Answer) -> None:
    """Let a known question be as is answered, in every edition that workbooks made: its area, and its years."""
    drafts = work.drafts.items()
    found = {year: entry for year, draft in drafts for _file, entry in draft.questions if entry["id"] == one.id}
    if not found:
        work.fault(one, TITLE, one.title, NO_QUESTION)
    said = {row.area[0]: row for row in work.answers.rows if row.area[0] and work.chain(row.id)[-1] == one.id}
    if one.area[0] and (other := next((row for area, row in said.items() if area != one.area[0]), None)):
        rule = f"är ett annat område än det som samma fråga får i {other.cells[AREA]}; töm en av rutorna"
        work.fault(one, AREA, one.area[1], rule)
    for year, entry in found.items():
        entry["confirmed"] = True
        say_since(one, entry, year)
        if one.area[0]:
            work.drafts[year].move(entry, *one.area)


def say_since(one: Answer, entry: dict[str, Any], year: str) -> None:
    """Let a question of an edition be compared from the year that is answered, whatever a workbook has told."""
    if one.since:
        is_broken = one.since != ALL_YEARS and one.since <= year
        entry["breaks"] = [{"year": int(one.since), "reason": ANSWERED}] if is_broken else []
        entry["breaks_answered"] = True
