"""Two states of a project become two workspaces: which revisions are meant, and whose project file reads them."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from mofconf.documents import SourceFile
from mofconf.kinds.settings import Settings
from mofconf.sources.changed import changed_paths
from mofconf.sources.folder import open_folder
from mofconf.sources.loading import find_root, load_tree, project_file, settings_of, something_read
from mofconf.sources.repository import Repository
from mofconf.sources.tree import Tree, Unavailable, shown
from mofconf.workspace import Workspace, memory


class Sides(NamedTuple):
    """What is compared: two workspaces, what people call the comparison, how many files differ, notes, and what people
    call the two sides (a revision with its commit)."""

    base: Workspace
    head: Workspace
    title: str
    files: int
    notes: tuple[str, ...]
    ends: tuple[str, str]


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
    own = settings_of(base, override)
    if not old.files and own.sources != before.sources:
        # A project file that finds nothing must not make all that was there vanish without a word.
        old = load_tree(base, own, known)
        notes = (_FOUND_BEFORE,) if old.files else notes
    something_read(old, new)
    if old.files and not new.files:
        notes = (*notes, _NOTHING_LEFT)
    return Sides(old, new, title, _differing(base, head, old, new), notes, (base.label, head.label))


_FOUND_BEFORE = (
    "the base has no project file, and by that of the head none of its files is a source, so it is read as without one"
)

_NOTHING_LEFT = "the head has no file that is one of its sources: `mofconf validate` would refuse to judge it"


def _settings(base: Tree, head: Tree, override: SourceFile | None) -> tuple[Settings, Settings, tuple[str, ...]]:
    """With which settings each side is read: its own sources, and the base's defaults.

    A side whose project file is missing or broken is read with the other's sources, and with nothing else of it: what
    judges a change must not come from the change.
    """
    before = settings_of(base, override)
    if override is not None:
        return before, before, (f"the project file {override.path} from outside is taken for both sides",)
    after = settings_of(head)
    notes: list[str] = []
    old, new = before, after
    if _lacks(before, after):
        old = before._replace(sources=after.sources)
        notes.append(_note(before, "base", "head"))
        notes.append("what the head's project file says of severities and defaults holds once it is merged")
    elif _lacks(after, before):
        new = after._replace(sources=before.sources)
        notes.append(_note(after, "head", "base"))
    if _same(before, after):
        return before, before, ()
    return old, new._replace(defaults=old.defaults), tuple(notes)


def _same(before: Settings, after: Settings) -> bool:
    if before.entry is None or after.entry is None or before.broken or after.broken:
        return False
    return before.entry.draft.value == after.entry.draft.value


def _note(side: Settings, name: str, other: str) -> str:
    wrong = "has a project file that cannot be relied on" if side.file else "has no project file"
    return f"the {name} {wrong}, so its files are found as the {other}'s project file says"


def _lacks(this: Settings, other: Settings) -> bool:
    return (not this.file and bool(other.file)) or (bool(this.broken) and not other.broken)


def _differing(base: Tree, head: Tree, old: Workspace, new: Workspace) -> int:
    """How many of the files that mofconf reads differ."""
    return len(changed_paths(base, head, {*old.files, *new.files}))
