"""The rule unfollowed-reference."""

from __future__ import annotations

from collections.abc import Iterator

from mofconf.diagnostic import Severity
from mofconf.rules.facts import of_problems
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.NOTE)
def unfollowed_reference(evidence: Evidence) -> Iterator[Finding]:
    """A file names another file that mofconf does not read.

    mofconf reads nothing from the network, nothing outside the repository, and cannot list a folder for a pattern in
    somebody else's format. What stands there is not in the catalog.

    Bad:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: catalog-info.yaml, format: backstage}]
        # file: catalog-info.yaml
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata:
          name: elsewhere
        spec:
          targets:
            - https://example.org/catalog-info.yaml  # ! unfollowed-reference

    Good:
        # file: mofconf.yaml
        kind: Project
        name: shop
        sources: [{files: catalog-info.yaml, format: backstage}]
        # file: catalog-info.yaml
        apiVersion: backstage.io/v1alpha1
        kind: Location
        metadata:
          name: here
        spec:
          targets:
            - ./teams.yaml
        # file: teams.yaml
        apiVersion: backstage.io/v1alpha1
        kind: Group
        metadata:
          name: web
        spec:
          type: team
    """
    yield from of_problems(evidence, "unfollowed-reference")
