"""Kolada, the survey, corrections, and what has been read in: asked for by the same commands, and undone."""

import json
import os
import re
import time
from pathlib import Path

import pytest
import yaml
from openpyxl import Workbook
from starlette.testclient import TestClient

from app.conftest import Post, asked_last, end
from conftest import DOMAIN
from fetched import FETCHED, GONE
from importing import result, write
from oj.app.asking.ground import Ground
from oj.app.asking.page import PLACES
from oj.app.work import jobs, undo, worker
from oj.cli import run
from oj.facts.catalog import every_indicator
from oj.facts.datapackage import read_text
from oj.facts.editions import domain_folder
from oj.facts.files import hashes, last_changed
from oj.sources.asking.form import NEW
from oj.sources.corrections import read_corrections
from oj.sources.kolada.values import fetched_folder
from sources.sheet_books import book
from years_book import drawn, write_book

CORRECTION = {
    "omrade": DOMAIN, "tabell": "results-fou-nordvast-2015", "utgava": "2015", "matt": "socialjour", "plats": "0184",
    "kolumn": "answer", "nytt": "Nej", "skal": "Kommunen har meddelat att svaret blev fel.",
    "vem": "Styrgruppen", "datum": "2015-06-30",
}  # fmt: skip

CONTENTS = "/ny/innehall?lan=01&om=barn-och-unga/2015&grupp="


def do(ground: Ground, capsys: pytest.CaptureFixture[str]) -> jobs.Job:
    """Do what the job that was begun last is to do, here, with what is needed to undo it; return the job."""
    order, folder = asked_last(ground), jobs.jobs(ground.home)[0].folder
    if order["kind"] == "undo":
        worker.undo(Path(order["commands"][0][0]), folder)
    else:
        undo.copy_facts(folder)
        assert run(order["commands"][0]) == 0, capsys.readouterr().err
        undo.changed_since(folder)
    end(ground, 0, *capsys.readouterr().out.splitlines())
    return jobs.jobs(ground.home)[0]


def test_every_page_is_there_and_says_nothing_of_commands(client: TestClient) -> None:
    for name, path in PLACES.items():
        text = client.get(path).text
        assert f'<a href="{path}" aria-current="page">{name}</a>' in text
        main = text.split("<main")[1]
        assert "=&#39;" not in main, "what the code has is not shown as the code has it"
        assert not [word for word in ("make ", "oj ", "--", "YAML", "terminal") if f" {word}" in main], path


@pytest.mark.parametrize("path", ["/las-in", "/enkaten", "/rattelser", "/ny"])
def test_nothing_that_matters_is_chosen_beforehand(client: TestClient, path: str) -> None:
    """One who forgets to choose would get another county's workbook, or correct the first measure of the nation."""
    picks = re.findall(r'<select id="(?:[\w-]*lan|matt|plats|kolumn)".*?</select>', client.get(path).text, re.DOTALL)
    assert picks
    assert [one for one in picks if '<option value="">' not in one] == []


@pytest.mark.parametrize("path", [*PLACES.values(), "/ny?lan=08&om=barn-och-unga/2015", CONTENTS])
def test_a_page_looks_once_whether_the_facts_have_changed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, path: str
) -> None:
    """Each look is at every file, and each list of the places 341 of them: more would be seconds while others build."""
    assert client.get(path).status_code == 200
    looks: list[Path] = []
    monkeypatch.setattr("oj.facts.kept.last_changed", lambda root: looks.append(root) or last_changed(root))
    monkeypatch.setattr("oj.facts.places.Place", None)
    assert client.get(path).status_code == 200
    assert len(looks) == 1


