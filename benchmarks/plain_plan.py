"""`mofconf plan` without promises, to measure what they cost: no figures, no rules about them.

python benchmarks/plain_plan.py base..head -C FOLDER
"""

from __future__ import annotations

import sys
from datetime import date

import mofconf.cli
import mofconf.plan
from mofconf.analyses.promises.promising import Promises
from mofconf.plan.differences import Differences
from mofconf.plan.kept import Kept
from mofconf.plan.promises import Limits
from mofconf.workspace import Workspace


def nothing_kept(base: Workspace, head: Workspace, found: Differences, today: date, limits: Limits) -> Kept:  # noqa: ARG001  # as it is called
    """What a plan knows of promises where it looks at none."""
    before, after = (Promises(side.catalog, side.graph, today, set(), exactly=False) for side in (base, head))
    return Kept(before, after)


if __name__ == "__main__":
    mofconf.plan.promises = nothing_kept
    mofconf.cli.main(["plan", *sys.argv[1:]])
