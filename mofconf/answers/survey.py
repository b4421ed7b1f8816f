"""What lies in a folder before there is a project: which files are whose format, and patterns that name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping

_COMPOSE = re.compile(r"(?:.*/)?(?:docker-)?compose([.-][\w.-]+)?\.ya?ml")
_BACKSTAGE = re.compile(rb"""^["']?apiVersion["']?\s*:\s*["']?backstage\.io/""", re.MULTILINE)
_AS_THEY_ARE = 4  # paths; as many as one likes to read


def is_yaml(path: str) -> bool:
    """Whether a path is that of a YAML file that somebody wrote for people, not for a tool (``.github/``, ...)."""
    return path.endswith((".yaml", ".yml")) and not any(part.startswith(".") for part in path.split("/"))


def survey(contents: Mapping[str, bytes]) -> dict[str, list[str]]:
    """For each foreign format patterns of the files that have it. ``contents`` are all YAML files.

    Compose files have a name by which they are known. Those of Backstage may have any, and so are known by what
    stands in them.
    """
    compose = [path for path in contents if _COMPOSE.fullmatch(path)]
    # The main file first: what others say is laid over it.
    compose.sort(key=lambda path: (_COMPOSE.fullmatch(path)[1] is not None, path))  # type: ignore[index]  # they match
    backstage = sorted(path for path, text in contents.items() if _BACKSTAGE.search(text) and path not in compose)
    return {
        "compose": patterns(compose, contents.keys()),
        "backstage": patterns(backstage, contents.keys()),
    }


def patterns(chosen: Collection[str], paths: Collection[str]) -> list[str]:
    """A few paths as they are; many as few patterns that match all of them, and no other of ``paths``.

    >>> folder = [f"services/{name}/catalog-info.yaml" for name in "abcde"]
    >>> patterns(folder, [*folder, "services/a/values.yaml"])
    ['**/catalog-info.yaml']
    >>> folder = [f"entities/{name}.yaml" for name in "abcde"]
    >>> patterns(folder, [*folder, "entities.yaml"])
    ['entities/**/*.yaml']
    """
    if len(chosen) <= _AS_THEY_ARE:
        return list(chosen)
    others = {pattern for path in set(paths) - set(chosen) for pattern in _matching(path)}
    left = dict.fromkeys(chosen)
    found: list[str] = []
    while left:
        number = Counter(pattern for path in left for pattern in _matching(path) if pattern not in others)
        best = min(number, key=lambda one: (-number[one], not one.startswith("**/"), len(one), one), default="")
        if number[best] < 2:
            return [*sorted(found), *left]
        found.append(best)
        left = dict.fromkeys(path for path in left if best not in _matching(path))
    return sorted(found)


def _matching(path: str) -> Iterator[str]:
    """Patterns that match a path: its name anywhere, or the files of its sort below one of its folders."""
    folder, _, name = path.rpartition("/")
    suffix = name.rpartition(".")[2]
    yield f"**/{name}"
    while folder:
        yield f"{folder}/**/*.{suffix}"
        folder = folder.rpartition("/")[0]
