"""What a job changed in the facts and the parameters, kept so that it can be undone, and undone again.

What reports have shown is left as it is: it is remembered so that nothing is revealed later.
"""

import json
import shutil
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path

from oj.app.work.jobs import DIED, STOPPED, jobs
from oj.disclosure.ledger import FOLDER as REMEMBERED_IN
from oj.disk.changes import change
from oj.facts.datapackage import FACTS, PATIENCE
from oj.facts.editions import root_of
from oj.facts.params import WORKBOOKS, params_folder
from oj.words.errors import UserError, shortened, why
from oj.words.swedish import listing

BEFORE, CHANGES, LAYOUT = "before", "changes.json", "layout.yml"
MADE, REPLACED, REMOVED = "ny", "ändrad", "borttagen"
MOST = 4  # files that are named
COPIED, AT_MOST = "copied", 10  # that all was; seconds from what a command wrote until it told of it


def roots() -> dict[str, Path]:
    """Return the folders that a job may change, by what they are called."""
    return {"data": root_of(), "params": params_folder()}


def copy_facts(home: Path) -> None:
    """Copy the facts and the parameters as they are, aside in a job's folder."""
    for name, root in roots().items():
        for path in _files(root):
            target = home / BEFORE / name / path.relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
    (home / COPIED).touch()


def _files(root: Path) -> Iterator[Path]:
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        if path.is_file() and REMEMBERED_IN not in parts and not any(one.startswith(".") for one in parts):
            yield path


def _hashes(root: Path) -> dict[str, str]:
    found = _files(root) if root.exists() else ()
    return {path.relative_to(root).as_posix(): sha256(path.read_bytes()).hexdigest() for path in found}


def differences(home: Path) -> dict[str, tuple[str, str]]:
    """Return the files that are others than in the copy: what was done with each, and its hash now."""
    found = {}
    for name, root in roots().items():
        before, now = _hashes(home / BEFORE / name), _hashes(root)
        for path in sorted({*before, *now}):
            if before.get(path) != now.get(path):
                kind = MADE if path not in before else REPLACED if path in now else REMOVED
                found[f"{name}/{path}"] = (kind, now.get(path, ""))
    return found


def changed_since(home: Path) -> None:
    """Write down what has changed since the copy, and keep of the copy only that."""
    found = differences(home)
    for name in roots():
        copy = home / BEFORE / name
        for path in [*_files(copy)] if copy.exists() else []:
            if f"{name}/{path.relative_to(copy).as_posix()}" not in found:
                path.unlink()
    told = {path: kind for path, (kind, _) in found.items()}
    now = {path: one for path, (_, one) in found.items()}
    (home / CHANGES).write_text(json.dumps({"told": told, "now": now}, ensure_ascii=False), encoding="utf-8")


def put_back(home: Path, upload: Path) -> None:
    """Take away what a trial wrote: how a file is read, which is kept beside the file until it is accepted."""
    of_reading = f"params/{WORKBOOKS}/"
    for path, (kind, _) in differences(home).items():
        if kind == MADE and path.startswith(of_reading):
            own = params_folder() / path.removeprefix("params/")
            if upload.is_dir():
                (upload / LAYOUT).write_bytes(own.read_bytes())
            own.unlink()
    shutil.rmtree(home / BEFORE, ignore_errors=True)


def settle(home: Path) -> None:
    """Do what the jobs that were killed could not: take away what a trial wrote, and let what was changed be undone.

    Where something else has changed since, it is not known what was the job's, and nothing is done.
    """
    for job in jobs(home):
        if job.state in (DIED, STOPPED) and (job.folder / COPIED).exists() and not (job.folder / CHANGES).exists():
            changed = [_place(path) for path in differences(job.folder)]
            latest = max((path.stat().st_mtime for path in changed if path.exists()), default=0)
            if latest <= (job.folder / "log").stat().st_mtime + AT_MOST:
                settle_one(job.folder, job.order.facts, Path(job.order.upload))


def settle_one(home: Path, facts: str, upload: Path) -> None:
    """End a job with facts: a trial leaves none of them changed, and what another changed can be undone."""
    if facts == "trial":
        put_back(home, upload)
    else:
        changed_since(home)
    (home / COPIED).unlink(missing_ok=True)


def undo(job: Path, home: Path) -> None:
    """Put back what a job changed, unless something else has changed it since; `home` is where that is undone again."""
    found = json.loads((job / CHANGES).read_text(encoding="utf-8"))
    copy_facts(home)
    refuse_changed(found["now"])
    try:
        with change(root_of(), FACTS, "En ändring ångras", PATIENCE) as work:
            for made in dict.fromkeys(_gone(path, job, found["told"]) for path in _of(MADE, found["told"])):
                work.remove(made)
            for path in _of(REPLACED, found["told"]) + _of(REMOVED, found["told"]):
                shutil.copyfile(job / BEFORE / path, work.new(_place(path)))
    except OSError as error:
        raise UserError(f"Det går inte att ångra: {why(error)}. Inget har ändrats.") from error
    changed_since(home)


def refuse_changed(now: Mapping[str, str]) -> None:
    """Raise UserError where a file is no longer as a job left it."""
    here = {f"{name}/{path}": one for name, root in roots().items() for path, one in _hashes(root).items()}
    since = [path for path, one in now.items() if here.get(path, "") != one]
    if since:
        names = listing([shortened(one) for one in since[:MOST]])
        raise UserError(f"{names} har ändrats igen sedan dess. Ångra först det som gjordes senare.")


def _of(kind: str, told: Mapping[str, str]) -> list[str]:
    return [path for path, one in told.items() if one == kind]


def _gone(path: str, job: Path, told: Mapping[str, str]) -> Path:
    """Return what goes with a file that a job made: the topmost folder that it made too, where all in it is the job's.

    An edition without files would be taken for one.
    """
    name, *above = path.split("/")[:-1]
    for at in range(1, len(above) + 1):
        folder = "/".join([name, *above[:at]])
        there = [one for one in _place(folder).rglob("*") if one.is_file()]
        if not (job / BEFORE / folder).is_dir() and all(
            f"{folder}/{one.relative_to(_place(folder)).as_posix()}" in told for one in there
        ):
            return _place(folder)
    return _place(path)


def _place(path: str) -> Path:
    name, _, rest = path.partition("/")
    return roots()[name] / rest
