"""Where a report's parts lie."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Folders:
    """Where a report's parts lie."""

    notebooks: Path
    build: Path
    reports: Path
    cache: Path | None = None  # where what is made is kept for the next time


def default_folders() -> Folders:
    """Return the project's own folders."""
    root = Path(__file__).parents[3]
    return Folders(root / "notebooks", root / "build", root / "reports", root / "cache" / "rapporter")
