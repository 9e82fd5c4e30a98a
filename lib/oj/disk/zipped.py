"""Zip files of the same bytes on every system, whatever the clock says: what .xlsx and .docx are kept in."""

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EARLIEST = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can hold


def zipped(parts: Iterable[tuple[str, bytes]]) -> bytes:
    """Return a zip file of parts, each with its name, in their order."""
    content = BytesIO()
    with ZipFile(content, "w") as target:
        for name, part in parts:
            entry = ZipInfo(name, EARLIEST)
            entry.create_system, entry.external_attr = 3, 0o600 << 16  # as Unix has it, also on Windows
            target.writestr(entry, part, ZIP_DEFLATED, 6)
    return content.getvalue()
