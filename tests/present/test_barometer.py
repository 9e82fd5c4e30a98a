"""The barometer by what is drawn: every indicator's row, the own value in words, the marks of the regions."""

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing
from matplotlib.patches import Rectangle
from matplotlib.text import Text as Drawn

import oj
from conftest import refused
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
from oj.facts.datapackage import read_table
from oj.present.output import LONGEST_ALT, Figure
from oj.present.style import ANSWER_FILLS, LACKING_FILL, MUNICIPALITY_COLOUR, TEXT_WIDTH
from oj.words.swedish import capital
from oj.words.vocabulary import HIDDEN, STATUSES
from present.drawings import drawn

mpl.use("Agg")

AREAS = read_table("areas").set_index("area")["name"]
NATION, COUNTY, OWN = "#3d3d3d", "#12436d", MUNICIPALITY_COLOUR.lower()
MADE = "0114"


def barometer(frame: pd.DataFrame, municipality: str) -> Figure:
    """Return a municipality's barometer."""
    shown = oj.chart(figures_of(frame), "barometer", municipality)
    assert isinstance(shown, Figure)
    return shown


def lacking() -> pd.DataFrame:
    """Return results where shares, answers and hours are hidden or lacking, for the municipality and the regions."""
    names = ["plan-familjehem", "socionomer-tre-ar", "socionomer-fem-ar", "arbetsledning", "socialjour", "bbic-licens"]
    cells: Cells = {(name, MADE): status for name, status in zip(names, LACKING[-6:], strict=True)}
    cells |= {(name, place): 0.25 for name in names for place in REGIONS}
    cells |= {("plan-familjehem", "00"): "withheld", ("socialjour", "01"): "withheld", ("bbic-licens", "00"): 1.0}
    cells |= {("bbic-licens", "01"): 1.0, ("behoriga-alla", MADE): "suppressed", ("behoriga-alla", "00"): "suppressed"}
    cells |= {("behoriga-alla", "01"): 0.0, ("behoriga-alla", "06"): 0.9, ("arbetsledning", "00"): 4.8}
    return made(cells, [MADE, *REGIONS])


@pytest.fixture(scope="module", params=["Solna", "Ekerö", "Järfälla", "lacking"])
def picture(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, Figure, Drawing]:
    """Return the results that a barometer shows (of the municipality, nation and county), it and its drawing."""
    frame = lacking() if request.param == "lacking" else STOCKHOLM
    place = MADE if request.param == "lacking" else figures_of(STOCKHOLM).place_of(request.param)
    shown, drawing = drawn(lambda: barometer(frame, place))
    kept = frame["place"].isin([place, "00", "01"]) & (frame["area"] != "bakgrund")
    return frame[kept], shown, drawing


def at_rows(ax: Axes) -> dict[str, int]:
    """Return the row of each area's and indicator's name, which stand from the figure's left edge."""
    found = {}
    for text in ax.texts:
        x, y = text.get_position()
        if text.get_transform() not in (ax.transData, ax.get_yaxis_transform()) and x < 0.1:
            found[text.get_text()] = round(y)
    return found


