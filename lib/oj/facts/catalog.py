"""What is measured: the indicators with everything their fact sheets say, and how they are grouped.

An edition's `indicators/<area>.yml` hold families of indicators. Siblings share a description, as in the
source; an indicator says only what is its own. Areas, tables and sub-areas are in CSV files.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, ValidationError, model_validator

from oj.facts.datapackage import read_table
from oj.facts.editions import asking_editions, data_folder, edition_folder, is_edition, label_of
from oj.facts.kept import kept, kept_by_content
from oj.facts.yaml_file import read_yaml
from oj.words.days import Moment, MomentIfAny
from oj.words.errors import DataError, Fault, UserError, nearest
from oj.words.frames import as_records
from oj.words.models import Break, rule_of
from oj.words.vocabulary import ANSWER_SCALES, Kind, Polarity, PublishedLevel, Scale, answer_words, refuse_answers

DECIMALS = {"share": 0, "hours-per-week": 1, "ratio": 0, "yes-no": 0, "yes-partly-no": 0}


class Indicator(BaseModel):
    """One indicator or background measure; the texts are Swedish, `measured_on` is ISO dates or intervals."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    id: str
    title: str
    short: str
    phrase: str
    area: str  # not written: that of its sub-area
    subarea: str
    table: str  # not written: that of its sub-area
    family: str
    name: str
    kind: list[Kind]
    scale: Scale
    polarity: Polarity
    levels: list[PublishedLevel]
    measured_on: list[Moment]
    target: str
    purpose: str
    question: str
    rule: str
    errors: str
    answers: list[str] = []  # the words of its steps from Ja, where they are not Ja, Delvis, Nej
    letter: str = ""
    new: bool = False
    comparable_since: MomentIfAny = ""  # ISO date: earlier measurements asked something else
    breaks: list[Break] = []  # as a workbook, or a person, has told of an edition that workbooks made
    breaks_answered: bool = False  # a person has said which they are
    decimals: int = 0  # where it is not written as its scale has
    protected: bool = False  # about persons in registers: few of them are hidden
    fractions: list[Literal["numerator", "denominator"]] = []  # in full-time equivalents or hours; persons are whole
    parts: list[str] = []  # the indicators whose counts add up to this one's
    confirmed: bool = False  # a person has said which question it is, where a workbook made its edition
    nested_in: str = ""  # the indicator that everyone of this one is in too: five years is also three

    @model_validator(mode="after")
    def _words_are_those_of_the_scale(self) -> Self:
        if self.answers:
            refuse_answers(self.answers, ANSWER_SCALES.get(self.scale, ()))
        return self

    @property
    def is_answer(self) -> bool:
        """True where a municipality answers with a step of a scale; its county and nation then have shares of Ja."""
        return self.scale in ANSWER_SCALES

    @property
    def answer_words(self) -> dict[str, str]:
        """What can be answered, as it is read, by its code and from Ja: {"yes": "Ja", "no": "Nej"}."""
        return answer_words(ANSWER_SCALES.get(self.scale, ()), self.answers)

    @property
    def is_described(self) -> bool:
        """True where it is written what it is for, how it is asked or what an answer means."""
        return bool(self.purpose or self.question or self.rule)

    @property
    def is_background(self) -> bool:
        """True for a measure of the conditions, which is no indicator of quality."""
        return self.kind == ["bakgrund"]


def indicators(folder: Path | None = None) -> dict[str, Indicator]:
    """Return every indicator that an edition asks by id, in the order of the report; raise DataError with every fault.

    >>> len(indicators()), indicators()["bbic-licens"].area
    (52, 'saker')
    """
    return _read(edition_folder(folder))


def indicators_by_edition(folder: Path | None = None) -> dict[str, dict[str, Indicator]]:
    """Return the indicators of every edition of a domain whose questions are described.

    >>> {year: len(known) for year, known in indicators_by_edition().items()}
    {'2015': 52}
    """
    return {year: indicators(path) for year, path in asking_editions(folder).items()}


def is_drafted(home: Path) -> bool:
    """Return whether an edition's questions are lacking, or were made by workbooks: it has no results of its own."""
    return not (home / "results").is_dir()


def drafted(folder: Path | None = None) -> dict[str, Path]:
    """Return the editions of a domain that workbooks have made, by year."""
    return {year: path for year, path in asking_editions(folder).items() if is_drafted(path)}


def every_indicator(folder: Path | None = None) -> dict[str, Indicator]:
    """Return the indicators of all editions of a domain by id, each as the last edition that asks it describes it."""
    return _last(indicators_by_edition(folder))


def _last(described: Mapping[str, dict[str, Indicator]]) -> dict[str, Indicator]:
    return {name: item for known in described.values() for name, item in known.items()}


def known_indicators(folder: Path | None = None) -> dict[str, Indicator]:
    """Return the indicators that a folder of facts knows: an edition's own, and what only others of its domain ask."""
    own = indicators(folder) if is_edition(folder or data_folder()) else {}
    return {**every_indicator(folder), **own}


