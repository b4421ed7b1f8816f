"""The rule unmatched-mapping."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.formats.globs import any_matches
from mofconf.rules.facts import of_problems, of_project
from mofconf.rules.rule import Evidence, Finding, rule
from mofconf.spelling import listed


@rule(Severity.WARNING)
def unmatched_mapping(evidence: Evidence) -> Iterator[Finding]:
    """A path in the project's mapping matches nothing anywhere.

    A field that is mapped and never found is a misspelling, or the file has changed its shape. Nothing would notice.

    Bad:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources:
          - files: services.yml
            format: mapping
            resources:
              - each: "$.services[*]"
                kind: Service
                name: "$.name"
                fields: {title: "$.titel"}  # ! unmatched-mapping
        # file: services.yml
        services: [{name: web, title: The web shop}]

    Good:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources:
          - files: services.yml
            format: mapping
            resources:
              - each: "$.services[*]"
                kind: Service
                name: "$.name"
                fields: {title: "$.title"}
        # file: services.yml
        services: [{name: web, title: The web shop}]
    """
    yield from of_problems(evidence, "unmatched-mapping")
    for index, source in enumerate(evidence.settings.sources):
        if source.place is not None and not any_matches(source.files, source.exclude, evidence.workspace.files):
            patterns = listed(source.files)
            hint = "patterns start at the folder of the project file; ** crosses folders"
            yield Finding(
                f"no file matches {listed(source.files, 'or')}",
                source.place,
                of_project(evidence, source.place),
                ("sources", index, "files"),
                hint,
                subject=patterns,
            )
