"""Where places stand in the pictures: outlines that fit what is drawn, of the places that are drawn and no others."""

import re
from itertools import pairwise

import oj
from oj.present.output import Figure, Shown, as_parts

STOCKHOLM = oj.figures("Stockholm")
PLACES = STOCKHOLM.frame["place"].drop_duplicates().tolist()
UNITS = [*STOCKHOLM.municipalities()]
NUMBER = re.compile(r"-?\d+")


def box(path: str) -> tuple[int, int, int, int]:
    """Return an outline's left, right, top and bottom."""
    numbers = [int(one) for one in NUMBER.findall(path)]
    across, down = numbers[::2], numbers[1::2]
    return min(across), max(across), min(down), max(down)


def first(shown: Shown) -> Figure:
    """Return the first picture shown, and that its outlines are within it."""
    (figure, *_) = as_parts(shown)
    assert isinstance(figure, Figure)
    width, height = (float(one) for one in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', figure.svg)[0])
    for path in figure.spots.values():
        left, right, top, bottom = box(path)
        assert 0 <= left < right <= 1000
        assert 0 <= top < bottom <= round(1000 * height / width) + 1
    return figure


def test_the_answers_have_a_column_for_each_place_in_order() -> None:
    spots = first(oj.chart(STOCKHOLM)).spots
    assert [*spots] == PLACES
    assert all(abs(box(one)[1] - box(other)[0]) <= 1 for one, other in pairwise(spots.values()))


def test_the_numbers_have_a_row_for_each_place_in_order() -> None:
    spots = first(oj.chart(STOCKHOLM.of("bakgrundsmatt"))).spots
    assert [*spots] == PLACES
    assert all(abs(box(one)[3] - box(other)[2]) <= 1 for one, other in pairwise(spots.values()))
    assert {box(one)[:2] for one in spots.values()} == {(0, 1000)}


def test_a_picture_of_regions_alone_and_a_municipalitys_own_have_none() -> None:
    assert first(oj.chart(STOCKHOLM.of("saker"))).spots == {}
    assert first(oj.chart(STOCKHOLM, municipality="Solna")).spots == {}


def test_maps_have_the_shape_of_each_municipality() -> None:
    for shown, times in (
        (oj.map(oj.targets(STOCKHOLM)), 1),
        (oj.map(STOCKHOLM.of("saker")), 1),
        (oj.map(STOCKHOLM), 2),
    ):
        spots = first(shown).spots
        assert sorted(spots) == sorted(UNITS)
        assert all(path.count("M") >= times and path.endswith("Z") for path in spots.values())
    north, south = (
        box(first(oj.map(oj.targets(STOCKHOLM))).spots[code]) for code in ("0191", "0125")
    )  # Sigtuna, Ekerö
    assert north[3] < south[3]
    assert north[0] > south[0]


def test_what_is_told_of_where_places_stand_tells_no_figure() -> None:
    """All have the same outline whatever they answer."""
    silent = STOCKHOLM.frame.assign(answer="", value=float("nan"), status="secret", display="x")
    hidden = oj.chart(type(STOCKHOLM)(**{**STOCKHOLM.__dict__, "frame": silent}))
    assert first(hidden).spots == first(oj.chart(STOCKHOLM)).spots
