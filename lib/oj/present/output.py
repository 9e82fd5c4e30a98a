"""What a notebook cell shows, in two forms at once: HTML for JupyterLab, Markdown for the book.

The Markdown is Quarto's own (cross-reference divs, images with labels), so that Quarto and the
embedded renderer read the same cells. A figure's file is written when the book is laid out.
"""

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from oj.present.grid import Cell, Grid, Head
from oj.words.swedish import capital

FIGURE_FOLDER = "bilder"
ASSETS = "utseende"  # beside the pages: their stylesheet, fonts and scripts
EXTENSIONS = "_extensions"  # beside the notebooks, and in the laid-out book
NOTE = '{.table-note custom-style="Table Note" typst:text:size="9pt"}'
LONGEST_ALT = 250  # letters
IN_WORDS, IN_PLACES = "Figuren i ord", "Kommun för kommun"
OPENED = '::::{{.content-visible when-format="html"}}\n::: {{.callout-note collapse="true" title="{}"}}'
SCROLLED = '::: {{.table-scroll role="region" tabindex="0" aria-label="{}"}}'
FENCE_TITLE = re.compile(r'^:::+ *\{[^}]*title="([^"]*)"[^}]*\} *$', re.MULTILINE)
FENCE = re.compile(r"^:::+.*$\n?", re.MULTILINE)
ATTRIBUTES = re.compile(r" *\{[#.][^}]*\} *$", re.MULTILINE)
REFERENCE = re.compile(r"@tbl-([\w-]*\w)")
ORIGINS = "application/vnd.oj.origins"  # where the figures of an output come from, as JSON, for the report
Origins = Mapping[str, Mapping[str, Any]]


def without_marks(markdown: str) -> str:
    """Return Markdown without what only the book reads: fences (their titles in bold) and headings' attributes.

    >>> without_marks("## Jour {#sec-jour .unnumbered}")
    '## Jour'
    """
    return ATTRIBUTES.sub("", FENCE.sub("", FENCE_TITLE.sub(r"**\1**", markdown)))


def as_html(markdown: str) -> str:
    """Return Markdown as HTML for a notebook: without the book's marks, a reference as the name of its table.

    >>> as_html("## Jour {#sec-jour}\\n\\n- Alla når målet (@tbl-utanfor-kontorstid).")
    '<h2>Jour</h2>\\n<ul>\\n<li>Alla når målet (<code>utanfor-kontorstid</code>).</li>\\n</ul>\\n'
    """
    import mistune

    return str(mistune.html(REFERENCE.sub(r"`\1`", without_marks(markdown))))


def _headed(before: str, body: str) -> str:
    """Return Markdown with what stands before it, such as a heading, where there is any."""
    return "\n\n".join(filter(None, [before, body]))


def _as_seen(markdown: str) -> str:
    """Return a caption or a note, whose foreign words are entities, as HTML."""
    return html.escape(html.unescape(markdown))


