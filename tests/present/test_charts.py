"""Charts by what is drawn: every marker, line and text, where it stands, and the SVG that it becomes."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from math import isclose, nan
from xml.etree import ElementTree

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing
from matplotlib.lines import Line2D
from matplotlib.text import Text as Drawn

import oj
from conftest import DATA, refused
from frames import (
    JONKOPING,
    KNOWN,
    LACKING,
    MUNICIPALITIES,
    REGIONS,
    REPORTS,
    STOCKHOLM,
    Cells,
    figures_of,
    full,
    made,
)
from oj.facts.catalog import Indicator, in_subarea
from oj.facts.datapackage import read_table
from oj.present.chart import dots
from oj.present.output import Figure
from oj.present.style import TEXT_WIDTH, use_style
from oj.tidy.measures import of_indicator
from oj.words.vocabulary import STATUSES
from present.drawings import drawn

mpl.use("Agg")

SUBAREAS = read_table("subareas", DATA).set_index("subarea")["name"]
ANSWERED = [name for name in SUBAREAS.index if any(item.is_answer for item in in_subarea(name))]
VALUES = [item for item in KNOWN.values() if not item.is_answer]
NATION, COUNTY, OTHER, MUNICIPALITY = "#3d3d3d", "#12436d", "#c05010", "#28807a"
PERCENT = "\u00a0%"
SVG = "{http://www.w3.org/2000/svg}"


def chart(frame: pd.DataFrame, name: str) -> Figure:
    """Return the chart of a part or an area."""
    shown = oj.chart(figures_of(frame).of(name))
    assert isinstance(shown, Figure)
    return shown


def shares_against_nation(frame: pd.DataFrame, items: list[Indicator], ax: Axes) -> Axes:
    """Draw the shares of results and return the axes."""
    dots.shares_against_nation(figures_of(frame).frame, [of_indicator(item) for item in items], ax)
    return ax


def values_by_place(frame: pd.DataFrame, item: Indicator, ax: Axes) -> Axes:
    """Draw a measure's results place by place and return the axes."""
    rows = figures_of(frame).frame
    dots.values_by_place(rows[rows["measure"] == item.id], of_indicator(item), ax)
    return ax


@contextmanager
def axes() -> Iterator[Axes]:
    """Give axes to draw in."""
    use_style()
    figure, own = plt.subplots(figsize=(TEXT_WIDTH, 3))
    yield own
    plt.close(figure)


@pytest.fixture
def ax() -> Iterator[Axes]:
    """Return axes to draw in."""
    with axes() as own:
        yield own


@pytest.fixture(scope="module", params=SUBAREAS.index)
def charted(request: pytest.FixtureRequest) -> tuple[str, Figure, Drawing]:
    """Return every chart of the reference report with its sub-area and drawing."""
    return (request.param, *drawn(lambda: chart(STOCKHOLM, request.param)))


def points(axes: Axes) -> list[tuple[float, float, str]]:
    """Return every marker's value, row and colour."""
    found = [part for part in axes.collections if isinstance(part, PathCollection)]
    offsets = [
        (round(float(x), 9), round(float(y), 9), to_hex(colour))
        for part in found
        for (x, y), colour in zip(part.get_offsets().tolist(), part.get_facecolors(), strict=True)
    ]
    return sorted(offsets)


def lines(axes: Axes) -> list[Line2D]:
    """Return the lines that go through all rows; seaborn leaves empty ones of its own."""
    return [line for line in axes.lines if len(line.get_xdata())]


def beside(axes: Axes) -> dict[float, str]:
    """Return the text that stands beside each row."""
    texts = {text.get_position()[1]: text.get_text() for text in axes.texts}
    assert len(texts) == len(axes.texts), "a row has two texts"
    return texts


def row_names(axes: Axes) -> list[str]:
    """Return the name of each row from the top."""
    assert axes.get_yticks().tolist() == list(range(len(axes.get_yticks())))
    bottom, top = axes.get_ylim()
    assert bottom > top, "the first row stands lowest"
    return [label.get_text() for label in axes.get_yticklabels()]


def ticks(axes: Axes) -> dict[float, str]:
    """Return what each value of the axis within the chart is called."""
    low, high = axes.get_xlim()
    called = axes.xaxis.get_major_formatter()
    return {value: called(value, at) for at, value in enumerate(axes.get_xticks().tolist()) if low <= value <= high}


