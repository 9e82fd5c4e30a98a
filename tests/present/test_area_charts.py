"""An area's answers in one chart: whole names in order, with room for all; and the intervals of known bases."""

from collections.abc import Iterator
from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing
from matplotlib.markers import MarkerStyle
from matplotlib.text import Text as Drawn
from matplotlib.textpath import TextPath

from conftest import few, refused
from frames import JONKOPING, KNOWN, REGIONS, REPORTS, STOCKHOLM, figures_of, made
from oj.compare.rates import SMALL_BASE, wilson
from oj.facts.datapackage import read_table
from oj.present.chart.marks import MARKERS, intervals, marks_of
from oj.present.output import Figure
from oj.present.style import TEXT_WIDTH, use_style
from oj.words.swedish import capital
from present.drawings import drawn
from present.test_charts import chart, values_by_place

mpl.use("Agg")

AREAS = read_table("areas").set_index("area")["name"]
ANSWERED = [area for area in AREAS.index if any(item.is_answer and item.area == area for item in KNOWN.values())]
NUMBERS = [area for area in AREAS.index if area not in ANSWERED]
COUNTY, OTHER = "#12436d", "#c05010"
Charted = tuple[pd.DataFrame, str, Figure, Drawing]


@pytest.fixture(
    scope="module",
    params=[(report, area) for report in REPORTS for area in ANSWERED],
    ids="-".join,
)
def charted(request: pytest.FixtureRequest) -> Charted:
    """Return the chart of every area with answers in three reports, with its results and drawing."""
    report, area = request.param
    return REPORTS[report], area, *drawn(lambda: chart(REPORTS[report], area))


def axes_of(drawing: Drawing) -> Axes:
    """Return the only axes of a drawing."""
    (ax,) = drawing.findobj(Axes)
    return ax


def row_names(ax: Axes) -> list[str]:
    """Return the name of each row from the top."""
    assert ax.get_yticks().tolist() == list(range(len(ax.get_yticks())))
    assert ax.get_ylim() == (len(ax.get_yticks()) - 0.5, -0.5)
    return [label.get_text() for label in ax.get_yticklabels()]


def share(frame: pd.DataFrame, name: str, place: str) -> float:
    """Return a region's published share."""
    (value,) = frame.loc[(frame["indicator"] == name) & (frame["place"] == place), "value"]
    return float(value)


def county_of(frame: pd.DataFrame) -> str:
    """Return the report's own county."""
    return str(frame.loc[frame["level"] == "county", "place"].iloc[0])


def test_every_answer_of_the_area_has_its_whole_name(charted: Charted) -> None:
    """As a name that is understood beside those of other sub-areas, not the short one of its own."""
    _, area, _, drawing = charted
    items = [item for item in KNOWN.values() if item.area == area and item.is_answer]
    assert sorted(row_names(axes_of(drawing))) == sorted(capital(item.phrase) for item in items)
    assert len({item.phrase for item in items}) == len(items)


def test_rows_go_from_furthest_above_the_nation_to_furthest_below(charted: Charted) -> None:
    frame, _, _, drawing = charted
    by_name = {capital(item.phrase): item.id for item in KNOWN.values()}
    ordered = [by_name[name] for name in row_names(axes_of(drawing))]
    own = county_of(frame)
    distances = [round(share(frame, name, own) - share(frame, name, "00"), 6) for name in ordered]
    assert all(upper >= lower for upper, lower in pairwise(distances))


def test_marks_stand_at_the_published_shares(charted: Charted) -> None:
    frame, _, _, drawing = charted
    ax = axes_of(drawing)
    by_name = {capital(item.phrase): item.id for item in KNOWN.values()}
    regions = frame.loc[frame["level"] != "municipality", "place"].unique()
    looks = dict(zip(regions, [to_hex(colour) for colour, *_ in MARKERS], strict=False))
    points = sorted(
        (round(float(x), 9), round(float(y)), to_hex(colour))
        for part in ax.collections
        if isinstance(part, PathCollection)
        for (x, y), colour in zip(part.get_offsets().tolist(), part.get_facecolors(), strict=True)
    )
    assert points == sorted(
        (share(frame, by_name[name], place), row, colour)
        for row, name in enumerate(row_names(ax))
        for place, colour in looks.items()
    )


