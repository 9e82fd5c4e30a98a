"""What the columns of a report's table are, in Swedish: for the open data and for the workbook."""

import re
from functools import cache
from pathlib import Path
from typing import Any

from oj.facts.yaml_file import read_yaml
from oj.words.vocabulary import STATUSES

WORDED = ("level", "gender", "answer", "trend")  # columns whose values have a word beside them in columns.yml
PAIR = re.compile(r"(\w+) \((\w+)\)")  # yes (ja)
FOUND, CODED = "finns", " (observed)"
HEADING_ENDS = re.compile(r"[:;,(]")


@cache
def described() -> dict[str, tuple[str, str]]:
    """Return what every column that a table may have is, by its name."""
    found = read_yaml(Path(__file__).with_name("columns.yml"), "columns.yml")
    return {name: (kind, said) for name, (kind, said) in found.items()}


def description(name: str) -> tuple[str, str]:
    """Return a column's type and what it is; one that nobody has described is a text with its own name."""
    return described().get(name, ("string", name))


def in_swedish(name: str, value: Any, display: Any) -> Any:
    """Return a value of a column as it stands in a workbook, where `resultat.csv` has a word of its own for it.

    >>> in_swedish("level", "county", "53 %"), in_swedish("answer", "yes", "Ja"), in_swedish("status", "missing", "")
    ('län', 'Ja', 'bortfall')
    """
    if name == "answer":
        return display if value else value
    if isinstance(value, bool):
        return "ja" if value else "nej"
    if name == "status":
        return FOUND if value == "observed" else STATUSES[value].sign if value in STATUSES else value
    return _words(name).get(value, value) if name in WORDED else value


@cache
def _words(name: str) -> dict[str, str]:
    return dict(PAIR.findall(description(name)[1]))


def in_a_workbook(name: str) -> str:
    """Return what a column is, with the words that a workbook has alone.

    >>> in_a_workbook("answer")
    'Svar: ja, delvis eller nej'
    """
    return PAIR.sub(r"\2", description(name)[1]) if name in WORDED else description(name)[1].replace(CODED, "")


def heading(name: str) -> str:
    """Return what a column is called in a workbook.

    >>> heading("place"), heading("answer"), heading("okänd")
    ('Kod', 'Svar', 'okänd')
    """
    return HEADING_ENDS.split(description(name)[1])[0].strip()
