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

STEP, LAST = "kapitel", "senast"
FEW = 20  # states of the facts to look among
Hashes = Mapping[str, str]


def parts_of(notebook: Path, parameters: Mapping[str, Any], facts: Hashes) -> dict[str, str]:
    """Return the hash of each part that matters to a chapter and is known before it is run, as they are told.

    `facts` are the hashes of the files of facts by path.
    """
    said = json.dumps(parameters, sort_keys=True, ensure_ascii=False)
    return {
        "notebooken": digest(notebook.name, notebook.read_bytes()),
        "parametrarna": digest(said),
        "programmet eller dess paket": tools(),
        "vilka filer som finns i data/": digest(*facts),
    }


def key_of(parts: Hashes) -> str:
    """Return what a chapter of such parts is kept under."""
    return digest(*parts.values())


def kept_chapter(key: str, facts: Hashes) -> bytes | None:
    """Return the executed notebook kept under a key, made of files that are now as they were; None where none is."""
    for one in keys(STEP, key)[:FEW]:
        files, made = _read(one)
        if made is not None and all(facts.get(name) == known for name, known in files.items()):
            return made
    return None


def keep(key: str, files: Hashes, made: bytes) -> None:
    """Keep an executed notebook under a key, with the hashes of the files that it read."""
    known = json.dumps(files, sort_keys=True)
    write(STEP, f"{key}/{digest(known)}", known.encode() + b"\n" + made)


def note_last(chapter: str, parts: Hashes) -> None:
    """Note of what parts a report's chapter (both by name) was last made, so that it can be told what has changed."""
    write(LAST, digest(chapter), json.dumps(parts).encode())


def changed(chapter: str, parts: Hashes, facts: Hashes) -> list[str] | None:
    """Return what has changed since a report's chapter was last made; None where it never was.

    Its parts as `parts_of` calls them, else the files of facts that it read.
    """
    noted = read(LAST, digest(chapter))
    if noted is None:
        return None
    last: dict[str, str] = json.loads(noted)
    if differing := [name for name, one in parts.items() if last.get(name) != one]:
        return differing
    files = next((_read(one)[0] for one in keys(STEP, key_of(parts))), {})
    return sorted(f"data/{name}" for name, known in files.items() if facts.get(name) != known)


def _read(key: str) -> tuple[dict[str, str], bytes | None]:
    content = read(STEP, key)
    if content is None:
        return {}, None
    known, _, made = content.partition(b"\n")
    return json.loads(known), made
