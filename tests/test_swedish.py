"""Numbers, counts, lists, genitives and dates as Swedish writes them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.words.swedish import (
    MINUS,
    MONTHS,
    NO_BREAK_SPACE,
    capital,
    count,
    day,
    genitive,
    listing,
    number,
    percent,
    percent_words,
    tied,
)

VALUES = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)
DECIMALS = st.integers(min_value=0, max_value=4)
WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyzåäö", min_size=1, max_size=8).filter(lambda word: word != "och")
FORM = re.compile(rf"{MINUS}?\d{{1,3}}({NO_BREAK_SPACE}\d{{3}})*(,\d+)?")


def read_back(text: str) -> Decimal:
    """Return the number that a Swedish reader sees."""
    return Decimal(text.replace(NO_BREAK_SPACE, "").replace(MINUS, "-").replace(",", "."))


@given(VALUES, DECIMALS)
def test_a_number_is_within_half_a_unit_of_its_value(value: float, decimals: int) -> None:
    unit = Decimal(1).scaleb(-decimals)
    assert abs(read_back(number(value, decimals)) - Decimal(repr(value))) <= unit / 2


@given(VALUES, DECIMALS)
def test_a_number_has_swedish_signs(value: float, decimals: int) -> None:
    """Groups of three behind no-break spaces, a comma before exactly the decimals asked for, a true minus."""
    text = number(value, decimals)
    assert FORM.fullmatch(text)
    assert len(text.partition(",")[2]) == decimals
    assert text.startswith(MINUS) == (read_back(text) < 0)


@given(st.integers(min_value=0, max_value=10**6), DECIMALS)
def test_a_half_is_rounded_up(whole: int, decimals: int) -> None:
    """Half of the last unit goes away from zero, on either side of it."""
    half = float(Decimal(2 * whole + 1).scaleb(-decimals) / 2)
    above = Decimal(whole + 1).scaleb(-decimals)
    assert read_back(number(half, decimals)) == above
    assert read_back(number(-half, decimals)) == -above


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0, 0, "0"),
        (1442, 0, "1_442"),
        (1234567.891, 2, "1_234_567,89"),
        (999.5, 0, "1_000"),
        (4.85, 1, "4,9"),
        (2.675, 2, "2,68"),
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (4, 1, "4,0"),
        (-0.4, 0, "0"),
        (-0.5, 0, f"{MINUS}1"),
        (-1234.5, 1, f"{MINUS}1_234,5"),
    ],
)
def test_number(value: float, decimals: int, text: str) -> None:
    assert number(value, decimals) == text.replace("_", NO_BREAK_SPACE)


@given(st.integers(min_value=0, max_value=1000))
def test_whole_percent_is_exact(points: int) -> None:
    """No binary fraction leaks: 0,29 is 29 percent, not 28."""
    assert percent(points / 100).removesuffix(f"{NO_BREAK_SPACE}%") == number(points)


@given(st.floats(min_value=0, max_value=1), DECIMALS)
def test_percent_is_within_half_a_unit(share: float, decimals: int) -> None:
    text = percent(share, decimals)
    assert text.endswith(f"{NO_BREAK_SPACE}%")
    points = Decimal(repr(share)) * 100
    assert abs(read_back(text[:-2]) - points) <= Decimal(1).scaleb(-decimals) / 2 + Decimal("1e-9")


@pytest.mark.parametrize(
    ("share", "decimals", "text"),
    [
        (0.59, 0, "59_%"),
        (0.285, 0, "29_%"),
        (0.005, 0, "1_%"),
        (0.017, 1, "1,7_%"),
        (0.01, 1, "1,0_%"),
        (1, 0, "100_%"),
        (-0.1, 0, f"{MINUS}10_%"),
    ],
)
def test_percent(share: float, decimals: int, text: str) -> None:
    assert percent(share, decimals) == text.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize(("share", "text"), [(0.55, "55_procent"), (0.1, "10_procent"), (1, "100_procent")])
def test_percent_in_words(share: float, text: str) -> None:
    assert percent_words(share) == text.replace("_", NO_BREAK_SPACE)


@pytest.mark.parametrize(
    "text",
    [
        "15_000 invånare",
        "1_234_567",
        "55_procent av dem",
        "18_procentenheter",
        "3_kap. 3_§ SoL",
        "53_mot_26_%",
        "den 1_november_2014",
        "30_dagar",
    ],
)
def test_a_figure_is_tied_to_its_unit(text: str) -> None:
    """And to nothing else, however often it is tied."""
    shown = tied(text.replace("_", " "))
    assert shown == text.replace("§ S", "§_S").replace("000 i", "000_i").replace("_", NO_BREAK_SPACE)
    assert tied(shown) == shown


@pytest.mark.parametrize("text", ["år 2014 svarade 8 barn", "2013 och 2014", "den som mot sin vilja", "a b c", ""])
def test_words_are_not_tied(text: str) -> None:
    assert tied(text) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(0, "noll"), (1, "en"), (2, "två"), (8, "åtta"), (12, "tolv"), (13, "13"), (290, "290"), (1442, "1_442")],
)
def test_count(value: int, text: str) -> None:
    assert count(value) == text.replace("_", NO_BREAK_SPACE)


@given(st.integers(min_value=0, max_value=2000))
def test_only_one_has_a_neuter(value: int) -> None:
    assert (count(value, neuter=True) == count(value)) == (value != 1)
    assert count(1, neuter=True) == "ett"


@pytest.mark.parametrize(
    ("names", "text"),
    [
        ([], ""),
        (["Ekerö"], "Ekerö"),
        (["Ekerö", "Solna"], "Ekerö och Solna"),
        (["Ekerö", "Solna", "Sigtuna"], "Ekerö, Solna och Sigtuna"),
    ],
)
def test_listing(names: list[str], text: str) -> None:
    assert listing(names) == text


def test_listing_with_another_joint() -> None:
    assert listing(("Ja", "Delvis", "Nej"), "eller") == "Ja, Delvis eller Nej"


@given(st.lists(WORDS, min_size=1, max_size=9))
def test_a_listing_holds_every_name_in_order(names: list[str]) -> None:
    assert re.split(", | och ", listing(names)) == names
    assert listing(names).count(" och ") == min(len(names) - 1, 1)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Ekerö", "Ekerös"),
        ("Riket", "Rikets"),
        ("Upplands-Bro", "Upplands-Bros"),
        ("Borås", "Borås"),
        ("BORÅS", "BORÅS"),
        ("Bordeaux", "Bordeaux"),
        ("Schweiz", "Schweiz"),
    ],
)
def test_genitive(name: str, text: str) -> None:
    assert genitive(name) == text


@pytest.mark.parametrize(
    ("text", "result"), [("", ""), ("a", "A"), ("åtta av SKL:s kommuner", "Åtta av SKL:s kommuner"), ("BBIC", "BBIC")]
)
def test_capital(text: str, result: str) -> None:
    assert capital(text) == result


@given(st.lists(WORDS, min_size=1).map(" ".join))
def test_capital_changes_only_the_first_letter(text: str) -> None:
    assert capital(text)[1:] == text[1:]
    assert capital(text)[0].isupper()
    assert capital(capital(text)) == capital(text)


@pytest.mark.parametrize(
    ("iso", "text"),
    [
        ("2014-11-01", "1 november 2014"),
        ("2013-12-31", "31 december 2013"),
        ("2014-01-09", "9 januari 2014"),
        ("2014-10", "oktober 2014"),
        ("2014", "2014"),
        ("2012-11-01/2014-11-01", "1 november 2012–1 november 2014"),
        ("1988/1996", "1988–1996"),
        ("2014-10/2014-11", "oktober 2014–november 2014"),
    ],
)
def test_day(iso: str, text: str) -> None:
    assert day(iso) == text


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_a_day_reads_back(moment: date) -> None:
    number_of_day, month, year = day(moment.isoformat()).split()
    assert date(int(year), MONTHS.index(month) + 1, int(number_of_day)) == moment


@pytest.mark.parametrize(
    "iso",
    ["2014-13-01", "2014-02-30", "2014-13", "2014-00", "2014/2015-13"],
)
def test_a_day_that_does_not_exist_is_no_day(iso: str) -> None:
    with pytest.raises(ValueError, match=r"month must be|day is out of range"):
        day(iso)
