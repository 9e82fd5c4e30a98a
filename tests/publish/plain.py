"""How plain a text is: its sentences, how many words they have, and its readability (LIX)."""

import re
from collections.abc import Iterable

from publish.read_html import Element

END = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ*”])")
WORD = re.compile(r"[^\W\d_]+(?:[-/][^\W\d_]+)*")
FIGURE_OR_WORD = re.compile(r"[^\W_]+(?:[.,:/–-][^\W_]+)*")
LONG = 6  # letters; a word of more is long


def sentences(texts: Iterable[str]) -> list[str]:
    """Return the sentences of some texts."""
    return [one for text in texts for one in END.split(text) if one]


def too_long(texts: Iterable[str], most: int = 30) -> list[tuple[int, str]]:
    """Return the sentences of more words than `most`, figures counted as words, with how many."""
    sizes = [(len(FIGURE_OR_WORD.findall(one)), one) for one in sentences(texts)]
    return [(size, one) for size, one in sizes if size > most]


def lix(texts: Iterable[str]) -> float:
    """Return a text's readability after Björnsson: words in a sentence, and how many in a hundred are long."""
    told = list(texts)
    words = [word for text in told for word in WORD.findall(text)]
    ends = sum(len(re.findall(r"[.:!?](?=\s|$)", text)) for text in told)
    return len(words) / ends + 100 * sum(len(word) > LONG for word in words) / len(words)


def generated(page: Element) -> list[str]:
    """Return the generated sentences of a page, each item of a list by itself."""
    return [item.text for part in page.of_class("findings") for item in part.all("li", "p")]
