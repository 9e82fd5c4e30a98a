"""What is seen in a workbook is what is read: a number's format, what is hidden, struck out or run together."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule, DataBarRule
from openpyxl.styles import Font, PatternFill
from openpyxl.styles.colors import Color

from conftest import refused
from oj.sources.workbook.intake import Reading, read_file, write_layout
from workbooks import ASKED, said_by

HEAD = ["Kommunkod", "Kommun"]
SHARE, RATIO = "Andel 0-20 år i befolkningen (31 dec 2013)", "barn-per-handlaggare"
PLACES = [("0184", "Solna"), ("0183", "Sundbyberg"), ("0163", "Sollentuna")]
SHEET = "xl/worksheets/sheet1.xml"
Edit = Callable[[Any], None]


@pytest.fixture(autouse=True)
def params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")
    return tmp_path / "params"


def file(path: Path, edit: Edit, *values: Any, heading: str = SHARE) -> Path:
    """Write a workbook with a value for each of some municipalities, edited, and return its path."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Blad1"
    for row in [
        ["Öppna jämförelser 2015"],
        [*HEAD, heading],
        *([*place, value] for place, value in zip(PLACES, values, strict=False)),
    ]:
        sheet.append(row)
    edit(sheet)
    book.save(path)
    return path


def reading(path: Path, edit: Edit, *values: Any, heading: str = SHARE) -> Reading:
    return read_file(file(path / "bok.xlsx", edit, *values, heading=heading), ASKED)


def parts_of(path: Path) -> dict[str, str]:
    with ZipFile(BytesIO(path.read_bytes())) as source:
        return {name: source.read(name).decode() for name in source.namelist()}


def written(path: Path, parts: Mapping[str, str]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


def changed(path: Path, part: str, *changes: tuple[str, str]) -> Path:
    """Change a part of a workbook as another program would have written it."""
    parts = parts_of(path)
    for old, new in changes:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new)
    return written(path, parts)


def shared(path: Path) -> Path:
    """Put the texts of the first sheet in a part of their own, as Excel does."""
    parts, texts = parts_of(path), list[str]()

    def moved(found: re.Match[str]) -> str:
        texts.append(found[2])
        return f'<c r="{found[1]}" t="s"><v>{len(texts) - 1}</v></c>'

    parts[SHEET] = re.sub(r'<c r="(\w+)" t="inlineStr"><is>(.*?)</is></c>', moved, parts[SHEET], flags=re.DOTALL)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{main}">{"".join(f"<si>{one}</si>" for one in texts)}</sst>'
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    rels = "xl/_rels/workbook.xml.rels"
    one = f'<Relationship Id="rIdS" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    parts[rels] = parts[rels].replace("</Relationships>", one)
    return written(path, parts)


# ---- number formats: (value, format, heading) -> what is read of Solna

ACCOUNTING = '_-* #,##0.00\\ _k_r_-;\\-* #,##0.00\\ _k_r_-;_-* "-"??\\ _k_r_-;_-@_-'
FORMATS: dict[str, tuple[float, str, str, float | str]] = {
    "a literal percent": (0.6, '0.0"%"', SHARE, 0.006),
    "an escaped percent": (0.4, "0.0\\%", SHARE, 0.004),
    "a literal percent with a space": (20.5, '0.0" %"', SHARE, 0.205),
    "the word procent": (20.5, '0.0" procent"', SHARE, 0.205),
    "General and a literal percent": (0.8, 'General"%"', SHARE, 0.008),
    "a true percent": (0.205, "0.0%", SHARE, 0.205),
    "a percent in colour": (0.205, "[Red]0.0%", SHARE, 0.205),
    "a rounded percent": (0.2068965, "0%", SHARE, 0.21),
    "rounded half up": (0.125, "0%", SHARE, 0.13),
    "thousands scaled away": (12500, "0.0,", RATIO, 12.5),
    "millions scaled away": (12_500_000, "0.0,,", RATIO, 12.5),
    "rounded as shown": (20.47, "0", RATIO, 20.0),
    "grouped": (1234.5, "#,##0.0", RATIO, 1234.5),
    "grouped by a space": (1234, "#\\ ##0", RATIO, 1234.0),
    "accounting": (20.25, ACCOUNTING, RATIO, 20.25),
    "scientific": (20.5, "0.00E+00", RATIO, 20.5),
    "a language before it": (20.5, "[$-41D]0.0", RATIO, 20.5),
    "as text": (20.5, "@", RATIO, 20.5),
    "an x": (50, '"x"', SHARE, "suppressed"),
    "dots": (33, '"..";"..";".."', SHARE, "suppressed"),
    "an x under a limit": (0.05, '[<0.1]"x";0.0%', SHARE, "suppressed"),
    "not under the limit": (0.25, '[<0.1]"x";0.0%', SHARE, 0.25),
    "words for numbers": (1, '"bortfall";;"x"', SHARE, "missing"),
}


