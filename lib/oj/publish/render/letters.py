"""Which letters the PDF's fonts have: what somebody has written may hold any, and one without a shape is no PDF/A."""

import re
import shutil
from functools import cache
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst
from fontTools.ttLib import TTFont

from oj.present.style import font_folder
from oj.words.plain_text import NO_LETTER

AROUND = r'[^"\n\\#\[\]{}]{0,30}'  # what is text, and not Typst's own signs
MOST_TOLD = 5


def with_fonts(source: str) -> tuple[str, Any]:
    """Return Typst source with a sign for each letter that no font has, and its fonts: ours, Typst's and DejaVu."""
    lacking = {ord(sign): NO_LETTER for sign in _lacking(source)}
    return source.translate(lacking), _fonts(spare=bool(_unusual(source)))


def told_letters(source: str) -> str:
    """Return which letters of a Typst source the PDF cannot show, each with the text around it; "" where it has all.

    >>> told_letters('#"Ekerö ☺ 漢"')
    'PDF:ens typsnitt saknar tecken, som blir \ufffd där: ”漢” (U+6F22) i ”Ekerö ☺ 漢”. Byt ut dem om de ska synas.'
    """
    found = [(sign, re.search(f"{AROUND}{re.escape(sign)}{AROUND}", source)) for sign in _lacking(source)]
    told = [f"”{sign}” (U+{ord(sign):04X}) i ”{at[0].strip()}”" for sign, at in found if at]
    more = f" och {len(told) - MOST_TOLD} andra" if len(told) > MOST_TOLD else ""
    start = f"PDF:ens typsnitt saknar tecken, som blir {NO_LETTER} där:"
    return f"{start} {', '.join(told[:MOST_TOLD])}{more}. Byt ut dem om de ska synas." if told else ""


def _unusual(source: str) -> list[str]:
    return sorted(sign for sign in set(source) if not sign.isascii() and ord(sign) not in _usual())


def _lacking(source: str) -> list[str]:
    return [sign for sign in _unusual(source) if sign != NO_LETTER and not _is_shown(sign)]


@cache
def _fonts(*, spare: bool) -> Any:
    folders = [str(font_folder()), *([_spare_folder().name] if spare else [])]
    return typst.Fonts(font_paths=folders, include_system_fonts=False)


@cache
def _spare_folder() -> "TemporaryDirectory[str]":
    """Return a folder with the one of matplotlib's fonts that is of use, until the program ends."""
    folder = TemporaryDirectory(prefix="oj-typsnitt-")
    shutil.copy(Path(str(files("matplotlib"))) / "mpl-data" / "fonts" / "ttf" / "DejaVuSans.ttf", folder.name)
    return folder


@cache
def _usual() -> frozenset[int]:
    return frozenset(TTFont(font_folder() / "SourceSansPro-Regular.ttf", lazy=True).getBestCmap())


@cache
def _is_shown(sign: str) -> bool:
    page = f'#set document(title: [x])\n#set text(font: "Source Sans Pro", lang: "sv")\n#"a{sign}"'
    compiler = typst.Compiler(page.encode(), font_paths=_fonts(spare=True))
    try:
        compiler.compile(format="pdf", pdf_standards=["a-2a", "ua-1"])
    except RuntimeError:
        return False
    return True
