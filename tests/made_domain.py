"""A domain that is made up, as files: two areas and five measures, one of them with a middle step in its own words."""

from itertools import product
from pathlib import Path
from typing import Any

import yaml

from made_edition import write_rows

DOMAIN, YEAR, SOURCE = "stod-och-service", "2015", "prov-stod-2015"
MIDDLE = "Till viss del"
NAME = "Stöd och service till vuxna"
PLACES = {"0184": "yes", "0191": "partly", "0163": "no", "0180": "yes"}
LEVELS = ["municipality", "county", "nation"]
COMMON = {
    "kind": ["process"], "polarity": "higher-better", "levels": LEVELS, "measured_on": ["2015-02-01"],
    "target": "Målet är nått när svaret är Ja.", "purpose": "Den enskilde ska ha inflytande.",
    "question": "Finns det?", "rule": "Ja när det finns.", "errors": "Svaret är en självbedömning.",
}  # fmt: skip
MEASURES: dict[str, list[dict[str, Any]]] = {
    "inflytande": [
        {"id": "egen-plan", "scale": "yes-partly-no", "answers": ["Ja", MIDDLE, "Nej"], "title": "Egen plan"},
        {"id": "brukarrad", "scale": "yes-no", "title": "Brukarråd"},
    ],
    "bostad": [
        {"id": "rutin-vald", "scale": "yes-no", "title": "Rutin om våld"},
        {"id": "egen-lagenhet", "scale": "share", "title": "Egen lägenhet", "kind": ["resultat"]},
        {"id": "handledning", "scale": "hours-per-week", "title": "Handledning", "kind": ["struktur"]},
    ],
}  # fmt: skip
AREAS = {"inflytande": "Inflytande i vardagen", "bostad": "Bostad med särskild service"}
NAMES = [str(item["id"]) for items in MEASURES.values() for item in items]


def add_domain(data: Path) -> Path:
    """Write the domain's folder into a copy of data/ and return its edition's; nothing else in the copy changes."""
    home = data / DOMAIN / YEAR
    (home / "indicators").mkdir(parents=True)
    _write(home.parent / "domain.yml", {"name": NAME, "edition": YEAR})
    about = {"name": f"Öppna jämförelser {YEAR} – {NAME}", "published_first": 2012, "source": SOURCE}
    _write(home / "edition.yml", about)
    for area, items in MEASURES.items():
        _write(home / "indicators" / f"{area}.yml", [_family(area, items)])
    source = {"source": SOURCE, "title": "Prov", "publisher": "FoU", "year": YEAR, "address": "", "note": "Påhittad."}
    write_rows(home / "sources.csv", [source])
    named = [(at, area, name, f"tabell-{at}") for at, (area, name) in enumerate(AREAS.items(), start=1)]
    write_rows(home / "areas.csv", [
        {"area": area, "order": at, "name": name, "former_name": "", "notebook": "omrade"}
        for at, area, name, _table in named
    ])  # fmt: skip
    write_rows(home / "tables.csv", [
        {"table": table, "order": at, "area": area, "short": name, "title": name, "source_title": f"Tabell {at}"}
        for at, area, name, table in named
    ])  # fmt: skip
    write_rows(home / "subareas.csv", [
        {"subarea": f"del-{at}", "order": at, "area": area, "table": table, "name": name}
        for at, area, name, table in named
    ])  # fmt: skip
    write_rows(home / "results" / f"{SOURCE}.csv", _results())
    return home


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _family(area: str, items: list[dict[str, Any]]) -> dict[str, Any]:
    named = [{"short": item["title"], "phrase": item["title"].lower(), **item} for item in items]
    return {
        **COMMON,
        "family": area,
        "subarea": f"del-{1 + [*AREAS].index(area)}",
        "name": AREAS[area],
        "indicators": named,
    }


def _results() -> list[dict[str, Any]]:
    """Return every measure in four municipalities, the county and the nation."""
    rows = []
    for item, (at, place) in product(
        (one for items in MEASURES.values() for one in items), enumerate([*PLACES, "01", "00"])
    ):
        answer, value = "", f"0.{45 + 7 * at}" if item["scale"] != "hours-per-week" else f"{1 + at / 2:.1f}"
        if place in PLACES and item["scale"].startswith("yes"):
            value, answer = "", PLACES[place] if "answers" in item else PLACES[place].replace("partly", "no")
        rows.append({"edition": YEAR, "indicator": item["id"], "place": place, "value": value, "answer": answer,
                     "status": "observed", "numerator": "", "denominator": "", "source": SOURCE})  # fmt: skip
    return rows