def _attribute(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


def _followed(shown: dict[str, str], origins: Origins | None, **more: object) -> dict[str, str]:
    """Return what is shown with where its figures come from beside it, where there are any."""
    known = {**origins, **more} if origins and origins["rows"] else None
    return shown | ({ORIGINS: json.dumps(known, ensure_ascii=False)} if known else {})


@dataclass(frozen=True)
class Text:
    """Sentences in Markdown, with the rows of the results that each was made from, and a heading before them.

    In the book, sentences made from figures stand in a div of the class `findings`.
    """

    markdown: str
    rows: tuple[tuple[int, ...], ...] = ()
    before: str = ""
    origins: Origins | None = field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        behind = ",".join(" ".join(map(str, rows)) for rows in self.rows)
        fence = f'{{.findings data-o="{behind}"}}' if self.origins and behind else "{.findings}"
        body = f"::: {fence}\n\n{self.markdown}\n\n:::" if self.rows and self.markdown else self.markdown
        markdown = _headed(self.before, body)
        return _followed({"text/html": as_html(markdown), "text/markdown": markdown}, self.origins)

    def __str__(self) -> str:
        return self.markdown


@dataclass(frozen=True)
class Table:
    """A table as HTML, with its label, caption, the notes under it, Markdown (a heading) before it, and its grid.

    What it is counted from may be `behind` it: tables that are opened under it, on the pages alone.
    """

    html: str
    label: str
    caption: str
    notes: tuple[str, ...] = ()
    before: str = ""
    grid: Grid | None = field(default=None, repr=False, compare=False)
    origins: Origins | None = field(default=None, repr=False, compare=False)
    behind: tuple["Table", ...] = ()

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        notes = "".join(f"<p><small>{_as_seen(note)}</small></p>" for note in self.notes)
        shown = f"<p><strong>{_as_seen(self.caption)}</strong></p>{self.html}{notes}"
        opened = "".join(f"<p><strong>{_as_seen(one.caption)}</strong></p>{one.html}" for one in self.behind)
        shown += f"<details><summary>{IN_PLACES}</summary>{opened}</details>" if opened else ""
        return _followed({"text/html": shown, "text/markdown": self.markdown}, self.origins)

    @property
    def markdown(self) -> str:
        """The table as the book reads it: a labelled div with raw HTML and its caption."""
        body = f"::: {{#{self.label}}}\n{self.drawn}\n\n{self.caption}\n:::{self.below}\n"
        opened = "".join(replace(one, origins=self.origins).opened for one in self.behind)
        title = _attribute(f"{IN_PLACES}: {html.unescape(self.caption)}")
        return _headed(self.before, body + (f"\n{OPENED.format(title)}\n{opened}:::\n::::\n" if opened else ""))

    @property
    def opened(self) -> str:
        """The table as it is opened under another: with its caption in itself, and without a number."""
        named = self.drawn.replace(">", f"><caption>{_as_seen(self.caption)}</caption>", 1)
        return f"\n{SCROLLED.format(_attribute(html.unescape(self.caption)))}\n{named}\n:::{self.below}\n"

    @property
    def drawn(self) -> str:
        """The table itself, as raw HTML in Markdown; with where its figures come from, where that is known."""
        return f"```{{=html}}\n{self.grid.followed_html if self.grid and self.origins else self.html}\n```"

    @property
    def below(self) -> str:
        """The notes under it, in Markdown."""
        return "".join(f"\n\n::: {NOTE}\n{note}\n:::" for note in self.notes)


@dataclass(frozen=True)
class Figure:
    """A chart as SVG, with its label, caption, what is drawn in a sentence, Markdown before it and its rows.

    `told` is what each row or panel of it shows, by its name: the alt text where it is short, else a table to open.
    `spots` are the outlines of the places in it, by their codes, for the pages.
    """

    svg: str
    label: str
    caption: str
    summary: str
    before: str = ""
    told: tuple[tuple[str, str], ...] = ()
    rows: tuple[int, ...] = ()
    spots: Mapping[str, str] = field(default_factory=dict, repr=False, compare=False)
    origins: Origins | None = field(default=None, repr=False, compare=False)

    @property
    def said(self) -> str:
        """All that is told, in sentences."""
        return " ".join(f"{name}: {text}." for name, text in self.told)

    @property
    def alt(self) -> str:
        """The alt text: the sentence, and all that is told where that is little."""
        whole = f"{self.summary} {self.said}".strip()
        return whole if len(whole) <= LONGEST_ALT else self.summary

    @property
    def table(self) -> str:
        """What is told as an HTML table, where the alt text doesn't tell it; else nothing."""
        if self.said in self.alt:
            return ""
        rows = tuple((Cell(name), Cell(f"{capital(text)}.")) for name, text in self.told)
        return Grid("I figuren", ((Head("Visar"),),), rows, (38, 62), "text-table").html

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        drawing = self.svg[self.svg.index("<svg") :]
        labelled = drawing.replace("<svg", f'<svg role="img" aria-label="{html.escape(self.alt)}"', 1)
        caption = f"<figcaption><strong>{html.escape(self.caption)}</strong></figcaption>"
        opened = f"<details><summary>{IN_WORDS}</summary>{self.table}</details>" if self.table else ""
        shown = {
            "text/html": f'<figure tabindex="0">{labelled}{caption}</figure>{opened}',
            "image/svg+xml": self.svg,
        }
        return _followed(shown | {"text/markdown": self.markdown}, self.origins, label=self.label, spots=self.spots)

    @property
    def markdown(self) -> str:
        """The figure as the book reads it; the file is written where the book is laid out."""
        path = f"{FIGURE_FOLDER}/{self.label}.svg"
        body = f'![{self.caption}]({path}){{#{self.label} fig-alt="{_attribute(self.alt)}"}}\n'
        if self.table:
            body += f"\n{OPENED.format(IN_WORDS)}\n```{{=html}}\n{self.table}\n```\n:::\n::::\n"
        return _headed(self.before, body)


One = Text | Table | Figure


class Parts(tuple[One, ...]):
    """Several things that a cell shows, each as an output of its own."""

    __slots__ = ()

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for part in self:
            display(part)


Shown = One | Parts


def as_parts(*shown: Shown) -> Parts:
    """Return things and several things as one row of them."""
    return Parts(part for one in shown for part in (one if isinstance(one, Parts) else (one,)))
