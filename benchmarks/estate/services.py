"""Services in layers: each needs a few of its domain in the layers below it, and something that many need."""

from __future__ import annotations

from typing import Any

from estate.making import PARTS, WORDS, Making

LAYERS = ("platform", "data", "core", "domain", "channel", "business")
LAYER_WEIGHTS = (6, 14, 24, 26, 18, 12)
HUBS = 12  # so many services of the lowest layer are needed all over the estate
FAR = 0.03  # the share of the needs that lead into another domain
VITAL = 0.05  # the share of the business services


def add_services(making: Making, count: int) -> None:
    """Layer by layer, so that no knots come about; near by, so that domains stay among themselves."""
    dice = making.dice
    layers = dice.choices(range(len(LAYERS)), LAYER_WEIGHTS, k=count)
    layers[:1] = [len(LAYERS) - 1]  # the smallest estate has one that is promised
    for number, layer in enumerate(sorted(layers)):
        kind = LAYERS[layer]
        of_layer = layers.count(layer)
        share = len(making.made.get(kind, ())) / of_layer
        domain = int(share * making.domains)
        word = WORDS[domain % len(WORDS)]
        name = f"{word}-{domain:03d}-{dice.choice(PARTS)}-{number:05d}"
        fields: dict[str, Any] = {
            "title": f"{word} {kind} service {number}".capitalize(),
            "description": making.say(4, 7),
            "type": "business" if kind == "business" else "technical",
            "lifecycle": "live",
            "criticality": dice.choice(["high", "medium", "medium", "low"]),
            "owner": making.near("team", share),
            "labels": {"domain": f"{word}-{domain:03d}", "layer": kind, "stage": "production"},
            "needs": _needs(making, layer, domain),
            "availability": dice.choice(["99.98%", "99.99%", "99.995%"]),
        }
        if dice.random() < 0.2:
            fields["teams"] = making.some("team", share, dice.randint(1, 2), 0.05)
        if dice.random() < 0.4:
            fields["environment"] = "production"
        if dice.random() < 0.4:
            fields["recoveryTime"] = dice.choice(["10m", "30m", "1h", "2h"])
        if dice.random() < 0.5:
            fields["links"] = [{"title": "Runbook", "url": f"https://wiki.example.org/runbooks/{name}"}]
        if kind == "business":
            fields["customers"] = making.some("customer", share, dice.randint(1, 3), 0.05)
            fields["hours"] = dice.choice(["24x7", "office", "office-west"])
            fields["users"] = dice.randint(10, 100_000)
            if dice.random() < VITAL and making.at_home.get(("redundant", domain)):
                # No single machine may stand behind what is vital, so it needs replicated databases only.
                fields |= {"criticality": "vital", "needs": making.of_domain("redundant", domain, 2)}
        making.add("Service", name, fields, what=kind, domain=domain)


def _needs(making: Making, layer: int, domain: int) -> list[Any]:
    dice, needs = making.dice, []
    plain: list[str] = []
    if layer > 0:
        own = making.of_domain("platform", domain)
        plain += own if own and dice.random() < 0.7 else making.anywhere("platform", HUBS)
        for _ in range(dice.choice([1, 1, 2, 2, 3])):
            below = LAYERS[max(0, layer - dice.choice([1, 1, 1, 2]))]
            plain += making.anywhere(below) if dice.random() < FAR else making.of_domain(below, domain)
    if layer < 3:
        plain += making.of_domain("database", domain, dice.randint(0, 1))
        plain += making.of_domain("software", domain, dice.randint(1, 2))
    if dice.random() < 0.04:
        plain.append(dice.choice(making.made["cloud"]))
    for name in dict.fromkeys(plain):
        roll = dice.random()
        if roll < 0.08:
            needs.append({"ref": name, "effect": "degrades"})
        elif roll < 0.2 and name.startswith("db-"):  # of those it is known how long repairs take
            needs.append({"ref": name, "tolerates": dice.choice(["5m", "1h", "4h"])})
        elif roll < 0.13:
            needs.append({"ref": name, "effect": "none"})
        else:
            needs.append(name)
    if dice.random() < 0.08:
        group = [name for name in making.of_domain("software", domain, 3) if name not in plain]
        if len(group) == 3 and dice.random() < 0.3:
            needs.append({"atLeast": 2, "of": group})
        elif len(group) >= 2:
            needs.append({"anyOf": group[:2], "failover": "99%"})
    return needs
