"""What is at work, step by step, and what became of it: stopped, undone, or gone on with."""

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response

from oj.app.asking.ground import Ground
from oj.app.asking.page import Form, ground_of, in_the_page, page, to
from oj.app.asking.starting import started
from oj.app.work.jobs import (
    DIED,
    DONE,
    FAULTY,
    RUNNING,
    SPACE,
    STOPPED,
    UNDOING,
    UNWRITTEN,
    Job,
    Order,
    find,
    stop,
)
from oj.publish.build.preliminary import REVIEW_FILE
from oj.sources.asking.asked import open_in
from oj.words.errors import OF_DISK, UserError
from oj.words.progress import DONE as TOLD_DONE

CHAPTERS = re.compile(r"  (\d+) av \d+ kapitel körs")
PASSING = re.compile(r"  \d+ uppgifter till|data[/\\]\S+")  # of interest while it goes on, or in a terminal
LISTED = re.compile(r".+ \d+,\d s|\S+[/\\]\S+")  # how long each step took, and the files: told when all is done
REPORT = re.compile(r"reports[/\\]([a-z0-9-]+)(?=[/\\]index\.html|$)", re.MULTILINE)
FIRST = {  # what is said before a job has told anything itself
    "trial": "Läser filen", "import": "Läser in filen", "fetch": "Hämtar nyckeltalen", "correct": "Skriver rättelsen",
    "undo": "Lägger tillbaka det som var", "remove": "Tar bort", "answer": "Skriver svaren",
    "template": "Gör Excelfilen", "enkat": "Gör Excelfilen", "explain": "Jämför med underlaget",
}  # fmt: skip
BACK = {  # where what a job was about stands, when it has ended
    "correct": ("/rattelser", "Till rättelserna"), "fetch": ("/kolada", "Till det som är hämtat"),
    **dict.fromkeys(("import", "remove", "answer"), ("/inlast", "Till det som är inläst")),
}  # fmt: skip
FILLED_IN = {  # where a file that was made is handed in when it is filled in, and what is done with it until then
    "enkat": (("/enkaten", "Lägg in den ifyllda filen"), (
        "Hämta filen och fyll i den tillsammans med kommunerna; varje kommun har ett blad. Lägg in den ifylld på sidan "
        "Enkäten, så granskas svaren och blir en preliminär rapport."
    )),
    "template": (("/las-in", "Läs in den ifyllda filen"), (
        "Hämta filen och fyll i den; bladet Läs först säger hur. Lägg in den ifylld på sidan Läs in, så ser ni hur den "
        "läses innan något ändras."
    )),
}  # fmt: skip
STATES = {
    RUNNING: "Arbetar …", DONE: "Klart", FAULTY: "Gick inte", UNWRITTEN: "Gick inte",
    STOPPED: "Avbrutet. Det som fanns är kvar.",
    DIED: (
        "Det avbröts: datorn eller programmet stängdes, eller disken är full. Det som fanns är kvar. Försök igen, så "
        "fortsätter det där det var."
    ),
}  # fmt: skip
UNTOLD = f"Fel: Det gick inte att skriva. {SPACE}"  # not even that
INSIDE = "Fel: Det gick fel här inne, och det är programmets fel. Det som fanns är kvar. Vad som hände står i {}."


def job_of(request: Request) -> Job:
    """Return the job that a page is about."""
    job = find(ground_of(request).home, int(request.path_params["number"]))
    if job is None:
        raise HTTPException(404)
    return job


def show(request: Request) -> Response:
    """Show a job: how far it has come, or what became of it."""
    job = job_of(request)
    if job.order.kind == "trial" and job.state in (DONE, FAULTY) and not is_of_disk(job):
        return to(f"/las-in/{job.number}")
    return page(request, "job", **told(ground_of(request), job))


