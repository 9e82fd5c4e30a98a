"""Two counties read in the same edition's workbook, with other figures of the nation: neither changes the other's."""

from pathlib import Path

import pytest
from openpyxl import Workbook

import oj
from conftest import DOMAIN, refused
from oj.cli import run
from oj.facts.editions import using
from oj.facts.params import ReportParameters
from oj.publish.build.report import Folders, Progress, build_report
from publish.building import RESULTS, code, everything_in, small_book

YEAR, TITLES = "2023", ("Aktuell plan för familjehem", "Rutin när barn placeras utanför kommunen")
COUNTIES = {
    "Skåne": {"1280": "Malmö", "1281": "Lund", "12": "Skåne län"},
    "Halland": {"1380": "Halmstad", "1382": "Falkenberg", "13": "Hallands län"},
}
READ = RESULTS.replace("compare_with)", 'compare_with, "", reference_source)')


def read_in(county: str, nation: str, data: Path, room: Path, *more: str) -> int:
    """Read in a county's workbook of 2023, with a share of the nation; without one it has no row of the nation."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Säker vård och omsorg"
    sheet.append([f"Öppna jämförelser {YEAR}, barn- och ungdomsvård"])
    sheet.append(["Kod", "Kommun", *(f"{title} {YEAR}" for title in TITLES)])
    rows = {code: ("Ja", "Nej") if len(code) > len("12") else ("50 %", "40 %") for code in COUNTIES[county]}
    for code_, name in COUNTIES[county].items():
        sheet.append([code_, name, *rows[code_]])
    if nation:
        sheet.append(["00", "Riket", nation, "70 %"])
    path = room / f"{county.lower().replace('å', 'a')}.xlsx"
    book.save(path)
    with using(data):
        return run(["import", str(path), "--domain", DOMAIN, "--county", county, *more])


def nation_of(county: str, data: Path, asked: str = "") -> dict[str, list[str]]:
    """Return what a county's report shows of the nation, by source."""
    figures = oj.figures(county, YEAR, reference_source=asked, folder=data)
    rows = figures.frame[(figures.frame["place"] == "00") & (figures.frame["status"] == "observed")]
    return rows.groupby("source")["display"].agg(lambda own: [one.replace("\u00a0", " ") for one in own]).to_dict()


def built(county: str, data: Path, folders: Folders, asked: str = "") -> dict[str, str]:
    """Build a county's small report and return its files, by hash."""
    with using(data):
        parameters = ReportParameters(county=county, edition=YEAR, reference_source=asked)
        return everything_in(build_report(parameters, folders, Progress(), "embedded"))


def test_two_counties_imports_with_other_figures_of_the_nation_change_nothing_for_each_other(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    calls = ("opening(figures)", 'method(figures, "inlasta")', 'method(figures, "versioner")')
    folders = small_book(tmp_path, code(READ), *(code(f"oj.{call}") for call in calls))
    assert read_in("Skåne", "61 %", data_copy, tmp_path) == 0
    assert "reference_source" not in capsys.readouterr().out
    before = built("Skåne", data_copy, folders)
    assert read_in("Halland", "66 %", data_copy, tmp_path) == 0
    told = " ".join(capsys.readouterr().out.replace("\u00a0", " ").split())
    assert "1 i utgåvan 2023 (Riket) skiljer sig från skane" in told
    assert "riket: 66 % i filen, 61 % där" in told
    assert "Ska den visa de andra? Skriv reference_source: skane i länets fil i params/." in told
    assert built("Skåne", data_copy, folders) == before
    assert nation_of("Skåne", data_copy) == {"skane": ["61 %", "70 %"]}
    assert nation_of("Halland", data_copy) == {"halland": ["66 %", "70 %"]}
    assert nation_of("Halland", data_copy, "skane") == {"skane": ["61 %", "70 %"]}
    opening = oj.opening(oj.figures("Halland", YEAR, reference_source="skane", folder=data_copy)).markdown
    assert "2 av 2 tal för riket (ur skane.xlsx" in opening.replace("\u00a0", " ")
    asked = built("Halland", data_copy, folders, "skane")
    assert asked != built("Halland", data_copy, folders)


def test_a_file_without_the_nation_borrows_no_other_countys_unasked(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert read_in("Skåne", "61 %", data_copy, tmp_path) == 0
    assert read_in("Halland", "", data_copy, tmp_path) == 0
    told = " ".join(capsys.readouterr().out.split())
    assert "filen har inga för riket, men det har skane" in told
    assert nation_of("Halland", data_copy) == {}
    assert nation_of("Halland", data_copy, "skane") == {"skane": ["61 %", "70 %"]}
    with refused("reference_source: ”skone” är ingen källa till resultaten. Menade du ”skane”?"):
        nation_of("Halland", data_copy, "skone")
