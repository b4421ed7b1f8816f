"""Compose files become one model: their services, each with what every file and ``extends`` says of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from mofconf.diagnostic import Place
from mofconf.documents import Document, Limits, SourceFile, Unreadable, read
from mofconf.formats import TAGS
from mofconf.formats.compose_interpolation import fill, read_environment
from mofconf.formats.compose_layers import Layer, untagged, untagged_or_none
from mofconf.formats.draft import Problem
from mofconf.formats.source import Source
from mofconf.formats.written import Written, beside, plain_text, spelled_as_name, whole

TOP_LEVEL = frozenset(["configs", "include", "models", "name", "networks", "secrets", "services", "version", "volumes"])

_REMOTE = re.compile(r"^([a-z][a-z0-9+.-]*:|git@)", re.IGNORECASE)
_MAIN = frozenset(["compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml"])
_CHAIN = 64
_OUT = "take it out of the files of this source"
_BRING = "bring the file into the repository"
_SPECIFIED = "see the Compose specification"


class Model(NamedTuple):
    """The union of all files.

    ``services`` holds the layers of each service: what is overridden before what overrides it, and so the
    farthest base of ``extends`` first. ``heads`` are the keys under which services stand first.
    """

    services: dict[str, list[Layer]]
    heads: dict[str, Written]
    problems: list[Problem]
    wanted: set[str]


def load(documents: Sequence[Document], source: Source, found: Mapping[str, SourceFile | None]) -> Model:
    """The model of a source's documents, of what they include and of what their services extend."""
    files = Files({}, found, Model({}, {}, [], set()), {})
    for document in sorted(documents, key=lambda document: _order(document.file, source)):
        files.roots.setdefault(document.file, []).append(whole(document))
    project = posixpath.dirname(next(iter(files.roots), ""))
    queue: list[tuple[str, Mapping[str, str]]] = []
    for file in files.roots:
        own = posixpath.dirname(file)
        queue.append((file, files.environment([_env(folder) for folder in dict.fromkeys((project, own))])))
    known = set(files.roots)
    for file, variables in queue:
        for root in files.roots.get(file, ()):
            files.add(root, variables)
            for included, inner in files.included(root, variables):
                if included not in known:
                    known.add(included)
                    queue.append((included, inner))
    return files.model


