"""A git repository: finds it around a folder and gives its states as trees."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from mofconf.sources import revisions
from mofconf.sources.commit import Commit
from mofconf.sources.damage import closed, no_folder
from mofconf.sources.objects import Objects
from mofconf.sources.plumbing import Plumbing, quoted
from mofconf.sources.tree import Empty, Tree, Unavailable, shown
from mofconf.sources.worktree import WorkTree


@dataclass(frozen=True)
class Repository:
    """A repository as seen from one folder. Use it in a ``with``, or close it: a process of git may be open.

    ``top`` is the root of the work tree (None where there is none), ``prefix`` the way from it to the folder,
    empty at the top. The methods raise ``Unavailable``.
    """

    git: Plumbing
    objects: Objects
    top: Path | None
    prefix: str

    @classmethod
    def open(cls, directory: Path) -> Repository | None:
        """The repository around a folder, bare ones included; None where there is none."""
        if not os.path.isdir(directory) or not os.access(directory, os.R_OK | os.X_OK):  # noqa: PTH112 - a Path raises
            raise no_folder(directory)
        folder = Path(os.path.realpath(directory))
        if folder.name == ".git":
            folder = folder.parent
        around = _repository_around(folder)
        if around is None:
            return None
        if (refused := closed(around)) is not None:
            raise refused
        git = Plumbing.at(folder)
        seen = git.run("rev-parse", "--is-inside-work-tree", "--is-inside-git-dir", "--is-bare-repository")
        if "cannot chdir to" in seen.complaint:
            raise _astray(folder, around)
        if seen.status:
            # Git walks on past a .git that is none, so do we; what has a HEAD was meant to be a repository.
            if "(or any " in seen.complaint and not _meant(around / ".git"):
                return None
            raise git.refused(seen.complaint)
        inside_work_tree, inside_git_dir, bare = (line == "true" for line in seen.output.split())
        if inside_work_tree:
            root = git.ask("rev-parse", "--show-toplevel").removesuffix("\n")
            top = Path(os.fsdecode(root.encode("utf-8", "surrogateescape")))
            if os.path.lexists(top / ".git") and folder.is_relative_to(top):
                way = os.fsencode(folder.relative_to(top).as_posix()).decode("utf-8", "surrogateescape")
                return cls(git, Objects(git), top, "" if way == "." else way)
        elif bare or inside_git_dir:
            return cls(git, Objects(git), None, "")
        raise _astray(folder, around)

    @property
    def bare(self) -> bool:
        """Whether there is no work tree here, only commits."""
        return self.top is None

    def resolve(self, revision: str) -> str:
        """The full name of the commit that a revision names."""
        return revisions.resolve(self.git, revision)

    def merge_base(self, one: str, other: str) -> str:
        """The last commit that two revisions have in common, by its full name."""
        return revisions.merge_base(self.git, one, other)

    def default_branch(self) -> str:
        """The branch that changes are merged into, such as ``origin/main``."""
        return revisions.default_branch(self.git, bare=self.bare)

    def describe(self, revision: str) -> str:
        """A revision as people speak of it: ``main (3f2a1c0d)``."""
        return revisions.describe(revision, self.resolve(revision))

    def has_commits(self) -> bool:
        """Whether anything was ever committed here."""
        head = self.git.run("rev-parse", "--verify", "--quiet", "HEAD")
        return not head.status or bool(revisions.branches_and_tags(self.git))

    def commit(self, revision: str, prefix: str | None = None) -> Commit:
        """The files of a revision, below the folder that was opened unless ``prefix`` says another one."""
        name = self.resolve(revision)
        where = self.prefix if prefix is None else prefix
        return Commit(self.git, self.objects, name, where, revisions.describe(revision, name))

    def worktree(self, label: str = "") -> WorkTree:
        """The files of the work tree, below the folder that was opened."""
        if self.top is None:
            message = f"{shown(str(self.git.folder))} has no work tree, only commits"
            raise Unavailable(message, "name two revisions, as in: mofconf plan main~1..main")
        return WorkTree(self.git, self.objects, label or "work tree")

    def empty(self) -> Tree:
        """The past of a repository without commits."""
        return Empty()

    def close(self) -> None:
        """End the process of git that reads objects. What is asked later starts another one."""
        self.objects.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _repository_around(folder: Path) -> Path | None:
    """The nearest folder upwards that looks like a repository. Cheap: plain folders need no git at all."""
    for place in (folder, *folder.parents):
        if os.path.lexists(place / ".git") or (os.path.lexists(place / "HEAD") and os.path.lexists(place / "refs")):
            return place
        if os.path.lexists(place / "HEAD") and os.path.lexists(place / "commondir"):
            return place  # git's own folder of a linked work tree
    return None


def _meant(place: Path) -> bool:
    """Whether a ``.git`` was meant to be one, unlike a folder of that name with nothing in it."""
    return os.path.lexists(place) and (os.path.lexists(place / "HEAD") or not place.is_dir())


def _astray(folder: Path, around: Path) -> Unavailable:
    """Files that lie elsewhere are not what the user named: the repository's settings chose them."""
    message = f"the repository's setting core.worktree leads away from {shown(str(folder))}"
    settings = around / ".git" / "config"
    where = f"--file {quoted(str(settings))}" if settings.exists() else "--local"
    return Unavailable(message, f"if it is not needed, run: git config {where} --unset core.worktree")
