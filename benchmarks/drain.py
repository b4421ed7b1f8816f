"""Reads the files named on its input and drains the events of PyYAML's C parser over them: the yardstick.

A process of its own, so that nothing else is measured with it:

    find FOLDER -name '*.yaml' | python benchmarks/drain.py
"""

from __future__ import annotations

import sys

from yaml.cyaml import CParser


def main() -> None:
    for path in sys.stdin.read().splitlines():
        with open(path, "rb") as file:  # noqa: PTH123 - the cheapest way: a yardstick carries no weight of its own
            parser = CParser(file.read())
        while parser.check_event():
            parser.get_event()


if __name__ == "__main__":
    main()