def shares(frame: pd.DataFrame, item: Indicator) -> dict[str, float]:
    """Return an indicator's published shares by region, first the nation's and the county's."""
    own = frame[(frame["indicator"] == item.id) & (frame["level"] != "municipality")]
    return {row.place: row.value for row in own.itertuples() if row.status == "observed"}


def in_rows(axes: Axes, items: list[Indicator]) -> list[Indicator]:
    """Return the indicators as they stand from the top."""
    by_short = {item.short: item for item in items}
    assert len(by_short) == len(items)
    assert sorted(row_names(axes)) == sorted(by_short)
    return [by_short[name] for name in row_names(axes)]


@pytest.fixture(
    scope="module", params=[*(("stockholm", name) for name in ANSWERED), ("jonkoping", "extern-halsa")], ids=str
)
def answered(request: pytest.FixtureRequest) -> Iterator[tuple[pd.DataFrame, list[Indicator], Axes]]:
    """Return the results, indicators and drawing of the answers of every sub-area in two reports."""
    report, name = request.param
    frame = REPORTS[report]
    items = [item for item in in_subarea(name) if item.is_answer]
    with axes() as drawn_in:
        yield frame, items, shares_against_nation(frame[frame["subarea"] == name], items, drawn_in)


def test_every_share_has_a_marker_at_its_value(answered: tuple[pd.DataFrame, list[Indicator], Axes]) -> None:
    frame, items, axes = answered
    regions = list(dict.fromkeys(frame.loc[frame["level"] != "municipality", "place"]))
    colours = dict(zip(regions, (NATION, COUNTY, OTHER), strict=False))
    expected = [
        (share, row, colours[place])
        for row, item in enumerate(in_rows(axes, items))
        for place, share in shares(frame, item).items()
    ]
    assert sorted((value, round(y), colour) for value, y, colour in points(axes)) == sorted(expected)
    assert len(expected) == len(items) * len(regions)


def test_no_marker_covers_another_or_leaves_its_row(answered: tuple[pd.DataFrame, list[Indicator], Axes]) -> None:
    """Equal shares lie above each other within the row, the nation's first."""
    *_, axes = answered
    assert len({(value, y) for value, y, _ in points(axes)}) == len(points(axes))
    height = {NATION: -1, COUNTY: 0, OTHER: 1} if len(REGIONS) == len({colour for *_, colour in points(axes)}) else {}
    for _, y, colour in points(axes):
        assert abs(y - round(y)) < 0.25
        assert (y > round(y)) - (y < round(y)) == height.get(colour, (y > round(y)) - (y < round(y)))


def test_rows_go_from_furthest_above_the_nation_to_furthest_below(
    answered: tuple[pd.DataFrame, list[Indicator], Axes],
) -> None:
    frame, items, axes = answered
    own = "01" if "01" in set(frame["place"]) else "06"
    distances = [shares(frame, item)[own] - shares(frame, item)["00"] for item in in_rows(axes, items)]
    assert all(upper >= lower for upper, lower in pairwise(distances))


def test_a_line_goes_from_the_lowest_share_to_the_highest(
    answered: tuple[pd.DataFrame, list[Indicator], Axes],
) -> None:
    frame, items, axes = answered
    drawn = [part.get_segments()[0].tolist() for part in axes.collections if isinstance(part, LineCollection)]
    expected = [
        [[min(values), row], [max(values), row]]
        for row, item in enumerate(in_rows(axes, items))
        if (values := list(shares(frame, item).values()))
    ]
    assert drawn == expected


def test_beside_each_row_stands_how_many_answered_ja(answered: tuple[pd.DataFrame, list[Indicator], Axes]) -> None:
    frame, items, axes = answered
    own = frame[frame["level"] == "municipality"]
    for row, item in enumerate(in_rows(axes, items)):
        answers = own.loc[(own["indicator"] == item.id) & (own["status"] == "observed"), "answer"].tolist()
        assert beside(axes)[row] == (f"{answers.count('yes')} av {len(answers)}" if answers else "")


def test_the_axis_of_shares_is_in_swedish_percent(answered: tuple[pd.DataFrame, list[Indicator], Axes]) -> None:
    *_, axes = answered
    assert [label for _, label in sorted(ticks(axes).items())] == [f"{n}{PERCENT}" for n in range(0, 101, 20)]
    assert all(isclose(value, int(label.split("\u00a0")[0]) / 100) for value, label in ticks(axes).items())
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("", "")


