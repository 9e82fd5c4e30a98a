"""Counts of women and men that do not go together with those of all are told, and nothing that is only a guess."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from oj.facts.editions import domain_folder
from oj.sources.draft.sums import TOP, sums_noticed
from oj.sources.workbook.intake import open_book
from oj.sources.workbook.read import read_any
from sources.sheet_books import book

HEADS = ["Kommun", "Kommunkod", "År", "Kön", "Fråga", "Värde", "Täljare", "Nämnare"]
Counted = Sequence[tuple[str, int, int]]


def noticed(path: Path, counted: Counted) -> list[str]:
    """Return what is told of a table with a row for each group's share, with its counts."""
    rows: list[list[Any]] = [
        ["Malmö", "1280", 2023, group, "Andel barn med aktuell plan, procent", 100 * above / below, above, below]
        for group, above, below in counted
    ]
    found = read_any(open_book(book(path / "bok.xlsx", {"Blad": [HEADS, *rows]})), domain_folder())
    assert (found.account.doubts, len(found.figures)) == ([], len(counted))
    return sums_noticed(found.figures)


@pytest.mark.parametrize(
    ("counted", "told"),
    [
        ([("Totalt", 50, 100), ("Flickor", 20, 40), ("Pojkar", 30, 60)], []),
        ([("Totalt", 50, 100), ("Flickor", 30, 60)], []),  # of the others nothing is known
        ([("Flickor", 30, 60), ("Pojkar", 30, 60)], []),
        (
            [("Totalt", 50, 100), ("Flickor", 25, 40), ("Pojkar", 30, 60)],
            ["Täljare: kvinnor och män är tillsammans fler än alla: Blad F2."],
        ),
        (
            [("Totalt", 50, 100), ("Flickor", 20, 30), ("Pojkar", 30, 60)],
            ["Nämnare: kvinnor och män är tillsammans färre än alla: Blad F2."],
        ),
        ([("Totalt", 50, 100), ("Pojkar", 60, 90)], ["Täljare: män är fler än alla: Blad F2."]),
    ],
)  # fmt: skip
def test_counts_of_women_and_men_go_together_with_those_of_all(
    tmp_path: Path, counted: Counted, told: list[str]
) -> None:
    assert [one.strip() for one in noticed(tmp_path, counted)] == ([TOP, *told] if told else [])