@pytest.mark.parametrize("name", FORMATS)
def test_a_number_is_read_as_its_format_shows_it(tmp_path: Path, name: str) -> None:
    value, code, heading, said = FORMATS[name]
    found = reading(tmp_path, lambda sheet: setattr(sheet["C3"], "number_format", code), value, heading=heading)
    assert [str(fault) for fault in found.faults] == []
    (one,) = said_by(found).values()
    assert one == pytest.approx(said) if isinstance(said, float) else one == said


# (value, format) -> what is said of it: nothing is read
UNSEEN_FORMATS: dict[str, tuple[float, str, str]] = {
    "nothing": (33, ";;;", "talformat som inte visar något"),
    "spaces": (33, '" "', "talformat som inte visar något"),
    "only negative ones": (33, ";-0", "talformat som inte visar något"),
    "a nought that is shown as a dash": (0, ACCOUNTING, "noll, bortfall eller dold?"),
    "a nought as an en dash": (0, '0;-0;"–"', "noll, bortfall eller dold?"),
    "a nought that is not shown": (0, "#", "talformat som inte visar något"),
    "a number that is shown as a dash": (5, '"–"', "noll, bortfall eller dold?"),
    "a number that is shown as a dot": (5, '"."', "noll, bortfall eller dold?"),
    "rounded to nothing": (0.004, "0%", "visas som 0 men är inte noll"),
    "figures added": (5, '"1"0', "siffror som inte hör till talet"),
    "another number": (5, '"20"', "visas som ett annat tal"),
    "no minus": (-5, "0;0", "visas utan sitt minustecken"),
    "a fraction": (0.5, "# ?/?", "visas som ett bråk"),
    "a currency": (20, '0 "kr"', "”20 kr” ska vara en andel"),
    "two percent signs": (0.6, '0.0%"%"', "”60,0%%” ska vara en andel"),
    "thousands of people": (12500, '0.0,"k"', "”12,5k” ska vara en andel"),
    "a day": (42064, "d-mmm", "”1-mar” ska vara en andel"),
    "a day and month": (42064, "d/m", "Det är ett datum"),
    "a year": (42064, "yyyy", "Det är ett datum"),
    "a time": (0.5, "hh:mm", "”1899-12-30 12:00”"),
}


@pytest.mark.parametrize("name", UNSEEN_FORMATS)
def test_a_format_that_hides_or_alters_is_a_fault_with_the_cell(tmp_path: Path, name: str) -> None:
    value, code, rule = UNSEEN_FORMATS[name]
    found = reading(tmp_path, lambda sheet: setattr(sheet["C3"], "number_format", code), value)
    assert said_by(found) == {}
    (fault,) = [str(one) for one in found.faults]
    assert "Blad1 C3" in fault
    assert rule in fault


# ---- what is in one cell


def rich(*runs: str | tuple[str, dict[str, Any]]) -> CellRichText:
    blocks = [one if isinstance(one, str) else TextBlock(InlineFont(**one[1]), one[0]) for one in runs]
    return CellRichText(*blocks)


