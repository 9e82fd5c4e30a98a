"""A text that somebody has written is shown as just that text by pandoc, Typst, JupyterLab, Excel and the terminal."""

import html
import io
import json
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from openpyxl import Workbook, load_workbook

from conftest import refused
from oj.cli import run
from oj.facts.params import read_parameters
from oj.forms.style import write
from oj.present.output import as_html as shown_in_a_notebook
from oj.publish.render.syntax import READ, pandoc
from oj.words.errors import Fault
from oj.words.plain_text import (
    as_cell,
    as_html,
    as_linked_markdown,
    as_markdown,
    as_typst,
    for_terminal,
    name_for_cover,
    one_line,
)
from publish.read_html import _Reader

PIECES = st.sampled_from(
    ["@tbl-x", "{{< include x >}}", "`", "```", "{=html}", "<b>", "</td>", "&lt;", "$x$", "\\", "\\[", "//", "**", "_",
     "~~", "^", "[a](javascript:x)", "![](x)", "http://a.se", "www.a.se", "a@b.se", "#", "# ", "- ", "+ ", "1. ",
     "(a) ", "iv) ", ": ", "| a | b |", "---", "...", "'", '"', "=", "%", ":::", "{.x}", "{#sec-x}", "*[a]: b", "[^1]",
     "\n", " ", "\t", "å", "e\u0301", "\u200f", "😀", "\u00a0", "\x1b[31m", "<!--", "-->", "<script>", "\\u{7}", ";",
     "&#35;"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=8).map("".join)
NAMES = ["anna@fou.se", "FoU_Väst", "Grupp #1", "Kommuner <10 000 invånare>", "[ ] $ // **", "A & B", "O'Brien", "~",
         "^", "*stjärna*", "1. Norr", "\\", "{{< include x >}}", "@tbl-x", "Väst 😀", "e\u0301", "x\u200f",
         "Norr\nVäst", "a" * 200]  # fmt: skip


def words(text: str) -> str:
    """Return a text as it is seen: blanks that lines may break at are alike."""
    return " ".join(text.split())


def seen(page: str) -> str:
    """Return the text of HTML that holds no element but a paragraph."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    assert {element.tag for element in reader.root.all()} <= {"p"}, page
    return reader.root.raw


@given(st.lists(TEXTS, min_size=1, max_size=30), st.booleans())
@settings(max_examples=12)
def test_pandoc_reads_a_text_as_that_text(texts: list[str], inside: bool) -> None:
    start = "Av " if inside else ""
    source = "\n\n".join(f"::: a\n\n{start}{as_markdown(text)}.\n\n:::" for text in texts)
    blocks = json.loads(pandoc(["-f", READ, "-t", "json"], source))["blocks"]
    assert len(blocks) == len(texts)
    for block, text in zip(blocks, texts, strict=True):
        (paragraph,) = block["c"][1]
        assert paragraph["t"] == "Para"
        assert {part["t"] for part in paragraph["c"]} <= {"Str", "Space"}
        found = "".join(part.get("c", " ") for part in paragraph["c"])
        assert words(found) == words(f"{start}{one_line(text)}.")


@given(TEXTS, st.booleans())
@settings(max_examples=200)
@example("1. Norr", False)
def test_notebooks_show_a_text_as_that_text(text: str, inside: bool) -> None:
    start = "Av " if inside else ""
    wanted = words(f"{start}{one_line(text)}")
    for shown in (shown_in_a_notebook, markdown2html_mistune):
        assert words(seen(shown(f"{start}{as_markdown(text)}"))) == wanted
    assert words(seen(as_html(text))) == words(one_line(text))
    assert html.unescape(as_markdown(text)) == one_line(text)


@given(st.lists(TEXTS, min_size=20, max_size=40))
@settings(max_examples=4)
def test_typst_sets_a_text_as_that_text(texts: list[str]) -> None:
    import typst

    marked = "\n\n".join(f"#metadata([{as_typst(text)}]) <x>" for text in texts)
    found = json.loads(typst.query(marked.encode(), "<x>", field="value"))
    assert [one.get("text", "") for one in found] == [one_line(text) for text in texts]


@pytest.mark.parametrize("text", ["=1+1", "=HYPERLINK(1)", "+1", "-1", "@x", "a\x07b\nc"])
def test_a_workbook_holds_a_text_and_no_formula(text: str) -> None:
    book, kept = Workbook(), io.BytesIO()
    write(book.active["A1"], text)
    book.save(kept)
    cell = load_workbook(kept).active["A1"]
    assert (cell.data_type, cell.value) == ("s", as_cell(text))


@given(st.text() | TEXTS)
def test_a_terminal_is_given_no_order(text: str) -> None:
    shown = for_terminal(text)
    assert all(sign in "\n\t" or sign.isprintable() or ord(sign) > 0x9F for sign in shown)
    shown.encode()
    assert text.isascii() is False or not text.isprintable() or shown == text


def test_what_a_file_or_server_says_is_printed_without_its_orders(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["report", "Sk\x1b[31m\x1b]8;;http://a.se\x07åne\x9b2J\u202e"]) == 2
    told = capsys.readouterr().err
    assert "Sk\\x1b[31m\\x1b]8;;http://a.se\\x07åne\\x9b2J\\u202e" in told
    assert (
        str(Fault("a.csv", 2, "b", "x\nInga fel.", "ska vara ett tal"))
        == "a.csv rad 2, b: ”x Inga fel.” ska vara ett tal"
    )


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("key", ["group_name", "publisher"])
def test_an_ordinary_name_is_kept(key: str, name: str, params_copy: Path) -> None:
    (params_copy / "skane.yml").write_text(yaml.safe_dump({key: name}, allow_unicode=True), encoding="utf-8")
    assert getattr(read_parameters("Skåne", params_copy), key) == " ".join(name.split("\n")) == name_for_cover(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [("a\x1b[31m", "U+001B"), ("a\x00", "U+0000"), ("\u202eabc", "U+202E"), ("\x9b", "U+009B"),
     ("a" * 201, "201 tecken")],
)  # fmt: skip
def test_a_name_that_cannot_be_shown_is_refused_with_its_reason(name: str, why: str, params_copy: Path) -> None:
    (params_copy / "skane.yml").write_text(json.dumps({"publisher": name}), encoding="utf-8")
    with refused("params/skane.yml", "publisher", why):
        read_parameters("Skåne", params_copy)


def test_a_sign_that_no_yaml_holds_is_told_as_what_it_is(params_copy: Path) -> None:
    (params_copy / "skane.yml").write_text("publisher: a\x1b[31m\n", encoding="utf-8")
    with refused("params/skane.yml", "styrtecken (U+001B)"):
        read_parameters("Skåne", params_copy)


@given(TEXTS)
@example("a@b.se, 08-123 45 67 [x](javascript:a) https://a.se/b?c")
@settings(max_examples=60)
def test_a_text_with_links_is_the_same_text_and_leads_to_addresses_alone(text: str) -> None:
    shown = as_linked_markdown(text)
    told = re.sub(r"\[([^\]]*)\]\((?:mailto:|tel:|https?://)[\w@.+/%-]*\)", r"\1", shown)
    assert html.unescape(told) == one_line(text)
    assert not set("[]*<>`@$") & {*told}


def test_what_is_a_day_or_a_number_of_a_case_is_no_telephone() -> None:
    for text in ("2026-11-27", "dnr 0123-4567/15", "08-123", "se 2015-12345678"):
        assert "tel:" not in as_linked_markdown(text)
    assert "(tel:+46498269000)" in as_linked_markdown("0498-26 90 00")
    assert "(tel:+4720123456)" in as_linked_markdown("+47 20 12 34 56")