def state(request: Request) -> Response:
    """Answer only the part of the page that changes while a job is at work; with a reload when it is done."""
    job = job_of(request)
    answer: HTMLResponse = page(request, "progress", **told(ground_of(request), job))
    if job.state != RUNNING:
        answer.headers["HX-Refresh"] = "true"
    return answer


def told(ground: Ground, job: Job) -> dict[str, Any]:
    """Return what a page tells of a job."""
    lines = in_the_page("\n".join(job.lines)).splitlines()
    is_list = job.order.kind in ("trial", "explain")  # what they tell is no steps, and is read when it is done
    steps, chapters = steps_of([] if is_list else lines)
    faults = faults_in(lines, f"build/app/jobs/{job.number}/log") if job.state in (FAULTY, UNWRITTEN) else []
    told_after = [line for line in lines if not PASSING.fullmatch(line)]
    if faults:  # with what had been done by then
        told_after = [*takewhile(lambda line: not line.startswith(("Fel: ", "Traceback ")), told_after)]
    return {
        "job": job, "state": STATES[job.state], "is_running": job.state == RUNNING, "steps": steps,
        "chapters": chapters, "lines": told_after, "faults": faults, "is_done": job.state == DONE,
        "last": lines[-1].strip() if lines and lines[-1].startswith("  ") and not chapters[1] else "",
        "report": report_of(job), "following": following(job),
        "again": is_worth_again(job),
        "next_step": FILLED_IN[job.order.kind][1] if job.state == DONE and job.order.kind in FILLED_IN else "",
        "first": FIRST.get(job.order.kind, "Förbereder"),
        "shows_lines": job.order.kind not in ("build", "survey", "template", "enkat"), "review": review_of(ground, job),
        "can_undo": job.state != RUNNING and bool(job.changes),
    }  # fmt: skip


def is_worth_again(job: Job) -> bool:
    """Return whether a job may go better another time: not where what was written in a form or a file is wrong."""
    of_a_form = ("undo", "correct") if job.state != FAULTY else ("undo", "correct", "survey", "answer")
    return job.state not in (RUNNING, DONE) and (is_of_disk(job) or job.order.kind not in of_a_form)


def is_of_disk(job: Job) -> bool:
    """Return whether a job failed because something could not be written, and not for what it was given."""
    if job.state != FAULTY:
        return job.state == UNWRITTEN
    lines = job.lines
    if not any(lines):  # not even what was wrong
        return True
    told = next((line for line in lines if line.startswith("Fel: ")), "")
    return any(f": {one}" in told for one in OF_DISK.values())


def faults_in(lines: Sequence[str], log: str) -> list[str]:
    """Return what a command that failed told of it: from where it says so, or all that it said; `log` is where it did.

    >>> faults_in(["Läser boken", "Fel: Kapitlet saknas.", "Hela listan: build/fel/a.txt"], "log")
    ['Fel: Kapitlet saknas.', 'Hela listan: build/fel/a.txt']
    """
    first = next((at for at, line in enumerate(lines) if line.startswith("Fel: ")), None)
    if first is None and any(line.startswith("Traceback ") for line in lines):
        return [INSIDE.format(log)]
    return [line for line in lines[first or 0 :] if line.strip()] or [UNTOLD]


def report_of(job: Job) -> str:
    """Return the name of the report that a job has built, as it told itself."""
    found = REPORT.findall("\n".join(job.lines)) if job.state == DONE else []
    return found[-1] if found else ""


def following(job: Job) -> dict[str, str]:
    """Return what one may go on with when a job has ended: addresses, and what they are called."""
    on = job.order.on
    if job.state == FAULTY and not is_of_disk(job) and (mended := mending(job)):
        return mended
    if job.state == DONE and job.order.kind in FILLED_IN:
        return dict([FILLED_IN[job.order.kind][0]])
    if job.state != RUNNING and job.order.kind in ("correct", "remove", "answer", "undo"):
        return dict([BACK.get(on.get("of", job.order.kind), BACK["import"])])
    if job.state != DONE or job.order.kind not in ("fetch", "import"):
        return {}
    chosen_already = {"lan": on.get("county", ""), "om": f"{on['domain']}/{on['edition']}" if on.get("domain") else ""}
    asked = on.get("domain", "") if job.order.kind == "import" else ""
    asks = {f"/fragor/{asked}": "Svara på frågorna"} if asked and open_in(asked) else {}
    onward = f"/ny?{urlencode({name: one for name, one in chosen_already.items() if one})}"
    return {onward: "Gå vidare till rapporten", **asks}


