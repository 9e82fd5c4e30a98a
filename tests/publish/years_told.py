"""The pairs of years that a page's figures tell one after the other, in their alt texts and in the tables in words."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from publish.read_html import Element

YEAR = re.compile(r"(?P<break>brott i serien )?\b(?P<year>(?:19|20)\d\d)\b")
UNIT = re.compile(r" \([^()]+\)$")


def told_of(page: Element) -> Iterator[tuple[str, str]]:
    """Yield each row's name and what is told of it: of every table in words, and of every alt text that tells it."""
    for image in page.all("img"):
        alt = image.attributes.get("alt") or ""
        yield from ((name, text) for name, _, text in (one.partition(": ") for one in re.split(r"(?<=\.) ", alt)))
    for row in page.all("tr"):
        heads, cells = [*row.all("th")], [*row.all("td")]
        if len(heads) == len(cells) == 1:
            yield heads[0].text, cells[0].text


def across(pages: Iterable[Element], breaks: Mapping[str, Sequence[int]]) -> tuple[int, list[str]]:
    """Return how many pairs of years are told of the series with breaks (by name), and those across an untold break."""
    seen, wrong = 0, list[str]()
    for name, text in (told for page in pages for told in told_of(page)):
        for line in text.split(";"):
            found = list(YEAR.finditer(line))
            for one, other in pairwise(found):
                if one["break"] or other["break"]:
                    continue
                seen += 1
                starts = breaks.get(UNIT.sub("", name), ())
                if any(int(one["year"]) < start <= int(other["year"]) for start in starts):
                    wrong.append(f"{name}: {line}")
    return seen, wrong
