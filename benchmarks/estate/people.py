"""Persons, the teams that they work in, customers and suppliers."""

from __future__ import annotations

from typing import Any

from estate.making import PARTS, WORDS, Making

CLUSTERS = ("release", "infrastructure", "support", "operations", "partner", "security", "service")
SEVERAL_DOCUMENTS = 0.3  # the share of the teams whose people stand in one file


def add_people(making: Making) -> None:
    dice, teams, people = making.dice, making.count("team"), making.count("person")
    members: list[list[str]] = [[] for _ in range(teams)]
    for number in range(people):
        members[number * teams // people].append(f"p{number:05d}")
    for number, names in enumerate(members):
        team = f"team-{number:04d}-{WORDS[number % len(WORDS)]}"
        together = f"people-of-{team}" if dice.random() < SEVERAL_DOCUMENTS else ""
        for name in names:
            person: dict[str, Any] = {
                "title": f"Person {name[1:]}",
                "email": f"{name}@example.org",
                "handles": {"git": f"{name}@example.org", "forge": name},
                "skills": [
                    {"name": dice.choice(PARTS), "level": dice.choice(["basic", "working", "expert"])}
                    for _ in range(dice.randint(1, 3))
                ],
                "start": f"20{dice.randint(10, 25)}-0{dice.randint(1, 9)}-01",
            }
            making.add("Person", name, person, file=together)
        cluster = CLUSTERS[number % len(CLUSTERS)]
        role: dict[str, Any] = {"cluster": cluster}
        if names:
            role |= {"lead": names[0]} | ({"deputies": names[1:2]} if names[1:] else {})
        fields: dict[str, Any] = {
            "title": f"Team {number}, {WORDS[number % len(WORDS)]}",
            "description": making.say(1, 3),
            "members": names,
            "roles": [role],
            "contact": f"chat channel {team}",
            "onCall": f"rota {number:04d}",
        }
        making.add("Team", team, fields)
    for cluster in CLUSTERS[teams:]:  # a small estate has fewer teams than there are clusters
        making.add("Team", f"team-{cluster}", {"roles": [{"cluster": cluster, "lead": making.made["person"][0]}]})
    for number in range(making.count("customer")):
        fields = {
            "title": f"Customer {number}",
            "contacts": [f"desk{number}@customer.example"],
            "users": dice.randint(3, 90_000),
            "relationshipOwner": f"Team/{making.near('team', dice.random())}",
            "labels": {
                "segment": dice.choice(["retail", "wholesale", "public"]),
                "country": dice.choice(["DE", "FR"]),
            },
        }
        making.add("Customer", f"customer-{number:04d}", fields)


def add_partners(making: Making) -> None:
    dice = making.dice
    for number in range(max(3, making.size // 400)):
        fields = {
            "title": f"Supplier {number}",
            "manager": dice.choice(making.made["person"]),
            "contacts": [f"noc{number}@supplier.example"],
            "partnership": dice.choice(["supplier", "maintenance", "hosting", "outsourcing"]),
            "description": making.say(1, 3),
        }
        making.add("Partner", f"partner-{number:03d}", fields)
