"""A thousand and more mutated copies of the reference catalogue are read and judged: findings, never a crash."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest
from estates import TODAY

from mofconf.diagnostic import Diagnostic, Place
from mofconf.documents import SourceFile
from mofconf.kinds.settings import read_settings
from mofconf.rules import ALWAYS, RULES, judge
from mofconf.selectors import Scope, select
from mofconf.workspace import Memory, Workspace, load, memory

ROOT = Path(__file__).parent.parent
COPIES = 1200
AT_ONCE = 12
"""Files that are spoiled in one load: each load still reads the whole catalogue."""

Mutation = Callable[[random.Random, str], str]


def catalogue() -> dict[str, bytes]:
    paths = [ROOT / "mofconf.yaml", *sorted((ROOT / "catalog").rglob("*.yaml"))]
    return {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}


# --- ways to spoil a file -------------------------------------------------------------------------------------------


def drop_a_line(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return "".join(lines)


def repeat_a_line(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    lines.insert(dice.randrange(len(lines)), lines[at])
    return "".join(lines)


def swap_two_lines(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    one, other = dice.randrange(len(lines)), dice.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def move_a_line_sideways(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    lines[at] = dice.choice([" ", "  ", "\t", "- ", "? "]) + lines[at] if dice.random() < 0.7 else lines[at].lstrip()
    return "".join(lines)


def cut_off(dice: random.Random, text: str) -> str:
    return text[: dice.randrange(len(text))]


def change_a_character(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + dice.choice("{}[]:,&*!|>'\"%@`#?-\n\t\0\x07\x1b\x85\u2028\ufeff\U0001f600 xX0") + text[at + 1 :]


def insert_control_characters(dice: random.Random, text: str) -> str:
    at = dice.randrange(len(text))
    return text[:at] + "".join(dice.choices("\0\x01\x08\x0b\x1b[31m\x7f\x9f\u202e\ufffe", k=4)) + text[at:]


def misspell_a_word(dice: random.Random, text: str) -> str:
    word = dice.choice(text.split() or [text])
    return text.replace(
        word, word[: len(word) // 2] + dice.choice(["", "x", "--", "/", "é"]) + word[len(word) // 2 + 1 :], 1
    )


VALUES = (
    "5",
    "-1",
    "0",
    "1e400",
    ".inf",
    ".nan",
    "9" * 400,
    "99999999999999999999w",
    "0%",
    "99.95",
    "101%",
    "null",
    "~",
    "''",
    '"\\0"',
    "true",
    "[]",
    "{}",
    "[[a]]",
    "{a: b}",
    "[null]",
    "[{}]",
    "[{ref: x, anyOf: [x]}]",
    "[{atLeast: 99999999999999999999, of: [a, b]}]",
    "[{atLeast: -5, of: [a, b]}, {anyOf: []}]",
    "{select: 'location:*'}",
    "{select: ''}",
    "{select: '((('}",
    "[{select: 'kind=Nope'}]",
    "2026-02-30",
    "9999-12-31",
    "0001-01-01",
    "Service/checkout",
    "Team/",
    "/",
    "//x//",
    "a b",
    "ünïcode",
    "!!python/object/apply:os.system [ls]",
    "&a [*a]",
    "*nowhere",
    "<<",
    "|\n  text",
    "{<<: {a: 1}}",
    "{<<: [1, 2]}",
    "{1: 2, true: 3, null: 4}",
    "{[a]: b}",
    "[" * 40 + "]" * 40,
    "[" * 500 + "]" * 500,
    "{a: " * 70 + "1" + "}" * 70,
    "x" * 5000,
)


def give_a_field_another_value(dice: random.Random, text: str) -> str:
    lines = text.splitlines(keepends=True)
    fields = [at for at, line in enumerate(lines) if ":" in line and not line.lstrip().startswith("#")]
    at = dice.choice(fields or range(len(lines)))
    lines[at] = f"{lines[at].partition(':')[0]}: {dice.choice(VALUES)}\n"
    return "".join(lines)


FIELDS = ("needs", "instances", "up", "owner", "formerly", "labels", "availability", "name", "kind", "partOf", "runsOn")
FIELDS += ("location", "members", "roles", "targets", "service", "supports", "covers", "hours", "sources", "defaults")


def add_a_field(dice: random.Random, text: str) -> str:
    return f"{text.rstrip()}\n{dice.choice(FIELDS)}: {dice.choice(VALUES)}\n"


INSTANCES = (
    "{a: {}, b: {instances: {c: {}}}}",
    "{a: 5}",
    "{'x y': {}}",
    "{a: {needs: [%s/a]}}",
    "{a: {needs: [%s]}}",
    "{a: {name: z, kind: Team}}",
    "{a: {formerly: [%s]}, b: {formerly: [%s]}}",
    "{a: {runsOn: %s/b}, b: {partOf: %s/a}}",
    "{a: {status: withdrawn, lifecycle: retired}}",
)


def make_many_of_it(dice: random.Random, text: str) -> str:
    name = next((line.split()[1] for line in text.splitlines() if line.startswith("name: ")), "x")
    up = dice.choice(["", "up: {atLeast: 2, fullAt: 1}\n", "up: {atLeast: -1}\n", "up: 5\n", "up: {failover: 101%}\n"])
    return f"{text.rstrip()}\ninstances: {dice.choice(INSTANCES).replace('%s', name)}\n{up}"


def refer_to_itself(dice: random.Random, text: str) -> str:
    names = [line.split()[1] for line in text.splitlines() if line.startswith("name: ") and len(line.split()) > 1]
    if not names:
        return text
    field = dice.choice(["needs: [%s]", "partOf: %s", "runsOn: %s", "location: %s", "formerly: [%s]", "members: [%s]"])
    return f"{text.rstrip()}\n{field.replace('%s', dice.choice(names))}\n"


def say_it_twice(dice: random.Random, text: str) -> str:
    return text + dice.choice(["", "---\n", "\n...\n---\n", "---\n---\n", "%YAML 1.1\n---\n"]) + text


MUTATIONS: tuple[Mutation, ...] = (
    drop_a_line,
    repeat_a_line,
    swap_two_lines,
    move_a_line_sideways,
    cut_off,
    change_a_character,
    insert_control_characters,
    misspell_a_word,
    give_a_field_another_value,
    give_a_field_another_value,
    add_a_field,
    make_many_of_it,
    refer_to_itself,
    say_it_twice,
)


def not_even_text(dice: random.Random, content: bytes) -> bytes:
    """What no mutation of text makes: bytes that are no UTF-8, other encodings, other line ends."""
    at = dice.randrange(len(content))
    return dice.choice(
        [
            content[:at] + b"\xff\xfe\x80" + content[at:],
            content.decode().encode("utf-16"),
            b"\xef\xbb\xbf" + content,
            content.replace(b"\n", b"\r\n"),
            content.replace(b"\n", b"\r"),
            b"",
            b"\0" * 100,
        ]
    )


# --- what has to hold -----------------------------------------------------------------------------------------------


def spoiled(number: int, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Some files of the catalogue, each spoiled in one or two ways."""
    dice = random.Random(number)  # noqa: S311  # a choice of cases
    found = {}
    for path in dice.sample(sorted(files), AT_ONCE):
        content = files[path]
        if dice.random() < 0.06:
            found[path] = not_even_text(dice, content)
            continue
        text = content.decode()
        for mutate in dice.choices(MUTATIONS, k=dice.choice([1, 1, 2])):
            text = mutate(dice, text) or "a"
        found[path] = text.encode("utf-8", "replace")
    return found


