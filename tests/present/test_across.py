"""Where the same thing is weak in several domains at once, worked out by hand from what was planted."""

import ast
import json
import shutil
from dataclasses import replace as replaced
from pathlib import Path

import pytest

import oj
from conftest import DATA, DOMAIN, refused, replace
from oj.compare.across import several
from oj.doors.beside import beside
from oj.doors.fingerprints import fact_hashes
from oj.facts.editions import domain_folder, domains, edition_folder, using
from oj.facts.key_figures import key_figures
from oj.facts.questions import questions
from oj.present.output import Text
from oj.publish.build.book import chapters
from oj.publish.build.contents import listed_chapters
from oj.publish.chapters.edition import of_edition, of_today
from oj.publish.chapters.instances import TEMPLATE, Instance, prepare
from oj.sources.themes import theme_of, themes
from oj.tidy.schema import Figures
from oj.words.errors import UserError
from three_domains import FETCHED_OF, NUMBERS, OTHER, YEAR, add_three, write_numbers

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CHAPTER = "over-omraden.ipynb"
WEAK = {  # by theme and place: in which domains it is weak, and in how many there is a figure
    ("sip", "1214"): ([DOMAIN, OTHER], 2),
    ("sip", "1280"): ([OTHER], 2),
    ("sip", "12"): ([DOMAIN, OTHER], 2),
    ("uppfattning", "1214"): ([DOMAIN, FETCHED_OF], 3),
    ("uppfattning", "1280"): ([DOMAIN], 3),
    ("uppfattning", "1281"): ([], 3),
    ("uppfattning", "1285"): ([DOMAIN], 2),
    ("uppfattning", "12"): ([DOMAIN], 2),
    ("kompetensutveckling", "1214"): ([FETCHED_OF, OTHER], 3),
    ("kompetensutveckling", "1280"): ([DOMAIN, OTHER], 3),
    ("kompetensutveckling", "1281"): ([FETCHED_OF, OTHER], 3),
    ("kompetensutveckling", "1285"): ([], 2),
    ("kompetensutveckling", "12"): ([], 2),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return facts where Skåne has three domains."""
    room = tmp_path_factory.mktemp("three")
    copy = Path(shutil.copytree(DATA, room / "data"))
    add_three(copy, room)
    return copy


@pytest.fixture(scope="module")
def themed(data: Path) -> Figures:
    """Return Skåne's themes."""
    return across(data)


def across(data: Path, *municipalities: str, domain: str = DOMAIN) -> Figures:
    """Return the themes in the report of a domain."""
    return oj.across(
        oj.figures("Skåne", YEAR, [*municipalities], domain=domain, folder=edition_folder(data, YEAR, domain))
    )


def told(text: object) -> list[str]:
    """Return the lines of a list of sentences."""
    assert isinstance(text, Text)
    return [line.removeprefix("- ").replace("\u00a0", " ") for line in text.markdown.splitlines()]


def test_every_place_is_weak_where_it_was_planted(themed: Figures) -> None:
    """Fewer than half reached; what is blank, hidden, not asked or about as the nation's is not weak."""
    found = {
        (row.theme, row.place): ([name.partition("/")[2] for name in row.weak], row.of)
        for row in several(themed).itertuples()
    }
    assert found == WEAK


def test_each_domain_has_its_own_year(themed: Figures) -> None:
    years = {one.part: one.about.years for one in themed.measures.values()}
    assert years == {DOMAIN: YEAR, OTHER: YEAR, FETCHED_OF: "2022"}
    assert themed.frame.query("place == '1214' and measure == 'kompetensutveckling/lss'")["display"].tolist() == [
        "1 av 3"
    ]


def test_the_sentences_name_everybody_who_is_weak(themed: Figures) -> None:
    assert told(oj.findings(themed)) == [
        "**Samordnad individuell plan (SIP):** en av två kommuner: Svalöv.",
        "**De enskildas uppfattning:** en av fyra kommuner: Svalöv.",
        "**Kompetensutveckling:** tre av fyra kommuner: Svalöv, Malmö och Lund.",
        "**Skåne län ligger tydligt under riket i flera verksamhetsområden:** samordnad individuell plan (SIP) i två "
        "av två. Områdena är social barn- och ungdomsvård 2021 och missbruks- och beroendevård 2021.",
    ]


def test_a_municipalitys_line_says_where_and_when(themed: Figures) -> None:
    assert told(oj.findings(themed, "Malmö")) == [
        "**Svagt i flera verksamhetsområden samtidigt:** kompetensutveckling i två av tre. Områdena är social barn- "
        "och ungdomsvård 2021, stöd och service enligt LSS 2022 och missbruks- och beroendevård 2021."
    ]
    assert told(oj.findings(themed, "Eslöv")) == []


def test_a_municipality_without_a_figure_in_any_theme_has_no_line(themed: Figures) -> None:
    """One that has answered in earlier years alone stands in the report, but in no theme: its chapter is built."""
    without = replaced(themed, frame=themed.frame[themed.frame["place"] != "1285"])
    assert told(oj.findings(without, "Eslöv")) == []
    with pytest.raises(UserError, match="Kommunen ”Esslöv” finns inte i resultaten"):
        oj.findings(without, "Esslöv")


def test_the_tables_say_the_same(themed: Figures) -> None:
    places, by_theme = oj.table(themed)
    rows = {row[0].text: [cell.text for cell in row[1:]] for row in places.grid.rows}
    assert rows == {
        "Svalöv": ["2 av 2", "2 av 3", "2 av 3"],
        "Malmö": ["1 av 2", "1 av 3", "2 av 3"],
        "Lund": ["–", "0 av 3", "2 av 3"],
        "Eslöv": ["–", "1 av 2", "0 av 2"],
        "Skåne län": ["2 av 2", "1 av 2", "0 av 2"],
    }
    told = ["Samordnad individuell plan (SIP)", "Social barn- och ungdomsvård 2021", "1", "2 av 3", "Svalöv och Eslöv"]
    assert told in [[cell.text for cell in row] for row in by_theme.grid.rows]


def test_a_lone_municipality_has_its_own_alone(data: Path) -> None:
    themed = across(data, "Svalöv")
    assert told(oj.findings(themed))[0] == "**Samordnad individuell plan (SIP):** Svalöv."
    assert set(themed.frame["place"]) == {"1214", "12"}


def test_only_what_the_report_itself_asks_is_a_theme_of_it(data: Path) -> None:
    of_today = oj.across(oj.figures("Skåne", "aktuell", domain=FETCHED_OF, folder=data))
    for themed, areas in (
        (across(data, domain=OTHER), ["sip", "uppfattning", "kompetensutveckling"]),
        (of_today, ["uppfattning", "kompetensutveckling"]),
    ):
        assert [*dict.fromkeys(one.area for one in themed.measures.values())] == areas


def test_what_is_of_persons_is_not_judged(data: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    path = edition_folder(copy, YEAR, OTHER) / "indicators" / "individanpassad.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("  scale:", "  protected: true\n  scale:"), encoding="utf-8")
    assert {one.part for one in across(copy).measures.values() if one.area == "uppfattning"} == {DOMAIN, FETCHED_OF}


def test_a_county_with_one_domain_has_nothing_beside_it(data: Path) -> None:
    """Stockholm 2015 is as it was, also where Skåne has three domains."""
    home, own = edition_folder(data, "2015", DOMAIN), edition_folder(DATA, "2015", DOMAIN)
    assert beside("Stockholm", home) == []
    figures = oj.across(oj.figures("Stockholm", "2015", folder=home))
    assert figures.frame.empty
    assert told(oj.findings(figures, "")) == []
    assert fact_hashes(home, ["Stockholm"]) == fact_hashes(own, ["Stockholm"])
    with using(home):
        listed = of_edition(chapters(NOTEBOOKS), NOTEBOOKS, home, "Stockholm")
    assert CHAPTER not in [one.name for one in listed]


def test_what_stands_beside_is_in_the_version_of_the_report(data: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    home, fetched = edition_folder(copy, YEAR, DOMAIN), "key_figures/lss/skane.csv"
    before = fact_hashes(home, ["Skåne"])
    assert {"themes.yml", "results/missbruk.csv", "missbruk/2021/edition.yml", fetched} <= set(before)
    write_numbers(copy, {**NUMBERS, "uppfattning-boende": [50, 11, 60, 60, None]})
    after = fact_hashes(home, ["Skåne"])
    assert {name for name in before if before[name] != after.get(name)} == {fetched}


def test_the_chapter_and_the_sheets_have_it(data: Path, tmp_path: Path) -> None:
    home = edition_folder(data, YEAR, DOMAIN)
    with using(home):
        names = [one.name for one in of_edition(chapters(NOTEBOOKS), NOTEBOOKS, home, "Skåne")]
        assert names.index(CHAPTER) == names.index("analysguide.ipynb") - 1
        one = Instance("kommun-lund.ipynb", TEMPLATE, "Lund", {"municipality": "Lund"})
        sheet = prepare(NOTEBOOKS, one, tmp_path, "Skåne").read_text(encoding="utf-8")
        assert "oj.findings(oj.across(figures), municipality)" in sheet
        shown = {
            "county": "Skåne",
            "edition": YEAR,
            "municipalities": [],
            "compare_with": [],
            "reference_source": "",
            "domain": DOMAIN,
            "oj": oj,
        }
        cells = json.loads((NOTEBOOKS / CHAPTER).read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"][1:]
        made = [eval(source, shown) if is_call(source) else exec(source, shown) for source in code]
    assert "Frågorna" not in str(made[-1])
    assert [len(part) for part in (told(made[1]), made[2], told(made[3]))] == [4, 2, 3]


def test_the_book_of_today_has_it_too(data: Path, tmp_path: Path) -> None:
    home = domain_folder(data, FETCHED_OF)
    known = listed_chapters(NOTEBOOKS, "aktuell")
    with using(home):
        assert CHAPTER in [one.name for one in of_today(known, NOTEBOOKS, home, "Skåne")]
        one = Instance("kommun-lund.ipynb", TEMPLATE, "Lund", {"municipality": "Lund"})
        assert "oj.across" in prepare(NOTEBOOKS, one, tmp_path, "Skåne").read_text(encoding="utf-8")
    assert {"themes.yml", "results/missbruk.csv", "results/barn-och-unga.csv"} <= set(fact_hashes(home, ["Skåne"]))
    with using(domain_folder(data)):  # what is fetched of child care is of no theme
        assert CHAPTER not in [one.name for one in of_today(known, NOTEBOOKS, domain_folder(data), "Skåne")]
        assert beside("Skåne", domain_folder(data)) == beside("Riket", domain_folder(data)) == []


def is_call(source: str) -> bool:
    """Return whether a cell is one call."""
    return isinstance(ast.parse(source).body[0], ast.Expr)


def test_other_verbs_refuse_themes(themed: Figures) -> None:
    for other in (oj.map, oj.chart, oj.guide, oj.since, oj.targets, oj.across):
        with refused():
            other(themed)
    with refused("Flera verksamhetsområden"):
        oj.across(oj.figures("Riket", "over-tid"))


def test_every_theme_is_known_in_several_domains() -> None:
    """By the known questions' titles; one that none or only one domain asks of could never be told."""
    asked = {(theme_of(one.title), name) for name, home in domains(DATA).items() for one in questions(home).values()}
    asked |= {(theme_of(one.title), FETCHED_OF) for one in key_figures(domain_folder(DATA, FETCHED_OF)).values()}
    sizes = {name: len({domain for theme, domain in asked if theme == name}) for name in themes(DATA)}
    assert {name: size for name, size in sizes.items() if size < 2} == {}


@pytest.mark.parametrize(
    ("title", "theme"),
    [
        ("Aktuell rutin för information om samordnad individuell plan (SIP) inom våld i nära relationer", "sip"),
        ("Aktuell rutin för att inte röja skyddade personuppgifter inom LSS-barn", "skyddade-personuppgifter"),
        ("Aktuell rutin för samordning mellan LSS och missbruk", "rutiner-samordning"),
        ("Aktuell rutin vid indikation på att en vuxen utsatts för våld inom äldreomsorg", "rutiner-vald"),
        ("Resultaten från brukarstyrd brukarrevision för att utveckla verksamheter", "uppfattning"),
        ("Handläggare med socionomutbildning och minst tre års erfarenhet", ""),
        ("Plan för evakuering av personer i Hemtjänst", ""),
        ("Brukarorganisation har påverkat överenskommelsen med region", ""),
    ],
)  # fmt: skip
def test_a_question_belongs_to_the_first_theme_of_its_title(title: str, theme: str) -> None:
    assert theme_of(title) == theme


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ("'överenskommelse om samverkan'", "'överenskommelse (om'", "”överenskommelse (om” är inget mönster"),
        ("  name: Rutiner vid våld\n", "", "rutiner-vald"),
        ("  name: Rutiner vid våld\n", "  name: 7\n", "ska vara text"),
        ("titles: ['manualbasera[dt]']", "titels: ['manualbasera[dt]']", "titels"),
    ],
)  # fmt: skip
def test_a_fault_in_the_file_is_told(
    before: str, after: str, fault: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from oj.cli import run

    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("barn-och-unga", "lss"))
    replace(data / "themes.yml", before, after)
    with using(data):
        assert run(["check", "hemloshet"]) == 1
    out = "".join(capsys.readouterr())
    assert "data/themes.yml" in out
    assert fault in out