def test_how_many_answered_counts_only_those_with_an_answer(ax: Axes) -> None:
    answers = ["yes", "yes", "no", "partly", "missing", "not_applicable"]
    cells: Cells = {("plan-familjehem", place): cell for place, cell in zip(MUNICIPALITIES, answers, strict=False)}
    cells |= {("plan-familjehem", place): 0.5 for place in REGIONS}
    shares_against_nation(made(cells), [KNOWN["plan-familjehem"]], ax)
    assert beside(ax) == {0: "2 av 4"}


def bedomning(nation: float | str, county: float | str, other: float | str) -> Cells:
    """Return one row of shares that lie as said, among two rows of others."""
    shares: dict[str, tuple[float | str, ...]] = {
        "bedomning-utagerande": (0.4, 0.45, 0.5),
        "bedomning-missbruk": (nation, county, other),
        "bedomning-foraldraformaga": (0.4, 0.6, 0.5),
    }
    return {(name, place): share for name, row in shares.items() for place, share in zip(REGIONS, row, strict=True)}


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        ((0.3, "suppressed", 0.5), [(0.3, NATION), (0.5, OTHER)]),
        (("withheld", 0.3, 0.5), [(0.3, COUNTY), (0.5, OTHER)]),
        (("withheld", "withheld", 0.5), [(0.5, OTHER)]),
        (("withheld", "suppressed", "secret"), []),
        ((0.0, 1.0, 0.0), [(0.0, NATION), (0.0, OTHER), (1.0, COUNTY)]),
    ],
)
def test_a_hidden_share_has_no_marker_and_others_keep_their_colours(
    ax: Axes, row: tuple[float | str, float | str, float | str], shown: list[tuple[float, str]]
) -> None:
    items = in_subarea("systematisk-bedomning")
    shares_against_nation(made(bedomning(*row)), items, ax)
    at = row_names(ax).index("Missbruk")
    assert [(value, colour) for value, y, colour in points(ax) if round(y) == at] == shown
    assert len(points(ax)) == 6 + len(shown)


def test_a_hidden_county_does_not_upset_the_order(ax: Axes) -> None:
    """The others still go from furthest above the nation to furthest below."""
    shares_against_nation(made(bedomning(0.3, "suppressed", 0.5)), in_subarea("systematisk-bedomning"), ax)
    names = [name for name in row_names(ax) if name != "Missbruk"]
    assert names == ["Föräldraförmåga", "Utagerande beteende"]


@pytest.mark.parametrize("count", [0, 1, 8, 26])
def test_shares_with_any_number_of_municipalities(ax: Axes, count: int) -> None:
    frame = made(full("familjehem", count))
    shares_against_nation(frame, in_subarea("familjehemmens-kompetens"), ax)
    assert beside(ax) == dict.fromkeys((0, 1), f"{count} av {count}" if count else "")
    assert len(points(ax)) == 2 * len(REGIONS)


DRAWN_VALUES = [
    *(("stockholm", item.id) for item in VALUES),
    *(("jonkoping", name) for name in ("arbetsledning", "gymnasium-fodda-i-annat-land", "barn-per-handlaggare")),
]


@pytest.fixture(scope="module", params=DRAWN_VALUES, ids=str)
def valued(request: pytest.FixtureRequest) -> Iterator[tuple[pd.DataFrame, Indicator, Axes]]:
    """Return the results and drawing of every indicator of numbers in two reports."""
    report, name = request.param
    frame, item = REPORTS[report], KNOWN[name]
    with axes() as drawn_in:
        yield frame, item, values_by_place(frame[frame["subarea"] == item.subarea], item, drawn_in)


def test_every_value_stands_on_its_places_row(valued: tuple[pd.DataFrame, Indicator, Axes]) -> None:
    """A marker at every published figure, a text at every figure and sign, and nothing else."""
    frame, item, ax = valued
    own = list(frame[frame["indicator"] == item.id].itertuples())
    regions = iter((NATION, COUNTY, OTHER))
    colours = [MUNICIPALITY if row.level == "municipality" else next(regions) for row in own]
    assert row_names(ax) == [row.place_name for row in own]
    assert points(ax) == sorted(
        (row.value, float(at), colour)
        for at, (row, colour) in enumerate(zip(own, colours, strict=True))
        if row.status == "observed"
    )
    assert beside(ax) == {at: row.display for at, row in enumerate(own)}
    assert "nan" not in " ".join(beside(ax).values())
    assert ax.get_title().replace("\n", " ") == title_of(item)


