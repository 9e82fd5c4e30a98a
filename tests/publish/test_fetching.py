"""A county's key figures are fetched whole or not at all, and can be made again of what was kept, byte for byte."""

import csv
import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from conftest import DATA, DOMAIN, refused, refused_for
from fetched import fetched_counties
from kolada_server import BASE, GROUPS, SKANE, Kolada, read_small_catalog, serving, small_catalog
from oj.facts.files import hashes, is_fact
from oj.publish.fetching import Order, fetch
from oj.sources.kolada.cache import newest_round, read_index
from oj.sources.kolada.download import Pace
from oj.sources.kolada.values import (
    Fetched,
    fetched_folder,
    read_fetched,
    read_key_figures,
    write_key_figures,
)
from oj.words.errors import Fault, UserError

DAY = "2022-03-04"
GOOD_ROW = ("placerade-hvb", "1280", "2021", "total", "2.5", "observed", "1", "", "kolada")
NOTHING = "Inget har ändrats på disken."


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with a small catalog of key figures."""
    folder = tmp_path_factory.mktemp("original") / "data"
    shutil.copytree(DATA, folder, ignore=shutil.ignore_patterns("key_figures", "history.csv"))
    small_catalog(folder)
    return folder


@pytest.fixture(scope="module")
def catalog(original: Path) -> dict[str, dict[str, Any]]:
    """Return the small catalog by Kolada's id."""
    return read_small_catalog(original)