def check(findings: Iterable[Diagnostic], files: Mapping[str, bytes]) -> None:
    for one in findings:
        assert one.rule in RULES
        assert one.message.strip(), one
        assert one.place is not None, one
        for place in (one.place, *(related.place for related in one.related)):
            check_place(place, files, one)
        assert "Traceback" not in one.message


def check_place(place: Place, files: Mapping[str, bytes], finding: Diagnostic) -> None:
    assert place.file in files, finding
    text = files[place.file].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    assert 1 <= place.line <= len(lines), finding
    longest = lines[place.line - 1]
    assert 1 <= place.column <= len(longest) + 1, finding


def read(files: Mapping[str, bytes], known: Memory) -> Workspace:
    sources = {path: SourceFile(path, content) for path, content in files.items()}
    return load(sources, read_settings(sources["mofconf.yaml"]), known)


@pytest.fixture(scope="module")
def whole() -> dict[str, bytes]:
    return catalogue()


@pytest.fixture(scope="module")
def known() -> Memory:
    return memory()


def addresses(workspace: Workspace) -> dict[str, str]:
    """Every resource that was read, with the file that it stands in."""
    return {address: entry.draft.file for address, entry in workspace.catalog.entries.items()}


@pytest.mark.parametrize("part", range(4))
def test_whatever_is_wrong_with_some_files_is_a_finding_and_the_others_stand(
    whole: dict[str, bytes], known: Memory, part: int
) -> None:
    loads = COPIES // AT_ONCE // 4
    before = addresses(read(whole, known))
    for number in range(part * loads, (part + 1) * loads):
        changed = spoiled(number, {path: content for path, content in whole.items() if path != "mofconf.yaml"})
        files = {**whole, **changed}
        workspace = read(files, known)
        found = judge(workspace, TODAY, rules=ALWAYS)
        check(found, files)
        there = {*workspace.catalog.entries, *workspace.catalog.unknown}
        lost = {address for address, file in before.items() if file not in changed} - there
        assert not lost, (number, lost)
        assert select(Scope(workspace.catalog, workspace.graph), "*") == workspace.catalog.entries.keys() | (
            workspace.catalog.unknown.keys()
        )


