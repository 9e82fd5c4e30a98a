"""Read the YAML files that people edit, and say in Swedish what is wrong with one."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from oj.bounded import read_bounded
from oj.errors import DataError, Fault, UserError, nearest, shortened

Read = TypeVar("Read")
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
        if rule := _too_much(text):
            raise UserError(f"{label} {rule}.")
        return yaml.load(text, Loader=_Loader)
    except UnicodeDecodeError as error:
        raise UserError(f"{label} är inte sparad som UTF-8.") from error
    except OSError as error:
        raise UserError(f"{label} kan inte läsas: {error.strerror}.") from error
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
                return "hänvisar till sig själv, eller till något som inte finns, och kan inte läsas"
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
        found = [_fault(detail, label, rules) for detail in error.errors()]
        raise DataError(found) from error
    except (RecursionError, ValueError) as error:
        raise DataError([Fault(label, None, "", "", "har ett tal som är för stort, eller för många nivåer")]) from error


def _plain(value: Any) -> Any:
    """Return a value of YAML with every key as text."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list) else value


def _fault(detail: ErrorDetails, label: str, rules: Mapping[str, str]) -> Fault:
    """Return pydantic's finding as a fault in Swedish; a place in a list is counted from one."""
    where = [str(part + 1) if isinstance(part, int) else part for part in detail["loc"]]
    key = where[-1] if where else ""
    seen = detail["input"]
    told = "" if detail["type"] == "missing" or isinstance(seen, dict | list) or seen is None else _text(seen)
    return Fault(label, None, ": ".join(where), told, _rule(detail["type"], key, rules))


def _text(seen: Any) -> str:
    try:
        return shortened(str(seen))
    except ValueError:  # a number of more digits than Python writes
        return "ett mycket stort tal"


def _rule(kind: str, key: str, rules: Mapping[str, str]) -> str:
    """Return the rule that was broken in Swedish."""
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"okänd nyckel.{nearest(key, rules)} Tillåtna: {', '.join(rules)}"
    if kind in ("missing", "missing_argument"):
        return "nyckeln saknas"
    types = {
        "string_type": 'ska vara text; skriv inom citattecken, "" för tomt',
        "int_type": "ska vara ett heltal",
        "tuple_type": "ska vara en lista, en rad med streck för varje",
        "list_type": "ska vara en lista, en rad med streck för varje",
        "dict_type": "ska bestå av rader ”nyckel: värde”",
        "dataclass_type": "ska bestå av rader ”nyckel: värde”",
    }
    return types.get(kind) or rules.get(key) or "godtas inte"
