"""The reference pages' contents, said by the code and the data themselves: commands, parameters, tables, calls."""

import argparse
import importlib
import inspect
import json
import re
import types
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

import house
import oj
from oj.cli import parser
from oj.facts.params import ReportParameters, params_folder
from oj.words.swedish import capital
from oj.words.vocabulary import STATUSES

ROOT = Path(__file__).resolve().parents[1]
SPECIAL = re.compile(r"([\\*_<>\[\]|])")
CODE = re.compile(r"(`[^`]+`)")
KINDS = {str: "text", bool: "`true` eller `false`", int: "heltal", float: "tal"}
SLAGS = {"string": "text", "integer": "heltal", "number": "tal", "boolean": "ja/nej", "date": "datum"}


def plain(text: str) -> str:
    """Return a text as Markdown that shows it as it is, what stands in backticks as code.

    >>> plain("one_row of `a|b`")
    'one\\\\_row of `a\\\\|b`'
    """
    parts = [part.replace("|", r"\|") if part[:1] == "`" else SPECIAL.sub(r"\\\1", part) for part in CODE.split(text)]
    return " ".join("".join(parts).split())


def as_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table in Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def commands() -> str:
    """Return every command of `oj`, with its arguments and flags, as the command line itself knows them."""
    return "\n\n".join(
        f"## {words}\n\n{capital(plain(told))}.\n\n{_flags(command)}" for words, told, command in leaves(parser(), "oj")
    )


def leaves(command: argparse.ArgumentParser, words: str) -> Iterator[tuple[str, str, argparse.ArgumentParser]]:
    """Yield (words, help, parser) of every command that does something."""
    for action in command._actions:
        if isinstance(action, argparse._SubParsersAction):
            for choice in action._choices_actions:
                inner, name = action.choices[choice.dest], f"{words} {choice.dest}"
                deeper = list(leaves(inner, name))
                yield from deeper or [(name, choice.help or "", inner)]


def _flags(command: argparse.ArgumentParser) -> str:
    rows = [
        (f"`{_called(action)}`", plain(action.help or ""))
        for action in command._actions
        if not isinstance(action, argparse._HelpAction)
    ]
    return as_table(["skrivs", "betyder"], rows) if rows else "Inga flaggor."


def _called(action: argparse.Action) -> str:
    value = "" if action.nargs == 0 else action.metavar or action.dest.upper()
    return f"{', '.join(action.option_strings)} {value}".strip()


def make_targets() -> str:
    """Return what `make` can do, and the values that each takes."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    found = re.findall(r"^([a-z-]+):[^#\n]*## (.*)((?:\n\t.*)*)", text, re.MULTILINE)
    rows = [
        (f"`make {name}`", plain(told.partition(": make")[0]), ", ".join(f"`{one}`" for one in _values(recipe)))
        for name, told, recipe in found
    ]
    return as_table(["kommando", "gör", "värden"], rows)


def _values(recipe: str) -> list[str]:
    return list(dict.fromkeys(re.findall(r"\$\$\{([A-Z_]+):", recipe)))


def parameters() -> str:
    """Return the parameters of a report: kind and default as the model has them, meaning as report.yml says it."""
    text = (params_folder() / "report.yml").read_text(encoding="utf-8")
    told = dict(re.findall(r"^(\w+):.*?# (.*)$", text, re.MULTILINE)) | {"county": "länet som rapporten gäller"}
    rows = [
        (f"`{name}`", kind(field.annotation), _default(field), plain(told[name]))
        for name, field in ReportParameters.model_fields.items()
    ]
    return as_table(["nyckel", "slag", "annars", "betyder"], rows)


def models() -> str:
    """Return every model that a file is read by: its keys, their kinds and defaults, and what the code says of them."""
    return "\n\n".join(map(_model, _models()))


def _model(model: type[BaseModel]) -> str:
    path = Path(inspect.getfile(model)).resolve().relative_to(ROOT).as_posix()
    notes = dict(re.findall(r"^    (\w+): .*?  # (.*)$", inspect.getsource(model), re.MULTILINE))
    rows = [
        (f"`{name}`", kind(field.annotation), _default(field), plain(notes.get(name, "")))
        for name, field in model.model_fields.items()
    ]
    heads = ["nyckel", "slag", "annars", "anmärkning i koden"]
    told = plain(inspect.getdoc(model) or "")
    return f"## {model.__name__}\n\n{told} (`{path}`)\n\n{as_table(heads, rows)}"


def _models() -> Iterator[type[BaseModel]]:
    """Yield the models that allow no other keys, those of the project's own files, each where its source is."""
    for name, path in house.modules().items():
        if "(BaseModel)" in path.read_text(encoding="utf-8"):
            for found in vars(importlib.import_module(name)).values():
                model = inspect.isclass(found) and issubclass(found, BaseModel) and found.__module__ == name
                if model and found.model_config.get("extra") == "forbid":
                    yield found


