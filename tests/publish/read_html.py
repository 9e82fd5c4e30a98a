"""Read web pages with the standard library, as a tree of elements that tests can ask."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from publish.grids import Grid, Rows, Spanned, grid, one_line, texts_of

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


@dataclass
class Element:
    """An element with its attributes and what is in it, elements and texts in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element | str"] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All text in the element, on one line and without soft hyphens."""
        return one_line(self.raw)

    @property
    def raw(self) -> str:
        """All text in the element as it stands."""
        return "".join(child if isinstance(child, str) else child.raw for child in self.children)

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield every element inside with one of the tags, or every element, in reading order."""
        for child in self.children:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def of_class(self, name: str) -> list["Element"]:
        """Return every element inside that has a class."""
        return [element for element in self.all() if name in element.attributes.get("class", "").split()]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.root = Element("")
        self.open = [self.root]
        self.faults: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(next(child for child in reversed(self.open[-1].children) if isinstance(child, Element)))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        self.faults += [f"<{tag}> has {name} twice" for name in set(names) if names.count(name) > 1]
        self.open[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if self.open[-1].tag == tag:
            self.open.pop()
        elif any(element.tag == tag for element in self.open):
            self.faults.append(f"</{tag}> ends <{self.open[-1].tag}>, line {self.getpos()[0]}")
            while self.open.pop().tag != tag:
                pass
        else:
            self.faults.append(f"</{tag}> ends nothing, line {self.getpos()[0]}")

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)


def read_page(path: Path, *, strict: bool = True) -> Element:
    """Return a page as an element; where strict, every element must be closed in its place."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    unclosed = [element.tag for element in reader.open[1:]]
    assert not strict or (path.name, reader.faults, unclosed) == (path.name, [], [])
    return reader.root


def main_of(page: Element) -> Element:
    """Return a page's main part."""
    (found,) = page.all("main")
    return found


def grids_of(page: Element) -> list[Grid]:
    """Return every captioned table of a page."""
    found = []
    for table in page.all("table"):
        captions = list(table.all("caption"))
        header = [_cells(row) for part in table.all("thead") for row in part.all("tr")]
        body = [_cells(row) for part in table.all("tbody") for row in part.all("tr")]
        found += [grid(caption.raw, header, body) for caption in captions]
    return found


def tables_of(page: Element) -> list[Rows]:
    """Return the rows of every table of a page, captioned or not."""
    return [texts_of([_cells(row) for row in table.all("tr")]) for table in page.all("table")]


def _cells(row: Element) -> list[Spanned]:
    return [
        Spanned(
            cell.raw, int(cell.attributes.get("colspan", 1)), int(cell.attributes.get("rowspan", 1)),
            style_of(cell).get("background-color", "").lstrip("#").upper(),
        )
        for cell in row.all("td", "th")
    ]  # fmt: skip


def style_of(element: Element) -> dict[str, str]:
    """Return an element's own style by property."""
    parts = [part.partition(":") for part in element.attributes.get("style", "").split(";")]
    return {name.strip(): value.strip() for name, _, value in parts if name.strip()}
