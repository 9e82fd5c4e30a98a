"""What differs from the edition before by more than is likely is told before it is read in, and only that."""

import re
from pathlib import Path

import pandas as pd
import pytest

from conftest import DATA, DOMAIN, append
from oj.cli import run
from oj.facts.editions import asking_editions, using
from oj.facts.files import hashes
from oj.facts.places import all_places
from oj.sources.draft.notices import COLUMNS, notices
from oj.sources.terms.known import unwritten
from years_book import PLACES, QUESTIONS, read_in, write_book

PLAN, STEPS, SCHOOL, _, SHARE = (one.title for one in QUESTIONS)
TOP = "Se efter: det här skiljer sig mer från utgåvan före än vad som är vanligt."
Planted = dict[tuple[str, str, int], str | float]


def calm() -> Planted:
    """Return answers that are the same every year, of all kinds."""
    return {
        (one.title, place, year): one.answers[at % len(one.answers)] if one.answers else 40.0 + at
        for one in QUESTIONS
        for at, place in enumerate(PLACES)
        for year in one.years
    }


def noticed(data: Path, path: Path, planted: Planted, capsys: pytest.CaptureFixture[str], *more: str) -> list[str]:
    """Return what is noticed in a workbook, in a dry run."""
    assert read_in(data, write_book(path, planted), "--dry-run", *more) == 0
    lines = capsys.readouterr().out.replace("\u00a0", " ").splitlines()
    at = next((at for at, line in enumerate(lines) if line.startswith(TOP)), None)
    return [] if at is None else [line.strip() for line in lines[at + 1 : -1]]


def test_nothing_is_told_of_what_is_as_before(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert noticed(data_copy, tmp_path / "oj.xlsx", calm(), capsys) == []


def test_a_dry_run_says_what_would_be_read_and_changes_nothing(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = hashes(data_copy)
    assert read_in(data_copy, write_book(tmp_path / "oj.xlsx", calm()), "--dry-run") == 0
    told = capsys.readouterr().out.replace("\u00a0", " ")
    assert hashes(data_copy) == before
    assert "2022" not in asking_editions(data_copy / DOMAIN)
    assert "oj.xlsx: 96 uppgifter skulle läsas in." in told
    assert "Utgåvan 2023: 40 uppgifter; utgåvan är ny och görs av filen, med 5 frågor." in told
    assert "Frågor: 5, varav 0 kända och 5 nya." in told
    assert "Läses inte" not in told  # headings, codes and names are no figures
    assert "Inga fel." in told
    assert told.rstrip().endswith("Inget har ändrats. Kör samma sak utan --dry-run (DRY_RUN=1) för att läsa in.")


def test_a_dry_run_tells_the_faults(data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, planted = hashes(data_copy), calm() | {(PLAN, "1281", 2023): "Kanske"}
    assert read_in(data_copy, write_book(tmp_path / "oj.xlsx", planted), "--dry-run") == 2
    told = capsys.readouterr().out
    assert "för att läsa in" not in told
    assert re.search(r"fel, att rätta:\n.*Resultat [A-Z]+\d+: cellens text ska vara Ja", told)
    assert "Kanske" not in told  # it may be anything
    assert hashes(data_copy) == before


@pytest.mark.parametrize(
    ("planted", "told"),
    [
        (
            {(PLAN, "1280", 2022): "Ja"},
            [f"”{PLAN}”: svaret går fram och tillbaka i en kommun: Malmö (Nej 2021, Ja 2022, Nej 2023)."],
        ),
        ({(SHARE, "1281", 2023): 99.0}, [f"”{SHARE}”: talet hoppar: Lund 44 % 2022, 99 % 2023."]),
        ({(SHARE, "1281", 2023): 93.0}, []),  # half of all, in a lone municipality
        (
            {(title, "1231", 2023): "" for title in (PLAN, STEPS, SCHOOL, SHARE, "Stöd till anhöriga barn")},
            ["2023: Burlöv var med 2022 och saknas nu."],
        ),
        (
            {(PLAN, place, 2023): "Ja" for place in PLACES},
            [f"”{PLAN}”: bara Ja 2023 (6 svar), 3 av 6 i utgåvan före."],
        ),
    ],
)  # fmt: skip
def test_what_is_unlikely_is_told(
    planted: Planted, told: list[str], data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert noticed(data_copy, tmp_path / "oj.xlsx", calm() | planted, capsys) == told


def test_across_a_break_nothing_is_unlikely(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    append(data_copy / DOMAIN / "breaks.csv", "2023,*,break,assessment,Frågorna är andra.,skl-2016,Prov")
    planted = {(PLAN, place, 2023): "Ja" for place in PLACES} | {
        (PLAN, "1280", 2022): "Ja",
        (SHARE, "1281", 2023): 99.0,
    }
    assert noticed(data_copy, tmp_path / "oj.xlsx", calm() | planted, capsys) == []


def test_they_are_at_most_a_page_and_told_by_the_import_too(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    planted = calm()
    planted |= {(PLAN, place, 2022): "Nej" if planted[PLAN, place, 2021] == "Ja" else "Ja" for place in PLACES}
    path = write_book(tmp_path / "oj.xlsx", planted)
    with using(data_copy):
        assert run(["import", str(path), "--domain", DOMAIN]) == 0
    told = capsys.readouterr().out
    assert TOP in told
    assert "i 6 kommuner: Svalöv (Ja 2021, Nej 2022, Ja 2023); " in told
    assert "; 2 till." in told
    assert "2023" in asking_editions(data_copy / DOMAIN)


def test_long_questions_that_begin_alike_are_told_apart() -> None:
    start = "Aktuell överenskommelse om samverkan mellan den sociala barn- och ungdomsvården samt "
    measures = {name: unwritten(name, start + name, "share") for name in ("tandvård", "förskola")}
    rows = pd.DataFrame(
        [[name, "00", year, value, "", True] for name in measures for year, value in (("2022", 0.2), ("2023", 0.9))],
        columns=COLUMNS,
    )
    told = notices(rows, measures, all_places(DATA / DOMAIN), lambda _name: set(), 20)
    assert [line.partition("”:")[0].rpartition(" ")[2] for line in told] == [*measures]
    assert max(map(len, told)) < len(start) + 60


@pytest.mark.parametrize(("county", "now", "is_told"), [
    ("12", 0.55, True), ("10", 0.55, False), ("10", 0.75, False), ("10", 0.9, True), ("09", 1.0, False),
    ("00", 0.4, True),
])  # fmt: skip
def test_a_share_of_few_municipalities_jumps_by_chance(county: str, now: float, is_told: bool) -> None:
    """Blekinge has five: three other answers are sixty percentage points. Skåne has 33."""
    item = unwritten("rutin", "Rutin", "yes-no")
    rows = pd.DataFrame(
        [["rutin", county, year, value, "", True] for year, value in (("2022", 0.2), ("2023", now))], columns=COLUMNS
    )
    told = notices(rows, {"rutin": item}, all_places(DATA / DOMAIN), lambda _name: set(), 20)
    assert bool(told) == is_told
