"""What an estate is made with: dice, shares, words, and what has been made so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from estate.document import Document, Estate

DOMAIN = 100
"""So many documents are about one domain: the machines in its racks, and what runs and depends on them."""

# Shares of the documents; services take what is left (about 37 %).
SHARES = {
    "person": 0.07,
    "team": 0.015,
    "customer": 0.02,
    "dataset": 0.02,
    "rack": 0.03,
    "switch": 0.036,
    "host": 0.20,
    "database": 0.06,
    "software": 0.10,
    "cloud": 0.01,
    "sla": 0.05,
    "ola": 0.03,
}
WORDS = [
    "account",
    "ledger",
    "order",
    "basket",
    "price",
    "stock",
    "parcel",
    "claim",
    "policy",
    "invoice",
    "quote",
    "ticket",
    "profile",
    "search",
    "media",
    "report",
    "notice",
    "rule",
    "token",
    "session",
    "audit",
    "export",
    "import",
    "feed",
    "schedule",
    "route",
    "tariff",
    "meter",
    "contract",
    "payment",
    "refund",
    "voucher",
    "catalogue",
    "review",
    "rating",
    "campaign",
    "segment",
    "consent",
    "archive",
]
PARTS = [
    "api",
    "worker",
    "store",
    "gateway",
    "sync",
    "batch",
    "view",
    "engine",
    "adapter",
    "planner",
    "index",
    "cache",
    "proxy",
    "mapper",
    "loader",
]
SENTENCES = (
    "Runs in both sites and is deployed from the release pipeline.",
    "Keeps its own data and publishes what changed to those who subscribe.",
    "Was taken over from the former supplier and has been rewritten since.",
    "Has an operations guide with the tasks of every day, week and month.",
    "Its load follows office hours and doubles at the end of the month.",
    "Restarts without loss, and answers from a cache while it warms up.",
    "Is measured from the outside every minute and alerts the team on duty.",
    "Takes part in the yearly test of the continuity plan.",
)


@dataclass
class Making:
    """What has been made so far, by what it is, so that later documents can refer to it."""

    dice: Random
    size: int
    estate: Estate = field(default_factory=Estate)
    made: dict[str, list[str]] = field(default_factory=dict)
    at_home: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """What was made for one domain."""

    @property
    def domains(self) -> int:
        return max(1, self.size // DOMAIN)

    def count(self, what: str) -> int:
        return max(2, round(self.size * SHARES[what]))

    def homes(self, what: str) -> list[tuple[int, int]]:
        """So many as there are to be of something, each with its domain."""
        count = self.count(what)
        return [(number, number * self.domains // count) for number in range(count)]

    def add(
        self, kind: str, name: str, fields: dict[str, Any], *, what: str = "", file: str = "", domain: int = -1
    ) -> Document:
        document = Document(kind, name, fields, seed=self.dice.getrandbits(32))
        self.estate.files.setdefault(f"catalog/{kind.lower()}/{file or name}.yaml", []).append(document)
        self.made.setdefault(what or kind.lower(), []).append(name)
        if domain is not None:
            self.at_home.setdefault((what or kind.lower(), domain), []).append(name)
        return document

    def near(self, what: str, share: float, spread: float = 0.02) -> str:
        """One of what was made, near a point of the list: neighbours share hosts, teams and databases."""
        names = self.made[what]
        at = share + self.dice.gauss(0, spread)
        return names[min(len(names) - 1, max(0, int(at * len(names))))]

    def some(self, what: str, share: float, count: int, spread: float = 0.02) -> list[str]:
        """Several different ones, in the order drawn; fewer where there are not as many near by."""
        return list(dict.fromkeys(self.near(what, share, spread) for _ in range(count * 2)))[:count]

    def of_domain(self, what: str, domain: int, count: int = 1) -> list[str]:
        """Several different ones of a domain, in the order drawn; fewer where it has not as many."""
        names = self.at_home.get((what, domain), [])
        return self.dice.sample(names, min(count, len(names)))

    def anywhere(self, what: str, among: int | None = None) -> list[str]:
        """One of all that was made, or of so many first ones; none where there is none."""
        names = self.made.get(what, [])[:among]
        return self.dice.sample(names, min(1, len(names)))

    def say(self, least: int, most: int) -> str:
        return " ".join(self.dice.sample(SENTENCES, self.dice.randint(least, most)))
