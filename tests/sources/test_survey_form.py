"""The survey's workbook: what a person fills in comes back exactly, and what is wrong is told with sheet and cell."""

import re
from collections.abc import Callable
from io import BytesIO
from math import nan
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.styles import Font, PatternFill
from openpyxl.utils.cell import range_boundaries

from conftest import few, refused
from oj.facts.places import all_places
from oj.forms.survey import form, sheet_names, write_form
from oj.preliminary.staff import COLUMNS as STAFF
from oj.preliminary.staff import TENURES, counts
from oj.sources.files.edge import saved
from oj.sources.survey.layout import STAFF_COLUMNS, asked, asked_of_last_year, staff_titles
from oj.sources.survey.questions import Question, rules
from oj.sources.survey.read import Form, read_form
from oj.words.errors import DataError, UserError

UNITS = {"0184": "Solna", "018005": "Hässelby-Vällingby"}
QUESTIONS = asked("2015")
CORRECTED = asked_of_last_year("2015")
FIRST = 8  # the first row for a case worker
Edit = Callable[[Any], None]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of an empty form for two units."""
    target = tmp_path_factory.mktemp("form") / "enkat.xlsx"
    write_form([all_places()[code] for code in UNITS], target)
    return target.read_bytes()


def row_of(sheet: Any, question: str) -> int:
    """Return the row of a question on a sheet."""
    (row,) = (cell.row for cell in sheet["A"] if cell.value == question)
    return int(row)


def edited(blank: bytes, path: Path, edit: Edit) -> Path:
    """Write the form to `path` as a person has left it."""
    book = load_workbook(BytesIO(blank))
    edit(book)
    book.save(path)
    return path


# ---- what is filled in comes back

LETTERS = st.characters(min_codepoint=32, max_codepoint=0x2FF, exclude_categories=("Cc", "Cs", "Zs"))
TEXTS = st.text(LETTERS, min_size=1, max_size=20).filter(lambda text: not text.startswith("=") and "_x" not in text)
NUMBERS = st.integers(0, 9999).map(lambda hundredths: hundredths / 100)


def answers_of(question: Question) -> st.SearchStrategy[str | float]:
    """Return the answers that a question may have."""
    if question.kind == "choice":
        return st.sampled_from(list(question.alternatives))
    return TEXTS if question.kind == "text" else NUMBERS | st.just("vet-ej")


def rows_of(question: Question) -> st.SearchStrategy[tuple[object, str]]:
    """Return what may stand beside a question: an answer, perhaps with a comment, or a comment alone."""
    return st.tuples(answers_of(question), st.just("") | TEXTS) | st.tuples(st.none(), TEXTS)


ROWS = st.lists(
    st.sampled_from([(place, name) for place in UNITS for name in QUESTIONS]), min_size=5, max_size=40, unique=True
).flatmap(lambda chosen: st.fixed_dictionaries({(place, name): rows_of(QUESTIONS[name]) for place, name in chosen}))
LAST_YEAR = st.dictionaries(
    st.sampled_from([(place, name) for place in UNITS for name in sorted(CORRECTED)]),
    st.sampled_from(["ja", "nej"]),
    max_size=8,
)
PERSON = st.fixed_dictionaries(
    {
        "place": st.sampled_from(list(UNITS)),
        "paid": st.integers(2, 100).map(lambda percent: (percent / 100, nan))
        | st.integers(0, 744).map(lambda hours: (nan, float(hours))),
        "days_away": st.integers(0, 61).map(float) | st.just(nan),
        "on_leave": st.booleans(),
        "qualified": st.booleans(),
        "social_work": st.booleans(),
        "tenure": st.sampled_from(list(TENURES)),
    }
).map(
    lambda one: {
        "place": one["place"],
        "degree": one["paid"][0],
        "hours": one["paid"][1],
        **{name: one[name] for name in STAFF[2:]},
    }
)


def label(question: str, answer: object) -> object:
    """Return an answer as the drop-down has it."""
    return QUESTIONS[question].alternatives.get(answer, answer) if isinstance(answer, str) else answer


def fill(book: Any, answers: dict[Any, Any], last_year: dict[Any, str], staff: list[dict[str, Any]]) -> None:
    """Fill in a form as a person would, in the sheets by name."""
    for (place, question), (answer, comment) in answers.items():
        sheet = book[UNITS[place]]
        row = row_of(sheet, question)
        sheet.cell(row, 3).value = label(question, answer)
        sheet.cell(row, 5).value = comment or None
    for (place, question), answer in last_year.items():
        sheet = book[UNITS[place]]
        sheet.cell(row_of(sheet, question), 4).value = label(question, answer)
    for row, person in enumerate(staff, start=FIRST):
        shown = {True: "Ja", False: "Nej"}
        cells = person | {"place": UNITS[person["place"]], "degree": round(person["degree"] * 100, 6)}
        for column, name in enumerate(STAFF_COLUMNS, start=1):
            value = cells[name]
            book["Personal"].cell(row, column).value = (
                shown[value] if isinstance(value, bool) else None if pd.isna(value) else value
            )


@few(5)
@given(answers=ROWS, last_year=LAST_YEAR, staff=st.lists(PERSON, max_size=4))
def test_what_is_filled_in_comes_back(
    blank: bytes, tmp_path_factory: pytest.TempPathFactory, answers: dict[Any, Any], last_year: dict[Any, str],
    staff: list[dict[str, Any]],
) -> None:  # fmt: skip
    path = edited(
        blank, tmp_path_factory.mktemp("filled") / "a.xlsx", lambda book: fill(book, answers, last_year, staff)
    )
    read = read_form(path)
    assert (read.edition, read.places) == ("2015", tuple(UNITS))
    said = {(row.place, row.question): (row.answer, row.comment) for row in read.answers.itertuples()}
    assert said == answers
    assert len(read.answers) == len(answers)
    assert {(row.place, row.question): row.answer for row in read.last_year.itertuples()} == last_year
    wanted = pd.DataFrame(staff, columns=list(STAFF_COLUMNS))
    pd.testing.assert_frame_equal(read.staff, wanted, check_dtype=False)
    if staff:
        assert counts(read.staff[STAFF]) == counts(wanted[STAFF])


def one_answer(value: object, question: str) -> Edit:
    def edit(book: Any) -> None:
        book["Solna"].cell(row_of(book["Solna"], question), 3).value = value

    return edit


@pytest.mark.parametrize(
    ("value", "question", "answer"),
    [
        (" JA ", "rutin-missbruk.finns", "ja"),
        ("gemensam", "rutin-missbruk.finns", "gemensam"),
        ("12,5", "personal.handlaggare", 12.5),
        ("1 012,5", "personal.handlaggare", 1012.5),
        (7, "personal.handlaggare", 7.0),
        ("vet EJ", "personal.handlaggare", "vet-ej"),
        (112, "socialjour.annan-namn", "112"),
        ("   ", "socialjour.annan-namn", None),
    ],
)
def test_answers_are_understood_as_people_write_them(
    blank: bytes, tmp_path: Path, value: object, question: str, answer: object
) -> None:
    read = read_form(edited(blank, tmp_path / "a.xlsx", one_answer(value, question)))
    assert read.answers[["place", "question", "answer"]].to_numpy().tolist() == (
        [["0184", question, answer]] if answer is not None else []
    )


def test_sheets_may_be_renamed_moved_and_left_out_and_notes_added(blank: bytes, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        one_answer("Ja", "rutin-missbruk.finns")(book)
        book["Solna"].title = "Ifyllt av socialchefen"
        del book["Hässelby-Vällingby"], book["Personal"], book["Läs först"]
        book.create_sheet("Anteckningar", 0)["A1"] = "Ring Solna"
        book["Ifyllt av socialchefen"].insert_rows(2)

    read = read_form(edited(blank, tmp_path / "a.xlsx", edit))
    assert read.answers.to_numpy().tolist() == [["0184", "rutin-missbruk.finns", "ja", ""]]
    assert (read.places, len(read.last_year), len(read.staff)) == (("0184",), 0, 0)


def test_percent_is_read_as_excel_saves_it(blank: bytes, tmp_path: Path) -> None:
    def edit(book: Any) -> None:
        staff = book["Personal"]
        for row, (degree, form_) in enumerate([(0.75, "0%"), (75, "General"), ("75 %", "@")], start=FIRST):
            for column, value in enumerate(["Solna", degree, None, None, None, "Nej"], start=1):
                staff.cell(row, column).value = value
            staff.cell(row, 2).number_format = form_

    assert read_form(edited(blank, tmp_path / "a.xlsx", edit)).staff["degree"].tolist() == [0.75, 0.75, 0.75]


def test_a_formula_gives_the_value_that_was_saved_with_it(blank: bytes, tmp_path: Path) -> None:
    path = edited(blank, tmp_path / "a.xlsx", one_answer("=1+1", "personal.handlaggare"))
    parts = unzipped(path.read_bytes())
    computed = re.sub(rb"(<f>1\+1</f>)<v ?(/>|></v>)", rb"\1<v>3</v>", parts[SHEET])
    path.write_bytes(zipped(parts | {SHEET: computed}))
    assert read_form(path).answers["answer"].tolist() == [3.0]  # not 2: nothing is computed


# ---- what a form has


def reference(book: Any, formula: str) -> list[object]:
    """Return the alternatives that a drop-down refers to."""
    name, _, area = formula.lstrip("=").partition("!")
    left, top, right, bottom = range_boundaries(area)
    return [cell.value for row in book[name].iter_rows(top, bottom, left, right) for cell in row]


def drop_downs(book: Any, sheet: Any) -> dict[str, list[object]]:
    """Return each cell's alternatives, as Excel offers them."""
    return {
        f"{cell}": reference(book, rule.formula1)
        for rule in sheet.data_validations.dataValidation
        if rule.type == "list"
        for area in rule.sqref.ranges
        for cell in ([area.coord] if area.size["rows"] > 1000 else [f"{chr(64 + c)}{r}" for r, c in area.cells])
    }


