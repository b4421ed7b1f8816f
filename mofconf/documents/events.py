"""The events of a YAML parser become values and, in the same pass, marks of where they stand [door: yaml]."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from operator import itemgetter
from types import SimpleNamespace
from typing import Any

from mofconf.documents.anchors import Anchors, too_deep
from mofconf.documents.complaints import ReadingError, TooManyNodesError, explain
from mofconf.documents.document import Document, Limits, ListMarks, MapMarks, point
from mofconf.documents.scalars import CONSTANTS, number
from mofconf.documents.text import stand_ins

MOST_TAG_DIRECTIVES = 50
"""In one document: the parser compares each one with all others, so that many of them would hang it."""

ITEM: Any = object()
"""Stands where the key would stand while the collection that is being filled is a list."""

_TAG_DIRECTIVE = re.compile(r"(?<![^\r\n])%TAG")


def build(file: str, source: str, limits: Limits, base: int = 1) -> list[Document]:  # noqa: C901 (the hot loop)
    """The documents of a text whose first line has the number ``base``. Empty ones are left out.

    No recursion: the open collections stand on a list, and reading stops where they nest too deep. Raises
    ``ReadingError`` where the text is not YAML, passes a limit, or has an alias of nothing.

    It is one function, and long, because calls for each event would cost more than all the rest that it does.
    """
    yaml = _yaml()
    scalar, alias = yaml.ScalarEvent, yaml.AliasEvent
    mapping, mapping_end = yaml.MappingStartEvent, yaml.MappingEndEvent
    sequence, sequence_end = yaml.SequenceStartEvent, yaml.SequenceEndEvent
    document_start, document_end = yaml.DocumentStartEvent, yaml.DocumentEndEvent
    stream_end = yaml.StreamEndEvent
    new, constants, most = tuple.__new__, CONSTANTS, limits.depth
    # Tags, anchors and merge keys need one of these characters. Most files have none and skip the rest.
    rich = "!" in source or "&" in source or ("<" in source and "<<" in source)
    # The parser's own marks will do where lines are counted from the start of the file.
    eager = rich or base != 1
    documents: list[Document] = []
    stack: list[Any] = []
    root: list[Any] = []
    root_marks: list[Any] = []
    value: Any = root
    fields: Any = root_marks
    key: Any = ITEM
    made: Any
    inside: Any
    marked: Any
    marks: Any
    # Made when there is something to remember: nearly every file has nothing.
    anchors = Anchors(file, source, limits) if rich else None
    try:
        get_event = _events(source, limits, base)
        while True:
            event = get_event()
            kind = type(event)
            if kind is scalar:
                at = event.start_mark
                if eager:
                    at = (at.line + base, at.column + 1)
                text = event.value
                if key is None:
                    if anchors is not None and (event.anchor or event.tag or text == "<<"):
                        if text == "<<" and anchors.merging(event, len(stack), at):
                            key = key_at = at
                            continue
                        at, _ = anchors.scalar(event, at, base)
                    if text in value:
                        anchors = anchors or Anchors(file, source, limits)
                        anchors.repeated(text, point(fields[text][0]), point(at))
                    key = text
                    key_at = at
                    continue
                if anchors is not None and (event.anchor or event.tag):
                    at, made = anchors.scalar(event, at, base)
                elif event.style:
                    made = text
                elif text < ":":  # whatever a number starts with sorts before it, and so does the empty text
                    made = number(text)
                elif text in constants:
                    made = constants[text]
                else:
                    made = text
                if key is ITEM:
                    value.append(made)
                    fields.append(at)
                else:
                    value[key] = made
                    fields[key] = (key_at, at)
                    key = None
            elif kind is mapping or kind is sequence:
                at = event.start_mark
                if eager:
                    at = (at.line + base, at.column + 1)
                if kind is mapping:
                    inside = made = {}
                    marked = {}
                    marks = new(MapMarks, (at, marked))
                else:
                    inside = made = []
                    marked = []
                    marks = new(ListMarks, (at, marked))
                if anchors is not None and (event.anchor or event.tag):
                    made, marks = anchors.collection(event, len(stack) + 1, made, marks, base)
                if key is ITEM:
                    value.append(made)
                    fields.append(marks)
                elif key is not None:
                    value[key] = made
                    fields[key] = (key_at, marks)
                    key = None
                else:
                    anchors = anchors or Anchors(file, source, limits)
                    key = key_at = anchors.refuse_key(len(stack), point(at))
                stack.append((value, fields, key))
                if len(stack) > most:
                    raise too_deep(point(at), most)
                value = inside
                fields = marked
                key = None if kind is mapping else ITEM
            elif kind is mapping_end or kind is sequence_end:
                if anchors is not None:
                    anchors.closed(len(stack), value, fields)
                value, fields, key = stack.pop()
            elif kind is document_end:
                # An empty document is an empty scalar: the last text that was read is its own.
                if root[0] is not None or text:
                    flaws = tuple(sorted(anchors.flaws, key=itemgetter(1))) if anchors is not None else ()
                    documents.append(Document(file, root[0], root_marks[0], flaws))
            elif kind is document_start:
                if root:
                    value, fields = root, root_marks = [], []
                    anchors = Anchors(file, source, limits) if rich else None
            elif kind is alias:
                start = event.start_mark
                at = (start.line + base, start.column + 1)
                anchors = anchors or Anchors(file, source, limits)
                made, marks, name, _, _ = anchors.alias(event.anchor, len(stack), at)
                if key is ITEM:
                    value.append(made)
                    fields.append(marks)
                elif key is not None:
                    value[key] = made
                    fields[key] = (key_at, marks)
                    key = None
                elif name is None:
                    key = key_at = anchors.refuse_key(len(stack), at)
                else:
                    if name in value:
                        anchors.repeated(name, fields[name][0], at)
                    key, key_at = name, at
            elif kind is stream_end:
                return documents
    except yaml.YAMLError as error:
        raise explain(error, source, base) from None


def _events(source: str, limits: Limits, base: int) -> Callable[[], Any]:
    """What gives the next event of a text each time that it is called."""
    if "!" in source and "%TAG" in source and len(_TAG_DIRECTIVE.findall(source)) > MOST_TAG_DIRECTIVES:
        reason = f"there are more than {MOST_TAG_DIRECTIVES} %TAG directives, which is the limit"
        raise ReadingError((base, 1), reason, "remove those that are not needed")
    replaced = stand_ins(source)
    get_event: Callable[[], Any] = _yaml().Parser(source.translate(replaced) if replaced else source).get_event
    if replaced:
        get_event = _put_back(get_event, {stand_in: code for code, stand_in in replaced.items()})
    if len(source) > limits.nodes:  # nothing shorter can hold so many
        get_event = _counted(get_event, limits.nodes, base)
    return get_event


def _put_back(get_event: Callable[[], Any], characters: dict[int, int]) -> Callable[[], Any]:
    def next_event() -> Any:
        event = get_event()
        if text := getattr(event, "value", None):
            event.value = text.translate(characters)
        return event

    return next_event


def _counted(get_event: Callable[[], Any], most: int, base: int) -> Callable[[], Any]:
    nodes = (_yaml().NodeEvent,)
    count = 0

    def next_event() -> Any:
        nonlocal count
        event = get_event()
        count += isinstance(event, nodes)
        if count > most:
            at = (event.start_mark.line + base, event.start_mark.column + 1)
            reason = f"the file has more than {most:,} keys and values up to here, which is the limit"
            raise TooManyNodesError(at, reason, "split it into several files")
        return event

    return next_event


@cache
def _yaml() -> SimpleNamespace:
    """The parser (libyaml's where it is there, else the slow one in Python), its events and its error."""
    from yaml import SafeLoader, YAMLError, events

    parser: Any = SafeLoader
    try:
        from yaml import cyaml
    except ImportError:
        pass
    else:
        parser = cyaml.CParser  # type: ignore[attr-defined]  # it is there, but not exported by the stubs
    names = {name: value for name, value in vars(events).items() if name.endswith("Event")}
    return SimpleNamespace(Parser=parser, YAMLError=YAMLError, **names)
