"""mofconf's own YAML: every document is one resource."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mofconf.diagnostic import Place
from mofconf.documents import Document, MapMarks, SourceFile, locate
from mofconf.formats.draft import Draft, Problem, Shaped
from mofconf.formats.source import Source


def shape(documents: Sequence[Document], source: Source, found: Mapping[str, SourceFile | None]) -> Shaped:  # noqa: ARG001  # every format has this signature
    """Each document as it stands. Whether kind and name make sense is judged later, with the other fields."""
    drafts, problems = [], []
    for document in documents:
        draft = draft_of(document)
        if isinstance(draft, Draft):
            drafts.append(draft)
        else:
            problems.append(draft)
    return Shaped(tuple(drafts), tuple(problems))


def draft_of(document: Document) -> Draft | Problem:
    """The resource that one document describes."""
    if not isinstance(document.value, dict) or not isinstance(document.marks, MapMarks):
        return Problem(
            "unreadable-document",
            _place(document),
            "this document is not a resource: it has to be a mapping with kind and name",
            "write kind: and name: at the start of a line, or take the file out of the sources",
        )
    kind, name = document.value.get("kind"), document.value.get("name")
    return Draft(
        kind if isinstance(kind, str) else "",
        name if isinstance(name, str) else "",
        document.value,
        document.marks,
        document.file,
    )


def _place(document: Document) -> Place:
    return locate(document.file, document.marks, ())