@pytest.fixture(scope="module")
def usual(original: Path, catalog: dict[str, dict[str, Any]], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data/ with Skåne fetched as it usually is."""
    folder = Path(shutil.copytree(original, tmp_path_factory.mktemp("usual") / "data"))
    kolada = Kolada(catalog)
    cache, transport = folder.parent / "cache", kolada.transport()
    fetch(["Skåne"], Order(url=BASE, date=DAY, facts=folder, cache=cache, transport=transport, pace=Pace(gap=0)))
    return folder


@pytest.fixture
def kolada(catalog: dict[str, dict[str, Any]], monkeypatch: pytest.MonkeyPatch) -> Kolada:
    """Return a made Kolada with what the small catalog asks for; no wait is waited."""
    monkeypatch.setattr("time.sleep", lambda _seconds: None)
    monkeypatch.delenv("OJ_KOLADA_URL", raising=False)
    return Kolada(catalog)


@pytest.fixture
def order(kolada: Kolada, data_copy: Path, tmp_path: Path) -> Callable[..., Order]:
    """Return what orders a fetch from the made Kolada, within the process."""

    def ordered(**changed: Any) -> Order:
        usual: dict[str, Any] = {
            "url": BASE,
            "date": DAY,
            "facts": data_copy,
            "cache": tmp_path / "cache",
            "transport": kolada.transport(),
            "pace": Pace(gap=0),
            "now": lambda: datetime(2022, 3, 4, 12, 30, tzinfo=UTC),
        }
        return Order(**{**usual, **changed})

    return ordered


def contents(*folders: Path) -> dict[str, bytes]:
    """Return every file of the folders by its path."""
    paths = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in paths}


def cells(data_copy: Path) -> dict[tuple[str, str, int, str], tuple[Any, ...]]:
    """Return Skåne's value, status, count, told and source by indicator, place, year and gender."""
    table = read_key_figures("Skåne", data_copy)
    rows = table.astype(object).where(table.notna(), None).itertuples(index=False)
    return {tuple(row[:4]): tuple(row[4:]) for row in rows}  # type: ignore[misc]


def test_every_cell_of_a_county_is_what_kolada_says_or_worked_out(usual: Path) -> None:
    """Where municipality `at` of Skåne's 33 and four others have the figures that `made_data` makes."""
    found = cells(usual)
    osby = SKANE.index("1273")
    expected = {
        ("placerade-hvb", "1273", 2021, "total"): (osby / 8, "observed", 1, "", "kolada"),
        ("placerade-hvb", "1273", 2021, "men"): (0.0, "observed", 1, "", "kolada"),
        ("placerade-hvb", "00", 2021, "total"): (2.5, "observed", 1, "", "kolada"),
        ("placerade-hvb", "12", 2021, "total"): (2.0, "observed", 33, "", "egen-berakning"),  # 0..32 in eighths
        ("invanare", "12", 2021, "total"): (1.4e6, "observed", 1, "", "kolada"),
        ("invanare", "00", 2021, "men"): (5e6, "observed", 1, "", "kolada"),
        ("barn-ekonomiskt-bistand", "00", 2021, "total"): (37 / 2 / 3, "observed", 38, "", "egen-berakning"),
        ("fraga-socialjour", "12", 2021, "total"): (100 * 16 / 33, "observed", 33, "", "egen-berakning"),
        ("fraga-socialjour", SKANE[1], 2021, "total"): (1.0, "observed", 1, "", "kolada"),
        ("unga-inflytande", SKANE[0], 2021, "total"): (50.0, "observed", 1, "", "kolada"),
        ("unga-inflytande", SKANE[0], 2021, "women"): (None, "suppressed", None, "", "kolada"),
        ("unga-inflytande", SKANE[0], 2021, "men"): (None, "suppressed", None, "", "kolada"),
        ("unga-inflytande", "12", 2021, "women"): (49.5 + 423 / 26, "observed", 26, "", "egen-berakning"),
        ("unga-inflytande", "12", 2021, "men"): (50.25 + 423 / 26, "observed", 26, "", "egen-berakning"),
        ("placerade-hvb", "G92793", 2021, "total"): (None, "missing", 2, "färre än tre kommuner", "egen-berakning"),
        ("placerade-hvb", "G92787", 2021, "total"): (
            (SKANE.index("1280") + 33 + 34) / 8 / 3, "observed", 3, "", "egen-berakning",
        ),
    }  # fmt: skip
    for cell, expect in expected.items():
        assert found[cell][1:] == expect[1:], cell
        assert found[cell][0] == (None if expect[0] is None else pytest.approx(expect[0], rel=1e-12)), cell


def test_the_table_is_whole_and_in_order(usual: Path) -> None:
    table = read_key_figures("12", usual)
    assert set(table["place"]) == {"00", "12", *SKANE, "G92787", "G92790", "G92793"}
    genders = {"barn-ekonomiskt-bistand": 1, "fraga-socialjour": 1}
    sizes = {name: 38 * 2 * genders.get(name, 3) for name in dict.fromkeys(table["indicator"])}
    assert table.groupby("indicator").size().to_dict() == sizes
    assert list(sizes) == ["unga-inflytande", "placerade-hvb", "barn-ekonomiskt-bistand", "invanare",
                           "fraga-socialjour"]  # fmt: skip
    assert table.loc[:5, ["place", "year", "gender"]].to_numpy().tolist() == [
        ["00", year, gender] for year in (2020, 2021) for gender in ("total", "women", "men")
    ]
    assert (table["value"].notna() == (table["status"] == "observed")).all()


def test_what_was_fetched_is_told(order: Callable[..., Order], data_copy: Path) -> None:
    fetch(["Skåne", "Gotland"], order())
    told = read_fetched("Skåne", data_copy)
    assert (told.county, told.address, told.fetched) == ("12", BASE, DAY)
    assert [(one.indicator, one.kolada, one.reason) for one in told.stopped] == [
        ("fraga-uppfoljning-oppenvard", "U33561", "Kolada har dragit in nyckeltalet.")
    ]
    assert [(one.id, one.places, one.size) for one in told.groups] == [
        ("G92787", ["1280"], 3), ("G92790", ["1281", "1283"], 6), ("G92793", ["1230", "1231"], 2),
    ]  # fmt: skip
    assert [one.title for one in told.groups] == [GROUPS[one.id][0] for one in told.groups]
    assert {code: one.county for code, one in fetched_counties(data_copy).items()} == {"09": "09", "12": "12"}
    assert [one.asked.partition("/")[0] for one in told.answers] == [
        "municipality",
        "municipality_groups",
        "kpi",
        "data",
    ]
    assert read_fetched("Gotland", data_copy).groups == []


def test_a_county_of_one_municipality_has_no_mean(order: Callable[..., Order], data_copy: Path) -> None:
    fetch(["Gotland"], order())
    county = read_key_figures("Gotland", data_copy).query("place == '09' and indicator == 'placerade-hvb'")
    assert set(county["status"]) == {"missing"}
    assert set(county["told"]) == {"färre än tre kommuner"}


@pytest.mark.parametrize(
    "changed",
    [{"page": 7}, {"fail_every": 3}, {"fail_every": 2}, {"busy_every": 3}, {"page": 11, "fail_every": 7}],
    ids=str,
)
def test_small_pages_and_errors_change_no_byte(
    changed: dict[str, int], kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path
) -> None:
    for name, one in changed.items():
        setattr(kolada, name, one)
    paths = fetch(["Skåne"], order())
    assert [path.read_bytes() for path in paths] == [(usual / "key_figures" / path.name).read_bytes() for path in paths]
    assert len(kolada.asked) > 4


def test_the_order_that_kolada_answers_in_changes_no_byte(
    kolada: Kolada, order: Callable[..., Order], usual: Path
) -> None:
    for answered in (kolada.data, kolada.kpi, kolada.places):
        answered.reverse()
    paths = fetch(["Skåne"], order())
    assert [path.read_bytes() for path in paths] == [(usual / "key_figures" / path.name).read_bytes() for path in paths]


def test_over_a_real_connection_it_is_the_same(kolada: Kolada, order: Callable[..., Order], data_copy: Path) -> None:
    with serving(kolada) as address:
        fetch(["Skåne"], order(url=address, transport=None))
        smooth = contents(fetched_folder(data_copy))
        kolada.page, kolada.fail_every, kolada.busy_every = 50, 7, 5
        fetch(["Skåne"], order(url=address, transport=None, refresh=True))
    assert contents(fetched_folder(data_copy)) == smooth
    assert read_fetched("Skåne", data_copy).address == address


@pytest.mark.parametrize("before", [False, True])
def test_a_server_that_is_gone_changes_nothing(
    before: bool, kolada: Kolada, order: Callable[..., Order], data_copy: Path, tmp_path: Path
) -> None:
    if before:
        fetch(["Skåne"], order())
    there = contents(data_copy, tmp_path / "cache")
    kolada.down = True
    with refused("Hämtningen är avbruten", "listan över kommuner", "503", f"{BASE}municipality", NOTHING):
        fetch(["Skåne"], order(refresh=True))
    with serving(kolada) as address:
        pass
    with refused("Hämtningen är avbruten", "kan inte nås", address, NOTHING):
        fetch(["Skåne"], order(url=address, transport=None))
    assert contents(data_copy, tmp_path / "cache") == there


def test_a_part_that_fails_for_good_is_named_and_changes_nothing(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path, tmp_path: Path
) -> None:
    fetch(["Skåne"], order())
    there = contents(data_copy, tmp_path / "cache")
    kolada.change = lambda path, answer: {} if path.startswith("data/") else answer
    kolada.data[0]["values"][0]["value"] = 51.0
    with refused(
        "Hämtningen är avbruten; det här saknas: värden för nyckeltalen U33578, N33816", "åren 2010–2022", NOTHING
    ):
        fetch(["Skåne"], order(refresh=True))
    assert contents(data_copy, tmp_path / "cache") == there


def test_a_later_page_that_fails_for_good_fails_the_whole(kolada: Kolada, order: Callable[..., Order]) -> None:
    kolada.page = 200
    respond = kolada.respond
    kolada.respond = lambda url: (500, b"", {}) if "page=2" in url.split("?")[1].split("&")[0] else respond(url)  # type: ignore[method-assign]
    with refused("Hämtningen är avbruten", "500", "page=2", NOTHING):
        fetch(["Skåne"], order())


def test_offline_makes_the_same_bytes_again(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path, tmp_path: Path
) -> None:
    kolada.page = 100
    fetch(["Skåne", "Halland"], order())
    there = contents(data_copy)
    shutil.rmtree(fetched_folder(data_copy))
    kolada.asked.clear()
    kolada.down = True
    fetch(["Skåne", "Halland"], order(offline=True, url="", date="", now=lambda: datetime(2023, 9, 1, tzinfo=UTC)))
    assert contents(data_copy) == there
    assert kolada.asked == []


def test_offline_without_anything_kept_is_told(order: Callable[..., Order], data_copy: Path) -> None:
    with refused("Inget är hämtat från Kolada", "utan --offline"):
        fetch(["Skåne"], order(offline=True, date=""))
    fetch(["Skåne"], order())
    with refused("Inget är hämtat från Kolada 2022-03-05"):
        fetch(["Skåne"], order(offline=True, date="2022-03-05"))
    with refused("Inget är hämtat från Kolada"):
        fetch(["Skåne"], order(offline=True, url="https://annan.example/v3"))


def test_offline_takes_the_newest_or_the_day_that_is_said(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path
) -> None:
    for day in ("2022-03-06", "2022-03-04"):
        kolada.item("N33816", "0000")["values"][0]["value"] = float(day[-1])
        fetch(["Skåne"], order(date=day))
    for day, figure in (("", 6.0), ("2022-03-04", 4.0)):
        fetch(["Skåne"], order(offline=True, date=day))
        assert cells(data_copy)["placerade-hvb", "00", 2021, "total"][0] == figure
        assert read_fetched("Skåne", data_copy).fetched == (day or "2022-03-06")


def test_one_days_answers_serve_every_county_until_they_are_refreshed(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path
) -> None:
    fetch(["Skåne"], order())
    asked = len(kolada.asked)
    assert asked == 4
    fetch(["Halland", "Gotland"], order())
    assert len(kolada.asked) == asked
    fetch(["Halland"], order(refresh=True))
    assert len(kolada.asked) == 2 * asked
    fetch(["Halland"], order(date="2022-03-05"))
    assert len(kolada.asked) == 3 * asked
    fetch(["Halland"], order(url="https://annan.example/v3"))
    assert len(kolada.asked) == 4 * asked
    assert read_fetched("Halland", data_copy).address == "https://annan.example/v3/"


def test_a_catalog_that_asks_for_more_is_fetched_anew_but_not_offline(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path
) -> None:
    path = data_copy / DOMAIN / "key_figures.yml"
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole.replace("first_year: 2010", "first_year: 2012"), encoding="utf-8")
    fetch(["Skåne"], order())
    path.write_text(whole, encoding="utf-8")
    with refused(f"Det som hämtades {DAY} svarar inte på allt", "utan --offline"):
        fetch(["Skåne"], order(offline=True))
    asked = len(kolada.asked)
    fetch(["Skåne"], order())
    assert len(kolada.asked) == asked + 4


