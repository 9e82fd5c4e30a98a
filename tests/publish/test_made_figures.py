"""A domain of key figures that files alone make: no line of lib/ knows of it, and its report is whole.

Two areas and five measures with made names and ids, one answered with a middle step in its own words.
"""

import shutil
from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pandas as pd
import pytest
import yaml

import oj
from conftest import DATA
from oj.cli import run
from oj.facts.editions import domain_folder, using
from oj.facts.params import CURRENT, ReportParameters
from oj.facts.places import all_places, slug
from oj.sources.kolada.values import COLUMNS, Fetched, write_key_figures
from publish.building import build_on
from publish.read_pdf import printed_text

DOMAIN, NAME = "sallsyntprov", "Stöd till biodlare"
COUNTY, PLACES = "10", ("1060", "1080", "1081", "1082", "1083")
AREAS = {"kupan": "Tryggt i kupan", "honungen": "Honung i tid"}
MIDDLE = "I viss mån"
YEARS = (2021, 2022)
MEASURES = {  # its area, its title in Kolada, its unit
    "plan-for-kupor": ("kupan", f"Kommunen har en plan för kupor (Ja=2, {MIDDLE}=1, Nej=0)", "answer"),
    "rutin-vid-svarm": ("kupan", "Rutin vid svärm (Ja=1, Nej=0)", "answer"),
    "odlare-med-handledning": ("kupan", "Biodlare med handledning, andel (%)", "percent"),
    "dagar-till-slungning": ("honungen", "Väntetid till slungning, dagar", "days"),
    "kostnad-for-honung": ("honungen", "Kostnad för honung, kr/inv", "kr-per-inhabitant"),
}


def add_domain(
    data: Path, domain: str = DOMAIN, counties: Mapping[str, Sequence[str]] = MappingProxyType({COUNTY: PLACES})
) -> Path:
    """Write the domain's three files into a copy of data/, and what a fetch would leave beside them, by county."""
    home = data / domain
    home.mkdir()
    common = {"polarity": "higher-better", "gendered": False, "decimals": 0, "first_year": 2021, "source": "Prov",
              "caution": "Talet är påhittat."}  # fmt: skip
    families = [
        {"area": area, "table": f"{area}-tal", "unit": unit, **common, "key_figures": [
            {"id": name, "kolada": f"U9999{at}", "title": title, "name": name.replace("-", " "),
             "phrase": title.lower(), "question": "Finns det?"}
            | ({"coding": {"2": "yes", "1": "partly", "0": "no"}, "answers": ["Ja", MIDDLE, "Nej"]} if at == 0 else {})
            | ({"coding": {"1": "yes", "0": "no"}} if at == 1 else {})
        ]}
        for at, (name, (area, title, unit)) in enumerate(MEASURES.items())
    ]  # fmt: skip
    figures = {"peer_groups": [], "nation": "Koladas", "areas": AREAS,
               "charts": {f"{area}-tal": ["lines"] for area in AREAS},
               "tables": {f"{area}-tal": title for area, title in AREAS.items()}, "families": families}  # fmt: skip
    texts = dict.fromkeys(("aktuell", "aktuell-lasa", "aktuell-oversikt"), "Det här är ett prov.")
    for name, content in (("domain", {"name": NAME}), ("key_figures", figures), ("texts", {"prose": texts})):
        text = yaml.safe_dump(content, allow_unicode=True, sort_keys=False)
        (home / f"{name}.yml").write_text(text, encoding="utf-8")
    fetched = {}
    for county, places in counties.items():
        told = Fetched(county=county, address="https://api.kolada.se/v3/", fetched="2026-11-22", stopped=[], groups=[],
                       answers=[])  # fmt: skip
        table = pd.DataFrame(rows(places), columns=COLUMNS).astype({"value": "float64"})
        fetched[slug(all_places()[county].short)] = (table, told)
    with using(data):
        write_key_figures(fetched, home)
    return home


def rows(places: Sequence[str]) -> list[tuple[Any, ...]]:
    """Return every measure in a county's municipalities and the nation, in two years."""
    found = []
    for at, year, (step, place) in product(range(len(MEASURES)), YEARS, enumerate([*places, "00"])):
        name, (_area, title, unit) = list(MEASURES.items())[at]
        steps = 3 if MIDDLE in title else 2
        value = (step + year) % steps if unit == "answer" else 20 + 10 * step + at + year % 10
        if not (unit == "answer" and place == "00"):
            found.append((name, place, year, "total", float(value), "observed", 1, "", "kolada"))
    return found


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of data/ with the domain."""
    copy = Path(shutil.copytree(DATA, tmp_path_factory.mktemp("figures") / "data"))
    add_domain(copy)
    return copy


def test_files_alone_make_a_domain_of_key_figures_and_its_report(data: Path, tmp_path: Path) -> None:
    with using(data):
        assert run(["check", DOMAIN]) == 0
    figures = oj.figures("Blekinge", domain=DOMAIN, folder=data)
    assert set(figures.measures) == set(MEASURES)
    assert MIDDLE in set(figures.of("plan-for-kupor").frame["display"])
    report = build_on(data, ReportParameters(county="Blekinge", domain=DOMAIN, edition=CURRENT), tmp_path)
    pages = [path.read_text(encoding="utf-8") for path in sorted(report.glob("*.html"))]
    printed = printed_text(report / "rapport.pdf")
    for text in (" ".join(pages), printed):
        told = " ".join(text.split())
        assert [name for name in (NAME, *AREAS.values(), MIDDLE, "Karlskrona") if name not in told] == []
        assert [name for name in ("barn- och ungdom", "LSS", "placerade") if name in told] == []
    shown = pd.read_csv(report / "resultat.csv", dtype={"place": str})
    assert sorted({*shown["indicator"]}) == sorted(MEASURES)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [("kupan-tal", "kupan", "är också ett områdes namn under areas"),
     ("area: kupan", "area: kupann", "står inte under areas. Menade du ”kupan”?")],
)  # fmt: skip
def test_a_name_that_no_report_could_be_built_with_is_told_before_one_is(
    data: Path, tmp_path: Path, old: str, new: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = Path(shutil.copytree(data, tmp_path / "data")) / DOMAIN / "key_figures.yml"
    file.write_text(file.read_text("utf-8").replace(old, new), encoding="utf-8")
    with using(tmp_path / "data"):
        assert run(["check", DOMAIN]) == 1
    assert told in capsys.readouterr().out


def test_no_line_of_lib_knows_of_it(data: Path) -> None:
    """What the report says of it stands in its files, and what lib/ is made of says none of it."""
    lib = " ".join(path.read_text(encoding="utf-8") for path in (DATA.parent / "lib").rglob("*.py"))
    words = [DOMAIN, NAME, MIDDLE, *AREAS.values(), *MEASURES]
    assert [word for word in words if word in lib] == []
    assert {path.name for path in domain_folder(data, DOMAIN).glob("*.yml")} == {
        "domain.yml", "key_figures.yml", "texts.yml",
    }  # fmt: skip
