"""A workbook's questions are answered in Excel: proposed, said, remembered, and nothing is asked twice."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import oj
from conftest import DOMAIN
from oj.cli import run
from oj.facts.catalog import indicators
from oj.facts.datapackage import read_table
from oj.facts.editions import edition_folder, using
from oj.facts.files import hashes
from oj.sources.asking.asked import Candidate, asked_of, ranked
from oj.sources.asking.form import (
    AREA,
    COLUMNS,
    DIRECTION,
    FIRST,
    KEY,
    KNOWN_COLUMNS,
    MEANING,
    SAME,
    SHORT,
    TOLD,
    UNIT,
)  # fmt: skip
from oj.sources.asking.likeness import like
from oj.sources.draft.short import short_names
from sources.sheet_books import asked_book, read_once
from written import results

KNOWN = "Social jourverksamhet"
LIKE = "Använt barnens uppfattning för att utveckla familjehemmen"  # 2015: föräldrarnas
OLD, RENAMED = "Aktuell plan för hur oro tas emot", "Aktuell plan för hur anmälan om oro tas emot"
COSTS, AMOUNT = "Insatser efter utredning", "Väntan på insats"
PLACES = {"00": "Riket", "12": "Skåne län", "1280": "Malmö", "1281": "Lund"}
ASKED = {
    2022: [KNOWN, LIKE, OLD, COSTS, AMOUNT],
    2023: [KNOWN, LIKE, RENAMED, COSTS, AMOUNT],
}  # fmt: skip


def workbook(path: Path, asked: Mapping[int, list[str]] = ASKED) -> Path:
    """Write a workbook of some years in one sheet: answers, and two columns of numbers that say no unit."""

    def said(code: str, title: str) -> object:
        answer = "61 %" if len(code) == 2 else "Nej" if code == "1281" else "Ja"
        return {COSTS: 55, AMOUNT: 14.5}.get(title, answer)

    return asked_book(path, asked, PLACES, said)


def do(data: Path, *arguments: str) -> int:
    """Run a command on a folder of facts."""
    with using(data):
        return run(arguments)


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the workbook, the file to answer in and data/ where it is read in, all to be copied."""
    home = tmp_path_factory.mktemp("once")
    return read_once(home, workbook(home / "oj.xlsx"))