def test_the_nation_and_the_county_are_lines_through_all(valued: tuple[pd.DataFrame, Indicator, Axes]) -> None:
    """Only where there are municipalities to compare with them."""
    frame, item, ax = valued
    own = frame[frame["indicator"] == item.id].set_index("place")
    found = [(line.get_xdata()[0], line.get_color().lower()) for line in lines(ax)]
    expected = [(own.loc["00", "value"], NATION), (own.loc["01", "value"], COUNTY)] if frame is STOCKHOLM else []
    assert found == expected
    assert all(line.get_ydata() == [0, 1] and len(set(line.get_xdata())) == 1 for line in lines(ax))


def test_the_axis_says_its_values_in_swedish(valued: tuple[pd.DataFrame, Indicator, Axes]) -> None:
    """Zero, half and the end, which is at or above the largest; the figures' column lies beyond."""
    *_, ax = valued
    called = ticks(ax)
    first, half, last = sorted(called)
    assert (first, half) == (0, last / 2)
    assert last >= max(value for value, _, _ in points(ax)) >= last / 2 - 1e-9
    assert ax.get_xlim() == (0, pytest.approx(last * 1.38))
    for value, label in called.items():
        assert isclose(read_back(label), value, abs_tol=1e-9), label


def read_back(label: str) -> float:
    """Return the value that a Swedish reader takes a label for."""
    assert re.fullmatch(r"\d{1,3}(\u00a0\d{3})*(,\d+)?(\u00a0%)?", label), label
    number = float(label.removesuffix(PERCENT).replace("\u00a0", "").replace(",", "."))
    return number / 100 if label.endswith(PERCENT) else number


@pytest.mark.parametrize("largest", [0.4, 0.9, 2.0, 2.9, 4.9, 5.8, 8.0])
def test_the_axis_of_hours_says_where_its_values_are(ax: Axes, largest: float) -> None:
    values_by_place(made({("arbetsledning", "00"): 0.3, ("arbetsledning", "01"): largest}), KNOWN["arbetsledning"], ax)
    for value, label in ticks(ax).items():
        assert isclose(read_back(label), value), label


@pytest.mark.parametrize("share", [0.01, 0.03, 0.07, 0.1, 0.29, 0.3, 0.41, 0.57, 0.58, 0.7, 0.99, 1.0])
def test_the_axis_of_shares_says_where_its_values_are(ax: Axes, share: float) -> None:
    values_by_place(made({("behoriga-alla", "00"): share}), KNOWN["behoriga-alla"], ax)
    called = ticks(ax)
    assert share <= max(called) + 1e-9 <= 1 + 1e-6
    assert all(isclose(read_back(label), value, abs_tol=1e-9) for value, label in called.items()), called


@pytest.mark.parametrize("status", LACKING)
def test_a_hidden_value_has_its_sign_and_no_marker(ax: Axes, status: str) -> None:
    places = [*MUNICIPALITIES[:3], *REGIONS]
    cells: Cells = {("behoriga-alla", place): 0.4 for place in places}
    cells |= {("behoriga-alla", place): status for place in (MUNICIPALITIES[1], "00")}
    values_by_place(made(cells, places), KNOWN["behoriga-alla"], ax)
    assert [y for _, y, _ in points(ax)] == [0, 2, 4, 5]
    assert [colour for *_, colour in points(ax)] == [MUNICIPALITY, MUNICIPALITY, COUNTY, OTHER]
    assert {at: text for at, text in beside(ax).items() if text != f"40{PERCENT}"} == dict.fromkeys(
        (1, 3), STATUSES[status].sign
    )
    assert [line.get_color().lower() for line in lines(ax)] == [COUNTY]


def test_hidden_values_only(ax: Axes) -> None:
    values_by_place(made(dict.fromkeys([("behoriga-alla", place) for place in REGIONS], "suppressed")),
                    KNOWN["behoriga-alla"], ax)  # fmt: skip
    assert points(ax) == []
    assert beside(ax) == dict.fromkeys(range(3), "x")
    assert not lines(ax)


def test_a_value_of_nothing_is_no_hidden_value(ax: Axes) -> None:
    values_by_place(made({("arbetsledning", "00"): 0.0, ("arbetsledning", "01"): 0.0}), KNOWN["arbetsledning"], ax)
    assert [(value, y) for value, y, _ in points(ax)] == [(0, 0), (0, 1)]
    assert beside(ax) == {0: "0,0", 1: "0,0"}


