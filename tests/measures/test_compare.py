"""One place against another: differences as told, and what is told as one, worked out twice."""

from decimal import ROUND_HALF_UP, Decimal

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import DATA, few
from frames import JONKOPING, KNOWN, REGIONS, STOCKHOLM, figures_of, frames, full, made
from oj.compare.against import Pair, pairs, side
from oj.facts.places import NATION
from oj.tidy.measures import Measure, of_today


def known_shares(frame: pd.DataFrame, place: str, other: str) -> dict[str, tuple[float, float]]:
    """Return both places' published figures for each indicator that has both, in the order of the results."""
    values = {(row.indicator, row.place): row.value for row in frame.itertuples() if row.status == "observed"}
    names = dict.fromkeys(frame["indicator"])
    return {
        name: (values[name, place], values[name, other])
        for name in names
        if (name, place) in values and (name, other) in values
    }


def check_pairs(frame: pd.DataFrame, place: str, other: str) -> list[Pair]:
    """Compare the pairs with the results, and return them."""
    figures = figures_of(frame)
    found = pairs(figures, place, other)
    assert {pair.measure.id: (pair.value, pair.other) for pair in found} == known_shares(frame, place, other)
    for pair in found:
        rows = figures.frame.loc[list(pair.rows)]
        assert rows[["measure", "place"]].to_numpy().tolist() == [[pair.measure.id, place], [pair.measure.id, other]]
        assert rows["value"].tolist() == [pair.value, pair.other]
    return found


@pytest.mark.parametrize(("place", "other"), [("01", "00"), ("00", "01"), ("06", "01"), ("06", NATION)])
def test_the_shares_of_the_report(place: str, other: str) -> None:
    answers = STOCKHOLM[STOCKHOLM["indicator"].map(lambda name: KNOWN[name].is_answer)]
    found = check_pairs(answers, place, other)
    assert len(found) == 39
    assert all(pair.gap == round(100 * pair.value) - round(100 * pair.other) for pair in found)


def test_the_difference_turns_with_its_places() -> None:
    there, back = (pairs(figures_of(STOCKHOLM), *places) for places in (("01", "00"), ("00", "01")))
    assert [pair.gap for pair in there] == [-pair.gap for pair in back]


@few(10)
@given(frames("bedomning", fewest=0))
def test_any_shares(frame: pd.DataFrame) -> None:
    """A hidden share is compared with nothing; no measure is told twice."""
    for place, other in (("01", "00"), ("06", "01")):
        check_pairs(frame, place, other)


@pytest.mark.parametrize("lower", range(0, 91, 10))
def test_a_difference_is_of_whole_percentage_points(lower: int) -> None:
    """No binary fraction is left to decide whether ten percentage points are notable."""
    frame = made({("socialjour", "00"): lower / 100, ("socialjour", "01"): (lower + 10) / 100})
    (pair,) = pairs(figures_of(frame), "01")
    assert (pair.gap, pair.side) == (10, 1)


@pytest.mark.parametrize("hidden", [("00",), ("01",), ("00", "01")])
def test_a_hidden_share_is_not_compared(hidden: tuple[str, ...]) -> None:
    cells = full("bedomning", 2) | {("bedomning-missbruk", place): "suppressed" for place in hidden}
    found = [pair.measure.id for pair in pairs(figures_of(made(cells)), "01")]
    assert found == ["bedomning-utagerande", "bedomning-foraldraformaga"]


def test_nothing_known_is_nothing_to_compare() -> None:
    frame = made({key: "withheld" if key[1] in REGIONS else cell for key, cell in full("bedomning", 2).items()})
    assert pairs(figures_of(frame), "01") == []
    assert pairs(figures_of(JONKOPING), "01") == []


def test_an_answer_is_no_number_to_compare() -> None:
    assert [pair for pair in pairs(figures_of(STOCKHOLM), "0184") if pair.measure.is_answer] == []


TODAY = of_today(DATA)
OF_EDITION = figures_of(STOCKHOLM).measures


def told(value: float, decimals: int) -> Decimal:
    """Return a figure as it is told."""
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


@settings(max_examples=200)
@given(st.sampled_from([*OF_EDITION.values(), *TODAY.values()]), st.integers(0, 1000), st.integers(0, 1000))
def test_one_rule_of_difference(measure: Measure, own: int, other: int) -> None:
    """Ten percentage points for shares of those who answered, a tenth of the other for anything else; both as told."""
    unit = 1000 if measure.is_share else 10
    first, second = (told(one / 10, measure.decimals) for one in (own, other))
    is_survey = measure.is_answer or (measure.is_share and (measure.id in OF_EDITION or measure.polarity != "none"))
    least = Decimal(10) if is_survey else second / 10
    far = first != second and abs(first - second) >= least
    assert side(measure, own / unit, other / unit) == (0 if not far else 1 if first > second else -1)


@pytest.mark.parametrize(
    ("name", "values", "sides"),
    [
        ("unga-inflytande", [0.66, 0.699, 0.70, 0.50], [0, 1, 1, -1]),  # as told: 70 %
        ("utredningstid", [65, 66, 54], [0, 1, -1]),
        ("barn-ekonomiskt-bistand", [0.65, 0.66, 0.54], [0, 1, -1]),
    ],
)
def test_surveys_differ_by_ten_points_and_others_by_a_tenth(name: str, values: list[float], sides: list[int]) -> None:
    measure = TODAY[name]
    other = 0.6 if measure.is_share else 60
    assert [side(measure, value, other) for value in values] == sides


def test_nought_is_no_tenth_of_nought() -> None:
    assert side(TODAY["utredningstid"], 0, 0) == 0
