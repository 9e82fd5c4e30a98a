"""A workbook that made an edition is removed: the edition has no question without results, and no answer is lost."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import oj
from conftest import DOMAIN
from oj.cli import run
from oj.facts.catalog import drafted, indicators
from oj.facts.datapackage import read_text
from oj.facts.editions import edition_folder, edition_of, using
from oj.facts.files import hashes
from oj.sources.asking.form import AREA, DIRECTION, MEANING, SAME, SHORT, UNIT
from oj.sources.draft.settling import remove_workbook
from oj.words.errors import UserError
from sources.sheet_books import asked_book
from sources.test_draft_questions import AMOUNT, COSTS, LIKE, OLD, RENAMED, answer, same_as, workbook
from written import results
from years_book import read_in

PLACES = {"00": "Riket", "1280": "Malmö", "1281": "Lund"}
OTHERS = "hemloshet"  # a domain without editions of its own
SAVED = "Det ni har svarat om frågorna är sparat, och gäller när en arbetsbok med dem läses in igen."


def book(path: Path, columns: Mapping[int, list[str]]) -> Path:
    """Write a workbook where all municipalities answer Ja."""
    return asked_book(path, columns, PLACES, lambda code, _title: "61 %" if code == "00" else "Ja")


def remove(data: Path, name: str) -> int:
    """Remove what is read in."""
    with using(data):
        return run(["data", "remove", name])


def described(data: Path, *years: str) -> dict[str, Any]:
    """Return everything that is said of the questions of some years, and what they show."""
    shown = {year: oj.figures("Skåne", year, folder=data).frame for year in years}
    order = ["measure", "place"]
    return {
        year: (
            {name: item.model_dump() for name, item in indicators(edition_folder(data, year)).items()},
            frame.sort_values(order).to_csv(index=False),
        )
        for year, frame in shown.items()
    }


def test_the_edition_goes_with_its_workbook_and_comes_back_as_it_was_answered(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = hashes(data_copy)
    assert read_in(data_copy, workbook(tmp_path / "oj.xlsx")) == 0
    sheet = tmp_path / "oj-fragor.xlsx"
    answer(sheet, {
        LIKE: {SAME: same_as(sheet, LIKE, "Använt föräldrarnas uppfattning för att utveckla familjehemmen")},
        RENAMED: {SAME: same_as(sheet, RENAMED, OLD), MEANING: "Planen är skriftlig.", AREA: "Jämlik vård och omsorg"},
        OLD: {SAME: "ny fråga", DIRECTION: "högre är bättre", SHORT: "Plan för oro"},
        COSTS: {UNIT: "procent (0–100)", DIRECTION: "lägre är bättre"},
        AMOUNT: {UNIT: "timmar i veckan"},
    })  # fmt: skip
    assert read_in(data_copy, sheet) == 0
    before, kept = described(data_copy, "2022", "2023"), hashes(data_copy)
    capsys.readouterr()
    assert remove(data_copy, "oj") == 0
    told = capsys.readouterr().out
    assert "Utgåvorna 2022–2023, som arbetsböcker hade gjort, är också borta." in told
    assert SAVED in told
    assert {name: one for name, one in hashes(data_copy).items() if "/aside/" not in name} == first
    assert list(drafted(data_copy)) == []
    assert not (data_copy / DOMAIN / "2023" / "indicators").exists()
    assert read_in(data_copy, tmp_path / "oj.xlsx") == 0
    assert "Alla frågor är kända" in capsys.readouterr().out
    assert described(data_copy, "2022", "2023") == before
    assert set(hashes(data_copy)) == set(kept)  # nothing is aside any longer


def test_what_only_that_workbook_had_goes_and_the_rest_stands(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A question that no file has is not shown as one that nobody has answered; nor is its edition's source lost."""
    titles = ["Rutin för vräkning", "Plan mot hemlöshet", "Stöd till personer i akut hemlöshet"]
    one, two = book(tmp_path / "ett.xlsx", {2023: titles[:1]}), book(tmp_path / "tva.xlsx", {2023: titles[1:]})
    for path in (one, two):
        assert read_in(data_copy, path, "--domain", OTHERS) == 0
    home = data_copy / OTHERS / "2023"
    before = indicators(home)
    capsys.readouterr()
    assert remove(data_copy, "ett") == 0
    told = capsys.readouterr().out
    assert "En fråga som ingen arbetsbok har längre är borta ur utgåvan 2023." in told
    assert SAVED in told
    assert [item.title for item in indicators(home).values()] == titles[1:]
    assert edition_of(home).source == "tva"
    assert set(results("Skåne", folder=home)["status"]) == {"observed"}
    with using(data_copy):
        assert run(["check", OTHERS, "2023"]) == 0
    assert remove(data_copy, "tva") == 0
    assert not home.exists()
    for path in (two, one):
        assert read_in(data_copy, path, "--domain", OTHERS) == 0
    assert indicators(home).keys() == before.keys()
    assert not [name for name in hashes(data_copy) if "/aside/" in name]


