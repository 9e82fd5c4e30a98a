"""Counties with one and with 49 municipalities: pictures that fit a page, sentences that can be read."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import oj
from conftest import DATA, small_copy
from frames import PLACES, figures_of, made
from importing import result, write
from oj.present.chart.dots import TALLEST
from oj.present.output import Figure, Parts, as_parts
from oj.present.style import TEXT_WIDTH
from oj.tidy.schema import Figures
from present.drawings import drawn
from written import results


def cells(county: str, *, with_county: bool = True) -> list[dict[str, object]]:
    """Return results of every municipality of a county, and of the county."""
    own = [place.code for place in PLACES.values() if place.county == county and place.level == "municipality"]
    rows = [result("socialjour", place, "yes" if at % 3 else "partly") for at, place in enumerate(own)]
    rows += [result("behoriga-alla", place, 0.3 + at / 100) for at, place in enumerate(own)]
    shares = [result("socialjour", county, 0.7), result("behoriga-alla", county, 0.6)]
    return rows + (shares if with_county else [])


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return facts with imports for Gotland (1) and Västra Götaland (49)."""
    folder = small_copy(tmp_path_factory.mktemp("counties") / "data", {"tillganglig", "utbildning"})
    write(folder, cells("09"), "gotland")
    write(folder, cells("14"), "vastra-gotaland")
    return folder


@pytest.fixture(scope="module")
def many(data: Path) -> pd.DataFrame:
    """Return the results of Västra Götaland."""
    return results("14", folder=data)


@pytest.fixture(scope="module")
def west(data: Path) -> Figures:
    """Return the figures of Västra Götaland."""
    return oj.figures("14", folder=data)


def _only(parts: Parts) -> Figure:
    (part,) = parts
    assert isinstance(part, Figure)
    return part


def test_a_county_with_one_municipality_has_no_row_beside_it(data: Path) -> None:
    """It would be the municipality's own answer once more, as 100 or 0 per cent."""
    gotland = results("Gotland", folder=data)
    assert gotland["place_name"].unique().tolist() == ["Gotland", "Riket"]
    assert results("Västra Götaland", compare_with=["Gotland"], folder=data)["place_name"].unique().tolist()[-3:] == [
        "Riket", "Västra Götalands län", "Gotlands län",
    ]  # fmt: skip
    text = oj.opening(oj.figures("Gotland", folder=data)).markdown
    assert text.startswith(
        "Rapporten visar resultat för Gotland, som är hela Gotlands län, i utgåvan 2015. Den jämförs"
    )
    assert "länet" not in oj.chart(oj.figures("Gotland", folder=data), municipality="Gotland").caption


def test_many_municipalities_are_not_named_in_a_sentence(data: Path) -> None:
    text = oj.opening(oj.figures("14", folder=data)).markdown
    assert text.startswith("Rapporten visar resultat för 49 kommuner i Västra Götalands län i utgåvan 2015. De jämförs")
    assert "(Alla)" in oj.opening(oj.figures("14", folder=data), "Alla").markdown


def test_a_chart_of_many_municipalities_fits_a_page(west: Figures) -> None:
    """With every name whole, and no figure on a mark."""
    _, figure = drawn(lambda: _only(as_parts(oj.chart(west.of("behorighet-gymnasium")))))
    width, height = figure.get_size_inches() * figure.dpi
    assert height <= TALLEST * figure.dpi
    (ax, *_) = figure.axes
    assert min(label.get_window_extent().x0 for label in ax.get_yticklabels()) >= 0
    marks = {round(y): x for part in ax.collections for x, y in ax.transData.transform(part.get_offsets())}
    for text in ax.texts:
        box = text.get_window_extent()
        near = [x for y, x in marks.items() if box.y0 < y < box.y1]
        assert all(x < box.x0 for x in near), text.get_text()
    assert width == TEXT_WIDTH * figure.dpi


def test_small_maps_of_many_municipalities_have_no_names_and_fit_a_page(west: Figures) -> None:
    shown, figure = drawn(lambda: _only(oj.map(west)))
    assert figure.get_size_inches()[1] <= TALLEST
    assert [text.get_text() for ax in figure.axes for text in ax.texts] == []
    assert "Kommunernas namn står på kartan över nådda mål" in shown.caption
    assert "Härryda Delvis" in shown.said


def test_long_titles_of_small_maps_are_broken() -> None:
    own = [place.code for place in PLACES.values() if place.county == "06" and place.level == "municipality"]
    rows = {("gymnasium-fodda-i-annat-land", place): at / 20 for at, place in enumerate(own)}
    rows |= {("socialjour", place): ("yes", "no")[at % 2] for at, place in enumerate(own)}
    rows |= {("gymnasium-fodda-i-annat-land", "00"): 0.25, ("socialjour", "00"): 0.7}
    _, figure = drawn(lambda: _only(oj.map(figures_of(made(rows)))))
    assert [text.get_text().count("\n") for text in figure.texts] == [1, 0]
    assert "Gislaved" in " ".join(text.get_text() for text in figure.axes[0].texts)


def test_a_table_with_a_few_indicators_makes_a_report(tmp_path: Path) -> None:
    """What the source does not have is missing in it, by every indicator and place, and no chapter fails for it."""
    folder = Path(shutil.copytree(DATA, tmp_path / "data"))
    write(folder, [result("socialjour", "1380", "yes"), result("bbic-licens", "1380", "no"),
                   result("bbic-licens", "1381", "yes"), result("arbetsledning", "1381", 2.5)], "halland")  # fmt: skip
    halland, figures = results("Halland", folder=folder), oj.figures("Halland", folder=folder)
    assert halland.groupby("place")["indicator"].nunique().to_dict() == dict.fromkeys(["1380", "1381", "00"], 52)
    own = halland[halland["place"] == "1381"].set_index("indicator")
    assert own.loc[["bbic-licens", "socialjour"], "display"].tolist() == ["Ja", "bortfall"]
    assert set(own["source"]) == {"halland"}
    assert (own["status"] == "missing").sum() == 50
    for area in halland["area"].unique():
        oj.findings(figures.of(area))
    for name in ("kompetens", "utbildningsniva"):
        oj.table(figures.of(name))
        oj.findings(figures.of(name))
    shown = [
        oj.chart(figures_of(halland, folder), municipality="Halmstad"),
        oj.guide(figures),
        oj.table(oj.targets(figures)),
        *as_parts(oj.chart(figures_of(halland, folder))),
    ]
    assert all(shown)
