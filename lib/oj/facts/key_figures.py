"""The key figures that are fetched from Kolada: what each one is, and what Kolada must say it is.

A domain's `key_figures.yml` holds families of key figures, and what stands above their tables. Kolada re-uses ids,
changes codings and withdraws key figures, so the title, whether women and men are divided and the coding of answers are
pinned there.
"""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from oj.facts.editions import domain_folder, domains, label_of
from oj.facts.kept import kept
from oj.facts.yaml_file import read_yaml
from oj.words.errors import DataError, Fault, UserError, nearest
from oj.words.models import Break, rule_of
from oj.words.vocabulary import ANSWERS, Answer, Polarity, answer_words, refuse_answers

FILE = "key_figures.yml"
Unit = Literal["percent", "per-1000", "days", "persons", "answer", "answers", "kr-per-inhabitant"]
LONGEST_NAME = 30
_STRICT = ConfigDict(extra="forbid", frozen=True, strict=True)


class KeyFigure(BaseModel):
    """One key figure; the texts are Swedish, `title` is Kolada's own, `coding` is empty for numbers."""

    model_config = _STRICT

    id: str
    kolada: str
    title: str
    name: str
    phrase: str
    area: str
    table: str
    unit: Unit
    decimals: int
    polarity: Polarity
    gendered: bool
    young: bool = False
    question: str
    source: str
    caution: str
    first_year: int
    breaks: list[Break] = []
    coding: dict[str, Answer] = {}
    answers: list[str] = []  # the words that Kolada's title has for Ja, Delvis and Nej, where they are others
    regions: bool = False  # Kolada has values for regions too, which are then the county's
    asked: str = ""  # whose answers, before the name where it stands among those of other tables
    of_survey: bool = False  # about a survey, as how many answered: shown, but never told of as high or low
    counted_by: str = ""  # the key figure that is how many answered
    lowest: float = 0.0  # the least that a value can be
    mapped: bool = False  # among those that the overview shows on a map
    nought_is_real: bool = False  # else a sudden nought is mostly a report that was not sent, and is no change

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        if len(self.name) > LONGEST_NAME:
            raise ValueError(f"name är längre än {LONGEST_NAME} tecken")
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", self.id):
            raise ValueError("id ska ha formen ord-ord")
        if not re.fullmatch(r"[NU]\d{5}", self.kolada):
            raise ValueError("kolada ska ha formen N12345 eller U12345")
        if self.answers:
            refuse_answers(self.answers, ANSWERS)
        if self.coding != coding_in(self.title, self.answers) or bool(self.coding) != (self.unit == "answer"):
            raise ValueError("coding är inte den som titeln säger")
        return self

    @property
    def is_answer(self) -> bool:
        """True where a municipality's value is the code of Ja, Delvis or Nej, as `coding` says."""
        return self.unit == "answer"

    @property
    def answer_words(self) -> dict[str, str]:
        """What can be answered, as it is read, by its code."""
        return answer_words(ANSWERS, self.answers)


def coding_in(title: str, answers: Sequence[str] = ()) -> dict[str, str]:
    """Return the coding that a title of Kolada's tells, in the words of `answers` or the usual; else an empty one.

    >>> coding_in("Socialjour, (Ja=1, Nej=0) (-2021)"), coding_in("Invånare, antal")
    ({'1': 'yes', '0': 'no'}, {})
    """
    codes = {word: answer for answer, word in answer_words(ANSWERS, answers).items()}
    words = "|".join(map(re.escape, codes))
    return {code: codes[word] for word, code in re.findall(rf"\b({words})\s*=\s*(\d+)", title)}


def same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same but for how many spaces they have.

    >>> same_title("IFO  - helhetssyn", "IFO - helhetssyn ")
    True
    """
    return one.split() == other.split()


class Withdrawn(BaseModel):
    """A key figure that Kolada no longer has: why it is not asked for, and where what it told of is found instead.

    `asked_as` are the indicators of the domain's editions that asked the same.
    """

    model_config = _STRICT

    id: str
    kolada: str
    title: str
    reason: str
    instead: str
    last_year: int | None = None
    asked_as: list[str] = []


class Catalogue(BaseModel):
    """The whole file: which groups are asked for, the report's areas, each table's heading and charts, and families."""

    model_config = _STRICT

    peer_groups: list[str]
    nation: str = "vägt efter kommunernas storlek"  # what Kolada's own figure of the nation is
    areas: dict[str, str]
    tables: dict[str, str]
    charts: dict[str, list[Literal["lines", "pairs"]]] = {}
    families: list[dict[str, Any]]
    withdrawn: list[dict[str, Any]] = []

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The key figures, each with what it inherits from its family."""
        return _inherited(self.families)

    @property
    def gone(self) -> list[Withdrawn]:
        """The key figures that Kolada has withdrawn."""
        return [Withdrawn.model_validate(one) for one in _inherited(self.withdrawn)]


