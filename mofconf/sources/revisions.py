"""Names of revisions become commits, or a refusal with the exact command that helps."""

from __future__ import annotations

import re
from difflib import get_close_matches

from mofconf.sources.plumbing import Plumbing, quoted
from mofconf.sources.tree import Unavailable, shown

_FULL_NAME = re.compile(r"[0-9a-f]{40}([0-9a-f]{24})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_TRUNKS = ("main", "master", "trunk")


def resolve(git: Plumbing, revision: str) -> str:
    """The full name of the commit that a revision names."""
    if not revision or _CONTROL.search(revision):
        message = f"'{shown(revision)}' is not a revision"
        raise Unavailable(message, "name a branch, a tag or a commit")
    answer = git.run("rev-parse", "--verify", "--end-of-options", revision)
    name = answer.output.strip()
    if f"refname '{_stem(revision)}' is ambiguous" in answer.complaint and revision != "HEAD":
        raise _ambiguous(git, revision)
    if answer.status or not _FULL_NAME.fullmatch(name):
        raise _unknown(git, revision, answer.complaint)
    commit = git.run("rev-parse", "--verify", "--quiet", f"{name}^{{commit}}")
    if commit.status:
        raise _no_commit(git, revision, name)
    return commit.output.strip()


def merge_base(git: Plumbing, one: str, other: str) -> str:
    """The last commit that two revisions have in common, by its full name; one of them if several."""
    tips = resolve(git, one), resolve(git, other)
    answer = git.run("merge-base", *tips)
    if not answer.status:
        return answer.output.split()[0]
    pair = f"{shown(one)} and {shown(other)}"
    if is_shallow(git):
        message = f"where {pair} parted is not in this clone, which is shallow: it has only the latest commits"
        raise Unavailable(message, f"fetch the history: git fetch --unshallow {quoted(_remote(git))}")
    if answer.status != 1:
        raise git.refused(answer.complaint)
    message = f"{pair} have no commit in common"
    raise Unavailable(message, f"compare the two as they are: {shown(one)}..{shown(other)}")


def default_branch(git: Plumbing, *, bare: bool) -> str:
    """The branch that changes are merged into: what the remote says, else what is usually its name."""
    there = set(branches_and_tags(git))
    remotes = sorted(_remotes(git), key=lambda remote: (remote != "origin", remote != "upstream", remote))
    heads = [f"refs/remotes/{remote}/HEAD" for remote in remotes]
    # A bare repository is nobody's desk: its HEAD was set to say which branch counts.
    candidates = [_target(git, "HEAD")] if bare else []
    for head in heads:
        remote = head.removesuffix("/HEAD")
        candidates += [_target(git, head), *(f"{remote}/{trunk}" for trunk in _TRUNKS)]
    candidates += [f"refs/heads/{trunk}" for trunk in _TRUNKS]
    configured = git.run("config", "init.defaultBranch").output.strip()
    candidates.append(f"refs/heads/{configured}")
    for candidate in candidates:
        if candidate in there:
            return short(candidate)
    fetch = _fetch_command(git, remotes[0] if remotes else "origin", "main") if remotes else ""
    step = "name the revision to compare with, as in: mofconf plan BASE...HEAD"
    message = "cannot tell which branch is the default one: there is no main, master or trunk, here or of a remote"
    raise Unavailable(message, f"fetch it: {fetch}; or {step}" if fetch else step)


def describe(revision: str, commit: str) -> str:
    """A commit as people speak of it: ``main (3f2a1c0d)``, or ``3f2a1c0d`` where that is how it was named."""
    brief = commit[:8]
    return brief if len(revision) >= 4 and commit.startswith(revision.lower()) else f"{shown(revision)} ({brief})"


def branches_and_tags(git: Plumbing) -> list[str]:
    """The full names of all branches, remote branches and tags."""
    return git.ask("for-each-ref", "--format=%(refname)", "refs/heads", "refs/remotes", "refs/tags").splitlines()


def is_shallow(git: Plumbing) -> bool:
    """Whether the clone lacks the older part of its history."""
    return git.run("rev-parse", "--is-shallow-repository").output.strip() == "true"


def short(ref: str) -> str:
    """A ref without the folder that git puts it in: ``origin/main`` for ``refs/remotes/origin/main``."""
    return re.sub(r"^refs/(heads|remotes|tags)/", "", ref)


def _unknown(git: Plumbing, revision: str, complaint: str) -> Unavailable:
    """Why a revision could not be resolved, the likeliest reason first."""
    refs = branches_and_tags(git)
    stem = _stem(revision)
    if "short object ID" in complaint or "short SHA1" in complaint:
        return Unavailable(f"{shown(revision)} is how several objects start", "write more of the commit's name")
    unborn = stem == "HEAD" and short(_target(git, "HEAD"))
    if unborn and f"refs/heads/{unborn}" not in refs:
        return _unborn(git, unborn, refs)
    if ".." in revision:
        return Unavailable(f"{shown(revision)} is a range, where one revision is wanted", "name one of its two ends")
    names = [short(ref) for ref in refs]
    if stem != revision and (stem in names or stem == "HEAD"):
        return _no_ancestor(git, revision, stem)
    remote, _, branch = stem.partition("/")
    if branch and remote in _remotes(git):
        message = f"the branch {shown(branch)} of {shown(remote)} is not in this clone"
        return Unavailable(message, f"fetch it: {_fetch_command(git, remote, branch)}")
    message = f"there is no revision {shown(revision)}"
    near = [name for name in names if name.endswith(f"/{stem}")][:3] or get_close_matches(stem, names[:20_000])
    if near:
        return Unavailable(message, f"did you mean {' or '.join(shown(name) for name in near)}?")
    if _remotes(git) and re.fullmatch(r"[\w][\w./-]*", stem):
        return Unavailable(message, f"if it is a branch, fetch it: {_fetch_command(git, _remote(git), stem)}")
    return Unavailable(message, "name a branch, a tag or a commit; see them with: git branch --all")


def _unborn(git: Plumbing, branch: str, refs: list[str]) -> Unavailable:
    if not refs:
        bare = git.run("rev-parse", "--is-bare-repository").output.strip() == "true"
        step = "push a branch to it first" if bare else "commit what there is: git add . && git commit"
        return Unavailable("the repository has no commits yet", step)
    message = f"the branch {shown(branch)}, which is checked out, has no commits yet"
    return Unavailable(message, f"name another revision, such as {shown(short(refs[0]))}")


def _no_ancestor(git: Plumbing, revision: str, stem: str) -> Unavailable:
    if is_shallow(git):
        message = f"{shown(revision)} is not in this clone, which is shallow: it has only the latest commits"
        return Unavailable(message, f"fetch the history: git fetch --unshallow {quoted(_remote(git))}")
    message = f"{shown(stem)} exists, but {shown(revision)} leads to nothing"
    return Unavailable(message, f"look at what is there: git log --oneline {quoted(stem)}")


def _ambiguous(git: Plumbing, revision: str) -> Unavailable:
    stem = _stem(revision)
    places = ("heads", "tags", "remotes")
    there = set(branches_and_tags(git))
    full = [f"{place}/{stem}" for place in places if f"refs/{place}/{stem}" in there]
    message = f"{shown(stem)} names more than one thing in this repository"
    return Unavailable(message, f"write {' or '.join(shown(ref) for ref in full) or 'the full name of the commit'}")


def _no_commit(git: Plumbing, revision: str, name: str) -> Unavailable:
    kind = git.run("cat-file", "-t", name).output.strip()
    if kind:
        what = {"blob": "a file", "tree": "a folder"}.get(kind, f"a {kind}")
        return Unavailable(f"{shown(revision)} is {what}, not a commit", "name a branch, a tag or a commit")
    which = shown(revision) if name.startswith(revision) else f"that {shown(revision)} names"
    message = f"the commit {which} is not in this clone"
    if _remotes(git):
        return Unavailable(message, f"fetch it: git fetch {quoted(_remote(git))} {name}")
    return Unavailable(message, "check its name, or see what is damaged: git fsck --full")


def _stem(revision: str) -> str:
    """The name that a revision such as ``main~2`` starts from; ``HEAD`` where it is left out, as in ``@``."""
    name, at = re.match(r"([^~^@:]*)(@?)", revision).groups()  # type: ignore[union-attr]  # it matches anything
    return name or ("HEAD" if at else "")


def _fetch_command(git: Plumbing, remote: str, branch: str) -> str:
    deeper = "--unshallow " if is_shallow(git) else ""
    return f"git fetch {deeper}{quoted(remote)} {quoted(f'{branch}:refs/remotes/{remote}/{branch}')}"


def _remotes(git: Plumbing) -> list[str]:
    return git.run("remote").output.splitlines()


def _remote(git: Plumbing) -> str:
    remotes = _remotes(git)
    return "origin" if "origin" in remotes or not remotes else min(remotes)


def _target(git: Plumbing, ref: str) -> str:
    """What a symbolic ref points to; empty where it is none."""
    return git.run("symbolic-ref", "--quiet", ref).output.strip()
