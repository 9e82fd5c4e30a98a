"""What is too much, endless or no file at all is refused at once, in Swedish."""

import os
from pathlib import Path

import pytest

from oj.errors import UserError
from oj.sources.workbook_import import Wanted, read_file
from oj.sources.workbook_model import refuse_many
from oj.sources.workbook_open import open_book
from oj.sources.xlsx import read_bytes
from oj.sources.xlsx_limits import DAMAGED, too_much
from oj.yaml_file import read_yaml

SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = "\n".join(["a0: &a0 [x, x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12))])


@pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.txt"])
def test_a_pipe_a_device_and_a_folder_are_no_files(name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    os.mkfifo(path)
    with pytest.raises(UserError, match="ingen vanlig fil"):
        open_book(path)
    for device in ("/dev/zero", "/dev/null"):
        path.unlink()
        path.symlink_to(device)
        with pytest.raises(UserError, match="ingen vanlig fil"):
            open_book(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(UserError, match="är en mapp"):
        open_book(path)


def test_no_more_is_read_than_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        file.truncate(30_000_000_000)  # a file that says so, without being so
    with pytest.raises(UserError, match="större än 20 megabyte"):
        read_bytes(path)


TOO_MUCH = {
    "rader": {SHEET: b"<row>" * 100_001},
    "rutor": {SHEET: b'<c r="A1"/>' * 500_001},
    "olika texter": {"xl/sharedStrings.xml": b"<si><t>a</t></si>" * 500_001},
    "sammanfogade": {SHEET: b'<mergeCell ref="A1:B1"/>' * 5_001},
    "blad": {"xl/workbook.xml": b"".join(b'<sheet name="a" r:id="r%d"/>' % at for at in range(201))},
    "100 000 tecken": {SHEET: b"<t>" + b"a" * 100_001},
    "tomma rader": {f"xl/worksheets/sheet{at}.xml": b'<row r="1048576">' for at in range(4)},
    "för stor": {"xl/styles.xml": b"<xf/>" * 400_001},
}


@pytest.mark.parametrize("what", TOO_MUCH)
def test_a_workbook_of_too_much_is_told_before_it_is_read(what: str) -> None:
    assert what in too_much(TOO_MUCH[what])


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/workbook.xml": b'<sheet name="a" r:id="r1"/><sheet name="b" r:id="r1"/>'},
        {SHEET: "<!DOCTYPE x>".encode("utf-16")},
        {SHEET: b'<row r="1048577">'},
    ],
)
def test_what_no_workbook_has_is_damaged(parts: dict[str, bytes]) -> None:
    assert too_much(parts) == DAMAGED


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (LAUGHS, "för stor"),
        ("[" * 200 + "]" * 200, "för många nivåer"),
        ("a: &a [*a]", "hänvisar till sig själv"),
        ("a: *b", "hänvisar till sig själv"),
        ("a: " + "9" * 5000, "tal eller ett datum"),
        ("date: 2015-99-99", "tal eller ett datum"),
        ("a: !!python/object/apply:os.system [echo]", "inte giltig YAML"),
        ("a: 1\na: 2", "står två gånger"),
    ],
)
def test_yaml_that_would_never_end_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=told):
        read_yaml(tmp_path / "a.yml", "a.yml")


def test_yaml_of_a_pipe_or_too_much_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.yml")
    with pytest.raises(UserError, match="ingen vanlig fil"):
        read_yaml(tmp_path / "a.yml", "a.yml")
    (tmp_path / "b.yml").write_text("a: " + "x" * 3_000_000)
    with pytest.raises(UserError, match="större än"):
        read_yaml(tmp_path / "b.yml", "b.yml")


@pytest.mark.parametrize(
    ("wanted", "told"),
    [
        (Wanted(edition="2015", name="a" * 300), "300 tecken långt"),
        (Wanted(edition="2015", name="../a"), "ska bestå av små bokstäver"),
        (Wanted(edition="2015", source="a" * 5000), "Källans titel"),
        (Wanted(edition="2015", publisher="a" * 5000), "Utgivaren"),
        (Wanted(edition="2015", layout="a" * 5000), "finns inte"),
    ],
)
def test_what_is_too_long_is_told(wanted: Wanted, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("kommun;Social jourverksamhet\nSolna;Ja\n", encoding="utf-8")
    with pytest.raises(UserError, match=told) as raised:
        read_file(tmp_path / "a.csv", wanted)
    assert len(str(raised.value)) < 400


def test_a_table_of_other_things_is_refused_in_seconds() -> None:
    with pytest.raises(UserError, match="fler än 400 rader"):
        refuse_many({f"Orten{at}" for at in range(401)})
    refuse_many({f"Orten{at}" for at in range(400)})
