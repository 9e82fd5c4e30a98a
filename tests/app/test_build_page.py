"""Reports on the pages: what there is, and a new one by the same file as one writes by hand."""

import os
import re
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from conftest import DOMAIN
from importing import result, write
from oj.app.asking.ground import Ground
from oj.app.asking.page import PLACES, in_the_page
from oj.app.pages.build import LABELS
from oj.app.pages.reports import _shown
from oj.disk.folders import Folders
from oj.facts.params import read_parameters
from oj.facts.places import all_places
from oj.publish.site.reports import Report

CHOSEN = {"lan": "01", "om": "barn-och-unga/2015", "grupp": ""}
WANTED = {**CHOSEN, "vilka": "valda", "kommun": ["0184", "0191"], "group_name": "De två", "gor": "bygg"}


def drawn(kind: str, size: tuple[int, int] = (300, 100), **more: Any) -> bytes:
    """Return a picture."""
    written = BytesIO()
    Image.new("RGB", size, "#12436D").save(written, kind, **more)
    return written.getvalue()


def test_the_first_page_says_what_to_do_where_there_is_nothing(client: TestClient) -> None:
    text = client.get("/").text
    assert 'href="/ny">Gör en rapport</a>' in text
    main = text.split("<main")[1]
    assert [path for path in PLACES.values() if path != "/" and f'href="{path}"' not in main] == []


def test_the_form_shows_what_is_written(client: TestClient) -> None:
    text = client.get("/ny", params=CHOSEN).text
    assert 'value="0184" checked> Solna' in text
    assert 'value="0180"> Stockholm' in text
    assert 'value="Nordvästkommunerna"' in text
    assert 'value="06" checked> Jönköpings län' in text


def test_a_municipality_without_results_is_told_before_it_is_chosen(client: TestClient) -> None:
    text = client.get("/ny", params=CHOSEN).text
    assert "Solna <small>inga resultat</small>" not in text
    assert 'value="0180"> Stockholm <small>inga resultat</small>' in text


@pytest.mark.parametrize("group", ["", "+"])
def test_a_report_that_cannot_be_built_is_not_begun_nor_written(post: Post, ground: Ground, group: str) -> None:
    """A new group was there when it had been refused, so that its name was taken; what was written was gone."""
    before = {path: path.read_bytes() for path in ground.params.rglob("*.yml")}
    answer = post("/ny", **{**WANTED, "grupp": group, "kommun": ["0180"], "jamfor": "06", "publisher": "FoU ”Nord”"})
    assert answer.status_code == 400
    assert "Det finns inga resultat för Stockholm." in answer.text
    assert {path: path.read_bytes() for path in ground.params.rglob("*.yml")} == before
    form = answer.text.split('<form id="valet"')[1]
    assert re.findall(r'name="(?:kommun|jamfor)" value="(\d+)" checked', form) == ["0180", "06"]
    values = dict(re.findall(r'<input id="(group_name|publisher)"[^>]* value="([^"]*)"', form))
    assert values == {"group_name": "De två", "publisher": "FoU ”Nord”"}
    assert f'name="grupp" value="{group}"' in form


def test_a_municipality_is_ticked_on_its_shape_too(client: TestClient) -> None:
    """The shape is in the label of the checkbox, so that it needs no script; to those who see no map it is nothing."""
    text = client.get("/ny", params=CHOSEN).text
    labels = re.findall(r'<label><input type="checkbox" name="kommun" value="(\d+)".*?</label>', text)
    assert len(labels) == text.count('aria-hidden="true"><path d="M') == 26
    assert re.search(r'value="0184" checked> Solna<svg [^>]*><path d="M[\dMLZ ]+"><title>Solna</title>', text)
    assert "<svg" not in client.get("/ny", params={**CHOSEN, "lan": "09"}).text, "there is nothing to choose on Gotland"


def test_ticks_are_never_left_out_without_a_word(client: TestClient, post: Post, ground: Ground) -> None:
    """A new group begins with those that are ticked, and none is no group."""
    assert 'value="valda" checked' in client.get("/ny", params={**CHOSEN, "grupp": "+"}).text
    assert 'value="alla" checked' in client.get("/ny", params={**CHOSEN, "lan": "06"}).text
    before = {path: path.read_bytes() for path in ground.params.rglob("*.yml")}
    answer = post("/ny", **{**WANTED, "kommun": []})
    assert (answer.status_code, "Kryssa i minst en kommun" in answer.text) == (400, True)
    assert {path: path.read_bytes() for path in ground.params.rglob("*.yml")} == before


