"""What an editor offers in an empty file: a new resource of each kind."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mofconf.documents import Document, SourceFile, read
from mofconf.kinds import KINDS
from mofconf.kinds.examples import EXAMPLES
from mofconf.kinds.wording import summary

Schema = dict[str, Any]


def snippet(kind: str, definitions: Schema) -> Schema:
    """A new resource to fill in: the kind's example, with a stop of the tabulator at every value."""
    document = next(one for one in read(SourceFile("example", EXAMPLES[kind].encode())) if isinstance(one, Document))
    assert isinstance(document.value, Mapping)  # noqa: S101  # the examples are ours, and tested
    stops = itertools.count(1)
    fields = definitions[kind]["properties"]
    body = {
        key: value if key == "kind" else _with_stops(value, stops, fields[key].get("enum", ()))
        for key, value in document.value.items()
        if key not in _NOT_AT_FIRST
    }
    return {"label": f"new {kind}", "description": summary(KINDS[kind]), "body": body}


# Good to know of, and nothing that everybody writes into a new resource.
_NOT_AT_FIRST = ("defaults", "handles", "instances", "severities", "skills", "up")


def _with_stops(value: object, stops: Iterator[int], options: Sequence[str] = ()) -> object:
    if isinstance(value, Mapping):
        return {key: _with_stops(one, stops) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [_with_stops(one, stops) for one in value]
    if not isinstance(value, str):
        return value
    if options:
        return f"${{{next(stops)}|{','.join([value, *(one for one in options if one != value)])}|}}"
    inert = re.sub(r"([$}\\])", r"\\\1", value)
    return f"${{{next(stops)}:{inert}}}"