def test_beside_each_row_stands_how_many_answered_ja(charted: Charted) -> None:
    frame, _, _, drawing = charted
    ax = axes_of(drawing)
    by_name = {capital(item.phrase): item.id for item in KNOWN.values()}
    own = frame[frame["level"] == "municipality"]
    beside = {text.get_position()[1]: text.get_text() for text in ax.texts if text.get_text() != "Antal Ja"}
    for row, name in enumerate(row_names(ax)):
        answers = own.loc[own["indicator"] == by_name[name], "display"].tolist()
        assert beside[row] == (f"{answers.count('Ja')} av {len(answers)}" if answers else "")


def test_every_text_has_its_room(charted: Charted) -> None:
    """The legend does not lie over the heading of the municipalities' column, either."""
    frame, area, _, drawing = charted
    ax = axes_of(drawing)
    drawing.set_dpi(360)  # so that letters are as wide as on paper
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    renderer = canvas.get_renderer()
    assert drawing.get_figwidth() == TEXT_WIDTH
    texts = [text for text in drawing.findobj(Drawn) if text.get_text() and text.get_visible()]
    inside = [text for text in texts if text not in ax.get_xticklabels()]
    boxes = [(text.get_text(), Drawn.get_window_extent(text, renderer)) for text in inside]
    named = [label.get_text() for label in ax.get_yticklabels()]
    for text, box in boxes:
        assert box.x0 >= 0 or text in named, text  # the names' beginning: see the next test
        assert box.x1 <= drawing.bbox.x1, text
        assert 0 <= box.y0 <= box.y1 <= drawing.bbox.y1, text
    for at, (text, box) in enumerate(boxes):
        for other, another in boxes[at + 1 :]:
            width = min(box.x1, another.x1) - max(box.x0, another.x0)
            height = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert width < 1 or height < 0.15 * min(box.height, another.height), f"{text!r} lies over {other!r}"
    for label in ax.get_yticklabels():
        assert label.get_window_extent(renderer).x1 <= ax.get_window_extent().x0
    assert min(text.get_fontsize() for text in texts) >= 9
    heading = [box for text, box in boxes if text == "Antal Ja"]
    assert len(heading) == (frame["level"] == "municipality").any()
    for box in heading:
        assert not ax.get_legend().get_window_extent(renderer).overlaps(box), area


def test_no_name_is_cut_off(charted: Charted) -> None:
    """As wide as the font's own outlines make it; half a point is spared, as not every reader kerns."""
    _, _, _, drawing = charted
    drawing.set_dpi(360)
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    for label in sorted(axes_of(drawing).get_yticklabels(), key=lambda label: -len(label.get_text()))[:3]:
        outline = TextPath((0, 0), label.get_text(), size=label.get_fontsize(), prop=label.get_fontproperties())
        end = label.get_window_extent(canvas.get_renderer()).x1 / 360 * 72
        assert end - outline.get_extents().x1 >= 0.5, label.get_text()


def test_the_caption_the_label_and_the_alt_text(charted: Charted) -> None:
    frame, area, shown, drawing = charted
    assert shown.label == f"fig-{area}"
    order = " Ordnade efter länets avstånd till riket." * (len(row_names(axes_of(drawing))) > 2)
    order += " Till höger antalet kommuner med Ja." * bool((frame["level"] == "municipality").any())
    assert shown.caption == f"{AREAS[area]}, utgåvan 2015.{order}"
    items = [item for item in KNOWN.values() if item.area == area and item.is_answer]
    for item in items:
        (nation,) = frame.loc[(frame["indicator"] == item.id) & (frame["place"] == "00"), "display"]
        assert f"{item.short}: Riket {nation}, " in shown.said
    assert shown.said.count(": Riket ") == len(items)


@pytest.mark.parametrize("area", NUMBERS)
def test_an_area_of_numbers_only_is_refused(area: str) -> None:
    subareas = list(dict.fromkeys(item.subarea for item in KNOWN.values() if item.area == area))
    with refused(f"Området ”{area}” har bara tal, inga svar.", f"Välj ett delområde: {', '.join(subareas)}."):
        chart(STOCKHOLM, area)


def test_every_area_is_drawn_or_refused() -> None:
    assert {"samordning", "saker"} <= set(ANSWERED)
    assert NUMBERS == ["utbildning", "bakgrund"]
    _, drawing = drawn(lambda: chart(JONKOPING, "samordning"))
    assert "Antal Ja" not in [text.get_text() for text in axes_of(drawing).texts]


