"""argparse that speaks Swedish, filled from `commands.yml`, and how everything is told."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NoReturn

from oj.facts.yaml_file import read_yaml
from oj.words.errors import UserError, nearest
from oj.words.plain_text import for_terminal
from oj.words.swedish import number

ON_PAGES = "OJ_ON_PAGES"  # set where what is told is shown on the pages


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


def described() -> dict[str, Any]:
    """Return the commands of `commands.yml`, by their names."""
    commands: dict[str, Any] = read_yaml(Path(__file__).with_name("commands.yml"), "commands.yml")
    return commands


def fill(
    command: Parser, about: Mapping[str, Any], run: Mapping[str, Callable[..., int | None]], words: str = ""
) -> None:
    """Give a command what it takes and, in turn, its steps; `run` is by all its `words`, such as "data list"."""
    for name, option in about.get("arguments", {}).items():
        usual = {"default": os.environ.get("RENDERER", "") if name == "--renderer" else ""}
        taken: dict[str, Any] = usual | option if name[0] == "-" and "metavar" in option else dict(option)
        taken |= {"type": type(taken["default"])} if "default" in taken else {}
        command.add_argument(*name.split(), **taken)
    if words in run:
        command.set_defaults(run=run[words])
    if steps := about.get("steps"):
        made = command.add_subparsers(dest="step", metavar="kommando", required=True, parser_class=Parser)
        for name, step in steps.items():
            fill(made.add_parser(name, help=step["help"], add_help=False), step, run, f"{words} {name}".strip())
    command.add_argument("-h", "--help", action="help", help="visa den här hjälpen")
    command._positionals.title, command._optionals.title = "Argument", "Flaggor"


def tell(text: str) -> None:
    """Print a line at once, what a file or a server said in it as text."""
    print(for_terminal(text), flush=True)


def tell_aside(text: str) -> None:
    """Print what is wrong, though the work goes on: where errors go, also for who wants nothing else."""
    print(for_terminal(text), file=sys.stderr, flush=True)


def tell_seconds(seconds: dict[str, float], total: float) -> None:
    """Print how long every step took, and all of them, some side by side."""
    lines = [f"{name:<40}{number(spent, 1):>6} s" for name, spent in seconds.items()]
    tell("\n".join(["", *lines, f"{'Sammanlagt':<40}{number(total, 1):>6} s", ""]))
