"""What is made of the facts is made once while they are as they were, and what was read for it is known."""

from pathlib import Path

import pytest

from oj.disk.bounded import read_bounded
from oj.disk.reading import note, recorded
from oj.facts.editions import DESCRIPTION
from oj.facts.kept import kept, still


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    (tmp_path / DESCRIPTION).write_text('{"resources": []}', encoding="utf-8")
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    (tmp_path / "b.csv").write_text("2", encoding="utf-8")
    return tmp_path


def counted() -> tuple[list[str], object]:
    """Return the names that have been read, and a kept reader of a file by its name."""
    made: list[str] = []

    @kept
    def read(folder: Path, name: str) -> str:
        made.append(name)
        return read_bounded(folder / name, 100, name).decode()

    return made, read


def test_the_same_facts_are_read_once_and_changed_ones_again(facts: Path) -> None:
    made, read = counted()
    assert [read(facts, "a.csv"), read(facts, "a.csv"), read(facts, name="b.csv")] == ["1", "1", "2"]
    assert made == ["a.csv", "b.csv"]
    (facts / "a.csv").write_text("17", encoding="utf-8")
    assert read(facts, "a.csv") == "17"


def test_facts_that_are_still_are_not_looked_at_again(facts: Path) -> None:
    made, read = counted()
    with still(facts):
        read(facts, "a.csv")
        (facts / "a.csv").write_text("17", encoding="utf-8")
        assert read(facts, "a.csv") == "1"
    assert read(facts, "a.csv") == "17"
    assert made == ["a.csv", "a.csv"]


def test_what_was_kept_is_known_by_the_files_behind_it(facts: Path) -> None:
    _made, read = counted()
    read(facts, "a.csv")
    with recorded() as outer:
        with recorded() as inner:
            read(facts, "a.csv")
        read(facts, "b.csv")
    assert inner == {facts / "a.csv"}
    assert outer == {facts / "a.csv", facts / "b.csv"}


def test_what_fails_is_not_kept(facts: Path) -> None:
    _made, read = counted()
    with pytest.raises(FileNotFoundError):
        read(facts, "c.csv")
    (facts / "c.csv").write_text("3", encoding="utf-8")
    assert read(facts, "c.csv") == "3"


def test_nothing_is_noted_where_nobody_records() -> None:
    note([Path("x")])
    with recorded() as found:
        pass
    assert found == set()