UP, STRIKE = {"vertAlign": "superscript"}, {"strike": True}
CELLS: dict[str, tuple[Any, Edit, str]] = {
    "a footnote": (rich("12,5", ("1", UP)), lambda _: None, "”12,5¹” "),
    "a footnote behind one figure": (rich("2", ("1", UP)), lambda _: None, "står en fotnot"),
    "two footnotes": (rich("24", ("1, 2", UP)), lambda _: None, "”24¹, ²”"),
    "a sign that is raised": ("12²", lambda _: None, "står en fotnot"),
    "a lowered figure": (rich("12", ("2", {"vertAlign": "subscript"})), lambda _: None, "står en fotnot"),
    "a star": ("12*", lambda _: None, "står en fotnot"),
    "a struck figure": (rich(("1", STRIKE), "25"), lambda _: None, "delvis överstruken"),
    "a struck number and a new": (rich(("24", STRIKE), " 25"), lambda _: None, "delvis överstruken"),
    "a struck cell": (24, lambda sheet: setattr(sheet["C3"], "font", Font(strike=True)), "är överstruken"),
    "a raised cell": (2, lambda sheet: setattr(sheet["C3"], "font", Font(vertAlign="superscript")), "skriven upphöjd"),
    "two numbers on two lines": ("140\n155", lambda _: None, "”140⏎155”"),
    "two decimals on two lines": ("1,5\n2", lambda _: None, "flera tal"),
    "two numbers and a space": ("120 130", lambda _: None, "kan vara ett tal eller flera: 120130, eller 120 och 130"),
    "two small numbers": ("1 2", lambda _: None, "flera tal"),
    "two numbers and a tab": ("12\t13", lambda _: None, "flera tal"),
    "two numbers and a slash": ("25/120", lambda _: None, "flera tal"),
    "two numbers and a semicolon": ("12;13", lambda _: None, "flera tal"),
    "a range": ("10–12", lambda _: None, "flera tal"),
    "three numbers": ("1 2 3", lambda _: None, "flera tal"),
    "a day as text": ("01-mar", lambda _: None, "Det är ett datum"),
}  # fmt: skip


@pytest.mark.parametrize("name", CELLS)
def test_what_is_run_together_in_a_cell_is_a_fault_with_it(tmp_path: Path, name: str) -> None:
    value, edit, rule = CELLS[name]
    found = reading(tmp_path, edit, value, 24, heading=RATIO)
    assert said_by(found) == {(RATIO, "0183"): 24.0}
    (fault,) = [str(one) for one in found.faults]
    assert "Blad1 C3" in fault
    assert rule in fault


def styled(**look: Any) -> Edit:
    def edit(sheet: Any) -> None:
        for key, value in look.items():
            setattr(sheet["C3"], key, value)

    return edit


RED = PatternFill("solid", start_color="FFC00000")
INVISIBLE: dict[str, Edit] = {
    "white on white": styled(font=Font(color="FFFFFFFF")),
    "white of the theme": styled(font=Font(color=Color(theme=0))),
    "white of the palette": styled(font=Font(color=Color(indexed=9))),
    "nearly white": styled(font=Font(color="FFF7F7F7")),
    "red on red": styled(font=Font(color="FFC00000"), fill=RED),
    "black on black": styled(fill=PatternFill("solid", start_color="FF000000")),
    "white by its format": styled(number_format="[White]0"),
    "very small": styled(font=Font(size=1)),
    "a bar without its number": lambda sheet: sheet.conditional_formatting.add(
        "C3:C3", DataBarRule("min", 0, "max", 100, color="FF638EC6", showValue=False)),
    "white by a condition": lambda sheet: sheet.conditional_formatting.add(
        "C3", CellIsRule("lessThan", ["30"], font=Font(color="FFFFFFFF"))),
}  # fmt: skip


