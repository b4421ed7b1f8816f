"""The invariants of the architecture: rooms, doors, purity, complete tables, quick help, small files."""

from __future__ import annotations

import ast
import doctest
import importlib
import inspect
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mofconf.cli import COMMANDS, HIDDEN
from mofconf.formats import format_named
from mofconf.kinds import KINDS
from mofconf.kinds.relation import RELATIONS, ChangeClass, Link
from mofconf.kinds.resource import Resource
from mofconf.kinds.shape import CHANGE_CLASSES
from mofconf.render import FORMATS, PICTURE_FORMATS
from mofconf.rules import RULES
from mofconf.rules.rule import Rule

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "mofconf"
FILES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
TREES = {file: ast.parse((PACKAGE / file).read_text(encoding="utf-8")) for file in FILES}

every_file = pytest.mark.parametrize("file", FILES)


def room(file: str) -> str:
    """The room that a file stands in: the first folder, or the file's own name."""
    return file.partition("/")[0].removesuffix(".py")


def module(file: str) -> str:
    return ".".join(["mofconf", *file.removesuffix(".py").removesuffix("__init__").strip("/").split("/")]).rstrip(".")


def layers() -> list[list[str]]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [contract] = settings["tool"]["importlinter"]["contracts"]
    assert contract["type"] == "layers"
    assert contract["exhaustive"] is True
    return [[name.strip() for name in layer.split("|")] for layer in contract["layers"]]


def imported(tree: ast.AST) -> Iterator[tuple[str, ast.stmt]]:
    """The dotted names that a file imports, each with the statement; ``from a import b`` is ``a.b``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, "a relative import hides from which room it comes"
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node


# --- rooms ----------------------------------------------------------------------------------------------------------


def test_the_rooms_keep_their_order() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "1 kept, 0 broken" in done.stdout


def test_every_room_stands_in_the_contract() -> None:
    listed = [name for layer in layers() for name in layer]
    assert sorted(listed) == sorted({room(file) for file in FILES} - {"__init__"})


def test_a_room_imports_itself_and_the_rooms_below_it() -> None:
    """The same as the linter says, from the files alone; it also sees imports under TYPE_CHECKING."""
    height = {name: -index for index, layer in enumerate(layers()) for name in layer}
    for file in FILES:
        here = room(file)
        for name, statement in imported(TREES[file]):
            first, _, rest = name.partition(".")
            there = rest.partition(".")[0]
            if first == "mofconf" and here != "__init__" and there in height and there != here:
                assert height[there] < height[here], f"{file}:{statement.lineno} imports {name}"


# --- doors ----------------------------------------------------------------------------------------------------------

DOORS = {
    "yaml": {"documents"},
    "pydantic": {"kinds", "schemas"},
    "pydantic_core": {"kinds", "schemas"},
    "git": {"sources"},
    "networkx": {"graph"},
    "numpy": {"analyses"},
    "oxidd": {"analyses"},
    "click": {"cli"},
    "rich": {"render", "cli"},
    "jsonpath": {"formats"},
}
"""Each package from outside, and the rooms that may know it."""


@every_file
def test_packages_from_outside_have_one_door(file: str) -> None:
    for name, statement in imported(TREES[file]):
        package = name.partition(".")[0]
        if package == "mofconf" or package in sys.stdlib_module_names:
            continue
        assert package in DOORS, f"{file}:{statement.lineno} imports {package}, which has no door"
        assert room(file) in DOORS[package], f"{file}:{statement.lineno} imports {package}"


def test_every_door_is_used_and_declared() -> None:
    used = {name.partition(".")[0] for tree in TREES.values() for name, _ in imported(tree)}
    assert set(DOORS) <= used | {"pydantic_core"}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = [*project["dependencies"], *project["optional-dependencies"]["simulate"]]
    called = {"pyyaml": "yaml", "gitpython": "git", "python-jsonpath": "jsonpath"}
    packages = {re.split(r"[<>=~! ;\[]", one)[0].lower() for one in declared}
    data = {"tzdata"}  # time zones for machines that have none; nobody imports it
    assert {called.get(package, package) for package in packages - data} == set(DOORS) - {"pydantic_core"}


HEAVY = {"networkx", "numpy", "oxidd", "git", "rich", "jsonpath", "yaml"}
LATE = {"formats/jsonpath.py"}
"""A file that is itself imported inside the function that needs it, as those of ``render`` and ``sources`` are."""


@every_file
def test_heavy_packages_are_imported_inside_functions(file: str) -> None:
    top = [node for node in TREES[file].body if isinstance(node, (ast.Import, ast.ImportFrom))]
    packages = {name.partition(".")[0] for node in top for name, _ in imported(node)}
    if file not in LATE and room(file) not in ("render", "sources"):
        assert not packages & HEAVY


HELP = """
import sys
from mofconf.cli import main, mofconf
try:
    mofconf.main(args=ARGUMENTS, prog_name="mofconf")
