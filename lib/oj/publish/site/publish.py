"""The folder that is put on the web: the start page, every report as it was built, and the same as open data."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from oj.disk.changes import change
from oj.disk.folders import Folders
from oj.present.output import ASSETS
from oj.publish.site.open_data import CATALOGUE, DATA, NAME, PACKAGE, TABLES, Publication, data_files, table_of
from oj.publish.site.reports import MANIFEST, Report, read_reports
from oj.publish.site.start import PAGE, read_memory, remembered, start_page, write_start_look
from oj.words.errors import UserError, shortened
from oj.words.swedish import listing

ROBOTS, SITEMAP, MOST_TOLD = "robots.txt", "sitemap.xml", 5
OURS = {PAGE, ASSETS, PACKAGE, TABLES, CATALOGUE, ROBOTS, SITEMAP}


@dataclass(frozen=True)
class Published:
    """What was put in the folder: which reports, and what is to be told of what was not."""

    reports: list[Report]
    told: list[str]


def publish(folders: Folders, target: Path, how: Publication) -> Published:
    """Write what is to be put on the web to a folder, whole or not at all; raise UserError where it can't be.

    A preliminary report is not published, nor a file that is none of its report's. What was published there before
    goes; a folder with anything else in it is refused.
    """
    reports, others = read_reports(folders.reports)
    told = [f"{name} publiceras inte: {why}" for name, why in others.items()]
    told += [f"{one.name} publiceras inte: den är preliminär." for one in reports if one.is_preliminary]
    reports = [one for one in reports if not one.is_preliminary]
    if not reports:
        raise UserError("\n".join(["Det finns inga rapporter att publicera. Bygg dem först, med make reports.", *told]))
    refuse_misplaced(target, folders)
    with change(target.parent, target.name, f"{target} publiceras", 0) as work:
        refuse_strangers(target)
        (made := work.new(target)).mkdir()
        told += [line for one in reports for line in copy(one, folders.reports, made)]
        write_around(reports, made, target / PAGE, folders, how)
    return Published(reports, told + not_told(how))


def write_around(reports: Sequence[Report], made: Path, before: Path, folders: Folders, how: Publication) -> None:
    """Write what stands beside the reports: the start page, the open data, and what search engines read."""
    tables = [table_of(one, (made / one.name / DATA).read_bytes()) for one in reports if DATA in one.files]
    pages = [PAGE, *(f"{one.name}/{name}" for one in reports for name in one.files if is_page(name))]
    texts = data_files(tables, how) | for_robots(pages, how)
    texts[PAGE] = start_page(reports, remembered(before, reports), publication=how)
    for name, text in texts.items():
        (made / name).write_text(text, encoding="utf-8", newline="\n")
    write_start_look(folders.notebooks, made)


def copy(report: Report, source: Path, target: Path) -> Iterator[str]:
    """Copy a report's own files; yield what of its folder is left. Raise UserError for a file that is another now."""
    home, wanted, other = source / report.name, {**report.files, MANIFEST: report.digest}, []
    for name, known in wanted.items():
        path = PurePosixPath(name)
        content = (home / path).read_bytes() if is_inside(path) and (home / path).is_file() else b""
        if sha256(content).hexdigest() != known:
            other.append(name)
            continue
        (target / report.name / path).parent.mkdir(parents=True, exist_ok=True)
        (target / report.name / path).write_bytes(content)
    if other:
        raise UserError(
            f"Rapporten {report.name} är inte som den byggdes: {some(other)} har ändrats eller saknas. Bygg om den med "
            "make report FORCE=1 och publicera igen. Inget har publicerats."
        )
    there = {path.relative_to(home).as_posix() for path in home.rglob("*") if path.is_file()}
    if strange := sorted(there - wanted.keys()):
        yield f"Publiceras inte, för de hör inte till rapporten {report.name}: {some(strange)}."


def is_inside(path: PurePosixPath) -> bool:
    """Return whether a path that a manifest names lies in its report, and is not hidden."""
    return not path.is_absolute() and not any(part.startswith(".") for part in path.parts)


def is_page(name: str) -> bool:
    """Return whether a file is one of a report's pages, and not one of the code behind them."""
    return "/" not in name and name.endswith(".html")


def some(names: Sequence[str]) -> str:
    """Return the first of many names, and how many more there are."""
    more = [f"{len(names) - MOST_TOLD} till"] if len(names) > MOST_TOLD else []
    return listing([*names[:MOST_TOLD], *more])


def for_robots(pages: Sequence[str], how: Publication) -> dict[str, str]:
    """Return what search engines read: what they may, and, where the address is known, every page's."""
    lines = ["User-agent: *", "Allow: /" if how.indexed else "Disallow: /"]
    if not how.address:
        return {ROBOTS: "\n".join([*lines, ""])}
    listed = "".join(f"<url><loc>{how.address}{page}</loc></url>\n" for page in pages)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return {
        ROBOTS: "\n".join([*lines, f"Sitemap: {how.address}{SITEMAP}", ""]),
        SITEMAP: f"{head}\n{listed}</urlset>\n",
    }


def not_told(how: Publication) -> list[str]:
    """Return what is not written, for it needs what was not said."""
    address = f"{SITEMAP} skrivs inte, och {CATALOGUE} får relativa adresser: säg sajtens adress med ADDRESS=https://…"
    publisher = f"{CATALOGUE} skrivs inte: standarden kräver en utgivare; säg den med PUBLISHER=…"
    licence = "Öppna data har inga villkor för användning: säg licensens adress med LICENSE=https://…"
    said = ((how.address, address), (how.publisher, publisher), (how.licence, licence))
    return [text for value, text in said if not value]


def web_address(text: str, name: str) -> str:
    """Return an address on the web; raise UserError for what is none. `name` is the flag that it was given with.

    >>> web_address("https://exempel.se/oj", "--address")
    'https://exempel.se/oj'
    """
    parts = urlsplit(text)
    sound = parts.scheme in ("http", "https") and parts.netloc and not parts.query and not parts.fragment
    if text and (not sound or not text.isascii() or set(text) & set(" \"'<>&\\")):
        raise UserError(f"{name} ”{shortened(text)}” är ingen adress på webben; skriv den som https://exempel.se/mapp/")
    return text


def refuse_misplaced(target: Path, folders: Folders) -> None:
    """Raise UserError for a folder that is a file, or lies in or around the reports."""
    own, place = folders.reports.resolve(), target.resolve()
    if place in (own, *own.parents) or own in place.parents:
        raise UserError(f"Det går inte att publicera till {target}: där ligger rapporterna själva. Välj en egen mapp.")
    if target.exists() and not target.is_dir():
        raise UserError(f"{target} är en fil. Välj en mapp att publicera till.")


def refuse_strangers(target: Path) -> None:
    """Raise UserError for a folder that has something in it that was not published there before."""
    package = target / PACKAGE
    published = package.is_file() and f'"name": "{NAME}"' in package.read_text(encoding="utf-8", errors="replace")
    known = OURS | read_memory(target / PAGE).reports.keys() if published else set[str]()
    strange = sorted({path.name for path in target.glob("*")} - known)
    if strange:
        raise UserError(
            f"I mappen {target} finns annat än det som publiceras: {some(strange)}. Det skulle försvinna. Flytta det, "
            "eller välj en annan mapp."
        )