@pytest.fixture
def sheet(once: Path, data_copy: Path, tmp_path: Path) -> Path:
    """Return the file to answer in of a workbook that is read in."""
    shutil.copytree(once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "oj-fragor.xlsx"


def rows(path: Path) -> dict[str, dict[str, Any]]:
    """Return what stands in each row of a file to answer in, by its question's title."""
    own = load_workbook(path)["Frågor"]
    found = [
        dict(zip(COLUMNS, row, strict=True))
        for row in own.iter_rows(FIRST, own.max_row, 1, len(COLUMNS), values_only=True)
    ]
    return {str(row["Fråga"]): row for row in found if row["Fråga"]}


def choices(path: Path, title: str) -> list[str]:
    """Return what the list of a question has to choose as the same."""
    book = load_workbook(path)
    row = FIRST + list(rows(path)).index(title)
    cell = f"{'ABCDEFGHIJKLM'[COLUMNS.index(SAME)]}{row}"
    rule = next(one for one in book["Frågor"].data_validations.dataValidation if cell in str(one.sqref).split())
    first, last = str(rule.formula1).replace("$", "").removeprefix("Val!A").split(":A")
    return [str(book["Val"].cell(at, 1).value) for at in range(int(first), int(last) + 1)]


def answer(path: Path, said: Mapping[str, Mapping[str, str]]) -> Path:
    """Answer in the sheet, by questions' titles and columns."""
    book, order = load_workbook(path), list(rows(path))
    for title, own in said.items():
        for column, text in own.items():
            book["Frågor"].cell(FIRST + order.index(title), COLUMNS.index(column) + 1, text)
    book.save(path)
    return path


def same_as(path: Path, title: str, earlier: str) -> str:
    """Return how the list tells an earlier question."""
    return next(one for one in choices(path, title) if one.startswith(earlier))


def said(path: Path) -> Path:
    """Answer everything."""
    return answer(path, {
        LIKE: {SAME: same_as(path, LIKE, "Använt föräldrarnas uppfattning för att utveckla familjehemmen")},
        RENAMED: {SAME: same_as(path, RENAMED, OLD), MEANING: "Planen är skriftlig."},
        OLD: {SAME: "ny fråga", DIRECTION: "högre är bättre", SHORT: "Plan för oro", AREA: "Jämlik vård och omsorg"},
        COSTS: {UNIT: "procent (0–100)", DIRECTION: "ingen bedömning", AREA: "Effektiv vård och omsorg"},
        AMOUNT: {UNIT: "timmar i veckan", DIRECTION: "lägre är bättre"},
    })  # fmt: skip


def test_the_import_writes_what_is_known_like_and_new(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    do(data_copy, "import", str(workbook(tmp_path / "oj.xlsx")), "--domain", DOMAIN)
    told, path = capsys.readouterr().out, tmp_path / "oj-fragor.xlsx"
    assert "1 fråga känd, 2 liknar en tidigare, 3 nya (sammanlagt 6; alla ställs inte varje år)" in told
    assert re.search(r"Utgåvorna 2022–2023 är nya .+ med 5 frågor i varje\.", told)
    assert f"läs in den filen: oj import {path}, eller make import FILE={path}. " in told
    found = rows(path)
    assert KNOWN not in found  # word for word as in 2015: not asked
    assert found[LIKE][TOLD[4]] == "Använt föräldrarnas uppfattning för att utveckla familjehemmen (2015)"
    assert found[LIKE][TOLD[5]] == "Förr: ”föräldrarnas”. Nu: ”barnens”."
    assert found[RENAMED][TOLD[4]] == f"{OLD} (2022)"
    assert found[LIKE]["År"] == "2022–2023"
    assert found[LIKE]["Läst som"] == "Ja / Nej"
    assert all(not row[column] for row in found.values() for column in (SAME, AREA, UNIT, DIRECTION, SHORT, MEANING))
    assert found[OLD][TOLD[4]] == "Ingen liknar den."  # what came later is no earlier question
    assert choices(path, LIKE)[:2] == [
        "ny fråga",
        "Använt föräldrarnas uppfattning för att utveckla familjehemmen (2015)",
    ]
    assert not [one for one in choices(path, RENAMED) if one.startswith((KNOWN, LIKE))]  # asked the same year
    assert list(indicators(edition_folder(data_copy, "2023")))[1] != "foraldrar-familjehem"  # nobody has said so


@pytest.mark.parametrize(("titles", "wanted"), [
    ({"2015": "Plan för hur oro tas emot nu", "2022": "Plan för hur anmäld oro tas emot"}, "2022"),
    ({"2015": "Plan för hur oro tas emot", "2022": "Plan för hur oro tas om hand nu"}, "2015"),  # the same words
    ({"2015": "Plan för hur oro tas emot nu", "2022": "Plan för hur oro om äldre utreds"}, "2015"),  # far less like
    ({"2015": "Plan för hur oro tas emot nu", "2022": "Ekonomiskt bistånd"}, "2015"),
])  # fmt: skip
def test_a_question_of_the_workbooks_own_years_goes_before_an_old_one_that_is_about_as_like(
    titles: dict[str, str], wanted: str
) -> None:
    title = "Plan för hur oro tas emot"
    others = {year: Candidate(year, told, "yes-no", ("Ja", "Nej"), (year,), year) for year, told in titles.items()}
    scores = {year: like(title, told) for year, told in titles.items()}
    assert ranked(title, scores, others, "2023")[0] == wanted, scores


def test_what_is_answered_is_what_the_editions_say(sheet: Path, data_copy: Path) -> None:
    assert do(data_copy, "import", str(said(sheet))) == 0
    for year, title in (("2022", OLD), ("2023", RENAMED)):
        known = indicators(edition_folder(data_copy, year))
        assert known["foraldrar-familjehem"].title == LIKE  # asked by its own words
        assert known["foraldrar-familjehem"].polarity == "higher-better"
        plan = next(one for one in known.values() if one.title == title)
        assert plan.id == "aktuell-plan-for-hur-oro-tas-emot"
        assert known["insatser-efter-utredning"].scale == "share"
        assert (known["vantan-pa-insats"].scale, known["vantan-pa-insats"].polarity) == (
            "hours-per-week",
            "lower-better",
        )
        assert do(data_copy, "check", DOMAIN, year) == 0
    first, last = (
        indicators(edition_folder(data_copy, year))["aktuell-plan-for-hur-oro-tas-emot"] for year in ("2022", "2023")
    )
    assert (first.area, first.short, first.polarity) == ("jamlik", "Plan för oro", "higher-better")
    assert (last.rule, last.short, last.polarity) == ("Planen är skriftlig.", "Plan för oro", "higher-better")
    assert first.rule == ""
    shown = results("Skåne", "2023", folder=data_copy).set_index(["indicator", "place"])
    assert shown.loc[("foraldrar-familjehem", "1281"), "answer"] == "no"
    assert shown.loc[("aktuell-plan-for-hur-oro-tas-emot", "1280"), "answer"] == "yes"
    assert shown.loc[("insatser-efter-utredning", "1280"), "value"] == 0.55
    assert shown.loc[("vantan-pa-insats", "1280"), "value"] == 14.5


def test_a_question_in_new_words_is_not_called_by_the_old_ones(sheet: Path, data_copy: Path) -> None:
    answer(sheet, {RENAMED: {SAME: same_as(sheet, RENAMED, OLD)}})
    assert do(data_copy, "import", str(sheet)) == 0
    asked = {"2022": OLD, "2023": RENAMED, "2024": RENAMED}
    again = workbook(sheet.with_name("nasta.xlsx"), {2024: [RENAMED]})
    assert do(data_copy, "import", str(again), "--domain", DOMAIN) == 0
    for year, title in asked.items():
        shown = oj.figures("Skåne", year, folder=data_copy).measures["aktuell-plan-for-hur-oro-tas-emot"]
        assert (shown.title, shown.short.rstrip("…") in title, len(shown.short) <= 40) == (title, True, True)
    answer(sheet, {OLD: {SHORT: "Plan för oro"}})  # a name that a person gives is that of every year
    assert do(data_copy, "import", str(sheet)) == 0
    named = [indicators(edition_folder(data_copy, year))["aktuell-plan-for-hur-oro-tas-emot"].short for year in asked]
    assert set(named) == {"Plan för oro"}


def test_whole_numbers_are_shown_whole_until_one_is_not(sheet: Path, data_copy: Path) -> None:
    answer(sheet, {title: {UNIT: "antal, kronor eller annat tal"} for title in (COSTS, AMOUNT)})
    assert do(data_copy, "import", str(sheet)) == 0
    shown = oj.figures("Skåne", "2023", folder=data_copy).frame
    assert set(shown[shown["title"] == COSTS]["display"]) == {"55"}
    assert set(shown[shown["title"] == AMOUNT]["display"]) == {"14,5"}
    later = workbook(sheet.with_name("oj.xlsx"), ASKED)
    book = load_workbook(later)
    column = next(cell.column for cell in book.worksheets[0][2] if cell.value == COSTS)
    book.worksheets[0].cell(4, column, 55.25)
    book.save(later)
    assert do(data_copy, "import", str(later), "--domain", DOMAIN) == 0
    shown = oj.figures("Skåne", "2023", folder=data_copy).frame
    assert set(shown[shown["title"] == COSTS]["display"]) == {"55,0"}


def test_a_known_question_outside_its_years_is_chosen_already_and_said_by_reading_the_file(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The survey's list ends it in 2021; the same words in 2023 are most likely the same, and a person says so."""
    title = "Aktuell samlad plan för personalens kompetensutveckling inom social barn- och ungdomsvård"
    path = workbook(tmp_path / "oj.xlsx", {2023: [KNOWN, title]})
    assert do(data_copy, "import", str(path), "--domain", DOMAIN) == 0
    assert "1 liknar en tidigare (1 ord för ord: svaret är ifyllt)" in capsys.readouterr().out
    sheet = tmp_path / "oj-fragor.xlsx"
    own = rows(sheet)[title]
    assert own[SAME] == f"{title} (till och med 2021)" == same_as(sheet, title, title)
    assert own[TOLD[5]] == "Inget, men den frågan är känd till och med 2021. Välj ny fråga om den inte är densamma."
    assert "plan-personal" not in indicators(edition_folder(data_copy, "2023"))  # not before somebody has said so
    assert do(data_copy, "import", str(sheet)) == 0
    assert indicators(edition_folder(data_copy, "2023"))["plan-personal"].title == title


def test_read_twice_changes_nothing_more_and_an_empty_one_nothing(sheet: Path, data_copy: Path) -> None:
    before = hashes(data_copy)
    assert do(data_copy, "import", str(sheet)) == 0
    assert hashes(data_copy) == before
    said(sheet)
    assert do(data_copy, "import", str(sheet), "--dry-run") == 0
    assert hashes(data_copy) == before
    assert do(data_copy, "import", str(sheet)) == 0
    after = hashes(data_copy)
    assert after != before
    assert {name for name in after if after[name] != before.get(name)} <= {
        name for name in after if name.startswith((f"{DOMAIN}/2022/", f"{DOMAIN}/2023/", "results/oj-"))
    }
    assert do(data_copy, "import", str(sheet)) == 0
    assert hashes(data_copy) == after


def test_an_answer_may_be_taken_back(sheet: Path, data_copy: Path) -> None:
    copy = shutil.copy(sheet, sheet.with_name("igen.xlsx"))
    assert do(data_copy, "import", str(said(sheet))) == 0
    assert do(data_copy, "import", str(answer(Path(copy), {LIKE: {SAME: "ny fråga"}}))) == 0
    known = indicators(edition_folder(data_copy, "2023"))
    assert "foraldrar-familjehem" not in known
    shown = results("Skåne", "2023", folder=data_copy).set_index(["indicator", "place"])
    assert shown.loc[(rows(Path(copy))[LIKE][KEY], "1281"), "answer"] == "no"


def test_next_year_nothing_is_asked_twice(sheet: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert do(data_copy, "import", str(said(sheet))) == 0
    assert {one.state for one in asked_of(data_copy / DOMAIN, ["2022", "2023"])} == {"known"}
    later = workbook(sheet.with_name("nasta.xlsx"), {2024: [KNOWN, LIKE, RENAMED, COSTS, "Helt ny sak som ingen sett"]})
    capsys.readouterr()
    assert do(data_copy, "import", str(later), "--domain", DOMAIN) == 0
    assert "4 frågor kända, 0 liknar en tidigare, 1 ny" in capsys.readouterr().out
    assert list(rows(sheet.with_name("nasta-fragor.xlsx"))) == ["Helt ny sak som ingen sett"]
    known = indicators(edition_folder(data_copy, "2024"))
    assert known["foraldrar-familjehem"].title == LIKE
    assert known["aktuell-plan-for-hur-oro-tas-emot"].rule == "Planen är skriftlig."
    assert known["insatser-efter-utredning"].scale == "share"
    assert known["insatser-efter-utredning"].area == "effektiv"  # as it was answered, whatever sheet it stands on
    names = read_table("areas", edition_folder(data_copy, "2024"))["name"].tolist()
    assert names == ["Säker vård och omsorg", "Effektiv vård och omsorg"]
    assert (
        results("Skåne", "2024", folder=data_copy).query("indicator == 'insatser-efter-utredning'")["value"].max()
        == 0.55
    )


def moved(path: Path, area: str, title: str = KNOWN) -> Path:
    """Choose another area for a question that is known."""
    book = load_workbook(path)
    own = book["Kända frågor"]
    row = next(at for at in range(FIRST, own.max_row + 1) if own.cell(at, 1).value == title)
    cell = own.cell(row, KNOWN_COLUMNS.index(AREA) + 1)
    assert any(cell.coordinate in str(one.sqref).split() for one in own.data_validations.dataValidation)
    assert not cell.protection.locked
    cell.value = area
    book.save(path)
    return path


def test_a_known_question_is_moved_to_another_area_and_stays_there(
    sheet: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where the edition that follows with the program asks it too, that one is as it was, and it is said."""
    before = hashes(data_copy / DOMAIN / "2015")
    name = next(
        one.id for one in indicators(edition_folder(data_copy, "2015")).values() if KNOWN in (one.title, one.short)
    )
    capsys.readouterr()
    assert do(data_copy, "import", str(moved(sheet, "Jämlik vård och omsorg"))) == 0
    told = capsys.readouterr().out
    assert "svar om en fråga." in told
    assert "Utgåvan 2015 följer med programmet och ändras inte: områdena där är som förut." in told
    assert "Utgåvorna 2022–2023 är ändrade." in told
    assert hashes(data_copy / DOMAIN / "2015") == before
    again = workbook(sheet.with_name("oj.xlsx"), {**ASKED, 2024: [KNOWN, LIKE]})
    assert do(data_copy, "import", str(again), "--domain", DOMAIN) == 0
    for year in ("2022", "2023", "2024"):  # the workbook's own sheet is another area
        assert indicators(edition_folder(data_copy, year))[name].area == "jamlik", year
        assert do(data_copy, "check", DOMAIN, year) == 0
    assert oj.figures("Skåne", "2022", folder=data_copy).of("jamlik").frame["measure"].unique().tolist() == [name]


def test_a_known_question_is_not_moved_to_two_areas_or_to_none_that_is_there(
    data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = "Social jourverksamhet dygnet runt"
    assert do(data_copy, "import", str(workbook(tmp_path / "oj.xlsx", {2022: [KNOWN], 2023: [other]}))) == 0
    sheet, before = tmp_path / "oj-fragor.xlsx", hashes(data_copy)
    answer(sheet, {other: {SAME: same_as(sheet, other, KNOWN), AREA: "Effektiv vård och omsorg"}})
    for area, told in (("Jämlik vrd och omsorg", "Menade du ”Jämlik vård"), ("Jämlik vård och omsorg", "Frågor I5")):
        assert do(data_copy, "import", str(moved(sheet, area))) == 2
        error = capsys.readouterr().err
        assert "Kända frågor F5" in error
        assert told in error
    assert hashes(data_copy) == before


def test_a_question_in_its_first_words_is_still_known(sheet: Path, data_copy: Path) -> None:
    assert do(data_copy, "import", str(said(sheet))) == 0
    first = "Använt föräldrarnas uppfattning för att utveckla familjehemmen"
    later = workbook(sheet.with_name("nasta.xlsx"), {2024: [first]})
    assert do(data_copy, "import", str(later), "--domain", DOMAIN) == 0
    assert indicators(edition_folder(data_copy, "2024"))["foraldrar-familjehem"].title == first


@pytest.mark.parametrize(("column", "text", "told"), [
    (SAME, "Social jour", "finns inte i listan"),
    (SAME, "Jämlik vård och omsorg", "finns inte i listan"),
    (AREA, "Jämlik vrd och omsorg", "Menade du ”Jämlik vård och omsorg”?"),
    (DIRECTION, "högre", "ska vara ”högre är bättre”, ”lägre är bättre” eller ”ingen bedömning”, eller tom."),
    (UNIT, "procent", "ska vara ”procent (0–100)”"),
    (SHORT, "Ett namn som är mycket längre än vad som får plats", "får ha högst 40"),
    (KEY, "", "utan nyckel"),
    ("Fråga", "En annan fråga", "är ingen fråga i en utgåva"),
])  # fmt: skip
def test_a_fault_is_told_with_its_cell_and_nothing_changes(
    sheet: Path, data_copy: Path, capsys: pytest.CaptureFixture[str], column: str, text: str, told: str
) -> None:
    before, at = hashes(data_copy), FIRST + list(rows(sheet)).index(COSTS)
    answer(sheet, {OLD: {SHORT: "Plan"}, COSTS: {DIRECTION: "ingen bedömning", column: text}})
    assert do(data_copy, "import", str(sheet)) == 2
    error = capsys.readouterr().err
    cell = "A" if column == KEY else "ABCDEFGHIJKLM"[COLUMNS.index(column)]
    assert f"Frågor {cell}{at}" in error
    assert told in error
    assert hashes(data_copy) == before


def test_two_questions_of_a_year_are_not_one(sheet: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before, earlier = hashes(data_copy), "Använt föräldrarnas uppfattning för att utveckla familjehemmen"
    answer(sheet, {title: {SAME: same_as(sheet, title, earlier)} for title in (LIKE, RENAMED)})
    assert do(data_copy, "import", str(sheet)) == 2
    error = capsys.readouterr().err
    assert "två frågor samma år är två" in error
    assert "2023" in error
    assert hashes(data_copy) == before


def test_numbers_are_what_they_are_said_to_be(sheet: Path, data_copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = hashes(data_copy)
    answer(sheet, {COSTS: {UNIT: "andel (0–1)"}})
    assert do(data_copy, "import", str(sheet)) == 2
    assert "”55” står bland talen" in capsys.readouterr().err.replace("55.0", "55").replace("55,0", "55")
    answer(sheet, {COSTS: {UNIT: "", SAME: same_as(sheet, COSTS, "Andel familjehemsvård")}})
    assert do(data_copy, "import", str(sheet)) == 2
    assert "Svara procent (0–100) eller andel (0–1) under Enhet" in capsys.readouterr().err
    assert hashes(data_copy) == before


def test_the_same_workbook_gives_the_same_sheet(sheet: Path, data_copy: Path, tmp_path: Path) -> None:
    first = sheet.read_bytes()
    assert do(data_copy, "import", str(tmp_path / "oj.xlsx"), "--domain", DOMAIN) == 0
    assert sheet.read_bytes() == first  # it may be filled in: it is never written over
    sheet.unlink()
    assert do(data_copy, "import", str(tmp_path / "oj.xlsx"), "--domain", DOMAIN) == 0
    assert sheet.read_bytes() == first


def test_a_dry_run_of_a_workbook_changes_nothing(data_copy: Path, tmp_path: Path) -> None:
    before = hashes(data_copy)
    assert do(data_copy, "import", str(workbook(tmp_path / "oj.xlsx")), "--domain", DOMAIN, "--dry-run") == 0
    assert hashes(data_copy) == before
    assert [path.name for path in tmp_path.glob("*.xlsx")] == ["oj.xlsx"]


def test_what_nobody_has_described_is_told_in_one_sentence(sheet: Path, data_copy: Path) -> None:
    figures = oj.figures("Skåne", "2023", folder=data_copy)
    told = oj.method(figures, "beskrivningar").markdown
    assert told.startswith("4 av 5 frågor i utgåvan 2023 har ingen beskrivning än.")
    assert "`oj-fragor.xlsx`" in told
    sheets = oj.about(figures).markdown
    assert "** \n" not in sheets
    assert "Så räknas det" not in sheets
    answer(sheet, {COSTS: {MEANING: "Andelen som fick en insats."}})
    assert do(data_copy, "import", str(sheet)) == 0
    described = oj.figures("Skåne", "2023", folder=data_copy)
    assert oj.method(described, "beskrivningar").markdown.startswith("3 av 5 frågor")
    assert "**Så räknas det.** Andelen som fick en insats." in oj.about(described).markdown
    assert oj.method(oj.figures("Stockholm"), "beskrivningar").markdown == ""


def test_a_question_without_a_direction_is_no_target(sheet: Path, data_copy: Path) -> None:
    def targets() -> dict[str, float]:
        rows = oj.targets(oj.figures("Skåne", "2023", folder=data_copy)).frame
        return dict(rows[rows["measure"] == "alla"].set_index("place")["of"])

    assert targets()["1280"] == 1  # the one that 2015 gives a direction
    answer(sheet, {RENAMED: {DIRECTION: "högre är bättre"}, LIKE: {DIRECTION: "lägre är bättre"}})
    assert do(data_copy, "import", str(sheet)) == 0
    assert targets()["1280"] == 2


def test_long_titles_have_short_names_that_are_told_apart(data_copy: Path, tmp_path: Path) -> None:
    alike = "Genomfört individbaserad systematisk uppföljning av"
    titles = [f"{alike} målgruppens behov i kommunen", f"{alike} verksamhetens stöd till enskilda", KNOWN]
    path = workbook(tmp_path / "oj.xlsx", {2022: titles, 2023: titles})
    assert do(data_copy, "import", str(path), "--domain", DOMAIN) == 0
    for year in ("2022", "2023"):
        names = [one.short for one in indicators(edition_folder(data_copy, year)).values()]
        assert names == [
            "Genomfört… målgruppens behov i kommunen",
            "Genomfört… verksamhetens stöd till enskilda",
            "Heltäckande socialjour",
        ]


def test_a_short_name_that_is_anothers_has_its_end_and_room() -> None:
    """It was the whole title, which stood over the answers in pictures."""
    alike = "Aktuell rutin för samordning mellan social barn- och ungdomsvård och"
    short = short_names({"a": f"{alike} missbruk"}, ["Aktuell rutin för samordning mellan…"])["a"]
    assert short == "Aktuell rutin för… och ungdomsvård och missbruk"
    taken = ["Aktuell rutin för samordning mellan…", short]
    assert short_names({"a": f"{alike} missbruk"}, taken)["a"] == f"{alike} missbruk"
    assert short_names({"a": "Plan"}, ["Plan"]) == {"a": "Plan"}