def title_of(item: Indicator) -> str:
    """Return an indicator's name, with its unit where its numbers have none of their own."""
    return f"{item.short}, timmar per vecka" if item.scale == "hours-per-week" else item.short


def axes_of(drawing: Drawing) -> dict[str, Axes]:
    """Return a drawing's charts of numbers by their titles."""
    return {axes.get_title().replace("\n", " "): axes for axes in drawing.axes if axes.get_title()}


def test_siblings_have_one_axis(charted: tuple[str, Figure, Drawing]) -> None:
    """Numbers of one family can be compared by eye; it begins at nothing and holds the largest of them."""
    name, _, drawing = charted
    items = [item for item in in_subarea(name) if not item.is_answer]
    own = axes_of(drawing)
    assert list(own) == [title_of(item) for item in items]
    for item in items:
        siblings = [other.id for other in items if other.family == item.family]
        limits = {own[title_of(other)].get_xlim() for other in items if other.family == item.family}
        ((low, high),) = limits
        largest = STOCKHOLM.loc[STOCKHOLM["indicator"].isin(siblings), "value"].max()
        assert low == 0
        assert largest <= max(ticks(own[title_of(item)])) <= high


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("behorighet-gymnasium", 1),
        ("behorighet-gymnasium", 26),
        ("handlaggarnas-kompetensutveckling", 0),
        ("handlaggarnas-kompetensutveckling", 26),
    ],
)
def test_every_text_has_its_room(name: str, count: int) -> None:
    """No text lies outside the figure or over another, however many the places are."""
    table = in_subarea(name)[0].table
    _, drawing = drawn(lambda: chart(made(full(table, count, share=1.0)), name))
    assert drawing.get_figwidth() == TEXT_WIDTH
    assert_room(drawing)


def test_every_text_of_the_report_has_its_room(charted: tuple[str, Figure, Drawing]) -> None:
    assert_room(charted[2])


def assert_room(drawing: Drawing) -> None:
    """Fail where a drawing's text leaves it or covers another."""
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    texts = [text for text in texts_of(drawing) if text.get_text()]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts]
    assert len(boxes) > 5
    for text, box in boxes:
        assert box.x0 >= 0, f"{text!r} begins left of the figure"
        assert box.y0 >= -2, f"{text!r} ends below the figure"  # figures have no descenders
        assert box.x1 <= drawing.bbox.x1, f"{text!r} ends right of the figure"
        assert box.y1 <= drawing.bbox.y1, f"{text!r} begins above the figure"
    for at, (text, box) in enumerate(boxes):
        for other, another in boxes[at + 1 :]:
            width = min(box.x1, another.x1) - max(box.x0, another.x0)
            height = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert width < 1 or height < 0.1 * min(box.height, another.height), f"{text!r} lies over {other!r}"


def texts_of(drawing: Drawing) -> Iterator[Drawn]:
    """Return every text that a drawing shows."""
    for axes in drawing.findobj(Axes):
        low, high = axes.get_xlim()
        labels = zip(axes.get_xticks().tolist(), axes.get_xticklabels(), strict=True)
        yield from (label for value, label in labels if low <= value <= high)
        yield from (label for label in axes.get_yticklabels() if label.get_visible())
        yield from (axes.title, *axes.texts, *(axes.get_legend().get_texts() if axes.get_legend() else ()))


def words(svg: str) -> list[str]:
    """Return the texts of an SVG."""
    texts = ElementTree.fromstring(svg).iter(f"{SVG}text")
    return ["".join(text.itertext()) for text in texts]


def test_the_svg_keeps_its_text_as_text(charted: tuple[str, Figure, Drawing]) -> None:
    """Searchable, and read by a screen reader: names of places and indicators, figures and signs."""
    name, shown, _ = charted
    found = words(shown.svg)
    own = STOCKHOLM[STOCKHOLM["subarea"] == name]
    for item in in_subarea(name):
        for part in [item.short] if item.is_answer else item.short.split():
            assert any(part in text for text in found), part
        if not item.is_answer:
            assert set(own.loc[own["indicator"] == item.id, "place_name"]) <= set(found)
            assert set(own.loc[own["indicator"] == item.id, "display"]) <= set(found)
        else:
            assert {"Riket", "Stockholms län", "Jönköpings län", "Antal Ja"} <= set(found)
    root = ElementTree.fromstring(shown.svg)
    assert not list(root.iter(f"{SVG}image"))
    assert "Source Sans Pro" in shown.svg


