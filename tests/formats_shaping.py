"""How tests shape files: as a workspace does it, fetching what a format wants until it wants nothing more.

Run as a program, it writes anew what the cases in ``tests/formats`` expect. Look at the
difference before you keep it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from mofconf.documents import Document, Limits, SourceFile, read
from mofconf.formats import TAGS, format_named
from mofconf.formats.draft import Draft, Shaped
from mofconf.formats.globs import matching
from mofconf.formats.source import Source
from mofconf.kinds.settings import read_settings

CASES = Path(__file__).parent / "formats"


def shaped(files: Mapping[str, str | bytes], source: Source) -> Shaped:
    """What the source's format makes of files by path."""
    contents = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
    documents = [
        document
        for path in matching(source.files, source.exclude, sorted(contents))
        for document in read(SourceFile(path, contents[path]), Limits(tags=TAGS.get(source.format, frozenset())))
        if isinstance(document, Document)
    ]
    found: dict[str, SourceFile | None] = {}
    while True:
        made = format_named(source.format)(documents, source, found)
        if made.wanted <= found.keys():
            return made
        for path in made.wanted:
            found[path] = SourceFile(path, contents[path]) if path in contents else None


def source_of(project: str | bytes) -> Source:
    """The first source of a project file."""
    settings = read_settings(SourceFile("mofconf.yaml", project.encode() if isinstance(project, str) else project))
    assert not settings.broken, settings.broken
    return settings.sources[0]


def cases() -> list[str]:
    """The cases by name, ``format/case``."""
    return sorted(str(file.parent.relative_to(CASES)) for file in CASES.glob("*/*/mofconf.yaml"))


def outcome(case: str) -> dict[str, Any]:
    """What a case comes to, as its ``expected.yaml`` writes it."""
    folder = CASES / case
    files = {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.name != "expected.yaml"
    }
    made = shaped(
        {path: content for path, content in files.items() if path != "mofconf.yaml"},
        source_of(files["mofconf.yaml"]),
    )
    return {
        "drafts": [drafted(draft) for draft in made.drafts],
        "problems": [
            {key: str(value) for key, value in problem._asdict().items() if value and key != "related"}
            | {f"related-{number}": str(one.place) for number, one in enumerate(problem.related)}
            for problem in made.problems
        ],
        "wanted": sorted(made.wanted),
    }


def drafted(draft: Draft) -> dict[str, Any]:
    """A draft with the place of every value in it."""
    shown: dict[str, Any] = {"place": str(draft.place()), "value": draft.value}
    if draft.adds:
        shown["adds"] = True
    return shown | {
        "places": {
            ".".join(map(str, path)): str(draft.place(*path)) for path, _ in leaves(draft.value) if path != ("kind",)
        }
    }


def leaves(value: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], object]]:
    """Every scalar in a value, with its path."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from leaves(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from leaves(inner, (*path, number))
    else:
        yield path, value


if __name__ == "__main__":
    for name in cases():
        text = yaml.safe_dump(outcome(name), sort_keys=False, width=110, allow_unicode=True)
        (CASES / name / "expected.yaml").write_text(text)
