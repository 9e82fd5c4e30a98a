"""The web pages: one per chapter, whole on their own, with nothing fetched from anywhere else."""

import base64
import io
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from oj.facts.catalog import in_area
from oj.facts.datapackage import read_table
from publish.building import COUNTY_FIGURES, FIGURES, Built
from publish.grids import one_line
from publish.read_html import Element, main_of

AREAS = tuple(read_table("areas").sort_values("order")["area"]) if "order" in read_table("areas") else ()
LOADS = {
    "script": ("src",), "link": ("href",), "img": ("src", "srcset"), "iframe": ("src",), "object": ("data",),
    "embed": ("src",), "source": ("src", "srcset"), "video": ("src", "poster"), "audio": ("src",), "track": ("src",),
    "image": ("href", "xlink:href"), "use": ("href", "xlink:href"), "input": ("src",), "body": ("background",),
}  # fmt: skip
LOADED_BY_STYLE = re.compile(r"@import[^;]*|url\(\s*[\"']?([^\"')]*)")
SVG = "{http://www.w3.org/2000/svg}"
DOWNLOADS = ["sammanfattning.pdf", "rapport.pdf", "bilaga.pdf", "rapport.docx", "presentation.pptx", "resultat.xlsx",
             "resultat.csv", "ursprung.csv", "diagram/index.html"]  # fmt: skip


def loaded(page: Element) -> list[str]:
    """Return the address of everything that a page loads: by its elements, its style sheets and its styles."""
    by_elements = [
        element.attributes[name]
        for element in page.all()
        for name in LOADS.get(element.tag, ())
        if name in element.attributes
    ]
    styles = [element.raw for element in page.all("style")] + [
        found.attributes.get("style", "") for found in page.all()
    ]
    return by_elements + [found[1] or found[0] for style in styles for found in LOADED_BY_STYLE.finditer(style)]


def lost_links(page: Element, path: Path, known: dict[Path, set[str]]) -> list[str]:
    """Return the links of a page, and what it loads, that lead to no file or to no element."""
    addresses = [link.attributes["href"] for link in page.all("a") if "href" in link.attributes] + loaded(page)
    lost = []
    for address in addresses:
        if address.startswith(("https://", "http://", "data:", "mailto:")):
            continue
        file, _, anchor = address.partition("#")
        goal = (path.parent / file).resolve() if file else path.resolve()
        if not goal.is_file() or (anchor and anchor not in known.get(goal, set())):
            lost.append(address)
    return lost


def captioned(page: Element) -> list[Element]:
    """Return the tables of a page but those that tell a picture in words, which are opened under it."""
    opened = [found for one in page.all("details") if "Figuren i ord" in one.text for found in one.all("table")]
    return [found for found in page.all("table") if found not in opened]


def ids_of(pages: dict[Path, Element]) -> dict[Path, set[str]]:
    """Return the ids of every page."""
    return {
        path: {found.attributes["id"] for found in page.all() if "id" in found.attributes}
        for path, page in pages.items()
    }


@pytest.fixture(scope="module")
def all_pages(report: Built, pages: dict[str, Element], analyses: dict[str, Element]) -> dict[Path, Element]:
    """Return every page of the report by its path."""
    chapters = {(report.path / name).resolve(): page for name, page in pages.items()}
    return chapters | {(report.path / "analys" / name).resolve(): page for name, page in analyses.items()}


def test_there_is_one_page_per_chapter(
    pages: dict[str, Element], analyses: dict[str, Element], chapters: list[str]
) -> None:
    assert sorted(pages) == sorted(analyses) == sorted(f"{name}.html" for name in chapters)
    assert len(pages) == 24


@pytest.mark.parametrize(
    "of_analyses",
    [
        pytest.param(False, id="chapters"),
        pytest.param(True, id="analyses"),
    ],
)
def test_every_internal_link_resolves(all_pages: dict[Path, Element], *, of_analyses: bool) -> None:
    known = ids_of(all_pages)
    chosen = {path: page for path, page in all_pages.items() if (path.parent.name == "analys") == of_analyses}
    lost = {path.name: lost_links(page, path, known) for path, page in chosen.items()}
    assert {name: links for name, links in lost.items() if links} == {}
    assert len(chosen) == 24