def test_a_fetch_is_of_the_counties_that_are_ticked(client: TestClient, post: Post, ground: Ground) -> None:
    assert "Kryssa i minst ett län" in post("/kolada", omrade="lss").text
    assert post("/kolada", omrade="../x", lan="12").status_code == 400
    post("/kolada", omrade="lss", lan=["12", "14"], **{"pa-nytt": "1"})
    assert asked_last(ground)["commands"] == [["fetch", "--domain=lss", "--refresh", "--", "Skåne", "Västra Götaland"]]
    (ground.home / "jobs" / "1" / "log").write_text("  5000 uppgifter till\n", encoding="utf-8")
    assert "5000 uppgifter till" in client.get("/arbete/1").text


def test_a_slip_in_a_form_is_told_over_it_with_what_was_sent(client: TestClient, post: Post) -> None:
    """It was a page about the fault: what had been ticked and written was gone."""
    answer = post("/kolada", omrade="lss", **{"pa-nytt": "1"})
    assert answer.status_code == 400
    assert '<option value="lss" selected>' in answer.text
    assert 'name="pa-nytt" value="1" checked>' in answer.text
    assert 'value="12" checked' in post("/kolada", omrade="x", lan="12").text
    answer = post("/enkaten", lan="12", utgava="1999")
    assert (answer.status_code, '<option value="12" selected>' in answer.text) == (400, True)
    assert "Välj en fil först" in (answer := post("/enkaten/svar")).text
    assert (answer.status_code, "<h2>2. Lägg in den ifyllda filen</h2>" in answer.text) == (400, True)
    answer = post("/mall")
    assert (answer.status_code, "Välj län i listan" in answer.text, 'action="/mall"' in answer.text) == (
        400,
        True,
        True,
    )
    assert 'role="alert"' not in client.get("/kolada").text + client.get("/enkaten").text + client.get("/las-in").text


def test_what_is_fetched_and_not_used_is_told_with_why(client: TestClient, data_copy: Path) -> None:
    assert "Det som är hämtat" not in client.get("/kolada").text
    home = fetched_folder(domain_folder(data_copy))
    home.mkdir(parents=True)
    (home / "halland.yml").write_text(yaml.safe_dump(FETCHED.model_dump(), allow_unicode=True), encoding="utf-8")
    text = client.get("/kolada").text
    assert "Hallands län, Social barn- och ungdomsvård" in text
    assert "hämtat 22 november 2026" in text
    assert f"<li>{GONE} Automatisering och Socialjour.</li>" in text