def test_whatever_is_wrong_with_the_project_file_is_a_finding(whole: dict[str, bytes], known: Memory) -> None:
    dice = random.Random(7)  # noqa: S311  # a choice of cases
    few = {path: content for path, content in whole.items() if path.startswith(("mofconf.yaml", "catalog/location/"))}
    for _ in range(150):
        text = few["mofconf.yaml"].decode()
        for mutate in dice.choices(MUTATIONS, k=dice.choice([1, 2])):
            text = mutate(dice, text) or "a"
        files = {**few, "mofconf.yaml": text.encode("utf-8", "replace")}
        workspace = read(files, known)
        check(judge(workspace, TODAY, rules=ALWAYS), files)


MIXED = {
    "mofconf.yaml": """kind: Project
name: shop
sources:
  - files: compose.yaml
    format: compose
  - files: "backstage/*.yaml"
    format: backstage
  - files: services.yml
    format: mapping
    resources:
      - each: "$.services[*]"
        kind: Service
        name: {path: "$.name", slug: true}
        fields: {title: "$.name", needs: "$.needs[*]", labels.tier: "$.tier", customers: "$.for[*]"}
      - each: "$.owners[*]"
        kind: Service
        name: "$.of"
        adds: true
        fields: {owner: "$.by", labels.tier: "$.tier"}
defaults:
  - for: {kind: Service, labels.tier: front}
    set: {criticality: high, needs: [{ref: db, effect: none}], instances: {a: {}, b: {}}}
""",
    "compose.yaml": """x-common: &common
  restart: always
services:
  web:
    <<: *common
    depends_on: {db: {condition: service_started}, cache: {condition: service_healthy}}
    labels: {tier: front}
  db: {image: "postgres:${TAG:-16}"}
  cache: {links: ["db:database"], profiles: [extra]}
""",
    "backstage/all.yaml": """apiVersion: backstage.io/v1alpha1
kind: Component
metadata: {name: search, tags: [java]}
spec: {type: service, lifecycle: production, owner: team-a, dependsOn: ["resource:default/index"], providesApis: [find]}
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: {name: index}
spec: {type: database, owner: group:team-a}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: {name: team-a}
spec: {type: team, children: [], members: [ana]}
""",
    "services.yml": """services:
  - {name: Main Shop, needs: [web, null, search], tier: back, for: [acme]}
  - {name: Mail, needs: []}
owners:
  - {of: web, by: team-a, tier: front}
  - {of: "m*", by: team-b, tier: mid}
""",
    "catalog/web.yaml": """kind: Service
name: web
owner: team-b
labels: {tier: back}
needs:
  - {ref: db, effect: none}
  - {anyOf: [cache, Asset/index], failover: 99%}
instances: {x: {owner: team-a}, y: }
---
kind: Service
name: main-shop
needs: [web, {ref: web, atLeast: 1}]
---
kind: Asset
name: index
runsOn: host
---
kind: Asset
name: host
""",
}


def test_whatever_is_wrong_with_files_in_other_formats_is_a_finding(known: Memory) -> None:
    clean = {path: text.encode() for path, text in MIXED.items()}
    before = judge(read(clean, known), TODAY)
    check(before, clean)
    for number in range(600):
        files = spoiled_mix(number)
        check(judge(read(files, known), TODAY), files)


def spoiled_mix(number: int) -> dict[str, bytes]:
    dice = random.Random(number)  # noqa: S311  # a choice of cases
    files = dict(MIXED)
    for path in dice.sample(sorted(files), dice.choice([1, 1, 2])):
        for mutate in dice.choices(MUTATIONS, k=dice.choice([1, 1, 2])):
            files[path] = mutate(dice, files[path]) or "a"
    return {path: text.encode("utf-8", "replace") for path, text in files.items()}


def test_every_way_to_spoil_a_file_is_used_and_spoils_something(whole: dict[str, bytes]) -> None:
    text = whole["catalog/asset/kafka.yaml"].decode()
    for mutate in MUTATIONS:
        assert any(mutate(random.Random(seed), text) != text for seed in range(9))  # noqa: S311  # a choice of cases
    assert COPIES >= 1000
    assert COPIES % (AT_ONCE * 4) == 0


def test_the_catalogue_itself_has_nothing_wrong_but_what_the_rules_call_a_note(
    whole: dict[str, bytes], known: Memory
) -> None:
    assert [one for one in judge(read(whole, known), TODAY) if one.severity.word == "error"] == []
