"""A small made Kolada, in the form of its API v3, to try the client on: in the process or on loopback."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlencode, urlsplit

import httpx
import yaml

from conftest import DATA, DOMAIN
from oj.facts.key_figures import KeyFigure
from oj.facts.places import all_places

BASE = "https://kolada.example/v3/"
MOST_IDS = 25
WANTED = (
    "unga-inflytande", "placerade-hvb", "barn-ekonomiskt-bistand", "invanare", "fraga-socialjour",
    "fraga-uppfoljning-oppenvard",
)  # fmt: skip
YEARS = (2020, 2021)
SKANE = [place.code for place in all_places(DATA).values() if place.county == "12" and place.level == "municipality"]
GROUPS = {
    "G92787": ("Storstäder (ovägt medel)", ["0180", "1280", "1480"]),
    "G92790": ("Större stad (ovägt medel)", ["0380", "0580", "0680", "0780", "1281", "1283"]),
    "G92793": ("Pendlingskommun nära storstad (ovägt medel)", ["1230", "1231"]),
    "G33621": ("Skåne läns kommuner (ovägt medel)", SKANE),
}


QUESTIONS = """
table: fragor
unit: answer
decimals: 0
polarity: higher-better
gendered: false
first_year: 2010
source: Socialstyrelsen
caution: Kommunen svarar själv.
young: false
key_figures:
  - id: fraga-socialjour
    kolada: U31466
    title: "Socialjour tillgänglig utanför kontorstid, (Ja=1, Nej=0) (-2021)"
    area: tillganglig
    name: Socialjour
    phrase: socialjour som går att nå utanför kontorstid
    question: Om kommunen har socialjour som går att nå utanför kontorstid.
    coding: {"1": "yes", "0": "no"}
  - id: fraga-uppfoljning-oppenvard
    kolada: U33561
    title: "Kommunen har använt resultaten, öppenvård, (Ja=2, Delvis=1, Nej=0)"
    area: kunskapsbaserad
    name: "Uppföljning: öppenvård"
    phrase: använt resultat av systematisk uppföljning för att utveckla öppenvården
    question: Om kommunen har använt resultat av systematisk uppföljning för att utveckla öppenvården.
    coding: {"2": "yes", "1": "partly", "0": "no"}
"""


def questions() -> dict[str, KeyFigure]:
    """Return the questions that the small catalog has, by Kolada's id."""
    family = yaml.safe_load(QUESTIONS)
    own = family.pop("key_figures")
    return {one["kolada"]: KeyFigure.model_validate(family | one) for one in own}


def small_catalog(folder: Path) -> None:
    """Cut a copy of `data/` down to the key figures in WANTED."""
    path = folder / DOMAIN / "key_figures.yml"
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    content.pop("withdrawn")
    content["families"].append(yaml.safe_load(QUESTIONS))
    content["tables"]["fragor"] = "Rutiner"
    content["areas"]["kunskapsbaserad"] = "Kunskapsbaserad vård och omsorg"
    for family in content["families"]:
        family["key_figures"] = [one for one in family["key_figures"] if one["id"] in WANTED]
    content["families"] = [family for family in content["families"] if family["key_figures"]]
    content["peer_groups"] = [title for title, _members in list(GROUPS.values())[:3]]
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


