"""What is read of a file: results and problems, each with where it stands."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from oj.facts.catalog import Indicator
from oj.facts.editions import Domain
from oj.facts.places import Place
from oj.sources.files.cells import Cell
from oj.sources.terms.cells import Unit
from oj.sources.terms.legend import Legend
from oj.sources.terms.match import Known
from oj.sources.terms.places import Names
from oj.words.errors import UserError, shortened
from oj.words.swedish import listing

NONE = float("nan")
MOST_UNKNOWN = 400  # rows; there are 290 municipalities
MOST_PROBLEMS = 2_000


@dataclass(frozen=True)
class Spot:
    """Where something stands: its sheet, row and column (0 the first, None for the whole row)."""

    sheet: str
    row: int
    column: int | None = None


@dataclass(frozen=True)
class Result:
    """One result as read: shares 0-1; `shown` is what its cell shows."""

    spot: Spot
    indicator: str
    place: str
    value: float = NONE
    answer: str = ""
    status: str = "observed"
    numerator: float = NONE
    denominator: float = NONE
    shown: str = ""


@dataclass(frozen=True)
class Problem:
    """What cannot be read or cannot be so, with the value seen, the Swedish rule, and what it is about.

    `detail` quotes the cell: it is told to the one who imports, never in a report.
    """

    spot: Spot
    value: str
    rule: str
    indicator: str = ""
    place: str = ""
    heading: str = ""
    detail: str = ""


@dataclass(frozen=True)
class Line:
    """What a table says of an indicator and a place, and where.

    `value` is the cell of its number, `said` all cells that may say something, `shown` what they show; `beside` are the
    texts of its status, its unit, its numerator and its denominator, as far as it has them, and `columns` where all is.
    """

    spot: Spot
    item: Indicator
    place: Place
    value: Cell
    said: Sequence[Cell]
    shown: str
    beside: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, int] = field(default_factory=dict)


class TooManyError(Exception):
    """More problems than anybody mends by hand: what was read so far has these."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems, self.most = tuple(problems), MOST_PROBLEMS
        super().__init__(len(problems))


def refuse_more(problems: Sequence[Problem]) -> None:
    """Raise TooManyError where there are more problems than are collected: the rest of the file is not read."""
    if len(problems) % 100 == 0:  # what is unknown is looked for among all that is known, which takes its time
        refuse_many(dict.fromkeys(one.value for one in problems if not one.indicator))
    if len(problems) > MOST_PROBLEMS:
        raise TooManyError(problems)


def refuse_many(values: Collection[str]) -> None:
    """Raise UserError where so many rows are about what is not known that the table is about something else."""
    if len(values) > MOST_UNKNOWN:
        first = listing([f"”{shortened(one)}”" for one in list(values)[:3]])
        raise UserError(
            f"Tabellen har fler än {MOST_UNKNOWN} rader vars plats eller indikator inte är känd, till exempel {first}. "
            "Den gäller alltså något annat. Kontrollera filen."
        )


@dataclass
class TableRead:
    """What was read of a sheet: results, problems, and for the one who looks: places, filled cells and what was not."""

    sheet: str
    results: list[Result] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    filled: dict[str, int] = field(default_factory=dict)
    empty: dict[str, int] = field(default_factory=dict)
    unread: list[tuple[int, str]] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)  # rows of each county that was not asked for
    skipped: list[tuple[int, Place]] = field(default_factory=list)  # municipalities' rows that the layout skips
    refused: bool = False  # whether the whole sheet is in doubt, so that nothing of it is read
    kinds: Counter[str] = field(default_factory=Counter)  # how many rows have a place that is wrong, by its kind


@dataclass(frozen=True)
class Facts:
    """What a file is read against: the catalog, the places, and what was asked for and what the file says of itself.

    `county` is the code of the county that it is about or "", `is_asked` whether somebody asked for just that one.
    """

    known: Known
    names: Names
    domain: Domain
    file: str
    county: str = ""
    is_asked: bool = False
    edition: str = ""
    says_edition: bool = False  # whether some sheet says the edition
    file_text: str = ""  # the file's name as words
    told: Sequence[str] = ()  # the titles of every sheet
    is_text: bool = False
    legend: Legend = field(default_factory=dict)
    template: str = ""  # the edition of our own template, where the file is one

    @property
    def indicators(self) -> Mapping[str, Indicator]:
        """The indicators by id."""
        return self.known.indicators
