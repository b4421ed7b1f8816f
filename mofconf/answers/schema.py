"""What ``schema`` says: the JSON Schema as it stands, to be piped or written to a file."""

from __future__ import annotations

import json
from collections.abc import Mapping

from mofconf.report import Json, Report


def report(schema: Mapping[str, Json], kind: str = "") -> Report:
    """A schema as a report that is nothing but its text. No kind: that of all kinds."""
    return Report("schema", kind or "all kinds", text=written(schema), data={"kind": kind, "schema": schema})


def written(schema: Mapping[str, Json]) -> str:
    """A schema as the text of a file: indented, with a line end, everything beyond ASCII escaped."""
    return json.dumps(schema, indent=2) + "\n"
