"""Read the YAML files that people edit, and say in Swedish what is wrong with one."""

import json
import pickle
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, TypeAdapter, ValidationError

from oj.disk.bounded import read_bounded
from oj.disk.reading import note
from oj.words.errors import DataError, Fault, UserError, not_read
from oj.words.models import faults_of

Read = TypeVar("Read")
Model = TypeVar("Model", bound=BaseModel)
LARGEST, MOST_NODES, DEEPEST = 2_000_000, 100_000, 50  # bytes; values, with those that are referred to; levels


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # ten times as fast where there is one
    """Refuses a key that is written twice, where plain YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            name = str(key.value)
            if name in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"nyckeln ”{key.value}” står två gånger", key.start_mark
                )
            seen.add(name)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def read_yaml(path: Path, label: str) -> Any:
    """Return what a YAML file holds; raise UserError with its `label` and the row that is wrong.

    One that refers to itself, or that is too much with everything that it refers to, is refused before it is built.
    """
    try:
        text = read_bounded(path, LARGEST, label).decode("utf-8-sig")
        return pickle.loads(_built(text, label))
    except UnicodeDecodeError as error:
        raise UserError(f"{label} är inte sparad som UTF-8.") from error
    except OSError as error:
        raise UserError(f"{label} kan inte läsas: {not_read(error)}.") from error
    except yaml.reader.ReaderError as error:
        sign = f"U+{int(error.character):04X}"
        raise UserError(f"{label} har ett styrtecken ({sign}), som inte får finnas där. Ta bort det.") from error
    except (ValueError, OverflowError) as error:  # a day that is none, a number of more digits than Python reads
        rule = "har ett tal eller ett datum som inte kan läsas. Skriv det inom citattecken"
        raise UserError(f"{label} {rule}.") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" rad {mark.line + 1}" if mark else ""
        problem = str(getattr(error, "problem", "") or "")
        why = (
            problem
            if problem.startswith("nyckeln")
            else "är inte giltig YAML. Kontrollera indrag, kolon och citattecken"
        )
        raise UserError(f"{label}{where}: {why}.") from error


@lru_cache(maxsize=200)
def _built(text: str, label: str) -> bytes:
    """Return what a text of YAML holds, to be unpacked for each who reads it; raise UserError for too much."""
    if rule := _too_much(text):
        raise UserError(f"{label} {rule}.")
    return pickle.dumps(yaml.load(text, Loader=_Loader))


def _too_much(text: str) -> str:
    """Return in Swedish what there is too much of in a text of YAML, "" where all is well; nothing is built."""
    sizes: dict[str, int] = {}
    open_nodes: list[tuple[str | None, int]] = [(None, 0)]  # each with its anchor and its size so far
    for event in yaml.parse(text, Loader=_Loader):
        anchor, size = getattr(event, "anchor", None), 0
        if isinstance(event, yaml.CollectionStartEvent):
            open_nodes.append((anchor, 1))
        elif isinstance(event, yaml.AliasEvent):
            if anchor not in sizes:
                line = event.start_mark.line + 1 if event.start_mark else 1
                return f"rad {line} hänvisar till sig själv, eller till något som inte finns ovanför"
            size = sizes[anchor]
        elif isinstance(event, yaml.ScalarEvent | yaml.CollectionEndEvent):
            anchor, size = open_nodes.pop() if isinstance(event, yaml.CollectionEndEvent) else (anchor, 1)
            sizes |= {anchor: size} if anchor else {}
        if size:
            above, before = open_nodes[-1]
            open_nodes[-1] = (above, before + size)
        if len(open_nodes) > DEEPEST or open_nodes[-1][1] > MOST_NODES:
            return "är för stor eller har för många nivåer och läses inte"
    return ""


def validated(kind: TypeAdapter[Read], value: Any, label: str, rules: Mapping[str, str]) -> Read:
    """Return what a YAML file holds as `kind`, strictly; `rules` are all keys, each with its rule in Swedish.

    A date may stand without quotation marks. Raises DataError with every fault.

    >>> validated(TypeAdapter(dict[str, str]), {"a": "b"}, "fil.yml", {})
    {'a': 'b'}
    """
    try:
        return kind.validate_json(json.dumps(_plain(value), default=str))
    except ValidationError as error:
        raise DataError(faults_of(error, label, rules)) from error
    except (RecursionError, ValueError) as error:
        raise DataError([Fault(label, None, "", "", "har ett tal som är för stort, eller för många nivåer")]) from error


def read_model(kind: type[Model], path: Path, label: str, rules: Mapping[str, str]) -> Model:
    """Return a YAML file as a model, read again only where the file has changed; an empty one has all that is usual.

    Raises DataError with every fault, as `validated` does.
    """
    note([path])
    made: Model = _read_model(kind, path, path.stat().st_mtime_ns, label, tuple(rules.items()))
    return made


@cache
def _read_model(kind: type[Model], path: Path, _changed: int, label: str, rules: tuple[tuple[str, str], ...]) -> Model:
    return validated(TypeAdapter(kind), read_yaml(path, label) or {}, label, dict(rules))


def _plain(value: Any) -> Any:
    """Return a value of YAML with every key as text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value
