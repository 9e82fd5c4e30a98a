"""Workbooks in strangers' manners, made at random with planted errors: each cell right, none lost, each error told."""

from pathlib import Path

import pytest

from made_books import MANNERS, made
from made_books.run import inside, tried

DOMAINS = ("barn-och-unga", "hemloshet")


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("seed", range(2))
def test_a_made_book_is_read_right(manner: str, seed: int, tmp_path: Path) -> None:
    assert tried(made(seed, manner, tmp_path, None, DOMAINS[seed % 2]), inside) == []


@pytest.mark.long
@pytest.mark.parametrize("manner", MANNERS)
def test_many_made_books_are_read_right(manner: str, tmp_path: Path) -> None:
    assert [found for seed in range(100, 200) if (found := tried(made(seed, manner, tmp_path), inside))] == []
