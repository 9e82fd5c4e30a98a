"""An edition that is made up, as files: nine questions of 2015 and two that are new, in an area of its own."""

import csv
from pathlib import Path
from typing import Any

import yaml

from conftest import DOMAIN, EDITION

YEAR, SOURCE = "2019", "prov-2019"
ASKED = {
    "saker": ["bbic-licens", "information-placerade-barn"],
    "kunskapsbaserad": [
        "plan-handlaggare", "individuell-plan-handlaggare", "bedomning-utagerande", "bedomning-missbruk",
        "bedomning-foraldraformaga", "uppfoljning-oppenvard", "uppfoljning-dygnsvard",
    ],
}  # fmt: skip
NEW = {
    "subarea": "digitala-vagar",
    "family": "digital-kontakt",
    "name": "Digital kontakt",
    "kind": ["process"],
    "scale": "yes-partly-no",
    "polarity": "higher-better",
    "levels": ["municipality", "county", "nation"],
    "measured_on": ["2019-01-15"],
    "target": "Målet är nått när den som vill kan nå socialtjänsten digitalt.",
    "purpose": "Unga söker hjälp där de är.",
    "question": "Kan unga nå socialtjänsten digitalt? Ja, Delvis eller Nej.",
    "rule": "Ja när kontakten är säker och öppen alla vardagar. Delvis när den bara är det ena.",
    "errors": "Svaret är en självbedömning.",
    "indicators": [
        {"id": "digital-ansokan", "title": "Digital ansökan", "short": "Ansökan", "phrase": "digital ansökan"},
        {"id": "digital-chatt", "title": "Chatt för unga", "short": "Chatt", "phrase": "chatt för unga"},
    ],
}
PLACES = {"0184": "yes", "0191": "no", "0163": "partly", "0180": "yes"}
NAMES = [*(name for names in ASKED.values() for name in names), "digital-ansokan", "digital-chatt"]


def rows_of(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file."""
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, Any]]) -> None:
    """Write rows as a CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


ABOUT = {"name": "Öppna jämförelser 2019 – Social barn- och ungdomsvård", "published_first": 2010, "source": SOURCE}
FROM = {"source": SOURCE, "title": "Prov", "publisher": "FoU", "year": "2019", "address": "", "note": "Påhittad."}
AREA = {"area": "digital", "order": "9", "name": "Digital tillgänglighet", "former_name": "", "notebook": "omrade"}
TABLE = {"table": "digitalt", "order": "20", "area": "digital", "short": "Digitala vägar", "title": "Digitala vägar",
         "source_title": "Ny tabell"}  # fmt: skip
SUBAREA = {"subarea": "digitala-vagar", "order": "30", "area": "digital", "table": "digitalt", "name": "Digitala vägar"}


def add_edition(data: Path) -> Path:
    """Write the edition's folder into a copy of data/ and return it; nothing else in the copy changes."""
    home, model = data / DOMAIN / YEAR, data / EDITION
    (home / "indicators").mkdir(parents=True)
    _write(home / "edition.yml", ABOUT)
    for area, names in ASKED.items():
        families = yaml.safe_load((model / "indicators" / f"{area}.yml").read_text(encoding="utf-8"))
        kept = [{**one, "indicators": [item for item in one["indicators"] if item["id"] in names]} for one in families]
        _write(home / "indicators" / f"{area}.yml", [one for one in kept if one["indicators"]])
    _write(home / "indicators" / "digital.yml", [NEW])
    written = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in (home / "indicators").glob("*.yml")]
    subareas = {family["subarea"] for families in written for family in families}
    rows = [row for row in rows_of(model / "subareas.csv") if row["subarea"] in subareas]
    tables = [row for row in rows_of(model / "tables.csv") if row["table"] in {one["table"] for one in rows}]
    write_rows(home / "sources.csv", [FROM])
    write_rows(home / "areas.csv", [*(row for row in rows_of(model / "areas.csv") if row["area"] in ASKED), AREA])
    write_rows(home / "tables.csv", [*tables, TABLE])
    write_rows(home / "subareas.csv", [*rows, SUBAREA])
    write_rows(home / "results" / f"{SOURCE}.csv", _results())
    return home


def _write(path: Path, content: Any) -> None:
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")


def _results() -> list[dict[str, Any]]:
    """Return every question's answer in four municipalities, and the shares of the county and of the nation."""
    rows = []
    for at, name in enumerate(NAMES):
        given = list(PLACES.values())
        answers = dict(zip(PLACES, given[at % 4 :] + given[: at % 4], strict=True))
        halves = ("digital-ansokan", "digital-chatt", "plan-handlaggare", "individuell-plan-handlaggare")
        cells = {place: ("", one if one != "partly" or name in halves else "no") for place, one in answers.items()}
        cells |= {"01": (f"0.{40 + at}", ""), "00": (f"0.{55 + at}", "")}
        rows += [
            {"edition": YEAR, "indicator": name, "place": place, "value": value, "answer": answer, "status": "observed",
             "numerator": "", "denominator": "", "source": SOURCE}
            for place, (value, answer) in cells.items()
        ]  # fmt: skip
    return rows
