"""Makes up an organisation of any size: its places, machines, services, people, suppliers and agreements."""

from __future__ import annotations

from random import Random
from typing import Any

from estate.agreements import add_agreements, add_contracts
from estate.assets import add_machines, add_places, add_software
from estate.document import Document, Estate
from estate.making import Making
from estate.people import add_partners, add_people
from estate.services import add_services

REFERRING = [
    "owner",
    "needs",
    "teams",
    "customers",
    "service",
    "team",
    "supports",
    "covers",
    "partner",
    "supplier",
    "location",
    "runsOn",
    "partOf",
    "environment",
    "hours",
    "supportHours",
    "holds",
    "members",
    "manager",
    "relationshipOwner",
    "lead",
    "deputies",
    "promotesTo",
    "ref",
    "anyOf",
    "of",
]


def make_estate(size: int, seed: int) -> Estate:
    """An estate of ``size`` documents (more where that is tiny): services fill what others leave."""
    making = Making(Random(seed), size)
    _project(making)
    add_people(making)
    add_partners(making)
    add_places(making)
    add_machines(making)
    add_software(making)
    add_contracts(making)
    agreements = making.count("sla") + making.count("ola")
    add_services(making, size - making.estate.documents - agreements)
    add_agreements(making)
    making.estate.references = sum(
        _references(document.fields) for documents in making.estate.files.values() for document in documents
    )
    return making.estate


def _project(making: Making) -> None:
    making.estate.files["mofconf.yaml"] = [
        Document("Project", "estate", {"frameworkVersion": 3, "sources": [{"files": "catalog/**/*.yaml"}]}, seed=0)
    ]
    for name, stage, after in (
        ("production", "production", ""),
        ("acceptance", "user-acceptance", "production"),
        ("staging", "staging", "acceptance"),
    ):
        making.add("Environment", name, {"stage": stage} | ({"promotesTo": after} if after else {}))
    office = ["08:00-18:00"]
    days = dict.fromkeys(("monday", "tuesday", "wednesday", "thursday", "friday"), office)
    for name, zone in (("office", "Europe/Berlin"), ("office-west", "America/New_York")):
        making.add("Calendar", name, {"zone": zone, "hours": days, "holidays": ["2026-12-25", "2027-01-01"]})


def _references(fields: Any) -> int:
    if isinstance(fields, list):
        return sum(_references(item) for item in fields)
    if not isinstance(fields, dict):
        return 0
    found = 0
    for key, value in fields.items():
        if key in REFERRING and isinstance(value, str):
            found += 1
        elif key in REFERRING and isinstance(value, list):
            found += sum(isinstance(item, str) for item in value) + _references(value)
        else:
            found += _references(value)
    return found
