"""Run pandoc, which the packages bring, so that it writes the same on every computer."""

import os
import re
import subprocess
from pathlib import Path

import pypandoc

from oj.words.errors import UserError
from oj_start import UTF8


def pandoc(arguments: list[str], text: str, folder: Path | None = None) -> str:
    """Run the package's own pandoc, and no other, on `text`; raise RuntimeError with its own words."""
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
    return done.stdout.decode()
