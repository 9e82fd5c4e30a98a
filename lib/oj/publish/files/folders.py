"""Each municipality's own files in one, to send on: `kommuner/solna.zip` with page, sheet, slides and the workbook."""

import re
from pathlib import Path

from oj.disk.zipped import zipped
from oj.publish.chapters.instances import SHEETS, sheet_file

AROUND = re.compile(  # what leads to the rest of the report: lists of chapters, and the scripts that search it
    r'<nav class="(?:chapters|turn)".*?</nav>\s*|<a class="to-chapters".*?</a>\s*|<script\b.*?</script>\s*', re.DOTALL
)
LINK = re.compile(r'<a\b[^>]*\bhref="(?P<to>[^"#]*)[^"]*"[^>]*>(?P<text>.*?)</a>', re.DOTALL)
LOADED = re.compile(r'<(?:img|link)\b[^>]*\b(?:src|href)="([^":]+)"')


def write_folders(report: Path) -> None:
    """Write a zip file for each municipality that has a page in a finished report, the same bytes each time."""
    for page in sorted(report.glob(f"{SHEETS}*.html")):
        name = page.stem.removeprefix(SHEETS)
        own = [*(sheet_file(page.name, end) for end in (".pdf", ".pptx", "-atgarder.docx")), "resultat.xlsx"]
        text = AROUND.sub("", page.read_text(encoding="utf-8"))
        files = [one for one in dict.fromkeys([*own, *LOADED.findall(text)]) if (report / one).is_file()]
        parts = [(page.name, alone(text, files).encode()), *((one, (report / one).read_bytes()) for one in files)]
        target = report / sheet_file(page.name, ".zip")
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(zipped((f"{name}/{one}", content) for one, content in parts))


def alone(page: str, beside: list[str]) -> str:
    """Return a page as it stands without the rest of the report: links lead only within it and to what is beside.

    >>> alone('<a href="#a">A</a> <a href="metod.html#b">Metod</a> <a href="resultat.xlsx">Tal</a>', ["resultat.xlsx"])
    '<a href="#a">A</a> Metod <a href="resultat.xlsx">Tal</a>'
    """
    return LINK.sub(lambda found: found[0] if found["to"] in ("", *beside) else found["text"], page)