def test_a_lost_link_is_found(all_pages: dict[Path, Element]) -> None:
    path = next(iter(all_pages))
    broken = [Element("a", {"href": href}) for href in ("#nej", "nej.html", "", path.name)]
    assert lost_links(Element("", children=list(broken)), path, {path: set()}) == ["#nej", "nej.html"]
    style = Element("style", children=['@import "a.css"; a { background: url(https://example.org/x.png) }'])
    assert loaded(Element("", children=[style])) == ['@import "a.css"', "https://example.org/x.png"]


def test_nothing_is_loaded_from_elsewhere(all_pages: dict[Path, Element]) -> None:
    for path, page in all_pages.items():
        assert [found for found in loaded(page) if re.match(r"\s*(?:https?:)?//", found) or "@import" in found] == [], (
            path
        )


def test_style_sheets_load_only_files_beside_them(report: Built) -> None:
    sheets = list(report.path.rglob("*.css"))
    assert len(sheets) == 2
    for sheet in sheets:
        for found in LOADED_BY_STYLE.finditer(sheet.read_text(encoding="utf-8")):
            assert (sheet.parent / str(found[1])).is_file(), found[0]


def test_there_are_no_scripts_but_our_own(all_pages: dict[Path, Element]) -> None:
    """Files of ours beside the chapters, none of the analyses, and nothing inline."""
    for path, page in all_pages.items():
        assert not list(page.all("iframe", "object", "embed", "base")), path
        scripts = [(found.attributes.get("src"), found.raw) for found in page.all("script")]
        ours = [] if path.parent.name in ("analys", "diagram") else ["utseende/platser.js", "utseende/rapport.js"]
        assert scripts == [(name, "") for name in ours], path
        handlers = [name for found in page.all() for name in found.attributes if name.startswith("on")]
        addresses = [found.attributes.get("href", "") for found in page.all("a")]
        assert handlers == [], path
        assert [address for address in addresses if address.lower().startswith("javascript:")] == [], path


def test_every_page_is_swedish_and_titled(all_pages: dict[Path, Element]) -> None:
    titles = []
    for page in all_pages.values():
        (root,) = page.all("html")
        (title,) = page.all("title")
        assert root.attributes["lang"] == "sv-SE"
        titles.append(title.text)
    assert len(set(titles)) == len(titles)
    assert all(titles)


