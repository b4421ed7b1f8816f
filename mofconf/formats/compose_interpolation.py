"""Variables in Compose files: ``${NAME:-default}`` in texts, and what the names mean in ``.env`` files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

_USE = re.compile(r"\$(?:(?P<dollar>\$)|(?P<bare>[A-Za-z_]\w*)|(?P<open>\{))", re.ASCII)
_HEAD = re.compile(r"(?P<name>[A-Za-z_]\w*)(?P<operator>:?[-+?])?", re.ASCII)
_LINE = re.compile(r"\s*(?:export\s+)?(?P<name>[A-Za-z_][\w.-]*)\s*(?P<sign>[=:])?[ \t]*", re.ASCII)
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\", "$": "$$"}

_DEPTH = 16
_LENGTH = 65536
_LINES = 500


class Filled(NamedTuple):
    """A text with its variables filled in.

    ``unset`` are the names that nothing sets, which count as empty; ``fault`` says what Compose would refuse
    (the text is then as it was), and ``hint`` what to do about it.
    """

    text: str
    unset: tuple[str, ...] = ()
    fault: str = ""
    hint: str = ""


class Environment(NamedTuple):
    """The variables of ``.env`` files, and the lines that make no sense (line number, what is wrong)."""

    variables: Mapping[str, str]
    faults: tuple[tuple[int, str], ...] = ()


def fill(text: str, variables: Mapping[str, str]) -> Filled:
    """Interpolate a text as section "Interpolation" of the Compose specification says.

    ``$NAME``, ``${NAME}``; ``:-`` and ``-`` for a default, ``:?`` and ``?`` for what must be set, ``:+`` and
    ``+`` for what replaces it, all of them nested; ``$$`` for a dollar sign.

    >>> fill("${IMAGE:-shop}:${TAG}", {"TAG": "1.2"}).text
    'shop:1.2'
    """
    if "$" not in text:
        return Filled(text)
    unset: list[str] = []
    try:
        return Filled(_filled(text, variables, unset, 0), tuple(dict.fromkeys(unset)))
    except _RefusedError as refused:
        return Filled(text, (), str(refused), refused.hint)


def read_environment(text: str, given: Mapping[str, str]) -> Environment:
    """The variables of a ``.env`` file: comments, quotes, ``export``, and the use of variables set before.

    What is ``given`` has been set by files read earlier. A name without ``=`` stays unset.

    >>> read_environment("A=1 # one\\nexport B='$A'\\nC=${A}2", {}).variables
    {'A': '1', 'B': '$A', 'C': '12'}
    """
    variables = dict(given)
    faults: list[tuple[int, str]] = []
    lines = text.replace("\r\n", "\n").removeprefix("\ufeff").split("\n")
    number = 0
    while number < len(lines):
        line, first = lines[number], number + 1
        number += 1
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        head = _LINE.match(line)
        rest = line[head.end() :] if head else ""
        if head is None or (not head["sign"] and rest.strip() and not rest.lstrip().startswith("#")):
            faults.append((first, "this line is not NAME=value"))
            continue
        if not head["sign"]:
            continue
        quote = rest[:1] if rest[:1] in ("'", '"') else ""
        if quote:
            while _closing(rest, quote) < 0 and number < min(len(lines), first + _LINES):
                rest += "\n" + lines[number]
                number += 1
            if _closing(rest, quote) < 0:
                faults.append((first, f"the quote {quote} is never closed"))
                number = first
                continue
        filled = _value(rest, quote, variables)
        if filled.fault:
            faults.append((first, filled.fault))
        else:
            variables[head["name"]] = filled.text
    return Environment(variables, tuple(faults))


class _RefusedError(Exception):
    """Something that Compose refuses, in its message."""

    def __init__(self, message: str, hint: str = "see the Compose specification") -> None:
        super().__init__(message)
        self.hint = hint


def _filled(text: str, variables: Mapping[str, str], unset: list[str], depth: int) -> str:
    if depth > _DEPTH:
        message = f"variables nest deeper than {_DEPTH}"
        raise _RefusedError(message)
    parts: list[str] = []
    at = size = 0
    while (sign := text.find("$", at)) >= 0:
        parts.append(text[at:sign])
        use = _USE.match(text, sign)
        if use is None:
            message = f"'{text[sign : sign + 20]}' is not a variable: write $$ for a dollar sign"
            raise _RefusedError(message)
        at = use.end()
        if use["dollar"]:
            parts.append("$")
        elif use["bare"]:
            parts.append(_look_up(use["bare"], variables, unset))
        else:
            end = _end_of_braces(text, at)
            parts.append(_braced(text[at:end], variables, unset, depth))
            at = end + 1
        size += len(parts[-1])
        if size > _LENGTH:
            message = f"the text with its variables filled in is longer than {_LENGTH:,} characters"
            raise _RefusedError(message)
    return "".join([*parts, text[at:]])


def _end_of_braces(text: str, start: int) -> int:
    depth, at = 1, start
    while at < len(text):
        if text.startswith("$$", at):
            at += 2
            continue
        if text.startswith("${", at):
            depth += 1
            at += 2
            continue
        if text[at] == "}":
            depth -= 1
            if not depth:
                return at
        at += 1
    message = f"'${{{text[start : start + 20]}' is never closed with }}"
    raise _RefusedError(message, "close it, or write $$ where a dollar sign is meant")


def _braced(inside: str, variables: Mapping[str, str], unset: list[str], depth: int) -> str:
    head = _HEAD.match(inside)
    operator = (head["operator"] or "") if head else ""
    if head is None or (not operator and head.end() != len(inside)):
        message = f"'${{{inside[:20]}}}' is not a variable that Compose understands"
        raise _RefusedError(message)
    name, rest = head["name"], inside[head.end() :]
    value = variables.get(name)
    present = bool(value) if operator.startswith(":") else value is not None
    if operator.endswith("-"):
        return value or "" if present else _filled(rest, variables, unset, depth + 1)
    if operator.endswith("+"):
        return _filled(rest, variables, unset, depth + 1) if present else ""
    if operator.endswith("?") and not present:
        message = f"the variable {name} must be set: {_filled(rest, variables, unset, depth + 1)}".rstrip(": ")
        raise _RefusedError(message, f"set {name} in .env")
    return _look_up(name, variables, unset)


def _look_up(name: str, variables: Mapping[str, str], unset: list[str]) -> str:
    if name not in variables:
        unset.append(name)
    return variables.get(name, "")


def _closing(text: str, quote: str) -> int:
    """Where the quote that opens a text is closed, or -1."""
    at = 1
    while at < len(text):
        if text[at] == "\\" and quote == '"':
            at += 1
        elif text[at] == quote:
            return at
        at += 1
    return -1


def _value(text: str, quote: str, variables: Mapping[str, str]) -> Filled:
    if quote == "'":
        return Filled(text[1 : _closing(text, quote)])
    if quote == '"':
        raw = text[1 : _closing(text, quote)]
        return fill(re.sub(r"\\(.)", lambda found: _ESCAPES.get(found[1], found[0]), raw), variables)
    return fill(re.split(r"(?:^|\s)#", text, maxsplit=1)[0].strip(), variables)