@pytest.mark.parametrize("broken", ["changed", "gone", "index", "index-gone"])
def test_a_kept_file_that_is_damaged_is_named(
    broken: str, order: Callable[..., Order], data_copy: Path, tmp_path: Path
) -> None:
    fetch(["Skåne"], order())
    kept = newest_round(tmp_path / "cache")
    assert kept is not None
    page = kept / read_index(kept).pages[-1].file
    if broken == "changed":
        page.write_bytes(page.read_bytes().replace(b'"value": 51,', b'"value": 52,', 1))
        words = [page.name, "kontrollsumman stämmer inte", "--refresh"]
    elif broken == "gone":
        page.unlink()
        words = [page.name, "saknas", "--refresh"]
    elif broken == "index":
        (kept / "index.json").write_text("{}", encoding="utf-8")
        words = ["index.json", "skadad"]
    else:
        (kept / "index.json").unlink()
        words = ["Inget är hämtat från Kolada"]
    there = contents(data_copy)
    with refused(*words):
        fetch(["Skåne"], order(offline=True))
    assert contents(data_copy) == there


def test_answers_are_kept_as_they_came(kolada: Kolada, order: Callable[..., Order], tmp_path: Path) -> None:
    bodies: list[bytes] = []
    respond = kolada.respond

    def remembered(url: str) -> tuple[int, bytes, dict[str, str]]:
        status, body, headers = respond(url)
        bodies.append(body)
        return status, body, headers

    kolada.respond = remembered  # type: ignore[method-assign]
    kolada.page = 300
    fetch(["Skåne"], order())
    kept = newest_round(tmp_path / "cache", BASE, DAY)
    assert kept is not None
    index = read_index(kept)
    assert [(kept / page.file).read_bytes() for page in index.pages] == bodies
    assert (index.date, index.moment, index.address) == (DAY, "2022-03-04T12:30:00+00:00", BASE)


