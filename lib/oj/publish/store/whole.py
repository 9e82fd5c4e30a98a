"""Whether a report already is what it would be built as now: by the same command, of the same facts and notebooks."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from oj.disk.folders import Folders
from oj.disk.kept_files import digest, kept_in, read, write
from oj.facts.files import hashes
from oj.publish.store.ground import of_facts, of_folder, tools

STEP = "hela"


@dataclass(frozen=True)
class Whole:
    """A command that builds a report: its words, the folders, the reports' parameters, all facts and the renderer."""

    words: Sequence[str]
    folders: Folders
    params: Path
    data: Path
    renderer: str = ""

    def key(self) -> str:
        """Return the hash of all that the report is made of, as it is now."""
        facts = of_facts(self.data)
        written = [of_folder(folder) for folder in (self.folders.notebooks, self.params)]
        return digest(tools(), *self.words, self.renderer, *written, *(part for one in facts.items() for part in one))

    def built(self) -> Path | None:
        """Return the finished report's folder where it is just what would be built, to the byte; else None.

        What Quarto would build is not known: it is a program of its own, and may be another than last time.
        """
        if self.renderer == "quarto":
            return None
        with kept_in(self.folders.cache):
            noted = read(STEP, self.key())
        about = json.loads(noted) if noted else {"report": "", "files": {}}
        report = self.folders.reports / str(about["report"])
        return report if noted and hashes(report) == about["files"] else None

    def note(self, key: str, report: Path) -> None:
        """Note that the report was built of what `key` was before it, unless something has changed meanwhile."""
        with kept_in(self.folders.cache):
            if key == self.key():
                write(STEP, key, json.dumps({"report": report.name, "files": hashes(report)}).encode())
