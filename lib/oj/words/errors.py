"""Errors that a coordinator can act on: what was wrong, the value seen, what is allowed, where.

Messages are Swedish. The command line prints them and exits with status 2; nothing else is shown.
"""

import errno
import re
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher, get_close_matches
from functools import lru_cache

from oj.words.faults import LONGEST, Fault, page, shortened

__all__ = ["DataError", "Fault", "UserError", "misspelt", "nearest", "shortened", "why"]
LIKE, CLEARLY, SLIP = 0.6, 0.15, 2  # how like an answer a slip is, how much more than another, and signs too many


class UserError(Exception):
    """Something the person at the keyboard can mend; the message says how, in Swedish."""

    def _render_traceback_(self) -> list[str]:
        """Return what a notebook shows, by IPython's own name for it: the message, and no calls of ours above it."""
        return str(self).splitlines()


class DataError(UserError):
    """Faults in files, all of them collected and told at once, as a page; `head` stands before how many they are."""

    def __init__(self, faults: Sequence[Fault], head: str = "") -> None:
        self.faults = tuple(faults)
        count = "Ett fel" if len(faults) == 1 else f"{len(faults)} fel"
        first = f"{head} " if head else ""
        super().__init__("\n".join([f"{first}{count} i underlaget:", *(f"  {line}" for line in page(self.faults))]))


def nearest(value: str, allowed: Iterable[str], like: float = LIKE) -> str:
    """Return a Swedish hint with the allowed name nearest to `value`, at least so `like` it, or an empty string.

    >>> nearest("Stokholm", ["Stockholm", "Skåne"])
    ' Menade du ”Stockholm”?'
    """
    return _nearest(value[:LONGEST], tuple(allowed), like)


@lru_cache(maxsize=2000)
def _nearest(value: str, allowed: tuple[str, ...], like: float) -> str:
    folded = {name.casefold(): name for name in allowed}
    match = get_close_matches(value.casefold(), folded, n=1, cutoff=like)
    return f" Menade du ”{folded[match[0]]}”?" if match else ""


def misspelt(value: str, answers: Iterable[str]) -> str:
    """Return a Swedish hint with the answer that `value` misspells, nothing where it may as well mean something else.

    It may where it holds more than one answer, is longer than a slip, has other figures, or is as near another answer.

    >>> misspelt("Delvsi", ["Ja", "Delvis", "Nej"]), misspelt("Ja/Nej", ["Ja", "Nej"]), misspelt("Nja", ["Ja", "Nej"])
    (' Menade du ”Delvis”?', '', '')
    """
    said = value.casefold().strip()
    return "" if len(said) > LONGEST else _misspelt(said, tuple(answers))


@lru_cache(maxsize=2000)
def _misspelt(said: str, answers: tuple[str, ...]) -> str:
    known = {one.casefold(): one for one in answers}
    held = [one for one in known if re.search(rf"(?<!\w){re.escape(one)}(?!\w)", said)]
    whole = [one for one in held if not any(one in other for other in held if other != one)]
    near = sorted(((SequenceMatcher(None, one, said).ratio(), one) for one in known), reverse=True)[:2]
    if len(whole) > 1 or not near or near[0][0] < LIKE or (len(near) > 1 and near[0][0] - near[1][0] < CLEARLY):
        return ""
    best = near[0][1]
    if any(one.startswith(said) for one in known if one != best):
        return ""
    digits = [re.findall(r"\d", one) for one in (said, best)]
    return "" if len(said) > len(best) + SLIP or digits[0] != digits[1] else f" Menade du ”{known[best]}”?"


def _numbered(names: Mapping[str, str]) -> dict[int, str]:
    """Return what is told of each of the system's faults, by number; not every system has all of them."""
    return {
        getattr(errno, one): told for told, listed in names.items() for one in listed.split() if hasattr(errno, one)
    }


OF_DISK = _numbered({
    "disken är full": "ENOSPC",
    "utrymmet som du får använda på disken är slut": "EDQUOT",
    "filen blir större än vad som är tillåtet här": "EFBIG",
    "disken är skrivskyddad": "EROFS",
    "du får inte skriva där, eller så är en fil öppen i ett annat program": "EACCES EPERM",
    "en fil är öppen i ett annat program": "EBUSY",
    "disken svarar inte som den ska": "EIO",
    "det är ingen mapp": "ENOTDIR",
    "det finns redan en fil med mappens namn": "EEXIST",
    "namnet är för långt": "ENAMETOOLONG",
    "för många filer är öppna": "EMFILE",
    "disken kan inte låsa filer, så att bara en skriver åt gången; välj en mapp på en annan disk":
        "ENOLCK ENOTSUP EOPNOTSUPP ENOSYS",
})  # fmt: skip
OF_SYSTEM = OF_DISK | _numbered({
    "det finns ingen sådan fil eller mapp": "ENOENT",
    "det är en mapp och ingen fil": "EISDIR",
    "mappen är inte tom": "ENOTEMPTY",
    "genvägarna leder runt i en ring": "ELOOP",
    "mapparna ligger på olika diskar": "EXDEV",
    "namnet går inte att använda här": "EINVAL",
    "det är inget program som datorn kan köra": "ENOEXEC",
    "filen är ett program som körs": "ETXTBSY",
    "för många filer är öppna": "ENFILE",
    "datorns minne räcker inte": "ENOMEM",
    "nätverksdisken svarar inte": "ESTALE",
    "enheten finns inte": "ENXIO ENODEV",
    "mottagaren har slutat ta emot": "EPIPE",
    "ingen svarar där": "ECONNREFUSED",
    "förbindelsen bröts": "ECONNRESET ECONNABORTED",
    "svaret dröjde för länge": "ETIMEDOUT",
    "nätet når inte dit": "ENETUNREACH EHOSTUNREACH",
    "datorn är inte på något nät": "ENETDOWN",
    "adressen går inte att använda": "EADDRNOTAVAIL",
})  # fmt: skip
MAY_NOT_READ = "du får inte läsa den, eller så är den öppen i ett annat program"


def why(error: OSError) -> str:
    """Return in Swedish why something could not be written or moved, as the end of a sentence.

    >>> why(OSError(errno.ENOSPC, "No space left on device")), why(OSError(errno.EBADF, "Bad file descriptor"))
    ('disken är full', 'datorn svarar med felkoden EBADF')
    """
    number = error.errno or 0
    return OF_SYSTEM.get(number) or f"datorn svarar med felkoden {errno.errorcode.get(number, 'okänd')}"


def not_read(error: OSError) -> str:
    """Return in Swedish why something could not be read, as the end of a sentence."""
    return MAY_NOT_READ if error.errno in (errno.EACCES, errno.EPERM) else why(error)
