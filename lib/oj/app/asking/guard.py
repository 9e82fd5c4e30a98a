"""Who may ask the pages: the browser that was opened with the token, on this computer, from our own forms.

A page elsewhere on the web can send a browser here; it is stopped by the Host and Origin, the cookie and the token of
the forms, in that order. Every answer forbids scripts, styles and frames that are not ours.
"""

import hmac
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from oj.app.asking.ground import Ground

COOKIE = "oj"
LARGEST = 21_000_000  # bytes of a request: a file of the largest size that is read, and the form around it
OPEN = ("/start", "/utseende/")  # what needs no cookie
METHODS = ("GET", "HEAD", "POST")
POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
OF_REPORTS = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' data:; "
    "script-src 'self'; connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY, "x-content-type-options": "nosniff", "x-frame-options": "DENY",
    "referrer-policy": "same-origin", "cache-control": "no-store", "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}  # fmt: skip
ELSEWHERE = "Sidan nås bara på den här datorn, på adressen som oj app visar."
NOT_OURS = "Frågan kom från en annan webbplats och besvaras inte."
CLOSED = (
    "Den här sidan hör till en session som är stängd, eller öppnades i en annan webbläsare. Starta om: dubbelklicka på "
    "starta, eller kör oj app (make app), så öppnas rätt sida."
)
TOO_LARGE = "Filen är större än 20 MB och tas inte emot."


class TooLargeError(Exception):
    """More is sent than is received."""


class Guard:
    """Answers only whoever may ask, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, ground: Ground) -> None:
        self.app, self.ground = app, ground

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            return await self.app(scope, receive, send)
        if scope["type"] != "http":
            return None
        status, told = refusal(self.ground, scope["method"], scope["path"], Headers(scope=scope))

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if status:
            return await PlainTextResponse(told, status)(scope, receive, send_guarded)
        try:
            return await self.app(scope, limited(receive), send_guarded)
        except TooLargeError:
            return await PlainTextResponse(TOO_LARGE, 413)(scope, receive, send_guarded)


def limited(receive: Receive) -> Receive:
    """Return what receives a request up to the largest size, also one that does not say its size."""
    so_far = 0

    async def receive_some() -> Message:
        nonlocal so_far
        message = await receive()
        so_far += len(message.get("body", b""))
        if so_far > LARGEST:
            raise TooLargeError
        return message

    return receive_some


def refusal(ground: Ground, method: str, path: str, headers: Headers) -> tuple[int, str]:
    """Return the status and the words that a request is refused with, 0 where it is not."""
    if headers.getlist("host") != [ground.address]:
        return 421, ELSEWHERE
    if method not in METHODS:
        return 405, "Sidan tar inte emot det."
    origins = headers.getlist("origin")
    if any(one != ground.origin for one in origins) or (method == "POST" and not origins):
        return 403, NOT_OURS
    size = headers.get("content-length", "0")
    if not size.isdecimal() or int(size) > LARGEST:
        return 413, TOO_LARGE
    if not path.startswith(OPEN) and not hmac.compare_digest(cookie(headers).encode(), ground.token.encode()):
        return 403, CLOSED
    return 0, ""


def cookie(headers: Headers) -> str:
    """Return the token that a request's cookie has, "" where there is none."""
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""
