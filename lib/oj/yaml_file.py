"""Read the YAML files that people edit, and say in Swedish what is wrong with one."""

from pathlib import Path
from typing import Any

import yaml

from oj.errors import UserError


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
    """Return what a YAML file holds; raise UserError with its `label` and the row that is wrong."""
    try:
        return yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)
    except UnicodeDecodeError as error:
        raise UserError(f"{label} är inte sparad som UTF-8.") from error
    except OSError as error:
        raise UserError(f"{label} kan inte läsas: {error.strerror}.") from error
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