except SystemExit as end:
    assert not end.code, end.code
import json
sys.stderr.write(json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


@pytest.mark.parametrize("arguments", [["--help"], ["--version"], []])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    code = HELP.replace("ARGUMENTS", repr(arguments or ["--help"]))
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "Usage: mofconf" in done.stdout or "mofconf " in done.stdout
    loaded = set(json.loads(done.stderr.splitlines()[-1]))
    assert not loaded & {*DOORS, "pydantic_core", "asyncio"} - {"click"}


# --- purity ---------------------------------------------------------------------------------------------------------

WORLD = {"sources", "cli", "__main__"}
"""The rooms that may touch the world."""

FORBIDDEN_MODULES = {
    "os",
    "pathlib",
    "time",
    "random",
    "secrets",
    "uuid",
    "subprocess",
    "socket",
    "shutil",
    "tempfile",
    "glob",
    "io",
    "sys",
    "urllib",
    "http",
    "threading",
    "multiprocessing",
    "asyncio",
    "pickle",
    "locale",
    "logging",
    "platform",
    "getpass",
}
ALLOWED_PARTS = {
    ("render/text.py", "io"),
    ("render/ink.py", "io"),
}
"""A terminal is drawn into a text in memory; nothing leaves it."""

FORBIDDEN_CALLS = {"open", "print", "input", "exec", "eval", "compile", "__import__", "exit", "quit", "breakpoint"}
FORBIDDEN_METHODS = {"now", "today", "utcnow", "getenv", "read_text", "write_text", "read_bytes", "write_bytes"}


def pure(file: str) -> bool:
    return room(file) not in WORLD and file != "__init__.py"


@pytest.mark.parametrize("file", [file for file in FILES if pure(file)])
def test_pure_rooms_do_not_know_the_world(file: str) -> None:
    for name, statement in imported(TREES[file]):
        package = name.partition(".")[0]
        assert package not in FORBIDDEN_MODULES or (file, package) in ALLOWED_PARTS, (
            f"{file}:{statement.lineno} imports {name}"
        )
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id not in FORBIDDEN_CALLS, f"{file}:{node.lineno} calls {node.func.id}"
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            assert node.func.attr not in FORBIDDEN_METHODS, f"{file}:{node.lineno} calls {node.func.attr}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"environ", "argv", "stdout", "stderr"}, f"{file}:{node.lineno} asks {node.attr}"


IMMUTABLE = re.compile(r"^(Final|ClassVar|Mapping|tuple|frozenset|Collection|Sequence|Known)\b")
"""How a name is annotated that others see and that holds a list, a mapping or a set: mypy then keeps it whole."""

MUTABLE = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
MAKERS = {"list", "dict", "set", "defaultdict", "deque", "Counter", "OrderedDict", "bytearray"}
CHANGING = {"append", "extend", "insert", "add", "update", "setdefault", "pop", "popitem", "clear", "remove", "discard"}


def _can_be_changed(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp):
        return _can_be_changed(value.left) or _can_be_changed(value.right)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Name):
        return value.func.id in MAKERS
    return isinstance(value, MUTABLE)


def _collections(file: str) -> Iterator[tuple[str, str, int]]:
    """The lists, mappings and sets that a file and its classes bind: name, annotation, line."""
    tree = TREES[file]
    for node in [*tree.body, *(part for one in tree.body if isinstance(one, ast.ClassDef) for part in one.body)]:
        if isinstance(node, ast.Assign) and _can_be_changed(node.value):
            for target in node.targets:
                yield ast.unparse(target), "", node.lineno
        elif isinstance(node, ast.AnnAssign) and node.value is not None and _can_be_changed(node.value):
            yield ast.unparse(node.target), ast.unparse(node.annotation), node.lineno


@every_file
def test_what_others_see_cannot_be_changed(file: str) -> None:
    """A private constant may go without, as nobody else sees it. Schemas are ``dict[str, Any]`` by nature."""
    for name, annotation, line in _collections(file):
        private = name.startswith("_") or annotation == "dict[str, Any]"
        assert private or name == "__all__" or IMMUTABLE.match(annotation), f"{file}:{line} {name}: annotate it"
        constant = name.strip("_").isupper() or name == "__all__" or annotation.startswith("Mapping")
        assert constant, f"{file}:{line} {name} is no constant by its name"


