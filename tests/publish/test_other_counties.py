"""What one county's coordinator reads in changes nothing in another county's report, not even a hash."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, RESULTS, append
from importing import result, write
from oj.disk.folders import Folders
from oj.doors.fingerprints import data_version, fact_hashes
from oj.facts.editions import using
from oj.facts.params import ReportParameters, read_parameters
from oj.publish.build.report import build_report
from oj.tidy.book import book_of
from oj.words.progress import Progress
from publish.building import RESULTS as READ
from publish.building import code, everything_in, folders_in, small_book

SHARE = "behoriga-fodda-i-annat-land"
OF_SKANE = {"name": "skane", "county": "12", "sha256": "b" * 64}
SKANE = [result("bbic-licens", "00", 0.57), result("bbic-licens", "12", 0.5), result("bbic-licens", "1280", "yes"),
         result(SHARE, "1280", 2 / 31) | {"numerator": 2.0, "denominator": 31.0}]  # fmt: skip
OWN = {"name": "egen-fil", "county": "01"}
TABLES = ["results/skane.csv", "results/skane.yml"]


def built(parameters: ReportParameters, data: Path, folders: Folders) -> dict[str, str]:
    """Build a report of a folder of facts and return its files, by hash."""
    with using(data):
        return everything_in(build_report(parameters, folders, Progress(), "embedded"))


def unchanged(parameters: ReportParameters, data: Path, folders: Folders) -> None:
    """Expect the same files before and after Skåne's import."""
    before = built(parameters, data, folders)
    write(data, SKANE, **OF_SKANE)
    assert built(parameters, data, folders) == before


def test_a_report_is_the_same_to_the_byte(data_copy: Path, tmp_path: Path) -> None:
    """The front, what its own county has read in, the sources, the version of the data, and the manifest."""
    write(data_copy, [result("bbic-licens", "0184", "no"), result(SHARE, "0184", 0.4)], **OWN)
    calls = ["opening(figures)", 'method(figures, "inlasta")', 'method(figures, "kallor")',
             'method(figures, "versioner")']  # fmt: skip
    folders = small_book(tmp_path, code(READ), *(code(f"oj.{call}") for call in calls))
    parameters = ReportParameters(county="Stockholm", municipalities=["Solna", "Sigtuna"], compare_with=["Jönköping"])
    unchanged(parameters, data_copy, folders)
    manifest = json.loads((folders.reports / "stockholm-2015" / "manifest.json").read_text(encoding="utf-8"))
    assert "results/egen-fil.csv" in manifest["data"]
    assert not {*manifest["data"]} & {*TABLES}


@pytest.mark.long
@pytest.mark.parametrize("county", ["Stockholm", "Kalmar", "Riket"])
def test_a_whole_report_is_the_same_to_the_byte(data_copy: Path, tmp_path: Path, county: str) -> None:
    parameters = read_parameters(county)
    if county == "Stockholm":
        parameters = parameters.model_copy(update={"municipalities": ["Solna", "Sigtuna"]})
    unchanged(parameters, data_copy, folders_in(tmp_path))


def _its_own(_data: Path) -> list[str]:
    return ["Skåne"]


def _compared_with(_data: Path) -> list[str]:
    return ["Stockholm", "Skåne"]


def _a_table_of_the_nation(data: Path) -> list[str]:
    write(data, [result("bbic-licens", "00", 0.57)], **OF_SKANE | {"county": ""})
    return ["Stockholm"]


def _a_figure_that_nobody_else_has(data: Path) -> list[str]:
    write(data, [result("bbic-licens", "12", 0.5), result("bbic-licens", "07", 0.5)], **OF_SKANE)
    return ["Stockholm", "Skåne"]


def _a_cell_that_it_hides(data: Path) -> list[str]:
    write(data, [result("bbic-licens", "01", "suppressed")], **OF_SKANE)
    return ["Stockholm"]


@pytest.mark.parametrize(
    "case", [_its_own, _compared_with, _a_table_of_the_nation, _a_figure_that_nobody_else_has, _a_cell_that_it_hides]
)
def test_what_a_report_can_be_affected_by_is_in_its_version(data_copy: Path, case: Callable[[Path], list[str]]) -> None:
    before = data_version(data_copy)
    write(data_copy, SKANE, **OF_SKANE)
    counties = case(data_copy)
    assert {*TABLES} <= {*fact_hashes(data_copy, counties)}
    assert data_version(data_copy, counties) != before


def test_a_hidden_figure_of_ones_own_is_in_no_hash_whatever_others_read_in(data_copy: Path) -> None:
    """Two of thirty-one are secret; the hash is of what is seen here, and not of what Skåne has."""
    append(data_copy / RESULTS, f"2015,{SHARE},0115,{2 / 31},,observed,2,31,fou-nordvast-2015")
    before = fact_hashes(data_copy, ["Stockholm"])
    assert before[RESULTS] != fact_hashes(DATA)[RESULTS]
    write(data_copy, SKANE, **OF_SKANE)
    assert fact_hashes(data_copy, ["Stockholm"]) == before
    of_skane = [fact_hashes(data_copy, ["Skåne"])]
    write(data_copy, [*SKANE[:-1], SKANE[-1] | {"value": 3 / 31, "numerator": 3.0}], **OF_SKANE | {"sha256": "c" * 64})
    of_skane.append(fact_hashes(data_copy, ["Skåne"]))
    assert of_skane[0] == of_skane[1]


def test_another_countys_row_of_a_county_gives_it_no_other_book(data_copy: Path) -> None:
    """Kalmar has a report over the years, also where Skåne's table has Kalmar beside it."""
    kalmar: dict[str, Any] = {"county": "Kalmar"}
    write(data_copy, [*SKANE, result("bbic-licens", "08", 0.4)], **OF_SKANE)
    with using(data_copy):
        assert book_of(ReportParameters(**kalmar)) == "over-tid"
        write(data_copy, [result("bbic-licens", "0880", "yes")], name="kalmar", county="08")
        assert book_of(ReportParameters(**kalmar)) == "2015"
