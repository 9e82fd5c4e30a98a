"""When Kolada is asked again after it stumbled, how long we wait first, and what is told when that did not help."""

import socket
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from oj.sources.kolada.download import UNCHANGED
from oj.words.errors import OF_SYSTEM, why
from oj.words.plain_text import beginning

ATTEMPTS = 5
LONGEST_WAIT = 60.0  # seconds that we are willing to wait when Kolada asks us to
FALSE_CERTIFICATE = "CERTIFICATE_VERIFY_FAILED"


def pause_after(error: Exception, now: Callable[..., datetime] = datetime.now) -> bool | float:
    """Return whether to try again after an error, or after how many seconds where the server says so (Retry-After).

    Too many requests, a server's own fault, a timeout and a broken connection may pass; nothing else does.
    """
    if isinstance(error, httpx.HTTPStatusError):
        if error.response.status_code != 429 and error.response.status_code < 500:
            return False
        told = _retry_after(error.response.headers.get("Retry-After", ""), now)
        return True if told is None else told if told <= LONGEST_WAIT else False
    return isinstance(error, httpx.TransportError) and FALSE_CERTIFICATE not in str(error)


def _retry_after(told: str, now: Callable[..., datetime]) -> float | None:
    """Return the seconds that a Retry-After header says, in seconds or as a date; None for neither."""
    if told.strip().isdigit():
        return float(told)
    try:
        return max(0.0, (parsedate_to_datetime(told) - now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def refused(response: httpx.Response, address: str) -> str:
    """Return what is told of an answer that is no answer, with the server's own words as text."""
    told = beginning(response.content[:2000].decode(errors="replace"), 200) if response.is_client_error else ""
    after = response.headers.get("Retry-After", "")
    later = f" Servern ber oss vänta: Retry-After {after}." if after else ""
    said = f" Svaret: ”{told}”." if told else ""
    return f"Kolada svarade {response.status_code} på {address}.{said}{later} {UNCHANGED}"


def unreachable(error: Exception, address: str) -> str:
    """Return what is told where no answer could be had."""
    if FALSE_CERTIFICATE in str(error):
        cause = "Certifikatet kan inte godkännas, så svaret kan komma från någon annan."
    elif isinstance(error, httpx.TimeoutException):
        cause = "Svaret dröjde för länge."
    else:
        cause = _of_connection(error)
    return f"Kolada kan inte nås på {address}, efter upp till {ATTEMPTS} försök. {cause} {UNCHANGED}"


def _of_connection(error: BaseException | None) -> str:
    """Return why there was no connection, by the system's fault behind the program's."""
    while error is not None:
        if isinstance(error, socket.gaierror):
            return "Adressen hittas inte: är datorn på nätet?"
        if isinstance(error, OSError) and error.errno in OF_SYSTEM:
            return f"Anslutningen gick inte: {why(error)}."
        error = error.__cause__ or error.__context__
    return "Anslutningen gick inte, eller bröts."
