"""What a cell shows: HTML for the notebook and Markdown for the book, with every sign kept as it is."""

import re
from xml.etree import ElementTree

import pytest
from lxml import html as parser

import oj
from frames import JONKOPING, figures_of
from oj.present.method.sheets import open_sheets, sheet_links
from oj.present.output import NOTE, Figure, Parts, Table, Text

SIGNS = "Andel <1 % & \"citat\" 'x' \\ > 0"
DRAWING = '<?xml version="1.0" encoding="utf-8"?>\n<svg xmlns="http://www.w3.org/2000/svg"><g><svg/></g></svg>'
FIGURES = oj.figures("Stockholm")


def test_a_text_is_its_markdown() -> None:
    text = Text("- Ett **fynd**.", ((0, 1),))
    assert text._repr_mimebundle_() == {
        "text/html": "<ul>\n<li>Ett <strong>fynd</strong>.</li>\n</ul>\n",
        "text/markdown": "::: {.findings}\n\n- Ett **fynd**.\n\n:::",
    }
    assert str(text) == "- Ett **fynd**."
    assert text.rows == ((0, 1),)


def test_a_text_without_figures_behind_it_stands_alone() -> None:
    assert Text("Utan siffror.")._repr_mimebundle_()["text/markdown"] == "Utan siffror."
    assert Text("", before="## Rubrik")._repr_mimebundle_()["text/markdown"] == "## Rubrik"


@pytest.mark.parametrize("area", ["saker", "samordning"])
def test_no_mark_of_the_book_is_seen_in_a_notebook(area: str) -> None:
    for shown in (sheet_links(FIGURES.of(area)), open_sheets(FIGURES.of(area)), *oj.findings(figures_of(JONKOPING))):
        seen = parser.fromstring(f"<div>{shown._repr_mimebundle_()['text/html']}</div>").text_content()
        assert not re.search(r":::|\{[#.]|@tbl", seen)


def test_a_heading_stands_before_the_sentences_and_outside_their_div() -> None:
    shown = Text("En mening.", ((1,),), "## Rubrik {#sec-a}")._repr_mimebundle_()["text/markdown"]
    assert shown == "## Rubrik {#sec-a}\n\n::: {.findings}\n\nEn mening.\n\n:::"


def test_parts_are_shown_one_by_one() -> None:
    from IPython.core.displaypub import CapturingDisplayPublisher
    from IPython.core.interactiveshell import InteractiveShell

    shell = InteractiveShell.instance()
    shell.display_pub = CapturingDisplayPublisher()
    try:
        Parts([Text("Ett."), Table("<table></table>", "tbl-a", "Titel.")])._ipython_display_()
        shown = [output["data"] for output in shell.display_pub.outputs]
    finally:
        InteractiveShell.clear_instance()
    kinds = [set(data) - {"text/plain"} for data in shown]
    assert kinds == [{"text/html", "text/markdown"}, {"text/html", "text/markdown"}]
    assert shown[0]["text/markdown"] == "Ett."


def test_a_table_in_the_notebook_has_caption_table_and_notes() -> None:
    bundle = Table(
        "<table><tr><td>1</td></tr></table>", "tbl-a", SIGNS, (f"Not 1 {SIGNS}", "Not 2")
    )._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/markdown"}
    caption, drawn, *notes = parser.fragments_fromstring(bundle["text/html"])
    assert caption.text_content() == SIGNS
    assert (drawn.tag, drawn.text_content()) == ("table", "1")
    assert [note.text_content() for note in notes] == [f"Not 1 {SIGNS}", "Not 2"]


def test_a_table_in_the_book_has_its_label_caption_and_notes() -> None:
    shown = Table("<table></table>", "tbl-a", "Titel, 2015.", ("Not 1", "Not 2")).markdown
    assert shown == (
        "::: {#tbl-a}\n```{=html}\n<table></table>\n```\n\nTitel, 2015.\n:::"
        f"\n\n::: {NOTE}\nNot 1\n:::\n\n::: {NOTE}\nNot 2\n:::\n"
    )


def test_a_table_without_notes_ends_with_its_caption() -> None:
    assert Table("<table></table>", "tbl-a", "Titel.").markdown.endswith("Titel.\n:::\n")


def test_what_stands_before_a_table_stands_before_it() -> None:
    assert Table("<table></table>", "tbl-a", "Titel.", before="## Rubrik {#sec-a}").markdown.startswith(
        "## Rubrik {#sec-a}\n\n::: {#tbl-a}\n"
    )


@pytest.mark.parametrize("name", ["familjehem", "bakgrundsmatt"])
def test_every_div_of_a_table_is_closed(name: str) -> None:
    lines = oj.table(figures_of(JONKOPING).of(name)).markdown.splitlines()
    opened = [line for line in lines if line.startswith("::: ")]
    closed = [line for line in lines if line == ":::"]
    assert len(opened) == len(closed) == 2
    assert lines.count("```{=html}") == lines.count("```") == 1


def test_a_figure_in_the_notebook_is_read_aloud() -> None:
    """The alt text is the outer drawing's name, whatever signs it has, and the caption stands below."""
    bundle = Figure(DRAWING, "fig-a", SIGNS, f"Riket {SIGNS}")._repr_mimebundle_()
    assert set(bundle) == {"text/html", "image/svg+xml", "text/markdown"}
    assert bundle["image/svg+xml"] == DRAWING
    assert not bundle["text/html"].startswith("<?xml")
    figure = ElementTree.fromstring(bundle["text/html"])
    outer, caption = figure
    assert (outer.get("role"), outer.get("aria-label")) == ("img", f"Riket {SIGNS}")
    assert "".join(caption.itertext()) == SIGNS
    inner = outer[0][0]
    assert inner.get("role") is None


def test_a_figure_in_the_book_names_its_file_label_and_alt_text() -> None:
    shown = Figure(DRAWING, "fig-a", "Titel, 2015.", 'Riket 5 %, "x" och \\.').markdown
    assert shown == '![Titel, 2015.](bilder/fig-a.svg){#fig-a fig-alt="Riket 5 %, \\"x\\" och \\\\."}\n'


def test_a_charts_alt_text_is_the_same_in_both_forms() -> None:
    shown = oj.chart(figures_of(JONKOPING).of("utanfor-kontorstid"))
    figure = parser.fromstring(shown._repr_mimebundle_()["text/html"])
    (alt,) = re.findall(r'fig-alt="(.*)"\}', shown.markdown)
    assert figure.find("svg").get("aria-label") == alt == shown.alt
    assert "\n" not in alt


@pytest.mark.parametrize(
    "value", [Text("a"), Table("<table></table>", "tbl-a", "b"), Figure(DRAWING, "fig-a", "b", "c")]
)
def test_what_is_shown_is_not_changed(value: Text | Table | Figure) -> None:
    with pytest.raises(AttributeError):
        value.label = "x"  # type: ignore[union-attr,misc]
    with pytest.raises(AttributeError):
        value.markdown = "x"  # type: ignore[misc]
