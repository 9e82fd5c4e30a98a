"""What `oj import` tells: other counties' rows, faults as a page, and nothing in a dry run that an import then refuses.

The property: for every input, the dry run says that nothing is wrong if and only if the import is then done.
"""

import re
from collections.abc import Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from oj.cli import run
from oj.disk.folders import Folders
from oj.facts.catalog import indicators
from oj.facts.files import hashes
from oj.facts.places import all_places
from oj.forms.survey import write_form

IMPORT = ("import", "--edition", "2015")  # of files that say no year
PAGE = 40  # lines of a screen
MUNICIPALITIES = [place for place in all_places().values() if place.level == "municipality"]
ANSWERS = [item for item in indicators().values() if item.is_answer]


@pytest.fixture(autouse=True)
def own_reports(own_folders: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folders:
    """Let reports, and lists of faults, happen in temporary folders too."""
    folders = Folders(tmp_path / "notebooks", tmp_path / "build", tmp_path / "reports")
    monkeypatch.setattr("oj.cli.fault_list.default_folders", lambda: folders)
    return folders


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """Run a command and return its status and what it prints."""
    status = run(arguments)
    out, err = capsys.readouterr()
    assert "Traceback" not in out + err
    return status, out + err


def book(path: str, heading: Sequence[object], rows: Sequence[Sequence[object]]) -> str:
    """Write a workbook of one sheet and return its path."""
    workbook = Workbook()
    assert workbook.active is not None
    for row in (heading, *rows):
        workbook.active.append(list(row))
    workbook.save(path)
    return path


def national(path: str, said: object = "Ja", columns: int = 10) -> str:
    """Write a table of all municipalities with many columns of answers, and return its path."""
    titles = [item.title for item in ANSWERS[:columns]]
    rows = [[place.code, place.name, *[said] * columns] for place in MUNICIPALITIES]
    return book(path, ["Kommunkod", "Kommun", *titles], rows)


# ---- rows of other counties


def test_rows_of_other_counties_are_told_and_no_faults(capsys: pytest.CaptureFixture[str]) -> None:
    national("riket.xlsx", columns=3)
    sentence = (
        "257 rader om andra län än Skåne län läses inte: Stockholms län (26), Uppsala län (8), Södermanlands län (9), "
        "Östergötlands län (13), Jönköpings län (13) och 15 län till."
    )
    for flags in (["--dry-run"], []):
        status, text = told(capsys, *IMPORT, "riket.xlsx", "--county", "Skåne", *flags)
        assert status == 0
        assert sentence in text
        assert len(text.splitlines()) <= PAGE + 10
    assert "99 uppgifter för 33 platser, inlästa" in text


LONG = "Kommunkod;Indikator;Värde\n{code};Social jourverksamhet;Ja\n{other};Social jourverksamhet;Nej\n"
WIDE = "Kommunkod;Social jourverksamhet\n{code};Ja\n{other};Nej\n"


@pytest.mark.parametrize("form", [LONG, WIDE])
def test_one_county_among_two_is_read(form: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text(form.format(code="1280", other="0184"), encoding="utf-8")
    _status, text = told(capsys, *IMPORT, "a.csv", "--county", "Skåne")
    assert "En rad om andra län än Skåne län läses inte: Stockholms län (1)." in text
    assert "1 uppgift för 1 plats" in text


@pytest.mark.parametrize("form", [LONG, WIDE])
@pytest.mark.parametrize("flags", [[], ["--dry-run"], ["--accept-valid"]])
def test_a_file_without_the_county_that_was_asked_for_is_refused_for_that(
    form: str, flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text(form.format(code="0114", other="0380"), encoding="utf-8")
    status, text = told(capsys, *IMPORT, "a.csv", "--county", "Skåne", *flags)
    assert status == 2
    assert "a.csv har inga kommuner i Skåne län; den har kommuner i Stockholms län och Uppsala län." in text
    assert "ifyllda värden" not in text


def test_only_the_nation_beside_other_counties_is_not_the_county(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.csv").write_text("Kommunkod;andel-barn\n00;20 %\n0184;21 %\n", encoding="utf-8")
    status, text = told(capsys, *IMPORT, "a.csv", "--county", "Skåne")
    assert (status, "har inga kommuner i Skåne län; den har kommuner i Stockholms län." in text) == (2, True)


# ---- where all is wrong


@pytest.mark.parametrize("flags", [[], ["--dry-run"]])
def test_accepting_what_is_right_where_nothing_is_tells_what_is_wrong(
    flags: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    Path("a.csv").write_text("Kommunkod;Social jourverksamhet\n0184;Kanske\n0114;Vet ej\n", encoding="utf-8")
    status, text = told(capsys, *IMPORT, "a.csv", "--accept-valid", *flags)
    assert status == 2
    assert "a.csv rad 2, fält 2: cellens text ska vara Ja" in text
    assert "a.csv rad 3, fält 2: ”Vet ej” ska vara Ja" in text
    assert "Inga fel" not in text


# ---- a page of faults, and the whole list in a file


def test_many_faults_are_a_page_and_the_whole_list_is_in_a_file(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    national("Våra län.xlsx", "Kanske", columns=3)
    for flags in (["--dry-run"], []):
        _status, text = told(capsys, *IMPORT, "Våra län.xlsx", *flags)
        faults = text.partition("870 fel")[2].splitlines()
        assert len(faults) <= PAGE
        assert any(
            "Sheet kolumn C, 290 fel: cellens text ska vara Ja" in line and ": C2–C291" in line for line in faults
        )
        path = tmp_path / "build" / "fel" / "vara-lan.txt"
        assert f"Hela listan, med en rad för varje fel: {path}" in text
        whole = path.read_text(encoding="utf-8-sig").splitlines()
        assert len(whole) == 870
        assert "Kanske" not in "".join(whole)
        path.unlink()
    assert "Sheet C2: cellens text ska vara Ja" in whole[0]


def test_cells_of_a_kind_are_told_as_ranges_with_what_stands_in_them(capsys: pytest.CaptureFixture[str]) -> None:
    rows = [[one.code, 7 if at not in (2, 9) else "Ja"] for at, one in enumerate(MUNICIPALITIES[:14], start=2)]
    book("a.xlsx", ["Kommunkod", "Social jourverksamhet"], rows)
    _status, text = told(capsys, *IMPORT, "a.xlsx", "--dry-run")
    (line,) = [line for line in text.splitlines() if "kolumn B" in line]
    assert line.startswith("  a.xlsx, Sheet kolumn B, 12 fel: ”7” är ett tal, men")
    assert line.endswith(": B3–B8, B10–B15")


def test_few_faults_are_told_one_by_one_and_no_file_is_written(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    rows = [[one.code, "Kanske"] for one in MUNICIPALITIES[:9]]
    book("a.xlsx", ["Kommunkod", "Social jourverksamhet"], rows)
    _status, text = told(capsys, *IMPORT, "a.xlsx")
    assert re.findall(r"Sheet (B\d+):", text) == [f"B{row}" for row in range(2, 11)]
    assert not (tmp_path / "build").exists()


def test_the_faults_of_a_survey_are_a_page_too(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, own_reports: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("oj.publish.build.preliminary.default_folders", lambda: own_reports)
    units = [place for place in MUNICIPALITIES if place.county == "12"]
    write_form(units[:5], Path("Enkät Skåne.xlsx"), "2015")
    workbook = load_workbook("Enkät Skåne.xlsx")
    for sheet in workbook.worksheets:
        column = next((one.column for row in sheet.iter_rows(max_row=12) for one in row if one.value == "Svar"), 0)
        for row in range(sheet.max_row + 1) if column else ():
            if row and str(sheet.cell(row, 1).value).count("."):
                sheet.cell(row, column, "Anna Andersson 070-123 45 67")
    workbook.save("Enkät Skåne.xlsx")
    status, text = told(capsys, "survey", "results", "Enkät Skåne.xlsx", "-q")
    assert (status, len(text.splitlines()) <= PAGE) == (2, True)
    assert int(re.findall(r"(\d+) fel i underlaget", text)[0]) > 500
    path = tmp_path / "build" / "fel" / "enkat-skane.txt"
    assert f"Hela listan, med en rad för varje fel: {path}" in text
    whole = path.read_text(encoding="utf-8-sig")
    assert "Anna" not in whole + text
    assert "070" not in whole + text


def test_a_list_that_cannot_be_written_hides_no_fault(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    (tmp_path / "build").write_text("", encoding="utf-8")
    national("a.xlsx", "Kanske", columns=2)
    status, text = told(capsys, *IMPORT, "a.xlsx")
    assert status == 2
    assert "290 fel: cellens text ska vara Ja" in text
    assert "Hela listan kan inte skrivas" in text


# ---- a dry run and an import say the same

RIGHT = "Kommunkod;Social jourverksamhet\n0114;Ja\n"
COUNTS = "Kommunkod;Indikator;Värde;Täljare;Nämnare\n{}"
SUMS = COUNTS.format("0114;behoriga-alla;0,5;30;60\n01;behoriga-alla;0,9;27;30\n")
INPUTS: dict[str, tuple[str, list[str]]] = {
    "right": (RIGHT, []),
    "a title of blanks": (RIGHT, ["--source", " "]),
    "a publisher of blanks": (RIGHT, ["--publisher", "  "]),
    "a long title": (RIGHT, ["--source", "a" * 300]),
    "a long publisher": (RIGHT, ["--publisher", "a" * 300]),
    "a day that is none": (RIGHT, ["--date", "2015-02-31"]),
    "a day in words": (RIGHT, ["--date", "i går"]),
    "a day that has not been": (RIGHT, ["--date", "2099-01-01"]),
    "a year too early": (RIGHT, ["--date", "1999-01-01"]),
    "a good day": (RIGHT, ["--date", "2015-06-30"]),
    "a name that is no name": (RIGHT, ["--name", "Å Ä"]),
    "a name of a source": (RIGHT, ["--name", "fou-nordvast-2015"]),
    "a name of the survey": (RIGHT, ["--name", "preliminar-2015"]),
    "a name of Windows": (RIGHT, ["--name", "con"]),
    "a long name": (RIGHT, ["--name", "a" * 81]),
    "an edition that is none": (RIGHT, ["--edition", "2016"]),
    "a county that is none": (RIGHT, ["--county", "Qqq"]),
    "another county": (RIGHT, ["--county", "Skåne"]),
    "the county": (RIGHT, ["--county", "Stockholm"]),
    "a number of 400 figures": (f"Kommunkod;arbetsledning\n0114;{'9' * 400}\n", []),
    "a share of 400 figures": (f"Kommunkod;andel-barn\n0114;{'1' * 400} %\n", []),
    "a very small number": (f"Kommunkod;arbetsledning\n0114;0,{'0' * 400}1\n", []),
    "infinite": ("Kommunkod;arbetsledning\n0114;inf\n", []),
    "no number": ("Kommunkod;arbetsledning\n0114;nan\n", []),
    "an exponent": ("Kommunkod;arbetsledning\n0114;1e400\n", []),
    "an exponent in our own table": ("place;indicator;value\n0114;arbetsledning;1e400\n", []),
    "a negative number": ("Kommunkod;arbetsledning\n0114;-1\n", []),
    "a half person": (COUNTS.format("0114;andel-barn;0,25;2,5;10\n"), []),
    "more than all": (COUNTS.format("0114;andel-barn;0,25;12;10\n"), []),
    "too many": (COUNTS.format(f"0114;andel-barn;0,25;1;{'9' * 40}\n"), []),
    "counts that fit": (COUNTS.format("0114;andel-barn;0,25;25;100\n"), []),
    "sums that do not add up": (SUMS, []),
    "what another import has": (RIGHT, ["--name", "b"]),
    "another cell of the other import": (RIGHT.replace("0114", "0123"), ["--name", "b"]),
    "itself again": (RIGHT.replace("Ja", "Nej"), ["--name", "forst"]),
    "a fault": (RIGHT.replace("Ja", "Kanske"), []),
    "a fault beside what is right": (f"{RIGHT}0123;Kanske\n", []),
    "nothing filled in": (RIGHT.replace("Ja", ""), []),
    "only places that are none": (RIGHT.replace("0114", "9999"), []),
    "an empty file": ("", []),
}
TAKEN = ("what another import has", "another cell of the other import", "itself again")


@pytest.mark.parametrize(
    ("name", "accepted"),
    [
        *((name, []) for name in INPUTS),
        *(
            pytest.param(name, ["--accept-valid"], marks=[pytest.mark.long] if INPUTS[name][1] else [])
            for name in INPUTS  # with words of its own it is as without, but in the long tests
        ),
    ],
)
def test_a_dry_run_says_that_nothing_is_wrong_if_and_only_if_the_import_is_done(
    name: str, accepted: list[str], capsys: pytest.CaptureFixture[str], data_copy: Path
) -> None:
    text, flags = INPUTS[name]
    if name in TAKEN:
        Path("forst.csv").write_text(RIGHT, encoding="utf-8")
        assert told(capsys, *IMPORT, "forst.csv")[0] == 0
    Path("a.csv").write_text(text, encoding="utf-8")
    before = hashes(data_copy)
    status, dry = told(capsys, *IMPORT, "a.csv", *flags, *accepted, "--dry-run")
    assert hashes(data_copy) == before
    assert [path.name for path in data_copy.rglob(".oj-*") if path.is_dir()] == []
    done, real = told(capsys, *IMPORT, "a.csv", *flags, *accepted)
    promised = "Kör samma sak utan --dry-run" in dry
    assert (status, promised) == (done, done == 0), f"{dry}\n---\n{real}"
    if done:
        said = [line.strip() for line in real.splitlines() if line.startswith("  ")]
        assert [line for line in said if line not in dry] == []
        assert hashes(data_copy) == before