def test_every_indicator_has_its_row_under_its_area(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    wanted = []
    for name in frame["indicator"].unique():
        item = KNOWN[name]
        wanted += [AREAS[item.area]] * (AREAS[item.area] not in wanted) + [capital(item.phrase)]
    (ax,) = drawing.axes
    assert at_rows(ax) == {name: row for row, name in enumerate(wanted)}
    assert ax.get_ylim() == (len(wanted) - 0.5, -0.5)
    assert not any(item.area == "bakgrund" and capital(item.phrase) in wanted for item in KNOWN.values())


def test_the_own_value_stands_on_its_colour(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    beside = ax.get_yaxis_transform()
    texts = {text.get_position()[1]: text.get_text() for text in ax.texts if text.get_transform() == beside}
    chips = [part for part in ax.patches if isinstance(part, Rectangle) and part.get_height() == pytest.approx(0.9)]
    colours = {round(chip.get_y() + 0.45): to_hex(chip.get_facecolor()) for chip in chips}
    own = frame[frame["level"] == "municipality"]
    assert len(texts) == len(colours) == len(chips) == len(own)
    for row in own.itertuples():
        at = at_rows(ax)[capital(KNOWN[row.indicator].phrase)]
        assert texts[at] == (row.display if len(row.display) < 7 else "–")
        observed = ANSWER_FILLS.get(row.answer, "#ffffff")
        assert colours[at] == (observed if row.status == "observed" else LACKING_FILL)


def test_marks_stand_at_the_published_shares(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    """The nation's and the county's a little apart; hidden figures and hours have none, answers none of the own."""
    frame, _, drawing = picture
    (ax,) = drawing.axes
    points = sorted(
        (round(float(x), 9), round(float(y), 9), to_hex(colour))
        for part in ax.collections
        if isinstance(part, PathCollection)
        for (x, y), colour in zip(part.get_offsets().tolist(), part.get_facecolors(), strict=True)
    )
    looks = {"00": (NATION, -0.1), "01": (COUNTY, 0.1)}
    expected = []
    for row in frame.itertuples():
        item = KNOWN[row.indicator]
        if row.status == "observed" and row.value == row.value and (item.is_answer or item.scale == "share"):
            colour, apart = looks.get(row.place, (OWN, 0))
            expected.append((row.value, round(at_rows(ax)[capital(item.phrase)] + apart, 9), colour))
    assert points == sorted(expected)
    assert len({point[:2] for point in points}) == len(points), "a mark covers another"


def test_a_line_joins_the_nation_and_the_county(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    drawn_lines = {
        segment[0][1]: [point[0] for point in segment]
        for part in ax.collections
        if isinstance(part, LineCollection)
        for segment in part.get_segments()
    }
    for name, rows in frame[frame["level"] != "municipality"].groupby("indicator"):
        values = rows["value"].dropna().tolist() if KNOWN[str(name)].scale != "hours-per-week" else []
        found = drawn_lines.pop(at_rows(ax)[capital(KNOWN[str(name)].phrase)], [])
        assert found == ([min(values), max(values)] if values else [])
    assert not drawn_lines


def test_hours_are_told_in_words(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    told = {text.get_position(): text.get_text() for text in ax.texts if text.get_transform() == ax.transData}
    regional = frame[frame["level"] != "municipality"]
    expected = {}
    for item in KNOWN.values():
        rows = regional[regional["indicator"] == item.id]
        if item.scale == "hours-per-week" and len(rows):
            places = ", ".join(f"{row.place_name} {row.display}" for row in rows.itertuples())
            expected[0, at_rows(ax)[capital(item.phrase)]] = f"{places} timmar per vecka"
    assert expected
    assert told == expected


def test_the_legend_and_the_axis(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    names = dict(zip(frame["place"], frame["place_name"], strict=True))
    own = next(name for place, name in names.items() if place not in REGIONS)
    entries = [text.get_text() for text in ax.get_legend().get_texts()]
    assert entries[:2] == ["Riket", "Stockholms län"]
    assert entries[2:] in ([own], [])
    labels = [ax.xaxis.get_major_formatter()(tick, 0) for tick in ax.get_xticks()]
    assert labels == [f"{share}\u00a0%" for share in (0, 25, 50, 75, 100)]
    assert -0.05 < ax.get_xlim()[0] < 0
    assert 1 < ax.get_xlim()[1] < 1.05


def test_no_text_is_small_outside_or_over_another(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    *_, drawing = picture
    assert drawing.get_figwidth() == TEXT_WIDTH
    assert drawing.get_figheight() < 9.5, "it does not fit on a page"
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    texts = [text for text in drawing.findobj(Drawn) if text.get_text() and text.get_visible()]
    boxes = [(text.get_text(), text.get_window_extent(canvas.get_renderer())) for text in texts]
    assert min(text.get_fontsize() for text in texts) >= 9
    for at, (text, box) in enumerate(boxes):
        assert -0.5 <= box.x0 <= box.x1 <= drawing.bbox.x1 + 0.5, text
        assert -3.1 <= box.y0 <= box.y1 <= drawing.bbox.y1 + 0.5, text  # figures have no descenders
        for other, another in boxes[at + 1 :]:
            width = min(box.x1, another.x1) - max(box.x0, another.x0)
            height = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert width < 1 or height < 0.25 * min(box.height, another.height), f"{text!r} lies over {other!r}"


def test_everything_is_told_in_words(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, shown, _ = picture
    said = {(row.indicator, row.place): "döljs" if row.status in HIDDEN else row.display for row in frame.itertuples()}
    own = next(iter(frame.loc[frame["level"] == "municipality", "place"]))
    observed = (frame["place"] == own) & (frame["status"] == "observed")
    answers = frame.loc[observed & frame["answer"].isin(["yes", "partly", "no"]), "answer"]
    reached = f" svarar Ja på {(answers == 'yes').sum()} av {len(answers)} frågor."
    assert shown.summary.endswith(reached if len(answers) else "med länets och rikets bredvid.")
    assert len(shown.alt) <= LONGEST_ALT
    assert shown.said == " ".join(
        f"{capital(KNOWN[name].phrase)}: {said[name, own]} (Riket {said[name, '00']}, "
        f"Stockholms län {said[name, '01']})."
        for name in frame["indicator"].unique()
    )
    assert shown.label == f"fig-barometer-{own}"
    assert "nan" not in (shown.svg + shown.said).casefold()


def test_a_dash_is_explained() -> None:
    shown = barometer(lacking(), MADE)
    signs = shown.caption.split(" Streck: ")[1]
    assert STATUSES["missing"].sign in signs
    assert STATUSES["withheld"].sign in signs
    assert shown.caption.startswith("Upplands Väsbys barometer, utgåvan 2015: ")
    assert barometer(STOCKHOLM, "Sollentuna").caption.count("Streck") == 0


@pytest.mark.parametrize("status", LACKING)
def test_a_hidden_share_is_never_drawn(status: str) -> None:
    """Not even where a number should have been left behind the status."""
    frame = made(full("utbildningsniva", 2) | {("behoriga-alla", MUNICIPALITIES[0]): status})
    shown, drawing = drawn(lambda: barometer(frame, MUNICIPALITIES[0]))
    (part,) = [part for part in drawing.axes[0].collections if isinstance(part, PathCollection)]
    own = [
        point for point, colour in zip(part.get_offsets(), part.get_facecolors(), strict=True) if to_hex(colour) == OWN
    ]
    answered = sum(KNOWN[name].scale == "share" for name in frame["indicator"].unique())
    assert len(own) == answered - 1
    assert at_rows(drawing.axes[0])[capital(KNOWN["behoriga-alla"].phrase)] not in [round(y) for _, y in own]
    assert ("döljs" in shown.said) == (status in HIDDEN)


def test_a_county_compared_with_is_not_in_a_barometer() -> None:
    assert "Jönköping" not in barometer(STOCKHOLM, "Solna").svg
    assert "Jönköping" not in barometer(STOCKHOLM, "Solna").said


@pytest.mark.parametrize(("text", "code"), [("Upplands-Bro", "0139"), ("0139", "0139"), ("Solna", "0184")])
def test_a_municipality_is_found_by_name_or_code(text: str, code: str) -> None:
    assert figures_of(STOCKHOLM).place_of(text) == code


def test_an_unknown_municipality_is_refused() -> None:
    with refused("Kommunen ”Sollna” finns inte i resultaten.", "Menade du ”Solna”?", "Kommunerna är: Upplands Väsby"):
        barometer(STOCKHOLM, "Sollna")
    with refused("Kommunen ”Stockholms län” finns inte", "Kommunerna är: Solna."):
        barometer(REPORTS["solna"], "Stockholms län")
    with refused("Kommunen ”Jönköping” finns inte i resultaten.", "Kommunerna är: inga."):
        barometer(JONKOPING, "Jönköping")


def test_nothing_is_left_open_and_the_same_results_are_the_same_bytes() -> None:
    before = plt.get_fignums()
    frame = made(full("bedomning", 2))
    assert barometer(frame, MADE).svg == barometer(frame.copy(), MADE).svg
    assert plt.get_fignums() == before
