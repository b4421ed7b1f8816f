"""Two states of a project become two workspaces: which revisions are meant, and whose project file reads them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mofconf.documents import SourceFile
from mofconf.formats.globs import matching
from mofconf.kinds.settings import Settings
from mofconf.sources.changed import changed_paths
from mofconf.sources.folder import open_folder
from mofconf.sources.loading import find_root, load_tree, project_file, settings_of
from mofconf.sources.repository import Repository
from mofconf.sources.tree import Tree, Unavailable, shown
from mofconf.workspace import Workspace, memory


class Sides(NamedTuple):
    """What is compared: two workspaces, what people call the comparison, how many files differ, and notes."""

    base: Workspace
    head: Workspace
    title: str
    files: int
    notes: tuple[str, ...]


def compare_revisions(directory: Path, wanted: str, project: Path | None, *, named: bool) -> Sides:
    """The two sides of ``A..B``, ``A...B``, ``A`` or nothing, in the repository around a folder.

    ``named`` says whether the user named the folder. Raises `Unavailable`.
    """
    override = project_file(project) if project is not None else None
    root = find_root(directory, named=named, has_project=override is not None)
    repository = Repository.open(root)
    if repository is None:
        message = f"{shown(str(root))} lies in no git repository, so there is no revision to compare with"
        raise Unavailable(
            message, "run `git init` and commit, or compare two folders: mofconf plan --from DIR --to DIR"
        )
    with repository:
        base, head, title = _revisions(repository, wanted, override)
        return _sides(base, head, title, override)


def compare_folders(before: Path, after: Path, project: Path | None) -> Sides:
    """The two sides of a comparison of folders. Raises `Unavailable`."""
    override = project_file(project) if project is not None else None
    title = f"{shown(str(before))} -> {shown(str(after))}"
    return _sides(open_folder(before), open_folder(after), title, override)


def _revisions(repository: Repository, wanted: str, override: SourceFile | None) -> tuple[Tree, Tree, str]:
    if "..." in wanted:
        one, _, other = wanted.partition("...")
        one, other = one or "HEAD", other or "HEAD"
        repository.resolve(one)
        return (
            repository.commit(repository.merge_base(one, other)),
            repository.commit(other),
            f"{one}...{other}",
        )
    if ".." in wanted:
        one, _, other = wanted.partition("..")
        one, other = one or "HEAD", other or "HEAD"
        return repository.commit(one), repository.commit(other), f"{one}..{other}"
    if wanted:
        return repository.commit(wanted), repository.worktree(), f"{wanted}..work tree"
    if repository.bare:
        raise Unavailable("a bare repository has no work tree to plan", "name two revisions: mofconf plan A...B")
    if not repository.has_commits():
        return repository.empty(), repository.worktree(), "nothing..work tree"
    head = repository.worktree()
    branch = settings_of(head, override).default_branch or repository.default_branch()
    base = repository.merge_base(branch, "HEAD")
    return repository.commit(base), head, f"{branch}...work tree"


def _sides(base: Tree, head: Tree, title: str, override: SourceFile | None) -> Sides:
    before, after, notes = _settings(base, head, override)
    known = memory()
    old, new = load_tree(base, before, known), load_tree(head, after, known)
    return Sides(old, new, title, _differing(base, head, before, after), notes)


def _settings(base: Tree, head: Tree, override: SourceFile | None) -> tuple[Settings, Settings, tuple[str, ...]]:
    """With which settings each side is read. Defaults judge the change, so they are the base's on both sides."""
    before = settings_of(base, override)
    if override is not None:
        return before, before, (f"the project file {override.path} from outside is taken for both sides",)
    after = settings_of(head)
    notes: list[str] = []
    for this, other, side, where in ((before, after, "base", "head"), (after, before, "head", "base")):
        if not this.file and other.file:
            notes.append(f"the {side} has no project file, so it is read with the {where}'s")
        elif this.broken and not other.broken:
            notes.append(f"the {side}'s project file cannot be relied on, so the {side} is read with the {where}'s")
    old = after if _lacks(before, after) else before
    new = before if _lacks(after, before) else after
    if new.entry is not None and old.entry is not None and new.entry.draft.value == old.entry.draft.value:
        new = old
    elif new is not old:
        new = new._replace(defaults_of=old.entry)
    # What is wrong with a project file stays a finding of its own side.
    old = old._replace(broken=before.broken, documents=before.documents) if old is not before else old
    new = new._replace(broken=after.broken, documents=after.documents) if after.broken or new is before else new
    return old, new, tuple(notes)


def _lacks(this: Settings, other: Settings) -> bool:
    return (not this.file and bool(other.file)) or (bool(this.broken) and not other.broken)


def _differing(base: Tree, head: Tree, before: Settings, after: Settings) -> int:
    """How many of the files that mofconf reads differ."""
    sources = (*before.sources, *after.sources)
    paths = sorted({*base.paths(), *head.paths()})
    chosen = {path for source in sources for path in matching(source.files, source.exclude, paths)}
    chosen |= {before.file, after.file} & set(paths)
    return len(changed_paths(base, head, sorted(chosen)))
