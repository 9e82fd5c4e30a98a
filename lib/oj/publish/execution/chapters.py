"""A report's chapters executed: those that are notebooks, each with the report's parameters and its own."""

from pathlib import Path

from oj.facts.editions import root_of
from oj.facts.params import OVER_TIME, ReportParameters
from oj.publish.build.progress import Progress
from oj.publish.chapters.instances import Instance, prepare
from oj.publish.execution.execute import execute
from oj.publish.store.chapters import keep, kept_chapter, key_of
from oj.publish.store.ground import of_facts


def run_chapters(
    listed: list[Instance], notebooks: Path, executed: Path, parameters: ReportParameters, progress: Progress
) -> None:
    """Run every chapter that is a notebook with the report's parameters and its own, unless it is as it was."""
    made, facts = executed.with_name("made"), of_facts(root_of())
    shared, own = parameters.model_dump(), {one.name: one.parameters for one in listed}
    county = "" if parameters.edition == OVER_TIME else parameters.county
    paths = [prepare(notebooks, one, made, county) for one in listed if one.name.endswith(".ipynb")]
    known = {executed / path.name: key_of(path, shared | own[path.name], facts) for path in paths}
    executed.mkdir(parents=True, exist_ok=True)
    for target, key in known.items():
        if (earlier := kept_chapter(key, facts)) is not None:
            target.write_bytes(earlier)
    new = [path for path in paths if not (executed / path.name).exists()]
    for target, files in execute(new, executed, shared, lambda name: progress.tell(f"  {name}"), own).items():
        if files is not None:
            keep(known[target], {name: facts[name] for name in files}, target.read_bytes())
