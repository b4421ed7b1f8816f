"""Gives an estate a git history: a base commit, and a head commit that differs from it in so many files."""

from __future__ import annotations

import os
import subprocess
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

from estate.document import Document, Estate, write_files

# Out of a hundred files: what becomes of them. The rest are edits of fields. A rename takes two paths.
ADDED, REMOVED, RENAMED, COMMENTED = 0.06, 0.05, 0.04, 0.05
STAMP = "2026-01-01T00:00:00+00:00"


def make_history(folder: Path, estate: Estate, count: int, seed: int) -> str:
    """Make the folder a repository with the tags ``base`` (checked out) and ``head``; says what differs."""
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _commit(folder, "The estate", "base")
    changed, said = _changes(estate, count, Random(seed + 1))
    _git(folder, "checkout", "--quiet", "-b", "change")
    for path, documents in changed.items():
        if documents is None:
            (folder / path).unlink()
    write_files(folder, {path: documents for path, documents in changed.items() if documents is not None})
    _commit(folder, "A change of many files", "head")
    _git(folder, "checkout", "--quiet", "main")
    _git(folder, "gc", "--quiet")
    return f"base..head differs in {len(changed)} files: {said}"


def _changes(estate: Estate, count: int, dice: Random) -> tuple[dict[str, list[Document] | None], str]:
    """What each changed file holds afterwards; ``None`` for one that is gone."""
    single = [path for path, documents in sorted(estate.files.items()) if len(documents) == 1 and "/" in path]
    mentioned = _mentioned(estate)
    loose = [path for path in single if estate.files[path][0].name not in mentioned]
    dice.shuffle(single)
    dice.shuffle(loose)
    renames, removals = round(count * RENAMED / 2), round(count * REMOVED)
    adds, comments = round(count * ADDED), max(1, round(count * COMMENTED))
    changed: dict[str, list[Document] | None] = {}
    for path in loose[:removals]:
        changed[path] = None
    for path in loose[removals : removals + renames]:
        document = deepcopy(estate.files[path][0])
        document.fields["formerly"] = [document.name]
        document.name += "-renamed"
        changed[path] = None
        changed[path.replace(".yaml", "-renamed.yaml")] = [document]
    for path in loose[removals + renames : removals + renames + adds]:
        document = deepcopy(estate.files[path][0])
        document.name += "-new"
        changed[path.replace(".yaml", "-new.yaml")] = [document]
    edits = 0
    for path in single:
        if len(changed) >= count:
            break
        if path in changed:
            continue
        document = deepcopy(estate.files[path][0])
        if comments:
            document.extra_comment = "Somebody looked at this and found nothing to change."
            comments -= 1
        elif not _edit(document, dice, estate):
            continue
        else:
            edits += 1
        changed[path] = [document]
    kept = len(changed) - removals - 2 * renames - adds - edits
    said = f"{edits} edited, {adds} added, {removals} removed, {renames} renamed, {kept} with a new comment"
    return changed, said


def _edit(document: Document, dice: Random, estate: Estate) -> bool:
    """Change one field as people do; no where the document has none of those that are changed here."""
    fields = document.fields
    possible: list[tuple[str, Any]] = [("title", fields.get("title", document.name) + " (revised)")]
    if known := fields.get("availability"):
        percent = known if isinstance(known, str) else known["percent"]
        worse = "99.9%" if percent != "99.9%" else "99.8%"
        possible.append(("availability", worse if isinstance(known, str) else known | {"percent": worse}))
    if "version" in fields:
        possible.append(("version", fields["version"] + "1"))
    if "owner" in fields:
        possible.append(("owner", _another(fields["owner"], "team", dice, estate)))
    if "location" in fields:
        possible.append(("location", _another(fields["location"], "location", dice, estate, "rack-")))
    if len(fields.get("needs", ())) > 1:
        possible.append(("needs", fields["needs"][:-1]))
    if "restore" in fields:
        possible.append(("restore", fields["restore"] | {"2": "6h"}))
    key, value = dice.choice(possible)
    before = fields.get(key)
    fields[key] = value
    return bool(before != value)


def _another(name: str, kind: str, dice: Random, estate: Estate, prefix: str = "") -> str:
    start = f"catalog/{kind}/{prefix}"
    others = [
        documents[0].name
        for path, documents in estate.files.items()
        if path.startswith(start) and documents[0].name != name
    ]
    return dice.choice(others)


def _mentioned(estate: Estate) -> set[str]:
    found: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, str):
            found.add(value.rpartition("/")[2])
        elif isinstance(value, (list, tuple)):
            for item in value:
                look(item)
        elif isinstance(value, dict):
            for item in value.values():
                look(item)

    for documents in estate.files.values():
        for document in documents:
            look(document.fields)
    return found


def _commit(folder: Path, message: str, tag: str) -> None:
    _git(folder, "add", "--all")
    _git(folder, "commit", "--quiet", "--message", message)
    _git(folder, "tag", tag)


def _git(folder: Path, *arguments: str) -> None:
    who = {"NAME": "A Generator", "EMAIL": "generator@example.org", "DATE": STAMP}
    environment = {
        **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
        **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()},
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
    }
    subprocess.run(["git", "-c", "gc.auto=0", *arguments], cwd=folder, env=environment, check=True)
