"""The start page of all reports, and the folder that is put on the web: whole, true, closed and valid."""

import csv
import json
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
from frictionless import Package

from oj.cli import run
from oj.disk.folders import Folders
from oj.facts.places import all_places
from oj.publish.build.downloads import ADDED
from oj.publish.files.columns import described
from oj.publish.site.open_data import Publication
from oj.publish.site.publish import publish
from oj.publish.site.start import shapes, write_start
from oj.tidy.written import EDITION, TODAY, YEARS
from oj.words.errors import UserError
from publish.building import everything_in, folders_in

NO_COLUMNS = {"domain", "phrase"}  # they are not written
ROWS = {
    "aktuell": [TODAY, "saker,t,a,Kort,1280,Malmö,municipality,2022,total,28.0,observed,1,28 %,kolada"],
    "2015": [[name for name in EDITION if name != "domain"],
             "2015,saker,del,a,Titel,0184,Solna,municipality,,yes,observed,,,Ja,fou"],
}  # fmt: skip
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DCAT, TERMS, FOAF = "{http://www.w3.org/ns/dcat#}", "{http://purl.org/dc/terms/}", "{http://xmlns.com/foaf/0.1/}"
WEB = Publication("https://exempel.se/oj/", "FoU & <Nord>", "https://exempel.se/licens", indexed=False)


