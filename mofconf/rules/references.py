"""What the rules about references share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mofconf.catalog import Catalog, Found, Resolved
from mofconf.kinds.reading import Path
from mofconf.kinds.relation import Link
from mofconf.spelling import did_you_mean

_MOST_SUGGESTIONS = 200


def odd_references(catalog: Catalog, *found: Found) -> Iterator[tuple[str, Resolved]]:
    """The references that fared in one of these ways, or lead back to where they start, each with the address.

    What an instance has from its whole is said once, of the whole.
    """
    for address, one in catalog.odd:
        if one.found in found and not is_inherited(catalog, address, one.path):
            yield address, one


def spelling_of(catalog: Catalog) -> Callable[[str, Link], str]:
    """A function that says what a misspelt name may have meant. It tires: comparing with every name is slow."""
    asked: dict[tuple[str, tuple[str, ...]], str] = {}

    def suggest(text: str, link: Link) -> str:
        key = (text, link.kinds)
        if key not in asked:
            if len(asked) >= _MOST_SUGGESTIONS:
                return ""
            bare = text.partition("/")[2] if text.partition("/")[0] in link.kinds else text
            known = [
                address.partition("/")[2]
                for address in sorted(catalog.names.addresses)
                if address.partition("/")[0] in link.kinds
            ]
            asked[key] = did_you_mean(bare, known)
        return asked[key]

    return suggest


def is_inherited(catalog: Catalog, address: str, path: Path) -> bool:
    """Whether an instance has what stands at a path from its whole: then it is said once, of the whole."""
    entry = catalog.entries[address]
    if not entry.instance_of:
        return False
    whole = catalog.entries[entry.instance_of]
    return entry.draft.place(*path) == whole.draft.place(*path)
