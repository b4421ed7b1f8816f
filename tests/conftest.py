"""What tests share: where the fixtures are, and a repository to throw away."""

from __future__ import annotations

import difflib
import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="rewrite the golden files with what the code says now")


@pytest.fixture(scope="session")
def bless(pytestconfig: pytest.Config) -> bool:
    """Whether golden files are to be rewritten instead of compared."""
    return bool(pytestconfig.getoption("--bless"))


@pytest.fixture(scope="session")
def golden(bless: bool) -> Callable[[str, str], None]:  # noqa: FBT001  (pytest passes fixtures by name)
    """``golden(path, text)`` compares a text with the file at that path below ``tests/``."""

    def compare(path: str, text: str) -> None:
        file = Path(__file__).parent / path
        if bless:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(text.encode())
        expected = file.read_bytes().decode() if file.exists() else ""
        if text != expected:
            lines = (expected.splitlines(keepends=True), text.splitlines(keepends=True))
            change = "".join(difflib.unified_diff(*lines, f"tests/{path}", "now"))
            pytest.fail(f"this differs from tests/{path}; look at it, then accept it with --bless\n{change}")

    return compare


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the project itself."""
    return ROOT


@pytest.fixture(scope="session")
def fixtures() -> Path:
    """Real input from elsewhere. Without it tests skip, unless somebody promised that it is there."""
    promised = os.environ.get("MOFCONF_FIXTURES")
    folder = Path(promised) if promised else ROOT.parent / "shared" / "fixtures"
    if folder.is_dir():
        return folder.resolve()
    if promised:
        pytest.fail(f"MOFCONF_FIXTURES names {promised}, which is not a folder")
    pytest.skip("the fixtures are not here (set MOFCONF_FIXTURES)")


class GitRepository:
    """A repository in a temporary folder, driven by plain git commands with nobody's settings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main")

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], cwd=self.folder, env=self.environment(), capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    @staticmethod
    def environment() -> dict[str, str]:
        who = {"NAME": "A Tester", "EMAIL": "tester@example.org", "DATE": "2026-01-01T00:00:00+00:00"}
        return {
            **{key: value for key, value in os.environ.items() if not key.startswith("GIT_")},
            **{f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()},
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
        }

    def write(self, path: str, text: str | bytes) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)

    def commit(self, files: dict[str, str | bytes | None] | None = None, message: str = "a change") -> str:
        """Write the files (``None`` deletes one), commit everything, and return the commit's name."""
        for path, text in (files or {}).items():
            if text is None:
                (self.folder / path).unlink()
            else:
                self.write(path, text)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repository(tmp_path: Path) -> GitRepository:
    """An empty git repository with a branch ``main``."""
    return GitRepository(tmp_path / "repository")