MISMATCHES: dict[str, tuple[Callable[[Kolada], object], str, str]] = {
    "title": (lambda it: it.kpi_item("N33816").update(title="Något annat, antal"), "placerade-hvb", "Koladas titel"),
    "coding": (
        lambda it: it.kpi_item("U31466").update(title="Socialjour (Ja=1, Nej=0, Delvis=2)"),
        "fraga-socialjour", "kodar svaren",
    ),
    "division": (
        lambda it: it.kpi_item("U31803").update(is_divided_by_gender=True), "barn-ekonomiskt-bistand", "är uppdelat",
    ),
    "type": (lambda it: it.kpi_item("N01951").update(municipality_type="K"), "invanare", "av typ K"),
    "withdrawn": (lambda it: it.kpi.remove(it.kpi_item("N33816")), "placerade-hvb", "dragit in"),
    "empty": (
        lambda it: setattr(it, "data", [one for one in it.data if one["kpi"] != "N33816"]),
        "placerade-hvb", "inga värden",
    ),
    "percent": (
        lambda it: it.item("U33578", "0380")["values"][0].update(value=100.5), "unga-inflytande", "är mer än 100",
    ),
    "unknown place": (lambda it: it.item("N33816", "0380").update(municipality="0399"), "placerade-hvb", "0399"),
    "unknown answer": (
        lambda it: it.item("U31466", "0380")["values"][0].update(value=2), "fraga-socialjour", "kodningen",
    ),
    "twice": (lambda it: it.data.append(it.item("N33816", "1280")), "placerade-hvb", "två värden"),
    "described twice": (lambda it: it.kpi.append(it.kpi_item("N33816")), "placerade-hvb", "två gånger"),
    "orders in the title": (
        lambda it: it.kpi_item("N33816").update(title="\x1b[2J\nInget fel"), "placerade-hvb", "\ufffd[2J Inget fel",
    ),
    "negative": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value=-0.5), "placerade-hvb", "-0,5 är mindre än noll",
    ),
    "more than all": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value=1000.5), "placerade-hvb", "är mer än 1000",
    ),
    "text": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value="12,5"), "placerade-hvb", "”12,5” är inget tal",
    ),
    "true": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value=True), "placerade-hvb", "”True” är inget tal",
    ),
    "list": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value=[1]), "placerade-hvb", "”[1]” är inget tal",
    ),
    "400 figures": (
        lambda it: it.item("N33816", "0380")["values"][0].update(value=10**400), "placerade-hvb", "är inget tal",
    ),
    "half a person": (
        lambda it: it.item("N01951", "0380")["values"][0].update(value=10.5), "invanare", "inget helt antal",
    ),
    "too many persons": (
        lambda it: it.item("N01951", "0380")["values"][0].update(value=10**9), "invanare", "är mer än 100000000",
    ),
    "count": (
        lambda it: it.item("N33816", "0380")["values"][0].update(count=10**400), "placerade-hvb", "är inget antal",
    ),
    "gender": (
        lambda it: it.item("N33816", "0380")["values"][0].update(gender="X\x07"), "placerade-hvb", "könet ”X\ufffd”",
    ),
    "place with orders": (
        lambda it: it.item("N33816", "0380").update(municipality="\x1b[1m"), "placerade-hvb", "\ufffd[1m",
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", MISMATCHES)
def test_a_mismatch_stops_one_key_figure_and_no_other(
    kind: str, kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path
) -> None:
    before = cells(usual)
    change, indicator, words = MISMATCHES[kind]
    change(kolada)
    fetch(["Skåne"], order())
    assert cells(data_copy) == {cell: one for cell, one in before.items() if cell[0] != indicator}
    reasons = {one.indicator: one.reason for one in read_fetched("Skåne", data_copy).stopped}
    assert set(reasons) == {indicator, "fraga-uppfoljning-oppenvard"}
    assert words in reasons[indicator]


def test_1e400_is_no_number(kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path) -> None:
    kolada.item("N33816", "0380")["values"][0].update(value=123456.5)
    respond = kolada.respond

    def larger(url: str) -> tuple[int, bytes, dict[str, str]]:
        status, body, headers = respond(url)
        return status, body.replace(b"123456.5", b"1e400"), headers

    kolada.respond = larger  # type: ignore[method-assign]
    fetch(["Skåne"], order())
    reasons = {one.indicator: one.reason for one in read_fetched("Skåne", data_copy).stopped}
    assert "”inf” är inget tal" in reasons["placerade-hvb"]
    assert len(cells(data_copy)) == len([cell for cell in cells(usual) if cell[0] != "placerade-hvb"])


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_json_number_stops_the_fetch(number: str, kolada: Kolada, order: Callable[..., Order]) -> None:
    kolada.item("N33816", "0380")["values"][0].update(value=float(number.replace("Infinity", "inf")))
    with refused("har inte den form", NOTHING):
        fetch(["Skåne"], order())


def test_an_unknown_status_is_kept_beside_its_value(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path
) -> None:
    before = cells(usual)
    kolada.item("N33816", "1280")["values"][0].update(status="Preliminary\x1b[2J\nx, 1")
    kolada.item("N33816", "1281")["values"][0].update(status="Vet ej", value=None)
    fetch(["Skåne"], order())
    known, lacking = (cells(data_copy)["placerade-hvb", place, 2021, "total"] for place in ("1280", "1281"))
    figure = before["placerade-hvb", "1280", 2021, "total"][0]
    assert (known[0], known[1], known[3]) == (figure, "observed", "Preliminary\ufffd[2J x, 1")
    assert (lacking[0], lacking[1], lacking[3]) == (None, "missing", "Vet ej")


@pytest.mark.parametrize("status", [404, 410])
@pytest.mark.parametrize("kind", ["kpi", "data"])
def test_a_withdrawn_id_that_is_answered_404_stops_only_itself(
    kind: str, status: int, kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path
) -> None:
    """Also without a network later: what was answered of the others is kept under what was asked."""
    respond = kolada.respond

    def gone(url: str) -> tuple[int, bytes, dict[str, str]]:
        missing = f"/{kind}/" in url and "N33816" in url
        return (status, b'{"detail": "Not Found"}', {}) if missing else respond(url)

    kolada.respond = gone  # type: ignore[method-assign]
    paths = fetch(["Skåne"], order())
    assert cells(data_copy) == {cell: one for cell, one in cells(usual).items() if cell[0] != "placerade-hvb"}
    told = {one.indicator: one.reason for one in read_fetched("Skåne", data_copy).stopped}
    assert "dragit in" in told["placerade-hvb"] or "inga värden" in told["placerade-hvb"]
    there = [path.read_bytes() for path in paths]
    assert [path.read_bytes() for path in fetch(["Skåne"], order(offline=True))] == there


def test_all_ids_answered_404_is_an_error(kolada: Kolada, order: Callable[..., Order]) -> None:
    respond = kolada.respond
    kolada.respond = lambda url: (404, b"", {}) if "/kpi/" in url else respond(url)  # type: ignore[method-assign]
    with refused("Kolada har inget av katalogens nyckeltal", NOTHING):
        fetch(["Skåne"], order())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (
            lambda places: places.append({"id": "9999", "title": "Ny\x1b[2J", "type": "K"}),
            "9999 Ny\ufffd[2J finns inte",
        ),
        (lambda places: places.append({"id": "1280", "title": "Malmo", "type": "K"}), "1280 heter Malmo hos Kolada"),
        (lambda places: places.insert(0, {"id": "1280", "title": "Malmo", "type": "K"}), "1280 heter Malmo hos Kolada"),
        (lambda places: places[0].update(title="Annat"), "heter Annat hos Kolada"),
        (lambda places: places[0].update(type="L"), "finns inte hos Kolada"),
        (lambda places: places[0].update(id=114), "har inte den form"),
        (lambda places: places[0].update(title=None), "har inte den form"),
    ],
)
def test_odd_municipalities_stop_the_fetch(
    change: Callable[[list[dict[str, Any]]], object], words: str, kolada: Kolada, order: Callable[..., Order]
) -> None:
    change(kolada.places)
    with refused(words, NOTHING):
        fetch(["Skåne"], order())


