"""Services in layers: each needs a few near by in the layers below it, and one of the hubs."""

from __future__ import annotations

from typing import Any

from estate.making import PARTS, WORDS, Making

LAYERS = ("platform", "data", "core", "domain", "channel", "business")
LAYER_WEIGHTS = (6, 14, 24, 26, 18, 12)
SERVICES_PER_DOMAIN = 40
VITAL = 0.05  # the share of the business services


def add_services(making: Making, count: int) -> None:
    """Layer by layer, so that no knots come about; near by, so that domains stay among themselves."""
    dice = making.dice
    layers = dice.choices(range(len(LAYERS)), LAYER_WEIGHTS, k=count)
    for number, layer in enumerate(sorted(layers)):
        kind = LAYERS[layer]
        of_layer = layers.count(layer)
        share = len(making.made.get(kind, ())) / of_layer
        domain = int(share * max(1, count // SERVICES_PER_DOMAIN))
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
            "needs": _needs(making, layer, share),
            "availability": dice.choice(["99.98%", "99.99%", "99.95%"]),
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
            if dice.random() < VITAL and "redundant" in making.made:
                # No single machine may stand behind what is vital, so it needs replicated databases only.
                fields |= {"criticality": "vital", "needs": making.some("redundant", share, 2)}
        making.add("Service", name, fields, what=kind)


def _needs(making: Making, layer: int, share: float) -> list[Any]:
    dice, needs = making.dice, []
    plain: list[str] = []
    if layer > 0:
        plain += [making.made["platform"][int(dice.random() ** 3 * len(making.made["platform"]))]]  # a few are hubs
        for _ in range(dice.choice([1, 1, 2, 2, 3])):
            below = LAYERS[max(0, layer - dice.choice([1, 1, 1, 2]))]
            plain.append(making.near(below, share, 0.2 if dice.random() < 0.1 else 0.003))
    if layer < 3:
        plain += making.some("database", share, dice.randint(0, 1))
        plain += making.some("software", share, dice.randint(1, 2), 0.005)
    if dice.random() < 0.04:
        plain.append(dice.choice(making.made["cloud"]))
    for name in dict.fromkeys(plain):
        roll = dice.random()
        if roll < 0.08:
            needs.append({"ref": name, "effect": "degrades"})
        elif roll < 0.11:
            needs.append({"ref": name, "tolerates": dice.choice(["5m", "1h", "4h"])})
        elif roll < 0.13:
            needs.append({"ref": name, "effect": "none"})
        else:
            needs.append(name)
    if dice.random() < 0.08:
        group = [name for name in making.some("software", share, 3) if name not in plain]
        if len(group) == 3 and dice.random() < 0.3:
            needs.append({"atLeast": 2, "of": group})
        elif len(group) >= 2:
            needs.append({"anyOf": group[:2], "failover": "99%"})
    return needs
