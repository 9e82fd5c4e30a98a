"""`oj fetch` and `oj report` of a domain that is files alone: its values and words in every format, and no other's."""

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import oj
from conftest import DATA, refused
from kolada_server import GROUPS, SKANE, Kolada, item, serving, value
from oj.cli import run
from oj.disk.folders import default_folders
from oj.facts.editions import domain_folder, using
from oj.facts.files import hashes
from oj.facts.key_figures import key_figures
from oj.facts.params import CURRENT, read_parameters
from oj.present.output import Table
from oj.publish.build.contents import contents
from oj.tidy.door import figures
from oj.words.errors import UserError
from publish.building import build_on
from publish.grids import one_line
from publish.read_html import read_page
from publish.read_pdf import read_pdf
from publish.read_word import read_word, text_of
from publish.test_slides import slides_in

LSS = "lss"
YEARS = (2018, 2019, 2022)
KNOWN = key_figures(domain_folder(DATA, LSS))
OF_CHILDREN = re.compile(r"(?i)\b\w*(?:barn|unga|ungdom|flick|pojk|placera|vårdnadshav|familjehem|socialsekret)\w*")


def made_values() -> list[dict[str, Any]]:
    """Return made values of Skåne and some others: a nought that is an answer, and a municipality that lacks one."""
    data = []
    for at, one in enumerate(KNOWN.values()):
        for year in YEARS:
            for step, place in enumerate([*SKANE, "0180", "0380", "0980"]):
                told = 0.0 if (place, year) == ("1280", 2018) else float((7 * at + 11 * step + year) % 101)
                if (place, year) != ("1230", 2022):
                    data.append(item(one.kolada, place, year, value(told)))
            data.append(item(one.kolada, "0000", year, value(float(50 + at))))
    return data