def test_a_municipality_that_is_listed_twice_alike_is_one(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path, usual: Path
) -> None:
    kolada.places.append(dict(kolada.places[0]))
    fetch(["Skåne"], order())
    assert cells(data_copy) == cells(usual)


@pytest.mark.parametrize("link", ["http://annan.example/v3/x", "https://annan.example/x", "file:///etc/passwd"])
@pytest.mark.parametrize("kind", ["next_url", "redirect"])
def test_another_place_is_never_asked(link: str, kind: str, kolada: Kolada, order: Callable[..., Order]) -> None:
    respond = kolada.respond
    if kind == "redirect":
        kolada.respond = lambda url: (respond(url), (302, b"", {"Location": link}))[1]  # type: ignore[method-assign]
    kolada.change = lambda _path, answer: answer | {"next_url": link}
    with refused("en annan server", link, NOTHING):
        fetch(["Skåne"], order())
    assert len(kolada.asked) == 1


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda groups: groups.pop("G92787"), "Kolada har dragit in kommungruppen."),
        (lambda groups: groups.update(G1=groups["G92787"]), "Kolada har två kommungrupper med den titeln."),
        (
            lambda groups: groups["G92787"][1].append("1399"),
            "Kolada räknar 1399 till gruppen, som inte är någon kommun.",
        ),
    ],
    ids=["gone", "two", "member"],
)
def test_a_peer_group_that_cannot_be_used_is_told(
    change: Callable[[dict[str, Any]], object],
    reason: str, kolada: Kolada, order: Callable[..., Order], data_copy: Path,
) -> None:  # fmt: skip
    kolada.groups = {name: (title, list(members)) for name, (title, members) in GROUPS.items()}
    change(kolada.groups)
    fetch(["Skåne"], order())
    told = read_fetched("Skåne", data_copy)
    assert [(one.indicator, one.title, one.reason) for one in told.stopped[1:]] == [
        ("", "Storstäder (ovägt medel)", reason)
    ]
    assert [one.id for one in told.groups] == ["G92790", "G92793"]