def _inherited(families: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        {**{key: value for key, value in family.items() if key != "key_figures"}, **own}
        for family in families
        for own in family["key_figures"]
    ]


def is_fetched_for(folder: Path | None = None) -> bool:
    """Return whether a domain has key figures that are fetched.

    >>> is_fetched_for()
    True
    """
    return (domain_folder(folder) / FILE).exists()


def catalogue(folder: Path | None = None) -> Catalogue:
    """Return the file of a domain's key figures; raise UserError where it has not what it should.

    >>> catalogue().tables["unga"], catalogue().areas["bakgrund"], len(catalogue().peer_groups)
    ('De ungas svar', 'Insatser och bakgrund', 9)
    """
    home = domain_folder(folder)
    if not is_fetched_for(home):
        known = ", ".join(name for name, one in domains(home).items() if is_fetched_for(one)) or "inga"
        told = f"Verksamhetsområdet {home.name} har inga nyckeltal ur Kolada: {label_of(home / FILE)} finns inte."
        raise UserError(f"{told} De som har: {known}.")
    content = read_yaml(home / FILE, FILE)
    try:
        read = Catalogue.model_validate(content)
        _ = read.entries, read.gone
        return read
    except (ValidationError, KeyError, TypeError) as error:
        raise UserError(
            f"{FILE} ska ha peer_groups, en lista av titlar, areas och tables, områdenas och tabellernas rubriker, "
            "och families, en lista av familjer, var och en med en lista key_figures; withdrawn, om den finns, likadan."
        ) from error


def key_figures(folder: Path | None = None) -> dict[str, KeyFigure]:
    """Return every key figure by id, in the order of the catalog; raise DataError with every fault.

    >>> key_figures()["placerade-hvb"].kolada, len([one for one in key_figures().values() if not one.is_answer])
    ('N33816', 69)
    """
    folder = domain_folder(folder)
    return _read(folder)


@kept
def _read(folder: Path) -> dict[str, KeyFigure]:
    content, taken = catalogue(folder), "är också ett områdes namn under areas; ge tabellen ett annat"
    faults = [Fault(FILE, None, "tables", name, taken) for name in content.tables if name in content.areas]
    known: dict[str, KeyFigure] = {}
    for entry in content.entries:
        told = {key: " ".join(text.split()) for key, text in entry.items() if isinstance(text, str) and key != "title"}
        one = _key_figure(entry | told, faults)
        if one and (one.id in known or one.kolada in {other.kolada for other in known.values()}):
            faults.append(Fault(FILE, None, "id", f"{one.id}, {one.kolada}", "finns redan"))
        elif one and (unplaced := _unplaced(one, content)):
            faults.append(unplaced)
        elif one:
            known[one.id] = one
    if faults:
        raise DataError(faults)
    return known


def _unplaced(one: KeyFigure, content: Catalogue) -> Fault | None:
    """Return that the area or the table of a key figure is none that the file has."""
    for kind, name in (("area", one.area), ("table", one.table)):
        if name not in (known := getattr(content, f"{kind}s")):
            return Fault(FILE, None, f"{one.id}: {kind}", name, f"står inte under {kind}s.{nearest(name, known)}")
    return None


def _key_figure(entry: dict[str, Any], faults: list[Fault]) -> KeyFigure | None:
    """Return the entry as a KeyFigure, or None with what was wrong added to `faults`."""
    try:
        return KeyFigure.model_validate(entry)
    except ValidationError as error:
        for detail in error.errors():
            where = ".".join(str(part) for part in detail["loc"])
            value = "" if detail["type"] in ("missing", "value_error") else str(detail["input"])[:40]
            faults.append(
                Fault(
                    FILE,
                    None,
                    f"{entry.get('id')}: {where}".rstrip(": "),
                    value,
                    rule_of(detail, dict.fromkeys(KeyFigure.model_fields, "")),
                )
            )
        return None
