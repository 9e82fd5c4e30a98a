"""What the columns of a report's table are, in Swedish: for the open data and for the workbook."""

import re
from functools import cache
from pathlib import Path

from oj.facts.yaml_file import read_yaml

HEADING_ENDS = re.compile(r"[:;,(]")


@cache
def described() -> dict[str, tuple[str, str]]:
    """Return what every column that a table may have is, by its name."""
    found = read_yaml(Path(__file__).with_name("columns.yml"), "columns.yml")
    return {name: (kind, said) for name, (kind, said) in found.items()}


def description(name: str) -> tuple[str, str]:
    """Return a column's type and what it is; one that nobody has described is a text with its own name."""
    return described().get(name, ("string", name))


def heading(name: str) -> str:
    """Return what a column is called in a workbook.

    >>> heading("place"), heading("answer"), heading("okänd")
    ('Kod', 'Svar', 'okänd')
    """
    return HEADING_ENDS.split(description(name)[1])[0].strip()
