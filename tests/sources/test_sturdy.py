"""What is too much, endless or no file at all is refused at once, in Swedish."""

import os
from pathlib import Path

import pytest

from conftest import DATA, EDITION
from oj.disk import bounded
from oj.facts import datapackage
from oj.facts.places import all_places
from oj.facts.yaml_file import read_yaml
from oj.sources.files.edge import read_bytes, write_new
from oj.sources.files.sheet import read_sheet
from oj.sources.files.xlsx import DAMAGED, too_much
from oj.sources.tables import model as workbook_model
from oj.sources.tables.model import refuse_many
from oj.sources.workbook.intake import Wanted, open_book, read_file
from oj.words.errors import UserError

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
    with pytest.raises(UserError, match=r"fler än 400 rader .* till exempel ”Orten0”, ”Orten1” och ”Orten2”"):
        refuse_many([f"Orten{at}" for at in range(401)])
    refuse_many([f"Orten{at}" for at in range(400)])


TIDY, WIDE = "kommun;indikator;värde", "kommun;Social jourverksamhet"
PLACES = [one.name for one in all_places(DATA).values() if one.level == "municipality"]
MANY = {  # the heading and a row of each kind of fault, of which there are as many as one likes
    "bad answers": (TIDY, "{place};socialjour;fel{at}", "ska vara Ja"),
    "the same bad answer": (TIDY, "{place};socialjour;Kanske", "ska vara Ja"),
    "no such place": (TIDY, "Orten;socialjour;Ja", "är ingen kommun"),
    "no such indicator": (TIDY, "Solna;indik;Ja", "är ingen entydig indikator"),
    "the same row": (TIDY, "Solna;socialjour;Ja", "finns redan på rad 2"),
    "another edition": (f"{TIDY};utgåva", "{place};socialjour;Ja;2016", "är en annan utgåva"),
    "a part": (f"{TIDY};kön", "{place};socialjour;Ja;Flickor", "bara en del"),
    "no such status": (f"{TIDY};status", "{place};socialjour;;fel{at}", "är ingen status"),
    "no such code": ("kommunkod;indikator;värde", "9999;socialjour;Ja", "är ingen kod"),
    "bad answers, wide": (WIDE, "{place};fel{at}", "ska vara Ja"),
    "the same row, wide": (WIDE, "Solna;Ja", "finns redan på rad 2"),
    "no such place, wide": (f"{WIDE}\nSolna;Ja", "Orten;Ja", "är ingen kommun"),
    "no place, wide": (f"{WIDE};Not\nSolna;Ja;", ";Ja;x", "varken kod eller namn"),
}


@pytest.mark.parametrize("kind", MANY)
def test_a_file_of_faults_is_read_no_longer_than_to_the_limit(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_model, "MOST_PROBLEMS", 20)
    head, row, told = MANY[kind]
    rows = [row.format(place=PLACES[at % len(PLACES)], at=at) for at in range(60)]
    (tmp_path / "a.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    with pytest.raises(UserError, match=r"fler än .* fel, och läsningen slutade där") as raised:
        read_file(tmp_path / "a.csv", Wanted(edition="2015"))
    assert told in str(raised.value)
    assert len(str(raised.value).splitlines()) <= 12


def test_as_many_faults_as_are_collected_are_all_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_model, "MOST_PROBLEMS", 5)
    text = "\n".join([TIDY, *(f"{place};socialjour;Kanske" for place in PLACES[:5]), "Kalmar;socialjour;Ja"])
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    reading = read_file(tmp_path / "a.csv", Wanted(edition="2015"))
    assert (len(reading.faults), len(reading.results)) == (5, 1)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("kommun;Social jourverksamhet\r" + "Solna;Ja\r" * 100_001, "fler än 100 000 rader"),
        ("kommun;Social jourverksamhet\nSolna;Ja" + ";" * 300_000, "fler än 1000 kolumner"),
        ("kommun;Social jourverksamhet\n" + "Solna;Ja\n" * 6_000 + ";".join("a" * 200), "fler än 1.000.000 rutor"),
        ("kommun;Social jourverksamhet\nSolna;" + "a" * 200_000, "en cell är för lång"),
        ("kommun;Social jourverksamhet\nSolna;J\0a", "ingen textfil"),
        (f"kommun;{';'.join(map(str, range(10_000)))}\nSolna;Ja", "fler än 1000 kolumner"),
    ],
)
def test_a_text_file_of_too_much_is_refused(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text, encoding="utf-8", newline="")
    with pytest.raises(UserError, match=told):
        open_book(tmp_path / "a.csv")


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="only where the system's state looks like files")
@pytest.mark.parametrize("target", ["/proc/kmsg", "/proc/self/environ", "/proc/self/mem", "/proc/self/status"])
def test_a_file_of_the_system_is_none(target: str, tmp_path: Path) -> None:
    for name in ("a.csv", "a.xlsx"):
        (tmp_path / name).symlink_to(target)
        with pytest.raises(UserError, match="ingen vanlig fil"):
            open_book(tmp_path / name)
    (tmp_path / "a.yml").symlink_to(target)
    with pytest.raises(UserError, match="ingen vanlig fil"):
        read_yaml(tmp_path / "a.yml", "a.yml")


