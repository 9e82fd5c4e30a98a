"""A report's chapters executed: those that are notebooks, each with the report's parameters and its own."""

from collections.abc import Mapping
from pathlib import Path

from oj.facts.editions import root_of
from oj.facts.params import OVER_TIME, ReportParameters
from oj.publish.chapters.instances import Instance, prepare
from oj.publish.execution.execute import Read, execute
from oj.publish.store.chapters import keep, kept_chapter, key_of, note_last, parts_of
from oj.publish.store.ground import of_facts
from oj.words.progress import Progress


def run_chapters(
    listed: list[Instance], notebooks: Path, executed: Path, parameters: ReportParameters, progress: Progress
) -> None:
    """Run every chapter that is a notebook with the report's parameters and its own, unless it is as it was."""
    facts, shared, own = of_facts(root_of()), parameters.model_dump(), {one.name: one.parameters for one in listed}
    made = prepared(listed, notebooks, executed.with_name("made"), parameters, facts)
    parts = {executed / path.name: one for path, one in made.items()}
    known = {path: key_of(one) for path, one in parts.items()}
    executed.mkdir(parents=True, exist_ok=True)
    for target, key in known.items():
        if (earlier := kept_chapter(key, facts)) is not None:
            target.write_bytes(earlier)
    new = [path for path in made if not (executed / path.name).exists()]
    progress.tell(f"  {len(new)} av {len(made)} kapitel körs")

    def done(target: Path, files: Read) -> None:  # at once, so that a build that is stopped goes on from there
        progress.tell(f"  {target.name}")
        if files is not None:
            keep(known[target], {name: facts[name] for name in files}, target.read_bytes())

    execute(new, executed, shared, done, own)
    for target, one in parts.items():
        note_last(f"{parameters.name}/{target.name}", one)


def prepared(
    listed: list[Instance], notebooks: Path, folder: Path, parameters: ReportParameters, facts: Mapping[str, str]
) -> dict[Path, dict[str, str]]:
    """Return the notebooks to run for a report's chapters, in order, each with its parts as `parts_of` has them.

    Those that are made are in `folder`; `facts` are the hashes of the files of facts.
    """
    county = "" if parameters.edition == OVER_TIME else parameters.county
    chapters = [one for one in listed if one.name.endswith(".ipynb")]
    paths = [prepare(notebooks, one, folder, county) for one in chapters]
    values = [parameters.model_dump() | one.parameters for one in chapters]
    return {path: parts_of(path, own, facts) for path, own in zip(paths, values, strict=True)}
