"""A term is explained where a chapter first mentions it, once, and never where its own words explain it."""

from oj.facts.texts import glossary
from oj.present.output import NOTE
from oj.publish.chapters.glossary import explained
from publish.building import Built
from publish.read_html import Element
from publish.read_pdf import Pdf

SHARE = "HVB: hem för vård eller boende."
KNOWN = {"HVB": "hem för vård eller boende", "BBIC": "Barns behov i centrum, ett arbetssätt"}


def told(*cells: str, known: dict[str, str] = KNOWN) -> list[str]:
    """Return cells of Markdown, every other of them shown by code, as a chapter has them when its terms are told."""
    shown = [
        {"cell_type": "code", "outputs": [{"data": {"text/markdown": text}}]}
        if at % 2
        else {"cell_type": "markdown", "source": text}
        for at, text in enumerate(cells)
    ]
    made = explained({"cells": shown}, known)["cells"]
    return [cell["outputs"][0]["data"]["text/markdown"] if "outputs" in cell else cell["source"] for cell in made]


def test_a_term_is_told_once_and_under_what_first_mentions_it() -> None:
    heading, table, last = told("## HVB: stödet {#sec-hvb}", "<td>HVB</td>", "Också HVB-hem.")
    assert heading == "## HVB: stödet {#sec-hvb}"  # a heading is no place for a note
    assert table == f"<td>HVB</td>\n\n::: {NOTE}\n{SHARE}\n:::\n"
    assert last == "Också HVB-hem."


def test_what_stands_under_a_heading_in_the_same_cell_is_read_too() -> None:
    (whole,) = told("## Det som sticker ut {#sec-ut}\n\n- Ingen når målet för HVB.")
    assert whole.endswith(f"\n\n::: {NOTE}\n{SHARE}\n:::\n")


def test_a_list_of_findings_is_heard_after_its_words_are_told() -> None:
    _, listed = told("", "## Det som sticker ut\n\n::: {.findings}\n\n- Ingen når målet för HVB.\n\n:::\n")
    assert listed.splitlines()[2:6] == [f"::: {NOTE}", SHARE, ":::", ""]
    assert listed.index(SHARE) < listed.index("- Ingen når målet för HVB.")


def test_a_note_that_is_there_takes_the_term_too() -> None:
    _, table = told("", f"HVB\n\n::: {NOTE}\nKälla: Kolada.\n:::\n")
    assert table == f"HVB\n\n::: {NOTE}\nKälla: Kolada.\n{SHARE}\n:::\n"


def test_what_the_text_explains_itself_and_what_is_not_said_is_left_as_it_is() -> None:
    own = "BBIC, Barns behov i centrum, är en modell. Se [bladet](hvb-HVB.html) och XHVB."
    assert told(own) == [own]
    assert told("HVB", known={}) == ["HVB"]


def test_the_terms_stand_in_every_format(report: Built, pages: dict[str, Element], pdf: Pdf) -> None:
    assert SHARE in pages["individanpassad.html"].text
    assert pages["individanpassad.html"].text.count(SHARE) == 1
    assert SHARE in " ".join(" ".join(pdf.texts.values()).split())
    english = pages["summary-en.html"].text
    assert not [said for said in glossary().values() if said in english]