def kind(annotation: Any) -> str:
    """Return in Swedish which values a key may have.

    >>> kind(list[str]), kind(Literal["a", "b"]), kind(str | None)
    ('lista av text', '`a`, `b`', 'text eller tomt')
    """
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return ", ".join(f"`{one}`" for one in inner)
    if origin is Annotated:
        return kind(inner[0])
    if origin in (Union, types.UnionType):
        return " eller ".join(dict.fromkeys(kind(one) for one in inner))
    if origin in (list, tuple, dict) and inner:
        words = {list: "lista av ", tuple: "lista av ", dict: "nycklar med "}
        return words[origin] + kind(inner[-1] if origin is dict else inner[0])
    if annotation is type(None):
        return "tomt"
    return KINDS.get(annotation, f"`{getattr(annotation, '__name__', annotation)}`")


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "krävs"
    value = field.get_default(call_default_factory=True)
    return "tomt" if value in ("", None) else f"`{json.dumps(value, ensure_ascii=False, default=str)}`"


def tables() -> str:
    """Return every table of the data package: its columns, what they mean and what they may hold."""
    package = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))
    return "\n\n".join(
        f"## `data/{resource['path']}`\n\n{plain(resource['title'])}.\n\n"
        + as_table(["kolumn", "betyder", "slag", "får vara"], map(_column, resource["schema"]["fields"]))
        for resource in package["resources"]
    )


def _column(column: dict[str, Any]) -> tuple[str, str, str, str]:
    rules = column.get("constraints", {})
    limits = [
        "krävs" if rules.get("required") else "",
        ", ".join(f"`{one}`" for one in rules.get("enum", [])),
        f"lägst {rules['minimum']}" if "minimum" in rules else "",
        f"högst {rules['maximum']}" if "maximum" in rules else "",
        f"mönstret `{rules['pattern']}`".replace("|", r"\|") if "pattern" in rules else "",
    ]
    slag = SLAGS.get(column["type"], column["type"])
    return f"`{column['name']}`", plain(column.get("title", "")), slag, "; ".join(filter(None, limits))


def measures() -> str:
    """Return what is measured, as a report has it: area, id and title."""
    found = oj.figures("Stockholm").measures.values()
    rows = [(plain(one.area), f"`{one.id}`", plain(one.title)) for one in found]
    return as_table(["område", "id", "titel"], rows)


def calls() -> str:
    """Return every call of `oj`, grouped by the room that it stands in, with its own words and example."""
    grouped = defaultdict(list)
    for name in oj.__all__:
        grouped[getattr(oj, name).__module__.rpartition(".")[0]].append(name)
    return "\n\n".join(
        f"## {room}\n\n{plain(inspect.getdoc(importlib.import_module(room)) or '')}\n\n"
        + "\n\n".join(_call(name, getattr(oj, name)) for name in names)
        for room, names in sorted(grouped.items())
    )


def _call(name: str, function: Callable[..., Any]) -> str:
    told, _, example = (inspect.getdoc(function) or "").partition(">>> ")
    paragraphs = "\n\n".join(plain(part) for part in told.strip().split("\n\n"))
    parameters = inspect.signature(function).parameters.values()
    shown = ", ".join(str(one.replace(annotation=one.empty)) for one in parameters if one.name != "folder")
    code = f"\n\n```python\n>>> {example.rstrip()}\n```" if example else ""
    return f"### oj.{name}\n\n`oj.{name}({shown})`\n\n{paragraphs}{code}"


def statuses() -> str:
    """Return why a figure can be lacking: the word in the data, the sign in a table and the sentence beneath it."""
    rows = [(f"`{name}`", plain(one.sign), plain(one.sentence)) for name, one in STATUSES.items()]
    return as_table(["status", "tecken", "mening under tabellen"], rows)


PARTS: dict[str, Callable[[], str]] = {
    "kommandon": commands,
    "make": make_targets,
    "parametrar": parameters,
    "yaml": models,
    "matten": measures,
    "tabeller": tables,
    "anrop": calls,
    "statusar": statuses,
    "huset": house.picture,
    "rummen": house.rooms,
}
