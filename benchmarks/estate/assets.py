"""Places, the machines in them, and the software on those: replicated databases and single processes."""

from __future__ import annotations

from typing import Any

from estate.making import PARTS, WORDS, Making

ZONES = "abc"
ALONE = 0.6  # the share of the processes that have one instance only
ANCHORED = 0.06  # the share of the replicated databases that use a merge key, about 0.4 % of the files


def add_places(making: Making) -> None:
    """Sites of three zones each. A domain has racks in all zones of one site."""
    dice, sites = making.dice, max(2, making.size // 2500)
    region = {"type": "region", "title": "Region 0"} | _known("99.999%", "8h")
    making.add("Location", "region-0", region, what="region")
    for number in range(sites):
        site = {"type": "site", "partOf": "region-0"} | _known("99.995%", "4h")
        making.add("Location", f"site-{number:02d}", site, what="site")
        for zone in ZONES:
            part = {"type": "zone", "partOf": f"site-{number:02d}"} | _known("99.99%", "2h")
            making.add("Location", f"site-{number:02d}-{zone}", part, what="zone")
    for number, domain in making.homes("rack"):
        site = making.made["site"][domain * sites // making.domains]
        fields = {
            "type": "rack",
            "title": f"Rack {number}",
            "partOf": f"{site}-{ZONES[number % len(ZONES)]}",
            "labels": {"row": dice.choice("ABCDEF"), "power": dice.choice(["a", "b"])},
        }
        fields |= _known("99.995%", "2h")
        making.add("Location", f"rack-{number:04d}", fields, what="rack", domain=domain)


def _known(percent: str, mttr: str) -> dict[str, Any]:
    return {"availability": {"percent": percent, "mttr": mttr}}


def add_machines(making: Making) -> None:
    dice = making.dice
    making.add("DataSet", "data-0000", {"confidentiality": "high"})
    for number in range(1, making.count("dataset")):
        fields = {
            "title": f"{dice.choice(WORDS)} records".capitalize(),
            "confidentiality": dice.choice(["low", "medium", "high"]),
            "integrity": dice.choice(["medium", "high"]),
            "owner": making.near("team", number / making.count("dataset")),
            "retention": f"{dice.choice([90, 365, 3650])}d",
            "description": making.say(1, 2),
        }
        making.add("DataSet", f"data-{number:04d}", fields)
    switches: dict[str, list[str]] = {}
    for number, domain in making.homes("switch"):
        racks = making.at_home["rack", domain]
        rack = racks[len([name for one in racks for name in switches.get(one, ())]) % len(racks)]
        fields: dict[str, Any] = _machine(making, domain, rack) | {"category": "network", "model": "Switch 48x"}
        making.add("Asset", f"switch-{number:04d}", fields, what="switch", domain=domain)
        switches.setdefault(rack, []).append(f"switch-{number:04d}")
    for number, domain in making.homes("host"):
        racks = making.at_home["rack", domain]
        rack = racks[number % len(racks)]
        fields = _machine(making, domain, rack) | {
            "category": "hardware",
            "model": dice.choice(["Rack server R2", "Rack server R3", "Blade B7"]),
        }
        near = switches.get(rack, [])[:2]
        fields["needs"] = [{"anyOf": near, "failover": "99%"}] if len(near) == 2 else near
        if number % 3 == 0:
            # By a label, because a maintenance contract covers whole classes of machines.
            fields |= {
                "supplier": "partner-000",
                "labels": {"maintenance": "partner-000", "class": "standard"},
            }
        making.add("Asset", f"host-{number:05d}", fields, what="host")
        making.at_home.setdefault((rack, domain), []).append(f"host-{number:05d}")


def _machine(making: Making, domain: int, rack: str) -> dict[str, Any]:
    dice = making.dice
    return {
        "title": f"Machine in row {dice.choice('ABCDEF')}, unit {dice.randint(1, 42)}",
        "serial": f"S{dice.randint(10**9, 10**10)}",
        "location": rack,
        "environment": "production",
        "owner": making.near("team", domain / making.domains),
        "availability": {
            "percent": dice.choice(["99.9%", "99.95%", "99.97%"]),
            "mttr": dice.choice(["2h", "4h"]),
        },
        "cost": {"amount": dice.randint(800, 20_000), "currency": "EUR", "per": "once"},
        "bought": f"202{dice.randint(0, 5)}-0{dice.randint(1, 9)}-1{dice.randint(0, 9)}",
        "warranty": f"20{dice.randint(40, 49)}-06-30",
        "verified": f"2025-{dice.randint(10, 12)}-{dice.randint(10, 28)}",
        "labels": {"row": dice.choice("ABCDEF"), "class": dice.choice(["standard", "large", "dense"])},
        "description": making.say(3, 5),
    }


def _hosts(making: Making, domain: int, count: int) -> list[str]:
    """So many hosts of a domain, in racks that are all different."""
    racks = making.of_domain("rack", domain, count)
    return [host for rack in racks for host in making.of_domain(rack, domain)]


def _instances(hosts: list[str]) -> dict[str, Any]:
    return {"abc"[index]: {"status": "live", "runsOn": host} for index, host in enumerate(hosts)}


def add_software(making: Making) -> None:
    dice = making.dice
    for number, domain in making.homes("database"):
        replicas = _hosts(making, domain, dice.choice([2, 3, 3]))
        fields: dict[str, Any] = {
            "title": f"{dice.choice(WORDS)} database".capitalize(),
            "category": "software",
            "model": dice.choice(["PostgreSQL", "MariaDB", "Cassandra", "Kafka"]),
            "version": f"{dice.randint(10, 18)}.{dice.randint(0, 9)}",
            "environment": "production",
            "owner": making.near("team", domain / making.domains),
            "availability": {"mttr": "1h", "percent": "99.9%"},
            "holds": making.some("dataset", domain / making.domains, dice.randint(1, 2)),
            "description": making.say(3, 5),
            "labels": {"tier": "data", "engine": dice.choice(["sql", "log"])},
        }
        if len(replicas) > 1:
            fields["instances"] = _instances(replicas)
            fields["up"] = {"atLeast": len(replicas) // 2 + 1 if len(replicas) == 3 else 1, "failover": "99.5%"}
        else:
            fields["runsOn"] = replicas[0]
        document = making.add("Asset", f"db-{number:04d}", fields, what="database", domain=domain)
        if len(replicas) > 1:
            making.at_home.setdefault(("redundant", domain), []).append(document.name)
        document.anchored = len(replicas) > 1 and dice.random() < ANCHORED
    for number, domain in making.homes("software"):
        fields = {
            "title": f"{dice.choice(WORDS)} {dice.choice(PARTS)} process".capitalize(),
            "category": "software",
            "version": f"{dice.randint(1, 9)}.{dice.randint(0, 30)}.{dice.randint(0, 9)}",
            "owner": making.near("team", domain / making.domains),
            "links": [{"title": "Source", "url": f"https://code.example.org/app-{number:05d}"}],
            "availability": dice.choice(["99.9%", "99.95%"]),
            "labels": {"tier": "application", "language": dice.choice(["java", "go", "python"])},
            "description": making.say(3, 5),
        }
        hosts = _hosts(making, domain, 1 if dice.random() < ALONE else 2)
        if len(hosts) > 1:
            fields |= {"instances": _instances(hosts), "up": {"atLeast": 1}}
        else:
            fields["runsOn"] = hosts[0]
        if needs := making.of_domain("database", domain, dice.randint(0, 2)):
            fields["needs"] = needs
        making.add("Asset", f"app-{number:05d}", fields, what="software", domain=domain)
    for number in range(making.count("cloud")):
        fields = {
            "title": f"Managed {dice.choice(WORDS)} service",
            "category": "facility",
            "supplier": making.made["partner"][1 + number % (len(making.made["partner"]) - 1)],
            "owner": making.near("team", dice.random()),
            "cost": {"amount": dice.randint(100, 9000), "currency": "EUR", "per": "month"},
            "description": making.say(2, 3),
        }
        making.add("Asset", f"cloud-{number:04d}", fields, what="cloud")