@pytest.mark.parametrize("name", INVISIBLE)
def test_a_number_that_is_not_seen_is_told_and_not_read(tmp_path: Path, name: str) -> None:
    found = reading(tmp_path, INVISIBLE[name], 20.5, 24)
    assert said_by(found) == {("andel-barn", "0183"): 0.24}
    (fault,) = [str(one) for one in found.faults]
    assert "Blad1 C3" in fault
    assert "20,5" not in fault


@pytest.mark.parametrize(
    "edit",
    [
        styled(font=Font(color="FFFFFFFF"), fill=RED), styled(font=Font(color=Color(theme=1))),
        lambda sheet: setattr(sheet["C2"], "font", Font(color="FFFFFFFF")),
        lambda sheet: sheet.conditional_formatting.add("C3", CellIsRule("lessThan", ["30"], fill=RED)),
    ],
)  # fmt: skip
def test_what_is_seen_in_colour_is_read(tmp_path: Path, edit: Edit) -> None:
    found = reading(tmp_path, edit, 20.5, 24)
    assert (found.faults, len(said_by(found))) == ((), 2)


def test_a_sheet_that_shows_no_noughts_says_so(tmp_path: Path) -> None:
    found = reading(tmp_path, lambda sheet: setattr(sheet.sheet_view, "showZeros", False), 0, 24)
    assert "C3: är 0, men bladet visar inte nollor" in str(found.faults[0])


@pytest.mark.parametrize("cell", ["A3", "B3"])
@pytest.mark.parametrize(
    ("look", "rule"),
    [
        ({"font": Font(strike=True)}, "är överstruken"),
        ({"font": Font(color="FFFFFFFF")}, "har samma färg som sin botten"),
        ({"number_format": ";;;"}, "talformatet inte visar"),
    ],
)
def test_a_place_that_is_not_seen_is_a_fault(tmp_path: Path, cell: str, look: dict[str, Any], rule: str) -> None:
    def edit(sheet: Any) -> None:
        for key, value in look.items():
            setattr(sheet[cell], key, value)

    found = reading(tmp_path, edit, 20.5, 24)
    assert said_by(found) == {("andel-barn", "0183"): 0.24}
    assert rule in str(found.faults[0])
    assert f"Blad1 {cell}" in str(found.faults[0]) or cell == "B3"


# ---- what is hidden


def second_sheet(sheet: Any, state: str) -> None:
    other = sheet.parent.create_sheet("arbetsblad")
    for row in [[*HEAD, "andel-familjehemsvard"], ["0184", "Solna", 33.3]]:
        other.append(row)
    other.sheet_state = state


def filtered(sheet: Any) -> None:
    sheet.auto_filter.ref = "A2:C5"
    sheet.row_dimensions[4].hidden = sheet.row_dimensions[5].hidden = True


def dimension(kind: str, at: Any, **look: Any) -> Edit:
    def edit(sheet: Any) -> None:
        for key, value in look.items():
            setattr(getattr(sheet, f"{kind}_dimensions")[at], key, value)

    return edit


HIDDEN: dict[str, tuple[Edit, str, str]] = {
    "a row": (dimension("row", 4, hidden=True), "rad 4", "Blad1 rad 4: raden är dold i Excel"),
    "a row without height": (dimension("row", 4, height=0.75), "rad 4", "Blad1 rad 4: raden är dold i Excel"),
    "a folded group": (lambda sheet: sheet.row_dimensions.group(4, 5, hidden=True), "rad 4–5", "raderna 4–5 är"),
    "rows of a filter": (filtered, "rad 4–5", "raderna 4–5 är bortfiltrerade eller dolda i Excel"),
    "a column": (dimension("column", "C", hidden=True), "kolumn C", "Blad1 C2: ”Andel 0-20 år"),
    "a column without width": (dimension("column", "C", width=0.1), "kolumn C", "kolumnen är dold i Excel"),
    "a folded group of columns": (lambda sheet: sheet.column_dimensions.group("B", "C", hidden=True), "kolumn B, C",
                                  "Blad1 B2: ”Kommun” kolumnen är dold"),
    "a sheet": (lambda sheet: second_sheet(sheet, "hidden"), "bladet", "arbetsblad rad 1: bladet är dolt i Excel"),
    "a very hidden sheet": (lambda sheet: second_sheet(sheet, "veryHidden"), "bladet", "bladet är dolt i Excel"),
}  # fmt: skip


