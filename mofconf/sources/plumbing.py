"""The one door to git: starts it so that it reads a repository and runs nothing that comes with it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from mofconf.sources.damage import damage
from mofconf.sources.tree import Unavailable, shown

OLDEST_GIT = (2, 30)
"""The first version that knows ``rev-parse --end-of-options``."""


class Answer(NamedTuple):
    """What git said: its exit status, its output and its complaints."""

    status: int
    output: str
    complaint: str


class Plumbing(NamedTuple):
    """Git, started in one folder. Names that are not UTF-8 come and go as lone surrogates."""

    executable: str
    folder: Path

    @classmethod
    def at(cls, folder: Path) -> Plumbing:
        """Git for the repository around ``folder``; ``Unavailable`` where git is absent or too old."""
        try:
            from git import Git
        except ModuleNotFoundError:
            raise  # GitPython itself is not installed: that is a broken installation, not an absent git
        except ImportError as failure:
            raise _absent() from failure
        plumbing = cls(str(Git.GIT_PYTHON_GIT_EXECUTABLE), folder)
        version = re.search(r"(\d+)\.(\d+)", plumbing.run("version").output)
        if version and (int(version[1]), int(version[2])) < OLDEST_GIT:
            message = f"git {version[0]} is too old: mofconf needs git {OLDEST_GIT[0]}.{OLDEST_GIT[1]} or newer"
            raise Unavailable(message, "install a newer git, then run the command again")
        return plumbing

    def run(self, *arguments: str) -> Answer:
        """Run one git command to its end. A status other than 0 is an answer like any other."""
        with self.start(*arguments, complaints=subprocess.PIPE) as process:
            output, complaint = process.communicate()
        return Answer(process.returncode, _text(output), _text(complaint))

    def ask(self, *arguments: str) -> str:
        """The output of a git command; ``Unavailable`` with git's own reason when it fails."""
        answer = self.run(*arguments)
        if answer.status:
            raise self.refused(answer.complaint)
        return answer.output

    def start(
        self, *arguments: str, complaints: int = subprocess.DEVNULL, requests: int = subprocess.DEVNULL
    ) -> subprocess.Popen[bytes]:
        """Start a git command whose output is a pipe, and so is its input with ``requests=PIPE``."""
        from git.cmd import safer_popen

        try:
            # Git.execute would pass on the caller's environment, in which GIT_DIR names another repository.
            return safer_popen(
                [self.executable, *_SETTINGS, *map(_word, arguments)],
                cwd=self.folder,
                env=_environment(os.environ),
                stdin=requests,
                stdout=subprocess.PIPE,
                stderr=complaints,
            )
        except (FileNotFoundError, NotADirectoryError) as failure:
            if self.folder.is_dir():
                raise _absent() from failure
            message = f"the folder {shown(str(self.folder))} is no longer there"
            raise Unavailable(message, "name a folder that exists") from failure
        except PermissionError as failure:
            message = f"git cannot be started in {shown(str(self.folder))}: permission denied"
            raise Unavailable(message, "give yourself the right to open that folder and to run git") from failure

    def refused(self, complaint: str) -> Unavailable:
        """What git's complaint means to the user, with the command that helps."""
        return refusal(complaint, str(self.folder))


def refusal(complaint: str, folder: str) -> Unavailable:
    """What a complaint of git about the repository in ``folder`` means, with the command that helps."""
    owner = re.search(r"(?:ownership in repository at '(.*)'$|unsafe repository \('(.*)' is )", complaint, re.MULTILINE)
    if owner:
        place = owner[1] or owner[2]
        message = f"the repository {shown(place)} belongs to another user, so git refuses to read it"
        command = f"git config --global --add safe.directory {quoted(place)}"
        return Unavailable(message, f"if you trust it, run: {command}")
    if "safe.bareRepository" in complaint:
        message = f"your setting safe.bareRepository keeps git from reading the bare repository {shown(folder)}"
        return Unavailable(message, "if you trust it, run: git config --global safe.bareRepository all")
    if re.search(r"promisor|lazy fetching|transport '.*' not allowed", complaint):
        return unfetched("a part of the history", folder)
    known = damage(complaint, folder)
    if known is not None:
        return known
    lines = [line for line in complaint.splitlines() if line.startswith(("fatal:", "error:"))] or ["it failed"]
    reason = shown(lines[-1].partition(": ")[2] or lines[-1])
    message = f"git cannot read the repository in {shown(folder)}: {reason}"
    return Unavailable(message, f"mend what this reports: git -C {quoted(folder)} fsck --full")


def unfetched(what: str, folder: str) -> Unavailable:
    """Something that a partial clone left at its remote, from where mofconf never fetches by itself."""
    message = f"{what} was never fetched: the repository is a partial clone"
    return Unavailable(message, f"fetch everything: git -C {quoted(folder)} fetch --refetch --no-filter")


def quoted(word: str) -> str:
    """A word of a command that users copy into their shell: a hostile name stays one harmless word."""
    return shlex.quote(shown(word))


def _absent() -> Unavailable:
    return Unavailable("git was not found", "install git (https://git-scm.com) and put it on the PATH")


def _word(argument: str) -> str | bytes:
    """An argument as the system wants it. Bytes where it takes them, since a name need not be UTF-8."""
    return argument if os.name == "nt" else argument.encode("utf-8", "surrogateescape")


def _text(output: bytes) -> str:
    return output.decode("utf-8", "surrogateescape")


def _environment(caller: Mapping[str, str]) -> dict[str, str]:
    """The caller's environment without git's variables: they would lead to another repository or index."""
    return {
        **{key: text for key, text in caller.items() if not key.startswith("GIT_") or _KEPT.fullmatch(key)},
        **_VARIABLES,
    }


# The user's own settings stay, safe.directory among them, and so does where to look for repositories.
_KEPT = re.compile(
    r"GIT_(EXEC_PATH|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM"
    r"|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+))"
)

_VARIABLES = {
    "LC_ALL": "C",  # complaints are compared, so they have to come in one language
    "LANGUAGE": "C",
    "GIT_ALLOW_PROTOCOL": "none",  # no fetching, whatever protocol.*.allow says in the repository's settings
    "GIT_NO_LAZY_FETCH": "1",  # the same for partial clones, where git is new enough to know it
    "GIT_NO_REPLACE_OBJECTS": "1",  # a commit is what its name says, not what refs/replace puts in its place
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_LITERAL_PATHSPECS": "1",  # a folder named "*" or ":(top)" is a folder
    "GIT_OPTIONAL_LOCKS": "0",  # nothing is written, not even a refreshed index
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_ATTR_NOSYSTEM": "1",
}

_SETTINGS = (
    "--no-pager",
    *("-c", "core.fsmonitor="),  # no program is asked for changed files; older git takes "false" for its name
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.untrackedCache=false"),  # lives in the index, which may be forged
    *("-c", "core.warnAmbiguousRefs=true"),
    *("-c", "protocol.allow=never"),
)
