"""What is asked of in several domains, such as follow-up: the themes of `themes.yml`, each with patterns of titles."""

import re
from pathlib import Path

from pydantic import BaseModel, ConfigDict, TypeAdapter

from oj.facts.editions import label_of, root_of
from oj.facts.kept import kept
from oj.facts.yaml_file import read_yaml, validated
from oj.words.errors import DataError, Fault

FILE = "themes.yml"
NO_PATTERN = "är inget mönster: se efter att varje parentes och klammer har ett slut"
RULES = {
    "name": "ska vara text",
    "description": "ska vara text: vad frågorna gäller, efter ordet Frågorna gäller",
    "titles": "ska vara en lista av mönster, varav ett finns i titeln på varje fråga som hör till temat",
}


class Theme(BaseModel):
    """A theme: its name, what its questions are about, and patterns of which a title of such a question has one."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    name: str
    description: str
    titles: list[str]


def themes(folder: Path | None = None) -> dict[str, Theme]:
    """Return the themes by id, none where the file is lacking; raise DataError with every fault.

    >>> themes()["sip"].name
    'Samordnad individuell plan (SIP)'
    """
    return _read(root_of(folder))


def theme_of(title: str, folder: Path | None = None) -> str:
    """Return the theme of a question by its title: the first that has a pattern in it, "" where none has.

    >>> theme_of("Aktuell rutin för information om SIP"), theme_of("Social jourverksamhet")
    ('sip', '')
    """
    known = themes(folder).items()
    return next((name for name, one in known if any(re.search(form, title, re.I) for form in one.titles)), "")


@kept
def _read(root: Path) -> dict[str, Theme]:
    path = root / FILE
    if not path.exists():
        return {}
    label = label_of(path)
    known = validated(TypeAdapter(dict[str, Theme]), read_yaml(path, label) or {}, label, RULES)
    forms = [(f"{name}.titles", form) for name, one in known.items() for form in one.titles]
    if faults := [Fault(label, None, column, form, NO_PATTERN) for column, form in forms if not _is_pattern(form)]:
        raise DataError(faults)
    return known


def _is_pattern(form: str) -> bool:
    try:
        re.compile(form)
    except re.error:
        return False
    return True
