"""The made books are what they say, and the judge finds what is wrong with an answer, so that it can fail."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from made_books import MANNERS, made
from made_books.book import MadeBook
from made_books.errors import EVERYWHERE, WORKBOOKS_ONLY
from made_books.facts import DOMAINS
from made_books.judge import judged

Answer = dict[str, Any]
SEEDS = 6


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[MadeBook]:
    folder = tmp_path_factory.mktemp("books")
    made_so = [made(seed, manner, folder) for manner in MANNERS for seed in range(SEEDS)]
    return [book for book in made_so if not book.yearless]


def spoilt(book: MadeBook, change: Callable[[Answer], object]) -> list[str]:
    """Return what the judge says of the right answer after a change."""
    answer = book.as_json()
    change(answer)
    return judged(answer, book)


def with_cell(book: MadeBook, status: str = "observed", answers: bool = False) -> int:
    """Return the number of a cell of a status, that holds an answer or a figure."""
    return next((number for number, one in enumerate(book.cells)
                 if one.status == status and bool(one.answers) == answers), -1)  # fmt: skip


def test_the_right_answer_is_right(books: list[MadeBook]) -> None:
    assert {book.name: faults for book in books if (faults := judged(book.as_json(), book))} == {}


def test_books_of_all_kinds_are_made(books: list[MadeBook]) -> None:
    assert {book.domain for book in books} == set(DOMAINS)
    assert {one.status for book in books for one in book.cells} == {
        "observed", "missing", "suppressed", "not_applicable"}  # fmt: skip
    assert {one.group for book in books for one in book.cells} == {"total", "women", "men"}
    assert {answer for book in books for one in book.cells for answer in one.answers} >= {"yes", "partly", "no"}
    assert len({one.period for book in books for one in book.cells}) == 8
    assert min(len(book.cells) for book in books) >= 20
    assert any(book.edition for book in books)


def test_every_error_is_planted(tmp_path: Path) -> None:
    books = [made(seed, manner, tmp_path, 3) for manner in ("coded", "year_sheets", "stacked") for seed in range(40)]
    assert len(Counter(error.kind for book in books for error in book.errors)) == len(EVERYWHERE + WORKBOOKS_ONLY)


def test_the_same_seed_makes_the_same_book(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    for manner in MANNERS:
        first, second = (made(4, manner, folder) for folder in (tmp_path, tmp_path / "again"))
        assert first.as_json() == second.as_json()


def test_figures_stand_where_the_answer_says(books: list[MadeBook]) -> None:
    for book in books:
        if book.path.suffix != ".xlsx":
            continue
        file = load_workbook(book.path)
        for one in book.cells:
            raw = file[one.sheet][one.cell].value
            assert raw is not None or one.status == "missing"
            if one.value is not None:
                number = float(str(raw).replace("\xa0", "").replace(",", "."))
                assert number == pytest.approx(one.value) or number == pytest.approx(one.value * 100)


@pytest.mark.parametrize(
    ("key", "other"),
    [("place", "0000"), ("title", "Något annat"), ("period", "1999"), ("group", "girls"), ("status", "missing"),
     ("value", 12345.0)],
)  # fmt: skip
def test_a_wrong_cell_is_found(books: list[MadeBook], key: str, other: object) -> None:
    for book in books:
        number = with_cell(book)
        if number >= 0:
            faults = spoilt(book, lambda answer, number=number: answer["cells"][number].update({key: other}))  # type: ignore[misc]
            assert any(fault.startswith("wrong") and f"{key} is" in fault for fault in faults), book.name


def test_a_value_a_little_off_is_found(books: list[MadeBook]) -> None:
    book = next(book for book in books if with_cell(book) >= 0)
    one = book.as_json()["cells"][with_cell(book)]
    faults = spoilt(book, lambda answer: answer["cells"][with_cell(book)].update(value=one["value"] + 1e-6))
    assert len(faults) == 1
    assert f"value is {one['value']}" in faults[0]


def test_a_wrong_answer_is_found(books: list[MadeBook]) -> None:
    for book in books:
        number = with_cell(book, answers=True)
        if number >= 0:
            said = book.cells[number].answers[0]
            other = {"yes": "no", "no": "yes", "partly": "no"}[said]
            faults = spoilt(book, lambda answer, at=number, to=other: answer["cells"][at].update(answer=to))  # type: ignore[misc]
            assert any("answer is" in fault for fault in faults), book.name


@pytest.mark.parametrize("status", ["observed", "missing"])
def test_a_lost_cell_is_found(books: list[MadeBook], status: str) -> None:
    for book in books:
        number = with_cell(book, status)
        if number >= 0:
            faults = spoilt(book, lambda answer, number=number: answer["cells"].pop(number))  # type: ignore[misc]
            assert [fault.split(":")[0] for fault in faults] == ["lost"], book.name


def test_a_cell_that_is_ignored_without_cause_is_lost(books: list[MadeBook]) -> None:
    one = books[0].cells[0]
    left_out = {"sheet": one.sheet, "range": f"{one.cell}:{one.cell}", "why": "så"}
    assert any(
        "both read and ignored" in fault
        for fault in spoilt(books[0], lambda answer: answer["ignored"].append(left_out))
    )


def test_an_untold_error_is_found_and_its_figure_lost(books: list[MadeBook]) -> None:
    wrong = [book for book in books if book.errors]
    assert wrong
    for book in wrong:
        faults = spoilt(book, lambda answer: answer["faults"].clear())
        assert sum(fault.startswith("untold") for fault in faults) == len(book.errors), book.name


def test_an_error_that_is_read_all_the_same_is_wrong(books: list[MadeBook]) -> None:
    for book in books:
        for error in book.errors:
            if error.kind == "the same municipality twice":
                continue
            read = book.cells[0].as_json() | {"sheet": error.sheet, "cell": min(error.spoiled)}
            faults = spoilt(book, lambda answer, read=read: answer["cells"].append(read))  # type: ignore[misc]
            assert any("in spite of" in fault for fault in faults), book.name


def test_a_fault_on_what_is_right_is_false(books: list[MadeBook]) -> None:
    for book in books:
        one = book.cells[0]
        fault = {"sheet": one.sheet, "cell": one.cell, "value": "", "rule": ""}
        faults = spoilt(book, lambda answer, fault=fault: answer["faults"].append(fault))  # type: ignore[misc]
        assert any(fault.startswith("false") for fault in faults), book.name


@pytest.mark.parametrize(
    ("area", "told"), [("A1:D9", True), ("A1:B9", False), ("3:4", False), ("3:5", True), ("", True)]
)
def test_a_fault_names_a_cell_or_two_rows_or_columns(books: list[MadeBook], area: str, told: bool) -> None:
    fault = {"sheet": books[0].cells[0].sheet, "cell": area, "value": "", "rule": ""}
    faults = spoilt(books[0], lambda answer: answer["faults"].append(fault))
    assert any("more than two" in fault or "no cell" in fault for fault in faults) == told


def test_a_unit_or_private_row_that_is_read_is_wrong(books: list[MadeBook]) -> None:
    book = next(book for book in books if book.manner == "information")
    sheet, area = book.ignored[-1]
    read = book.cells[0].as_json() | {"sheet": sheet, "cell": area.split(":")[0]}
    assert any("holds no result" in fault for fault in spoilt(book, lambda answer: answer["cells"].append(read)))
    assert any(fault.startswith("lost") for fault in spoilt(book, lambda answer: answer["ignored"].pop()))


def test_a_year_that_nobody_says_is_neither_invented_nor_kept_quiet(books: list[MadeBook], tmp_path: Path) -> None:
    made_so = (made(seed, "stacked", tmp_path) for seed in range(60))
    book = next(book for book in made_so if book.yearless)
    assert judged(book.as_json(), book) == []
    assert "invented" in spoilt(book, lambda answer: answer["cells"].append(books[0].cells[0].as_json()))[0]
    assert "not told" in spoilt(book, lambda answer: answer["faults"].clear())[0]


def test_a_district_has_one_code_of_its_own_throughout(books: list[MadeBook]) -> None:
    for book in (book for book in books if book.manner == "districts"):
        new = [number for number, one in enumerate(book.cells) if one.district]
        city = book.cells[new[0]].place[:4]
        faults = spoilt(book, lambda answer, at=new[0], to=city: answer["cells"][at].update(place=to))  # type: ignore[misc]
        assert any("place is" in fault for fault in faults)
        faults = spoilt(book, lambda answer, at=new[0], to=f"{city}777": answer["cells"][at].update(place=to))  # type: ignore[misc]
        assert any("has the codes" in fault for fault in faults)
