"""Text becomes documents that remember where they were written."""

from mofconf.documents.document import (
    Document,
    Elsewhere,
    Flaw,
    Limits,
    ListMarks,
    MapMarks,
    Mark,
    Marks,
    SourceFile,
    Tagged,
    Unreadable,
    locate,
    point,
)
from mofconf.documents.reading import read

__all__ = [
    "Document",
    "Elsewhere",
    "Flaw",
    "Limits",
    "ListMarks",
    "MapMarks",
    "Mark",
    "Marks",
    "SourceFile",
    "Tagged",
    "Unreadable",
    "locate",
    "point",
    "read",
]
