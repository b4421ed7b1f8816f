"""What ``init`` and ``new`` write: the first lines of a project and of a resource, as text."""

from __future__ import annotations

from collections.abc import Mapping

PROJECT = """\
# The project file of mofconf: where resources come from, and how they are judged.
# `mofconf explain Project` says what else may stand here.
apiVersion: mofconf/v1
kind: Project
name: {name}
{sources}"""

SOURCES: Mapping[str, str] = {
    "native": "",
    "compose": """\
sources:
  - files: {files}
    format: compose
""",
    "backstage": """\
sources:
  - files: {files}
    format: backstage
""",
}
"""What a project file says of its sources, by what was found in the folder."""

FIRST_SERVICE = """\
apiVersion: mofconf/v1
kind: Service
name: {name}
title: {title}
owner: {team}
criticality: high
# What it needs to work. `mofconf explain Service.needs` shows groups, soft needs and more.
needs: []
"""

FIRST_TEAM = """\
apiVersion: mofconf/v1
kind: Team
name: {team}
title: {title}
"""

TEMPLATES: Mapping[str, str] = {
    "Person": """\
title: {title}
email: {name}@example.org
""",
    "Team": """\
title: {title}
members: []
""",
    "Customer": """\
title: {title}
contacts: []
""",
    "Partner": """\
title: {title}
partnership: supplier
""",
    "Location": """\
title: {title}
type: site # region, site, zone, building, room or rack
# partOf: the larger place
# availability: 99.99%
""",
    "Environment": """\
title: {title}
stage: staging # system-test, staging, prerelease, user-acceptance, production-certification or production
""",
    "Asset": """\
title: {title}
category: software # hardware, software, network, facility, documentation or credential
# owner: the team that answers for it
# runsOn: the asset that carries it
# availability: {{percent: 99.9%, mttr: 2h}}
""",
    "Service": """\
title: {title}
# owner: the team that is accountable
criticality: medium # vital, high, medium or low
needs: []
# availability: 99.95%
""",
    "DataSet": """\
title: {title}
confidentiality: medium # low, medium or high
integrity: medium
availability: medium
""",
    "SLA": """\
title: {title}
service: {name} # the service that is promised
customers: []
targets:
  availability: 99.9%
  period: month
""",
    "OLA": """\
title: {title}
team: {name} # the team that promises
supports: []
targets:
  availability: 99.9%
""",
    "Contract": """\
title: {title}
partner: {name} # the partner that promises
covers: []
targets:
  availability: 99.9%
""",
    "Calendar": """\
title: {title}
zone: UTC
hours:
  monday: ["09:00-17:00"]
  tuesday: ["09:00-17:00"]
  wednesday: ["09:00-17:00"]
  thursday: ["09:00-17:00"]
  friday: ["09:00-17:00"]
""",
    "Job": """\
title: {title}
type: backup # backup, archive, monitoring, output or housekeeping
protects: []
schedule: "30 2 * * *" # minute, hour, day, month, day of the week; or {{every: 15m}}
# longestRun: 40m
# target: where the copies lie
""",
    "Project": "",
}
"""The first lines of a resource of each kind, behind its head."""


def new_resource(kind: str, name: str) -> str:
    """The text of a new resource."""
    title = name.rpartition("/")[2].replace("-", " ").replace("_", " ").capitalize()
    head = f"apiVersion: mofconf/v1\nkind: {kind}\nname: {name}\n"
    return head + TEMPLATES[kind].format(name=name, title=title)


def new_project(name: str, found: Mapping[str, list[str]]) -> str:
    """The text of a project file for the formats that were found, each with patterns of its files."""
    parts = [
        SOURCES[style].format(
            files=f'"{files[0]}"' if len(files) == 1 else "[" + ", ".join(f'"{one}"' for one in files) + "]"
        )
        for style, files in found.items()
        if files and SOURCES[style]
    ]
    sources = "".join(parts[:1] + [part.removeprefix("sources:\n") for part in parts[1:]])
    return PROJECT.format(name=name, sources=sources)
