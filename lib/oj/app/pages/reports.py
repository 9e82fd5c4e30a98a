"""The reports that there are: open, take home, build again."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from oj.app.asking.guard import OF_REPORTS
from oj.app.asking.page import Form, ground_of, page
from oj.app.asking.starting import started
from oj.app.work.jobs import DIED, FAULTY, STOPPED, UNWRITTEN, Order, jobs, running
from oj.disk.zipped import zipped_folders
from oj.facts.editions import domains, root_of
from oj.facts.places import slug
from oj.publish.build.preliminary import REVIEW_FILE
from oj.publish.site.reports import MANIFEST, Report, find_report, read_reports
from oj.sources.origins import imported
from oj.sources.published import FILLED_IN
from oj.words.errors import UserError
from oj.words.swedish import day

HEAD, WAY_BACK = b'<header class="site">', '<nav aria-label="Sidorna"><a href="/">← Till sidan Rapporter</a></nav>'
LATEST = 5  # jobs that are shown on the first page
ENDED = {FAULTY: "gick inte", UNWRITTEN: "gick inte", STOPPED: "avbröts", DIED: "avbröts"}  # what is not done, there


@dataclass(frozen=True)
class Shown:
    """A report as the list shows it: when it was built, and whether what it is made of has changed since."""

    report: Report
    built: str
    is_older: bool


def reports(request: Request) -> Response:
    """Show every report, and what is at work."""
    ground = ground_of(request)
    found, others = read_reports(ground.folders.reports)
    known = [_shown(one, ground.folders.reports, ground.params) for one in found]
    at_work = running(ground.home)
    latest = [one for one in jobs(ground.home) if one not in at_work and one.order.kind != "trial"][:LATEST]
    return page(
        request, "reports", reports=known, others=others, at_work=at_work, latest=latest, ended=ENDED,
        REVIEW_FILE=REVIEW_FILE,
    )  # fmt: skip


def _shown(report: Report, folder: Path, params: Path) -> Shown:
    built = (folder / report.name / MANIFEST).stat().st_mtime
    read = [root_of() / name for name in report.data if not name.endswith(f"/{FILLED_IN}")]  # which stands in no facts
    changed = any(not path.exists() or path.stat().st_mtime > built for path in read)
    new = any(path.exists() and path.stat().st_mtime > built for path in may_be_read(report, params))
    return Shown(report, day(date.fromtimestamp(built).isoformat()), changed or new)


def may_be_read(report: Report, params: Path) -> list[Path]:
    """Return the files that a report would be made of though it was not: its own parameters, and what is read in.

    What is another county's or group's parameters, or another domain's results, is none of its.
    """
    group = str(report.asked.get("group", ""))
    own = "-".join(filter(None, [slug(report.county.short), group]))
    home = domains().get(str(report.asked.get("domain", "")))
    results = [root_of() / "results" / f"{name}.csv" for name in (imported(home) if home else ())]
    return [params / "report.yml", params / f"{own}.yml", *results]


def named(request: Request) -> Report:
    """Return the report that an address names, of those that there are."""
    report = find_report(ground_of(request).folders.reports, request.path_params["name"])
    if report is None:
        raise HTTPException(404)
    return report


def file(request: Request) -> Response:
    """Answer a file of a report: one that the report itself says it has."""
    report, wanted = named(request), request.path_params["path"] or "index.html"
    name = next((one for one in (*report.files, MANIFEST) if one == wanted), "")
    home = ground_of(request).folders.reports / report.name
    path = home / name
    if not name or not path.is_file() or home.resolve() not in path.resolve().parents:
        raise HTTPException(404)
    headers = {"content-security-policy": OF_REPORTS, "cache-control": "no-cache"}
    if path.suffix == ".html":
        return HTMLResponse(with_way_back(path.read_bytes()), headers=headers)
    return FileResponse(path, headers=headers)


def with_way_back(content: bytes) -> bytes:
    """Return a page of a report as it is shown here, with a way back to these pages; its file stays as it is.

    >>> with_way_back(b'<header class="site"><p>Rapport</p>').decode()
    '<header class="site"><nav aria-label="Sidorna"><a href="/">← Till sidan Rapporter</a></nav><p>Rapport</p>'
    """
    return content.replace(HEAD, HEAD + WAY_BACK.encode(), 1)


def zipped(request: Request) -> Response:
    """Answer a report whole, as one file to hand over."""
    report = named(request)
    content = zipped_folders({report.name: ground_of(request).folders.reports / report.name})
    headers = {"content-disposition": f'attachment; filename="{report.name}.zip"'}
    return Response(content, media_type="application/zip", headers=headers)


def again(request: Request, form: Form) -> Response:
    """Build a report again, as it was asked for."""
    request.path_params["name"] = form.one("rapport")
    report = named(request)
    if report.is_preliminary:
        raise UserError("En preliminär rapport byggs om med enkätfilen, på sidan Enkäten.")
    told = {name: str(report.asked.get(name, "")) for name in ("county", "group", "domain", "edition")}
    words = build_words(**told)
    if form.one("gor") == "forklara":
        words.insert(1, "--explain")
        order = Order("explain", f"Vad har ändrats: {report.county.name}, {report.title}", report.name, [words])
        return started(request, order)
    title = f"{report.county.name}, {report.title}"
    return started(request, build_order(report.name, title, words))


def build_words(county: str, group: str, domain: str, edition: str) -> list[str]:
    """Return the command that builds a report."""
    flags = {"--group": group, "--domain": domain, "--edition": edition}
    return ["report", *(f"{name}={value}" for name, value in flags.items() if value), "--", county]


def build_order(name: str, title: str, words: list[str]) -> Order:
    """Return the order to build a report; of each only one is built at a time."""
    return Order("build", f"Bygger {title}", name, [words], on={"report": name})