@pytest.fixture
def ax() -> Iterator[Axes]:
    """Return axes to draw in."""
    use_style()
    figure, own = plt.subplots()
    yield own
    plt.close(figure)


def counted(*rows: tuple[float, float] | None) -> pd.DataFrame:
    """Return a share's results with numerators and denominators, None where they are not known."""
    frame = made({("behoriga-alla", place): 0.4 for place in REGIONS[: len(rows)]})
    for at, row in enumerate(rows):
        if row:
            frame.loc[at, ["numerator", "denominator", "value"]] = [*row, row[0] / row[1]]
    return frame


def bars(ax: Axes) -> dict[float, tuple[float, float]]:
    """Return the interval on each row."""
    found = {}
    for part in ax.collections:
        if isinstance(part, LineCollection):
            ((low, at), (high, _)) = part.get_segments()[0]
            assert at not in found
            found[float(at)] = (float(low), float(high))
    return found


def hollow(ax: Axes) -> list[tuple[float, float, str]]:
    """Return the white marks with their edges' colours."""
    return [
        (*map(float, part.get_offsets()[0]), to_hex(part.get_edgecolors()[0]))
        for part in ax.collections
        if isinstance(part, PathCollection) and len(part.get_offsets()) == 1
        if to_hex(part.get_facecolors()[0]) == "#ffffff"
    ]


def test_a_known_base_gets_its_interval(ax: Axes) -> None:
    values_by_place(counted((81, 263), (3, 10), None), KNOWN["behoriga-alla"], ax)
    assert bars(ax) == {0: pytest.approx((0.2553, 0.3662), abs=5e-5), 1: pytest.approx(wilson(3, 10))}
    assert hollow(ax) == [(0.3, 1, COUNTY)]


@pytest.mark.parametrize(("base", "is_hollow"), [(20, True), (SMALL_BASE - 1, True), (SMALL_BASE, False), (400, False)])
def test_a_small_base_has_a_hollow_mark(ax: Axes, base: int, is_hollow: bool) -> None:
    values_by_place(counted(None, None, (base / 2, base)), KNOWN["behoriga-alla"], ax)
    assert hollow(ax) == ([(0.5, 2, OTHER)] if is_hollow else [])
    assert list(bars(ax)) == [2]


def test_without_counts_nothing_is_added(ax: Axes) -> None:
    """As in all results that are published today."""
    values_by_place(counted(None, None, None), KNOWN["behoriga-alla"], ax)
    assert (bars(ax), hollow(ax)) == ({}, [])
    assert STOCKHOLM[["numerator", "denominator"]].isna().all(axis=None)


def test_a_hidden_share_has_no_interval(ax: Axes) -> None:
    frame = counted((5, 10), (5, 10))
    frame.loc[0, ["value", "status", "display"]] = [float("nan"), "suppressed", "x"]
    values_by_place(frame, KNOWN["behoriga-alla"], ax)
    assert list(bars(ax)) == [1]


@few(8)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)).filter(any), min_size=1, max_size=3))
def test_any_counts(pairs: list[tuple[int, int]]) -> None:
    """Of those who did and those who did not."""
    use_style()
    figure, own = plt.subplots()
    frame = counted(*((yes, yes + no) for yes, no in pairs))
    rows = figures_of(frame).frame
    intervals(own, rows.assign(position=rows.index), marks_of(rows))
    assert bars(own) == {at: pytest.approx(wilson(yes, yes + no)) for at, (yes, no) in enumerate(pairs)}
    assert sorted(at for _, at, _ in hollow(own)) == [at for at, pair in enumerate(pairs) if sum(pair) < 30]
    plt.close(figure)


@pytest.mark.parametrize("count", range(9))
def test_marks_differ_in_shape_and_colour(count: int) -> None:
    """So that they are told apart without colours, up to six."""
    places = pd.DataFrame({"place_name": [str(at) for at in range(count)], "level": "county"})
    found = list(marks_of(places).values())
    assert len(found) == count
    assert len({shape for _, shape, _ in found}) == len({colour for colour, *_ in found}) == min(count, len(MARKERS))
    assert all(MarkerStyle(shape).is_filled() for _, shape, _ in found)
