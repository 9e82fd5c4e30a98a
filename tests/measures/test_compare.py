"""Differences between places in percentage points, worked out twice."""

import pandas as pd
import pytest
from hypothesis import given, settings

from frames import JONKOPING, KNOWN, REGIONS, STOCKHOLM, frames, full, made
from oj.compare.against import NOTABLE, regional_shares
from oj.facts.places import NATION


def known_shares(frame: pd.DataFrame, place: str, other: str) -> dict[str, tuple[float, float]]:
    """Return both places' published figures for each indicator that has both, in the order of the results."""
    values = {(row.indicator, row.place): row.value for row in frame.itertuples() if row.status == "observed"}
    names = dict.fromkeys(frame["indicator"])
    return {
        name: (values[name, place], values[name, other])
        for name in names
        if (name, place) in values and (name, other) in values
    }


def check_shares(frame: pd.DataFrame, place: str, other: str) -> pd.DataFrame:
    """Compare the table of differences with the results, and return it."""
    found = regional_shares(frame, place, other)
    expected = known_shares(frame, place, other)
    assert list(found.index) == list(expected)
    assert list(found) == ["value", "other", "difference"]
    for name, (value, compared) in expected.items():
        assert found.loc[name, ["value", "other"]].tolist() == [value, compared]
        assert found.loc[name, "difference"] == pytest.approx(value - compared, abs=1e-6)
    return found


@pytest.mark.parametrize(("place", "other"), [("01", "00"), ("00", "01"), ("06", "01"), ("06", NATION)])
def test_the_shares_of_the_report(place: str, other: str) -> None:
    answers = STOCKHOLM[STOCKHOLM["indicator"].map(lambda name: KNOWN[name].is_answer)]
    found = check_shares(answers, place, other)
    assert len(found) == 39
    assert found["value"].between(0, 1).all()


def test_the_difference_turns_with_its_places() -> None:
    there, back = regional_shares(STOCKHOLM, "01", "00"), regional_shares(STOCKHOLM, "00", "01")
    assert (there["difference"] == -back["difference"]).all()


@settings(max_examples=20)
@given(frames("bedomning", fewest=0))
def test_any_shares(frame: pd.DataFrame) -> None:
    """A hidden share is compared with nothing; no indicator is told twice."""
    for place, other in (("01", "00"), ("06", "01")):
        check_shares(frame, place, other)


@pytest.mark.parametrize("lower", range(0, 91, 10))
def test_a_difference_is_of_whole_percentage_points(lower: int) -> None:
    """No binary fraction is left to decide whether ten percentage points are notable."""
    frame = made({("socialjour", "00"): lower / 100, ("socialjour", "01"): (lower + 10) / 100})
    (difference,) = regional_shares(frame, "01", "00")["difference"]
    assert difference == 0.1 == NOTABLE


@pytest.mark.parametrize("hidden", [("00",), ("01",), ("00", "01")])
def test_a_hidden_share_is_not_compared(hidden: tuple[str, ...]) -> None:
    cells = full("bedomning", 2) | {("bedomning-missbruk", place): "suppressed" for place in hidden}
    assert list(regional_shares(made(cells), "01", "00").index) == ["bedomning-utagerande", "bedomning-foraldraformaga"]


def test_nothing_known_is_nothing_to_compare() -> None:
    frame = made({key: "withheld" if key[1] in REGIONS else cell for key, cell in full("bedomning", 2).items()})
    assert regional_shares(frame, "01", "00").empty
    assert regional_shares(frame.iloc[:0], "01", "00").empty


def test_a_place_that_is_not_in_the_results_is_not_compared() -> None:
    assert regional_shares(JONKOPING, "01", "00").empty


def test_the_results_are_left_as_they_are() -> None:
    before = STOCKHOLM.copy()
    regional_shares(STOCKHOLM, "01", "00")
    pd.testing.assert_frame_equal(STOCKHOLM, before)
