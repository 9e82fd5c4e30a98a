"""The book's chapters for one report: the notebook of a municipality becomes one for each of them."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from oj.facts.editions import asking_editions, domain_folder, edition_folder
from oj.facts.places import slug
from oj.publish.chapters.needs import fitted
from oj.publish.chapters.written_out import is_general, written_out

TEMPLATE = "kommun.ipynb"
SHEETS = "kommun-"  # how the names of the chapters made from it begin
HEADING = re.compile(r"^# .+ \{#sec-kommun\}$", re.MULTILINE)


def sheet_file(source: str, suffix: str) -> str:
    """Return where in a report a municipality's own file is, by its chapter's.

    >>> sheet_file("kommun-solna.ipynb", ".pdf")
    'kommuner/solna.pdf'
    """
    return f"kommuner/{Path(source).stem.removeprefix(SHEETS)}{suffix}"


@dataclass(frozen=True)
class Instance:
    """A chapter of the report: its file, its notebook, the parameters of its own and, of a general one, its area."""

    name: str
    template: str
    title: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    area: str = ""
    edition: str = ""  # aktuell for one of today

    @property
    def stem(self) -> str:
        """The chapter's name without suffix."""
        return Path(self.name).stem


def instances_of(listed: Sequence[Instance], municipalities: Sequence[str]) -> list[Instance]:
    """Return the chapters in order, that of a municipality once for each of them; `municipalities` are names.

    >>> [one.name for one in instances_of([Instance(TEMPLATE, TEMPLATE)], ["Solna", "Sigtuna"])]
    ['kommun-solna.ipynb', 'kommun-sigtuna.ipynb']
    """
    sheets = [(f"{SHEETS}{slug(place)}.ipynb", place) for place in municipalities]
    return [
        each
        for one in listed
        for each in (
            [replace(one, name=name, title=place, parameters={"municipality": place}) for name, place in sheets]
            if one.name == TEMPLATE
            else [one]
        )
    ]


def prepare(source: Path, one: Instance, folder: Path, county: str = "") -> Path:
    """Return the notebook to run for a chapter: the template itself, or a copy in `folder` under the chapter's name.

    `county` is the report's, where it may be laid beside other domains. The copy links to files of its own; that of a
    municipality has its heading, a general one is written out.
    """
    notebook = json.loads((source / one.template).read_text(encoding="utf-8"))
    facts = edition_folder() if asking_editions() else domain_folder()
    if is_general(notebook):
        notebook = written_out(notebook, one.area, facts, one.edition)
    elif (fit := fitted(notebook, facts, county, one.edition)) != notebook:
        notebook = fit
    elif one.name == one.template:
        return source / one.template
    analysis = f"analys/{Path(one.template).stem}.html"
    for cell in notebook["cells"]:
        if cell["cell_type"] == "markdown":
            text = "".join(cell["source"])
            if one.title:
                text = HEADING.sub(f"# Kommunblad: {one.title} {{#sec-{one.stem}}}", text)
                text = text.replace("kommuner/kommun", f"kommuner/{slug(one.title)}")
            cell["source"] = text.replace(analysis, f"analys/{one.stem}.html").splitlines(keepends=True)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / one.name
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1), encoding="utf-8")
    return path
