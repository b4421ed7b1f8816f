"""The wheel holds what it should, and works in a clean environment that has nothing but what it declares."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
import tarfile
import tomllib
import venv
import zipfile
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import Distribution, distribution
from pathlib import Path

import pytest
from conftest import ROOT, GitRepository
from packaging.requirements import Requirement

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
VERSION = PROJECT["version"]
INFO = f"mofconf-{VERSION}.dist-info"


def call(*command: str | Path, folder: Path) -> str:
    """Run a program away from the project, with nobody's settings; what it prints."""
    away = {key: value for key, value in GitRepository.environment().items() if not key.startswith(("PYTHON", "PIP_"))}
    environment = {**away, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_NO_INDEX": "1", "SOURCE_DATE_EPOCH": "1767225600"}
    done = subprocess.run(
        [str(one) for one in command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{command} left with {done.returncode}:\n{done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution and with the wheel that is built from it alone."""
    folder = tmp_path_factory.mktemp("built")
    call(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    """The wheel."""
    [file] = built.glob("*.whl")
    assert file.name == f"mofconf-{VERSION}-py3-none-any.whl"
    return file


@pytest.fixture(scope="module")
def content(wheel: Path) -> dict[str, bytes]:
    """The files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        names = Counter(archive.namelist())
        assert [name for name, count in names.items() if count > 1] == []
        return {name: archive.read(name) for name in names}


def below(folder: Path, pattern: str = "*") -> dict[str, bytes]:
    """The files below a folder of the project, by their path in it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def test_the_wheel_holds_the_package_and_the_reference(content: dict[str, bytes]) -> None:
    expected = {f"mofconf/{path}": data for path, data in below(ROOT / "mofconf").items()}
    expected |= {f"mofconf/reference/catalog/{path}": data for path, data in below(ROOT / "catalog").items()}
    expected |= {f"mofconf/reference/schemas/{path}": data for path, data in below(ROOT / "schemas").items()}
    expected["mofconf/reference/mofconf.yaml"] = (ROOT / "mofconf.yaml").read_bytes()
    expected[f"{INFO}/licenses/LICENSE"] = (ROOT / "LICENSE").read_bytes()
    made = {f"{INFO}/{name}" for name in ("METADATA", "RECORD", "WHEEL", "entry_points.txt")}
    assert content.keys() == expected.keys() | made
    assert [name for name, data in expected.items() if content[name] != data] == []
    assert "mofconf/py.typed" in content
    assert "mofconf/reference/change/story.yaml" in content


def test_the_wheel_knows_nothing_of_this_machine(content: dict[str, bytes]) -> None:
    places = [f"{place}/".encode() for place in (ROOT, Path.home(), sys.prefix, sys.base_prefix)]
    assert [name for name, data in content.items() for place in places if place in data] == []


def test_the_wheel_records_what_it_holds(content: dict[str, bytes]) -> None:
    record = [row[0] for row in csv.reader(io.StringIO(content[f"{INFO}/RECORD"].decode()))]
    assert sorted(record) == sorted(content)


def test_the_metadata_say_what_there_is_to_say(content: dict[str, bytes]) -> None:
    text = content[f"{INFO}/METADATA"].decode()
    head, _, description = text.partition("\n\n")
    said: dict[str, list[str]] = {}
    for line in head.splitlines():
        key, _, value = line.partition(": ")
        said.setdefault(key, []).append(value)
    assert said["Name"] == ["mofconf"]
    assert said["Summary"] == [PROJECT["description"]]
    assert said["License-Expression"] == ["Apache-2.0"]
    assert said["License-File"] == ["LICENSE"]
    assert said["Requires-Python"] == [">=3.11"]
    assert said["Description-Content-Type"] == ["text/markdown"]
    assert sorted(said["Provides-Extra"]) == sorted(PROJECT["optional-dependencies"])
    assert description.strip() == (ROOT / "README.md").read_text(encoding="utf-8").strip()
    needed = [one for one in said["Requires-Dist"] if "extra ==" not in one]
    assert sorted(needed) == sorted(PROJECT["dependencies"])
    assert content[f"{INFO}/entry_points.txt"].decode().strip() == "[console_scripts]\nmofconf = mofconf.cli:main"


def test_the_source_distribution_has_the_tests_and_no_leftovers(built: Path) -> None:
    [file] = built.glob("*.tar.gz")
    with tarfile.open(file) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"tests/conftest.py", "mofconf.yaml", "catalog/README.md", "Makefile", "CHANGELOG.md", "LICENSE"} <= names
    assert [name for name in names if re.search(r"(^|/)(\.venv|\.ci|\.git|__pycache__|dist|build)(/|$)", name)] == []


def closure(names: Sequence[str]) -> dict[str, Distribution]:
    """The installed packages that these requirements lead to, and no others."""
    found: dict[str, Distribution] = {}
    waiting = [Requirement(name) for name in names]
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name in found or (one.marker is not None and not one.marker.evaluate({"extra": ""})):
            continue
        found[name] = distribution(name)
        waiting += [Requirement(line) for line in found[name].requires or ()]
    return found


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel. It sees what the wheel declares as its dependencies, and nothing else.

    Nothing is downloaded: links lead to the packages that the tests run with.
    """
    home = tmp_path_factory.mktemp("clean") / "environment"
    venv.create(home, symlinks=True)
    python = home / "bin" / "python"
    here = Path(call(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=home).strip())
    for package in closure(PROJECT["dependencies"]).values():
        tops = {file.parts[0] for file in package.files or () if file.parts[0] not in ("..", "__pycache__")}
        for top in sorted(tops):
            if not (here / top).exists():
                (here / top).symlink_to(Path(str(package.locate_file(top))))
    installing = ("-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", "--no-compile")
    call(sys.executable, *installing, wheel, folder=home)
    return home


def test_it_is_the_wheel_that_answers(clean: Path, tmp_path: Path) -> None:
    code = "import mofconf, mofconf.rules, sys; print(mofconf.__file__, *sys.path, sep='\\n')"
    file, *paths = call(clean / "bin" / "python", "-c", code, folder=tmp_path).splitlines()
    assert Path(file).is_relative_to(clean)
    assert not [path for path in paths if path and Path(path).resolve().is_relative_to(ROOT)]


def test_no_package_of_the_tests_is_there(clean: Path, tmp_path: Path) -> None:
    code = "from importlib.util import find_spec as find; print(*map(find, ['pytest', 'jsonschema', 'build', 'mypy']))"
    assert call(clean / "bin" / "python", "-c", code, folder=tmp_path).split() == ["None"] * 4


def test_the_commands_work(clean: Path, content: dict[str, bytes], tmp_path: Path) -> None:
    mofconf = clean / "bin" / "mofconf"
    assert call(mofconf, "--version", folder=tmp_path) == f"mofconf {VERSION}\n"
    assert call(clean / "bin" / "python", "-m", "mofconf", "--version", folder=tmp_path) == f"mofconf {VERSION}\n"

    told = call(mofconf, "explain", "Service", folder=tmp_path)
    assert told.startswith("# Service\n")
    assert "The one team that answers for it." in told  # the text behind a field, which stands in the source only

    demo = tmp_path / "demo"
    assert "\n  Changes" in call(mofconf, "demo", demo, "--at", "2026-11-22", folder=tmp_path)
    repository = demo / "brambletide"
    first = call("git", "show", "main:catalog/team/platform.yaml", folder=repository)
    assert first.encode() == content["mofconf/reference/catalog/team/platform.yaml"]

    for arguments in (["impact", "Location/dc-east"], ["graph", "-o", "graphml"], ["list", "+Service/checkout"]):
        assert call(mofconf, *arguments, folder=repository)
    project = tmp_path / "project"
    project.mkdir()
    assert "wrote mofconf.yaml" in call(mofconf, "init", "--editor", folder=project)
    assert "clean" in call(mofconf, "validate", folder=project)
