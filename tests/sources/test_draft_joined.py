"""A further workbook for years that workbooks have made joins them: nothing is lost, asked twice or overwritten."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from openpyxl import load_workbook

from conftest import DATA, DOMAIN, EDITION
from oj.cli import run
from oj.doors.fingerprints import fact_hashes
from oj.facts.catalog import indicators
from oj.facts.editions import edition_folder, using
from oj.facts.files import hashes
from oj.facts.places import units
from oj.present.table.notes import named
from oj.sources.asking.form import COLUMNS, FIRST, KEY, MEANING
from sources.sheet_books import asked_book
from sources.sheet_books import book as sheets_book
from written import results
from years_book import read_in

SKANE = {"00": "Riket", "1280": "Malmö", "1281": "Lund"}
KALMAR = {"00": "Riket", "0880": "Kalmar"}
PLAN, ROUTINE, JOUR = "Aktuell plan för familjehem", "Rutin när barn placeras långt bort", "Social jourverksamhet"
Columns = Mapping[int, list[str]]


def book(path: Path, columns: Columns, places: Mapping[str, str] = SKANE, *, nation: str = "61 %") -> Path:
    """Write a workbook of some years' questions in one sheet; all municipalities answer Ja."""
    return asked_book(path, columns, places, lambda code, _title: nation if code == "00" else "Ja")


def keys(path: Path) -> list[str]:
    """Return the keys of the questions that a file asks."""
    sheet = load_workbook(path)["Frågor"]
    found = [sheet.cell(row, COLUMNS.index(KEY) + 1).value for row in range(FIRST, sheet.max_row + 1)]
    return [str(one) for one in found if one]


def test_a_workbook_of_other_questions_joins_the_edition(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in(data_copy, book(tmp_path / "ett.xlsx", {2022: [PLAN], 2023: [PLAN]})) == 0
    answered = load_workbook(tmp_path / "ett-fragor.xlsx")
    answered["Frågor"].cell(FIRST, COLUMNS.index(MEANING) + 1, "Planen är skriftlig.")
    answered.save(tmp_path / "ett-fragor.xlsx")
    assert read_in(data_copy, tmp_path / "ett-fragor.xlsx") == 0
    home = data_copy / DOMAIN / "2023"
    first, asked = (home / "indicators" / "saker.yml").read_text("utf-8"), (tmp_path / "ett-fragor.xlsx").read_bytes()
    capsys.readouterr()

    assert read_in(data_copy, book(tmp_path / "tva.xlsx", {2023: [PLAN, ROUTINE, JOUR]}, {"1282": "Landskrona"})) == 0
    told = capsys.readouterr().out
    assert "Utgåvan 2023 har fått 2 frågor till." in told
    assert (home / "indicators" / "saker.yml").read_text("utf-8").startswith(first)
    known = indicators(home)
    assert {one.title: one.id for one in known.values()}[JOUR] == "socialjour"  # as 2015 has it, word for word
    assert known["aktuell-plan-for-familjehem"].rule == "Planen är skriftlig."
    assert list(indicators(edition_folder(data_copy, "2022"))) == ["aktuell-plan-for-familjehem"]
    shown = results("Skåne", "2023", folder=data_copy).set_index(["indicator", "place"])
    assert shown.loc[("aktuell-plan-for-familjehem", "1281"), "answer"] == "yes"
    assert shown.loc[("aktuell-plan-for-familjehem", "1282"), "answer"] == "yes"
    assert shown.loc[("rutin-nar-barn-placeras-langt-bort", "1282"), "answer"] == "yes"
    assert keys(tmp_path / "tva-fragor.xlsx") == ["rutin-nar-barn-placeras-langt-bort"]
    assert (tmp_path / "ett-fragor.xlsx").read_bytes() == asked
    with using(data_copy):
        assert run(["check", DOMAIN, "2023"]) == 0


def test_a_question_that_waits_for_an_answer_is_not_asked_again(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: [PLAN]})) == 0
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: [PLAN, ROUTINE]})) == 0
    assert "1 av dem står sedan tidigare i" in capsys.readouterr().out
    assert keys(tmp_path / "oj-fragor.xlsx") == ["aktuell-plan-for-familjehem"]
    assert keys(tmp_path / "oj-fragor-2.xlsx") == ["rutin-nar-barn-placeras-langt-bort"]
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: [PLAN, ROUTINE]})) == 0
    assert not (tmp_path / "oj-fragor-3.xlsx").exists()


def test_each_countys_workbook_has_its_own_nation(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in(data_copy, book(tmp_path / "skane.xlsx", {2022: [PLAN], 2023: [PLAN]})) == 0
    assert read_in(data_copy, book(tmp_path / "kalmar.xlsx", {2023: [PLAN]}, KALMAR)) == 0
    before = results("Kalmar", "2023", folder=data_copy)
    assert set(before["place"]) == {"00", "0880"}
    capsys.readouterr()
    other = book(tmp_path / "blekinge.xlsx", {2023: [PLAN]}, {"00": "Riket", "1080": "Karlskrona"}, nation="70 %")
    assert read_in(data_copy, other) == 0
    told = capsys.readouterr().out
    assert "reference_source" in told  # which of them a report shows is asked
    assert results("Kalmar", "2023", folder=data_copy).equals(before)
    own = results("Blekinge", "2023", folder=data_copy).set_index("place")
    assert own.loc["00", "value"] == pytest.approx(0.7)


def test_what_a_corrected_version_lacks_is_told(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2022: [PLAN], 2023: [PLAN]})) == 0
    version = book(tmp_path / "oj-ny.xlsx", {2023: [PLAN]}, {"1280": "Malmö"})
    assert read_in(data_copy, version, "--name", "oj") == 0
    assert "2 uppgifter fanns i den tidigare inläsningen ”oj-2023”, som filen ersätter" in capsys.readouterr().out
    assert {path.name for path in (data_copy / "results").glob("*.csv")} == {"oj-2022.csv", "oj-2023.csv"}


