"""Several documents written by one run of pandoc are what each is by itself."""

from pathlib import Path

import panflute as pf
import pytest

from oj.disk.kept_files import kept_in
from oj.publish.render.pandoc import BETWEEN, pandoc, pandoc_each
from oj.publish.render.syntax import as_json

ARGUMENTS = ["-f", "json", "-t", "html5", "--section-divs", "--wrap=none"]
DOCUMENTS: dict[str, list[pf.Block]] = {
    "sections": [
        pf.Header(pf.Str("A"), level=1, identifier="a"),
        pf.Header(pf.Str("B"), level=2),
        pf.Para(pf.Str("b")),
    ],
    "deeper first": [pf.Header(pf.Str("C"), level=3), pf.Para(pf.Str("c"), pf.Space, pf.Str("< & å"))],
    "a div": [pf.Div(pf.Para(pf.Str("d")), classes=["note"])],
    "nothing": [],
    "raw": [pf.RawBlock("<div>\n</div>", "html"), pf.CodeBlock("<div>\n\n</div>")],
    "text": [pf.Plain(pf.Str("e"))],
}


def test_each_is_as_it_is_alone(tmp_path: Path) -> None:
    documents = [as_json(blocks) for blocks in DOCUMENTS.values()]
    alone = [pandoc(ARGUMENTS, one) for one in documents]
    assert pandoc_each(ARGUMENTS, documents) == alone
    with kept_in(tmp_path):
        assert pandoc_each(ARGUMENTS, documents[::2]) == alone[::2]
        assert pandoc_each(ARGUMENTS, documents) == alone  # some of them kept


def test_a_text_that_looks_like_what_parts_them_is_no_document_of_its_own() -> None:
    assert pandoc_each(ARGUMENTS, [as_json([pf.Para(pf.Str(BETWEEN))])]) == [
        "<p>&lt;!-- oj: nästa kapitel --&gt;</p>\n"
    ]
    with pytest.raises(ValueError, match="zip"):
        pandoc_each(ARGUMENTS, [as_json([pf.RawBlock(BETWEEN, "html")])])
