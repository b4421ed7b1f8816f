"""Which paths a pattern means: ``*`` within a folder, ``**`` across folders, ``?``, ``[a-c]`` and ``{a,b}``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product


def matching(patterns: Sequence[str], exclude: Sequence[str], paths: Iterable[str]) -> list[str]:
    """The paths that one of the patterns matches and none of ``exclude``, in the order in which they come.

    A path that ends in ``/`` is a folder of which nobody knows what is in it: it counts where something might match.

    >>> matching(["catalog/**/*.yaml"], ["**/old/**"], ["catalog/a.yaml", "catalog/b/c.yaml", "catalog/old/d.yaml"])
    ['catalog/a.yaml', 'catalog/b/c.yaml']
    """
    return list(_matching(patterns, exclude, paths))


def any_matches(patterns: Sequence[str], exclude: Sequence[str], paths: Iterable[str]) -> bool:
    """Whether there is such a path."""
    return next(_matching(patterns, exclude, paths), None) is not None


def _matching(patterns: Sequence[str], exclude: Sequence[str], paths: Iterable[str]) -> Iterator[str]:
    wanted = re.compile("|".join(map(_regex, patterns)) or "(?!)").fullmatch
    unwanted = re.compile("|".join(map(_regex, exclude)) or "(?!)").fullmatch
    return (
        path
        for path in paths
        if (wanted(path) or (path[-1:] == "/" and _may_hold(path, patterns)))
        and not (exclude and unwanted(f"{path}x" if path[-1:] == "/" else path))
    )


def _may_hold(folder: str, patterns: Iterable[str]) -> bool:
    """Whether a pattern might match something in a folder, from what it begins with."""
    beginnings = (re.split(r"[*?\[{]", pattern.removeprefix("./"), maxsplit=1)[0] for pattern in patterns)
    return any(folder.startswith(one) or one.startswith(folder) for one in beginnings)


_TOKEN = re.compile(r"\*\*/|/\*\*$|\*\*|\*|\?|\[!?[^]/]+\]|.", re.DOTALL)


def _regex(pattern: str) -> str:
    """A pattern as a regular expression. ``folder/`` means everything in it."""
    pattern = re.sub(
        r"(\*\*/)+", "**/", pattern.removeprefix("./")
    )  # several in a row mean the same, and take for ever
    if pattern.endswith("/"):
        pattern += "**"
    return "|".join(f"(?:{''.join(map(_part, _TOKEN.findall(one)))})" for one in _alternatives(pattern))


def _part(token: str) -> str:
    known = {"**/": "(?:[^/]+/)*", "/**": "/.+", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    if token in known:
        return known[token]
    if token.startswith("[") and token.endswith("]") and len(token) > 2:
        inside = token[1:-1]
        negated = inside.startswith("!")
        return f"[{'^/' if negated else ''}{re.escape(inside.lstrip('!')).replace(chr(92) + '-', '-')}]"
    return re.escape(token)


def _alternatives(pattern: str) -> list[str]:
    """``a.{yml,yaml}`` as two patterns; at most a hundred, so that nobody can make it explode."""
    pieces = re.split(r"\{([^{}]*,[^{}]*)\}", pattern)
    choices = [piece.split(",") if index % 2 else [piece] for index, piece in enumerate(pieces)]
    return ["".join(chosen) for chosen, _ in zip(product(*choices), range(100), strict=False)]