def test_groups_are_found_by_title_whatever_their_id(
    kolada: Kolada, order: Callable[..., Order], data_copy: Path
) -> None:
    kolada.groups = {"G5": ("Storstäder  (ovägt medel)", ["1480", "0180", "1280"]), **dict(list(GROUPS.items())[1:])}
    fetch(["Skåne"], order())
    assert [(one.id, one.places) for one in read_fetched("Skåne", data_copy).groups][-1] == ("G92793", ["1230", "1231"])
    assert cells(data_copy)["placerade-hvb", "G5", 2021, "total"][1:3] == ("observed", 3)


def test_when_nothing_can_be_used_it_is_an_error(kolada: Kolada, order: Callable[..., Order]) -> None:
    kolada.kpi.clear()
    with refused("Kolada har inget av katalogens nyckeltal", "U33578", NOTHING):
        fetch(["Skåne"], order())


@pytest.mark.parametrize("date", [DAY, "2009-12-31"])
def test_when_there_is_no_value_at_all_it_is_an_error(date: str, kolada: Kolada, order: Callable[..., Order]) -> None:
    kolada.data = kolada.data if date < DAY else []
    with refused("Kolada har inga värden som kan användas", date[:4], NOTHING):
        fetch(["Skåne"], order(date=date))


def test_other_municipalities_than_ours_stop_the_fetch(kolada: Kolada, order: Callable[..., Order]) -> None:
    kolada.places = [one for one in kolada.places if one["id"] != "1280"]
    with refused("1280 Malmö finns inte hos Kolada", NOTHING):
        fetch(["Skåne"], order())


