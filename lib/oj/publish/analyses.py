"""Each executed notebook with its code, as a page for whoever wants to check how a figure came about."""

import re
from pathlib import Path

import nbformat

FOLDER = "analys"
EXTERNAL = re.compile(r"<(?:script|link)\b[^>]*\b(?:src|href)=[\"']https?://", re.IGNORECASE)
PAGE = """<!doctype html>
<html lang="sv-SE">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – kod och utfall</title>
<link rel="stylesheet" href="../utseende/lansrapport.css">
<style>
body {{ max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
.input pre {{ background: var(--soft); padding: .6rem .8rem; overflow-x: auto; font-size: .85rem; }}
.prompt, .anchor-link {{ display: none; }}
.output table {{ display: block; overflow-x: auto; }}
{colours}
</style>
</head>
<body>
<p><a href="../{chapter}">← Till kapitlet</a></p>
{body}
</body>
</html>
"""


def write_analyses(executed: Path, names: list[str], target: Path) -> None:
    """Write one page per executed notebook to `target`/analys; raise RuntimeError for an external script."""
    from nbconvert import HTMLExporter
    from pygments.formatters import HtmlFormatter

    exporter = HTMLExporter(template_name="basic")
    colours = HtmlFormatter(style="default").get_style_defs(".highlight")
    (target / FOLDER).mkdir()
    for name in names:
        notebook = nbformat.read(executed / name, as_version=4)
        body, _resources = exporter.from_notebook_node(notebook)
        if EXTERNAL.search(body):
            raise RuntimeError(f"{name}: den körda notebooken hämtar något utifrån")
        stem = Path(name).stem
        page = PAGE.format(title=stem, chapter=f"{stem}.html", colours=colours, body=body)
        (target / FOLDER / f"{stem}.html").write_text(page, encoding="utf-8")
