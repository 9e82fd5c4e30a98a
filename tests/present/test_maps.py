"""Maps by what is drawn: which colour each municipality has, where its name stands and what is told in words."""

from collections.abc import Iterator
from itertools import pairwise
from math import hypot

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import PatchCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Annotation
from matplotlib.text import Text as Drawn
from shapely.geometry import Point

import oj
from conftest import refused
from frames import (
    JONKOPING,
    KNOWN,
    MUNICIPALITIES,
    PLACES,
    REGIONS,
    REPORTS,
    STOCKHOLM,
    Cells,
    figures_of,
    full,
    made,
)
from oj.present.maps.map import NUMBERS as SHADES
from oj.present.maps.map import STEPS
from oj.present.maps.shapes import OTHER_COUNTY, WITHOUT, apart, borders, draw_map, name_places
from oj.present.output import Figure
from oj.present.style import ANSWER_FILLS, ELSEWHERE_FILL, LACKING_FILL, TEXT_WIDTH, WITHOUT_FILL, use_style
from oj.words.swedish import capital
from oj.words.vocabulary import HIDDEN
from present.drawings import drawn

mpl.use("Agg")

OWN = dict.fromkeys(STOCKHOLM.loc[STOCKHOLM["level"] == "municipality", "place"])
WHERE = borders()
POINTS = WHERE.representative_point()
GOTHENBURG = [place.code for place in PLACES.values() if place.county == "14"]
AREAS = list(dict.fromkeys(item.area for item in KNOWN.values()))
NUMBERS = ["behoriga-alla", "behoriga-fodda-i-sverige", "barn-per-handlaggare", "arbetsledning", "socionomer-fem-ar"]


def shown_maps(frame: pd.DataFrame, name: str = "") -> list[Figure]:
    """Return the maps of a measure or an area, or of each area."""
    figures = figures_of(frame)
    return [part for part in oj.map(figures.of(name) if name else figures) if isinstance(part, Figure)]


def targets_map(frame: pd.DataFrame) -> list[Figure]:
    """Return the map of reached targets."""
    return [part for part in oj.map(oj.targets(figures_of(frame))) if isinstance(part, Figure)]


def differs_most(frame: pd.DataFrame, area: str) -> str:
    """Return the indicator where the municipalities differ most: nearest half of Ja, else the widest of the numbers."""
    own = frame[(frame["level"] == "municipality") & (frame["area"] == area) & (frame["status"] == "observed")]
    by_name = {str(name): rows for name, rows in own.groupby("indicator", sort=False)}
    yes = {name: rows["display"].eq("Ja").mean() for name, rows in by_name.items() if KNOWN[name].is_answer}
    if yes:
        return min(yes, key=lambda name: abs(yes[name] - 0.5))
    most = max(len(rows) for rows in by_name.values())
    numbers = {name: rows["value"] for name, rows in by_name.items() if len(rows) == most}
    spread = {name: (one.max() - one.min()) / one.median() for name, one in numbers.items()}
    return max(spread, key=lambda name: spread[name])


def look(ax: Axes, place: str) -> tuple[str, bool]:
    """Return the topmost colour at a municipality's inner point, and whether it is hatched there."""
    point = (POINTS[place].x, POINTS[place].y)
    found = [
        (part.get_zorder(), to_hex(part.get_facecolors()[at % len(part.get_facecolors())]), bool(part.get_hatch()))
        for part in ax.collections
        if isinstance(part, PatchCollection)
        for at, path in enumerate(part.get_paths())
        if path.contains_point(point)
    ]
    assert found, f"{place} is not drawn"
    return max(found)[1:]


def names(ax: Axes) -> list[Annotation]:
    """Return the texts with lines."""
    return [text for text in ax.texts if isinstance(text, Annotation)]


def maps_of(drawing: Drawing) -> list[Axes]:
    """Return the maps of a drawing that have names."""
    return [ax for ax in drawing.axes if names(ax)]


@pytest.fixture
def ax() -> Iterator[Axes]:
    """Return axes with a map of the eight municipalities, each in its own colour, and their names."""
    use_style()
    figure, own = plt.subplots(figsize=(4, 4))
    fills = pd.Series({place: f"#{at + 1:02x}80f0" for at, place in enumerate(OWN)})
    west, south, east, north = WHERE.loc[list(OWN)].total_bounds
    draw_map(fills, (west - 9e3, east + 9e3, south - 9e3, north + 9e3), own)
    name_places(pd.Series({place: PLACES[place].name for place in OWN}), own)
    yield own
    plt.close(figure)


