"""Run pandoc, which the packages bring, so that it writes the same on every computer."""

import json
import os
import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from oj.disk.kept_files import each_once, once
from oj.present.output import EXTENSIONS
from oj.publish.store.ground import of_folder, packages
from oj.words.errors import UserError
from oj_start import UTF8

BETWEEN = "<!-- oj: nästa kapitel -->"


def pandoc(arguments: list[str], text: str, folder: Path | None = None) -> str:
    """Run the package's own pandoc, and no other, on `text`; raise RuntimeError with its own words.

    What it has written of the same before is kept, with `folder` where its templates are.
    """
    made_of = [*arguments, text, of_folder(folder / EXTENSIONS) if folder else "", *packages()]
    return once("pandoc", made_of, lambda: run_pandoc(arguments, text, folder)).decode()


def pandoc_each(arguments: list[str], documents: Sequence[str]) -> list[str]:
    """Return what `pandoc` writes as HTML of each of several documents in its JSON, with one run for those not kept.

    To start the program takes longer than to write a chapter.
    """

    def made(numbers: list[int]) -> list[bytes]:
        own = [json.loads(documents[at])["blocks"] for at in numbers]
        divs = [
            [{"t": "Div", "c": [["", [], []], blocks]}, {"t": "RawBlock", "c": ["html", BETWEEN]}] for blocks in own
        ]
        joined = {"pandoc-api-version": [1, 23, 1], "meta": {}, "blocks": [one for pair in divs for one in pair]}
        parts = run_pandoc(arguments, json.dumps(joined), None).decode().split(f"{BETWEEN}\n")
        return [one.removeprefix("<div>\n").removesuffix("</div>\n").encode() for one in parts[:-1]]

    made_of = [["each", *arguments, one, *packages()] for one in documents]
    return [one.decode() for one in each_once("pandoc", made_of, made)]


def run_pandoc(arguments: list[str], text: str, folder: Path | None) -> bytes:
    """Run pandoc as `pandoc` does, whether it has written the same before or not; it may write to a file."""
    own = Path(pypandoc.__file__).with_name("files")
    done = subprocess.run(
        [str(own / "pandoc"), f"--data-dir={own}", *arguments], input=text.encode(), capture_output=True, cwd=folder,
        check=False, env=os.environ | {"LC_ALL": UTF8},
    )  # fmt: skip
    complaint = done.stderr.decode()
    if twice := re.search(r"Duplicate identifier '([^']+)'", complaint):
        raise UserError(f"Etiketten ”{twice[1]}” förekommer två gånger.")
    if done.returncode or complaint.strip():
        raise RuntimeError(f"pandoc {' '.join(arguments)}: {complaint.strip()}")
    return done.stdout
