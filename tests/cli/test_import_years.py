"""Which year and domain `oj import` takes a file to be of: what the file says, and what it asks where nothing does."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from oj.cli import run
from oj.disk.folders import default_folders
from oj.facts.files import hashes
from sources.sheet_books import Rows, book

pytestmark = pytest.mark.usefixtures("own_folders")
ROWS = [["Kommun", "Social jourverksamhet"], ["Malmö", "Ja"], ["Lund", "Nej"]]
ASKED = "säger inte vilket år siffrorna gäller"
UNDATED: dict[str, dict[str, Rows]] = {
    "nothing": {"Blad1": ROWS},
    "a date": {"Blad1": [["Befolkning 31 dec 2013"], *ROWS]},
    "when it was taken out": {"Blad1": [["Uttag 2019-03-01"], *ROWS]},
    "a law": {"Blad1": [["Enligt SOSFS 2014:5"], *ROWS]},
}
DATED: dict[str, dict[str, Rows]] = {
    "a sheet": {"2015": ROWS},
    "a title": {"Blad1": [["Barn och unga 2015"], *ROWS]},
    "a column": {"Blad1": [[*row, year] for row, year in zip(ROWS, ["År", 2015, 2015], strict=True)]},
    "an edition": {"Blad1": [["Öppna jämförelser 2015"], *ROWS]},
}


def told(capsys: pytest.CaptureFixture[str], status: int, *arguments: str) -> str:
    """Run an import that ends with a status, and return what it prints."""
    assert run(["import", *arguments]) == status
    out, err = capsys.readouterr()
    return out + err


@pytest.mark.parametrize(
    ("name", "flags"),
    [*((name, []) for name in UNDATED), ("nothing", ["--accept-valid", "--dry-run"]),
     ("nothing", ["--domain", "hemloshet"])],
)  # fmt: skip
def test_a_file_that_says_no_year_is_asked_about_and_nothing_is_done(
    name: str, flags: list[str], data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(data_copy)
    text = told(capsys, 2, str(book(Path("bok.xlsx"), UNDATED[name])), *flags)
    assert ASKED in text
    assert "bladens namn (Blad1)" in text
    assert "--edition ÅÅÅÅ (EDITION=ÅÅÅÅ)" in text
    assert not re.search(r"\d{4}", text)  # no year that somebody would take for the right one
    assert hashes(data_copy) == before


@pytest.mark.parametrize("name", DATED)
def test_the_year_that_a_file_says_is_read(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "2 uppgifter för 2 platser" in told(capsys, 0, str(book(Path("bok.xlsx"), DATED[name])))


def test_the_year_that_is_given_is_that_of_a_file_that_says_none(
    data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(book(Path("bok.xlsx"), UNDATED["nothing"]))
    assert "2 uppgifter inlästa, i utgåvan 2021 (2)" in told(capsys, 0, path, "--edition", "2021")
    assert (data_copy / "barn-och-unga/2021/areas.csv").exists()


@pytest.mark.parametrize("sheets", [{"Blad1": [["Öppna jämförelser 2018"], *ROWS]}, {"2018": ROWS}])
def test_another_year_than_the_files_own_is_refused(
    sheets: dict[str, Rows], data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(data_copy)
    text = told(capsys, 2, str(book(Path("bok.xlsx"), sheets)), "--edition", "2015")
    assert "bok.xlsx säger själv 2018, inte 2015" in text
    assert hashes(data_copy) == before


REMARKS = ["Ring Anna Exempel 070-000 00 00", "Nej, Bo Exempel är sjuk", "070-000 00 00", "12 och 070-000 00 00"]
SKANE = ["Lund", "Eslöv", "Höör", "Hörby", "Osby", "Ystad", "Skurup", "Svedala", "Kävlinge"]


@pytest.mark.parametrize("flags", [["--dry-run"], [], ["--accept-valid"]])
def test_what_somebody_wrote_as_an_answer_is_told_to_a_program_alone(
    flags: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It may be a name, a telephone number or a case: the cell and the rule are enough to mend it by."""
    folders = replace(default_folders(), build=tmp_path)
    monkeypatch.setattr("oj.cli.fault_list.default_folders", lambda: folders)
    remarks = [*REMARKS, *(f"{REMARKS[0]}{at}" for at in range(5))]  # so many that the list is a file
    rows = [["Malmö", "Ja", 0.25], *([name, one, one] for name, one in zip(SKANE, remarks, strict=True))]
    heading = ["Kommun", "Plan för stöd", "Andel med stöd"]
    path = str(book(Path("bok.xlsx"), {"2019": [["Barn och unga, resultat"], heading, *rows, ["Lnd", "Nej", 0.5]]}))
    text = told(capsys, 0 if "--accept-valid" in flags else 2, path, *flags)
    listed = [one.read_text(encoding="utf-8-sig") for one in tmp_path.rglob("*.txt")]
    kept = [one.read_text(encoding="utf-8") for one in tmp_path.rglob("*") if one.suffix in (".json", ".yml", ".csv")]
    assert listed
    assert not [one for one in (text, *listed, *kept) for said in ("Exempel", "070", "000 00") if said in one]
    assert all("2019 B4: cellens text ska vara" in one for one in listed)
    assert all("2019 B13:C13: ”Lnd”" in one for one in listed)  # a place's name is nobody's
    asked = json.loads(told(capsys, 2, path, "--dry-run", "--json"))
    assert {*REMARKS} <= {one["value"] for one in asked["faults"]}


def test_two_places_that_disagree_are_asked_about(data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = hashes(data_copy)
    sheets = {"ÖJ 2018": [["Öppna jämförelser 2015"], *ROWS]}
    text = told(capsys, 2, str(book(Path("bok.xlsx"), sheets)))
    assert "nämner flera utgåvor: 2015, 2018" in text
    assert hashes(data_copy) == before


def test_a_file_of_a_domain_that_has_no_edition_is_made_in_it(
    data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["Öppna jämförelser 2021, hemlöshet"], ["Kommun", "Aktuell plan mot hemlöshet"], *ROWS[1:]]
    assert "Utgåvan 2021 är ny" in told(capsys, 0, str(book(Path("bok.xlsx"), {"Blad1": rows})))
    assert (data_copy / "hemloshet/2021/areas.csv").exists()
    rows[2:] = [["Malmö", "Kanske"], ["Lund", "Vet inte"]]
    faults = told(capsys, 2, str(book(Path("bok.xlsx"), {"Blad1": rows})), "--name", "b")
    assert "Blad1 B3" in faults
    assert "barn- och ungdomsvård" not in faults
