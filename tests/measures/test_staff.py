"""Full-time equivalents: degrees, hours by 165, and who is not counted."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from oj.preliminary.staff import COLUMNS, TENURES, counts, full_time_equivalents


def person(**own: object) -> dict[str, object]:
    """Return one case worker: full-time, here, a social worker with long experience."""
    usual = {"degree": 1.0, "hours": None, "days_away": 0, "on_leave": False, "qualified": True, "social_work": True}
    return {**usual, "tenure": "mer än 5 år", **own}


def staff(*people: dict[str, object]) -> pd.DataFrame:
    """Return a staff list."""
    return pd.DataFrame(people, columns=COLUMNS).astype({"degree": float, "hours": float, "days_away": float})


@pytest.mark.parametrize(
    ("own", "size"),
    [
        ({}, 1.0),
        ({"degree": 0.75}, 0.75),
        ({"degree": None, "hours": 165.0}, 1.0),
        ({"degree": None, "hours": 82.5}, 0.5),
        ({"degree": None, "hours": 0.0}, 0.0),
        ({"days_away": 29}, 1.0),
        ({"days_away": 30}, 0.0),
        ({"days_away": 60}, 0.0),
        ({"days_away": None}, 1.0),
        ({"on_leave": True}, 0.0),
        ({"degree": None, "hours": 165.0, "on_leave": True}, 0.0),
        ({"degree": 0.5, "hours": 80.0}, 0.5),  # a monthly degree goes before hours
    ],
)
def test_full_time_equivalents(own: dict[str, object], size: float) -> None:
    assert full_time_equivalents(staff(person(**own))).tolist() == [size]


def test_counts_are_of_social_workers_by_tenure() -> None:
    people = [
        person(),
        person(tenure="3–5 år", degree=0.5),
        person(tenure="mindre än 1 år", social_work=False),
        person(qualified=False),  # long experience, but no degree: a case worker, not a social worker
        person(tenure="1–2 år", on_leave=True),
    ]
    assert counts(staff(*people)) == {
        "personal.handlaggare": 3.5,
        "personal.socionomer": 2.5,
        "personal.socialt-arbete": 1.5,
        "personal.under-ett-ar": 1.0,
        "personal.ett-till-tva-ar": 0.0,
        "personal.tre-till-fem-ar": 0.5,
        "personal.mer-an-fem-ar": 1.0,
    }


people_drawn = st.lists(
    st.builds(
        person,
        degree=st.sampled_from([0.25, 0.5, 0.75, 1.0]),
        days_away=st.integers(0, 61),
        on_leave=st.booleans(),
        qualified=st.booleans(),
        social_work=st.booleans(),
        tenure=st.sampled_from(sorted(TENURES)),
    ),
    min_size=1,
    max_size=12,
)


@given(people_drawn)
def test_parts_never_outgrow_their_wholes(people: list[dict[str, object]]) -> None:
    told = counts(staff(*people))
    assert told["personal.socionomer"] <= told["personal.handlaggare"] <= len(people)
    assert told["personal.socialt-arbete"] <= told["personal.socionomer"]
    assert sum(told[question] for question in TENURES.values()) == pytest.approx(told["personal.socionomer"])
    assert counts(staff(*reversed(people))) == told
