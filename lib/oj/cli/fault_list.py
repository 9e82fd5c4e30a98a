"""Faults as they are told at the command line: a page of them, and where the whole list is."""

from collections.abc import Sequence
from pathlib import Path

from oj.disk.changes import change
from oj.disk.folders import default_folders
from oj.facts.datapackage import PATIENCE
from oj.facts.places import slug
from oj.words.errors import UserError, why
from oj.words.faults import Fault, is_whole, page
from oj.words.plain_text import for_terminal

FOLDER = "fel"  # in build/


def told_faults(faults: Sequence[Fault]) -> list[str]:
    """Return a page of faults; where it cannot tell all of them, the whole list is written and its path told."""
    return [*(f"  {line}" for line in page(faults)), *whole_list(faults)]


def whole_list(faults: Sequence[Fault]) -> list[str]:
    """Write every fault of a list that is more than a page to a file, and return where it is, as a line."""
    if not faults or is_whole(faults):
        return []
    path = list_path(faults[0].file)
    text = for_terminal("".join(f"{one}\n" for one in faults))
    try:
        with change(path.parent.parent, FOLDER, "En lista över fel skrivs", PATIENCE) as work:
            work.new(path).write_text(text, encoding="utf-8-sig", newline="\n")
    except (OSError, UserError) as error:
        return [f"Hela listan kan inte skrivas i {path}: {why(error) if isinstance(error, OSError) else error}."]
    return [f"Hela listan, med en rad för varje fel: {path}"]


def list_path(file: str) -> Path:
    """Return where the whole list of a file's faults is written."""
    return default_folders().build / FOLDER / f"{slug(Path(file).stem)[:80] or 'underlag'}.txt"
