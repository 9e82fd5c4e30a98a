"""The slides: as many as are promised, in the report's own words, with room, notes and alt texts."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import panflute as pf
import pytest
from lxml import etree

from oj.publish.render.deck import (
    LINE,
    LINE_BESIDE,
    LINES,
    ROWS,
    Section,
    Slide,
    _fitting,
    _lines,
    parts_of,
    plain,
    tabled,
)
from oj.publish.render.slides import finished, is_seen, presentation
from oj.publish.render.syntax import Chapter
from publish.building import Built
from publish.read_html import read_page

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
OWN = {"Att ta med sig", "Att prata om", "Vad rapporten visar"}
SPACES = re.compile(r"[\s\u00ad]+")


def bare(text: str) -> str:
    """Return a text without spaces and soft hyphens."""
    return SPACES.sub("", text)


def slides_in(path: Path) -> list[etree._Element]:
    """Return the slides of a file in order."""
    with zipfile.ZipFile(path) as parts:
        count = sum(name.startswith("ppt/slides/slide") for name in parts.namelist())
        return [etree.fromstring(parts.read(f"ppt/slides/slide{at}.xml")) for at in range(1, count + 1)]


def paragraphs(element: etree._Element) -> list[str]:
    """Return the texts of an element, one for each paragraph that has any."""
    found = ["".join(part.text or "" for part in one.iter(f"{A}t")) for one in element.iter(f"{A}p")]
    return [one for one in found if one]


def decks(report: Path) -> dict[str, list[etree._Element]]:
    """Return every file of slides in a report, by name."""
    return {path.name: slides_in(path) for path in sorted(report.rglob("*.pptx"))}


@pytest.fixture(scope="module", params=["Stockholm", "Jönköping", "riket"])
def handed(request: pytest.FixtureRequest, built_once: Callable[[str], Built]) -> Path:
    """Return a finished report's folder: of municipalities, of a county, over the years."""
    return built_once(request.param).path


def test_there_are_eight_slides_and_six_for_each_municipality(report: Built) -> None:
    found = {name: len(slides) for name, slides in decks(report.path).items()}
    assert found.pop("presentation.pptx") == 8
    assert set(found) == {path.with_suffix(".pptx").name for path in (report.path / "kommuner").glob("*.pdf")}
    assert set(found.values()) == {6}


def test_the_first_slide_after_the_title_is_what_stands_out(report: Built) -> None:
    _title, second, *_ = slides_in(report.path / "presentation.pptx")
    head, first, *_ = paragraphs(second)
    assert head == "Vad rapporten visar"
    assert first.startswith("Kommunerna når i genomsnitt 20,0 av 39 mål.")


def test_every_text_and_number_is_the_reports_own(handed: Path) -> None:
    """Each point and cell stands in the report's pages, but for what the slides say of themselves."""
    pages = "".join(bare(read_page(path).text) for path in sorted(handed.glob("*.html")))
    pages = re.sub(r"(?:,|\()?(?:Tabell|Figur|Avsnitt)[\d.]+(\)?)", r"\1", pages)
    for name, slides in decks(handed).items():
        for slide in slides[1:-1]:
            title, *texts = paragraphs(slide)
            if title in OWN:
                continue
            lacking = [one for one in texts if re.sub(r"[()]", "", bare(one)) not in re.sub(r"[()]", "", pages)]
            assert lacking == [], (name, title)


def test_every_slide_has_a_title_of_its_own_room_and_notes(handed: Path) -> None:
    for name, slides in decks(handed).items():
        titles = [paragraphs(slide)[0] for slide in slides]
        assert len(set(titles)) == len(titles), name
        for slide in slides[1:]:
            pictured = bool(list(slide.iter(f"{P}pic")))
            points = [one for shape in list(slide.iter(f"{P}sp"))[1:] for one in paragraphs(shape)]
            assert sum(_lines(one, LINE_BESIDE if pictured else LINE) for one in points) <= LINES, (name, points)
            assert all(len(list(table.iter(f"{A}tr"))) <= ROWS + 1 for table in slide.iter(f"{A}tbl"))
            assert len(paragraphs(slide)[0]) <= 70, name