def test_ids_are_unique_on_a_page(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        counts = Counter(found.attributes["id"] for found in page.all() if "id" in found.attributes)
        assert [one for one, count in counts.items() if count > 1] == [], name


def test_an_id_that_charts_share_is_the_same_in_each(analyses: dict[str, Element]) -> None:
    """Charts stand in an analysis as they are drawn, so some ids recur; one that is referred to must be one thing."""
    for name, page in analyses.items():
        values = " ".join(value for found in page.all() for value in found.attributes.values())
        used = set(re.findall(r"#([\w.-]+)", values))
        things: dict[str, list[Element]] = {}
        for found in page.all():
            things.setdefault(found.attributes.get("id", ""), []).append(found)
        assert [one for one in used if any(other != things[one][0] for other in things.get(one, []))] == [], name


def test_headings_are_in_order(pages: dict[str, Element]) -> None:
    """One first-level heading per page, and no level left out on the way down."""
    for name, page in pages.items():
        levels = [int(found.tag[1]) for found in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after <= before + 1 for before, after in pairwise(levels)), name


def test_every_picture_has_an_alt_text(pages: dict[str, Element]) -> None:
    pictures = [found for page in pages.values() for found in page.all("img")]
    assert len(pictures) == len(FIGURES)
    assert [found.attributes["src"] for found in pictures if len(found.attributes.get("alt", "")) < 50] == []


def test_figures_and_tables_are_captioned_and_labelled(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        main = main_of(page)
        assert [found for found in main.all("figure") if not list(found.all("figcaption"))] == [], name
        assert [found for found in captioned(main) if not list(found.all("caption"))] == [], name
        assert [found for found in captioned(main) if not found.attributes["id"].startswith("tbl-")] == [], name


def test_header_cells_say_what_they_head(pages: dict[str, Element]) -> None:
    cells = [found for page in pages.values() for found in main_of(page).all("th")]
    assert {found.attributes.get("scope") for found in cells} == {"col", "colgroup", "row"}
    firsts = [
        next(iter(row.all("th", "td"))).tag for page in pages.values() for body in main_of(page).all("tbody")
        for row in body.all("tr")
    ]  # fmt: skip
    assert set(firsts) == {"th"}


def test_tables_can_be_scrolled_by_keyboard(pages: dict[str, Element]) -> None:
    """A wide table is a region with a name that takes the focus."""
    regions = [found for page in pages.values() for found in page.of_class("table-scroll")]
    captions = [[found.text for found in region.all("caption")] for region in regions]
    assert len(regions) == len([found for page in pages.values() for found in captioned(page)])
    assert {(found.attributes["role"], found.attributes["tabindex"]) for found in regions} == {("region", "0")}
    labels = [one_line(found.attributes["aria-label"]) for found in regions]
    assert [label for label in labels if not re.match(r"(Tabell|Table) \d+(\.\d+)?:", label)] == []
    assert [one for one, label in zip(captions, labels, strict=True) if not one[0].startswith(label)] == []


@pytest.mark.parametrize("area", AREAS)
def test_a_chapter_leads_to_its_fact_sheets_and_has_none_itself(pages: dict[str, Element], area: str) -> None:
    names = {one_line(item.name): f"faktablad.html#sec-faktablad-{item.family}" for item in in_area(area)}
    links = {one.text: one.attributes["href"] for one in main_of(pages[f"{area}.html"]).all("a")}
    assert names.items() <= links.items()
    assert "Varför det mäts" not in pages[f"{area}.html"].text
    ids = {one.attributes.get("id") for one in pages["faktablad.html"].all("section")}
    assert {link.partition("#")[2] for link in names.values()} <= ids


def test_there_is_a_fact_sheet_of_every_area() -> None:
    assert len(AREAS) == 7


def test_the_appendix_has_every_fact_sheet_open(pages: dict[str, Element]) -> None:
    appendix = main_of(pages["faktablad.html"])
    names = list(dict.fromkeys(one_line(indicator.name) for area in AREAS for indicator in in_area(area)))
    assert [found.text for found in appendix.all("h3")] == names
    assert not list(appendix.all("details"))
    assert len(appendix.of_class("fact-sheet")) == len(names)


def test_no_reference_is_unresolved(pages: dict[str, Element]) -> None:
    for name, page in pages.items():
        assert "?@" not in page.text, name
        assert not re.search(r"@(?:tbl|fig|sec)-", page.text), name


def test_no_markdown_is_left_over(pages: dict[str, Element]) -> None:
    """A div, a heading's label or emphasis that pandoc did not see is shown as it is written."""
    for name, page in pages.items():
        assert re.findall(r":::|\{#|\*\*|\{\.|```|\{\{<", main_of(page).text) == [], name


def test_attributes_are_html(pages: dict[str, Element]) -> None:
    """No attribute meant for another format."""
    names = {name for page in pages.values() for found in page.all() for name in found.attributes}
    assert [name for name in names if ":" in name] == []


def test_text_stands_in_paragraphs(pages: dict[str, Element]) -> None:
    """Loose text in a section has no paragraph's space around it and is none to a screen reader."""
    for name, page in pages.items():
        loose = [
            child.strip() for section in main_of(page).all("section") for child in section.children
            if isinstance(child, str) and child.strip()
        ]  # fmt: skip
        assert loose == [], name


def test_every_page_leads_to_all_chapters_and_files(pages: dict[str, Element], chapters: list[str]) -> None:
    for name, page in pages.items():
        (listed,) = page.of_class("chapters")
        links = list(listed.all("a"))
        assert [link.attributes["href"] for link in links] == [f"{one}.html" for one in chapters] + DOWNLOADS
        assert [link.attributes["href"] for link in links if link.attributes.get("aria-current") == "page"] == [name]
        assert page.of_class("skip")[0].attributes["href"] == "#innehall"


def test_a_chapters_analysis_shows_its_code(analyses: dict[str, Element], report: Built) -> None:
    import nbformat

    for name, page in analyses.items():
        shown = one_line(" ".join(found.raw for found in page.all("pre")))
        stem = "kommun" if name.startswith("kommun-") else Path(name).stem
        notebook = nbformat.read(report.folders.notebooks / f"{stem}.ipynb", as_version=4)
        lacking = {"needs-earlier", "needs-undescribed", "needs-domains"}  # the first, described, of a lone domain
        told = [cell for cell in notebook.cells if not lacking & set(cell.metadata.get("tags", []))]
        sources = [cell.source for cell in told if cell.cell_type == "code" and cell.source.strip()]
        assert sources, name
        assert [source for source in sources if one_line(source) not in shown] == [], name
        assert next(page.all("a")).attributes["href"] == f"../{name}"


def test_an_analysis_shows_the_reports_own_parameters(analyses: dict[str, Element], report: Built) -> None:
    for name, page in analyses.items():
        shown = one_line(" ".join(found.raw for found in page.all("pre")))
        assert f'group_name = "{report.parameters.group_name}"' in shown, name


def drawings(report: Built) -> list[Path]:
    """Return the report's SVG files."""
    return sorted((report.path / "bilder").glob("*.svg"))


def test_every_drawing_is_there(report: Built, county_report: Built) -> None:
    for built, names in ((report, FIGURES), (county_report, COUNTY_FIGURES)):
        assert {path.name for path in (built.path / "bilder").iterdir()} == {f"fig-{name}.svg" for name in names}


def test_drawings_keep_their_text_and_load_nothing(report: Built) -> None:
    for path in drawings(report):
        root = ElementTree.parse(path).getroot()
        assert root.tag == f"{SVG}svg"
        assert len(list(root.iter(f"{SVG}text"))) > 5, path.name
        assert not list(root.iter(f"{SVG}script")), path.name
        links = [value for found in root.iter() for key, value in found.attrib.items() if key.endswith("href")]
        assert [link for link in links if not link.startswith("#")] == [], path.name
        styles = " ".join([found.text or "" for found in root.iter(f"{SVG}style")])
        assert {found[1][:5] for found in LOADED_BY_STYLE.finditer(styles)} == {"data:"}, path.name


def test_drawings_hold_the_letters_that_they_use(report: Built) -> None:
    """The fonts within, in both weights, have a glyph for each letter of the text."""
    for path in drawings(report):
        root = ElementTree.parse(path).getroot()
        used = set("".join(found.text or "" for found in root.iter(f"{SVG}text"))) - set(" \n\u00a0")
        (style,) = (found.text or "" for found in root.iter(f"{SVG}style") if "@font-face" in (found.text or ""))
        fonts = re.findall(r"font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)", style)
        assert [weight for weight, _ in fonts] == ["400", "600"], path.name
        for _, data in fonts:
            known = TTFont(io.BytesIO(base64.b64decode(data, validate=True))).getBestCmap()
            assert sorted(used - set(map(chr, known))) == [], path.name


def test_the_county_alone_has_whole_pages(county_report: Built) -> None:
    from publish.read_html import read_page

    found = {path.resolve(): read_page(path) for path in county_report.path.rglob("*.html")}
    chapters = {path: page for path, page in found.items() if path.parent.name != "analys"}
    known = ids_of(found)
    assert [link for path, page in chapters.items() for link in lost_links(page, path, known)] == []
    assert (len(chapters), len(found)) == (28, 44)
