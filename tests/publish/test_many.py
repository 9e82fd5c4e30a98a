"""Many reports in one go: the same as one by one, whatever happens to some of them."""

import json
import shutil
import signal
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import PARAMS
from oj.cli import run
from oj.disk.folders import Folders
from oj.facts.params import read_parameters
from oj.publish.build.report import build_report
from oj.publish.many import BUILT, FAILED, UNCHANGED, Batch, Order, Outcome, build_many, orders_of
from oj.words.progress import Progress
from publish.building import code, everything_in, said, small_book

ONLY_JONKOPING = 'import os, signal\nif county == "Jönköping":\n    {}'


def outcomes(orders: Sequence[Order], folders: Folders, jobs: int = 2) -> dict[Order, Outcome]:
    return {one.order: one for one in build_many(orders, Batch(folders, PARAMS, "embedded", jobs=jobs))}


def kept(folders: Folders) -> Folders:
    return Folders(folders.notebooks, folders.build, folders.reports, folders.reports.with_name("cache"))


@pytest.mark.parametrize("jobs", [pytest.param(1, marks=pytest.mark.long), 2])
def test_many_are_the_same_as_one_by_one(tmp_path: Path, jobs: int) -> None:
    folders = small_book(tmp_path, said("Text."), code("county"))
    alone = {}
    for county in ("Stockholm", "Jönköping"):
        finished = build_report(read_parameters(county), folders, Progress(), "embedded")
        alone[finished.name] = everything_in(finished)
    shutil.rmtree(folders.reports)
    found = outcomes([Order("Stockholm"), Order("Jönköping")], folders, jobs)
    assert {one.status for one in found.values()} == {BUILT}
    assert {one.report: everything_in(folders.reports / one.report) for one in found.values()} == alone


@pytest.mark.parametrize(
    ("fault", "told"),
    [("raise ValueError('oj då')", "oj då"), ("os.kill(os.getpid(), signal.SIGKILL)", "avbröts")],
)
def test_one_that_fails_stops_no_other_and_leaves_its_earlier_report(tmp_path: Path, fault: str, told: str) -> None:
    folders = small_book(tmp_path, code(ONLY_JONKOPING.format(fault)))
    earlier = folders.reports / "jonkoping-2015"
    earlier.mkdir(parents=True)
    (earlier / "index.html").write_text("förra", encoding="utf-8")
    orders = [Order("Jönköping"), Order("Stockholm"), Order("Gotlandd")]
    found = outcomes(orders, folders)
    assert [found[one].status for one in orders] == [FAILED, BUILT, FAILED]
    assert told in found[orders[0]].message
    assert "Menade du ”Gotland”" in found[orders[2]].message
    assert [path.name for path in earlier.iterdir()] == ["index.html"]


def test_a_building_process_that_dies_is_told_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folders = small_book(tmp_path, code(ONLY_JONKOPING.format("os.kill(os.getppid(), signal.SIGKILL)")))
    orders = [Order("Jönköping"), Order("Stockholm")]
    found = outcomes(orders, folders)
    assert found[orders[0]].status == FAILED
    assert f"status -{int(signal.SIGKILL)}" in found[orders[0]].message
    assert found[orders[1]].status == BUILT


def test_what_has_not_changed_is_not_built_again(tmp_path: Path) -> None:
    folders = kept(small_book(tmp_path, said("Text.")))
    orders = [Order("Stockholm"), Order("Jönköping")]
    assert {one.status for one in outcomes(orders, folders).values()} == {BUILT}
    assert {one.status for one in outcomes(orders, folders).values()} == {UNCHANGED}
    (folders.reports / "stockholm-2015" / "index.html").unlink()
    again = outcomes(orders, folders)
    assert [again[one].status for one in orders] == [BUILT, UNCHANGED]


def test_the_command_tells_what_became_of_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    folders = small_book(tmp_path, said("Text."))
    monkeypatch.setattr("oj.disk.folders.default_folders", lambda: folders)
    assert (
        run(["reports", "--counties", "Stockholm, Jönköping", "Gotlandd", "--jobs", "2", "--renderer", "embedded"]) == 1
    )
    out, err = capfd.readouterr()
    lines = out.splitlines()
    assert "byggd       stockholm-2015" in lines
    assert "misslyckad  Gotlandd" in lines
    assert "2 byggd, 1 misslyckad" in lines
    assert "Menade du ”Gotland”" in err
    listed = json.loads((folders.reports / "build.json").read_text(encoding="utf-8"))
    assert [(one["county"], one["status"], one["report"]) for one in listed] == [
        ("Stockholm", BUILT, "stockholm-2015"),
        ("Jönköping", BUILT, "jonkoping-2015"),
        ("Gotlandd", FAILED, ""),
    ]
    assert set(listed[0]) == {"county", "domain", "edition", "group", "report", "status", "message"}


def test_sheets_are_gathered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = small_book(tmp_path, said("Text."))
    monkeypatch.setattr("oj.disk.folders.default_folders", lambda: folders)
    monkeypatch.setattr(
        "oj.publish.many.build_many",
        lambda orders, _batch: (Outcome(one, "stockholm-2015", UNCHANGED) for one in orders),
    )
    sheet = folders.reports / "stockholm-2015" / "kommuner" / "solna.pdf"
    sheet.parent.mkdir(parents=True)
    sheet.write_bytes(b"blad")
    assert run(["reports", "--counties", "Stockholm", "--municipality-sheets"]) == 0
    assert (folders.reports / "kommunblad" / "stockholm-2015" / "solna.pdf").read_bytes() == b"blad"


@pytest.mark.parametrize("text", ["0", "två", "-1", "1000"])
def test_a_number_of_jobs_that_cannot_be_is_told(text: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(["reports", f"--jobs={text}"]) == 2
    assert "är inget antal" in capfd.readouterr().err


def test_every_county_may_be_wanted_and_names_may_stand_with_commas() -> None:
    assert len(orders_of(["alla"], [], [], PARAMS)) == 21
    named = orders_of(["Västra Götaland, Skåne", "Skåne"], ["lss"], ["aktuell"], PARAMS)
    assert named == [Order("Västra Götaland", "lss", "aktuell"), Order("Skåne", "lss", "aktuell")]


def test_groups_with_a_file_are_wanted_beside_their_county(params_copy: Path) -> None:
    (params_copy / "stockholm-norr.yml").write_text("municipalities: [Solna]\n", encoding="utf-8")
    assert orders_of([], [], [], params_copy) == [Order("Stockholm", group="norr"), Order("Stockholm")]


def test_what_hangs_is_stopped_and_all_that_waited_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("oj.publish.many.PATIENCE", 3)
    folders = small_book(tmp_path, code("import time\n\ntime.sleep(60)"))
    orders = [Order(county) for county in ("Stockholm", "Jönköping", "Riket")]
    found = outcomes(orders, folders)
    assert {one.message for one in found.values()} == {"Inget hände på 3 sekunder; bygget avbröts."}
    assert list(found) == orders