def test_another_book_than_was_asked_for_is_told(client: TestClient, post: Post, ground: Ground) -> None:
    kalmar = {**CHOSEN, "lan": "08"}
    assert "Rapporten som byggs heter i stället Utveckling över tid." in client.get("/ny/innehall", params=kalmar).text
    post("/ny", **kalmar, vilka="alla", gor="bygg")
    assert asked_last(ground)["title"] == "Bygger Kalmar län, Utveckling över tid"
    saved = post("/ny", **kalmar, vilka="alla", gor="spara").headers["location"]
    assert 'class="state">Sparat' in client.get(saved).text


def test_what_is_unchanged_leaves_the_file_to_the_byte(post: Post, ground: Ground) -> None:
    own = ground.params / "stockholm.yml"
    before = own.read_bytes()
    municipalities = ["0114", "0123", "0125", "0139", "0163", "0183", "0184", "0191"]
    said = {**WANTED, "kommun": municipalities, "group_name": "Nordvästkommunerna", "jamfor": "06"}
    assert post("/ny", **said).status_code == 303
    assert own.read_bytes() == before


def test_a_report_is_built_of_the_same_file_as_by_hand(post: Post, ground: Ground) -> None:
    answer = post("/ny", **WANTED, publisher="FoU – ”Nord”: #1", date="2015-06-30")
    assert answer.headers["location"] == "/arbete/1"
    found = read_parameters("Stockholm", ground.params)
    assert (found.municipalities, found.group_name) == (["Solna", "Sigtuna"], "De två")
    assert (found.publisher, found.date, found.compare_with) == ("FoU – ”Nord”: #1", "2015-06-30", [])
    text = (ground.params / "stockholm.yml").read_text(encoding="utf-8")
    assert text.startswith("# Nordvästkommunernas rapport"), "what somebody noted at the top stays"
    assert "municipalities:\n  - Solna\n" in text
    assert asked_last(ground)["commands"] == [
        ["report", "--domain=barn-och-unga", "--edition=2015", "--", "Stockholm"],
    ]  # fmt: skip


def test_a_new_group_gets_a_file_and_a_report_of_its_own(client: TestClient, post: Post, ground: Ground) -> None:
    before = (ground.params / "stockholm.yml").read_bytes()
    assert post("/ny", **{**WANTED, "grupp": "+"}).status_code == 303
    assert (ground.params / "stockholm.yml").read_bytes() == before
    assert read_parameters("Stockholm", ground.params, "de-tva").municipalities == ["Solna", "Sigtuna"]
    assert asked_last(ground)["commands"][0][1] == "--group=de-tva"
    assert 'value="de-tva">Gruppen De två<' in client.get("/ny", params=CHOSEN).text
    assert "finns redan" in post("/ny", **{**WANTED, "grupp": "+"}).text