class Files(NamedTuple):
    """The files read so far, by path, and the model that they make."""

    roots: dict[str, list[Written]]
    found: Mapping[str, SourceFile | None]
    model: Model
    environments: dict[str, Mapping[str, str]]

    def add(self, root: Written, variables: Mapping[str, str]) -> None:
        """Take the services of one document into the model."""
        if not isinstance(root.value, Mapping) or not (
            TOP_LEVEL & root.value.keys() or any(key.startswith("x-") for key in root.value)
        ):
            self.say("unreadable-document", root, "this is not a Compose file: it has no services", _OUT)
            return
        services = root.get("services")
        tag, services = untagged(services) if services else ("", None)
        if services is None or services.value is None:
            return
        if not isinstance(services.value, Mapping):
            self.say("invalid-value", services, "services has to be a mapping of names to services", _SPECIFIED)
            return
        for name, entry in services.entries():
            tag, body = untagged(entry)
            if tag == "!reset":
                self.model.services.pop(name, None)
                self.model.heads.pop(name, None)
            elif isinstance(body.value, Mapping):
                layers = self.model.services.setdefault(name, [])
                if tag == "!override":
                    layers.clear()
                layers += [Layer(part, variables) for part in self.extended(name, body, variables)]
                self.model.heads.setdefault(name, Written(name, body.file, body.key, body.key))
            elif not name.startswith("x-"):
                message = f"the service {name} says nothing"
                self.say("invalid-value", body, message, "write its image, or remove it", name)

    def extended(self, name: str, body: Written, variables: Mapping[str, str]) -> list[Written]:
        """What a service extends, the farthest first, and then the service itself."""
        chain, seen = [body], {(body.file, name)}
        while (extends := untagged_or_none(chain[-1].get("extends"))) is not None and extends.value is not None:
            short = not isinstance(extends.value, Mapping)
            service = self.text(extends if short else extends.get("service"), variables, extends)
            there = None if short else untagged_or_none(extends.get("file"))
            if service is None:
                break
            file = chain[-1].file
            if there is not None and there.value is not None:
                path = self.text(there, variables, there)
                file = self.path(path, there) if path is not None else ""
            if not file or self.fetched(file, there or extends) is None:
                break
            if (file, service) in seen or len(chain) == _CHAIN:
                far = f"{name} extends more than {_CHAIN} services, one by way of the other"
                message = f"what {name} extends leads back to {service}" if (file, service) in seen else far
                self.say("invalid-value", extends, message, "let one of them stand alone", name)
                break
            seen.add((file, service))
            base = _service(self.roots[file], service)
            if base is None:
                if not self.broken(file):  # else nobody knows which services are in it
                    message = f"{name} extends {service}, which is no service of {file}"
                    self.say("dangling-reference", extends, message, "write the name of a service there", name)
                break
            chain.append(base)
        return chain[::-1]

    def included(self, root: Written, variables: Mapping[str, str]) -> Iterator[tuple[str, Mapping[str, str]]]:
        """The files that a document includes, each with the variables that count in it."""
        include = root.get("include")
        if include and not (include.value is None or isinstance(include.value, list)):
            self.say("invalid-value", include, "include has to be a list of files", "write - before each of them")
        for item in include.items() if include else ():
            long = isinstance(item.value, Mapping)
            first: str | None = None
            inner: Mapping[str, str] = {}
            for entry in _one_or_many(item.get("path") if long else item):
                text = self.text(entry, variables, item)
                path = self.path(text, entry) if text is not None else ""
                if not path:
                    continue
                if first is None:
                    first = path
                    inner = dict(self.environment(self.env_files(item, path, variables))) | dict(variables)
                if self.fetched(path, entry) is not None:
                    yield path, inner

    def env_files(self, item: Written, included: str, variables: Mapping[str, str]) -> list[str]:
        """The files with variables for an included file: those that are named, or the ``.env`` beside it."""
        folder = posixpath.dirname(included)
        directory = item.get("project_directory")
        if directory is not None:
            text = self.text(directory, variables, item) or "."
            folder = beside(item.file, text) or ("" if posixpath.normpath(text) == "." else folder)
        named = [self.text(entry, variables, item) for entry in _one_or_many(item.get("env_file"))]
        paths = [beside(item.file, text) for text in named if text]
        return [path for path in paths if path] or [_env(folder)]

    def environment(self, paths: Sequence[str]) -> Mapping[str, str]:
        """The variables of some ``.env`` files, the later ones winning. They need not exist."""
        variables: Mapping[str, str] = {}
        for path in paths:
            if path not in self.environments:
                file = self.found.get(path)
                if path not in self.found:
                    self.model.wanted.add(path)
                if file is None:
                    continue
                if file.refusal:
                    self.model.problems.append(
                        Problem("unreadable-document", Place(path), f"this {file.refusal}", file.hint)
                    )
                    continue
                read_so_far = read_environment(file.content.decode("utf-8", "replace"), {})
                self.environments[path] = read_so_far.variables
                self.model.problems.extend(
                    Problem(
                        "invalid-value", Place(path, line), fault, "write NAME=value, and close its quotes and braces"
                    )
                    for line, fault in read_so_far.faults
                )
            variables = {**variables, **self.environments[path]}
        return variables

    def path(self, text: str, at: Written) -> str:
        """The path of a file that is named relative to another; empty where it cannot be followed."""
        if _REMOTE.match(text):
            self.say("unfollowed-reference", at, f"{text} is not in this repository and was not read", _BRING)
            return ""
        path = beside(at.file, text)
        if path is None:
            message = f"{text} lies outside of the repository and was not read"
            self.say("unfollowed-reference", at, message, _BRING)
        return path or ""

    def fetched(self, path: str, at: Written) -> list[Written] | None:
        """The documents of a file, or nothing where it does not exist or has not come yet."""
        if path not in self.roots:
            if path not in self.found:
                self.model.wanted.add(path)
                return None
            file = self.found[path]
            if file is None:
                self.say("dangling-reference", at, f"the file {path} does not exist", "correct the path")
                return None
            self.roots[path] = []
            for document in read(file, Limits(tags=TAGS["compose"])):
                if isinstance(document, Unreadable):
                    problem = Problem("unreadable-document", document.place, document.reason, document.hint)
                    self.model.problems.append(problem)
                else:
                    self.roots[path].append(whole(document))
        return self.roots[path]

    def broken(self, path: str) -> bool:
        """Whether something in a file that was fetched cannot be read."""
        return any(one.rule == "unreadable-document" and one.place.file == path for one in self.model.problems)

    def text(self, written: Written | None, variables: Mapping[str, str], around: Written) -> str | None:
        """The text of a value with its variables filled in; a problem where it is no text."""
        text = plain_text(written.value) if written else None
        filled = fill(text, variables) if text is not None else None
        if filled is not None and not filled.fault and filled.text:
            return filled.text
        if filled and filled.fault:
            self.say("invalid-value", written or around, filled.fault, filled.hint)
        else:
            message = "the name of a file or a service is missing here"
            self.say("invalid-value", written or around, message, "write the name, or take the line out")
        return None

    def say(self, rule: str, at: Written, message: str, hint: str = "", service: str = "") -> None:
        """Keep a problem."""
        address = f"Service/{spelled_as_name(service)}" if service else ""
        self.model.problems.append(Problem(rule, at.place, message, hint, address))


def _order(file: str, source: Source) -> tuple[int, int, str]:
    """Files in the order in which they are named; otherwise the plain compose.yaml first, overrides last."""
    name = posixpath.basename(file)
    named = source.files.index(file) if file in source.files else len(source.files)
    return named, 0 if name in _MAIN else 2 if ".override." in name else 1, file


def _service(roots: Sequence[Written], name: str) -> Written | None:
    for root in roots:
        body = untagged_or_none(root.dig("services", name))
        if body is not None and isinstance(body.value, Mapping):
            return body
    return None


def _one_or_many(written: Written | None) -> list[Written]:
    if written is None or written.value is None:
        return []
    return list(written.items()) if isinstance(written.value, list) else [written]


def _env(folder: str) -> str:
    return posixpath.join(folder, ".env")
