"""What a mapping has to know of the fields of the kinds: which hold lists, take one value, or mean text."""

from __future__ import annotations

from collections.abc import Mapping

from mofconf.formats.written import Written, listed, mapped, plain_text

LIST_FIELDS = frozenset(
    [
        *(
            "after",
            "anyOf",
            "contacts",
            "covers",
            "customers",
            "deputies",
            "exceptions",
            "formerly",
            "holds",
            "holidays",
        ),
        *(
            "links",
            "members",
            "needs",
            "of",
            "penalties",
            "protects",
            "roles",
            "serves",
            "signatories",
            "skills",
            "supports",
            "teams",
        ),
    ]
)
"""Fields that hold a list: one value becomes a list of one, lists that are found become one list."""

ONE_FIELDS = frozenset(
    [
        *(
            "availability",
            "category",
            "contact",
            "criticality",
            "description",
            "effect",
            "email",
            "environment",
        ),
        *(
            "kind",
            "lifecycle",
            "location",
            "manager",
            "model",
            "name",
            "onCall",
            "owner",
            "partOf",
            "partner",
        ),
        *("ref", "runsOn", "serial", "service", "stage", "status", "supplier", "team", "title", "tolerates"),
        *("type", "url", "users", "version", "zone"),
    ]
)
"""Fields that take one value. A path with several matches fills any other field with a list."""

NUMBERS = frozenset(["atLeast", "availability", "fullAt", "users"])
"""Fields in which a number is a number, or is refused with a better word than as text."""

FREE_MAPS = frozenset(["handles", "labels"])
"""Mappings whose keys people choose: in ``labels.example.org/tier`` only the first dot leads into it."""

TEXT_FIELDS = (LIST_FIELDS | ONE_FIELDS | FREE_MAPS) - NUMBERS
"""Fields in which a number or a truth value is meant as text."""


def as_meant(name: str, found: Written) -> Written | None:
    """Without nulls, and with numbers as text where the field means text."""
    if found.value is None:
        return None
    if isinstance(found.value, Mapping):
        inner = ((key, as_meant("labels" if name in FREE_MAPS else key, value)) for key, value in found.entries())
        return mapped({key: value for key, value in inner if value is not None}, found)
    if isinstance(found.value, list):
        items = (as_meant(name, item) for item in found.items())
        return listed([item for item in items if item is not None], found)
    text = plain_text(found.value) if name in TEXT_FIELDS else None
    return found if text is None or text == found.value else found.saying(text)
