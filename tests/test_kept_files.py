"""What has been made is kept under what it was made of, and never trusted when it is damaged."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.disk.kept_files import digest, each_once, kept_in, keys, once, read, thin_out, write

PARTS = st.lists(st.text(max_size=4), max_size=4)


def counted(made: list[int]) -> bytes:
    made.append(1)
    return b"gjort"


def files_in(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file()]


def test_the_same_is_made_once(tmp_path: Path) -> None:
    made: list[int] = []
    with kept_in(tmp_path):
        found = [once("steg", parts, lambda: counted(made)) for parts in (["a"], ["a"], ["b"])]
    assert (found, len(made)) == ([b"gjort"] * 3, 2)


def test_of_several_those_that_are_not_kept_are_made_at_once(tmp_path: Path) -> None:
    asked: list[list[int]] = []

    def made(numbers: list[int]) -> list[bytes]:
        asked.append(numbers)
        return [b"x%d" % at for at in numbers]

    with kept_in(tmp_path):
        assert once("steg", ["b"], lambda: b"b") == b"b"
        assert each_once("steg", [["a"], ["b"], ["c"]], made) == [b"x0", b"b", b"x2"]
        assert each_once("steg", [["c"], ["a"]], made) == [b"x2", b"x0"]
    with kept_in(None):
        assert each_once("steg", [["a"], ["a"]], made) == [b"x0", b"x1"]
    assert asked == [[0, 2], [0, 1]]


def test_without_a_folder_nothing_is_kept(tmp_path: Path) -> None:
    made: list[int] = []
    with kept_in(None):
        once("steg", ["a"], lambda: counted(made))
        once("steg", ["a"], lambda: counted(made))
    assert (len(made), files_in(tmp_path)) == (2, [])


@pytest.mark.parametrize("damage", [b"", b"x", b"0" * 64, b"0" * 64 + b"annat"])
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: bytes) -> None:
    made: list[int] = []
    with kept_in(tmp_path):
        once("steg", ["a"], lambda: counted(made))
        (path,) = files_in(tmp_path)
        path.write_bytes(damage)
        assert once("steg", ["a"], lambda: counted(made)) == b"gjort"
        assert read("steg", digest("steg", "a")) == b"gjort"
    assert len(made) == 2


def test_a_file_cut_short_or_with_one_other_sign_is_no_file(tmp_path: Path) -> None:
    with kept_in(tmp_path):
        write("steg", "nyckel", b"innehall")
        (path,) = files_in(tmp_path)
        whole = path.read_bytes()
        for at in range(len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
            assert read("steg", "nyckel") is None
            path.write_bytes(whole[:at])
            assert read("steg", "nyckel") is None


def test_a_folder_that_cannot_be_written_in_costs_time_alone(tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("", encoding="utf-8")
    with kept_in(tmp_path / "fil"):
        assert once("steg", ["a"], lambda: b"gjort") == b"gjort"


@given(PARTS, PARTS)
def test_no_two_rows_of_parts_have_the_same_hash(one: list[str], other: list[str]) -> None:
    assert (digest(*one) == digest(*other)) == (one == other)


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    with kept_in(tmp_path):
        for at, name in enumerate(("aa-1", "bb-2", "cc-3")):
            write("steg", name, b"x" * 100)
            os.utime(files_in(tmp_path)[at], (at + 1000, at + 1000))
        assert read("steg", "aa-1")  # used again
        thin_out(tmp_path, most=400)
        assert len(files_in(tmp_path)) == 1 or read("steg", "aa-1")
        assert read("steg", "bb-2") is None


def test_keys_below_another_come_last_used_first(tmp_path: Path) -> None:
    with kept_in(tmp_path):
        for at, name in enumerate(("aabb/1", "aabb/2", "aabb/3")):
            write("steg", name, b"x")
            os.utime(files_in(tmp_path)[at], (1000 + at % 2, 1000 + at % 2))
        assert keys("steg", "aabb") == ["aabb/2", "aabb/1", "aabb/3"]