@pytest.mark.parametrize("name", HIDDEN)
def test_what_is_hidden_is_asked_for_and_read_or_left_out_as_is_decided(tmp_path: Path, name: str) -> None:
    edit, parts, rule = HIDDEN[name]
    path = file(tmp_path / "bok.xlsx", edit, 20.5, 24, 28)
    asked = read_file(path, ASKED)
    assert any(rule in str(fault) and "hidden: read" in str(fault) for fault in asked.faults), asked.faults
    layout = write_layout(asked)
    assert layout is not None
    text = layout.read_text(encoding="utf-8")
    assert f"hidden_parts: {parts}" in text
    assert read_file(path, ASKED).faults == asked.faults  # asked until it is decided
    layout.write_text(text.replace("hidden: '?'", "hidden: read"), encoding="utf-8")
    whole = read_file(path, ASKED)
    assert (whole.faults, len(said_by(whole))) == ((), 4 if parts == "bladet" else 3)
    layout.write_text(text.replace("hidden: '?'", "hidden: leave_out"), encoding="utf-8")
    if "kolumn" not in parts:
        left = read_file(path, ASKED)
        assert left.faults == ()
        assert set(said_by(left)) < set(said_by(whole)) or parts == "bladet"
        assert said_by(left) == said_by(asked)


def test_a_decision_is_not_used_for_what_was_not_hidden_then(tmp_path: Path) -> None:
    path = file(tmp_path / "bok.xlsx", HIDDEN["a row"][0], 20.5, 24, 28)
    layout = write_layout(read_file(path, ASKED))
    assert layout is not None
    layout.write_text(layout.read_text(encoding="utf-8").replace("hidden: '?'", "hidden: read"), encoding="utf-8")
    file(path, HIDDEN["rows of a filter"][0], 20.5, 24, 28)
    with refused("hidden_parts: ”rad 4” är inte det som är dolt i filen, som är ”rad 4–5”", "Ta bort layouten"):
        read_file(path, ASKED)


