"""What is to be asked of editions that workbooks made: which questions are known, are like an earlier one, or new."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from oj.facts.catalog import Indicator, drafted, indicators, indicators_by_edition
from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, domain_folder
from oj.facts.questions import Question, questions
from oj.sources.asking.likeness import differing, like
from oj.sources.draft.draft import years_told
from oj.sources.terms.known import measure_of
from oj.sources.terms.words import squeezed, without_unit
from oj.words.vocabulary import Scale

State = Literal["known", "like", "new"]
SAME_BUT_YEAR = "Inget, men den frågan är känd {}. Välj ny fråga om den inte är densamma."
NO_BREAK = "Inget känt."
NEARLY = 0.1  # how much less like than the most like a question may be, and be about as like
READ_AS = {"share": "andel i procent", "hours-per-week": "timmar i veckan", "ratio": "tal"}


@dataclass(frozen=True)
class Candidate:
    """A question of the domain that another may be the same as: its last title, its answers, the years it is known of.

    `years` are those when an edition asks it; `asked` is how that is told, also where it is only known of the survey.
    """

    id: str
    title: str
    scale: Scale
    answers: tuple[str, ...]
    years: tuple[str, ...]
    asked: str


@dataclass(frozen=True)
class Asked:
    """A question of editions that workbooks made: its years, and what it may be the same as, the most like first."""

    item: Indicator
    area: str
    years: tuple[str, ...]
    state: State
    choices: tuple[Candidate, ...] = ()

    @property
    def nearest(self) -> Candidate | None:
        """The earlier question that it resembles most, None where it resembles none."""
        return self.choices[0] if self.state == "like" else None

    @property
    def proposed(self) -> Candidate | None:
        """The known question of the survey that it is word for word, in a year that it is not known of; else None."""
        near = self.nearest
        return near if near and not near.years and _is_word_for_word(self.item.title, near.title) else None

    @property
    def read_as(self) -> str:
        """What its cells are read as, in Swedish: Ja/Delvis/Nej, or what its numbers are."""
        return " / ".join(self.item.answer_words.values()) or READ_AS[self.item.scale]

    @property
    def breaks(self) -> str:
        """The breaks that are known in its series, with why, in Swedish."""
        return " ".join(f"{one.year}: {one.reason}" for one in self.item.breaks) or NO_BREAK

    @property
    def differing(self) -> str:
        """The words that tell it from the nearest earlier question, "" where there is none."""
        if self.proposed:
            return SAME_BUT_YEAR.format(self.proposed.asked)
        return differing(self.nearest.title, self.item.title) if self.nearest else ""


def asked_of(home: Path, years: Iterable[str], of: Collection[str] = ()) -> list[Asked]:
    """Return the questions of a domain's editions of some years that workbooks made, in the order of the last one.

    With `of` only those with these ids.
    """
    own, others = drafted(home), candidates(home)
    sure = known_ids(home)
    found: dict[str, Indicator] = {}
    for year in sorted(set(years) & set(own), reverse=True):
        found |= {name: item for name, item in indicators(own[year]).items() if name not in found}
    return [_asked(item, home, sure, others) for name, item in found.items() if not of or name in of]


def open_in(domain: str) -> list[Asked]:
    """Return the questions of a domain that nobody has answered yet."""
    home = domain_folder(domain=domain)
    return [one for one in asked_of(home, drafted(home)) if one.state != "known"]


def known_ids(home: Path) -> set[str]:
    """Return the questions that need no answer: of editions that are written, of the survey, and those answered."""
    own, found = drafted(home), set(questions(home))
    for year, known in indicators_by_edition(home).items():
        found |= {name for name, item in known.items() if year not in own or item.confirmed}
    return found


def candidates(home: Path) -> dict[str, Candidate]:
    """Return every question of a domain, by its id: those of all its editions, and those known of its survey."""
    every = indicators_by_edition(home)
    years: dict[str, list[str]] = {}
    last: dict[str, Indicator] = {}
    for year, known in every.items():
        for name, item in known.items():
            years.setdefault(name, []).append(year)
            last[name] = item
    survey = {name: _of_survey(one) for name, one in questions(home).items() if name not in last}
    return survey | {
        name: Candidate(
            name, item.title, item.scale, tuple(item.answer_words.values()), tuple(years[name]), years_told(years[name])
        )
        for name, item in last.items()
    }


def _of_survey(one: Question) -> Candidate:
    first, last = one.first_edition, one.last_edition
    told = f"{first}–{last}" if first and last else f"från {first}" if first else f"till och med {last}"
    told = told if first or last else "känd fråga i enkäten"
    return Candidate(one.id, one.title, measure_of(one).scale, one.answers, (), told)


def _asked(item: Indicator, home: Path, sure: set[str], others: Mapping[str, Candidate]) -> Asked:
    years, names = others[item.id].years, _area_names(home, others[item.id].years[-1])
    if item.id in sure:
        return Asked(item, names[item.area], years, "known")
    scores = {one.id: like(item.title, one.title) for one in others.values() if may_be_same(item, one, years) is None}
    choices = tuple(others[name] for name in ranked(item.title, scores, others, max(years)))
    state: State = "like" if choices and scores[choices[0].id] else "new"
    return Asked(item, names[item.area], years, state, choices)


def _is_word_for_word(one: str, other: str) -> bool:
    return squeezed(without_unit(one)) == squeezed(without_unit(other))


def ranked(title: str, scores: Mapping[str, float], others: Mapping[str, Candidate], year: str) -> list[str]:
    """Return ids of questions, those first that one of a year is likeliest the same as.

    It is the one in the same words; else of those about as like as the most like the one that was asked last before it,
    so that one of a workbook's own years goes before one that was asked long ago.
    """
    best = max(scores.values(), default=0.0)

    def order(name: str) -> tuple[bool, int, float, str, str]:
        one = others[name]
        is_near = scores[name] > 0 and best - scores[name] <= NEARLY
        last = max((int(own) for own in one.years if own < year), default=0) if is_near else 0
        return not _is_word_for_word(title, one.title), -last, -scores[name], squeezed(one.title), name

    return sorted(scores, key=order)


def _area_names(home: Path, year: str) -> dict[str, str]:
    table = read_table("areas", asking_editions(home)[year])
    return {str(row["area"]): str(row["name"]) for row in table.to_dict("records")}


def may_be_same(item: Indicator, other: Candidate, years: Sequence[str]) -> str | None:
    """Return in Swedish why a question of some years cannot be the same as another, None where it can.

    Two of one year are two questions, one that came later is no earlier one, and other answers make no series.
    """
    if item.id == other.id:
        return "är frågan själv"
    if both := sorted(set(years) & set(other.years)):
        return f"frågas också {years_told(both)}, bredvid den här"
    if other.years and min(other.years) > max(years):
        return f"frågades första gången {min(other.years)}, efter den här"
    words = [*map(squeezed, item.answer_words.values())]
    if not set(words) <= {*map(squeezed, other.answers)} or bool(words) != bool(other.answers):
        first, last = (" / ".join(one) or "tal" for one in (list(item.answer_words.values()), other.answers))
        return f"har andra svar: {last}, och den här {first}"
    return None
