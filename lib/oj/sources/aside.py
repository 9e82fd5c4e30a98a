"""Questions that are set aside: of an edition that workbooks made, and that none which is read in has any longer.

What a person has answered of them stands in `data/<domain>/aside/<edition>.yml`, until a workbook has them again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from oj.facts.catalog import Indicator
from oj.facts.editions import domain_folder, label_of
from oj.facts.yaml_file import read_yaml
from oj.words.errors import UserError

FOLDER, QUESTIONS, EDITION, AREA = "aside", "questions", "edition", "area"


@dataclass(frozen=True)
class Aside:
    """A question that is set aside: what it measures, its area's id and name, and all that its edition said of it."""

    item: Indicator
    area: tuple[str, str]
    entry: Mapping[str, Any]


def aside_file(home: Path, year: str) -> Path:
    """Return the file of what is set aside of an edition of a domain."""
    return domain_folder(home) / FOLDER / f"{year}.yml"


def set_aside(home: Path, year: str) -> dict[str, Aside]:
    """Return the questions of an edition that are set aside, by id; none where there is no such file.

    >>> from oj.facts.editions import domain_folder
    >>> set_aside(domain_folder(), "2015")
    {}
    """
    return {str(one["id"]): _aside(one, home, year) for one in _read(home, year).get(QUESTIONS, [])}


def said_of_edition(home: Path, year: str) -> dict[str, Any]:
    """Return what an edition that is gone said of itself, {} where nothing is kept."""
    return dict(_read(home, year).get(EDITION, {}))


def _read(home: Path, year: str) -> dict[str, Any]:
    path = aside_file(home, year)
    if not path.exists():
        return {}
    found = read_yaml(path, label_of(path))
    questions = found.get(QUESTIONS, []) if isinstance(found, dict) else None
    if not isinstance(questions, list) or not all(isinstance(one, dict) and "id" in one for one in questions):
        raise _broken(path)
    return dict(found)


def _aside(one: Mapping[str, Any], home: Path, year: str) -> Aside:
    try:
        area, name = one[AREA]
        entry = {key: value for key, value in one.items() if key != AREA}
        item = Indicator.model_validate({**entry, "area": area, "subarea": "", "table": ""})
    except (ValidationError, ValueError, KeyError, TypeError) as error:
        raise _broken(aside_file(home, year)) from error
    return Aside(item, (str(area), str(name)), entry)


def _broken(path: Path) -> UserError:
    told = "är skadad. Återställ den, eller ta bort den: då frågas det igen om frågorna"
    return UserError(f"{label_of(path)}, med svar om frågor som är borttagna, {told}.")