def test_a_file_that_says_it_is_empty_and_is_not_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on other systems' disks of the same kind, wherever they are."""
    monkeypatch.setattr(bounded, "OF_SYSTEM", ())
    if Path("/proc/self/status").exists():
        with pytest.raises(UserError, match="ingen vanlig fil"):
            bounded.read_bounded(Path("/proc/self/status"), 1_000_000, "a")
    (tmp_path / "a").touch()
    assert bounded.read_bounded(tmp_path / "a", 10, "a") == b""


def sheet_of(rest: str, inside: str = "") -> bytes:
    return f'<worksheet><sheetData><row r="1"><c r="A1">{inside}</c></row></sheetData>{rest}</worksheet>'.encode()


@pytest.mark.parametrize("part", [sheet_of("<x>" * 200 + "</x>" * 200), sheet_of("", "<x>" * 200 + "</x>" * 200)])
def test_elements_in_elements_without_end_are_refused(part: bytes) -> None:
    with pytest.raises(ValueError, match="levels"):
        read_sheet(part, (), (), ())


def test_merged_areas_are_read_as_far_as_columns_and_not_on_each_other() -> None:
    def merged(*areas: str) -> tuple[tuple[int, int, int, int], ...]:
        cells = "".join(f'<mergeCell ref="{one}"/>' for one in areas)
        return read_sheet(sheet_of(f"<mergeCells>{cells}</mergeCells>"), (), (), ()).merged

    assert merged("A1:XFD1", "A2:B3", "XFA5:XFD5", "A1:XFD1") == ((1, 1, 0, 1000), (2, 3, 0, 1))
    with pytest.raises(ValueError, match="on each other"):
        merged("A1:XFD3", "A2:XFD9")


@pytest.mark.parametrize("name", ["a" * 300, "finns-inte/a", "mapp"])
def test_an_output_that_cannot_be_is_told(name: str, tmp_path: Path) -> None:
    (tmp_path / "mapp.xlsx").mkdir()
    with pytest.raises(UserError, match=r"namnet är för långt|finns inte|finns redan"):
        write_new(tmp_path / f"{name}.xlsx", b"")


def test_a_table_of_the_project_is_no_pipe_and_no_end(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(datapackage, "LARGEST", 1_000)
    with pytest.raises(UserError, match="större än"):
        datapackage.read_text(DATA / "places.csv", "data/places.csv")
    (data_copy / EDITION / "areas.csv").unlink()
    os.mkfifo(data_copy / EDITION / "areas.csv")
    with pytest.raises(UserError, match="ingen vanlig fil"):
        datapackage.read_text(data_copy / EDITION / "areas.csv", "data/barn-och-unga/2015/areas.csv")
