"""The answers at a glance by what is drawn: each cell's text and colour, the order of rows and places."""

from itertools import pairwise

import matplotlib as mpl
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure as Drawing
from matplotlib.text import Text as Drawn
from matplotlib.textpath import TextPath

import oj
from conftest import refused
from frames import JONKOPING, KNOWN, MUNICIPALITIES, PLACES, REGIONS, REPORTS, STOCKHOLM, Cells, figures_of, full, made
from oj.facts.datapackage import read_table
from oj.present.chart.heat import MOST_PLACES
from oj.present.chart.marks import short_sign
from oj.present.output import LONGEST_ALT, Figure, as_parts
from oj.present.style import ANSWER_FILLS, LACKING_FILL, REGION_FILL, TEXT_WIDTH
from oj.words.swedish import capital
from oj.words.vocabulary import STATUSES
from present.drawings import all_drawn

mpl.use("Agg")

AREAS = read_table("areas").set_index("area")["name"]
ANSWERED = [area for area in AREAS.index if any(item.is_answer and item.area == area for item in KNOWN.values())]


def answers(frame: pd.DataFrame, area: str = "") -> list[Figure]:
    """Return the answers at a glance, all or of an area."""
    figures = figures_of(frame)
    shown = as_parts(oj.chart(figures.of(area) if area else figures, "heat"))
    return [part for part in shown if isinstance(part, Figure)]


def grid(drawing: Drawing) -> dict[tuple[str, str], tuple[str, str]]:
    """Return (row's name, column's name) -> (text, colour) of every cell with a text."""
    (ax,) = drawing.axes
    (mesh,) = ax.collections
    mesh.update_scalarmappable()
    columns = [label.get_text() for label in ax.get_xticklabels()]
    colours = [to_hex(colour) for colour in mesh.get_facecolors()]
    rows = names(ax)
    found = {}
    for text in ax.texts:
        if text.get_transform() == ax.transData:
            (x, y) = text.get_position()
            column, row = int(x), int(y)
            key = (rows[row], columns[column])
            assert key not in found, "a cell has two texts"
            found[key] = (text.get_text(), colours[row * len(columns) + column])
    assert ax.get_xticks().tolist() == [at + 0.5 for at in range(len(columns))]
    return found


def names(ax: Axes) -> list[str]:
    """Return the name of each row from the top."""
    bottom, top = ax.get_ylim()
    assert bottom > top
    own = {text.get_position()[1]: text.get_text() for text in ax.texts if text.get_transform() != ax.transData}
    assert sorted(own) == [at + 0.5 for at in range(int(bottom))]
    return [own[at] for at in sorted(own)]


def fill(row: "pd.core.frame.Pandas") -> str:
    """Return the colour that a result should have."""
    if row.status != "observed":
        return LACKING_FILL
    return ANSWER_FILLS[row.answer] if row.level == "municipality" else REGION_FILL


def expected(frame: pd.DataFrame) -> dict[tuple[str, str], tuple[str, str]]:
    """Return what every cell of an answer indicator should hold."""
    return {
        (capital(KNOWN[row.indicator].phrase), row.place_name): (
            row.display if row.display in ("Ja", "Nej", "Delvis", "x") or row.display.endswith("%") else "–",
            fill(row),
        )
        for row in frame.itertuples()
        if KNOWN[row.indicator].is_answer
    }


def a_bit_of_everything() -> pd.DataFrame:
    """Return a table's results with Delvis and every reason for having none."""
    cells = full("uppfoljning", 8, "no") | full("trygghet", 8)
    odd = ["partly", *(status for status in STATUSES if status != "observed")]
    cells |= {("plan-familjehem", place): cell for place, cell in zip(MUNICIPALITIES[:8], odd, strict=True)}
    cells |= {("plan-familjehem", place): 0.5 for place in REGIONS}
    cells[("plan-familjehem", "01")] = "withheld"
    return made(cells, [*MUNICIPALITIES[:8], *REGIONS])


@pytest.fixture(scope="module", params=["stockholm", "solna", "made"])
def picture(request: pytest.FixtureRequest) -> tuple[pd.DataFrame, Figure, Drawing]:
    """Return results with all their answers at a glance, and the drawing."""
    frame = REPORTS[request.param] if request.param in REPORTS else a_bit_of_everything()
    ((shown, drawing),) = all_drawn(lambda: answers(frame))
    return frame, shown, drawing


