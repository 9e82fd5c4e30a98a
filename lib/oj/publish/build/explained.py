"""What a build would do and why: which chapters would run again, and what has changed since they last did."""

import json
import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from oj.disk.folders import Folders
from oj.facts.editions import root_of
from oj.facts.params import ReportParameters
from oj.publish.build.contents import contents
from oj.publish.build.report import on_the_facts
from oj.publish.build.run import prepared
from oj.publish.store.chapters import changed, kept_chapter, key_of
from oj.publish.store.ground import of_facts
from oj.words.swedish import listing

AS_IT_WAS = "som förut"
NEVER = "körs: inget är sparat sedan förut"
MOST_TOLD = 3
TITLE = re.compile(r"^# (.+?)(?: \{[^{}]*\})?$", re.MULTILINE)


@dataclass(frozen=True)
class Explained:
    """A chapter that is a notebook: its file, its title, and what would be done with it: as it was, or run and why."""

    file: str
    title: str
    told: str

    @property
    def is_run(self) -> bool:
        """Whether it would be run."""
        return self.told != AS_IT_WAS


def explained(parameters: ReportParameters, folders: Folders) -> list[Explained]:
    """Return what would be done with each chapter that is a notebook."""
    with ExitStack() as ground, TemporaryDirectory() as made:
        on_the_facts(parameters, folders, ground)
        plan, facts = contents(parameters, folders.notebooks), of_facts(root_of())
        chapters = prepared(plan.listed, folders.notebooks, Path(made), plan.parameters, facts)
        return [
            Explained(
                path.name,
                title_of(path),
                AS_IT_WAS
                if kept_chapter(key_of(parts), facts) is not None
                else _why(f"{plan.parameters.name}/{path.name}", parts, facts),
            )
            for path, parts in chapters.items()
        ]


def title_of(notebook: Path) -> str:
    """Return a chapter's title, as its first heading has it; its file's name where it has none."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    own = (found for one in cells if one["cell_type"] == "markdown" and (found := TITLE.search("".join(one["source"]))))
    return next((found[1] for found in own), notebook.stem)


def _why(chapter: str, parts: dict[str, str], facts: dict[str, str]) -> str:
    """Return why a chapter would be run.

    >>> _why("finns-inte/a.ipynb", {}, {})
    'körs: inget är sparat sedan förut'
    """
    since = changed(chapter, parts, facts)
    if not since:
        return NEVER
    more = f" och {len(since) - MOST_TOLD} till" if len(since) > MOST_TOLD else ""
    told = ", ".join(since[:MOST_TOLD]) + more if more else listing(since)
    return f"körs: ändrat sedan sist är {told}"
