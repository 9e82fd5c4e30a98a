"""Files that are dropped on the pages: each in a folder of its own, outside the project, under a name made safe."""

import re
import secrets
from pathlib import Path
from shutil import copyfileobj

from oj.app.asking.ground import Ground
from oj.app.asking.page import Form
from oj.words.errors import UserError

ENDINGS = (".xlsx", ".csv", ".tsv", ".txt")
LONGEST, UNNAMED = 70, "fil"
UNSAFE = re.compile(r"[^\w .,()+&–-]")
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)  # of Windows


def receive(ground: Ground, form: Form) -> Path:
    """Keep the file that was dropped, and return where; raise UserError where there is none, or it is of another kind.

    What it says, and whether it can be read at all, is told by the command that reads it.
    """
    if form.file is None or not form.file.filename:
        raise UserError("Välj en fil först.")
    name = safe_name(form.file.filename)
    home = ground.uploads / secrets.token_hex(8)
    home.mkdir(mode=0o700)
    with (home / name).open("wb") as target:
        copyfileobj(form.file.file, target)
    return home / name


def safe_name(name: str) -> str:
    """Return a file's name without any folder and without what a name may not have; the words in it are kept.

    >>> safe_name("../../Öppna jämförelser (2019).xlsx"), safe_name("C:\\\\x\\\\con.csv")
    ('Öppna jämförelser (2019).xlsx', '_con.csv')
    """
    last = re.split(r"[/\\]", name)[-1]
    stem, dot, ending = last.rpartition(".")
    stem = UNSAFE.sub("_", stem).strip(" .~$")[:LONGEST] or UNNAMED
    stem = f"_{stem}" if RESERVED.fullmatch(stem) else stem
    kind = f"{dot}{ending}".lower()
    if kind not in ENDINGS:
        allowed = ", ".join(ENDINGS)
        raise UserError(
            f"”{UNSAFE.sub('_', last)[:LONGEST]}” är ingen fil som läses. Den ska sluta på {allowed}. "
            "Är den en tabell av annat slag: öppna den i Excel eller LibreOffice och spara den som .xlsx."
        )
    return f"{stem}{kind}"