@every_file
def test_nobody_changes_what_stands_at_the_top_of_a_file(file: str) -> None:
    constants = {name for one in FILES for name, _, _ in _collections(one) if name.strip("_").isupper()}
    for node in ast.walk(TREES[file]):
        changed: list[ast.expr] = []
        if isinstance(node, (ast.Assign, ast.Delete)):
            changed = [target.value for target in node.targets if isinstance(target, ast.Subscript)]
        elif isinstance(node, ast.AugAssign):
            changed = [node.target.value if isinstance(node.target, ast.Subscript) else node.target]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
            changed = [node.func.value]
        for one in changed:
            name = ast.unparse(one).rpartition(".")[2]
            assert name not in constants, f"{file}:{node.lineno} changes {name}"  # type: ignore[attr-defined]  # they all have one
        assert not isinstance(node, ast.Global), f"{file} changes a global"


@every_file
def test_nothing_is_remembered_for_the_whole_process(file: str) -> None:
    """A cache at the top of a module outlives the question. Memory arrives as an argument."""
    for node in ast.walk(TREES[file]):
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            for mark in node.decorator_list:
                name = ast.unparse(mark.func if isinstance(mark, ast.Call) else mark)
                remembers = name.rpartition(".")[2] in ("cache", "lru_cache")
                assert not remembers or (file, node.name) in CACHED, f"{file}:{node.lineno} {node.name}"


CACHED = frozenset({("documents/events.py", "_yaml")})
"""Places where it is only an import that is not repeated."""


# --- tables ---------------------------------------------------------------------------------------------------------


def modules_of(folder: str) -> list[str]:
    return [file for file in FILES if file.startswith(f"{folder}/") and not file.endswith("__init__.py")]


def test_every_kind_is_in_the_table() -> None:
    inner = {"Resource", "Agreement"}
    found = {
        name: one
        for file in modules_of("kinds")
        for name, one in vars(importlib.import_module(module(file))).items()
        if inspect.isclass(one) and issubclass(one, Resource) and one.__module__ == module(file) and name not in inner
    }
    assert found == dict(KINDS)
    for name, kind in KINDS.items():
        assert kind.__module__ == f"mofconf.kinds.{name.lower()}"
        assert kind.model_fields["kind"].annotation.__args__ == (name,)  # type: ignore[union-attr]  # a Literal
        assert (kind.__doc__ or "").strip()


def test_every_rule_is_in_the_table() -> None:
    found = {}
    for file in modules_of("rules"):
        made = [
            one
            for name, one in vars(importlib.import_module(module(file))).items()
            if isinstance(one, Rule) and name == file.removeprefix("rules/").removesuffix(".py")
        ]
        for rule in made:
            found[rule.name] = rule
            assert file == f"rules/{rule.name.replace('-', '_')}.py"
    assert found == dict(RULES)
    without = {file for file in modules_of("rules") if "@rule(" not in (PACKAGE / file).read_text(encoding="utf-8")}
    shared = {"agreements", "facts", "references", "vital"}
    assert without <= {"rules/rule.py", *(f"rules/{name}.py" for name in shared)}
    assert len(found) == len(modules_of("rules")) - len(without)


def test_rules_are_named_in_kebab_case() -> None:
    for name, rule in RULES.items():
        assert name == rule.name
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", name), name


def test_every_format_is_in_the_table() -> None:
    shaping = {
        file.removeprefix("formats/").removesuffix(".py")
        for file in modules_of("formats")
        if any(isinstance(node, ast.FunctionDef) and node.name == "shape" for node in TREES[file].body)
    }
    for name in shaping:
        assert format_named(name).__module__ == f"mofconf.formats.{name}"
    with pytest.raises(KeyError):
        format_named("csv")
    declared = KINDS["Project"].model_fields["sources"]
    [source, _] = declared.annotation.__args__  # type: ignore[union-attr]  # tuple[SourceMapping, ...]
    assert set(source.model_fields["format"].annotation.__args__) == shaping


def test_every_output_is_in_the_table() -> None:
    drawing = {
        file.removeprefix("render/").removesuffix(".py")
        for file in modules_of("render")
        if any(isinstance(node, ast.FunctionDef) and node.name == "render" for node in TREES[file].body)
    }
    assert {name.removesuffix("_report") for name in drawing} == set(FORMATS)
    assert set(PICTURE_FORMATS) <= set(FORMATS)