def test_a_corrected_version_takes_away_what_it_lacks(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, titles = tmp_path / "oj.xlsx", ["Aktuell plan för familjehem", "Rutin när barn placeras långt bort"]
    assert read_in(data_copy, book(path, {2023: titles})) == 0
    assert read_in(data_copy, book(path, {2023: titles[:1]})) == 0
    assert "En fråga som ingen arbetsbok har längre är borta ur utgåvan 2023." in capsys.readouterr().out
    assert [item.title for item in indicators(edition_folder(data_copy, "2023")).values()] == titles[:1]


def test_an_edition_that_somebody_has_written_stays(data_copy: Path, tmp_path: Path) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: ["Aktuell plan för familjehem"]})) == 0
    home = data_copy / DOMAIN / "2023"
    for name in ("tables.csv", "subareas.csv"):
        path = home / name
        path.write_text(path.read_text(encoding="utf-8").replace("saker-fragor", "familjehemmen"), encoding="utf-8")
    before = hashes(home)
    assert remove(data_copy, "oj") == 0
    assert hashes(home) == before


def test_all_is_as_before_where_the_edition_cannot_be_moved(
    data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert read_in(data_copy, book(tmp_path / "oj.xlsx", {2023: ["Aktuell plan för familjehem"]})) == 0
    before, move = hashes(data_copy), Path.replace

    def failing(path: Path, target: Path) -> Path:
        if path.name == "indicators":
            raise OSError(13, "Permission denied")
        return move(path, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(UserError, match="Allt är kvar"):
        remove_workbook("oj", data_copy)
    assert hashes(data_copy) == before


def test_what_is_set_aside_and_broken_is_told(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = book(tmp_path / "oj.xlsx", {2023: ["Aktuell plan för familjehem"]})
    assert read_in(data_copy, path) == 0
    assert remove(data_copy, "oj") == 0
    aside = data_copy / DOMAIN / "aside" / "2023.yml"
    for text in ("- 1\n", "questions: [{id: a}]\n", aside.read_text(encoding="utf-8").replace("yes-no", "ja-nej")):
        aside.write_text(text, encoding="utf-8")
        assert read_in(data_copy, path) == 2
        assert "aside/2023.yml, med svar om frågor som är borttagna, är skadad" in capsys.readouterr().err


def test_each_import_is_read_once_for_all_the_editions_that_are_settled(
    data_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many years and many imports are the usual: their product is not."""
    titles = ["Plan A", "Plan B"]
    assert read_in(data_copy, book(tmp_path / "a.xlsx", dict.fromkeys((2021, 2022, 2023), titles))) == 0
    seen: list[str] = []

    def read(path: Path, label: str) -> Any:
        seen.append(path.name)
        return read_text(path, label)

    monkeypatch.setattr("oj.sources.draft.settling.read_text", read)
    assert read_in(data_copy, book(tmp_path / "b.xlsx", {2022: ["Plan C"], 2023: ["Plan C"]})) == 0
    assert sorted(seen) == ["a-2021.csv", "a-2022.csv", "a-2023.csv", "b-2022.csv", "b-2023.csv"]
    seen.clear()
    with using(data_copy):
        assert [one.year for one in remove_workbook("b-2022").editions] == ["2022"]
    assert len(seen) == 5
