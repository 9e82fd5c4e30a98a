"""Signs between digits, units and a file's own legend: read where one reading is possible, else both are told."""

from pathlib import Path

import pytest

from conftest import refused
from oj.sources.files.cells import CellError, number
from oj.sources.workbook.intake import Reading, read_book, read_file
from workbooks import ASKED, said_by, table

HEAD = ["Kommunkod", "Kommun"]
RATIO, HOURS, SHARE = "barn-per-handlaggare", "arbetsledning", "langvarigt-bistand"
JOUR, BBIC = "socialjour", "bbic-licens"


@pytest.fixture(autouse=True)
def params(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the layouts of the tests out of the project's params."""
    monkeypatch.setattr("oj.sources.tables.layout.params_folder", lambda: tmp_path / "params")


def one(text: str, indicator: str = RATIO) -> Reading:
    """Return a table with one figure, and an ordinary one beside it, as it is read."""
    return read_book(table([*HEAD, indicator], ["0184", "Solna", text], ["0183", "Sundbyberg", 24.0]), ASKED)


# ---- signs between digits

ONE_READING = {
    "1155": 1155, "1\u00a0155": 1155, "1\u202f155": 1155, "1\u2009155,5": 1155.5, "1\u2007155": 1155,
    "12\u00a0155": 12155,
    "1'155": 1155, "1’155,5": 1155.5, "1.155,5": 1155.5, "1,155.5": 1155.5, "1.234.567": 1_234_567, "1 012": 1012,
    "0,155": 0.155, "0.155": 0.155, "12,5": 12.5, "12.5": 12.5, "1,1550": 1.155, "1234,567": 1234.567, "1 000": 1000,
    "2\u00ad4": 24,
}  # fmt: skip


@pytest.mark.parametrize("text", ONE_READING)
def test_a_number_with_one_reading_is_read(text: str) -> None:
    assert (one(text).faults, said_by(one(text))[RATIO, "0184"]) == ((), ONE_READING[text])


TWO_READINGS = {
    "1,155": ["1,155", "1155"], "1.200": ["1,200", "1200"], "12,345": ["12,345", "12345"],
    "1 155": ["1155", "1 och 155"],
    "120 130": ["120130", "120 och 130"], "120\u00a0130": ["120130", "120 och 130"], "1.234.5": ["tusental", "decimal"],
}  # fmt: skip


@pytest.mark.parametrize("text", TWO_READINGS)
def test_a_number_with_two_readings_is_a_fault_that_names_both(text: str) -> None:
    found = one(text)
    (fault,) = [str(fault) for fault in found.faults]
    assert said_by(found) == {(RATIO, "0183"): 24.0}
    assert [word for word in ["Blad1 C2", *TWO_READINGS[text]] if word not in fault] == []
    with pytest.raises(CellError):
        number(text, "ska vara ett tal")  # the survey's cells alike


@pytest.mark.parametrize(("text", "indicator", "value"), [
    ("1,155", HOURS, 1.155), ("59,123 %", SHARE, 0.59123), ("59,123", SHARE, 0.59123), ("1,200", HOURS, 1.2),
])  # fmt: skip
def test_what_would_be_more_than_there_can_be_is_no_reading(text: str, indicator: str, value: float) -> None:
    assert said_by(one(text, indicator))[indicator, "0184"] == pytest.approx(value)


def test_a_point_parts_decimals_in_our_own_table() -> None:
    book = table(["place", "indicator", "value"], ["0184", RATIO, "34.567"], ["0184", HOURS, "1.125"], file="a.csv")
    assert said_by(read_book(book, ASKED)) == {(RATIO, "0184"): 34.567, (HOURS, "0184"): 1.125}


def test_what_a_cell_says_is_not_quoted_in_a_report() -> None:
    protected = "andel-familjehemsvard"
    rows = [["0184", "Solna", "12 155 %"], ["0183", "Sundbyberg", "3 5"], ["0160", "Täby", 50.0]]
    found = read_book(table([*HEAD, protected], *rows), ASKED)
    assert "12155" in str(found.faults[0])
    assert [one.value for one in found.origin.left_out] == ["", ""]
    assert [
        one.rule for one in found.origin.left_out if any(sign in one.rule for sign in ("12155", "155", "3 och 5"))
    ] == []


# ---- units


def shares(*values: float | str, heading: str = SHARE, above: str = "Öppna jämförelser 2015") -> Reading:
    places = [("0980", "Gotland"), ("0184", "Solna"), ("0183", "Sundbyberg")]
    rows = [[*place, value] for place, value in zip(places, values, strict=False)]
    return read_book(table([above], [*HEAD, heading], *rows), ASKED)


@pytest.mark.parametrize(
    "above", ["Öppna jämförelser 2015", "Tabell 3. Öppna jämförelser 2015. Procent", "Andelar i %"]
)
@pytest.mark.parametrize("values", [(0.8,), (0.8, 0.4), (0.24, 0.25), (1.0, 0.5), ("0,8", "0,4")])
def test_small_numbers_do_not_say_their_unit(values: tuple[float | str, ...], above: str) -> None:
    found = shares(*values, above=above)
    assert said_by(found) == {}
    assert "enheten är oviss" in str(found.faults[0])
    assert "Blad1 C2" in str(found.faults[0])


@pytest.mark.parametrize(
    ("values", "heading", "above", "read"),
    [
        ((0.8, 20.5), SHARE, "Tabell 3. Procent", [0.008, 0.205]),
        ((0.8, 20.5), f"{SHARE}, procent", "Tabell", [0.008, 0.205]),
        ((0.24, 1.0), SHARE, "Andelar (0–1)", [0.24, 1.0]),
        ((0.24, 0.8), f"{SHARE} (0–1)", "Procent", [0.24, 0.8]),
        ((20.5, 24.0), SHARE, "Tabell", [0.205, 0.24]),  # no other unit is possible
        (("0,8 %", "0,4%"), SHARE, "Tabell", [0.008, 0.004]),
    ],
)
def test_what_stands_above_says_the_unit(
    values: tuple[float, ...], heading: str, above: str, read: list[float]
) -> None:
    found = shares(*values, heading=heading, above=above)
    assert found.faults == ()
    assert list(said_by(found).values()) == pytest.approx(read)


@pytest.mark.parametrize("note", ["Redovisas ej där mer än 20 procent saknas", "Kommuner under 80 % svar"])
def test_a_note_on_something_else_is_no_unit(note: str) -> None:
    fault = str(shares(0.8, 20.5, above=note).faults[0])
    assert "enheten är oviss" in fault or "bara gäller 0-1 år" in fault


UNITS = {"procent": 0.008, "%": 0.008, "Procent": 0.008, "andel 0–1": 0.8, "share": 0.8}


@pytest.mark.parametrize("unit", UNITS)
def test_a_column_of_units_says_the_unit(unit: str) -> None:
    rows = [["Gotland", SHARE, unit, "0,8"], ["Solna", HOURS, "timmar", "1,5"], ["Solna", JOUR, "", "Ja"]]
    found = read_book(table(["kommun", "indikator", "enhet", "värde"], *rows, file="a.csv"), ASKED)
    assert (found.faults, said_by(found)[SHARE, "0980"]) == ((), UNITS[unit])


@pytest.mark.parametrize(("unit", "rule"), [
    ("antal", "är inte indikatorns enhet, som är procent eller andel 0–1"),
    ("promille", "är ingen enhet som kan läsas"),
    ("andel", "är ingen enhet som kan läsas"), ("", "enheten är oviss"),
])  # fmt: skip
def test_a_unit_that_does_not_go_with_the_indicator_is_told(unit: str, rule: str) -> None:
    book = table(["kommun", "indikator", "enhet", "värde"], ["Gotland", SHARE, unit, "0,8"], file="a.csv")
    found = read_book(book, ASKED)
    assert said_by(found) == {}
    assert rule in str(found.faults[0])


# ---- legends


def with_legend(*legend: list[str], file: str = "bok.xlsx") -> Reading:
    rows = [["0184", "Solna", "–", "x"], ["0183", "Sundbyberg", "..", "Nej"], ["0160", "Täby", 50.0, "x"]]
    return read_book(table([*HEAD, SHARE, JOUR], *rows, *legend, file=file), ASKED)


LEGENDS = {
    "no legend": ([], "missing", "suppressed", "suppressed"),
    "as is usual": ([["– = uppgift saknas; x = dold av sekretess"]], "missing", "suppressed", "suppressed"),
    "a dash is nought": ([["– = noll"]], 0.0, "suppressed", "suppressed"),
    "two columns": ([["Teckenförklaring"], ["–", "Noll (0)"], ["..", "Uppgift saknas"]], 0.0, "missing", "suppressed"),
    "on one line": ([["– = noll, .. = uppgift saknas, x = ja"]], 0.0, "missing", "yes"),
    "in words": ([["Streck betyder noll. Två prickar betyder att uppgift saknas. Kryss = ja"]], 0.0, "missing", "yes"),
    "listed": ([["Teckenförklaring: – noll, .. ej aktuellt"]], 0.0, "not_applicable", "suppressed"),
    "quoted": ([["”–” betyder att uppgift saknas; ”..” är ej aktuellt"]], "missing", "not_applicable", "suppressed"),
    "ticked": ([["Kryssa (x) för ja"]], "missing", "suppressed", "yes"),
    "marked": ([["Kommuner som har svarat ja är markerade med x"]], "missing", "suppressed", "yes"),
    "an agency": ([["– Intet finns att redovisa"], [".. Uppgift ej tillgänglig"]], 0.0, "missing", "suppressed"),
    "backwards": ([["Noll anges med –. Bortfall = .. Ja: x"]], 0.0, "missing", "yes"),
    "a list of notes": ([["- Inga barn under 18 år ingår"], ["Andel – är procent"]],
                        "missing", "suppressed", "suppressed"),
    "a list in words": ([["–  uppgiften visas inte av sekretesskäl"], ["..  frågan är inte aktuell för kommunen"]],
                        "suppressed", "not_applicable", "suppressed"),
    "a note beside a list": ([["- Kommuner med få svar visas inte"], ["..  uppgift saknas"]],
                             "missing", "missing", "suppressed"),
    "sentence by sentence": ([["– ej tillämplig. .. uppgift saknas. x ja"]], "not_applicable", "missing", "yes"),
    "nothing told is no nought": ([["– = ingen uppgift"], ["x = kommunen har avböjt"]],
                                  "missing", "suppressed", "missing"),
    "a usual sentence": ([["x: källan döljer uppgiften, antingen av sekretess (1–3 personer) eller för att underlaget "
                           "är mindre än 20"]], "missing", "suppressed", "suppressed"),
}  # fmt: skip


@pytest.mark.parametrize("file", ["bok.xlsx", "bok.csv"])
@pytest.mark.parametrize("name", LEGENDS)
def test_a_legend_in_the_file_goes_before_habit(name: str, file: str) -> None:
    legend, dash, dots, cross = LEGENDS[name]
    found = with_legend(*legend, file=file)
    said = said_by(found)
    assert found.faults == ()
    assert (said[SHARE, "0184"], said[SHARE, "0183"], said[JOUR, "0184"], said[JOUR, "0160"]) == (
        dash,
        dots,
        cross,
        cross,
    )
    assert bool(found.notices) == ((dash, dots, cross) != ("missing", "suppressed", "suppressed"))


def test_a_legend_on_another_sheet_is_heeded() -> None:
    from dataclasses import replace

    book = table([*HEAD, SHARE], ["0184", "Solna", "–"], ["0160", "Täby", 50.0])
    legend = table(["Information"], ["–", "Noll"]).sheets["Blad1"]
    found = read_book(replace(book, sheets={**book.sheets, "Information": legend}), ASKED)
    assert said_by(found)[SHARE, "0184"] == 0.0
    assert found.notices == ("Läst efter filens egen teckenförklaring: ”-” är ”Noll” (Information rad 2).",)


@pytest.mark.parametrize(
    ("legend", "cell", "rule"),
    [
        (["x = preliminär uppgift"], "x", "är enligt filens teckenförklaring (Blad1 rad 4) ”preliminär uppgift”"),
        (["0 = mindre än hälften av enheten"], 0.0, "”0” är enligt filens teckenförklaring"),
        (["0", "Mindre än 0,5"], "0", "är enligt filens teckenförklaring"),
        (["x = dold; x = ja"], "x", "”dold” (Blad1 rad 4) och ”ja”"),
    ],
)
def test_a_legend_that_cannot_be_kept_is_told_with_the_cell(legend: list[str], cell: float | str, rule: str) -> None:
    found = read_book(table([*HEAD, SHARE], ["0184", "Solna", cell], ["0160", "Täby", 50.0], legend), ASKED)
    assert said_by(found) == {(SHARE, "0160"): 0.5}
    assert "Blad1 C2" in str(found.faults[0])
    assert rule in str(found.faults[0])


def test_an_empty_cell_among_ticks_is_asked_for() -> None:
    rows = [["0184", "Solna", "x", None], ["0183", "Sundbyberg", None, "x"]]
    found = read_book(table(["Kryssa (x) för ja"], [*HEAD, BBIC, JOUR], *rows), ASKED)
    assert said_by(found) == {(BBIC, "0184"): "yes", (JOUR, "0183"): "yes"}
    assert ["är tom där x betyder ja" in str(fault) for fault in found.faults] == [True, True]
    told = read_book(table(["x = ja, tom ruta = nej"], [*HEAD, BBIC, JOUR], *rows), ASKED)
    assert (told.faults, said_by(told)[JOUR, "0184"]) == ((), "no")


def test_figures_for_answers_are_read_by_the_legend_only() -> None:
    rows = [["0184", "Solna", 1.0], ["0183", "Sundbyberg", "0"], ["01", "Stockholms län", "50 %"]]
    found = read_book(table(["1 = Ja, 0 = Nej"], [*HEAD, JOUR], *rows), ASKED)
    assert found.faults == ()
    assert said_by(found) == {(JOUR, "0184"): "yes", (JOUR, "0183"): "no", (JOUR, "01"): 0.5}
    assert len(read_book(table([*HEAD, JOUR], *rows), ASKED).faults) == 2


# ---- text files

TEXT = "Kommunkod;Kommun;Andel barn i år\n0160;Täby;24,1\n"
LETTERS = {
    "Mac Roman": (TEXT.encode("mac_roman"), ["bokstäver av ett annat slag, Mac Roman", "CSV UTF-8"]),
    "DOS": (TEXT.encode("cp850"), ["DOS (CP850)"]),
    "mangled": (TEXT.encode().decode("cp1252").encode(), ["förvanskade", "”Ã¥r”"]),
    "replaced": (TEXT.replace("ä", "\ufffd").encode(), ["förvanskade"]),
}


@pytest.mark.parametrize("name", LETTERS)
def test_letters_of_another_kind_are_named(tmp_path: Path, name: str) -> None:
    content, words = LETTERS[name]
    (tmp_path / "a.csv").write_bytes(content)
    with refused(*words):
        read_file(tmp_path / "a.csv", ASKED)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u2060", "\u200e"])
def test_signs_without_width_do_not_matter_in_a_text_file(tmp_path: Path, sign: str) -> None:
    text = f"{sign}Kommunkod;Kommun;andel-barn\n0184;{sign}Solna;24,1{sign}\n{sign}0160;Täby;20\n"
    (tmp_path / "a.csv").write_text(text, encoding="utf-8")
    assert said_by(read_file(tmp_path / "a.csv", ASKED)) == {
        ("andel-barn", "0184"): 0.241,
        ("andel-barn", "0160"): 0.2,
    }


@pytest.mark.parametrize("rows", [
    "0184,Solna,20,5\n0183,Sundbyberg,24,1\n", "0184,Solna,20,5\n0183,Sundbyberg,24\n",
    "0183,Sundbyberg,24\n0184,Solna,20,5\n",
    "0184,Solna,20,5%\n",
])  # fmt: skip
def test_a_decimal_comma_in_a_file_of_commas_is_refused_whole(tmp_path: Path, rows: str) -> None:
    (tmp_path / "a.csv").write_text(f"Kommunkod,Kommun,andel-barn\n{rows}", encoding="utf-8")
    with refused("har 4 fält, men rubriken 3", "decimalkomma", "Hela filen läses därför inte"):
        read_file(tmp_path / "a.csv", ASKED)


def test_a_quoted_decimal_comma_in_a_file_of_commas_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('Kommunkod,Kommun,andel-barn\n0184,Solna,"20,5"\n', encoding="utf-8")
    assert said_by(read_file(tmp_path / "a.csv", ASKED)) == {("andel-barn", "0184"): 0.205}
