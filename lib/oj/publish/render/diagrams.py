"""Single charts to put on other pages: `diagram/fig-saker.html`, each whole in itself, and a page with code to copy.

A chart's page needs no script and no other file, and nothing of it is fetched: the picture, its alt text, the figures
in it as a table, the source and the sender. The figures are those that the report's pages tell of the chart, so what is
hidden there is hidden here.
"""

import base64
import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import panflute as pf

from oj.present.followed import METHODS
from oj.present.output import ASSETS, FIGURE_FOLDER
from oj.publish.build.book import title_texts
from oj.publish.build.origins import FIELDS, FILE, unrolled
from oj.publish.render.html import templates
from oj.publish.render.syntax import Book, caption_of
from oj.publish.render.walking import all_of

FOLDER = "diagram"
POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
LIST_POLICY = (
    "default-src 'none'; script-src 'sha256-{}'; style-src 'self'; font-src 'self'; base-uri 'none'; form-action 'none'"
)
WIDTH, AROUND = 720, 240  # pixels: of a chart on a page, and for its heading, source and table that can be opened
SHOWN = ("place_name", "period", "group", "display")
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


@dataclass(frozen=True)
class Diagram:
    """A chart as it stands alone: its label, caption, alt text, where in the report it is, its picture and figures."""

    label: str
    caption: str
    alt: str
    page: str
    svg: str
    source: str
    places: list[str]
    rows: list[tuple[str, list[str]]]
    signs: dict[str, str]

    @property
    def picture(self) -> str:
        """The picture as the text of an address."""
        return base64.b64encode(self.svg.encode()).decode()

    @property
    def height(self) -> int:
        """How many pixels the chart needs on a page."""
        width, height = map(float, SIZE.findall(self.svg)[0])
        return round(WIDTH * height / width) + AROUND

    @property
    def code(self) -> str:
        """What is copied to a page that is to show the chart."""
        address, title = f"https://ADRESSEN/{FOLDER}/{self.label}.html", html.escape(self.caption)
        looks = f'width="100%" height="{self.height}" style="border: 0" loading="lazy"'
        return f'<iframe src="{address}" title="{title}" {looks}></iframe>'


def write_diagrams(book: Book, project: Path, report: Path) -> None:
    """Write a page for each of the book's charts, and one that lists them; nothing where it has none."""
    known = json.loads((project / FILE).read_text(encoding="utf-8"))
    drawn = [
        _diagram(figure, chapter.page, known, project)
        for chapter in book.chapters
        for figure in all_of(pf.Figure, chapter.blocks)
        if figure.identifier in known["f"]
    ]
    if not drawn:
        return
    target, titles = report / FOLDER, title_texts(book.config)
    target.mkdir()
    look, script = (
        Path(__file__).with_name("look").joinpath(f"diagram.{kind}").read_text(encoding="utf-8")
        for kind in ("css", "js")
    )
    room = templates(trim_blocks=True)
    alone, listed = (room.get_template(f"{name}.html.j2") for name in ("diagram", "diagrams"))
    for one in drawn:
        page = alone.render(one=one, book=titles, policy=POLICY, look=look)
        (target / f"{one.label}.html").write_text(page, encoding="utf-8")
    policy = LIST_POLICY.format(base64.b64encode(sha256(script.encode()).digest()).decode())
    page = listed.render(drawn=drawn, book=titles, policy=policy, assets=ASSETS, script=script)
    (target / "index.html").write_text(page, encoding="utf-8")


def _diagram(figure: pf.Figure, page: str, known: Mapping[str, Any], project: Path) -> Diagram:
    caption = "".join(pf.stringify(part) for part in caption_of(figure)).strip()
    svg = (project / FIGURE_FOLDER / f"{figure.identifier}.svg").read_text(encoding="utf-8")
    alt = figure.content[0].content[0].attributes.get("fig-alt", "")
    numbers = unrolled(known["f"][figure.identifier])
    places, rows = table_of(known, numbers)
    signs = signs_of(known, numbers)
    return Diagram(figure.identifier, caption, alt, page, svg, sources_of(known, numbers), places, rows, signs)


def table_of(known: Mapping[str, Any], numbers: list[int]) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Return the places of a chart, and its figures as a row for each measure, group and period.

    >>> known = {"t": ["", "Solna", "2015", "Ja"], "m": [{"title": "Jour"}], "r": [[0, 0, 1, 2, 0, 3, *[0] * 7, ""]]}
    >>> table_of(known, [0])
    (['Solna'], [('Jour (2015)', ['Ja'])])
    """
    found: dict[str, dict[str, str]] = {}
    for measure, _source, *texts, _parts in (known["r"][at] for at in numbers):
        place, period, group, display = (known["t"][texts[FIELDS.index(name)]] for name in SHOWN)
        told = ", ".join(filter(None, [known["m"][measure]["title"], group]))
        found.setdefault(f"{told} ({period})", {})[place] = display
    places = list(dict.fromkeys(place for row in found.values() for place in row))
    return places, [(name, [row.get(place, "–") for place in places]) for name, row in found.items()]


def signs_of(known: Mapping[str, Any], numbers: list[int]) -> dict[str, str]:
    """Return why some figures of a chart are not shown, by what stands in their place."""
    texts = ([known["t"][at] for at in known["r"][one][2:-1]] for one in numbers)
    told = [(row[FIELDS.index("display")], row[FIELDS.index("status")]) for row in texts]
    return {sign: why for sign, why in told if why and why not in METHODS.values()}


def sources_of(known: Mapping[str, Any], numbers: list[int]) -> str:
    """Return who has published the figures of a chart, each once."""
    met = dict.fromkeys(known["r"][at][1] for at in numbers)
    told = [known["k"][at] for at in met if known["k"][at]]
    names = [" ".join(filter(None, [one.get("publisher") or one.get("title", ""), one.get("year")])) for one in told]
    return "; ".join(dict.fromkeys(filter(None, names)))
