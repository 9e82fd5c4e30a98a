"""Build the documentation (`make docs`): the pages of `docs/` as web pages in `build/docs/`, in the report's own look.

A line `<!-- ur koden: NAME -->` in a page is where `reference.py` writes what the code and the data say themselves.
A link or a picture that leads nowhere is an error. The same files give the same bytes.
"""

import html
import re
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, normpath, relpath

import jinja2

from oj.disk.changes import change
from oj.present.output import ASSETS
from oj.publish.render.html import scrolled, write_look
from oj.publish.render.pandoc import pandoc
from oj.words.errors import UserError, why
from reference import PARTS

ROOT = Path(__file__).resolve().parents[1]
FRONT = "docs/index.md"
BESIDE = {"CONTRIBUTING.md": "bidra.html", "CHANGELOG.md": "andringar.html"}  # pages that stand outside docs/
SLOT = re.compile(r"^<!-- ur koden: (\w+) -->$", re.MULTILINE)
LINK = re.compile(r'<(a|img)( [^>]*?)?(href|src)="([^"]*)"([^>]*)>')
PICTURES = (".png", ".svg")


@dataclass(frozen=True)
class Page:
    """One page: the file it is written in, where it stands among the built ones, its title and its text as HTML."""

    source: str
    address: str
    title: str
    body: str

    @property
    def labels(self) -> set[str]:
        """What a link can lead to in the page."""
        return set(re.findall(r' id="([^"]+)"', self.body))

    @property
    def sections(self) -> list[tuple[str, str]]:
        """The page's sections, (label, title), for the list beside the text."""
        found = re.findall(r'<h2[^>]* id="([^"]+)"[^>]*>(.*?)</h2>', self.body)
        return [(label, html.unescape(re.sub(r"<[^>]+>", "", title))) for label, title in found]


def addresses(root: Path = ROOT) -> dict[str, str]:
    """Return every page's file with where it stands among the built ones."""
    found = sorted(path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md"))
    return {name: f"{name.removeprefix('docs/').removesuffix('.md')}.html" for name in found} | BESIDE


def contents(front: str) -> dict[str, list[str]]:
    """Return the pages in their order, by group, as the front page lists them.

    >>> contents("## Börja\\n\\n- [Din första rapport](borja.md): en timme")
    {'Börja': ['docs/borja.md']}
    """
    groups = re.findall(r"^## (.+)\n((?:(?!## ).*\n?)*)", front, re.MULTILINE)
    links = {title: re.findall(r"^- \[[^\]]+\]\(([^)#]+\.md)\)", listed, re.MULTILINE) for title, listed in groups}
    return {title: [normpath(f"docs/{link}") for link in found] for title, found in links.items() if found}


def read_pages(root: Path = ROOT, parts: Mapping[str, Callable[[], str]] = PARTS) -> dict[str, Page]:
    """Return every page by its file, its links led to where the pages stand; raise UserError for one that is lost."""
    where = addresses(root)
    texts = {source: (root / source).read_text(encoding="utf-8") for source in where}
    # Python 3.11 parses code in one thread at a time; only pandoc, which is a process, gains from several
    filled = {source: SLOT.sub(lambda slot: parts[slot[1]](), text) for source, text in texts.items()}
    with ThreadPoolExecutor() as pool:
        written = pool.map(lambda text: pandoc(["-f", "gfm", "-t", "html5", "--wrap=none"], text), filled.values())
        pages = {
            source: _page(source, texts[source], one, where, root) for source, one in zip(where, written, strict=True)
        }
    for page in pages.values():
        for link in re.findall(r'href="([^"]*)"', page.body):
            to, _, label = link.partition("#")
            target = normpath(f"{dirname(page.address)}/{to}").lstrip("/") if to else page.address
            there = next((one for one in pages.values() if one.address == target), None)
            if there and label and label not in there.labels:
                raise UserError(f"{page.source}: länken till #{label} i {there.source} leder ingenstans.")
    return pages


def _page(source: str, text: str, written: str, where: Mapping[str, str], root: Path) -> Page:
    """Return a page of a source's text and what pandoc wrote of it."""
    written = LINK.sub(lambda link: _led(link, source, where, root), written)
    written = re.sub(r'<a class="lost">(.*?)</a>', r"\1", written, flags=re.DOTALL)
    tables = scrolled(written.replace("<table>", '<table class="text-table">'))
    title = re.match(r"# (.+)", text)
    if title is None:
        raise UserError(f"{source} ska börja med sin rubrik, en rad som ”# Rubrik”.")
    return Page(source, where[source], title[1], tables)


def _led(link: "re.Match[str]", source: str, where: Mapping[str, str], root: Path) -> str:
    """Return a link or a picture led to where it stands among the built pages; a link to another file is no link."""
    element, before, kind, address, after = link.groups()
    if address.startswith(("https://", "#")):
        return link[0]
    to, hash_sign, label = address.partition("#")
    target = normpath(f"{dirname(source)}/{to}").lstrip("/")
    if not (root / target).exists():
        raise UserError(f"{source}: ”{address}” leder ingenstans.")
    if target not in where and not target.endswith(PICTURES):
        return '<a class="lost">'
    found = where.get(target, target.removeprefix("docs/"))
    led = relpath(found, dirname(where[source]) or ".")
    return f'<{element}{before or " "}{kind}="{led}{hash_sign}{label}"{after}>'


def build(target: Path, root: Path = ROOT) -> Path:
    """Write the built pages to `target`, all or nothing, and return the first of them."""
    pages = read_pages(root)
    groups = contents((root / FRONT).read_text(encoding="utf-8"))
    order = [FRONT, *(source for listed in groups.values() for source in listed)]
    if lost := sorted(pages.keys() ^ set(order)):
        raise UserError(f"{FRONT} ska länka till varje sida, en gång: {', '.join(lost)}.")
    with change(target.parent, target.name, "Dokumentationen byggs") as work:
        folder = work.new(target)
        folder.mkdir()
        write_look(root / "notebooks", folder)
        (folder / ASSETS / "docs.css").write_bytes((root / "tools" / "docs.css").read_bytes())
        for path in sorted((root / "docs").rglob("*")):
            if path.suffix in PICTURES:
                copied = folder / path.relative_to(root / "docs")
                copied.parent.mkdir(parents=True, exist_ok=True)
                copied.write_bytes(path.read_bytes())
        _write_pages([pages[source] for source in order], groups, folder)
    return target / "index.html"


def _write_pages(pages: list[Page], groups: Mapping[str, list[str]], folder: Path) -> None:
    named = {page.source: page for page in pages}
    listed = {title: [named[source] for source in sources] for title, sources in groups.items()}
    template = jinja2.Template(
        (Path(__file__).with_name("docs.html.j2")).read_text(encoding="utf-8"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    for position, page in enumerate(pages):
        path = folder / page.address
        path.parent.mkdir(parents=True, exist_ok=True)
        around = {
            "previous": pages[position - 1] if position else None,
            "following": pages[position + 1] if position + 1 < len(pages) else None,
        }
        up = "../" * page.address.count("/")
        text = template.render(page=page, groups=listed, up=up, assets=ASSETS, **around)
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    try:
        print(build(ROOT / "build" / "docs"))
    except UserError as error:
        sys.exit(f"Fel: {error}")
    except OSError as error:
        sys.exit(f"Fel: Dokumentationen kunde inte skrivas: {why(error)}.")