@pytest.mark.parametrize("name", UNITS.values())
def test_every_drop_down_has_the_surveys_alternatives(blank: bytes, name: str) -> None:
    book = load_workbook(BytesIO(blank))
    sheet = book[name]
    rows = {question: row_of(sheet, question) for question in QUESTIONS}
    choices = [question for question in QUESTIONS.values() if question.kind == "choice"]
    wanted = {f"C{rows[one.id]}": list(one.alternatives.values()) for one in choices}
    wanted |= {f"D{rows[one]}": list(QUESTIONS[one].alternatives.values()) for one in CORRECTED}
    assert drop_downs(book, sheet) == wanted
    numeric = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation if rule.type != "list"}
    assert set(numeric) == {f"C{rows[one.id]}" for one in QUESTIONS.values() if one.kind == "number"}
    assert all(cell in formula and '"Vet ej"' in formula for cell, formula in numeric.items())
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    unlocked = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
    assert unlocked == {f"{letter}{row}" for row in rows.values() for letter in "CE"} | {
        f"D{rows[one]}" for one in CORRECTED
    }
    assert sheet.protection.sheet
    assert sheet.protection.password is None


def test_the_staff_lists_drop_downs(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    assert drop_downs(book, book["Personal"]) == {
        "A8:A5000": list(UNITS.values()),
        **{f"{letter}8:{letter}5000": ["Ja", "Nej"] for letter in "EFG"},
        "H8:H5000": list(TENURES),
    }
    assert [cell.value for cell in book["Personal"][FIRST - 1]] == list(staff_titles().values())


def test_the_year_before_is_asked_for_the_corrected_rules_only() -> None:
    (rule,) = [one for one in rules() if one.rule == "current-corrected"]
    assert {f"{indicator}.finns" for indicator in rule.indicators} == CORRECTED


def test_a_sheet_names_only_its_own_unit(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    for code, name in UNITS.items():
        texts = [str(cell.value) for row in book[name].iter_rows() for cell in row if cell.value is not None]
        assert [other for other in UNITS if other != code and any(other in text for text in texts)] == []
        assert [other for other in UNITS.values() if other != name and any(other in text for text in texts)] == []
        assert f"ÖJ 2015 {code}" in texts


def test_nothing_asked_is_cut(blank: bytes) -> None:
    book = load_workbook(BytesIO(blank))
    sheet = book["Solna"]
    for question in QUESTIONS.values():
        row = row_of(sheet, question.id)
        longest = max([len(question.text) / 43, *(len(one) / 25 for one in question.alternatives.values())])
        assert sheet.row_dimensions[row].height >= 15 * longest * 0.85, question.id


def test_the_same_survey_gives_the_same_bytes(blank: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 5, 5, 5, 5, 0, 0, 0))
    write_form([all_places()[code] for code in UNITS], tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == blank
    with ZipFile(BytesIO(blank)) as parts:
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert parts.read("docProps/core.xml").count(b"2015-01-01T00:00:00Z") == 2


def test_a_finished_form_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_text("svar")
    with refused("finns redan och skrivs inte över", "--output"):
        write_form([all_places()["0184"]], tmp_path / "a.xlsx")
    assert (tmp_path / "a.xlsx").read_text() == "svar"


@given(st.lists(st.text(max_size=40), max_size=12))
def test_sheet_names_are_such_as_excel_takes(names: list[str]) -> None:
    given_ = sheet_names(names)
    assert len({name.casefold() for name in given_} | {"läs först", "personal", "alternativ"}) == len(names) + 3
    for name in given_:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("'") == name


# ---- what is wrong is told


def at(cell: str, value: object, sheet: str = "Solna") -> Edit:
    def edit(book: Any) -> None:
        book[sheet][cell].value = value

    return edit


def person(**cells: object) -> Edit:
    """Return a case worker's row, right but for `cells`."""
    right = {"place": "Solna", "degree": 75, "qualified": "Ja", "social_work": "Ja", "tenure": "3–5 år"} | cells

    def edit(book: Any) -> None:
        for column, name in enumerate(STAFF_COLUMNS, start=1):
            book["Personal"].cell(FIRST, column).value = right.get(name)

    return edit


def copied(book: Any) -> None:
    book.copy_worksheet(book["Solna"]).title = "Solna igen"


def without_header(book: Any) -> None:
    book["Solna"]["C3"].value = "Ert svar"


def both(*edits: Edit) -> Edit:
    def edit(book: Any) -> None:
        for one in edits:
            one(book)

    return edit


WRONG: dict[str, tuple[Edit, list[str]]] = {
    "an unknown alternative": (one_answer("Jaa", "rutin-missbruk.finns"),
        ["Ett fel", "a.xlsx, Solna C", "cellens text ska vara ett av svaren", "”Nej”", "Menade du ”Ja”?"]),
    "a number for a choice": (one_answer(1, "rutin-missbruk.finns"), ["”1” ska vara ett av svaren i listan"]),
    "a truth for a choice": (one_answer(True, "rutin-missbruk.finns"), ["”Sant” ska vara ett av svaren i listan"]),
    "vet ej for a choice": (one_answer("Vet ej", "rutin-missbruk.finns"), ["”Vet ej” ska vara ett av svaren"]),
    "a text for a number": (one_answer("ungefär tolv", "personal.handlaggare"),
        ["cellens text ska vara ett tal, 0 eller större, till exempel 12,5, eller ”Vet ej”"]),
    "nearly vet ej": (one_answer("Vet inte", "personal.handlaggare"), ["cellens text ska", "Menade du ”Vet ej”?"]),
    "a day for a number": (one_answer(pd.Timestamp("2015-02-01").to_pydatetime(), "personal.handlaggare"),
        ["”2015-02-01” ska vara ett tal"]),
    "infinity": (one_answer("inf", "personal.handlaggare"), ["cellens text ska vara ett tal"]),
    "a negative number": (one_answer(-1.5, "personal.handlaggare"), ["”-1,5” kan inte vara negativt"]),
    "a negative number as text": (one_answer("−2", "personal.handlaggare"), ["”−2” kan inte vara negativt"]),
    "a formula never computed": (one_answer("=1+1", "personal.handlaggare"),
        ["”=1+1” är en formel utan sparat värde; skriv värdet i stället"]),
    "an error of Excel's": (one_answer("#DIV/0!", "personal.handlaggare"), ["”#DIV/0!” är ett felvärde från Excel"]),
    "an unknown question": (at("A7", "rutin-misbruk.finns"),
        ["a.xlsx, Solna A7", "är ingen fråga i enkäten. Menade du ”rutin-missbruk.finns”?"]),
    "a question from a register": (at("A7", "bbic-licens.ordinarie"), ["”bbic-licens.ordinarie” är ingen fråga"]),
    "the same question twice": (at("A7", "foraldrar-oppenvard.undersokt"), ["Solna A7", "finns redan på rad 5"]),
    "an answer beside no question": (both(at("A7", None), at("C7", "Ja")),
        ["Solna A7: ”Ja” står på en rad utan frågans id"]),
    "last year where it is not asked": (at("D5", "Ja"), ["Solna D5", "inget svar för året före; lämna rutan tom"]),
    "a sheet of no unit": (at("A1", None), ["Solna A1", "säger inte vilken kommun bladet gäller"]),
    "an unknown unit": (at("A1", "ÖJ 2015 0199"), ["Solna A1", "”ÖJ 2015 0199” säger inte vilken kommun"]),
    "the same unit twice": (copied, ["Solna igen A1", "gäller samma som bladet ”Solna”"]),
    "another edition": (at("A1", "ÖJ 2014 018005", "Hässelby-Vällingby"),
        ["Hässelby-Vällingby A1", "annan utgåva än bladet ”Solna”, som gäller 2015"]),
    "an edition without a survey": (at("A1", "ÖJ 2014 0184"), ["Solna A1", "ingen enkät för utgåvan 2014", "2015"]),
    "no header": (without_header, ["a.xlsx, Solna: saknar rubrikraden", "”Svaret året före”"]),
    "no header of the staff list": (at("B7", "Grad", "Personal"), ["Personal: saknar rubrikraden", "Tjänstledig"]),
    "over full time": (person(degree=101), ["Personal B8", "”101” kan inte vara större än 100"]),
    "a share for percent": (person(degree=0.75), ["”0,75” ska vara procent av heltid", "menade du 75?"]),
    "more hours than October has": (person(degree=None, hours=745), ["Personal C8", "större än 744"]),
    "more days than two months have": (person(days_away=62), ["Personal D8", "större än 61"]),
    "both kinds of pay": (person(hours=10), ["Personal C8: fyll i antingen sysselsättningsgrad eller timmar"]),
    "no kind of pay": (person(degree=None), ["Personal B8: fyll i sysselsättningsgrad, eller timmarna"]),
    "an unknown tenure": (person(tenure="4 år"), ["Personal H8", "”4 år” ska vara ett av", "”mer än 5 år”"]),
    "no tenure": (person(tenure=None), ["Personal H8: fyll i erfarenheten för den som är socionom"]),
    "not told whether a social worker": (person(qualified=None), ["Personal F8: fyll i Ja eller Nej"]),
    "a case worker of no unit": (person(place=None), ["Personal A8: fyll i kommun"]),
    "a case worker of another unit": (person(place="Täby"), ["Personal A8", "”Täby” ska vara ett av", "”Solna”"]),
}  # fmt: skip


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_told_with_its_cell(blank: bytes, tmp_path: Path, name: str) -> None:
    edit, words = WRONG[name]
    path = edited(blank, tmp_path / "a.xlsx", edit)
    with refused(*words):
        read_form(path)


def test_every_fault_is_told_at_once(blank: bytes, tmp_path: Path) -> None:
    edits = both(
        one_answer("Jaa", "rutin-missbruk.finns"), at("D5", "Ja"), at("C5", "Njae", "Hässelby-Vällingby"),
        person(degree=101, tenure="4 år"),
    )  # fmt: skip
    with pytest.raises(DataError) as caught:
        read_form(edited(blank, tmp_path / "a.xlsx", edits))
    cells = [fault.column for fault in caught.value.faults]
    assert cells[0] == "Solna D5"
    assert cells[1].startswith("Solna C")
    assert cells[2:] == ["Hässelby-Vällingby C5", "Personal B8", "Personal H8"]
    assert {fault.file for fault in caught.value.faults} == {"a.xlsx"}


def zipped(parts: dict[str, bytes]) -> bytes:
    whole = BytesIO()
    with ZipFile(whole, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return whole.getvalue()


def unzipped(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def with_part(content: bytes, name: str, old: bytes, new: bytes) -> bytes:
    parts = unzipped(content)
    assert old in parts.get(name, b"")
    return zipped(parts | {name: parts.get(name, b"").replace(old, new, 1)})


SHEET = "xl/worksheets/sheet2.xml"
FILES: dict[str, tuple[str, Callable[[bytes], bytes], list[str]]] = {
    "macros by its name": ("a.xlsm", lambda blank: blank, ["a.xlsm kan ha makron", "(.xlsx)"]),
    "macros inside": ("a.xlsx", lambda blank: zipped(unzipped(blank) | {"xl/vbaProject.bin": b"x"}), ["har makron"]),
    "a password": ("a.xlsx", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ["utan lösenord"]),
    "another kind": ("a.ods", lambda blank: blank, ["a.ods är ingen Excelfil av rätt slag", ".xlsx"]),
    "a text": ("a.xlsx", lambda _: b"kommun;svar", ["är skadad eller ingen Excelfil"]),
    "half a file": ("a.xlsx", lambda blank: blank[: len(blank) // 2], ["är skadad"]),
    "a spoilt part": ("a.xlsx", lambda blank: with_part(blank, SHEET, b"<sheetData>", b"<sheetData"), ["är skadad"]),
    "a missing part": ("a.xlsx", lambda _: zipped({"[Content_Types].xml": b"<Types/>"}), ["är skadad"]),
    "another archive": ("a.xlsx", lambda _: zipped({"brev.txt": b"hej"}), ["är skadad"]),
    "entities": ("a.xlsx", lambda blank: with_part(blank, SHEET, b"<worksheet", b"<!DOCTYPE x><worksheet"), ["skadad"]),
    "a bomb": ("a.xlsx", lambda _: zipped({"[Content_Types].xml": b"\0" * 200_000_001}), ["större än 200 megabyte"]),
    "too large": ("a.xlsx", lambda _: b"PK" + b"\0" * 20_000_000, ["större än 20 megabyte"]),
}


@pytest.mark.parametrize("name", FILES)
def test_what_is_no_form_is_not_opened(blank: bytes, tmp_path: Path, name: str) -> None:
    file, spoil, words = FILES[name]
    (tmp_path / file).write_bytes(spoil(blank))
    with refused(file, *words):
        read_form(tmp_path / file)


def test_a_missing_file_and_another_workbook_are_told(tmp_path: Path) -> None:
    with refused("finns inte"):
        read_form(tmp_path / "a.xlsx")
    book = form([all_places()["0184"]])
    del book["Solna"]
    (tmp_path / "b.xlsx").write_bytes(saved(book, pd.Timestamp("2015-01-01").to_pydatetime()))
    with refused("b.xlsx är inget formulär från oj survey form"):
        read_form(tmp_path / "b.xlsx")


def test_an_empty_form_is_read_as_nothing(blank: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(blank)
    read: Form = read_form(tmp_path / "a.xlsx")
    assert read.places == tuple(UNITS)
    assert (len(read.answers), len(read.last_year), len(read.staff)) == (0, 0, 0)


# ---- what is seen is what is read


def looks(cell: str, sheet: str = "Solna", value: object = None, **look: object) -> Edit:
    def edit(book: Any) -> None:
        one = book[sheet][cell]
        one.value = one.value if value is None else value
        for key, kind in look.items():
            setattr(one, key, kind)

    return edit


def answered(**look: object) -> Edit:
    """Answer how many case workers there are, with a look."""

    def edit(book: Any) -> None:
        looks(f"C{row_of(book['Solna'], 'personal.handlaggare')}", **look)(book)  # type: ignore[arg-type]

    return edit


def hide(kind: str, at: object, sheet: str = "Solna") -> Edit:
    def edit(book: Any) -> None:
        getattr(book[sheet], f"{kind}_dimensions")[at].hidden = True

    return edit


def hide_row(book: Any) -> None:
    hide("row", row_of(book["Solna"], "personal.handlaggare"))(book)


def hide_sheet(name: str) -> Edit:
    return lambda book: setattr(book[name], "sheet_state", "veryHidden")


ANSWER, WHITE = one_answer(125, "personal.handlaggare"), Font(color="FFFFFFFF")
UNSEEN: dict[str, tuple[Edit, list[str]]] = {
    "a struck figure": (one_answer(CellRichText(TextBlock(InlineFont(strike=True), "1"), "25"), "personal.handlaggare"),
                        ["Solna C57: ”125” är delvis överstruken"]),
    "a struck cell": (answered(value=125, font=Font(strike=True)), ["Solna C57: ”125” är överstruken"]),
    "a footnote": (one_answer(CellRichText("12,5", TextBlock(InlineFont(vertAlign="superscript"), "1")),
                              "personal.handlaggare"), ["”12,5¹” ska vara ett tal", "fotnot"]),
    "nothing": (answered(value=125, number_format=";;;"), ["Solna C57", "talformat som inte visar något"]),
    "an x": (answered(value=125, number_format='"x"'), ["Solna C57: ”x” ska vara ett tal"]),
    "two numbers": (one_answer("140\n155", "personal.handlaggare"), ["”140⏎155”", "flera tal"]),
    "two numbers on a line": (one_answer("120 130", "personal.handlaggare"), ["120130, eller 120 och 130"]),
    "a point": (one_answer("1.200", "personal.handlaggare"), ["”1.200” kan läsas på två sätt: som decimaltalet 1,200"]),
    "a comma": (one_answer("1,155", "personal.handlaggare"), ["1,155 eller som 1155"]),
    "a day": (answered(value=42064, number_format="d-mmm"), ["”1-mar” ska vara ett tal", "Det är ett datum"]),
    "a hidden row": (both(ANSWER, hide_row), ["Solna rad 57: raden är dold i Excel"]),
    "a hidden column": (both(ANSWER, hide("column", "C")), ["Solna C57: kolumnen är dold i Excel men har svar"]),
    "a hidden sheet": (both(ANSWER, hide_sheet("Solna")), ["a.xlsx, Solna: bladet är dolt i Excel men har svar"]),
    "white": (answered(value=125, font=WHITE, fill=PatternFill("solid", "FFFFFF")), ["C57: har samma färg"]),
    "a hidden case worker": (both(person(), hide("row", FIRST, "Personal")), ["Personal rad 8: raden är dold"]),
    "a hidden list": (both(person(), hide_sheet("Personal")), ["Personal: bladet är dolt"]),
    "a hidden column of the list": (both(person(), hide("column", "B", "Personal")), ["Personal B8: kolumnen är dold"]),
    "a struck case worker": (both(person(), looks("A8", "Personal", font=Font(strike=True))), ["A8: ”Solna” är över"]),
    "a degree that is a day": (both(person(), looks("B8", "Personal", 42064, number_format="d-mmm")), ["”1-mar”"]),
}  # fmt: skip


@pytest.mark.parametrize("name", UNSEEN)
def test_what_is_not_seen_as_it_is_saved_is_told_with_its_cell(blank: bytes, tmp_path: Path, name: str) -> None:
    edit, words = UNSEEN[name]
    with refused("Ett fel", *words):
        read_form(edited(blank, tmp_path / "a.xlsx", edit))


@pytest.mark.parametrize(
    ("value", "form_", "said"),
    [
        (12500, "0.0,", 12.5),
        (12.47, "0.0", 12.5),
        (1200, "#,##0", 1200.0),
        ("1\u00a0155", "General", 1155.0),
        (12, "@", 12),
    ],
)
def test_an_answer_is_read_as_it_is_shown(blank: bytes, tmp_path: Path, value: object, form_: str, said: float) -> None:
    form = read_form(edited(blank, tmp_path / "a.xlsx", answered(value=value, number_format=form_)))
    assert form.answers["answer"].tolist() == [said]


def test_what_is_hidden_without_an_answer_does_not_matter(blank: bytes, tmp_path: Path) -> None:
    edits = both(one_answer("Ja", "rutin-missbruk.finns"), hide_row, hide("column", "D"), hide_sheet("Personal"))
    assert len(read_form(edited(blank, tmp_path / "a.xlsx", edits)).answers) == 1


def test_notes_are_told_and_an_empty_formula_is_no_answer(blank: bytes, tmp_path: Path) -> None:
    edits = both(one_answer("Ja", "rutin-missbruk.finns"), answered(value='=IF(1=1,"","")'),
                 looks("C5", comment=Comment("ring", "a")))  # fmt: skip
    form = read_form(edited(blank, tmp_path / "a.xlsx", edits))
    assert form.answers["answer"].tolist() == ["ja"]
    assert form.notes == (
        "Anteckningar och kommentarer vid celler läses inte: Solna C5.",
        "Formler utan sparat värde, som kan ge en tom cell, läses som tomma: Solna C57.",
    )


@pytest.mark.parametrize(
    ("text", "hint"), [("Ja/Nej", ""), ("Ja och nej", ""), ("Nja", ""), ("Nejj", "Menade du ”Nej”?")]
)
def test_a_guess_is_made_of_a_slip_only(blank: bytes, tmp_path: Path, text: str, hint: str) -> None:
    with pytest.raises(UserError) as caught:
        read_form(edited(blank, tmp_path / "a.xlsx", one_answer(text, "rutin-missbruk.finns")))
    assert hint in str(caught.value)
    assert hint or "Menade du" not in str(caught.value)
