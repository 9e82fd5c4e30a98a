"""Any selection is drawn, or it is said in Swedish what can be drawn of it."""

from dataclasses import replace
from pathlib import Path

import pytest

import oj
from conftest import refused
from fetched import with_fetched
from oj.present.chart.chart import KINDS
from oj.present.output import Figure, as_parts
from oj.tidy.schema import Figures

STOCKHOLM = oj.figures("Stockholm")
KALMAR = oj.figures("Kalmar", "over-tid")


@pytest.fixture(scope="module")
def halland(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    """Return a fetched county's figures of today."""
    folder: Path = with_fetched(tmp_path_factory.mktemp("facts") / "data")
    return oj.figures("Halland", "aktuell", folder=folder)


def pictures(shown: object) -> list[Figure]:
    """Return the pictures of a call."""
    assert not isinstance(shown, str)
    return [part for part in as_parts(shown) if isinstance(part, Figure)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("socialjour", "Heltäckande socialjour, utgåvan 2015. Till höger antalet kommuner med Ja."),
        ("arbetsledning", "Arbetsledning per handläggare, utgåvan 2015. Linjer: riket (streckad) och Stockholms län"),
        ("bedomning", "Systematisk bedömning, utgåvan 2015. Ordnade efter länets avstånd till riket. Till höger"),
        ("behoriga-alla", "Gymnasiebehörighet bland placerade barn, utgåvan 2015. Linjer: riket"),
    ],
)
def test_a_measure_and_a_table_are_drawn_as_parts_are(name: str, caption: str) -> None:
    (shown,) = pictures(oj.chart(STOCKHOLM.of(name)))
    assert shown.label == f"fig-{name}"
    assert shown.caption.startswith(caption)
    for measure in STOCKHOLM.of(name).measures.values():
        assert f"{measure.short}: " in shown.said


def test_a_selection_without_regions_or_of_one_municipality_is_drawn() -> None:
    (shown,) = pictures(oj.chart(STOCKHOLM.at("Solna").of("saker")))
    assert "Riket" not in shown.svg + shown.said
    (picture,) = pictures(oj.chart(STOCKHOLM.at("Solna", "Ekerö").of("saker"), "heat"))
    assert "Sollentuna" not in picture.svg
    (barometer,) = pictures(oj.chart(STOCKHOLM.of("kompetens"), municipality="Solna"))
    assert "BBIC" not in barometer.said


@pytest.mark.parametrize(
    ("figures", "kind", "told"),
    [
        (STOCKHOLM, "prickar", f"De som finns: {', '.join(KINDS)}."),
        (STOCKHOLM, "heatt", "Menade du ”heat”?"),
        (STOCKHOLM, "lines", "”lines” ritas av tal över flera år. Av de här uppgifterna går det att rita dots"),
        (STOCKHOLM, "pairs", "Av de här uppgifterna går det att rita dots"),
        (STOCKHOLM, "dots", "Välj vad som ska ritas, som figures.of(”…”). Tabeller: brukarnas-uppfattning,"),
        (STOCKHOLM, "barometer", "Säg vilken kommun, som oj.chart(figures, municipality=”Upplands Väsby”)."),
        (STOCKHOLM.by("women"), "", "Urvalet har inga uppgifter att rita."),
        (STOCKHOLM.of("utbildning"), "", "Välj ett delområde: behorighet-gymnasium, genomfort-gymnasium."),
        (STOCKHOLM.of("utbildning"), "heat", "har inga svar att visa. Tillåtna: individanpassad, samordning"),
        (STOCKHOLM.of("kompetens"), "", "Välj ett av dem: handlaggarnas-kompetens, handlaggarnas-kompetensutveckling."),
        (STOCKHOLM.of("utbildningsniva"), "", "Välj ett av dem: behorighet-gymnasium, genomfort-gymnasium."),
        (KALMAR, "heat", "går det att rita lines"),
        (oj.targets(STOCKHOLM), "", "på karta med oj.map"),
    ],
)
def test_what_cannot_be_drawn_is_told_with_what_can(figures: Figures, kind: str, told: str) -> None:
    with refused(told):
        oj.chart(figures, kind)


