"""Writes an estate of any size as mofconf YAML, the same for the same seed, with a git history if asked for.

python benchmarks/generate.py FOLDER --size 10000 --history 100
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from estate import make_estate
from estate.document import write_files
from estate.history import make_history


def main() -> None:
    arguments = _arguments()
    folder: Path = arguments.folder
    if folder.exists():
        if not arguments.force:
            msg = f"{folder} is there already: give another folder, or --force to replace it"
            raise SystemExit(msg)
        shutil.rmtree(folder)
    estate = make_estate(arguments.size, arguments.seed)
    written = write_files(folder, estate.files)
    print(
        f"{estate.documents} documents in {len(written)} files, {sum(written.values()) / 1e6:.2f} MB, "
        f"{estate.resources} resources with instances, {estate.references} references"
    )
    if arguments.history:
        print(make_history(folder, estate, arguments.history, arguments.seed))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where to write; it is made")
    parser.add_argument("--size", type=int, default=10_000, help="how many documents (default: 10000)")
    parser.add_argument("--seed", type=int, default=1, help="another seed is another estate (default: 1)")
    parser.add_argument(
        "--history",
        type=int,
        default=0,
        metavar="N",
        help="make it a git repository: tag base, and tag head that differs from it in N files",
    )
    parser.add_argument("--force", action="store_true", help="replace the folder where it is there already")
    return parser.parse_args()


if __name__ == "__main__":
    main()
