"""Before and after of one value in a few words. In full they stand in the JSON."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from mofconf.plan.differences import FieldChange
from mofconf.plan.facts import Leaf

_LONG = 100  # characters of both texts; above that they are only said to differ


def deltas(field: FieldChange) -> list[str]:
    """What becomes of a value, in one line; of a list of records (roles, links) a line for each of them.

    Of a list only what went, what came, and what stayed under other conditions.
    """
    before, after = field.before, field.after
    if isinstance(before, tuple) or isinstance(after, tuple):
        old, new = _items(before), _items(after)
        if all(_RECORD.match(item) for item in (*old, *new)):
            return _record_deltas(old, new)
        return [", ".join(_list_deltas(old, new))]
    was, now = _short(before), _short(after)
    return ["reworded" if len(was) + len(now) > _LONG else f"{was} -> {now}"]


def _list_deltas(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Of names: ``- a``, ``+ b``, ``Service/x (effect degrades -> hard)``."""
    old = {item.partition(" (")[0]: item.partition(" (")[2].rstrip(")") for item in before}
    new = {item.partition(" (")[0]: item.partition(" (")[2].rstrip(")") for item in after}
    return [
        *(f"- {item}" for item in before if item.partition(" (")[0] not in new),
        *(f"{name} ({was or 'hard'} -> {new[name] or 'hard'})" for name, was in old.items() if name in new),
        *(f"+ {item}" for item in after if item.partition(" (")[0] not in old),
    ]


_RECORD = re.compile(r"[A-Za-z]\w*: ")
_NEXT_FIELD = re.compile(r", (?=[A-Za-z]\w*: )")


def _record_deltas(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """Of records: those that go, those in which a field differs, those that come.

    What a record is known by is its first field (the cluster of a role), and where several have the same, the second,
    too (its function).
    """
    old, new = [_fields(item) for item in before], [_fields(item) for item in after]
    known_by = 1 if _all_differ(old, 1) and _all_differ(new, 1) else 2
    if not (_all_differ(old, known_by) and _all_differ(new, known_by)):
        return [*(f"- {_record(one, 1)}" for one in old), *(f"+ {_record(one, 1)}" for one in new)]
    was, now = ({_head(one, known_by): one for one in side} for side in (old, new))
    return [
        *(f"- {_record(one, known_by)}" for head, one in was.items() if head not in now),
        *(f"{head} ({_differing(one, now[head])})" for head, one in was.items() if head in now),
        *(f"+ {_record(one, known_by)}" for head, one in now.items() if head not in was),
    ]


def _fields(item: str) -> dict[str, str]:
    parts = (part.partition(": ") for part in _NEXT_FIELD.split(item))
    return {name: value for name, _, value in parts}


def _all_differ(records: Sequence[Mapping[str, str]], known_by: int) -> bool:
    return len({_head(one, known_by) for one in records}) == len(records)


def _head(record: Mapping[str, str], known_by: int) -> str:
    return ", ".join([f"{name}: {value}" for name, value in record.items()][:known_by])


def _record(record: Mapping[str, str], known_by: int) -> str:
    rest = "; ".join([f"{name}: {value}" for name, value in record.items()][known_by:])
    return _head(record, known_by) + (f" ({rest})" if rest else "")


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """The fields of a record that differ."""
    names = [name for name in {**old, **new} if old.get(name) != new.get(name)]
    return "; ".join(f"{name}: {_became(old.get(name, ''), new.get(name, ''))}" for name in names)


def _became(was: str, now: str) -> str:
    old, new = (text.split(", ") if text else [] for text in (was, now))
    if len(old) + len(new) > 2 and all(_ADDRESS.fullmatch(one) for one in (*old, *new)):
        return ", ".join(_list_deltas([one for one in old if one not in new], [one for one in new if one not in old]))
    return f"{was or 'nothing'} -> {now or 'nothing'}"


_ADDRESS = re.compile(r"[A-Z]\w*/\S+")


def _items(leaf: Leaf) -> tuple[str, ...]:
    return leaf if isinstance(leaf, tuple) else (() if leaf is None else (str(leaf),))


def _short(leaf: Leaf) -> str:
    if leaf is None:
        return "nothing"
    return str(leaf).lower() if isinstance(leaf, bool) else " ".join(str(leaf).split())
