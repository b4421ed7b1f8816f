"""What was agreed: contracts with suppliers, service and operational level agreements."""

from __future__ import annotations

from typing import Any

from estate.document import Document
from estate.making import Making


def add_contracts(making: Making) -> None:
    dice, partners = making.dice, making.made["partner"]
    terms = {"effective": "2025-01-01", "expires": "2049-12-31", "notice": "90d", "supportHours": "24x7"}
    covers: Any = {"select": "kind=Asset,label:maintenance=partner-000"}
    hardware = {"partner": "partner-000", "covers": covers, "restore": {"1": "4h", "2": "8h"}} | terms
    making.add("Contract", "maintenance-hardware", hardware)
    for number, partner in enumerate(partners[1:]):
        fields = {
            "title": f"Hosting by {partner}",
            "partner": partner,
            "covers": [
                name for index, name in enumerate(making.made["cloud"]) if index % (len(partners) - 1) == number
            ],
            "targets": {"availability": dice.choice(["99.9%", "99.95%"]), "period": "month"},
            "respond": {"1": "15m", "2": "1h"},
            "restore": {"1": "2h", "2": "8h", "3": "24h"},
            "cost": {"amount": dice.randint(1000, 90_000), "currency": "EUR", "per": "year"},
            "exit": "Data is handed over in an open format within thirty days.",
            "description": making.say(2, 3),
        } | terms
        making.add("Contract", f"hosting-{number + 1:03d}", fields)


def add_agreements(making: Making) -> None:
    dice, slas, olas = making.dice, making.count("sla"), making.count("ola")
    served = {name: documents[0].fields["customers"] for name, documents in _business(making)}
    names = sorted(served)
    for number in range(slas):
        service = names[number * len(names) // slas]
        fields = {
            "title": f"Agreement {number} on {service}",
            "service": service,
            "customers": served[service],
            "targets": {"availability": dice.choice(["98%", "99%", "99.5%"]), "period": "month"},
            "hours": "24x7",
            "supportHours": "office",
            "respond": {"1": "15m", "2": "1h", "3": "4h"},
            "restore": {"1": "4h", "2": "8h", "3": "24h", "4": "48h"},
            "recovery": {"rto": "4h", "rpo": "1h"},
            "effective": "2025-01-01",
            "expires": "2049-12-31",
            "review": {"every": "90d", "last": "2026-01-15"},
            "signatories": [f"Service level manager of {service}", "Business representative"],
            "description": making.say(2, 3),
        }
        making.add("SLA", f"sla-{number:05d}", fields)
    for number in range(olas):
        share = number / olas
        what = dice.choice(["database", "software", "host"])
        fields = {
            "title": f"What a team promises for its {what}s, {number}",
            "team": making.near("team", share),
            "supports": making.some(what, share, dice.randint(2, 4)),
            "targets": {"availability": "99.5%", "period": "month"},
            "respond": {"1": "15m", "2": "1h"},
            "restore": {"1": "2h", "2": "8h"},
            "effective": "2025-01-01",
            "expires": "2049-12-31",
            "description": making.say(2, 3),
        }
        making.add("OLA", f"ola-{number:05d}", fields)


def _business(making: Making) -> list[tuple[str, list[Document]]]:
    return [(name, making.estate.files[f"catalog/service/{name}.yaml"]) for name in making.made["business"]]
