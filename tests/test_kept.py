"""What is made of the facts is made once while they are as they were, and what was read for it is known."""

from gc import collect
from pathlib import Path
from shutil import copytree
from weakref import WeakSet

import pytest

from oj.disk.bounded import read_bounded
from oj.disk.reading import note, recorded
from oj.facts.editions import DESCRIPTION
from oj.facts.files import last_changed
from oj.facts.kept import MOST, ROOTS, changed, kept, kept_by_content, still


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


def test_all_that_something_is_made_of_goes_by_one_look(facts: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looks: list[Path] = []
    monkeypatch.setattr("oj.facts.kept.last_changed", lambda root: looks.append(root) or last_changed(root))
    _made, read = counted()
    both = kept(lambda folder: [read(folder, name) for name in ("a.csv", "b.csv", "a.csv")])
    assert both(facts) == ["1", "2", "1"]
    assert looks == [facts]


def test_who_waits_for_a_change_while_something_is_made_sees_it(facts: Path) -> None:
    """As an import is waited for: what is read after it is as it then is, and the whole is made anew the next time."""
    _made, read = counted()

    def late(folder: Path) -> list[str]:
        first = read(folder, "a.csv")
        (folder / "a.csv").write_text("17", encoding="utf-8")
        changed(folder)
        return [first, read(folder, "a.csv")]

    made = kept(late)
    assert [made(facts), made(facts)] == [["1", "17"], ["17", "17"]]


def test_the_same_of_the_same_is_made_once_and_only_the_latest_are_kept() -> None:
    made: list[object] = []
    make = kept_by_content(lambda one, by=1: made.append((one, by)) or [one, by])
    assert make({"a": 1}) is make({"a": 1})
    assert make({"a": 1}, by=2) == [{"a": 1}, 2]
    for number in range(MOST):
        make(number)
    make({"a": 1})
    assert (made[:2], made[-1]) == ([({"a": 1}, 1), ({"a": 1}, 2)], ({"a": 1}, 1))
    assert len(made) == MOST + 3


def test_only_what_is_of_the_latest_few_folders_is_kept(facts: Path) -> None:
    """Whoever reads one copy of the facts after another has not all of them in memory, however many there are."""
    alive: WeakSet[frozenset[str]] = WeakSet()

    @kept
    def read(folder: Path, name: str) -> frozenset[str]:
        made = frozenset([f"{folder}/{name}"])
        alive.add(made)
        return made

    copies = [Path(copytree(facts, f"{facts}-{number}")) for number in range(ROOTS + 3)]
    for copy in copies:
        read(copy, "a.csv")
        read(copies[0], "a.csv")  # the usual one, between each of the others
        read(copies[0] / "within", "a.csv")
    collect()
    assert {next(iter(one)) for one in alive} == {
        *(f"{copy}/a.csv" for copy in (copies[0], *copies[1 - ROOTS :])), f"{copies[0]}/within/a.csv"
    }  # fmt: skip
    (copies[0] / "a.csv").write_text("17", encoding="utf-8")
    read(copies[0], "b.csv")
    collect()
    assert not any(f"{copies[0]}/a.csv" in one for one in alive)  # as they were, nobody asks for them any more


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