def inside(ax: Axes) -> list[str]:
    """Return the municipalities whose inner point the map shows."""
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    return [place for place, point in POINTS.items() if left < point.x < right and bottom < point.y < top]


def test_every_municipality_has_its_colour_where_it_lies(ax: Axes) -> None:
    assert {place: look(ax, place) for place in OWN} == {
        place: (f"#{at + 1:02x}80f0", False) for at, place in enumerate(OWN)
    }


def test_others_in_the_county_are_hatched_and_neighbouring_counties_grey(ax: Axes) -> None:
    others = [place for place in inside(ax) if place not in OWN]
    assert {place[:2] for place in others} >= {"01", "03"}
    for place in others:
        assert look(ax, place) == ((WITHOUT_FILL, True) if place[:2] == "01" else (ELSEWHERE_FILL, False)), place


def test_north_is_up_and_the_shapes_are_true(ax: Axes) -> None:
    (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
    assert left < right
    assert bottom < top
    assert ax.get_aspect() == 1
    heights = {text.get_text(): text.xy[1] for text in names(ax)}
    assert heights["Sigtuna"] > heights["Solna"]
    assert POINTS["0125"].x < POINTS["0183"].x, "Ekerö lies west of Sundbyberg"


def test_a_name_stands_on_its_side_with_its_line_inside_the_municipality(ax: Axes) -> None:
    assert sorted(text.get_text() for text in names(ax)) == sorted(PLACES[place].name for place in OWN)
    by_name = {PLACES[place].name: place for place in OWN}
    for text in names(ax):
        assert WHERE.loc[by_name[text.get_text()], "geometry"].contains(Point(text.xy))
        assert text.arrow_patch is not None
        assert text.get_position()[0] in ax.get_xlim()


def test_lines_of_one_side_do_not_cross(ax: Axes) -> None:
    for edge in ax.get_xlim():
        side = sorted((text.get_position()[1], text.xy[1]) for text in names(ax) if text.get_position()[0] == edge)
        assert all(lower[1] <= upper[1] for lower, upper in pairwise(side))


HEIGHTS = st.lists(st.floats(min_value=0, max_value=100), max_size=12).map(lambda found: sorted(found, reverse=True))
LEAST = st.floats(min_value=0.1, max_value=20)


@given(HEIGHTS, LEAST)
def test_heights_keep_their_order_and_distance(wanted: list[float], least: float) -> None:
    high = max(100.0, least * len(wanted))
    found = apart(wanted, least, 0.0, high)
    assert len(found) == len(wanted)
    assert all(upper - lower >= least - 1e-6 for upper, lower in pairwise(found))
    assert all(-1e-6 <= height <= high + 1e-6 for height in found)


@given(HEIGHTS, LEAST)
def test_heights_that_are_apart_stay(wanted: list[float], least: float) -> None:
    kept: list[float] = []
    for height in wanted:
        kept += [height] if not kept or kept[-1] - height >= least else []
    assert apart(kept, least, 0.0, 100.0) == pytest.approx(kept, abs=1e-9)


def test_the_places_borders_are_those_of_the_project() -> None:
    assert sorted(WHERE.index) == sorted(place.code for place in PLACES.values() if place.level == "municipality")
    assert str(WHERE.crs.to_epsg()) == "3006"


def check_room(drawing: Drawing) -> None:
    """Fail where a map's text is small, leaves the figure or covers another."""
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    assert drawing.get_figwidth() == TEXT_WIDTH
    texts = [text for text in drawing.findobj(Drawn) if text.get_text() and text.get_visible() and shows(text)]
    boxes = [(text.get_text(), Drawn.get_window_extent(text, canvas.get_renderer())) for text in texts]
    assert min(text.get_fontsize() for text in texts) >= 9
    for at, (text, box) in enumerate(boxes):
        assert -0.5 <= box.x0 <= box.x1 <= drawing.bbox.x1 + 0.5, text
        assert -0.5 <= box.y0 <= box.y1 <= drawing.bbox.y1 + 0.5, text
        for other, another in boxes[at + 1 :]:
            width = min(box.x1, another.x1) - max(box.x0, another.x0)
            height = min(box.y1, another.y1) - max(box.y0, another.y0)
            assert width < 1 or height < 0.15 * min(box.height, another.height), f"{text!r} lies over {other!r}"


def shows(text: Drawn) -> bool:
    """Return whether a text is drawn; those of an axis that is off are not."""
    return text.axes is None or isinstance(text, Annotation)


def check_names(ax: Axes, texts: dict[str, str]) -> None:
    """Fail where a place's text is not there once, with a line that ends inside it."""
    assert sorted(text.get_text() for text in names(ax)) == sorted(texts.values())
    by_text = {text: place for place, text in texts.items()}
    for text in names(ax):
        place = by_text[text.get_text()]
        assert WHERE.loc[place, "geometry"].contains(Point(text.xy)), text.get_text()
        edges = [hypot(text.get_position()[0] - edge, 0) for edge in ax.get_xlim()]
        assert min(edges) == 0


def rows_of(frame: pd.DataFrame, name: str) -> pd.DataFrame:
    """Return the municipalities' rows of an indicator."""
    return frame[(frame["indicator"] == name) & (frame["level"] == "municipality")]


def check_indicator(frame: pd.DataFrame, name: str, ax: Axes) -> None:
    """Compare a map with the results of its indicator."""
    rows = rows_of(frame, name)
    check_names(ax, {row.place: f"{row.place_name}: {row.display}" for row in rows.itertuples()})
    (nation,) = frame.loc[(frame["indicator"] == name) & (frame["place"] == "00"), "value"]
    for row in rows.itertuples():
        lacks = row.status != "observed"
        shown = ANSWER_FILLS[row.answer] if row.answer in ANSWER_FILLS else shade(name, row.value, nation)
        fill = LACKING_FILL if lacks else shown
        assert look(ax, row.place) == (fill, lacks), row.place_name


def shade(name: str, value: float, nation: float) -> str:
    """Return a number's colour: clearly below the nation, about the same, clearly above."""
    gap = round((value - nation) if KNOWN[name].scale == "share" else (value / nation - 1), 6)
    return SHADES[0 if gap <= -0.1 else 2 if gap >= 0.1 else 1]


def legend(drawing: Drawing) -> dict[str, str]:
    """Return what the colours mean, in words."""
    (own,) = drawing.legends
    patches = [to_hex(patch.get_facecolor()) for patch in own.get_patches()]
    return dict(zip([text.get_text() for text in own.get_texts()], patches, strict=True))


def told(frame: pd.DataFrame, name: str) -> str:
    """Return what an indicator is at each municipality, as it is said."""
    rows = rows_of(frame, name)
    return ", ".join(
        f"{row.place_name} {'döljs' if row.status in HIDDEN else row.display}" for row in rows.itertuples()
    )


@pytest.mark.parametrize("name", ["socialjour", "bbic-licens", "foraldrar-hvb", *NUMBERS])
def test_a_map_of_an_indicator(name: str) -> None:
    shown, drawing = drawn(lambda: shown_maps(STOCKHOLM, name)[0])
    overview, own = drawing.axes
    check_indicator(STOCKHOLM, name, own)
    check_room(drawing)
    assert not names(overview)
    assert {look(overview, place) for place in OWN} == {look(own, place) for place in OWN}
    assert {look(overview, place) for place in MUNICIPALITIES if place not in OWN} == {(WITHOUT_FILL, True)}
    met = {look(own, place)[0] for place in OWN}
    assert set(legend(drawing).values()) == met | {WITHOUT_FILL, ELSEWHERE_FILL}
    assert legend(drawing)[WITHOUT] == WITHOUT_FILL
    assert legend(drawing)[OTHER_COUNTY] == ELSEWHERE_FILL
    for word, answer in (("Ja", "yes"), ("Delvis", "partly"), ("Nej", "no")):
        assert legend(drawing).get(word, ANSWER_FILLS[answer]) == ANSWER_FILLS[answer]
    (nation,) = STOCKHOLM.loc[(STOCKHOLM["indicator"] == name) & (STOCKHOLM["place"] == "00"), "display"]
    level = "" if KNOWN[name].is_answer else f" (riket {nation})"
    assert shown.label == f"fig-karta-{name}"
    assert shown.caption == f"Karta: {capital(KNOWN[name].phrase)}{level}, utgåvan 2015."
    assert (shown.summary, shown.told[0][1]) == ("Karta med åtta kommuner.", told(STOCKHOLM, name))


def test_a_map_of_solna_alone() -> None:
    shown, drawing = drawn(lambda: shown_maps(REPORTS["solna"], "socialjour")[0])
    check_indicator(REPORTS["solna"], "socialjour", drawing.axes[1])
    check_room(drawing)
    assert shown.alt == "Karta med en kommun. Heltäckande socialjour: Solna Ja."
    left, right = drawing.axes[1].get_xlim()
    assert right - left >= 30_000, "there is nothing around it"


def test_small_maps_of_every_area() -> None:
    shown, drawing = drawn(lambda: shown_maps(STOCKHOLM)[0])
    chosen = [differs_most(STOCKHOLM, area) for area in AREAS if area != "bakgrund"]
    assert len(maps_of(drawing)) == len(drawing.axes) == len(chosen)
    titles = [text.get_text().replace("\n", " ") for text in drawing.texts]
    for own, name, title in zip(drawing.axes, chosen, titles, strict=True):
        check_indicator(STOCKHOLM, str(name), own)
        assert title.split(" (riket ")[0] == capital(KNOWN[str(name)].phrase)
    check_room(drawing)
    sentences = [f"{title}: {told(STOCKHOLM, str(name))}." for title, name in zip(titles, chosen, strict=True)]
    assert shown.said == " ".join(sentences)
    assert shown.caption.startswith("För varje område den indikator där kommunerna skiljer sig mest, utgåvan 2015. ")
    assert (shown.label, shown.before) == ("fig-kartor", "## Kartor {#sec-kartor}")


@pytest.mark.parametrize("area", AREAS)
def test_a_map_of_an_area(area: str) -> None:
    (shown,) = shown_maps(STOCKHOLM, area)
    assert shown.label == f"fig-karta-{area}"
    assert shown.summary == "Karta med åtta kommuner."
    assert shown.told[0][1] == told(STOCKHOLM, str(differs_most(STOCKHOLM, area)))


def answered(frame: pd.DataFrame) -> dict[str, tuple[int, int]]:
    """Return how many Ja of how many answers each municipality has."""
    own = frame[(frame["level"] == "municipality") & frame["indicator"].map(lambda name: KNOWN[name].is_answer)]
    known = own[own["status"] == "observed"]
    return {
        place: ((known.loc[known["place"] == place, "display"] == "Ja").sum(), (known["place"] == place).sum())
        for place in own["place"].unique()
    }


def check_targets(frame: pd.DataFrame) -> tuple[Figure, Drawing]:
    """Compare the map of reached targets with the answers, and return it."""
    shown, drawing = drawn(lambda: targets_map(frame)[0])
    ax = drawing.axes[-1]
    sums = answered(frame)
    check_names(ax, {place: f"{PLACES[place].name}: {yes} av {of}" for place, (yes, of) in sums.items()})
    check_room(drawing)
    for place, (yes, of) in sums.items():
        step = min(5 * yes // of, 4)
        (word,) = (word for word, fill in legend(drawing).items() if fill == STEPS[step])
        low, _, high = word.removesuffix(" mål").partition("–")
        first, last = int(low), int(high or low)
        assert first <= yes <= last
        assert {min(5 * first // of, 4), min(5 * last // of, 4)} == {step}
        assert 5 * (first - 1) // of < step or not first
        assert look(ax, place) == (STEPS[step], False), place
    said = ", ".join(f"{PLACES[place].name} {yes} av {of}" for place, (yes, of) in sums.items())
    assert shown.said == f"Nådda mål: {said}."
    assert (shown.label, shown.before) == ("fig-karta-mal", "")
    return shown, drawing


@pytest.mark.parametrize("frame", [STOCKHOLM, REPORTS["solna"]], ids=["stockholm", "solna"])
def test_a_map_of_reached_targets(frame: pd.DataFrame) -> None:
    shown, drawing = check_targets(frame)
    assert shown.caption.startswith("Karta: antal mål som kommunerna når av dem med Ja- och Nej-svar, utgåvan 2015.")
    assert legend(drawing)[WITHOUT] == WITHOUT_FILL


@pytest.mark.parametrize("own", [MUNICIPALITIES, GOTHENBURG], ids=["stockholm-26", "vastra-gotaland-49"])
def test_whole_counties_have_room_for_every_name(own: list[str]) -> None:
    """Also without the overview, which would show the same, and without what is not in the report."""
    words = ["yes", "no"]
    names_of = [item.id for item in KNOWN.values() if item.table == "uppfoljning" and item.is_answer]
    cells: Cells = {(name, place): "yes" for name in names_of for place in own}
    cells |= {(names_of[0], place): words[at % 2] for at, place in enumerate(own)}
    cells |= {(name, place): 0.5 for name in names_of for place in ("00", own[0][:2])}
    _, drawing = check_targets(made(cells, [*own, "00", own[0][:2]]))
    assert len(drawing.axes) == 1
    assert WITHOUT not in legend(drawing)


def test_a_municipality_without_answers_is_on_the_map_of_targets() -> None:
    cells = full("bedomning", 3)
    cells |= {key: "missing" for key in cells if key[1] == MUNICIPALITIES[2]}
    shown, drawing = drawn(lambda: targets_map(made(cells))[0])
    assert look(drawing.axes[-1], MUNICIPALITIES[2]) == (LACKING_FILL, True)
    assert f"{PLACES[MUNICIPALITIES[2]].name} ingen uppgift" in shown.said
    assert "0 av 0" not in shown.said + "".join(one.get_text() for one in names(drawing.axes[-1]))
    assert "60–79\u00a0%" not in legend(drawing)
    assert "80–100\u00a0%" in legend(drawing)


def test_one_municipality_has_no_small_maps_as_it_differs_from_none() -> None:
    assert list(shown_maps(REPORTS["solna"])) == []


def test_lacking_answers_are_grey_and_said_so() -> None:
    row = ["yes", "partly", "no", "missing", "suppressed"]
    cells: Cells = {("plan-familjehem", place): cell for place, cell in zip(MUNICIPALITIES, row, strict=False)}
    cells |= {("plan-familjehem", place): 0.5 for place in REGIONS}
    shown, drawing = drawn(lambda: shown_maps(made(cells), "plan-familjehem")[0])
    fills = [*(ANSWER_FILLS[answer] for answer in row[:3]), LACKING_FILL, LACKING_FILL]
    assert [look(drawing.axes[1], place)[0] for place in MUNICIPALITIES[:5]] == fills
    assert list(legend(drawing)) == ["Ja", "Delvis", "Nej", "Uppgift visas inte", WITHOUT, OTHER_COUNTY]
    assert "bortfall" in shown.said
    assert "döljs" in shown.said


def test_numbers_without_the_nations_are_not_above_or_below_it() -> None:
    cells: Cells = {("behoriga-alla", place): 0.5 for place in MUNICIPALITIES[:3]}
    cells |= {("behoriga-alla", "00"): "withheld", ("behoriga-alla", "01"): 0.5}
    shown, drawing = drawn(lambda: shown_maps(made(cells), "behoriga-alla")[0])
    assert {look(drawing.axes[1], place)[0] for place in MUNICIPALITIES[:3]} == {SHADES[1]}
    assert list(legend(drawing)) == ["Uppgift finns", WITHOUT, OTHER_COUNTY]
    assert "riket" not in shown.caption


def test_a_county_without_municipalities_has_no_maps() -> None:
    assert [*targets_map(JONKOPING), *shown_maps(JONKOPING), *shown_maps(JONKOPING, "saker")] == []
    with refused("Ingen kommun har resultat för heltäckande socialjour, så det blir ingen karta."):
        shown_maps(JONKOPING, "socialjour")


def test_unknown_names_are_refused() -> None:
    with refused("”socialjouren” finns inte i uppgifterna.", "Menade du ”socialjour”?"):
        shown_maps(STOCKHOLM, "socialjouren")[0]
    with refused("”sakert” finns inte i uppgifterna.", "Menade du ”saker”?"):
        shown_maps(STOCKHOLM, "sakert")


def test_nothing_is_left_open_and_the_same_results_are_the_same_bytes() -> None:
    before = plt.get_fignums()
    first = shown_maps(STOCKHOLM, "socialjour")[0].svg
    targets_map(STOCKHOLM)
    assert shown_maps(STOCKHOLM.copy(), "socialjour")[0].svg == first
    assert plt.get_fignums() == before
