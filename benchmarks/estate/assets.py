"""Places, the machines in them, and the software on those: replicated databases and single processes."""

from __future__ import annotations

from typing import Any

from estate.making import PARTS, WORDS, Making

ANCHORED = 0.06  # the share of the replicated databases that use a merge key, about 0.4 % of the files


def add_places(making: Making) -> None:
    dice, sites = making.dice, max(2, making.size // 2500)
    making.add("Location", "region-0", {"type": "region", "title": "Region 0"}, what="region")
    for number in range(sites):
        fields = {"type": "site", "partOf": "region-0", "availability": {"percent": "99.99%", "mttr": "4h"}}
        making.add("Location", f"site-{number:02d}", fields, what="site")
    for number in range(making.count("rack")):
        fields = {
            "type": "rack",
            "title": f"Rack {number}",
            "partOf": making.made["site"][number * sites // making.count("rack")],
            "availability": "99.995%",
            "labels": {"row": dice.choice("ABCDEF"), "power": dice.choice(["a", "b"])},
        }
        making.add("Location", f"rack-{number:04d}", fields, what="rack")


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
    switches, hosts = making.count("switch"), making.count("host")
    for number in range(switches):
        fields = _machine(making, number / switches) | {"category": "network", "model": "Switch 48x"}
        making.add("Asset", f"switch-{number:04d}", fields, what="switch")
    for number in range(hosts):
        share = number / hosts
        fields = _machine(making, share) | {
            "category": "hardware",
            "model": dice.choice(["Rack server R2", "Rack server R3", "Blade B7"]),
        }
        switches_near = making.some("switch", share, 2, 0.005)
        if len(switches_near) == 2 and dice.random() < 0.5:
            fields["needs"] = [{"anyOf": switches_near, "failover": "99%"}]
        else:
            fields["needs"] = switches_near[:1]
            making.single[f"host-{number:05d}"] = switches_near[0]
        if number % 3 == 0:
            # By a label, because a maintenance contract covers whole classes of machines.
            fields |= {
                "supplier": "partner-000",
                "labels": {"maintenance": "partner-000", "class": "standard"},
            }
        making.add("Asset", f"host-{number:05d}", fields, what="host")


def _machine(making: Making, share: float) -> dict[str, Any]:
    dice = making.dice
    return {
        "title": f"Machine in row {dice.choice('ABCDEF')}, unit {dice.randint(1, 42)}",
        "serial": f"S{dice.randint(10**9, 10**10)}",
        "location": making.near("rack", share, 0.001),
        "environment": "production",
        "owner": making.near("team", share),
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


def add_software(making: Making) -> None:
    dice = making.dice
    databases = making.count("database")
    for number in range(databases):
        share = number / databases
        replicas = making.some("host", share, dice.choice([2, 3, 3, 5]), 0.05)
        node = {"mttr": "1h", "percent": "99.9%"}
        fields: dict[str, Any] = {
            "title": f"{dice.choice(WORDS)} database".capitalize(),
            "category": "software",
            "model": dice.choice(["PostgreSQL", "MariaDB", "Cassandra", "Kafka"]),
            "version": f"{dice.randint(10, 18)}.{dice.randint(0, 9)}",
            "environment": "production",
            "owner": making.near("team", share),
            "availability": node,
            "holds": making.some("dataset", share, dice.randint(1, 2)),
            "description": making.say(3, 5),
            "labels": {"tier": "data", "engine": dice.choice(["sql", "log"])},
        }
        if len(replicas) > 1:
            fields["instances"] = {
                "abcdefgh"[index]: {"status": "live", "runsOn": host} for index, host in enumerate(replicas)
            }
            fields["up"] = {
                "atLeast": 1 if len(replicas) == 2 else len(replicas) // 2 + 1,
                "failover": "99.5%",
            }
        else:
            fields["runsOn"] = replicas[0]
        document = making.add("Asset", f"db-{number:04d}", fields, what="database")
        switches = [making.single.get(host, host) for host in replicas]
        if len(set(switches)) == len(replicas) > 1:
            making.made.setdefault("redundant", []).append(document.name)
        document.anchored = len(replicas) > 1 and dice.random() < ANCHORED
    software = making.count("software")
    for number in range(software):
        share = number / software
        fields = {
            "title": f"{dice.choice(WORDS)} {dice.choice(PARTS)} process".capitalize(),
            "category": "software",
            "version": f"{dice.randint(1, 9)}.{dice.randint(0, 30)}.{dice.randint(0, 9)}",
            "runsOn": making.near("host", share, 0.01),
            "owner": making.near("team", share),
            "links": [{"title": "Source", "url": f"https://code.example.org/app-{number:05d}"}],
            "availability": dice.choice(["99.9%", "99.95%"]),
            "labels": {"tier": "application", "language": dice.choice(["java", "go", "python"])},
            "description": making.say(3, 5),
        }
        if needs := making.some("database", share, dice.randint(0, 2)):
            fields["needs"] = needs
        making.add("Asset", f"app-{number:05d}", fields, what="software")
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
