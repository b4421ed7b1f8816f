"""What a terminal gets to see: colours and a turning wheel where it wants them, and nothing that it cannot show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")

CATALOG = "kind: Service\nname: shop\nneeds: [db]\n---\nkind: Asset\nname: db\n"
COLOUR = re.compile(r"\x1b\[[0-9;]*[1-9][0-9;]*m")
ESCAPE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


@pytest.fixture
def catalog(tmp_path: Path) -> Path:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(CATALOG, encoding="utf-8")
    return tmp_path


def on_a_terminal(folder: Path, *arguments: str, **environment: str) -> tuple[str, str]:
    """What a command writes to a terminal: to standard output, and to standard error."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "LC_", "LANG"))}
    kept |= {"TERM": "xterm-256color", "PYTHONUTF8": "1"}
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        kept.pop(name, None)
    ends = [pty.openpty(), pty.openpty()]
    started = subprocess.Popen(
        [sys.executable, "-m", "mofconf", "-C", str(folder), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=ends[0][1],
        stderr=ends[1][1],
        env={**kept, **environment},
    )
    for _, theirs in ends:
        os.close(theirs)
    with ThreadPoolExecutor() as together:  # neither may fill up while we read the other
        out, err = together.map(_all_of, [ours for ours, _ in ends])
    assert started.wait(timeout=60) in (0, 1)
    return out, err


def _all_of(terminal: int) -> str:
    """Everything until nobody writes to the terminal any more."""
    parts = []
    try:
        while part := os.read(terminal, 1 << 16):
            parts.append(part)
    except OSError:  # how Linux says that the other end is closed
        pass
    os.close(terminal)
    return b"".join(parts).decode()


def test_a_terminal_has_colours_and_is_told_what_takes_so_long(catalog: Path) -> None:
    out, err = on_a_terminal(catalog, "validate")
    assert COLOUR.search(out)
    assert f"reading folder {catalog}" in ESCAPE.sub("", err).replace("\r\n", "")
    assert COLOUR.search(err)


WITHOUT_COLOUR: Mapping[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "--no-color": (("--no-color",), {}),
    "NO_COLOR": ((), {"NO_COLOR": "1"}),
}


@pytest.mark.parametrize(("options", "environment"), WITHOUT_COLOUR.values(), ids=WITHOUT_COLOUR.keys())
@pytest.mark.parametrize("command", [("validate",), ("list", "shop"), ("impact", "db"), ("graph", "shop")])
def test_who_wants_no_colour_gets_none(
    catalog: Path, command: tuple[str, ...], options: tuple[str, ...], environment: dict[str, str]
) -> None:
    out, err = on_a_terminal(catalog, *command, *options, **environment)
    assert "shop" in out
    assert not COLOUR.search(out + err)
    assert "reading folder" in ESCAPE.sub("", err)


def test_an_empty_no_color_says_nothing(catalog: Path) -> None:
    out, _ = on_a_terminal(catalog, "validate", NO_COLOR="")
    assert COLOUR.search(out)


@pytest.mark.parametrize("terminal", ["dumb", "unknown"])
def test_a_terminal_that_can_do_nothing_gets_plain_lines(catalog: Path, terminal: str) -> None:
    out, err = on_a_terminal(catalog, "validate", TERM=terminal)
    assert "\x1b" not in out
    assert err == ""


ASCII = {
    "PYTHONIOENCODING": {"PYTHONIOENCODING": "ascii"},
    "LC_ALL": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    "LC_ALL, and Python's own mind": {"LC_ALL": "C"},
    "another encoding": {"PYTHONIOENCODING": "latin-1"},
}
ASKED = (("validate",), ("graph", "shop"), ("graph", "shop", "-o", "mermaid"), ("validate", "-o", "markdown"))


@pytest.mark.parametrize("environment", ASCII.values(), ids=ASCII.keys())
@pytest.mark.parametrize("command", ASKED, ids=map(" ".join, ASKED))
def test_what_cannot_be_shown_has_a_stand_in(
    catalog: Path, command: tuple[str, ...], environment: dict[str, str]
) -> None:
    out, err = on_a_terminal(catalog, *command, **environment)
    assert "\\u" not in out + err
    assert err.isascii()
    assert out.isascii() or environment == {"LC_ALL": "C"}


def test_a_folder_may_be_called_like_markup(catalog: Path) -> None:
    odd = catalog / "[red]x[" / "catalog"
    odd.mkdir(parents=True)
    (odd / "a.yaml").write_text(CATALOG, encoding="utf-8")
    _, err = on_a_terminal(odd.parent, "validate")
    assert "[red]x[" in ESCAPE.sub("", err).replace("\r\n", "")