def test_all_counties_at_once(kolada: Kolada, order: Callable[..., Order], data_copy: Path) -> None:
    paths = fetch(["alla"], order())
    assert len(paths) == 2 * 21
    assert len(fetched_counties(data_copy)) == 21
    assert len(kolada.asked) == 4


@pytest.mark.parametrize(
    ("counties", "changed", "word"),
    [
        (["Skone"], {}, "Menade du ”Skåne”?"),
        (["Malmö"], {}, "inte ett län"),
        (["Riket"], {}, "inget län"),
        (["Skåne"], {"date": "igår"}, "”igår” är inget datum"),
        (["Skåne"], {"date": "2022-02-30"}, "inget datum"),
        (["Skåne"], {"date": "2099-01-01"}, "”2099-01-01” har inte varit än; datumet ska vara i dag eller tidigare"),
        (["Skåne"], {"offline": True, "refresh": True}, "Välj ett av dem"),
        (["Skåne"], {"page_size": 0}, "1–5000"),
        (["Skåne"], {"page_size": 5001}, "1–5000"),
        (["Skåne"], {"url": "http://api.kolada.se/v3"}, "https"),
    ],
)
def test_an_order_that_cannot_be_is_refused(
    counties: list[str], changed: dict[str, Any], word: str, kolada: Kolada, order: Callable[..., Order]
) -> None:
    with refused(word):
        fetch(counties, order(**changed))
    assert kolada.asked == []


def test_what_is_not_fetched_is_told(data_copy: Path) -> None:
    with refused("Inget är hämtat från Kolada för Skåne län", "make fetch COUNTY=Skåne"):
        read_key_figures("Skåne", data_copy)
    with refused('make fetch COUNTY="Västra Götaland"'):
        read_fetched("14", data_copy)
    assert fetched_counties(data_copy) == {}


