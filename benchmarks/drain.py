"""Reads the files named on its input and drains the events of PyYAML's C parser over them: the yardstick.

A process of its own, so that nothing else is measured with it:

    find FOLDER -name '*.yaml' | python benchmarks/drain.py
"""

from __future__ import annotations

import sys

import yaml
from yaml.cyaml import CParser


def main() -> None:
    """Drain by ``yaml.parse``, PyYAML's own way to events; with ``--bare`` by the methods of the parser beneath it."""
    drain = bare if "--bare" in sys.argv else public
    for path in sys.stdin.read().splitlines():
        with open(path, "rb") as file:  # noqa: PTH123 - the cheapest way: a yardstick carries no weight of its own
            drain(file.read())


def public(content: bytes) -> None:
    for _ in yaml.parse(content, Loader=yaml.CSafeLoader):
        pass


def bare(content: bytes) -> None:
    parser = CParser(content)
    while parser.check_event():
        parser.get_event()


if __name__ == "__main__":
    main()
