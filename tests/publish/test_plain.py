"""What a report says is plain: short sentences everywhere, and a first page that anybody reads."""

import pytest

from publish.plain import generated, lix, too_long
from publish.read_html import Element


def test_no_generated_sentence_is_long(pages: dict[str, Element]) -> None:
    assert sum(len(generated(page)) for page in pages.values()) > 100
    assert [one for page in pages.values() for one in too_long(generated(page))] == []


def test_no_reason_in_the_guide_is_long(pages: dict[str, Element]) -> None:
    cells = [line for cell in pages["analysguide.html"].all("td") for line in cell.raw.split("\n")]
    assert too_long(cells) == []


def test_the_first_page_is_easy_to_read(pages: dict[str, Element]) -> None:
    (main,) = pages["index.html"].all("main")
    texts = [one.text for one in main.all("p", "li", "figcaption") if "." in one.text and "://" not in one.text]
    assert len(" ".join(texts).split()) > 100
    assert lix(texts) <= 40


@pytest.mark.parametrize(
    ("text", "readability"),
    [("Barnet bor hemma.", 3), ("Kommunerna samordnar överenskommelser.", 103), ("Barnet bor: hemma nu.", 2)],
)
def test_long_words_and_sentences_are_harder(text: str, readability: float) -> None:
    assert lix([text]) == readability


def test_a_long_sentence_is_found() -> None:
    assert too_long(["Ett " + "två " * 30 + "tre. Kort."]) == [(32, "Ett " + "två " * 30 + "tre.")]
