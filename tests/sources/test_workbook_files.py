"""Files are opened without trusting them, in every form that a table may be saved in; layouts are strictly read."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from conftest import refused
from oj.sources.files.edge import saved
from oj.sources.tables.layout import layout_path
from oj.sources.workbook.intake import Wanted, read_book, read_file, write_layout
from workbooks import ASKED, said_by, table

TEXT = "Kommun;Indikator;Värde\nMalmö;Social jourverksamhet;Ja\nLund;andel-barn;24,5 %\n"
SAID = {("socialjour", "1280"): "yes", ("andel-barn", "1281"): 0.245}
HEAD = ["Kommunkod", "Kommun"]
BOOK = table(["Tabell 1"], [*HEAD, "Social jourverksamhet", "Katter"], ["0184", "Solna", "Ja", 3.0])


@pytest.fixture(autouse=True)
def params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")
    return tmp_path / "params"


# ---- text files


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", ","])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_text_file_is_read_however_it_was_saved(tmp_path: Path, encoding: str, delimiter: str, ending: str) -> None:
    lines = TEXT.replace("24,5 %", '"24,5 %"').replace(";", delimiter).replace("\n", ending)
    path = tmp_path / "fil.csv"
    path.write_bytes(lines.encode(encoding))
    assert said_by(read_file(path, ASKED)) == SAID


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_unicode_text_as_excel_saves_it_is_read(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "fil.txt"
    for order in ("utf-16-le", "utf-16-be"):
        path.write_bytes(("\ufeff" + TEXT.replace(";", delimiter)).encode(order))
        assert said_by(read_file(path, ASKED)) == SAID


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_that_is_not_read_is_named(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "fil.csv").write_bytes(TEXT.encode(encoding))
    with refused("UTF-16 eller UTF-32", "Spara om den som ”CSV UTF-8"):
        read_file(tmp_path / "fil.csv", ASKED)


@pytest.mark.parametrize("sign", ["|", "~", "^"])
def test_a_sign_between_the_fields_that_is_not_read_is_named(tmp_path: Path, sign: str) -> None:
    (tmp_path / "fil.csv").write_text(TEXT.replace(";", sign), encoding="utf-8")
    with refused(f"skiljer fälten åt med ”{sign}”, som inte läses"):
        read_file(tmp_path / "fil.csv", ASKED)


def test_a_wide_text_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "fil.csv"
    path.write_text(
        "Tabell;;\n\nKommunkod;Kommun;Social jourverksamhet;andel-barn\n1280;Malmö;Ja;24 %\n;;;\nx = dold\n"
    )
    reading = read_file(path, ASKED)
    assert said_by(reading) == {("socialjour", "1280"): "yes", ("andel-barn", "1280"): 0.24}
    assert reading.tables[0].unread == [(6, "x = dold")]


def test_the_reports_own_table_comes_back(tmp_path: Path) -> None:
    from written import results

    shown = results("Stockholm", municipalities=["Solna"])
    path = tmp_path / "resultat.csv"
    shown.to_csv(path, index=False)
    reading = read_file(path, ASKED)
    assert [str(fault) for fault in reading.faults] == []
    assert len(said_by(reading)) == len(shown) == 156
    assert said_by(reading)["andel-barn", "0184"] == 0.19
    assert "kolumner som inte läses: area, subarea, title" in reading.tables[0].unread[0][1]


TEXTS: dict[str, tuple[str, bytes, list[str]]] = {
    "a workbook by another name": ("a.csv", b"PK\x03\x04abc", ["är en Excelfil som heter CSV", ".xlsx"]),
    "UTF-16 without its mark": ("a.csv", "Kommun;a".encode("utf-16-le"), ["UTF-16 eller UTF-32", "ingen textfil"]),
    "neither": ("a.csv", b"Kommun;\x81\x8d", ["varken UTF-8 eller Windows-1252", "CSV UTF-8"]),
    "nothing": ("a.csv", b"", ["a.csv är tom"]),
    "a lost quotation mark": ("a.csv", b'Kommun;indikator;v\n"Solna;a;b\n', ["rad 2", "Ett citattecken saknas"]),
    "too large": ("a.csv", b"a" * 20_000_001, ["större än 20 megabyte"]),
    "too wide": ("a.csv", b";".join([b"Kommun"] * 1001), ["fler än 1000 kolumner"]),
    "too long": ("a.csv", b"Kommun\n" + b"Solna\n" * 100_001, ["fler än 100 000 rader"]),
    "no such file": ("b.csv", b"", ["b.csv finns inte"]),
    "another kind": ("a.ods", b"", ["ska sluta på .xlsx", "spara om den som .xlsx"]),
    "the kind of before 2007": ("a.xls", b"", ["ska sluta på .xlsx", "spara om den som .xlsx"]),
    "a report": ("a.pdf", b"%PDF", ["Tabeller i en PDF läses inte"]),
    "what Excel has beside an open one": ("~$a.xlsx", b"x", ["hjälpfil", "Spara och stäng", "läs in den: a.xlsx"]),
    "a picture": ("a.xlsx", b"\x89PNG", ["skadad eller ingen Excelfil"]),
    "macros by its name": ("a.xlsm", b"", ["kan ha makron"]),
    "encrypted": ("a.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 100, ["har lösenord eller är i ett äldre format"]),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_file_that_cannot_be_read_is_a_clear_error(tmp_path: Path, name: str) -> None:
    file, content, words = TEXTS[name]
    if name != "no such file":
        (tmp_path / file).write_bytes(content)
    with refused(*words):
        read_file(tmp_path / file, ASKED)


def test_a_file_that_is_not_there_is_told_with_the_one_that_may_be_meant(tmp_path: Path) -> None:
    with refused("oj-2016-2032.xlsx finns inte.", str(tmp_path.resolve()), "Där finns ingen sådan."):
        read_file(tmp_path / "oj-2016-2032.xlsx", ASKED)
    for name in ("oj-2016-2023.xlsx", "~$oj-2016-2032.xlsx", "budget.xlsx"):
        (tmp_path / name).write_bytes(b"")
    with refused("Menade du ”oj-2016-2023.xlsx”?"):
        read_file(tmp_path / "oj-2016-2032.xlsx", ASKED)
    with refused("De som slutar på .xlsx där är budget.xlsx och oj-2016-2023.xlsx."):
        read_file(tmp_path / "helt annan.xlsx", ASKED)
    with refused("Mappen", "borta finns inte heller."):
        read_file(tmp_path / "borta" / "oj.xlsx", ASKED)


# ---- workbooks


def zipped(change: Callable[[dict[str, bytes]], None]) -> bytes:
    """Return a small workbook whose parts have been changed."""
    book = Workbook()
    book.active.append([*HEAD, "Social jourverksamhet"])
    book.active.append(["0184", "Solna", "Ja"])
    with ZipFile(BytesIO(saved(book, datetime(2015, 1, 1)))) as parts:
        texts = {name: parts.read(name) for name in parts.namelist()}
    change(texts)
    target = BytesIO()
    with ZipFile(target, "w", ZIP_DEFLATED) as parts:
        for name, text in texts.items():
            parts.writestr(name, text)
    return target.getvalue()


UNSAFE: dict[str, tuple[dict[str, bytes], list[str]]] = {
    "macros": ({"xl/vbaProject.bin": b"x"}, ["har makron"]),
    "a bomb": ({"xl/media/bild.bin": b"\0" * 200_000_001}, ["större än 200 megabyte"]),
    "an entity": ({"xl/sharedStrings.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><sst/>"}, ["är skadad"]),
    "half a sheet": ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}, ["är skadad"]),
}


@pytest.mark.parametrize("name", UNSAFE)
def test_an_unsafe_workbook_is_refused(tmp_path: Path, name: str) -> None:
    parts, words = UNSAFE[name]
    (tmp_path / "a.xlsx").write_bytes(zipped(lambda texts: texts.update(parts)))
    with refused(*words):
        read_file(tmp_path / "a.xlsx", ASKED)


def test_a_formula_is_not_computed_and_its_saved_value_is_read(tmp_path: Path) -> None:
    def computed(texts: dict[str, bytes]) -> None:
        sheet = texts["xl/worksheets/sheet1.xml"]
        cell = b'<c r="C2" t="str"><f>HYPERLINK("http://127.0.0.1/",WEBSERVICE("http://127.0.0.1/"))</f><v>Nej</v></c>'
        before, _, after = sheet.partition(b'<c r="C2"')
        texts["xl/worksheets/sheet1.xml"] = before + cell + after.partition(b"</c>")[2]

    (tmp_path / "a.xlsx").write_bytes(zipped(computed))
    assert said_by(read_file(tmp_path / "a.xlsx", ASKED)) == {("socialjour", "0184"): "no"}


def test_more_columns_than_are_read_is_an_error(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append([*HEAD, "Social jourverksamhet", *[None] * 998, "längst bort"])
    book.active.append(["0184", "Solna", "Ja"])
    (tmp_path / "a.xlsx").write_bytes(saved(book, datetime(2015, 1, 1)))
    with refused("bladet ”Sheet” har fler än 1000 kolumner"):
        read_file(tmp_path / "a.xlsx", ASKED)


# ---- layouts


def layout(params: Path, change: Callable[[str], str]) -> Path:
    """Write the layout that is found in the book, changed, and return its path."""
    path = write_layout(read_book(BOOK, ASKED))
    assert path == layout_path("bok", params)
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def test_a_layout_corrected_by_hand_is_found_by_name_and_heeded(params: Path) -> None:
    found = read_book(BOOK, ASKED)
    assert [fault.value for fault in found.faults] == ["Katter"]
    path = layout(params, lambda text: text.replace("indicator: '?'", "indicator: ignore"))
    corrected = path.read_text(encoding="utf-8")
    reading = read_book(BOOK, ASKED)
    assert (said_by(reading), reading.faults) == ({("socialjour", "0184"): "yes"}, ())
    assert write_layout(reading) is None  # what a person has corrected is not written over
    assert path.read_text(encoding="utf-8") == corrected


def test_a_layout_says_the_unit_where_the_numbers_do_not() -> None:
    book = table([*HEAD, "andel-barn"], ["0184", "Solna", 0.9], ["0125", "Ekerö", 24.0])
    found = write_layout(read_book(book, ASKED))
    assert found is not None
    text = found.read_text(encoding="utf-8").replace("indicator: andel-barn,", "indicator: andel-barn, unit: percent,")
    found.write_text(text, encoding="utf-8")
    assert said_by(read_book(book, ASKED)) == {("andel-barn", "0184"): 0.009, ("andel-barn", "0125"): 0.24}


def test_a_layout_says_which_rows_are_not_read() -> None:
    book = table([*HEAD, "Social jourverksamhet"], ["0184", "Solna", "Ja"], ["", "Storstäder", "Nej"])
    found = write_layout(read_book(book, ASKED))
    assert found is not None
    found.write_text(
        found.read_text(encoding="utf-8").replace("  code: A", "  skip_rows: [3]\n  code: A"), encoding="utf-8"
    )
    reading = read_book(book, ASKED)
    assert (reading.faults, reading.tables[0].unread) == ((), [(3, "hoppas över enligt layouten: Storstäder")])


LAYOUTS: dict[str, tuple[Callable[[str], str], list[str]]] = {
    "an unknown key": (lambda text: text.replace("code:", "kod:"), ["kod", "okänd nyckel"]),
    "no sheets": (lambda text: text.partition("sheets:")[0], ["sheets", "nyckeln saknas"]),
    "an edition that is a number": (lambda text: text.replace("'2015'", "2015"), ["edition", "citattecken"]),
    "an unknown unit": (lambda text: text.replace("indicator: socialjour", "indicator: socialjour, unit: procent"),
                        ["”procent” ska vara percent, share, number eller tom"]),
    "an unknown indicator": (lambda text: text.replace("indicator: socialjour", "indicator: socialjor"),
                             ["”socialjor” är ingen indikators id", "Menade du ”socialjour”?"]),
    "two columns of one": (lambda text: text.replace("indicator: '?'", "indicator: socialjour"),
                           ["”socialjour” är två kolumners indikator"]),
    "a heading that is not there": (lambda text: text.replace("title: Katter", "title: Hundar"),
                                    ["”Hundar” är inte kolumnens rubrik i filen, som är ”Katter”"]),
    "a sheet that is not there": (lambda text: text.replace("sheet: Blad1", "sheet: Blad2"),
                                  ["”Blad1” bladet finns i bok.xlsx men inte i layouten", "Menade du ”Blad1”?"]),
    "a column that is left": (lambda text: "\n".join(one for one in text.splitlines() if "Katter" not in one),
                              ["”D” har värden i filen men står inte i layouten"]),
    "a heading of one row": (lambda text: text.replace("header: [2, 2]", "header: [2]"), ["header", "[4, 6]"]),
    "no column of places": (lambda text: text.replace("  code: A\n", "").replace("  name: B\n", ""),
                            ["code, name", "en av dem måste säga"]),
    "a column named twice": (lambda text: text.replace("column: D", "column: C"), ["”C” kolumnen står två gånger"]),
    "a key twice": (lambda text: text.replace("  code: A", "  code: A\n  code: A"), ["nyckeln ”code” står två gånger"]),
    "no YAML": (lambda text: text.replace("[2, 2]", "[2, 2"), ["inte giltig YAML"]),
    "a list": (lambda _: "- a", ["bok.yml"]),
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_broken_layout_is_told(params: Path, name: str) -> None:
    change, words = LAYOUTS[name]
    path = layout(params, lambda text: text)
    before = path.read_text(encoding="utf-8")
    path.write_text(change(before), encoding="utf-8")
    assert path.read_text(encoding="utf-8") != before
    with refused("bok.yml", *words):
        read_book(BOOK, ASKED)


def test_a_layout_that_is_not_there_is_told(tmp_path: Path) -> None:
    with refused("finns inte"):
        read_book(BOOK, Wanted(layout=str(tmp_path / "a.yml")))
