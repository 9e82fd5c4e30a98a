"""Executed notebooks kept by what they read: a chapter is run again only where something that it read has changed.

What a chapter depends on is known when it has been run, so each is kept with the hashes of the files it read. It is
looked up by what is known before: its notebook, its parameters, the code, the packages and which facts there are.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from oj.disk.kept_files import digest, keys, read, write
from oj.publish.store.ground import tools

STEP = "kapitel"
FEW = 20  # states of the facts to look among


def key_of(notebook: Path, parameters: Mapping[str, Any], facts: Mapping[str, str]) -> str:
    """Return what a chapter is kept under: a hash of all that is known to matter before it is run."""
    said = json.dumps(parameters, sort_keys=True, ensure_ascii=False)
    return digest(tools(), notebook.name, notebook.read_bytes(), said, *facts)


def kept_chapter(key: str, facts: Mapping[str, str]) -> bytes | None:
    """Return the executed notebook kept under a key, made of files that are now as they were; None where there is none.

    `facts` are the hashes of the files of facts by path.
    """
    for one in keys(STEP, key)[:FEW]:
        read_files, made = _read(one)
        if made is not None and all(facts.get(name) == known for name, known in read_files.items()):
            return made
    return None


def keep(key: str, files: Mapping[str, str], made: bytes) -> None:
    """Keep an executed notebook under a key, with the hashes of the files that it read."""
    known = json.dumps(files, sort_keys=True)
    write(STEP, f"{key}/{digest(known)}", known.encode() + b"\n" + made)


def changed(key: str, facts: Mapping[str, str]) -> list[str]:
    """Return which files have changed since the chapter under a key was last run; none where it never was."""
    for one in keys(STEP, key)[:1]:
        return sorted(name for name, known in _read(one)[0].items() if facts.get(name) != known)
    return []


def _read(key: str) -> tuple[dict[str, str], bytes | None]:
    content = read(STEP, key)
    if content is None:
        return {}, None
    known, _, made = content.partition(b"\n")
    return json.loads(known), made