def test_a_new_group_begins_with_who_signs_and_with_nobody_to_compare_with(client: TestClient, post: Post) -> None:
    """Another report's county was ticked there, folded away, though nobody had said that the group is compared."""
    said = {**WANTED, "gor": "spara", "jamfor": ["06"], "publisher": "FoU", "date": "2015-06-30"}
    post("/ny", **said)
    text = client.get("/ny", params={**CHOSEN, "grupp": "+"}).text
    assert re.findall(r'name="(?:kommun|jamfor)" value="\d+" checked', text) == []
    values = {name: re.findall(rf'id="{name}"[^>]* value="([^"]*)"', text) for name in ("publisher", "date")}
    assert values == {"publisher": ["FoU"], "date": [""]}


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("lan", "99", "Välj län i listan"), ("om", "../hem", "Välj vad rapporten ska visa"),
        ("kommun", "1280", "Välj kommunerna i listan"), ("jamfor", "../x", "Välj län att jämföra med"),
        ("date", "i dag", "inget datum"), ("grupp", "../../x", "Välj grupp i listan"),
        ("group_name", "x" * 300, "group_name"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_told_and_nothing_is_written(
    post: Post, ground: Ground, field: str, value: str, told: str
) -> None:
    before = {path: path.read_bytes() for path in ground.params.rglob("*.yml")}
    answer = post("/ny", **{**WANTED, field: value})
    assert answer.status_code == 400
    assert told in answer.text
    assert {path: path.read_bytes() for path in ground.params.rglob("*.yml")} == before


def test_a_logo_is_kept_beside_the_parameters(client: TestClient, post: Post, ground: Ground) -> None:
    """Only what is seen of it; it stays until it is taken away, and without a sender it has no words."""
    picture = {"fil": ("../../x.jpg", drawn("JPEG", exif=b"Exif\0\0GPS"), "image/jpeg")}
    refused = post("/ny", **{**WANTED, "gor": "spara"}, files=picture)
    assert (refused.status_code, "Skriv avsändaren" in refused.text) == (400, True)
    signed = {**WANTED, "gor": "spara", "publisher": "FoU Nordväst"}
    for files in (picture, None):  # kept when nothing is said of it
        post("/ny", **signed, files=files)
        assert read_parameters("Stockholm", ground.params).logo == "stockholm-logotyp.png"
    kept = (ground.params / "stockholm-logotyp.png").read_bytes()
    assert kept.startswith(b"\x89PNG")
    assert b"GPS" not in kept
    text = client.get("/ny", params=CHOSEN).text
    assert 'src="data:image/png;base64,' in text
    assert 'alt="Logotypen som den är nu: FoU Nordväst"' in text
    post("/ny", **signed, **{"utan-logotyp": "1"})
    assert read_parameters("Stockholm", ground.params).logo == ""


def test_what_is_no_logo_is_told_and_nothing_is_written(post: Post, ground: Ground) -> None:
    before = {path: path.read_bytes() for path in ground.params.rglob("*") if path.is_file()}
    for content, told in (
        (b"<svg onload='x()'/>", "ingen PNG- eller JPEG-bild"), (drawn("PNG")[:60], "ingen PNG- eller JPEG-bild"),
        (drawn("GIF"), "ingen PNG- eller JPEG-bild"), (drawn("PNG", (20, 20)), "ha mellan 40 och 6000"),
        (drawn("PNG", (900, 50)), "8 gånger så bred"), (b"\x89PNG" * 600_000, "högst 2 MB"),
    ):  # fmt: skip
        answer = post("/ny", **WANTED, publisher="FoU", files={"fil": ("x.png", content)})
        assert (answer.status_code, told in answer.text) == (400, True), told
    assert {path: path.read_bytes() for path in ground.params.rglob("*") if path.is_file()} == before


def test_two_do_not_build_the_same(post: Post) -> None:
    assert post("/ny", **WANTED).headers["location"] == post("/ny", **WANTED).headers["location"] == "/arbete/1"


def test_progress_and_end_are_told(client: TestClient, post: Post, ground: Ground) -> None:
    post("/ny", **WANTED)
    log = ground.home / "jobs" / "1" / "log"
    log.write_text("Kör notebookerna\n  2 av 3 kapitel körs\n  index.ipynb\n", encoding="utf-8")
    text = client.get("/arbete/1").text
    assert "1 av 2 kapitel" in text
    assert '<noscript><meta http-equiv="refresh"' in text
    assert "hx-refresh" not in client.get("/arbete/1/laget").headers
    end(ground, 0, "/hem/reports/stockholm-2015/index.html")
    assert client.get("/arbete/1/laget").headers["hx-refresh"] == "true"
    built = client.get("/arbete/1").text
    assert 'href="/rapporter/stockholm-2015/index.html">Öppna rapporten' in built
    assert "<h1>Byggt: Stockholms län, De två, 2015</h1>" in built


def test_what_fails_is_told_in_the_words_of_the_page(client: TestClient, post: Post, ground: Ground) -> None:
    post("/ny", **WANTED)
    end(
        ground,
        2,
        "Kör notebookerna",
        "  index.ipynb",
        "Fel: params/report.yml: Rapporten byggs redan av eva. Vänta tills det är klart och kör samma kommando igen.",
    )
    text = client.get("/arbete/1").text
    log = text.partition("<details><summary>Vad som gjordes</summary>")[2]
    assert ("Skriver kapitlen" in log, "Fel: " in log) == (True, False)
    assert "byggs redan av eva. Vänta tills det är klart och försök igen." in text
    assert "kommando" not in text


def test_what_a_report_may_hold_is_told(client: TestClient) -> None:
    text = client.get("/ny/innehall", params=CHOSEN, headers={"hx-request": "true"}).text
    assert "8 av 26 kommuner: Upplands Väsby, Järfälla" in text
    assert "Uppgifter att visa: " in text
    assert "Ett x är en uppgift som finns men inte får visas" in text
    assert "<html" not in text
    over_time = client.get("/ny/innehall", params={**CHOSEN, "om": "barn-och-unga/over-tid"}).text
    assert "Rapporten kan inte byggas än. Det finns inga uppgifter över åren för Upplands Väsby" in over_time
    kalmar = client.get("/ny/innehall", params={**CHOSEN, "lan": "08"}).text
    assert "1 av 12 kommuner: Kalmar. De andra i länet har inga uppgifter i den." in kalmar
    assert '<a href="/las-in">läs in dem</a>' in kalmar
    lacking = client.get("/ny/innehall", params={**CHOSEN, "lan": "12"}).text
    assert "Rapporten kan inte byggas än." in lacking
    assert "make " not in lacking


def test_what_it_may_hold_follows_the_ticks(client: TestClient) -> None:
    """The box said all of the county's while a new group had nobody, and those that were written while others were."""
    form = client.get("/ny", params=CHOSEN).text
    assert 'hx-trigger="load, change from:#valet' in form
    own = {**CHOSEN, "vilka": "valda"}
    told = client.get("/ny/innehall", params={**own, "kommun": ["0184", "0191"], "jamfor": "06"}).text
    assert "2 av 26 kommuner: " in told
    assert "Solna" in told
    every = client.get("/ny/innehall", params={**CHOSEN, "vilka": "alla"}).text
    assert "De andra i länet har inga uppgifter i den." in every
    for nobody in (own, {**CHOSEN, "grupp": "+"}):
        assert "Kryssa i de kommuner som ska vara med" in client.get("/ny/innehall", params=nobody).text
    assert "Välj kommunerna i listan" in client.get("/ny/innehall", params={**own, "kommun": "1280"}).text


def test_the_countys_own_report_says_when_it_is_of_some(client: TestClient) -> None:
    assert ">Länets rapport, nu Nordvästkommunerna: 8 av 26 kommuner<" in client.get("/ny", params=CHOSEN).text
    assert ">Hela länet<" in client.get("/ny", params={**CHOSEN, "lan": "08"}).text


def test_what_some_were_called_is_not_what_all_are_called(post: Post, ground: Ground) -> None:
    every = [code for code, one in all_places().items() if one.level == "municipality" and one.county == "01"]
    own, before = ground.params / "stockholm.yml", (ground.params / "stockholm.yml").read_bytes()
    for which, name, kept in (
        ({"vilka": "alla"}, "Nordvästkommunerna", ""), ({"kommun": every}, "Nordvästkommunerna", ""),
        ({"vilka": "alla"}, "Storstockholm", "Storstockholm"),
        ({"kommun": every[:3]}, "Nordvästkommunerna", "Nordvästkommunerna"),
    ):  # fmt: skip
        own.write_bytes(before)
        post("/ny", **{**WANTED, "gor": "spara", "kommun": [], **which, "group_name": name})
        assert read_parameters("Stockholm", ground.params).group_name == kept


def test_a_date_far_ahead_is_a_slip(post: Post, ground: Ground) -> None:
    late = post("/ny", **WANTED, date="2099-01-01").text
    assert ">”2099-01-01” har inte varit än; datumet ska vara högst " in late
    soon = (date.today() + timedelta(days=30)).isoformat()
    assert post("/ny", **{**WANTED, "gor": "spara"}, date=soon).status_code == 303
    assert read_parameters("Stockholm", ground.params).date == soon


def test_a_report_is_older_for_what_is_its_own_alone(ground: Ground, data_copy: Path) -> None:
    """Another group's parameters, or another domain's workbook, said that every report may have changed."""
    home = ground.folders.reports / "kalmar-2015"
    home.mkdir(parents=True)
    (home / "manifest.json").touch()
    asked = {"domain": DOMAIN, "edition": "2015"}
    report = Report(home.name, all_places()["08"], "Social barn- och ungdomsvård", "2015", (), {}, "", asked=asked)
    for path in (*ground.params.glob("*.yml"), *data_copy.rglob("*.*")):
        os.utime(path, (1_000, 1_000))
    os.utime(home / "manifest.json", (2_000, 2_000))
    others = [ground.params / name for name in ("kalmar-tva.yml", "skane.yml")]
    for path in others:
        path.write_text("county: Kalmar\n")
    assert not _shown(report, ground.folders.reports, ground.params).is_older
    survey = replace(report, data=(f"{DOMAIN}/domain.yml", f"{DOMAIN}/preliminart.csv"))
    assert not _shown(survey, ground.folders.reports, ground.params).is_older, "its answers stand in no facts"
    (ground.params / "kalmar.yml").write_text("county: Kalmar\n")
    assert _shown(report, ground.folders.reports, ground.params).is_older
    (ground.params / "kalmar.yml").unlink()
    write(data_copy, [result("socialjour", "0182", "yes")])
    assert _shown(report, ground.folders.reports, ground.params).is_older


def test_the_words_of_the_page_stand_for_those_of_the_terminal() -> None:
    for said, shown in {
        "Ge ett annat med --name.": "Ge ett annat under Mer om filen.",
        "Hela listan: /home/eva/oj/build/fel/a.txt": "Hela listan: build/fel/a.txt",
        "Hämta dem med make fetch COUNTY=Skåne (oj fetch Skåne).": "Hämta dem på sidan Hämta från Kolada.",
        'Hämtas med make fetch COUNTY="Västra Götaland".': "Hämtas på sidan Hämta från Kolada.",
        "compare_with: ”Jönköping” går inte att använda i en rapport över åren. Ta bort raden.": (
            "”Jönköping” går inte att jämföra med i en rapport över åren. Ta bort krysset under Jämför med andra län."
        ),
        "Ändra municipalities, i params/stockholm.yml eller där de står när du kör.": (
            "Kryssa i andra under Kommuner i rapporten."
        ),
        "Ändra municipalities och compare_with, i params/a.yml eller där de står när du kör.": (
            "Ändra kryssen under Kommuner i rapporten och Jämför med andra län."
        ),
        "results-x-2015 har ingen rad med edition 2023, indicator socialjour, place 0184.": (
            "Källan har ingen sådan uppgift för år 2023. Välj ett annat år, mått eller en annan plats."
        ),
        "Läser\nKör notebookerna: klart": "Läser\nSkriver kapitlen: klart",
        "fylls i en mall (make template COUNTY=Skåne) och läses in (make import FILE=…).": (
            "fylls i en mall och läses in, båda på sidan Läs in."
        ),
        "Inget är hämtat ur Kolada för Skåne län. Skriv make fetch COUNTY=Skåne DOMAIN=lss (oj fetch Skåne) först.": (
            "Inget är hämtat ur Kolada för Skåne län. Hämta det på sidan Hämta från Kolada först."
        ),
        "Körs: ändrat sedan sist är notebooken. Det gäller Inledning.\n1 av 2 kapitel skulle köras.": (
            "Skrivs om, för att det här har ändrats: notebooken. Det gäller Inledning.\n"
            "1 av 2 kapitel skulle skrivas om."
        ),
        "Siffror över åren finns med COUNTY=Riket och COUNTY=Kalmar.": "Siffror över åren finns för riket och Kalmar.",
        "Läser\n  Kör notebookerna: klart": "Läser\n  Skriver kapitlen: klart",
        "Rättelsen är skriven i /hem/Eva A/data/barn-och-unga/corrections.yml. Bygg om rapporten; x": (
            "Rättelsen är skriven. Bygg om rapporten på sidan Rapporter; x"
        ),
        '(make template COUNTY="Västra Götaland")': "(sidan Läs in)",
    }.items():
        assert in_the_page(said) == shown


def test_a_whole_path_of_the_computer_is_not_told_whatever_its_folders_are_called(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    root = Path("/home/Åsa Ek/mina filer/oj")
    folders = Folders(root / "notebooks", root / "build", root / "reports")
    monkeypatch.setattr("oj.app.asking.page.default_folders", lambda: folders)
    assert in_the_page(f"Hela listan: {root}/build/fel/a.txt") == "Hela listan: build/fel/a.txt"


def test_the_look_is_the_reports_own(client: TestClient, ground: Ground) -> None:
    own = Path(ground.folders.notebooks, "_extensions", "lansrapport", "lansrapport.css")
    assert client.get("/utseende/lansrapport.css").content == own.read_bytes()
    assert client.get("/utseende/SourceSansPro-Regular.ttf").status_code == 200


@pytest.mark.parametrize("name", [one for one in LABELS if one != "reference_source"])  # which the preview tells
def test_what_is_wrong_with_a_field_is_told_beside_it_and_the_rest_is_kept(post: Post, name: str) -> None:
    told = post("/ny", **{**WANTED, "gor": "spara", "contact": "Eva Å", name: "x\x00y"}).text
    assert re.search(rf'{LABELS[name]}[^<]*</label><p class="wrong" id="fel-{name}">', told)
    assert re.search(rf'id="{name}"[^>]* aria-describedby="fel-{name}[^"]*" aria-invalid="true"', told)
    assert f"{name}:" not in told
    assert name == "contact" or 'value="Eva Å"' in told