def indicators_in(years: Iterable[str], folder: Path | None = None) -> dict[tuple[str, str], Indicator]:
    """Return the indicators of some editions by (edition, id).

    Where an edition's questions are not described, each is as the last edition that asks it describes it.

    >>> indicators_in(["2014", "2015"])["2014", "bbic-licens"].area
    'saker'
    """
    described = indicators_by_edition(folder)
    every = _last(described)
    return {(year, name): item for year in years for name, item in described.get(year, every).items()}


@kept
def _read(folder: Path) -> dict[str, Indicator]:
    subareas, areas = (read_table(name, folder) for name in ("subareas", "areas"))
    files = [(label_of(path), path) for path in sorted((folder / "indicators").glob("*.yml"))]
    entries = [(label, entry) for label, path in files for entry in _entries(path, label)]
    return _made(subareas, areas, entries, label_of(folder))


@kept_by_content
def _made(subareas: Any, areas: Any, entries: list[tuple[str, Any]], home: str) -> dict[str, Indicator]:
    rows, known = as_records(subareas), dict[str, Indicator]()
    placed, faults = {row["subarea"]: row for row in rows}, _shared_names(rows, {*areas["area"]}, home)
    for label, entry in entries:
        indicator = _indicator(entry, placed, label, faults)
        if indicator and indicator.id in known:
            faults.append(Fault(label, None, "id", indicator.id, "finns redan"))
        elif indicator:
            known[indicator.id] = indicator
    if faults or (faults := _unknown_parts(known, f"{home}/indicators")):
        raise DataError(faults)
    if not known:
        raise UserError(f"{home}/indicators/ har inga indikatorer.")
    return {item.id: item for item in sorted(known.values(), key=lambda item: placed[item.subarea]["order"])}


def _shared_names(subareas: list[dict[str, Any]], areas: set[str], home: str) -> list[Fault]:
    """Return a fault for each table and sub-area that is called as an area: a choice by that name would be of both."""
    rule = "är också ett områdes namn i areas.csv; ge det ett annat"
    return [
        Fault(f"{home}/subareas.csv", at + 2, column, row[column], rule)
        for at, row in enumerate(subareas)
        for column in ("subarea", "table")
        if row[column] in areas
    ]


def _unknown_parts(known: dict[str, Indicator], label: str) -> list[Fault]:
    return [
        Fault(label, None, f"{item.id}: {field}", part, f"okänd indikator.{nearest(part, known)}")
        for item in known.values()
        for field, parts in (("parts", item.parts), ("nested_in", [item.nested_in] if item.nested_in else []))
        for part in parts
        if part not in known
    ]


def _entries(path: Path, label: str) -> list[dict[str, Any]]:
    """Return a file's indicators, each with what it inherits from its family."""
    families = read_yaml(path, label)
    try:
        return [
            {**{key: value for key, value in family.items() if key != "indicators"}, **own}
            for family in families
            for own in family["indicators"]
        ]
    except (KeyError, TypeError, AttributeError) as error:
        raise UserError(f"{label} ska vara en lista av familjer, var och en med en lista indicators.") from error


def _indicator(entry: dict[str, Any], placed: dict[Any, Any], label: str, faults: list[Fault]) -> Indicator | None:
    """Return the entry as an Indicator, or None with what was wrong added to `faults`."""
    wanted = str(entry.get("subarea"))
    subarea = placed.get(wanted)
    if subarea is None:
        faults.append(Fault(label, None, "subarea", wanted, f"okänt delområde.{nearest(wanted, placed)}"))
        return None
    texts = {key: " ".join(value.split()) for key, value in entry.items() if isinstance(value, str)}
    decimals = DECIMALS.get(str(entry.get("scale", "")), 0)
    try:
        defaults = {"area": subarea["area"], "table": subarea["table"], "decimals": decimals}
        return Indicator.model_validate({**defaults, **entry, **texts})
    except ValidationError as error:
        for detail in error.errors():
            field = ": ".join(map(str, (entry.get("id"), *detail["loc"][:1])))
            value = "" if detail["type"] == "missing" or not detail["loc"] else str(detail["input"])[:40]
            faults.append(Fault(label, None, field, value, rule_of(detail, dict.fromkeys(Indicator.model_fields, ""))))
        return None


def in_subarea(subarea: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one sub-area, in order; raise UserError for an unknown one."""
    return _where("subarea", subarea, folder)


def in_table(table: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one table, in order; raise UserError for an unknown one."""
    return _where("table", table, folder)


def in_area(area: str, folder: Path | None = None) -> list[Indicator]:
    """Return the indicators of one area, in order; raise UserError for an unknown one.

    >>> len(in_area("samordning"))
    19
    """
    return _where("area", area, folder)


def _where(field: str, value: str, folder: Path | None) -> list[Indicator]:
    found = [item for item in indicators(folder).values() if getattr(item, field) == value]
    if not found:
        allowed = list(dict.fromkeys(getattr(item, field) for item in indicators(folder).values()))
        raise UserError(f"Okänt värde ”{value}”.{nearest(value, allowed)} Tillåtna: {', '.join(allowed)}.")
    return found
