"""What a build would do and why: which chapters would run again, and what has changed since they last did."""

from contextlib import ExitStack
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


def explained(parameters: ReportParameters, folders: Folders) -> dict[str, str]:
    """Return what would be done with each chapter that is a notebook, by its file: as it was, or run and why."""
    with ExitStack() as ground, TemporaryDirectory() as made:
        on_the_facts(parameters, folders, ground)
        plan, facts = contents(parameters, folders.notebooks), of_facts(root_of())
        chapters = prepared(plan.listed, folders.notebooks, Path(made), plan.parameters, facts)
        return {
            path.name: AS_IT_WAS
            if kept_chapter(key_of(parts), facts) is not None
            else _why(f"{plan.parameters.name}/{path.name}", parts, facts)
            for path, parts in chapters.items()
        }


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
