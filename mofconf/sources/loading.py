"""Trees become workspaces: the project file first, then what it names, then what that asks for."""

from __future__ import annotations

import os
from pathlib import Path

from mofconf.documents import SourceFile, Unreadable
from mofconf.formats.draft import Problem
from mofconf.formats.globs import matching
from mofconf.kinds.reading import Misfit
from mofconf.kinds.settings import PROJECT_FILES, Settings, read_settings
from mofconf.sources.tree import Tree, Unavailable, shown
from mofconf.workspace import Memory, Workspace, load, memory, wanted


def load_tree(tree: Tree, settings: Settings, known: Memory) -> Workspace:
    """The workspace of a tree. Files that a format asks for are fetched from the same tree."""
    return load(_files(tree, settings, known), settings, known)


def unread(tree: Tree, settings: Settings) -> tuple[str, ...]:
    """The files of a tree that nothing reads: no source means them, and no format asks for them."""
    return tuple(sorted(set(tree.paths()) - _files(tree, settings, memory()).keys() - {settings.file}))


def _files(tree: Tree, settings: Settings, known: Memory) -> dict[str, SourceFile | None]:
    paths = tree.paths()
    chosen = {path for source in settings.sources for path in matching(source.files, source.exclude, paths)}
    files: dict[str, SourceFile | None] = dict(tree.read(sorted(chosen)))
    while missing := wanted(files, settings, known):
        fetched = tree.read(sorted(missing))
        files.update({path: fetched.get(path) for path in missing})
    return files


def settings_of(tree: Tree, override: SourceFile | None = None) -> Settings:
    """What the tree's own project file says, or one from elsewhere; what is taken for granted where there is none.

    One from elsewhere that is of no use is refused: the user asked for it. Raises `Unavailable`.
    """
    if override is not None:
        settings = read_settings(override)
        for wrong in settings.broken:
            raise Unavailable(f"{shown(override.path)} is no project file: {_reason(wrong)}", _NO_PROJECT)
        return settings
    there = set(tree.paths())
    file = next((name for name in PROJECT_FILES if name in there), None)
    return read_settings(tree.read([file]).get(file) if file is not None else None)


def something_read(*workspaces: Workspace) -> None:
    """Refuse to judge nothing at all: where no file was found something is wrong with the question."""
    if not any(workspace.files for workspace in workspaces):
        message = "there is nothing to read: no file is one of the project's sources"
        raise Unavailable(message, "begin with `mofconf init`, or say with -C where the project file lies")


_NO_PROJECT = "name a file with kind: Project behind --project; `mofconf explain Project` shows what may stand in it"


def _reason(wrong: Misfit | Unreadable | Problem) -> str:
    if isinstance(wrong, Misfit):
        fault = wrong.faults[0]
        message, line = fault.message, wrong.draft.place(*fault.path, key=fault.at_key).line
    else:
        message, line = wrong.reason if isinstance(wrong, Unreadable) else wrong.message, wrong.place.line
    return f"{message} (line {line})" if line > 1 else message


def project_file(path: Path) -> SourceFile:
    """A project file from outside the tree."""
    try:
        return SourceFile(path.name, path.read_bytes())
    except OSError as error:
        message = f"the project file {shown(str(path))} cannot be read: {(error.strerror or '').lower()}"
        raise Unavailable(message, "name a file that exists behind --project") from None


def find_root(directory: Path, *, named: bool, has_project: bool) -> Path:
    """The folder that a project lives in: the nearest one at or above ``directory`` with a project file.

    It is looked for up to the top of the repository around it. Without one it is ``directory`` itself where the user
    named it, else that top. ``has_project``: the project file is given, so none is looked for.
    """
    start = directory.resolve()
    top = _top(start)
    if not has_project and os.path.isdir(start):  # noqa: PTH112 - those of a Path raise where one may not look
        for folder in (start, *start.parents) if top is not None else (start,):
            if any(os.path.isfile(folder / name) for name in PROJECT_FILES):  # noqa: PTH113 - the same
                return directory if folder == start else folder
            if folder == top:
                break
    return directory if named or top is None or top == start else top


def way_from_the_top(root: Path) -> str:
    """The way from the top of the repository to a folder in it; empty at the top, and outside of repositories."""
    folder = root.resolve()
    top = _top(folder)
    way = folder.relative_to(top).as_posix() if top is not None else "."
    return "" if way == "." else way


def _top(folder: Path) -> Path | None:
    return next((one for one in (folder, *folder.parents) if os.path.exists(one / ".git")), None)  # noqa: PTH110 - the same