def test_pictures_and_tables_are_told_and_numbered(report: Built) -> None:
    for name, slides in decks(report.path).items():
        pictures = [one for slide in slides for one in slide.iter(f"{P}nvPicPr")]
        tables = [one for slide in slides for one in slide.iter(f"{P}nvGraphicFramePr")]
        assert pictures, name
        assert tables, name
        for shape in pictures + tables:
            assert len(shape[0].get("descr")) > 15, name
            assert ".png" not in shape[0].get("descr")
        for slide in slides:
            numbers = [one.get("id") for one in slide.iter(f"{P}cNvPr")]
            assert len(set(numbers)) == len(numbers)


def test_what_the_speaker_says_tells_where_it_stands(report: Built) -> None:
    with zipfile.ZipFile(report.path / "kommuner" / "solna.pptx") as parts:
        notes = [parts.read(name).decode() for name in parts.namelist() if name.startswith("ppt/notesSlides/notes")]
        core = parts.read("docProps/core.xml").decode()
    assert len(notes) == 5
    assert sum("Ur rapporten: Kommunblad: Solna" in one for one in notes) >= 2
    assert core.count("1980-01-01T00:00:00Z") == 2


def test_the_same_slides_are_the_same_bytes(report: Built) -> None:
    slides = [Slide("Ett", ("En punkt.",), notes=("Säg.",)), Slide("Två", table=(("Mål", "Tal"), ("a", "1")))]
    first = presentation(slides, {"title": "Prov"}, report.project)
    assert first == presentation(slides, {"title": "Prov"}, report.project)
    assert finished(first, slides) == first


def test_points_are_not_broken_nor_lost() -> None:
    points = ["a" * LINE * 6, "b" * LINE * 5, "c"]
    shown, rest = _fitting(points, LINE)
    assert shown + rest == points
    assert len(shown) == 1
    assert sum(parts_of([("a" * 200, "b", "c" * 9)])) == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(("text", "seen"), [
    ("Alla når målet (Tabell\u00a03.2).", "Alla når målet."),
    ("Längst (28, 84 mot 56\u00a0%, Tabell\u00a03.2), och", "Längst (28, 84 mot 56\u00a0%), och"),
    ("Tabell med Figur i", "Tabell med Figur i"),
])  # fmt: skip
def test_references_to_the_book_are_left_out(text: str, seen: str) -> None:
    assert plain(pf.Para(pf.Str(text))) == seen


def test_a_table_of_years_without_room_for_a_year_is_no_slide() -> None:
    rows = (("Fråga", "Vilka", "2022"), ("Antal ärenden per handläggare inom barn och unga", "Riket", "12,5 " * 20))
    section = Section(Chapter("omrade.ipynb", "Område", "1", []), "År för år")
    section.tables.append(("År för år", rows, frozenset()))
    assert tabled(section) == []
    section.tables[0] = ("År för år", tuple((*row[:2], row[2][:4]) for row in rows), frozenset())
    assert [slide.table[0] for slide in tabled(section)] == [("Fråga", "Vilka", "2022")]


@pytest.mark.parametrize(("wide", "high", "seen"), [(1300, 460, True), (1300, 144, False), (1300, 1792, False)])
def test_a_picture_that_nobody_can_see_leaves_its_place_to_the_words(
    wide: int, high: int, seen: bool, tmp_path: Path
) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG" + bytes(12) + wide.to_bytes(4, "big") + high.to_bytes(4, "big"))
    assert is_seen(Slide("Jour", ("Alla har jour.",), picture="a.png"), tmp_path) is seen
    assert is_seen(Slide("Jour", ("Alla har jour.",)), tmp_path)
