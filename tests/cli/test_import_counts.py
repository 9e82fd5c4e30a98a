"""Counts of a year that only a workbook has hide what they hide in an edition that is written."""

from pathlib import Path

import pandas as pd
import pytest

from counties import HIDDEN
from oj.cli import run
from oj.disclosure.door import read_protected
from sources.sheet_books import book

FILES = Path(__file__).parents[1] / "leaks"
FOSTER, FOSTER_TITLE = "andel-familjehemsvard", "Andel familjehemsvård (1 nov 2013)"


@pytest.fixture(autouse=True)
def own_folders(data_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be read into a copy."""
    monkeypatch.setenv("OJ_DATA", str(data_copy))


@pytest.mark.parametrize(
    "file",
    ["L1e-part", "L2-only-numerator",
     *(pytest.param(one, marks=pytest.mark.long) for one in ("L1b-x-with-count", "L4-others"))],
)  # fmt: skip
def test_an_edition_that_a_workbook_makes_hides_what_a_written_one_hides(file: str, data_copy: Path) -> None:
    """Its reader is another, but counts beside a share are counts there too, and parts are parts."""
    for year in ("2015", "2024"):
        path = str(FILES / f"{file}.csv")
        assert run(["import", path, "--edition", year, "--name", f"fil-{year}", "--accept-valid"]) == 0
    rows = read_protected(data_copy)
    rows = rows[rows["source"].str.startswith("fil-")].drop(columns="source")
    old, new = (rows[rows["edition"] == year].drop(columns="edition") for year in ("2015", "2024"))
    assert new["status"].isin(HIDDEN).any()
    pd.testing.assert_frame_equal(
        *(one.sort_values(["indicator", "place"], ignore_index=True) for one in (old, new)), check_dtype=False
    )


@pytest.mark.parametrize(
    ("headings", "told"),
    [
        ([["Kommun", FOSTER_TITLE, "Täljare", "Nämnare"]], "secret"),
        ([[None, FOSTER_TITLE, None, None], ["Kommun", "Andel", "Täljare", "Nämnare"]], "secret"),
        ([[None, FOSTER_TITLE, "Underlag", None], ["Kommun", "Andel", "Täljare", "Nämnare"]], ""),
        ([["Kommun", FOSTER_TITLE, "Täljare", "Nämnare", "Andel nöjda"]], ""),
        ([[None, FOSTER_TITLE, None, None], ["Kommun", "Andel", "Antal", "Antal svar"]], "observed"),
    ],
)
def test_counts_are_those_of_the_share_that_they_stand_beside_or_it_is_not_read(
    headings: list[list[str | None]],
    told: str,
    data_copy: Path,
    tmp_path: Path,
) -> None:
    places = [["Malmö", "5 %", 2, 40, "50 %"], ["Lund", "50 %", 20, 40, "60 %"]]
    rows = [*headings, *(row[: len(headings[-1])] for row in places)]
    merged = ["B1:D1"] if len(headings) == 2 and told else ["C1:D1"] if len(headings) == 2 else []
    path = book(tmp_path / "bok.xlsx", {"2024": rows}, merged)
    status = run(["import", str(path), "--accept-valid"])
    assert status == 0 or not told
    found = read_protected(data_copy).query("edition == '2024' and indicator == @FOSTER").set_index("place")
    assert not {2, 40} & {*read_protected(data_copy).query("edition == '2024'")["value"]}
    assert found["status"].to_dict() == ({"1280": told, "1281": "observed"} if told else {})