def test_what_is_hidden_beside_the_table_is_not_asked_for(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet.column_dimensions.group("E", "XFD", hidden=True)
        sheet.row_dimensions[1].hidden = True
        notes = sheet.parent.create_sheet("Listor")
        notes["A1"], notes.sheet_state = "Ja", "hidden"

    found = reading(tmp_path, edit, 20.5, 24)
    assert (found.faults, len(said_by(found))) == ((), 2)


@pytest.mark.parametrize(
    ("edit", "rule"),
    [
        (dimension("row", 3, hidden=True), "rad 3: raden är dold"),
        (dimension("column", "C", hidden=True), "C1: ”värde” kolumnen är dold"),
        (lambda sheet: (second_sheet(sheet, "visible"), setattr(sheet, "sheet_state", "hidden")), "bladet är dolt"),
    ],
)
def test_what_is_hidden_in_a_long_table_is_told_and_not_read(tmp_path: Path, edit: Edit, rule: str) -> None:
    book = Workbook()
    sheet = book.active
    for row in [["kommun", "indikator", "värde"], ["Solna", "andel-barn", 20.5], ["Täby", "andel-barn", 24]]:
        sheet.append(row)
    edit(sheet)
    book.save(tmp_path / "bok.xlsx")
    found = read_file(tmp_path / "bok.xlsx", ASKED)
    assert any(rule in str(fault) for fault in found.faults)
    assert ("andel-barn", "0160") not in said_by(found)


# ---- files as other programs write them


def test_notes_are_told(tmp_path: Path) -> None:
    def edit(sheet: Any) -> None:
        sheet["C3"].comment, sheet["C4"].comment = Comment("ring Solna", "a"), Comment("osäker", "a")

    found = reading(tmp_path, edit, 20.5, 24)
    assert found.faults == ()
    assert found.notices == ("Anteckningar och kommentarer vid celler läses inte: Blad1 C3, C4.",)


def test_strict_open_xml_is_named(tmp_path: Path) -> None:
    path = file(tmp_path / "bok.xlsx", lambda _: None, 20.5)
    strict = "http://purl.oclc.org/ooxml/spreadsheetml/main"
    changed(path, "xl/workbook.xml", ("http://schemas.openxmlformats.org/spreadsheetml/2006/main", strict))
    with refused("Strict Open XML", "”Excel-arbetsbok (.xlsx)”"):
        read_file(path, ASKED)


@pytest.mark.parametrize("how", [lambda path: path, shared])
@pytest.mark.parametrize("sign", ["_x000D_\n", "\u200b", "\ufeff", "\u2060", "_x200B_"])
def test_what_is_not_seen_in_a_text_does_not_matter(tmp_path: Path, sign: str, how: Callable[[Path], Path]) -> None:
    path = file(tmp_path / "bok.xlsx", lambda _: None, "24,1 %")
    changed(
        path, SHEET, ("Kommunkod", f"Kommun{sign}kod"), ("24,1 %", f"24,1 %{sign}"), ("Solna", f"{sign}Solna{sign}")
    )
    found = read_file(how(path), ASKED)
    assert (found.faults, said_by(found)) == ((), {("andel-barn", "0184"): 0.241})


def test_rich_text_is_read_where_excel_puts_it(tmp_path: Path) -> None:
    path = file(tmp_path / "bok.xlsx", lambda _: None, "12,5", "24", heading=RATIO)
    runs = '<r><t>12,5</t></r><r><rPr><vertAlign val="superscript"/></rPr><t>1</t></r>'
    found = read_file(shared(changed(path, SHEET, ("<t>12,5</t>", runs))), ASKED)
    assert "Blad1 C3: ”12,5¹”" in str(found.faults[0])


@pytest.mark.parametrize(
    "cell",
    ['<c r="C3" t="str"><f>IF(1=1,"","")</f><v></v></c>', '<c r="C3" t="str"><f>IF(1=1,"","")</f></c>',
     '<c r="C3"><f>IF(B3="","",B3)</f><v></v></c>', '<c r="C3" t="inlineStr"><is><t></t></is></c>'],
)  # fmt: skip
def test_a_formula_that_gives_an_empty_text_is_empty(tmp_path: Path, cell: str) -> None:
    path = file(tmp_path / "bok.xlsx", lambda _: None, 20.5, 24.5)
    changed(path, SHEET, ('<c r="C3" t="n"><v>20.5</v></c>', cell))
    found = read_file(path, ASKED)
    assert (found.faults, said_by(found)) == ((), {("andel-barn", "0183"): 0.245})
    assert bool(found.notices) == ('t="' not in cell)


def test_quotes_of_another_kind_and_cells_without_names_are_read(tmp_path: Path) -> None:
    path = file(tmp_path / "bok.xlsx", lambda sheet: sheet.merge_cells("C3:C4"), 59, None, 40)
    changed(path, SHEET, ('<mergeCell ref="C3:C4"', "<mergeCell ref='C3:C4'"))
    assert "Blad1 C3: ”59” är sammanfogad" in str(read_file(path, ASKED).faults[0])
    path = file(path, lambda _: None, 20.5, 24)
    parts = parts_of(path)
    parts[SHEET] = re.sub(r' r="[A-C]?\d+"', "", parts[SHEET])
    written(path, parts)
    assert len(said_by(read_file(path, ASKED))) == 2


def test_no_cell_of_the_shipped_kind_is_read_more_precisely_than_it_is_seen(tmp_path: Path) -> None:
    found = reading(tmp_path, lambda sheet: setattr(sheet["C3"], "number_format", "0%"), 6 / 29, "24 %")
    assert said_by(found)["andel-barn", "0184"] == 0.21
    assert not re.search("0,2068", str(found.results))
