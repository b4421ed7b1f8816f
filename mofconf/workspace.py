"""The spine: files and a project become a workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from mofconf import catalog as catalogs
from mofconf import documents
from mofconf import graph as graphs
from mofconf.catalog import Catalog
from mofconf.documents import Document, Flaw, SourceFile, Unreadable
from mofconf.formats import TAGS, format_named
from mofconf.formats.draft import Draft, Problem
from mofconf.formats.globs import matching
from mofconf.formats.native import draft_of
from mofconf.formats.source import Source
from mofconf.formats.uniting import unite
from mofconf.graph import Edge, Graph
from mofconf.kinds.defaults import filler
from mofconf.kinds.reading import Entry, Misfit, fit
from mofconf.kinds.settings import Settings
from mofconf.selectors import Scope, SelectorError, select
from mofconf.spelling import listed


class Workspace(NamedTuple):
    """Everything that is known of one revision.

    ``flaws`` and ``problems`` are facts about its files, which rules turn into findings. ``files`` are the paths
    that were read, ``documents`` how many documents they hold.
    """

    settings: Settings
    catalog: Catalog
    graph: Graph
    flaws: tuple[Flaw, ...]
    problems: tuple[Problem, ...]
    files: tuple[str, ...]
    documents: int


class Memory(NamedTuple):
    """What pure stages made of what they were given, so that what two revisions share is worked out once."""

    read: dict[tuple[str, bytes, frozenset[str]], tuple[Document | Unreadable, ...]]
    drafts: dict[int, tuple[Document, Draft | Problem]]
    fitted: dict[int, tuple[Draft, Entry | None, tuple[Entry | Misfit, ...], tuple[Problem, ...]]]
    built: list[tuple[Catalog, Graph]]  # without the edges of selectors, which may choose differently


def memory() -> Memory:
    """A memory with nothing in it."""
    return Memory({}, {}, {}, [])


def load(files: Mapping[str, SourceFile | None], settings: Settings, known: Memory | None = None) -> Workspace:
    """The workspace of some files, by path; ``None`` stands for one that was wanted and does not exist."""
    known = known or memory()
    drafts, facts = _shape(files, settings, known)
    united = unite(drafts)
    readings, contradictions = _fit(united.drafts, settings, known)
    catalog = catalogs.build(readings, facts.unreadables)
    graph = graphs.build(catalog, known.built[-1] if known.built else None)
    known.built.append((catalog, graph))
    about, failed = _about(catalog, graph)
    if about:
        graph = graphs.with_edges(graph, about)
    problems = (*facts.problems, *united.problems, *contradictions, *failed)
    return Workspace(
        settings,
        catalog,
        graph,
        tuple(facts.flaws),
        tuple(sorted(problems, key=lambda problem: (problem.place, problem.message))),
        tuple(sorted(facts.files)),
        facts.documents,
    )


def wanted(files: Mapping[str, SourceFile | None], settings: Settings, known: Memory) -> frozenset[str]:
    """The further files that formats would like to see, given these."""
    if all(source.format == "native" for source in settings.sources):
        return frozenset()
    _, facts = _shape(files, settings, known)
    return frozenset(facts.wanted) - files.keys()


class _Facts:
    """What the stages find beside drafts, gathered while they run."""

    def __init__(self, settings: Settings) -> None:
        broken = settings.broken
        self.problems: list[Problem] = [one for one in broken if isinstance(one, Problem)]
        self.unreadables: list[Unreadable] = [one for one in broken if isinstance(one, Unreadable)]
        self.flaws: list[Flaw] = [flaw for document in settings.documents for flaw in document.flaws]
        self.wanted: set[str] = set()
        self.files: set[str] = {settings.file} - {""}
        self.documents = len(settings.documents)


def _shape(files: Mapping[str, SourceFile | None], settings: Settings, known: Memory) -> tuple[list[Draft], _Facts]:
    """The drafts of every source, in the order of the sources and their files."""
    facts = _Facts(settings)
    drafts: list[Draft] = []
    paths = sorted(path for path, file in files.items() if file is not None)
    for source in settings.sources:
        chosen = [path for path in matching(source.files, source.exclude, paths) if path != settings.file]
        facts.files.update(chosen)
        read: list[Document] = []
        limits = documents.Limits(tags=TAGS.get(source.format, frozenset()))
        for path in chosen:
            for one in _read(files[path], limits, known):  # type: ignore[arg-type]  # paths are those of files that exist
                if isinstance(one, Unreadable):
                    facts.unreadables.append(one)
                else:
                    read.append(one)
                    facts.flaws.extend(one.flaws)
        facts.documents += len(read)
        drafts += _drafts(read, source, files, facts, known)
    return drafts, facts


def _read(file: SourceFile, limits: documents.Limits, known: Memory) -> tuple[Document | Unreadable, ...]:
    if file.refusal:
        return documents.read(file, limits)
    key = (file.path, file.content, limits.tags)
    found = known.read.get(key)
    if found is None:
        found = known.read[key] = documents.read(file, limits)
    return found


def _drafts(
    read: Iterable[Document],
    source: Source,
    files: Mapping[str, SourceFile | None],
    facts: _Facts,
    known: Memory,
) -> Iterator[Draft]:
    if source.format != "native":
        shaped = format_named(source.format)(tuple(read), source, files)
        facts.problems.extend(shaped.problems)
        facts.wanted.update(shaped.wanted)
        yield from shaped.drafts
        return
    for document in read:
        # A native document makes one draft by itself: the same document makes the very same draft.
        key = id(document)
        if key not in known.drafts:
            known.drafts[key] = (document, draft_of(document))
        _, draft = known.drafts[key]
        if isinstance(draft, Problem):
            facts.problems.append(draft)
        else:
            yield draft


def _fit(drafts: Iterable[Draft], settings: Settings, known: Memory) -> tuple[list[Entry | Misfit], list[Problem]]:
    project = settings.defaults
    fill = filler(project)
    readings: list[Entry | Misfit] = [] if settings.entry is None else [settings.entry]
    readings += [one for one in settings.broken if isinstance(one, Misfit)]
    problems: list[Problem] = []
    for draft in drafts:
        key = id(draft)
        before = known.fitted.get(key)
        if before is None or before[1] is not project:
            filled, contradictions = fill(draft)
            before = known.fitted[key] = (draft, project, fit(filled), contradictions)
        _, _, fitted, contradictions = before
        readings.extend(fitted)
        problems.extend(contradictions)
    return readings, problems


def _about(catalog: Catalog, graph: Graph) -> tuple[list[Edge], list[Problem]]:
    """The edges that ``{select: ...}`` makes, and the selectors that make no sense."""
    edges, problems = [], []
    scope = Scope(catalog, graph)
    for address, entry in catalog.entries.items():
        for path, selector, link in entry.selections:
            try:
                found = select(scope, selector)
            except SelectorError as error:
                problems.append(_unselected(entry, path, selector, f"select: {error}"))
                continue
            fitting = sorted(one for one in found if one.partition("/")[0] in link.kinds and one != address)
            edges += [Edge(address, one, link.relation, path) for one in fitting]
            if not fitting:
                what = f"no {listed(link.kinds, 'or')}" if found else "nothing"
                problems.append(_unselected(entry, path, selector, f"{what} matches '{selector}'"))
    return edges, problems


def _unselected(entry: Entry, path: tuple[str | int, ...], selector: str, message: str) -> Problem:
    if "state:" in selector:
        message = "select: state: compares two revisions, and a document stands in one"
    hint = "select by kind, field, label or location: `mofconf list --help` shows how"
    where = (*path, "select")
    return Problem("dangling-reference", entry.draft.place(*where), message, hint, entry.address, selector, path=where)