@dataclass(frozen=True)
class Made:
    """The facts, what was made of them, and the text of each format."""

    data: Path
    report: Path
    texts: dict[str, str]
    pages: set[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Fetch from a made Kolada by the command and build the report of two municipalities."""
    root = tmp_path_factory.mktemp(LSS)
    data = Path(shutil.copytree(DATA, root / "data"))
    catalog = {one.kolada: one.model_dump() for one in KNOWN.values()}
    path = data / LSS / "key_figures.yml"
    text = path.read_text(encoding="utf-8")
    start, end = text.index("peer_groups:"), text.index("\n# Vad rikets tal")
    titles = "".join(f"  - {title}\n" for title, _members in list(GROUPS.values())[:3])
    path.write_text(text[:start] + f"peer_groups:\n{titles}" + text[end:], encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch, serving(Kolada(catalog, data=made_values())) as address:
        patch.setenv("OJ_KOLADA_URL", address)
        patch.setenv("OJ_DATA", str(data))
        patch.setattr("oj.sources.kolada.cache.cache_folder", lambda: root / "cache")
        patch.setattr("time.sleep", lambda _seconds: None)
        assert run(["fetch", "Skåne", "--domain", LSS, "--date", "2022-12-01", "-q"]) == 0
    with using(data):
        parameters = read_parameters("Skåne", domain=LSS).model_copy(update={"municipalities": ["Malmö", "Lund"]})
    report = build_on(data, parameters, root)
    pages = {one.stem for one in report.glob("*.html")}
    printed = [text for name in ("rapport", "bilaga") for text in read_pdf(report / f"{name}.pdf").texts.values()]
    texts = {
        "html": " ".join(read_page(one).text for one in sorted(report.glob("*.html"))),
        "pdf": one_line(" ".join(printed)),
        "word": text_of(read_word(report / "rapport.docx").element.body),
    }
    clean = {name: " ".join(one.replace("\u00ad", "").split()) for name, one in texts.items()}
    return Made(data, report, clean, pages)


def test_what_is_fetched_lies_apart_from_the_usual_domains(made: Made) -> None:
    assert {one.name for one in (made.data / "key_figures" / LSS).iterdir()} == {"skane.csv", "skane.yml"}
    assert [one.name for one in (made.data / "key_figures").iterdir()] == [LSS]
    assert [one.name for one in (made.data.parent / "cache").iterdir()] == [LSS]


def test_the_book_has_its_chapters(made: Made) -> None:
    assert made.report.name == "skane-lss-aktuell"
    areas = {"individanpassad", "samordning", "kunskapsbaserad", "saker"}
    whole = {"index", "inledning", "oversikt", "metod", "summary-en"}
    assert made.pages == {*whole, "kommun-malmo", "kommun-lund", *areas}


@pytest.mark.parametrize("name", ["html", "pdf", "word"])
def test_every_format_speaks_of_the_domain_and_of_no_other(made: Made, name: str) -> None:
    text = made.texts[name]
    for wanted in (
        "Aktuella nyckeltal 2022 – Stöd och service enligt LSS",
        "Socialstyrelsens enhetsundersökning LSS",
        "32 nyckeltal ur databasen Kolada",
        "Genomförandeplaner i daglig verksamhet",
        "Noll betyder att ingen av enheterna som svarade når indikatorn",
        "minst tio procentenheter",
        "De andra 26 nyckeltalen.",
        "Ett tal för riket utan * är Koladas, och inget medelvärde av kommunernas;",
        "Källa: Kolada",
    ):
        assert wanted in text, wanted
    assert OF_CHILDREN.findall(text) == []
    assert "kvinnor" not in text
    assert "Öppna jämförelser 2015" not in text


def test_every_value_is_the_fetched_one(made: Made) -> None:
    rows = pd.read_csv(made.report / "resultat.csv", dtype={"place": str})
    shown = {(one.indicator, one.place, one.year): one.value for one in rows.itertuples() if one.source == "kolada"}
    names = {one.kolada: one.id for one in KNOWN.values()}
    wanted = {
        (names[one["kpi"]], "00" if one["municipality"] == "0000" else one["municipality"], one["period"]):
            one["values"][0]["value"]
        for one in made_values()
        if one["municipality"] in ("0000", "1280", "1281")
    }  # fmt: skip
    assert shown == wanted
    assert len(wanted) == 32 * 3 * 3


def test_a_nought_that_is_an_answer_counts_in_a_change(made: Made) -> None:
    with using(made.data):
        told = " ".join(made.texts["html"].split())
        assert "från 0 % (2018) till" in told
        assert figures("Skåne", domain=LSS).edition == CURRENT


def test_the_drawings_of_a_sheet_have_room_on_their_pages(made: Made) -> None:
    page = (made.report / "kommun-malmo.html").read_text(encoding="utf-8")
    assert ", fortsättning." in page
    assert "Flickor" not in page


def test_errors_name_the_commands_of_the_domain(made: Made) -> None:
    with using(made.data), refused("make fetch COUNTY=Halland DOMAIN=lss (oj fetch Halland --domain lss)"):
        contents(read_parameters("Halland", domain=LSS), default_folders().notebooks)
    with using(made.data), pytest.raises(UserError, match="Inget är hämtat"):
        contents(read_parameters("Skåne", edition=CURRENT), default_folders().notebooks)  # of the usual domain


def test_another_domains_files_are_as_they_were(made: Made) -> None:
    usual = domain_folder(DATA)
    assert hashes(made.data / usual.name) == hashes(usual)


def test_a_slides_table_says_what_its_numbers_are(made: Made) -> None:
    """”andel, 2022” twice stood over the municipalities and the last of six shares: nobody could tell which."""
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    heads, beside = list[list[str]](), 0
    for path in made.report.rglob("*.pptx"):
        for slide in slides_in(path):
            tables = [*slide.iter(f"{drawing}tbl")]
            beside += bool(tables) and bool([*slide.iter(f"{drawing}blip")])
            cells = [[*next(table.iter(f"{drawing}tr")).iter(f"{drawing}tc")] for table in tables]
            heads += [["".join(part.text or "" for part in one.iter(f"{drawing}t")) for one in row] for row in cells]
    assert heads
    assert all(len({*head}) == len(head) and not any(one.startswith("andel") for one in head) for head in heads), heads
    assert beside == 0  # no picture of six shares has one of them beside it


def test_what_kolada_counts_is_not_told_as_answers(made: Made) -> None:
    """Its count is of places: 67 per cent was told as of ”1 svar”."""
    based = pd.read_csv(made.report / "ursprung.csv", dtype=str)["base"].dropna().unique().tolist()
    assert based
    assert all(one.endswith(" kommuner") for one in based), based


def test_a_note_of_a_star_stands_where_one_is(made: Made) -> None:
    with using(made.data):
        lone = figures("Skåne", CURRENT, ["Lund"], domain=LSS)
        rows = lone.frame[lone.frame["level"] != "county"]
        shown = oj.table(replace(lone, frame=rows))
    assert isinstance(shown, Table)
    assert ("*" in shown.html) == ("Talen med *" in shown.notes[0]) is False


def test_no_column_says_the_same_of_every_measure(made: Made) -> None:
    assert "Inget brott i serierna är känt." in made.texts["html"]
    assert "Inget känt." not in made.texts["html"]
