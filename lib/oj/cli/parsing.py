"""argparse that speaks Swedish, and what several commands share: flags, help and telling."""

import argparse
import os
import re
import sys
from typing import Any, NoReturn

from oj.words.errors import UserError, nearest
from oj.words.plain_text import for_terminal

Commands = Any  # argparse keeps the type of what add_subparsers returns to itself


class Parser(argparse.ArgumentParser):
    """argparse that raises UserError, in Swedish, instead of printing English and ending."""

    def format_help(self) -> str:
        """Return the help with its first word in Swedish."""
        return super().format_help().replace("usage:", "Användning:", 1)

    def error(self, message: str) -> NoReturn:
        """Raise UserError for a command line that cannot be understood."""
        raise UserError(f"{in_swedish(message)} Skriv oj --help för hjälp.")


def in_swedish(message: str) -> str:
    """Return argparse's message in Swedish.

    >>> in_swedish("the following arguments are required: LÄN")
    'LÄN saknas.'
    """
    kind, _, what = message.rpartition(": ")
    if "required" in kind:
        return f"{what} saknas."
    if "unrecognized" in kind:
        return f"”{what}” förstås inte."
    if choice := re.search(r"invalid choice: (.*) \(choose from (.*)\)$", message):
        wrong, allowed = choice[1].strip("'\""), re.findall(r"\w+", choice[2])
        return f"Kommandot ”{wrong}” finns inte.{nearest(wrong, allowed)} Kommandon: {', '.join(allowed)}."
    if message.startswith("argument "):
        return f"{message.split()[1].rstrip(':')} behöver ett värde, eller får inget."
    return "Kommandoraden förstås inte."


def add_common(command: argparse.ArgumentParser) -> None:
    """Add the flags of every command that builds a report."""
    renderer = os.environ.get("RENDERER", "")
    command.add_argument("--renderer", default=renderer, help="embedded (inbyggd, det vanliga) eller quarto")
    command.add_argument("-q", "--quiet", action="store_true", help="skriv bara fel")


def add_help(command: argparse.ArgumentParser) -> None:
    """Add the help of a command, with its headings in Swedish."""
    command.add_argument("-h", "--help", action="help", help="visa den här hjälpen")
    command._positionals.title, command._optionals.title = "Argument", "Flaggor"


def tell(text: str) -> None:
    """Print a line at once, what a file or a server said in it as text."""
    print(for_terminal(text), flush=True)


def tell_aside(text: str) -> None:
    """Print what is wrong, though the work goes on: where errors go, also for who wants nothing else."""
    print(for_terminal(text), file=sys.stderr, flush=True)


def tell_seconds(seconds: dict[str, float]) -> None:
    """Print how long every step took, and all of them."""
    from oj.words.swedish import number

    lines = [f"{name:<40}{number(spent, 1):>6} s" for name, spent in seconds.items()]
    tell("\n".join(["", *lines, f"{'Sammanlagt':<40}{number(sum(seconds.values()), 1):>6} s", ""]))