def make_report(
    folders: Folders, name: str, county: str, sheets: Sequence[str] = (), text: str = "", domain: str = "barn-och-unga"
) -> Path:
    """Write a report as it is left by a build: pages, sheets, data and its manifest."""
    edition = next((one for one in ("aktuell", "over-tid", "2015") if one in name), "2015")
    columns, row = ROWS.get(edition, ROWS["2015"])
    files = {"index.html": f"<p>{county}{text}", "rapport.pdf": "pdf", "rapport.docx": "word", "analys/index.html": "",
             "sammanfattning.pdf": "pdf", "bilaga.pdf": "pdf", "resultat.csv": f"{','.join(columns)}\n{row}\n",
             "utseende/lansrapport.css": ""}  # fmt: skip
    for sheet in sheets:
        files |= {f"kommun-{sheet}.html": sheet, f"kommuner/{sheet}.pdf": sheet}
    for path, content in files.items():
        (folders.reports / name / path).parent.mkdir(parents=True, exist_ok=True)
        (folders.reports / name / path).write_bytes(content.encode())
    asked = {"county": county, "domain": domain, "edition": edition, "municipalities": [], "publisher": ""}
    hashes = {path: sha256(content.encode()).hexdigest() for path, content in sorted(files.items())}
    manifest = {"report": name, "parameters": asked, "files": hashes}
    (folders.reports / name / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return folders.reports / name


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Return folders with four reports, one of them preliminary."""
    made = folders_in(tmp_path)
    make_report(made, "stockholm-2015", "Stockholm", ["solna", "upplands-vasby"])
    make_report(made, "stockholm-2015-preliminar", "Stockholm", ["solna"])
    make_report(made, "skane-lss-aktuell", "Skåne", ["malmo"], domain="lss")
    make_report(made, "kalmar-over-tid", "Kalmar")
    return made


class Page(HTMLParser):
    """What a page leads to and loads, and its text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.to: list[str] = []
        self.ids: set[str] = set()
        self.text = ""
        self.feed(text)

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.to += [value or "" for name, value in attrs if name in ("href", "src")]
        self.ids |= {value or "" for name, value in attrs if name == "id"}

    def handle_data(self, data: str) -> None:
        self.text += data


def start(folders: Folders, failed: Sequence[str] | None = None) -> str:
    return write_start(folders, failed).read_text(encoding="utf-8")


def news(text: str) -> str:
    """Return what a start page says is new, without markup."""
    part = text.partition('<section id="nytt">')[2].partition("</section>")[0]
    return " ".join(Page(part).text.split())


def test_everything_is_on_the_page_without_a_script(folders: Folders) -> None:
    text = start(folders)
    page = Page(re.sub(r"<script.*?</script>", "", text, flags=re.DOTALL))
    wanted = {f"{name}/{file}" for name in ("stockholm-2015", "skane-lss-aktuell", "kalmar-over-tid")
              for file in ("index.html", "sammanfattning.pdf", "rapport.pdf", "bilaga.pdf", "rapport.docx",
                           "resultat.csv")}  # fmt: skip
    wanted |= {"stockholm-2015/kommun-upplands-vasby.html", "stockholm-2015/kommuner/upplands-vasby.pdf"}
    wanted |= {"skane-lss-aktuell/kommun-malmo.html", "#lan-skane", "#lan-kalmar", "#lan-stockholm"}
    assert wanted - set(page.to) == set()
    for said in ("Upplands Väsby", "Malmö", "Stöd och service enligt LSS", "Utveckling över tid", "Kalmar län"):
        assert said in page.text
    assert "2015, preliminär" in page.text


def test_every_link_leads_somewhere_in_the_folder(folders: Folders) -> None:
    page = Page(start(folders))
    inside = {one for one in page.to if one.startswith("#")}
    assert {one[1:] for one in inside} - page.ids == set()
    assert [one for one in page.to if one not in inside and not (folders.reports / unquote(one)).is_file()] == []


def test_nothing_from_elsewhere_is_loaded(folders: Folders) -> None:
    write_start(folders)
    own = [folders.reports / "index.html", *(folders.reports / "utseende").glob("*.[cj]s*")]
    assert len(own) == 4
    assert [
        path.name for path in own if re.search(r"https?:|//[a-z]", re.sub("(?m)^// .*$", "", path.read_text()))
    ] == []


def test_what_is_new_is_told_until_something_else_is(folders: Folders) -> None:
    assert "Nya rapporter" in news(start(folders))
    make_report(folders, "kalmar-over-tid", "Kalmar", text=" rättad")
    told = news(start(folders))
    assert "Nya rapporter" not in told
    assert "Ändrade rapporter Kalmar län: Social barn- och ungdomsvård, Utveckling över tid" in told
    assert "Stockholms" not in told
    assert news(start(folders)) == told
    (folders.reports / "kalmar-over-tid" / "manifest.json").unlink()
    assert "Borttagna rapporter kalmar-over-tid" in news(start(folders))


def test_what_could_not_be_built_is_told_until_it_can(folders: Folders) -> None:
    write_start(folders)
    text = start(folders, ["Gotland </script><b>2015"])
    assert "Kunde inte byggas" in news(text)
    assert "<b>2015" not in text
    assert "Kunde inte byggas" in news(start(folders))
    assert "Kunde inte byggas" not in news(start(folders, []))


def test_a_page_that_would_be_the_same_is_not_written(folders: Folders) -> None:
    first = write_start(folders).stat()
    again = write_start(folders).stat()
    assert (again.st_ino, again.st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    assert sorted(path.name for path in folders.reports.glob("*") if path.is_file()) == ["index.html"]


def test_a_page_that_somebody_has_written_in_is_made_anew(folders: Folders) -> None:
    write_start(folders).write_text('<script type="application/json" id="minne">{"reports": 3}</script>')
    assert "Nya rapporter" in news(start(folders))


def test_a_folder_that_is_no_whole_report_is_told(folders: Folders) -> None:
    (folders.reports / "kalmar-over-tid" / "manifest.json").write_text("{", encoding="utf-8")
    copied = folders.reports / "stockholm-2015 (kopia)"
    copied.mkdir()
    (copied / "manifest.json").write_bytes((folders.reports / "stockholm-2015" / "manifest.json").read_bytes())
    text = Page(start(folders)).text
    assert "kalmar-over-tid: manifest.json är skadad" in text
    assert "stockholm-2015 (kopia): mappen är ingen hel rapport" in text


def test_without_reports_the_page_says_so(tmp_path: Path) -> None:
    assert "Det finns inga rapporter än" in start(folders_in(tmp_path))


def test_every_county_is_on_the_map() -> None:
    assert set(shapes()) == {one.code for one in all_places().values() if one.level == "county"}


def test_every_column_is_described() -> None:
    assert {*EDITION, *TODAY, *YEARS, *ADDED} - NO_COLUMNS == set(described())


@pytest.fixture
def web(folders: Folders, tmp_path: Path) -> Path:
    """Return the folder for the web of the reports."""
    publish(folders, tmp_path / "webb", WEB)
    return tmp_path / "webb"


def test_what_is_published_is_the_reports_as_they_were_built(folders: Folders, web: Path) -> None:
    for name in ("stockholm-2015", "skane-lss-aktuell", "kalmar-over-tid"):
        assert everything_in(web / name) == everything_in(folders.reports / name)
    page = Page((web / "index.html").read_text(encoding="utf-8"))
    local = [one for one in page.to if not one.startswith("#")]
    assert [one for one in local if not (web / one).is_file()] == []
    assert [path for path in web.rglob("*") if path.name.startswith(".")] == []
    assert not list(web.parent.glob(".oj-*.steps"))


def test_a_preliminary_report_and_others_files_stay_at_home(folders: Folders, tmp_path: Path) -> None:
    (folders.reports / "kalmar-over-tid" / "anteckningar.docx").write_text("internt", encoding="utf-8")
    told = " ".join(publish(folders, tmp_path / "webb", WEB).told)
    assert "stockholm-2015-preliminar publiceras inte: den är preliminär" in told
    assert "rapporten kalmar-over-tid: anteckningar.docx" in told
    assert not list((tmp_path / "webb").rglob("anteckningar*"))
    everything = b"".join(path.read_bytes() for path in (tmp_path / "webb").glob("*.*"))
    assert b"preliminar" not in everything


def test_a_report_that_has_been_changed_is_not_published_nor_any_other(folders: Folders, web: Path) -> None:
    before = everything_in(web)
    (folders.reports / "skane-lss-aktuell" / "resultat.csv").write_text("a\n5\n", encoding="utf-8")
    with pytest.raises(UserError, match=r"skane-lss-aktuell är inte som den byggdes: resultat\.csv"):
        publish(folders, web, WEB)
    assert everything_in(web) == before


def test_a_manifest_cannot_name_what_is_not_its_reports(folders: Folders, tmp_path: Path) -> None:
    (tmp_path / "hemligt.txt").write_text("hemligt", encoding="utf-8")
    path = folders.reports / "kalmar-over-tid" / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"]["../../hemligt.txt"] = sha256(b"hemligt").hexdigest()
    path.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(UserError, match=r"hemligt\.txt har ändrats"):
        publish(folders, tmp_path / "webb", WEB)
    assert not (tmp_path / "webb").exists()


def test_what_is_published_again_takes_the_earlier_place_and_tells_the_news(folders: Folders, web: Path) -> None:
    again = everything_in(web)
    publish(folders, web, WEB)
    assert everything_in(web) == again
    make_report(folders, "gotland-2015", "Gotland")
    (folders.reports / "kalmar-over-tid" / "manifest.json").unlink()
    publish(folders, web, WEB)
    told = news((web / "index.html").read_text(encoding="utf-8"))
    assert "Nya rapporter Gotlands län" in told
    assert "Borttagna rapporter kalmar-over-tid" in told
    assert not (web / "kalmar-over-tid").exists()


def test_a_folder_with_anything_else_in_it_is_refused(folders: Folders, web: Path, tmp_path: Path) -> None:
    (web / "CNAME").write_text("exempel.se", encoding="utf-8")
    with pytest.raises(UserError, match="finns annat än det som publiceras: CNAME"):
        publish(folders, web, WEB)
    assert (web / "CNAME").exists()
    for target in (folders.reports, folders.reports / "webb", tmp_path):
        with pytest.raises(UserError, match="Välj en egen mapp"):
            publish(folders, target, WEB)


def test_frictionless_accepts_the_package(web: Path) -> None:
    checked = Package(str(web / "datapackage.json")).validate()
    assert checked.flatten(["title", "rowNumber", "fieldName", "message"]) == []
    assert [task.name for task in checked.tasks] == ["stockholm-2015", "kalmar-over-tid", "skane-lss-aktuell"]
    (web / "kalmar-over-tid" / "resultat.csv").write_text("edition\n2015\n", encoding="utf-8")
    assert not Package(str(web / "datapackage.json")).validate().valid


def test_csv_on_the_web_describes_each_table_as_it_is(web: Path) -> None:
    """As the standard has it: the context, an address of each table, and every title the header's own, in order."""
    metadata = json.loads((web / "csv-metadata.json").read_text(encoding="utf-8"))
    assert metadata["@context"] == ["http://www.w3.org/ns/csvw", {"@language": "sv"}]
    for table in metadata["tables"]:
        with (web / table["url"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        columns = table["tableSchema"]["columns"]
        assert [one["titles"] for one in columns] == header
        assert {one["datatype"] for one in columns} <= {"string", "number", "integer"}
        assert all(one["dc:description"] not in ("", one["name"]) for one in columns)


def test_dcat_has_what_the_swedish_profile_requires(web: Path) -> None:
    """The mandatory properties of DCAT-AP-SE; whole addresses and no blank node, as the data portal harvests."""
    tree = ElementTree.parse(web / "dcat.rdf").getroot()
    needs: dict[str, list[str]] = {
        f"{DCAT}Catalog": [f"{TERMS}title", f"{TERMS}description", f"{TERMS}publisher", f"{TERMS}license",
                           f"{DCAT}dataset"],
        f"{DCAT}Dataset": [f"{TERMS}title", f"{TERMS}description", f"{TERMS}publisher", f"{DCAT}distribution"],
        f"{DCAT}Distribution": [f"{DCAT}accessURL", f"{TERMS}license"],
        f"{FOAF}Agent": [f"{FOAF}name"],
    }  # fmt: skip
    assert [len(tree.findall(kind)) for kind in needs] == [1, 3, 3, 1]
    for kind, properties in needs.items():
        for thing in tree.findall(kind):
            assert [name for name in properties if thing.find(name) is None] == [], kind
    named = {one.get(f"{RDF}about", "") for one in tree}
    addresses = [value for one in tree.iter() for key, value in one.items() if key in (f"{RDF}about", f"{RDF}resource")]
    assert [one for one in addresses if not re.match("https?://", one)] == []
    pointed = {one.get(f"{RDF}resource", "") for one in tree.iter() if one.tag in
               (f"{TERMS}publisher", f"{DCAT}dataset", f"{DCAT}distribution")}  # fmt: skip
    assert pointed <= named
    assert tree.find(f"{DCAT}Catalog/{TERMS}license").get(f"{RDF}resource") == (  # type: ignore[union-attr]
        "http://creativecommons.org/publicdomain/zero/1.0/"
    )
    assert tree.findtext(f"{FOAF}Agent/{FOAF}name") == "FoU & <Nord>"
    for one in tree.findall(f"{DCAT}Distribution/{DCAT}accessURL"):
        assert (web / one.get(f"{RDF}resource", "").removeprefix(WEB.address)).is_file()


def test_what_is_not_said_is_not_made_up(folders: Folders, tmp_path: Path) -> None:
    told = " ".join(publish(folders, tmp_path / "webb", Publication()).told)
    for needed in ("ADDRESS=", "PUBLISHER=", "LICENSE="):
        assert needed in told
    names = {path.name for path in (tmp_path / "webb").iterdir()}
    assert names & {"sitemap.xml", "dcat.rdf"} == set()
    package: dict[str, Any] = json.loads((tmp_path / "webb" / "datapackage.json").read_text(encoding="utf-8"))
    assert package.keys() & {"licenses", "homepage", "contributors"} == set()
    assert "dcat.rdf" not in (tmp_path / "webb" / "index.html").read_text(encoding="utf-8")


def test_search_engines_are_told_no_unless_it_is_said(folders: Folders, web: Path) -> None:
    assert "Disallow: /\nSitemap: https://exempel.se/oj/sitemap.xml" in (web / "robots.txt").read_text()
    assert 'content="noindex"' in (web / "index.html").read_text(encoding="utf-8")
    listed = [one.text or "" for one in ElementTree.parse(web / "sitemap.xml").getroot().iter() if one.text]
    pages = [one.removeprefix(WEB.address) for one in listed if one.strip()]
    assert {"index.html", "stockholm-2015/kommun-solna.html", "kalmar-over-tid/index.html"} <= set(pages)
    assert [one for one in pages if not (web / one).is_file() or one.startswith("analys")] == []
    publish(folders, web, Publication(WEB.address, indexed=True))
    assert "Allow: /" in (web / "robots.txt").read_text()
    assert "noindex" not in (web / "index.html").read_text(encoding="utf-8")


def test_the_command(
    folders: Folders, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("oj.disk.folders.default_folders", lambda: folders)
    assert run(["publish", "--address=https://exempel.se/oj", "--publisher=FoU", "--output", str(tmp_path / "ut")]) == 0
    out, err = capfd.readouterr()
    assert "kalmar-over-tid" in out.splitlines()
    assert "preliminär" in err
    assert "https://exempel.se/oj/index.html" in (tmp_path / "ut" / "sitemap.xml").read_text()
    for wrong in ("exempel.se", "file:///tmp", "https://exempel.se/?a=1", 'https://exempel.se/"x'):
        assert run(["publish", f"--address={wrong}"]) == 2
        assert "är ingen adress på webben" in capfd.readouterr().err


def test_with_nothing_to_publish_nothing_is_written(tmp_path: Path) -> None:
    made = folders_in(tmp_path)
    make_report(made, "stockholm-2015-preliminar", "Stockholm")
    with pytest.raises(UserError, match="inga rapporter att publicera"):
        publish(made, tmp_path / "webb", WEB)
    assert not (tmp_path / "webb").exists()


def test_two_that_write_the_page_at_once_leave_a_whole_one(folders: Folders) -> None:
    with ThreadPoolExecutor(4) as threads:
        done = [threads.submit(write_start, folders) for _ in range(8)]
    assert {one.result() for one in done} == {folders.reports / "index.html"}
    assert start(folders).endswith("</html>")
    assert list(folders.reports.glob(".oj-*.steps")) == []