@pytest.mark.parametrize(
    ("column", "value", "fault", "rule"),
    [
        ("indicator", "placerad-hvb", "placerad-hvb", "okänt nyckeltal. Menade du ”placerade-hvb”?"),
        ("place", "1299", "1299", "okänd kod; se data/places.csv"),
        ("year", "i år", "i år", "ska vara ett heltal"),
        ("gender", "girls", "girls", "ska vara en av: total, women, men"),
        ("value", "1,5", "1,5", "ska vara ett tal, med decimalpunkt"),
        ("value", "-1", "-1.0", "är mindre än vad nyckeltalet kan vara"),
        ("value", "", "observed", "status säger att uppgift finns"),
        ("status", "missing", "missing", "status säger att uppgift saknas"),
        ("status", "hidden", "hidden", "ska vara en av: observed, missing, not_applicable, suppressed"),
        ("source", "", "", "får inte vara tom"),
    ],
)
def test_a_broken_file_is_refused_where_it_is_broken(
    column: str, value: str, fault: str, rule: str, data_copy: Path
) -> None:
    header = "indicator,place,year,gender,value,status,count,told,source"
    row = dict(zip(header.split(","), GOOD_ROW, strict=True))
    fetched_folder(data_copy).mkdir()
    with (fetched_folder(data_copy) / "skane.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(row))
        writer.writeheader()
        writer.writerows([{**row, "year": "2020"}, {**row, column: value}])
    at = "status" if fault == "observed" else column
    with refused_for(Fault("data/key_figures/skane.csv", 3, at, fault, rule)):
        read_key_figures("Skåne", data_copy)


def test_a_row_of_another_length_and_a_broken_sidecar_are_refused(data_copy: Path) -> None:
    folder = fetched_folder(data_copy)
    folder.mkdir()
    header = "indicator,place,year,gender,value,status,count,told,source"
    for row in ("placerade-hvb,1280,2021,total", "placerade-hvb,1280,2021,total,2.5,observed,1,,kolada,x"):
        (folder / "skane.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
        with refused("data/key_figures/skane.csv rad 2", "raden ska ha 9 fält"):
            read_key_figures("Skåne", data_copy)
    for text in ("county: 12\n", "[", "county: '12'\naddress: a\n"):
        (folder / "skane.yml").write_text(text, encoding="utf-8")
        with refused("data/key_figures/skane.yml är skadad", "make fetch"):
            read_fetched("Skåne", data_copy)


def test_a_folder_that_cannot_be_written_to_is_told(order: Callable[..., Order], data_copy: Path) -> None:
    fetched_folder(data_copy).write_text("en fil", encoding="utf-8")
    with refused("key_figures", "kan inte skrivas"):
        fetch(["Skåne"], order())


def test_a_full_disk_changes_nothing(
    order: Callable[..., Order], data_copy: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fetch(["Skåne"], order())
    there = contents(data_copy)
    table, told = read_key_figures("Skåne", data_copy), read_fetched("Skåne", data_copy)
    written = Path.write_bytes

    def full(path: Path, body: bytes) -> int:
        if path.name.endswith(".yml"):
            raise OSError(28, "No space left on device")
        return written(path, body)

    monkeypatch.setattr(Path, "write_bytes", full)
    with refused("kan inte skrivas", "disken är full"):
        write_key_figures({"skane": (table.head(3), told)}, data_copy)
    assert contents(data_copy) == there


def test_the_sidecar_is_plain_yaml_that_comes_back(usual: Path) -> None:
    told = read_fetched("Skåne", usual)
    assert Fetched.model_validate_json(json.dumps(told.model_dump())) == told
    assert "Storstäder (ovägt medel)" in (fetched_folder(usual) / "skane.yml").read_text(encoding="utf-8")


def test_what_is_fetched_is_among_the_facts_and_only_then(order: Callable[..., Order], data_copy: Path) -> None:
    before = {name for name in hashes(data_copy) if is_fact(name)}
    fetch(["Skåne"], order())
    after = {name for name in hashes(data_copy) if is_fact(name)}
    assert after - before == {"key_figures/skane.csv", "key_figures/skane.yml"}
    assert before - after == set()


def test_progress_tells_of_every_page(kolada: Kolada, order: Callable[..., Order]) -> None:
    told: list[int] = []
    kolada.page = 100
    fetch(["Skåne"], order(advance=told.append))
    assert len(told) == len(kolada.asked)
    assert max(told) == 100


def test_nothing_is_raised_but_what_a_coordinator_can_read(kolada: Kolada, order: Callable[..., Order]) -> None:
    """Any one part of the answers may be anything at all."""
    for at, odd in enumerate([None, "x", {}, [1]]):
        kolada.change = lambda _path, answer, odd=odd: {**answer, "values": [odd], "count": 1}  # type: ignore[misc]
        with pytest.raises(UserError, match="har inte den form"):
            fetch(["Skåne"], order(date=f"2022-03-{at + 10}"))
