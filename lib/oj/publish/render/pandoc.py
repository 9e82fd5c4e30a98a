"""Run pandoc, which the packages bring, so that it writes the same on every computer."""

import os
import re
import subprocess
from pathlib import Path

import pypandoc

from oj.disk.kept_files import once
from oj.present.output import EXTENSIONS
from oj.publish.store.ground import of_folder, packages
from oj.words.errors import UserError
from oj_start import UTF8


def pandoc(arguments: list[str], text: str, folder: Path | None = None) -> str:
    """Run the package's own pandoc, and no other, on `text`; raise RuntimeError with its own words.

    What it has written of the same before is kept, with `folder` where its templates are.
    """
    made_of = [*arguments, text, of_folder(folder / EXTENSIONS) if folder else "", *packages()]
    return once("pandoc", made_of, lambda: run_pandoc(arguments, text, folder)).decode()


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