def test_the_questions_of_a_workbook_are_answered_as_in_the_sheet(
    client: TestClient, post: Post, ground: Ground, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made = book(tmp_path / "bok.xlsx", {"2021": [["Kommun", "Aktuell plan"], ["Malmö", "Ja"], ["Lund", "Nej"]]})
    assert run(["import", f"--domain={DOMAIN}", "--", str(made)]) == 0
    assert f'<a href="/fragor/{DOMAIN}">' in client.get("/inlast").text
    text = client.get(f"/fragor/{DOMAIN}").text
    keys = re.findall(r'name="samma-([^"]+)"', text)
    said = {f"samma-{key}": NEW for key in keys} | {f"kort-{keys[0]}": "=Kort namn"}
    on = {"domain": DOMAIN, "edition": "2021"}
    jobs.begin(ground.home, jobs.Order("import", "Läser in a", "a", [["import", "--", "a"]], on=on))
    number = end(ground, 0)
    assert f'href="/fragor/{DOMAIN}">Svara på frågorna' in client.get(f"/arbete/{number}").text
    jobs.begin(ground.home, jobs.Order("fetch", "Hämtar", "a", [["fetch", "--", "a"]], on=on))
    assert "Svara på frågorna" not in client.get(f"/arbete/{end(ground, 0)}").text, "a fetch asks nothing"
    post(f"/fragor/{DOMAIN}", **said)
    back = client.get(f"/fragor/{DOMAIN}?fran={end(ground, 2, 'Fel: Två frågor kan inte vara samma.')}").text
    assert "Två frågor kan inte vara samma." in back
    assert (back.count(f"<option selected>{NEW}<"), 'value="=Kort namn"' in back) == (len(keys), True)
    (jobs.jobs(ground.home)[0].folder / "status").unlink()
    job = do(ground, capsys)
    assert job.order.commands[0][:2] == ["import", "--"]
    end(ground, 2, "Fel: Två frågor samma år kan inte vara samma.")
    assert f'href="/fragor/{DOMAIN}?fran={job.number}">Ändra svaren' in client.get(f"/arbete/{job.number}").text
    end(ground, 0)
    assert "=Kort namn" in {one.short for one in every_indicator(domain_folder(domain=DOMAIN)).values()}
    assert f'<a href="/fragor/{DOMAIN}">' not in client.get("/inlast").text
    assert "Svara på frågorna" not in client.get(f"/arbete/{number}").text, "there are none left"
    assert "Alla frågor är kända" in client.get(f"/fragor/{DOMAIN}").text


def test_the_survey_is_made_and_dropped(client: TestClient, post: Post, ground: Ground) -> None:
    post("/enkaten", lan="01", utgava="2015")
    assert asked_last(ground)["commands"] == [
        ["survey", "form", "--edition=2015", "--output=files/stockholm-enkat-2015.xlsx", "--", "Stockholm"],
    ]  # fmt: skip
    number = end(ground, 0)
    (ground.home / "jobs" / str(number) / "files" / "stockholm-enkat-2015.xlsx").write_bytes(b"fil")
    assert f'href="/arbete/{number}/filer/stockholm-enkat-2015.xlsx"' in client.get(f"/arbete/{number}").text
    assert client.get(f"/arbete/{number}/filer/stockholm-enkat-2015.xlsx").content == b"fil"
    assert 'href="/enkaten">Lägg in den ifyllda filen' in client.get(f"/arbete/{number}").text, "what comes next"
    post("/enkaten/svar", files={"fil": ("ifylld.xlsx", b"PK")})
    command = asked_last(ground)["commands"][0]
    assert (command[:3], Path(command[3]).read_bytes()) == (["survey", "results", "--"], b"PK")
    number = end(ground, 2, "Fel: ifylld.xlsx, Solna C5: ska vara Ja eller Nej")
    assert 'href="/enkaten">Lägg in den rättade filen' in client.get(f"/arbete/{number}").text


def test_a_review_is_read_beside_the_report(client: TestClient, ground: Ground) -> None:
    """Sentences as sentences, findings under their heads, and nothing to see told as that."""
    home = ground.folders.reports / "stockholm-2015-preliminar"
    home.mkdir(parents=True)
    book = Workbook()
    book.worksheets[0].title = "Läs först"
    book.worksheets[0].append(["Inget är rättat."])
    for name, rows in (("Granskning", [["Kommun", "Ruta"], ["Solna", "B7"]]), ("Skillnader", [["Plats", "Mått"]])):
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(home / "granskning.xlsx")
    manifest = {"report": home.name, "parameters": {"county": "Stockholm", "municipalities": []}}
    told = json.dumps(manifest | {"files": {"granskning.xlsx": "", "index.html": ""}})
    (home / "manifest.json").write_text(told, encoding="utf-8")
    text = client.get(f"/granskning/{home.name}").text
    assert "<p>Inget är rättat.</p>" in text
    assert '<th scope="col">Kommun</th>' in text
    assert "<td>Solna</td><td>B7</td>" in text
    assert re.search(r"<h2>Skillnader</h2>\s*<p>Inget\.</p>", text)
    assert f'href="/granskning/{home.name}"' in client.get("/").text


def test_a_correction_is_written_and_undone_and_undone_again(
    client: TestClient, post: Post, ground: Ground, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = data_copy / DOMAIN / "corrections.yml"
    before = own.read_text(encoding="utf-8")
    post("/rattelser", **CORRECTION)
    job = do(ground, capsys)
    (one,) = read_corrections(data_copy)
    assert (one.old, one.new, one.decided_by, one.date) == ("yes", "no", "Styrgruppen", "2015-06-30")
    assert own.read_text(encoding="utf-8").startswith(before.rstrip().removesuffix("[]")), "the notes at the top stay"
    text = client.get("/rattelser").text
    assert "Solna, " in text
    assert "Ja → Nej" in text
    assert 'aria-label="Ta tillbaka: Solna, Social jourverksamhet"' in text
    assert 'value="2584"' not in text, "a place that the source has nothing of"
    assert job.changes == {f"data/{DOMAIN}/corrections.yml": "ändrad"}
    post(f"/arbete/{job.number}/angra")
    again = do(ground, capsys)
    assert own.read_text(encoding="utf-8") == before
    taken_back = client.get(f"/arbete/{again.number}").text
    assert "<h1>Ångrat: rättelsen av Social jourverksamhet, Solna</h1>" in taken_back
    assert 'href="/rattelser">Till rättelserna' in taken_back
    assert "Ta tillbaka" not in client.get("/rattelser").text
    post(f"/arbete/{again.number}/angra")
    last = do(ground, capsys)
    assert len(read_corrections(data_copy)) == 1
    assert f'action="/arbete/{last.number}/angra"' in client.get("/rattelser").text, "it is taken back once more"


def test_the_workbooks_are_called_as_the_command_line_calls_them(
    client: TestClient, post: Post, ground: Ground
) -> None:
    post("/mall", **{"mall-lan": "08"})
    assert asked_last(ground)["commands"] == [["template", "--output=files/kalmar-oj-2015.xlsx", "--", "Kalmar"]]
    number = end(ground, 0)
    (ground.home / "jobs" / str(number) / "files" / "kalmar-oj-2015.xlsx").write_bytes(b"fil")
    text = client.get(f"/arbete/{number}").text
    assert "bladet Läs först säger hur" in text
    assert 'href="/las-in">Läs in den ifyllda filen' in text


@pytest.mark.parametrize(
    ("flag", "value", "told"),
    [
        ("reason", "", "ska säga varför"), ("new", "yes", "står redan så"), ("edition", "1999", "ingen rad med"),
        ("by", "", "ska säga vem som bestämde"), ("place", "2584", "ingen rad"),
    ],
)  # fmt: skip
def test_a_correction_that_cannot_be_changes_nothing(
    post: Post, ground: Ground, data_copy: Path, capsys: pytest.CaptureFixture[str], flag: str, value: str, told: str
) -> None:
    before = hashes(data_copy)
    post("/rattelser", **CORRECTION)
    words = [f"--{flag}={value}" if one.startswith(f"--{flag}=") else one for one in asked_last(ground)["commands"][0]]
    assert run(words) == 2
    assert told in capsys.readouterr().err
    assert hashes(data_copy) == before


def kept_in(text: str) -> dict[str, str]:
    """Return what the form of a correction has in its fields."""
    form = text.split('<form method="post" action="/rattelser"')[1]
    found = dict(re.findall(r'<input id="(\w+)"[^>]* value="([^"]*)"', form))
    picks = re.findall(r'<select id="(\w+)".*?</select>', form, re.DOTALL)
    for name in picks:
        own = form.split(f'<select id="{name}"')[1].split("</select>")[0]
        found[name] = next(iter(re.findall(r'<option value="([^"]*)" selected', own)), "")
    return found


def test_a_correction_is_offered_the_year_and_the_measures_of_its_source(client: TestClient, data_copy: Path) -> None:
    """The newest edition's year stood there, whatever the source, and the correction was refused when it was sent."""
    write(data_copy, [result("socialjour", "0182", "yes")])
    years = read_text(data_copy / DOMAIN / "history.csv", "history")["edition"]
    assert re.search(f'name="utgava"[^>]*value="{years.max()}"', client.get("/rattelser?tabell=history").text)
    own = client.get("/rattelser?tabell=results-egen-fil").text
    assert re.search('name="utgava"[^>]*value="2015"', own)
    assert re.findall(r'<option value="([^"]+)"', own.split('name="matt"')[1].split("</select>")[0]) == ["socialjour"]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"nytt": "kanske"}, {"nytt": "”kanske” ska vara Ja, Delvis eller Nej"}),
        ({"kolumn": "value", "nytt": "59 %"}, {"nytt": "Skriv en andel som 0,59"}),
        ({"kolumn": "status", "nytt": "vet ej"}, {"nytt": "bortfall"}),
        ({"datum": "2099-01-01"}, {"datum": "”2099-01-01” har inte varit än; datumet ska vara i dag"}),
        ({"datum": "i går"}, {"datum": "”i går” är inget datum"}),
        ({"nytt": "Ja"}, {"nytt": "Det står redan så i källan"}),
        ({"utgava": "1999"}, {"utgava": "Källan har ingen sådan uppgift för år 1999"}),
        ({"plats": "2584"}, {"plats": "Välj plats i listan"}),
        ({"skal": "", "datum": ""}, {"skal": "Skriv varför", "datum": "Skriv vilken dag"}),
        ({"vem": ""}, {"vem": "Skriv vem som"}),
    ],
)  # fmt: skip
def test_a_slip_in_a_correction_is_told_beside_its_field_and_the_rest_is_kept(
    post: Post, ground: Ground, changed: dict[str, str], told: dict[str, str]
) -> None:
    """It was told on a page of its own, of one field at a time, and the form that one came back to was empty."""
    sent = {**CORRECTION, **changed}
    answer = post("/rattelser", **sent)
    assert answer.status_code == 400
    wrong = dict(re.findall(r'<p class="wrong" id="fel-(\w+)">(.*?)</p>', answer.text))
    assert {name: words in wrong[name] for name, words in told.items()} == dict.fromkeys(wrong, True)
    for name in told:
        assert re.search(rf'id="{name}"[^>]* aria-describedby="fel-{name}[^"]*" aria-invalid="true"', answer.text)
    known = {name: sent[name] for name in ("utgava", "matt", "kolumn", "nytt", "skal", "vem", "datum")}
    assert {name: kept_in(answer.text)[name] for name in known} == known
    assert jobs.jobs(ground.home) == []