def read_small_catalog(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the key figures of a catalog as they are written, by Kolada's id."""
    families = yaml.safe_load((folder / DOMAIN / "key_figures.yml").read_text(encoding="utf-8"))["families"]
    return {one["kolada"]: {**family, **one} for family in families for one in family["key_figures"]}


def value(total: float | None, women: float | None = None, men: float | None = None) -> list[dict[str, Any]]:
    """Return an item's values; those that are None are left out."""
    found = {"T": total, "K": women, "M": men}
    return [
        {"gender": gender, "count": 1, "status": "", "value": one, "isdeleted": False}
        for gender, one in found.items()
        if one is not None
    ]


def item(kpi: str, place: str, period: int, values: list[dict[str, Any]]) -> dict[str, Any]:
    """Return one item of data."""
    return {"kpi": kpi, "municipality": place, "period": period, "values": values}


def made_data() -> list[dict[str, Any]]:
    """Return made values: for all of Skåne and some municipalities elsewhere, with holes."""
    data = []
    places = [*SKANE, "0180", "1480", "0380", "0580", "0980"]
    for year in YEARS:
        for at, place in enumerate(places):
            data.append(item("U33578", place, year, value(50 + at, 49.5 + at, None if at % 5 == 0 else 50.25 + at)))
            data.append(item("N33816", place, year, value(at / 8, at / 4, 0.0)))
            data.append(item("U31803", place, year, value(at / 3)))
            data.append(item("N01951", place, year, value(1000.0 * at + year, 500.0 * at, 500.0 * at + year)))
            data.append(item("U31466", place, year, value(float(at % 2))))
        data.append(item("N01951", "0000", year, value(10e6, 5e6, 5e6)))
        data.append(item("N01951", "0012", year, value(1.4e6, 0.7e6, 0.7e6)))
        data.append(item("N33816", "0000", year, value(2.5, 2.0, 3.0)))
        data.append(item("U33578", "G33621", year, value(99.0)))
    return data


@dataclass
class Kolada:
    """What the made Kolada has and how it behaves; every address that was asked for is in `asked`."""

    catalog: dict[str, dict[str, Any]]
    data: list[dict[str, Any]] = field(default_factory=made_data)
    groups: dict[str, tuple[str, list[str]]] = field(default_factory=lambda: dict(GROUPS))
    page: int = 5000
    fail_every: int = 0
    busy_every: int = 0
    down: bool = False
    change: Callable[[str, dict[str, Any]], dict[str, Any]] = lambda _path, answer: answer
    asked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kpi = [
            {"id": name, "title": one["title"], "is_divided_by_gender": one["gendered"],
             "municipality_type": "A" if one.get("regions") else "K", "description": "…"}
            for name, one in self.catalog.items()
            if name != "U33561"
        ]  # fmt: skip
        places = [place for place in all_places(DATA).values() if place.level == "municipality"]
        self.places = [{"id": place.code, "title": place.name, "type": "K"} for place in places]
        self.places += [{"id": "0000", "title": "Riket", "type": "L"}, {"id": "0012", "title": "Skåne", "type": "L"}]

    def kpi_item(self, name: str) -> dict[str, Any]:
        """Return the description of a key figure, to change."""
        return next(one for one in self.kpi if one["id"] == name)

    def item(self, kpi: str, place: str, period: int = 2021) -> dict[str, Any]:
        """Return an item of data, to change."""
        wanted = (kpi, place, period)
        return next(one for one in self.data if (one["kpi"], one["municipality"], one["period"]) == wanted)

    def respond(self, url: str) -> tuple[int, bytes, dict[str, str]]:
        """Return the status, body and headers that answer an address."""
        self.asked.append(url)
        if self.down or (self.fail_every and len(self.asked) % self.fail_every == 0):
            return 503, b'{"detail": "Service unavailable"}', {}
        if self.busy_every and len(self.asked) % self.busy_every == 0:
            return 429, b'{"detail": "Too many requests"}', {"Retry-After": "7"}
        parts = urlsplit(url)
        path = unquote(parts.path).removeprefix("/v3/")
        try:
            found = self.find(path)
        except ValueError as error:
            return 400, json.dumps({"detail": str(error)}).encode(), {}
        query = {name: int(one[0]) for name, one in parse_qs(parts.query).items()}
        size, at = min(query.get("per_page", self.page), self.page), query.get("page", 1)
        part = found[(at - 1) * size : at * size]
        link = f"{parts.scheme}://{parts.netloc}{parts.path}?{urlencode({'page': at + 1, 'per_page': size})}"
        answer = {"values": part, "count": len(part), "next_url": link if at * size < len(found) else None}
        return 200, json.dumps(self.change(path, answer), ensure_ascii=False).encode(), {}

    def find(self, path: str) -> list[dict[str, Any]]:
        """Return everything that answers a path."""
        kind, *rest = path.split("/")
        if any(part.count(",") >= MOST_IDS for part in rest):
            raise ValueError("at most 25 ids in one part")
        if kind == "kpi":
            return [one for one in self.kpi if one["id"] in rest[0].split(",")]
        if kind == "municipality":
            return self.places
        if kind == "municipality_groups":
            return [
                {"id": name, "title": title, "members": [{"member_id": code} for code in members]}
                for name, (title, members) in self.groups.items()
            ]
        asked = re.fullmatch(r"data/kpi/([\w,]+)/year/([\d,]+)", path)
        if not asked:
            raise ValueError(f"what is {path}?")
        kpis, years = asked[1].split(","), [int(year) for year in asked[2].split(",")]
        return [one for one in self.data if one["kpi"] in kpis and one["period"] in years]

    def transport(self) -> httpx.MockTransport:
        """Return a transport that is answered within the process."""

        def handle(request: httpx.Request) -> httpx.Response:
            status, body, headers = self.respond(str(request.url))
            return httpx.Response(status, stream=httpx.ByteStream(body), headers=headers)

        return httpx.MockTransport(handle)


@contextmanager
def serving(kolada: Kolada) -> Iterator[str]:
    """Serve on loopback and yield the base address."""

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            status, body, headers = kolada.respond(f"http://{self.headers['Host']}{self.path}")
            self.send_response(status)
            for name, one in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, one)
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v3/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