def test_a_chart_without_municipalities_has_no_column_for_them() -> None:
    assert "Antal Ja" not in words(chart(JONKOPING, "utanfor-kontorstid").svg)


def test_the_same_results_are_the_same_bytes() -> None:
    """Also after other charts, or the report would change without its figures changing."""
    name = "handlaggarnas-kompetensutveckling"
    first = chart(STOCKHOLM, name).svg
    chart(JONKOPING, "extern-utbildning")
    assert chart(STOCKHOLM.copy(), name).svg == first
    assert not re.search(r"\d{4}-\d{2}-\d{2}T", first), "the time of its making is in it"


def test_every_figure_is_closed() -> None:
    before = plt.get_fignums()
    chart(JONKOPING, "utanfor-kontorstid")
    assert plt.get_fignums() == before


def test_the_caption_and_the_label(charted: tuple[str, Figure, Drawing]) -> None:
    name, shown, _ = charted
    items = in_subarea(name)
    reading = ["Ordnade efter länets avstånd till riket."] * (sum(item.is_answer for item in items) > 2)
    reading += ["Till höger antalet kommuner med Ja."] * any(item.is_answer for item in items)
    reading += ["Linjer: riket (streckad) och Stockholms län (prickad)."] * any(not item.is_answer for item in items)
    assert shown.label == f"fig-{name}"
    assert shown.caption == " ".join([f"{SUBAREAS[name]}, utgåvan 2015.", *reading])
    assert shown.said


def dashes(axes: Axes) -> dict[str, bool]:
    """Return whether each line of a chart is dashed, or dotted, by its colour."""
    return {line.get_color().lower(): line._dash_pattern[1][0] > 2 * line.get_linewidth() for line in lines(axes)}


def test_the_lines_are_as_the_caption_says(valued: tuple[pd.DataFrame, Indicator, Axes]) -> None:
    frame, _, ax = valued
    assert dashes(ax) == ({NATION: True, COUNTY: False} if frame is STOCKHOLM else {})


def test_the_countys_line_is_the_same_without_the_nations(ax: Axes) -> None:
    cells: Cells = {("behoriga-alla", place): 0.4 for place in [*MUNICIPALITIES[:2], *REGIONS]}
    values_by_place(made({**cells, ("behoriga-alla", "00"): "suppressed"}), KNOWN["behoriga-alla"], ax)
    assert dashes(ax) == {COUNTY: False}


def test_the_caption_of_a_chart_of_regions_does_not_tell_of_lines() -> None:
    assert chart(JONKOPING, "genomfort-gymnasium").caption == f"{SUBAREAS['genomfort-gymnasium']}, utgåvan 2015."


def test_counties_compared_with_have_marks_of_their_own(ax: Axes) -> None:
    cells: Cells = {
        ("socialjour", place): share for place, share in (("00", 0.4), ("01", 0.5), ("06", 0.6), ("12", 0.6))
    }
    shares_against_nation(made(cells), [KNOWN["socialjour"]], ax)
    assert len({colour for *_, colour in points(ax)}) == 4


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["systematisk-bedomning", "handlaggarnas-kompetensutveckling"])
def test_a_chart_with_every_regional_figure_hidden(name: str) -> None:
    table = in_subarea(name)[0].table
    shown = chart(made({key: "withheld" if key[1] in REGIONS else cell for key, cell in full(table, 3).items()}), name)
    assert "Riket 50" not in shown.said
    assert "nan" not in (shown.svg + shown.said).casefold()
    assert ("redovisas ej" in words(shown.svg)) == (name == "handlaggarnas-kompetensutveckling")


def test_a_chart_of_municipalities_only() -> None:
    """As where a source has no share for the nation or the county."""
    cells: Cells = {key: cell for key, cell in full("bedomning", 3).items() if key[1] not in REGIONS}
    chart(made(cells), "systematisk-bedomning")


def test_an_unknown_subarea_gets_a_guess() -> None:
    with refused("”systematisk-bedömning” finns inte i uppgifterna.", "Menade du ”systematisk-bedomning”?"):
        chart(STOCKHOLM, "systematisk-bedömning")


def test_no_marker_is_drawn_for_what_is_no_number(ax: Axes) -> None:
    frame = made({("behoriga-alla", place): 0.5 for place in [*MUNICIPALITIES[:2], *REGIONS]})
    frame.loc[0, ["value", "status", "display"]] = [nan, "suppressed", "x"]
    values_by_place(frame, KNOWN["behoriga-alla"], ax)
    assert len(points(ax)) == 4