def mending(job: Job) -> dict[str, str]:
    """Return where what was wrong with what a job was given is mended, with what was sent still there."""
    back = f"?fran={job.number}"
    of_kind = {
        "survey": {"/enkaten": "Lägg in den rättade filen"}, "correct": {f"/rattelser{back}": "Ändra det som är fel"},
        "answer": {f"/fragor/{job.order.about}{back}": "Ändra svaren"},
    }  # fmt: skip
    return of_kind.get(job.order.kind, {})


def sent_before(request: Request, kind: str) -> tuple[dict[str, str], list[str]]:
    """Return what was sent to the job of a kind that an address tells failed, and what was wrong with it."""
    number = request.query_params.get("fran", "")
    job = find(ground_of(request).home, int(number)) if number.isdecimal() else None
    if job is None or job.order.kind != kind or job.state in (RUNNING, DONE):
        return {}, []
    return {**job.order.on}, faults_in(in_the_page("\n".join(job.lines)).splitlines(), "")


def review_of(ground: Ground, job: Job) -> str:
    """Return the name of the preliminary report that a job has built, if there is a review of its form."""
    name = report_of(job)
    return name if name and (ground.folders.reports / name / REVIEW_FILE).exists() else ""


def again(request: Request, _form: Form) -> Response:
    """Do once more what failed or was stopped; what was made of it then is used."""
    order = job_of(request).order
    return started(request, order)


def steps_of(lines: Sequence[str]) -> tuple[list[tuple[str, bool]], tuple[int, int]]:
    """Return the steps that have been told, each with whether it is done, and how many chapters of how many are.

    >>> steps_of(["Kör notebookerna", "  2 av 9 kapitel körs", "  a.ipynb"])
    ([('Kör notebookerna', False)], (1, 2))
    """
    told = {line.strip().removesuffix(TOLD_DONE) for line in lines if line.endswith(TOLD_DONE)}
    own = [line for line in lines if line.strip() and not line.startswith("  ") and not LISTED.fullmatch(line)]
    steps = [line for line in own if not (told and line.endswith((".", ":")))]  # those are sentences
    last = min((at for at, one in enumerate(steps) if one in told), default=len(steps) - 1)
    wanted = next((int(found[1]) for line in lines if (found := CHAPTERS.fullmatch(line))), 0)
    done = sum(line.startswith("  ") and line.endswith(".ipynb") for line in lines)
    return [(one, one in told or at < last) for at, one in enumerate(steps)], (done, wanted)


def file(request: Request) -> Response:
    """Answer a file that a job made."""
    path = job_of(request).files.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, filename=path.name)


def halt(request: Request, _form: Form) -> Response:
    """Stop a job."""
    job = job_of(request)
    stop(job)
    return to(f"/arbete/{job.number}")


def undone(request: Request, _form: Form) -> Response:
    """Undo what a job changed, as a job of its own."""
    job = job_of(request)
    if not job.changes or job.state == RUNNING:
        raise UserError("Det finns inget att ångra.")
    takes_back = not job.order.takes_back
    title = f"{UNDOING}{job.order.title}" if takes_back else job.order.title.removeprefix(UNDOING)
    on = {"of": job.order.kind, **job.order.on}
    order = Order("undo", title, str(job.number), [[str(job.folder)]], "kept", on=on, takes_back=takes_back)
    return started(request, order)
