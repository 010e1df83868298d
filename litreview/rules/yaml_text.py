"""YAML in which every scalar is text: `no` stays "no" and `9:10` stays "9:10"."""

from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from litreview.errors import RuleError

# What BaseLoader makes: text, lists and mappings of such; validated by the schema before anyone looks inside.
Node = object

if TYPE_CHECKING:
    from yaml import BaseLoader as Base
else:  # libyaml reads the shipped topic ten times faster; wheels of PyYAML bring it
    Base = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_yaml(path: Path) -> Node:
    """The content of a file; `RuleError` with line and column where it is no YAML or says a key twice."""
    try:
        content: Node = yaml.load(path.read_text(encoding="utf-8"), Loader=_TextLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        place = f", line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        raise RuleError(f"{path.name}{place}: {error.problem}", hint="mend the YAML there") from None
    except UnicodeDecodeError as error:
        raise RuleError(f"{path.name}: byte {error.start} is not UTF-8", hint="save the file as UTF-8") from None
    return {} if content is None or content == "" else content


class _TextLoader(Base):
    """BaseLoader that refuses a key said twice, since the first would vanish silently."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[object, object]:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"{key.value!r} is said twice", key.start_mark)
            seen.add(key.value)
        result: dict[object, object] = super().construct_mapping(node, deep=deep)
        return result