def test_every_cell_has_its_answer_and_its_colour(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    assert grid(drawing) == expected(frame)


def test_an_areas_row_has_no_colour(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    *_, drawing = picture
    (ax,) = drawing.axes
    columns = len(ax.get_xticks())
    empty = ax.collections[0].get_array().mask.any(axis=1)
    assert [name for name, is_empty in zip(names(ax), empty, strict=True) if is_empty] == [
        name for name in AREAS if name in names(ax)
    ]
    assert ax.collections[0].get_array().mask.sum() == empty.sum() * columns


def test_areas_stand_in_order_and_most_ja_first_within_them(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    rows = names(drawing.axes[0])
    by_name = {capital(item.phrase): item for item in KNOWN.values()}
    heads = [at for at, name in enumerate(rows) if name in set(AREAS)]
    assert [rows[at] for at in heads] == [name for name in AREAS if name in rows]
    own = frame[frame["level"] == "municipality"]
    yes = {item.id: (own.loc[own["indicator"] == item.id, "display"] == "Ja").sum() for item in KNOWN.values()}
    for start, end in pairwise([*heads, len(rows)]):
        items = [by_name[name] for name in rows[start + 1 : end]]
        assert items
        assert {AREAS[item.area] for item in items} == {rows[start]}
        order = list(KNOWN)
        keys = [(-yes[item.id], order.index(item.id)) for item in items]
        assert keys == sorted(keys)


def test_places_stand_in_the_reports_order(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    assert [label.get_text() for label in ax.get_xticklabels()] == list(frame["place_name"].unique())
    (line,) = [line for line in ax.lines if len(line.get_xdata())]
    assert set(line.get_xdata()) == {frame.loc[frame["level"] == "municipality", "place"].nunique()}


def test_no_text_is_small_or_outside(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    *_, drawing = picture
    canvas = FigureCanvasAgg(drawing)
    canvas.draw()
    assert drawing.get_figwidth() == TEXT_WIDTH
    for text in drawing.findobj(Drawn):
        if text.get_text() and text.get_visible():
            assert text.get_fontsize() >= 8.5, text.get_text()
            box = text.get_window_extent(canvas.get_renderer())
            assert -0.5 <= box.x0 <= box.x1 <= drawing.bbox.x1 + 0.5, text.get_text()
            assert -0.5 <= box.y0 <= box.y1 <= drawing.bbox.y1 + 0.5, text.get_text()


def test_no_name_reaches_the_cells(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    """As wide as the font's own outlines make it, in points; a bitmap's letters are wider."""
    *_, drawing = picture
    (ax,) = drawing.axes
    start = 72 * drawing.get_figwidth() * ax.get_position().x0
    named = [text for text in ax.texts if text.get_transform() != ax.transData and text.get_text() not in set(AREAS)]
    for text in sorted(named, key=lambda text: -len(text.get_text()))[:5]:
        outline = TextPath((0, 0), text.get_text(), size=text.get_fontsize(), prop=text.get_fontproperties())
        left = 72 * drawing.get_figwidth() * text.get_position()[0]
        assert left + outline.get_extents().x1 <= start, text.get_text()


def test_no_sign_is_wider_than_its_cell(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, _, drawing = picture
    (ax,) = drawing.axes
    renderer = FigureCanvasAgg(drawing).get_renderer()
    width = ax.get_window_extent().width / frame["place"].nunique()
    for text in ax.texts:
        if text.get_transform() == ax.transData:
            assert text.get_window_extent(renderer).width <= width, text.get_text()


def test_who_answered_ja_is_told_in_words(picture: tuple[pd.DataFrame, Figure, Drawing]) -> None:
    frame, shown, drawing = picture
    own = frame[frame["level"] == "municipality"]
    size = own["place"].nunique()
    told = dict(part.removesuffix(".").split(": ", 1) for part in f"{shown.said} ".split(". ") if part)
    answers = own[own["answer"].isin(["yes", "partly", "no"]) & (own["status"] == "observed")]["answer"]
    assert shown.summary.endswith(f" Av {len(answers)} svar är {(answers == 'yes').sum()} Ja.")
    assert len(shown.alt) <= LONGEST_ALT
    assert list(told) == [name for name in names(drawing.axes[0]) if name not in set(AREAS)]
    for item in KNOWN.values():
        rows = own[own["indicator"] == item.id]
        if not item.is_answer or rows.empty:
            continue
        yes = rows.loc[rows["display"] == "Ja", "place_name"].tolist()
        said, _, rest = told[capital(item.phrase)].partition("; uppgift saknas för ")
        who = said.removeprefix("Ja i ").replace(" och ", ", ").split(", ")
        assert who == (["alla"] if len(yes) == size > 1 else yes or ["ingen"])
        lacking = rows.loc[rows["status"] != "observed", "place_name"].tolist()
        assert rest.replace(" och ", ", ").split(", ") == (lacking or [""])


def test_a_dash_is_explained() -> None:
    (shown,) = answers(a_bit_of_everything())
    for status in ("missing", "not_applicable", "withheld", "secret", "small_base", "secondary"):
        assert STATUSES[status].sign in shown.caption.split(" Streck: ")[1]
    assert "x eller" not in shown.caption
    assert "Streck" not in answers(STOCKHOLM, "saker")[0].caption


@pytest.mark.parametrize("sign", ["", "Ja", "Delvis", "100\u00a0%", *(status.sign for status in STATUSES.values())])
def test_a_long_sign_becomes_a_dash(sign: str) -> None:
    assert short_sign(sign) == (sign if len(sign) < 7 else "–")


@pytest.mark.parametrize("area", ANSWERED)
def test_each_areas_picture_holds_its_indicators_only(area: str) -> None:
    ((shown, drawing),) = all_drawn(lambda: answers(STOCKHOLM, area))
    assert shown.label == f"fig-svar-{area}"
    assert grid(drawing) == expected(STOCKHOLM[STOCKHOLM["area"] == area])
    assert shown.before == ""


def test_the_caption_of_an_undivided_picture_does_not_say_which_municipalities_are_in_it() -> None:
    for frame in (STOCKHOLM, REPORTS["solna"]):
        assert answers(frame, "saker")[0].caption.startswith("Svaren i en bild, utgåvan 2015. Till höger")


@pytest.mark.parametrize(("county", "size"), [("01", 14), ("01", 15), ("01", 26), ("14", 49)])
def test_a_long_county_has_several_pictures(county: str, size: int) -> None:
    own = [place.code for place in PLACES.values() if place.county == county][:size]
    regions = ["00", county]
    cells: Cells = {("socialjour", place): "yes" for place in own} | {("socialjour", place): 0.5 for place in regions}
    pictures = all_drawn(lambda: answers(made(cells, [*own, *regions])))
    assert len(pictures) == -(-size // (MOST_PLACES - len(regions)))
    columns = [[label.get_text() for label in drawing.axes[0].get_xticklabels()] for _, drawing in pictures]
    assert [name for part in columns for name in part[:-2]] == [PLACES[place].name for place in own]
    assert all(part[-2:] == [PLACES[place].name for place in regions] for part in columns)
    labels = ["fig-svar", *(f"fig-svar-{at}" for at in range(2, len(pictures) + 1))]
    assert [shown.label for shown, _ in pictures] == labels
    assert [bool(shown.before) for shown, _ in pictures] == [True, *[False] * (len(pictures) - 1)]
    for (shown, _), part in list(zip(pictures, columns, strict=True))[1:]:
        assert f" {part[0]}–{part[-3]}." in shown.caption


def test_the_first_of_several_pictures_says_which_municipalities_it_has() -> None:
    cells: Cells = {("socialjour", place): "yes" for place in MUNICIPALITIES}
    first = answers(made(cells))[0]
    assert f" {PLACES[MUNICIPALITIES[0]].name}–" in first.caption


def test_a_county_without_municipalities_has_no_picture() -> None:
    assert list(answers(JONKOPING)) == list(answers(JONKOPING, "saker")) == []


def test_an_area_without_answers_is_refused() -> None:
    with refused("”utbildning” har inga svar att visa.", "Tillåtna: individanpassad, samordning"):
        answers(STOCKHOLM, "utbildning")
    with refused("”säker” finns inte i uppgifterna.", "Menade du ”saker”?"):
        answers(STOCKHOLM, "säker")


def test_nothing_is_left_open_and_the_same_results_are_the_same_bytes() -> None:
    before = plt.get_fignums()
    first, again = answers(STOCKHOLM, "saker")[0].svg, answers(STOCKHOLM.copy(), "saker")[0].svg
    assert first == again
    assert plt.get_fignums() == before


def test_one_municipality_is_named_not_called_all() -> None:
    assert "BBIC-licens: Ja i Solna." in answers(REPORTS["solna"])[0].said
