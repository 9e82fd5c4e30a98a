"""Every page's address and who answers it."""

import traceback
from collections.abc import Callable
from contextlib import suppress
from errno import EACCES, EDQUOT, ENOSPC, EPERM, EROFS
from pathlib import Path

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from oj.app.asking.ground import Ground
from oj.app.asking.guard import CLOSED, COOKIE, Guard
from oj.app.asking.page import ground_of, page, refused, sending
from oj.app.pages import build, correcting, gathering, imported, reading, reports, working
from oj.app.work.jobs import SPACE
from oj.facts.editions import root_of
from oj.facts.kept import still
from oj.present.output import EXTENSIONS
from oj.present.style import font_folder
from oj.publish.render.html import FONT_FILES
from oj.words.errors import UserError, why

OF_THE_DISK = (ENOSPC, EDQUOT, EROFS, EACCES, EPERM)
OWN = Path(__file__).with_name("static")
BROKEN = (
    "Det gick fel här inne, och det är programmets fel. Det som fanns är kvar. Vad som hände står i build/app/fel.txt."
)


def site(ground: Ground) -> Starlette:
    """Return the pages, guarded."""
    made = Starlette(
        routes=routes(),
        middleware=[Middleware(Guard, ground=ground)],
        exception_handlers={UserError: refused, HTTPException: refused, OSError: unwritten, Exception: broken},
    )
    made.state.ground = ground
    made.state.look = look(ground.folders.notebooks)
    return made


def routes() -> list[Route]:
    """Return every address; what changes anything is posted."""
    asked = {
        "/start": start, "/utseende/{name}": style, "/": reports.reports, "/arbete/{number:int}": working.show,
        "/arbete/{number:int}/laget": working.state, "/arbete/{number:int}/filer/{name}": working.file,
        "/rapporter/{name}.zip": reports.zipped, "/rapporter/{name}/{path:path}": reports.file, "/ny": build.new,
        "/inlast": imported.show, "/fragor/{domain}": imported.ask, "/kolada": gathering.kolada,
        "/enkaten": gathering.survey, "/granskning/{name}": gathering.review, "/rattelser": correcting.show,
        "/las-in": reading.ask, "/las-in/{number:int}": reading.show,
        "/ny/innehall": build.contained,
    }  # fmt: skip
    sent = {
        "/ny": build.save, "/bygg": reports.again, "/arbete/{number:int}/stoppa": working.halt,
        "/arbete/{number:int}/angra": working.undone, "/arbete/{number:int}/igen": working.again,
        "/las-in": reading.drop, "/las-in/{number:int}/kolumner": reading.settle,
        "/las-in/{number:int}/omrade": reading.of_domain,
        "/las-in/{number:int}/in": reading.accept, "/mall": gathering.template, "/inlast/bort": imported.remove,
        "/fragor/{domain}": imported.answer, "/kolada": gathering.fetch, "/enkaten": gathering.form,
        "/enkaten/svar": gathering.results, "/rattelser": correcting.save,
    }  # fmt: skip
    return [
        *(Route(path, looking(answer), methods=["GET"]) for path, answer in asked.items()),
        *(Route(path, sending(answer), methods=["POST"]) for path, answer in sent.items()),
    ]


def looking(answer: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Return what answers a page from the facts as they are when it is asked for: only once looked at for changes."""

    def looked(request: Request) -> Response:
        with still(root_of()):
            return answer(request)

    return looked


def look(notebooks: Path) -> dict[str, Path]:
    """Return the files that the pages look by, by name: the reports' own, and what only these pages have."""
    found = {"lansrapport.css": notebooks / EXTENSIONS / "lansrapport" / "lansrapport.css"}
    found |= {name: font_folder() / name for name in FONT_FILES}
    return found | {path.name: path for path in OWN.iterdir()}


def style(request: Request) -> Response:
    """Answer a stylesheet, a font or a script of ours."""
    path = request.app.state.look.get(request.path_params["name"])
    if path is None:
        raise HTTPException(404)
    return FileResponse(path, headers={"cache-control": "max-age=600"})


def start(request: Request) -> Response:
    """Let in the browser that was opened with the token: from here on it has it in a cookie."""
    ground = ground_of(request)
    if request.query_params.get("token") != ground.token:
        return PlainTextResponse(CLOSED, 403)
    answer = RedirectResponse("/", 303)
    answer.set_cookie(COOKIE, ground.token, httponly=True, samesite="strict", path="/")
    return answer


def unwritten(request: Request, error: Exception) -> Response:
    """Tell that nothing could be written, such as on a full disk; what is no fault of the disk is the program's."""
    if isinstance(error, OSError) and error.errno in OF_THE_DISK:
        return page(request, "fault", 507, told=[f"Det gick inte att skriva: {why(error)}. {SPACE}"])
    return broken(request, error)


def broken(request: Request, error: Exception) -> Response:
    """Tell that something is wrong with the program itself, and write down what."""
    log: Callable[..., int] = (ground_of(request).home / "fel.txt").write_text
    with suppress(OSError):
        log("".join(traceback.format_exception(error)), encoding="utf-8")
    return page(request, "fault", 500, told=[BROKEN])
