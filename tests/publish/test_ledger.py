"""What has been shown is remembered through whole reports: what was hidden stays so, whatever comes later.

Read in, built, listed and forgotten by the commands; the attacker of `counties.py` has every finished `resultat.csv`.
"""

from pathlib import Path

import pandas as pd
import pytest

from conftest import DOMAIN
from counties import World, recovered
from filling import filled
from oj.disclosure.door import SEEN
from oj.disclosure.margins import Relation
from publish.house import House, house

FOSTER = "andel-familjehemsvard"
CODES = {"Olofström": "1060", "Karlskrona": "1080", "Ronneby": "1081", "Karlshamn": "1082", "Sölvesborg": "1083"}
TRUE = {"1060": (10, 24), "1080": (40, 80), "1081": (30, 60), "1082": (2, 40), "1083": (25, 50)}
TOTAL = f"Blekinge län;{FOSTER};42 %;107;254"
NO_FILE = pd.DataFrame(columns=["edition", "indicator", "place", "numerator", "denominator"])
NAME = "blekinge-2015"


def rows(*without: str, indicator: str = FOSTER) -> list[str]:
    """Return the rows of Blekinge's municipalities, without some."""
    return [
        f"{name};{indicator};{100 * TRUE[code][0] / TRUE[code][1]:.0f} %;{TRUE[code][0]};{TRUE[code][1]}"
        for name, code in CODES.items()
        if name not in without
    ]


def truth(edition: str = "2015") -> World:
    """Return the true counts of Blekinge and its municipalities."""
    counts = {(edition, FOSTER, code): pair for code, pair in TRUE.items()} | {(edition, FOSTER, "10"): (107, 254)}
    return World(
        counts, [Relation((edition, FOSTER, "10"), tuple((edition, FOSTER, code) for code in TRUE))], [NO_FILE]
    )


def of_county(made: House, report: str) -> pd.DataFrame:
    """Return what a report shows of foster care in Blekinge."""
    shown = made.result(report).reset_index()
    return shown[(shown["indicator"] == FOSTER) & shown["place"].isin([*CODES.values(), "10"])]


def statuses(shown: pd.DataFrame) -> dict[str, str]:
    """Return the status of each place."""
    return dict(zip(shown["place"], shown["status"], strict=True))


def page(made: House, report: str, whole: bool = False) -> str:
    """Return the page where the method tells why figures are hidden."""
    name = "metod.html" if whole else "index.html"
    return (made.folders.reports / report / name).read_text(encoding="utf-8")


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.long)], ids=["small", "whole"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> House:
    return house(tmp_path, whole=request.param)


def test_a_total_read_in_later_tells_nothing_and_the_report_says_why(made: House) -> None:
    """And the same report built again is the same, before and after, also with what is remembered of it."""
    made.read_in(rows(), "kommuner")
    made.oj("report", "Blekinge", "-q")
    first, before = made.written(), of_county(made, NAME)
    made.oj("report", "Blekinge", "-q")
    assert made.written() == first
    made.read_in([TOTAL], "lan")
    made.oj("report", "Blekinge", "-q")
    second, after = made.written(), of_county(made, NAME)
    assert recovered([before, after], truth()) == []
    assert statuses(before) == dict.fromkeys(CODES.values(), "observed") | {"1082": "secret"}
    assert statuses(after) == statuses(before) | {"10": "secondary"}  # what is out is not hidden again
    told = page(made, NAME, whole="metod.html" in {path.name for path in (made.folders.reports / NAME).iterdir()})
    assert "Därför är uppgifter dolda" in told
    assert "Det som en tidigare rapport har visat är ute och döljs inte på nytt" in told
    made.oj("report", "Blekinge", "-q")
    assert made.written() == second


@pytest.mark.parametrize(("overtakings", "ends"), [(1, 0), (99, 2)])
def test_a_report_that_another_overtakes_is_built_again_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, overtakings: int, ends: int
) -> None:
    """Others have shown more since it was begun: that is looked at before anybody can see it."""
    made, seen = house(tmp_path, whole=False), list[bool]()
    made.read_in(rows(), "kommuner")

    def overtaken(shown: pd.DataFrame, _now: pd.DataFrame) -> bool:
        seen.append(bool((shown["indicator"] == FOSTER).any()))
        return len(seen) <= overtakings

    monkeypatch.setattr("oj.publish.build.report.TRIES", 1)
    monkeypatch.setattr("oj.disclosure.door.overtaken", overtaken)
    monkeypatch.setattr("oj.disclosure.door.memory_files", lambda _folder: {"annan.csv": b""})
    told = made.oj("report", "Blekinge", "-q", ends=ends)
    assert seen == [True] * 2
    assert (
        (made.folders.reports / NAME).exists()
        == (made.data / DOMAIN / "published" / f"{NAME}.csv").exists()
        == (not ends)
    )
    assert ("Bygg den igen" in told) == bool(ends)


def test_what_is_remembered_is_listed_and_forgotten(tmp_path: Path) -> None:
    made = house(tmp_path, whole=False)
    made.read_in(rows(), "kommuner")
    assert "har visat" not in made.oj("data", "list")
    made.oj("report", "Blekinge", "-q")
    assert f"Rapporten {NAME} har visat 5 uppgifter om personer" in made.oj("data", "list")
    told = made.oj("data", "forget", "blekinge-2051", ends=2)
    assert "blekinge-2051" in told
    assert f"Menade du ”{NAME}”" in told
    made.read_in([TOTAL], "lan")
    assert "röja" in made.oj("data", "forget", NAME)
    made.oj("data", "forget", SEEN)  # what could be seen before the total was read in
    assert not list((made.data / DOMAIN / "published").glob("*.csv"))
    assert "har visat" not in made.oj("data", "list")
    made.oj("data", "forget", NAME, ends=2)
    made.oj("report", "Blekinge", "-q")
    shown = of_county(made, NAME)
    assert statuses(shown)["10"] == "observed"  # nothing is out: a municipality's figure is hidden in its place
    assert (shown["status"] == "secondary").sum() == 1
    assert recovered([shown], truth()) == []


def test_every_command_that_builds_remembers(tmp_path: Path) -> None:
    """`oj reports` builds of the facts as they are at one moment, and `oj survey results` of a copy of its own."""
    made = house(tmp_path, whole=False, every=True)
    made.read_in(rows(), "kommuner")
    made.parameters("blekinge")
    made.oj("reports", "-q")
    kept = (made.data / DOMAIN / "published" / f"{NAME}.csv").read_bytes()
    form = filled(tmp_path / "enkat.xlsx", {"1081": {"socialjour.hela-aret": "ja"}})
    made.oj("survey", "results", str(form), "-q")
    assert [path.name for path in sorted((made.data / DOMAIN / "published").iterdir())] == [
        f"{NAME}-preliminar.csv", f"{NAME}.csv"
    ]  # fmt: skip
    assert (made.data / DOMAIN / "published" / f"{NAME}.csv").read_bytes() == kept