def test_every_command_is_in_the_table() -> None:
    commands = {
        file.removeprefix("cli/").removesuffix(".py")
        for file in modules_of("cli")
        if any("command" in names_bound(node) for node in TREES[file].body)
    }
    assert {name.removesuffix("_") for name in commands} == {*COMMANDS, *HIDDEN}


def names_bound(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    if isinstance(node, ast.Assign):
        return {ast.unparse(target) for target in node.targets}
    return set()


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_one_change_class(kind: str) -> None:
    for attribute, field in KINDS[kind].model_fields.items():
        marks = [mark for mark in field.metadata if isinstance(mark, ChangeClass)]
        assert len(marks) == 1, f"{kind}.{attribute} has {len(marks)}"
        assert CHANGE_CLASSES[kind][field.alias or attribute] is marks[0]
        assert len([mark for mark in field.metadata if isinstance(mark, Link)]) <= 1


def links() -> list[Link]:
    """Every mark in every module of the kinds, wherever it stands."""
    found: list[Link] = []

    def look(model: Any, seen: set[Any]) -> None:
        if model in seen:
            return
        seen.add(model)
        for field in model.model_fields.values():
            found.extend(mark for mark in field.metadata if isinstance(mark, Link))

    seen: set[Any] = set()
    for file in modules_of("kinds"):
        for one in vars(importlib.import_module(module(file))).values():
            if inspect.isclass(one) and hasattr(one, "model_fields") and one.__module__.startswith("mofconf"):
                look(one, seen)
    return found


def test_every_relation_is_in_the_table() -> None:
    from mofconf.kinds import relation

    made = {one for one in vars(relation).values() if isinstance(one, relation.Relation)}
    assert made == set(RELATIONS)
    assert {link.relation for link in links()} <= set(RELATIONS)
    assert all(kind in KINDS for link in links() for kind in link.kinds)
    assert len({one.name for one in RELATIONS}) == len(RELATIONS) == len({one.inverse for one in RELATIONS})
    from mofconf.analyses.impact import OUTCOMES

    assert {one.removal for one in RELATIONS} | {one.change for one in RELATIONS} - {""} <= set(OUTCOMES)


# --- files ----------------------------------------------------------------------------------------------------------


@every_file
def test_a_file_opens_with_a_sentence_and_fits_one_reading(file: str) -> None:
    text = (PACKAGE / file).read_text(encoding="utf-8")
    opening = ast.get_docstring(TREES[file])
    assert opening, f"{file} does not say what it is for"
    first = opening.split("\n\n")[0].strip()
    assert first.endswith((".", "?", "!", "``", ":")), f"{file} opens with half a sentence"
    assert len(text.splitlines()) <= 300, f"{file} has {len(text.splitlines())} lines and so two subjects"


FORBIDDEN_NAMES = ("util", "helper", "common", "core", "manager", "base", "factory", "misc")


@every_file
def test_names_say_what_is_inside(file: str) -> None:
    words = re.split(r"[/_.]", file)
    assert not [word for word in words for bad in FORBIDDEN_NAMES if word in (bad, f"{bad}s")]
    for node in ast.walk(TREES[file]):
        if isinstance(node, ast.ClassDef):
            parts = re.findall(r"[A-Z][a-z]+", node.name)
            assert not {part.lower() for part in parts} & set(FORBIDDEN_NAMES), f"{file}: {node.name}"


@every_file
def test_what_is_public_is_explained(file: str) -> None:
    for node in TREES[file].body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{file}:{node.lineno} {node.name} has no docstring"


IGNORE = re.compile(r"#\s*(noqa|type: ignore)(.*)$")


@every_file
def test_every_ignore_says_why(file: str) -> None:
    for number, line in enumerate((PACKAGE / file).read_text(encoding="utf-8").splitlines(), 1):
        found = IGNORE.search(line)
        if found:
            said = re.sub(r"^[:\[\]\w\s,-]*?(\]|[A-Z]+[0-9]+)", "", found[2])
            assert len(said.strip(" #-")) > 4, f"{file}:{number} ignores something and does not say why"


@every_file
def test_examples_in_docstrings_run(file: str) -> None:
    if file == "__main__.py":
        pytest.skip("importing it starts the program")
    result = doctest.testmod(importlib.import_module(module(file)))
    assert not result.failed
