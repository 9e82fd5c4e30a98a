"""Changes between years: the same municipalities, never over a break, never further back than told."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.compare.change import FEWEST, SHORTEST, WINDOW, Change, change, first_comparable

YEARS = list(range(2010, 2023))
CELLS = [f"{place}-{year}" for place, year in product("abcdef", YEARS)]
figures = st.dictionaries(st.sampled_from(CELLS), st.integers(0, 100), min_size=1)


def rows_of(cells: dict[str, int]) -> list[tuple[str, str, float]]:
    """Return each place's value of a year."""
    return [(name[0], name[2:], float(value)) for name, value in cells.items()]


@given(figures, st.sets(st.sampled_from(YEARS), max_size=2))
def test_a_change_is_that_of_the_municipalities_that_have_both_years(cells: dict[str, int], breaks: set[int]) -> None:
    rows = rows_of(cells)
    found = change(rows, [str(year) for year in breaks])
    last = max(int(period) for _, period, _ in rows)
    if found is None:
        return
    assert found.last == str(last)
    assert SHORTEST <= last - int(found.first) <= WINDOW
    assert not [start for start in breaks if int(found.first) < start <= last]
    both = [place for place in "abcdef" if {f"{place}-{found.first}", f"{place}-{last}"} <= set(cells)]
    assert found.municipalities == len(both) >= FEWEST
    assert found.value_from == pytest.approx(sum(cells[f"{place}-{found.first}"] for place in both) / len(both))
    assert found.value_to == pytest.approx(sum(cells[f"{place}-{last}"] for place in both) / len(both))


@given(figures)
def test_none_is_found_only_where_there_is_none(cells: dict[str, int]) -> None:
    """The earliest year that enough municipalities share with the last is the one, told again in another way."""
    last = max(int(name[2:]) for name in cells)
    shared = {
        year: [place for place in "abcdef" if {f"{place}-{year}", f"{place}-{last}"} <= set(cells)]
        for year in range(last - WINDOW, last - SHORTEST + 1)
    }
    wanted = [year for year, places in shared.items() if len(places) >= FEWEST]
    found = change(rows_of(cells))
    assert (found and int(found.first)) == (min(wanted) if wanted else None)


@given(figures, st.integers(0, 100))
def test_a_municipality_that_answers_only_once_changes_nothing(cells: dict[str, int], value: int) -> None:
    last = max(int(name[2:]) for name in cells)
    assert change(rows_of(cells)) == change(rows_of({**cells, f"x-{last}": value}))


def test_one_municipality_is_enough_for_its_own() -> None:
    own = [("a", "2018", 100.0), ("a", "2022", 80.0)]
    assert change(own, fewest=1) == Change("2018", "2022", 100.0, 80.0, 1)
    assert change(own) is None
    assert change(own, ["2020"], fewest=1) is None
    assert change(own[1:], fewest=1) is None
    assert change([]) is None


def test_a_break_in_the_year_itself_counts() -> None:
    assert first_comparable(["2020"], "2020") == "2020"
    assert first_comparable(["2020"], "2019") == ""
