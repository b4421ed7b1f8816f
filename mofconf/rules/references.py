"""What the rules about references share."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from mofconf.catalog import Catalog, Found, Resolved
from mofconf.kinds.faults import Path
from mofconf.kinds.relation import Link
from mofconf.spelling import as_called, did_you_mean

_MOST_SUGGESTIONS = 100


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
    known: dict[tuple[str, ...], list[str]] = {}

    def suggest(text: str, link: Link) -> str:
        key = (text, link.kinds)
        if key not in asked:
            if len(asked) >= _MOST_SUGGESTIONS:
                return ""
            if link.kinds not in known:
                known[link.kinds] = [
                    one for one in sorted(catalog.names.addresses) if one.partition("/")[0] in link.kinds
                ]
            here = known[link.kinds]
            is_address = text.partition("/")[0] in link.kinds
            asked[key] = did_you_mean(text, here if is_address else as_called(here))
        return asked[key]

    return suggest


def is_inherited(catalog: Catalog, address: str, path: Path) -> bool:
    """Whether an instance has what stands at a path from its whole: then it is said once, of the whole."""
    entry = catalog.entries[address]
    if not entry.instance_of:
        return False
    whole = catalog.entries[entry.instance_of]
    return entry.draft.place(*path) == whole.draft.place(*path)