def test_what_the_facts_refuse_of_a_correction_is_changed_in_the_form_as_it_was_sent(
    client: TestClient, post: Post, ground: Ground
) -> None:
    post("/rattelser", **CORRECTION)
    number = end(ground, 2, "Fel: En dold uppgift får inte rättas till något annat.")
    text = client.get(f"/arbete/{number}").text
    assert f'href="/rattelser?fran={number}">Ändra det som är fel' in text
    back = client.get(f"/rattelser?fran={number}").text
    assert "En dold uppgift får inte rättas" in back
    assert {name: kept_in(back).get(name, CORRECTION[name]) for name in CORRECTION} == CORRECTION
    assert kept_in(client.get("/rattelser?fran=99").text)["skal"] == ""
    end(ground, 0)
    assert kept_in(client.get(f"/rattelser?fran={number}").text)["skal"] == "", "it is written"


def test_what_is_read_in_is_removed_and_put_back(
    client: TestClient, post: Post, ground: Ground, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(data_copy, [result("socialjour", "0182", "yes")])
    before = hashes(data_copy / "results")
    assert "egen-fil" in client.get("/inlast").text
    assert "Välj inläsning i listan" in post("/inlast/bort", namn="../../x").text
    post("/inlast/bort", namn="egen-fil")
    job = do(ground, capsys)
    assert hashes(data_copy / "results") == {}
    text = client.get("/inlast").text
    assert "Ingen fil är inläst" in text
    assert 'aria-label="Ångra: Borttaget: egen-fil"' in text
    post(f"/arbete/{job.number}/angra")
    do(ground, capsys)
    assert hashes(data_copy / "results") == before
    text = client.get("/inlast").text
    assert 'aria-label="Gör om: Ångrat: borttagningen av egen-fil"' in text
    assert "Borttaget: egen-fil" not in text, "what was undone is not there to be undone once more"


def test_an_edition_that_a_workbook_made_is_gone_with_its_folders(
    post: Post, ground: Ground, data_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (data_copy / "results").rmdir()  # as in a fresh clone
    before = {path.relative_to(data_copy) for path in data_copy.rglob("*")}
    made = write_book(tmp_path / "skane-2021-2023.xlsx", drawn(17))
    jobs.begin(ground.home, jobs.Order("import", "Läser in", "x", [["import", "--", str(made)]], "kept"))
    job = do(ground, capsys)
    assert (data_copy / DOMAIN / "2023" / "indicators").is_dir()
    post(f"/arbete/{job.number}/angra")
    again = do(ground, capsys)
    assert {path.relative_to(data_copy) for path in data_copy.rglob("*")} == before
    post(f"/arbete/{again.number}/angra")
    do(ground, capsys)
    assert list((data_copy / DOMAIN / "2023" / "indicators").glob("*.yml"))
    whole = hashes(data_copy)
    for year in (2021, 2022, 2023):  # one year after another, as the page lists them; the last is put back
        post("/inlast/bort", namn=f"skane-2021-2023-{year}")
        job = do(ground, capsys)
    assert not (data_copy / DOMAIN / "2023" / "indicators").exists()
    for number in (job.number, job.number - 1, job.number - 2):
        post(f"/arbete/{number}/angra")
        do(ground, capsys)
    assert hashes(data_copy) == whole


def test_what_has_changed_again_is_not_undone(
    post: Post, ground: Ground, data_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(data_copy, [result("socialjour", "0182", "yes")])
    post("/inlast/bort", namn="egen-fil")
    job = do(ground, capsys)
    write(data_copy, [result("socialjour", "0182", "no")])
    before = hashes(data_copy)
    post(f"/arbete/{job.number}/angra")
    folder = jobs.jobs(ground.home)[0].folder
    order = json.loads((folder / "order.json").read_text(encoding="utf-8"))
    with pytest.raises(undo.UserError, match="har ändrats igen sedan dess"):
        worker._do(folder, order)
    assert hashes(data_copy) == before


def test_a_job_that_ended_without_a_word_is_told(
    client: TestClient, ground: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a power cut: nobody holds its lock, and it has not written how it went."""
    jobs.begin(ground.home, jobs.Order("build", "Bygger Skåne", "skane", [["report", "--", "Skåne"]]))
    monkeypatch.setattr(jobs, "_state", lambda _folder: jobs.DIED)
    assert "Försök igen, så fortsätter det där det var" in client.get("/arbete/1").text
    monkeypatch.undo()
    assert jobs._state(ground.home / "jobs" / "1") == jobs.DIED


def test_a_job_lives_by_itself_and_is_stopped_with_all_it_began(ground: Ground) -> None:
    job = jobs.begin(ground.home, jobs.Order("check", "Granskar", "", [["check"]]))
    assert job.state == jobs.RUNNING
    assert jobs.begin(ground.home, job.order).number == job.number, "the same is not begun twice"
    assert os.getpgid(jobs._children[job.folder].pid) != os.getpgid(0), "what ends the pages does not end it"
    until = time.monotonic() + 10
    while os.getpriority(os.PRIO_PROCESS, jobs._children[job.folder].pid) < jobs.MEEK and job.state == jobs.RUNNING:
        assert time.monotonic() < until, "the pages and the person's own programs go before it"
        time.sleep(0.02)
    jobs.stop(job)
    jobs._children[job.folder].wait(60)
    ended = jobs.find(ground.home, job.number)
    assert ended is not None
    assert ended.state in (jobs.STOPPED, jobs.DONE)
    assert jobs.begin(ground.home, job.order).number == job.number + 1
    jobs.stop(jobs.jobs(ground.home)[0])