def test_an_edition_without_answers_has_no_picture_of_them() -> None:
    numbers = {name: one for name, one in STOCKHOLM.measures.items() if not one.is_answer}
    rows = STOCKHOLM.frame[STOCKHOLM.frame["measure"].isin([*numbers])]
    assert oj.chart(replace(STOCKHOLM, frame=rows, measures=numbers)) == ()


def test_figures_of_today_are_drawn_or_told(halland: Figures) -> None:
    for kind, told in (("heat", "går det att rita lines"), ("", "Välj vad som ska ritas"), ("pairs", "Välj vad")):
        with refused(told):
            oj.chart(halland, kind)
    with refused("Svar ritas inte år för år."):
        oj.chart(halland.of("automatisering"))
    (lone,) = pictures(oj.chart(halland.of("utredningstid"), municipality="Halmstad"))
    assert lone.label == "fig-over-tid-1380"
    assert "Hylte" not in lone.svg + lone.said
    (shown,) = pictures(oj.chart(halland.at("Halmstad", "riket").of("utredningstid")))
    assert "Varje tunn linje" not in shown.caption
    assert "Halmstad 110 dagar år 2018, 90 dagar år 2022" in shown.said.replace("\u00a0", " ")


def test_each_municipalitys_line_is_known_to_the_pages_and_a_sheet_needs_none(halland: Figures) -> None:
    (figure, *_) = pictures(oj.chart(halland.of("utredningstid")))
    drawn = halland.of("utredningstid").by("total").frame
    drawn = drawn[drawn["value"].notna() & drawn["level"].isin(["municipality", "county", "nation"])]
    assert {*figure.spots} == {*drawn["place"]}
    assert all(path.startswith("M") and not path.endswith("Z") for path in figure.spots.values())
    (lone,) = pictures(oj.chart(halland.of("utredningstid"), municipality="Halmstad"))
    assert lone.spots == {}


def test_the_years_are_those_of_one_place() -> None:
    (whole,) = pictures(oj.chart(KALMAR))
    (chosen,) = pictures(oj.chart(KALMAR.of("bbic-licens")))
    assert whole.caption.startswith("Riket över åren, alla serier")
    assert chosen.label == "fig-over-tid-bbic-licens"
    assert chosen.caption.startswith("Riket över åren, serierna i urvalet")
    assert chosen.said.replace("\u00a0", " ").endswith("2014 81 %, 2015 92 %.")
    assert pictures(oj.chart(KALMAR, municipality="Kalmar")) == []
    assert pictures(oj.chart(KALMAR.during("2015"))) == []  # a lone year is no line


def test_maps_of_any_selection(halland: Figures) -> None:
    (table,) = pictures(oj.map(STOCKHOLM.of("kompetens")))
    assert table.label == "fig-karta-kompetens"
    (area,) = pictures(oj.map(oj.targets(STOCKHOLM).of("saker")))
    assert area.label == "fig-karta-mal-saker"
    assert "antal mål i Säker vård och omsorg" in area.caption
    assert [part.label for part in pictures(oj.map(halland.of("unga")))] == ["fig-karta-unga"]
    assert pictures(oj.map(halland.of("utredningstid").at("Halmstad", "riket"))) == []
    with refused("Kartor ritas av en utgåvas resultat eller av aktuella nyckeltal, inte av åren."):
        oj.map(KALMAR)


def test_a_map_and_a_sentence_tell_one_difference(halland: Figures) -> None:
    """Shares of those who answered are apart by ten points: 90 beside 91 is near, in colours too."""
    (shown,) = pictures(oj.map(halland.of("unga-inflytande")))
    assert "Inom 10\u00a0procentenheter från riket" in shown.svg
    assert "Minst" not in shown.svg