def test_a_file_of_the_same_name_for_another_year_or_domain_replaces_nothing(data_copy: Path, tmp_path: Path) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2022: [PLAN]})) == 0
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: [PLAN]})) == 0
    with using(data_copy):
        assert run(["import", str(tmp_path / "oj.xlsx"), "--domain", "hemloshet"]) == 0
    assert {path.stem for path in (data_copy / "results").glob("*.csv")} == {"oj", "oj-2023", "oj-hemloshet-2023"}


def test_all_years_of_a_workbook_are_removed_in_one_go_and_no_other_file(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2021: [PLAN], 2022: [PLAN]})) == 0
    assert read_in(data_copy, book(tmp_path / "oj-2023.xlsx", {2023: [PLAN]})) == 0
    with using(data_copy):
        assert named(data_copy)["oj-2023"] == "oj-2023.xlsx"  # which no publisher is said of
        capsys.readouterr()
        assert run(["data", "remove", "oj"]) == 0
        assert capsys.readouterr().out.startswith("”oj” är borttagen:\n  oj-2021\n  oj-2022\n")
        assert run(["data", "remove", "oj"]) == 2
    assert "Inlästa filer: oj-2023." in capsys.readouterr().err
    assert sorted(path.name for path in (data_copy / "results").iterdir()) == ["oj-2023.csv", "oj-2023.yml"]


def test_a_shipped_edition_is_not_changed_and_what_it_lacks_is_told(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(data_copy)
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2015: [JOUR, PLAN], 2023: [JOUR, PLAN]})) == 0
    told = capsys.readouterr().out
    assert "3 uppgifter gäller frågor som utgåvan 2015 inte har och läses inte in" in told
    assert f"”{PLAN}”" in told
    after = hashes(data_copy)
    assert {name: one for name, one in after.items() if name.startswith(EDITION)} == {
        name: one for name, one in before.items() if name.startswith(EDITION)
    }
    assert set((data_copy / "results" / "oj-2015.csv").read_text("utf-8").splitlines()[1:]) == {
        "2015,socialjour,00,0.61,,observed,,,oj-2015",
        "2015,socialjour,1280,,yes,observed,,,oj-2015",
        "2015,socialjour,1281,,yes,observed,,,oj-2015",
    }


def test_districts_that_are_not_known_and_groups_are_read_in_and_told_in_a_line_each(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [["Öppna jämförelser 2023, barn- och ungdomsvård"], ["", "", "Andel med plan, procent", "", ""],
            ["Kod", "Kommun", "Totalt", "Kvinnor", "Män"], ["1280", "Malmö", 40, 41, 39],
            ["1480", "Göteborg", 50, 51, 49], ["", "Göteborg, Nordost", 52, 53, 51],
            ["", "Göteborg, Sydväst", 54, 55, 53]]  # fmt: skip
    sheets_book(tmp_path / "oj.xlsx", {"Sheet": rows})
    assert read_in(data_copy, tmp_path / "oj.xlsx", "--dry-run") == 0
    assert read_in(data_copy, tmp_path / "oj.xlsx") == 0
    lines = capsys.readouterr().out.splitlines()
    of_groups = "8 uppgifter gäller kvinnor eller män för sig; rapporten visar dem i tabeller för sig."
    of_districts = (
        "6 uppgifter gäller stadsdelar eller förvaltningar som programmet inte känner, och läses in under sin stad: "
        "Nordost och Sydväst."
    )
    assert lines.count(of_groups) == lines.count(of_districts) == 2  # in the dry run, and in the import
    assert set(results("Skåne", "2023", folder=data_copy)["place"]) == {"1280"}
    shown = results("Västra Götaland", "2023", folder=data_copy)
    assert dict(zip(shown["place"], shown["place_name"], strict=True)) == {
        "1480": "Göteborg", "1480-nordost": "Nordost", "1480-sydvast": "Sydväst",
    }  # fmt: skip
    with using(data_copy):
        assert run(["check", DOMAIN, "2023"]) == 0
        assert len(units("14")) == len(units("14", DATA))  # they answer in no other edition
    kalmar = [fact_hashes(edition_folder(one, "2015", DOMAIN), ["Kalmar"]) for one in (data_copy, DATA)]
    assert kalmar[0] == kalmar[1]


def test_the_edition_is_called_by_its_year(data_copy: Path, tmp_path: Path) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: [PLAN], 2025: [PLAN]})) == 0
    for year in ("2023", "2025"):
        text = (data_copy / DOMAIN / year / "edition.yml").read_text("utf-8")
        assert text.startswith(f"name: Öppna jämförelser {year} – Social barn- och ungdomsvård\n")
        assert not (data_copy / DOMAIN / year / "sources.csv").exists()
