"""Options that ask what if: something has failed, is not there, or has another figure; and how much may be spent."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import click

from mofconf.cli.answering import choose

if TYPE_CHECKING:
    from mofconf.analyses.dependability.solving import Solver
    from mofconf.analyses.dependability.study import Question
    from mofconf.kinds.availability import Availability
    from mofconf.selectors import Scope

Command = TypeVar("Command", bound=Callable[..., Any])

OPTIONS = ("down", "without", "set", "budget")
"""Which options there are; a command may leave some out."""

WORKING = ("Service/", "Asset/", "Location/")
"""How the addresses begin of what works or does not."""


class Number(click.IntRange):
    """A whole number between two, and what is wrong with any other."""

    name = "number"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The number, or what is wrong with it."""
        if isinstance(value, int):
            return value
        if not re.fullmatch(r"-?[0-9]{1,18}", value):
            self.fail(f"'{value}' is not a whole number: write {self._describe_range()}", param, ctx)
        number = int(value)
        least, most = self.min or 0, self.max if self.max is not None else number
        if not least <= number <= most:
            said = "small" if number < least else "large"
            self.fail(f"{number:,} is too {said}: write {self._describe_range()}", param, ctx)
        return number

    def _describe_range(self) -> str:
        return f"{self.min:,} or more" if self.max is None else f"{self.min:,} to {self.max:,}"


class WhatIf(NamedTuple):
    """What was asked, before any selector is looked up. ``stated`` has a selector, a text and what it means."""

    down: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    stated: tuple[tuple[str, str, Availability], ...] = ()
    budget: int | None = None

    @property
    def conditions(self) -> str:
        """What is taken for granted, in words to go on with behind a title; empty for nothing."""
        words = f", with {' and '.join(self.down)} down" if self.down else ""
        words += f", without {' and '.join(self.without)}" if self.without else ""
        figures = " and ".join(f"{selector} at {text}" for selector, text, _ in self.stated)
        return words + (f", with {figures}" if figures else "")

    def question(self, scope: Scope) -> Question:
        """The question to a study. Whoever names what is not there, or twice, gets a usage error."""
        from mofconf.analyses.dependability.study import Question

        selectors = [selector for selector, _, _ in self.stated]
        twice = next((one for number, one in enumerate(selectors) if one in selectors[:number]), "")
        if twice:
            raise click.UsageError(f"--set says twice what {twice}.availability is: leave one of them out")
        down, without = failing(scope, self.down), failing(scope, self.without, "--without")
        stated = {
            address: availability
            for selector, _, availability in self.stated
            for address in sorted(_to_be_set(scope, selector))
        }
        return Question(down, without, stated)

    def solver(self) -> Solver:
        """A solver that may spend as much as was said."""
        from mofconf.analyses.dependability.solving import Solver

        return Solver(self.nodes)

    @property
    def nodes(self) -> int:
        """The budget."""
        from mofconf.analyses.dependability.study import BUDGET

        return self.budget or BUDGET


def what_if(*names: str) -> Callable[[Command], Command]:
    """The options for a command, all or those that are named. It is given a `WhatIf` as ``supposed``."""

    def add(command: Command) -> Command:
        def supposing(*arguments: Any, **given: Any) -> Any:
            said = {name: given.pop(_KEYS.get(name, name)) for name in names or OPTIONS}
            said["stated"] = tuple(map(_stated, said.pop("set", ())))
            return command(*arguments, supposed=WhatIf(**said), **given)

        wrapped: Any = update_wrapper(supposing, command)
        for name in reversed(names or OPTIONS):
            wrapped = _OPTIONS[name](wrapped)
        return wrapped  # type: ignore[no-any-return]  # what click makes of a function takes the same place

    return add


_KEYS = {"set": "stated"}
_OPTIONS: dict[str, Callable[[Any], Any]] = {
    "down": click.option(
        "--down", multiple=True, metavar="SELECTOR", help="What if this has failed for good; several are fine."
    ),
    "without": click.option(
        "--without",
        multiple=True,
        metavar="SELECTOR",
        help="What if this did not exist, and nothing needed it; several are fine.",
    ),
    "set": click.option(
        "--set",
        "stated",
        multiple=True,
        metavar="X.availability=FIGURE",
        help="What if it were so: 99.9%, 99%..99.9%, or '{percent: 99.9%, mttr: 1h}'; several are fine.",
    ),
    "budget": click.option(
        "--budget",
        type=Number(1_000, 1 << 30),
        metavar="NODES",
        help="How many nodes all decision diagrams together may have. More takes more memory, and gets further before "
        "figures become bounds.  [default: 16,777,216]",
    ),
}


def asked_about(scope: Scope, selectors: Collection[str], question: Question) -> list[str]:
    """The services, assets and locations that selectors match; what is supposed not to be there left out."""
    chosen = choose(scope._replace(about=WORKING), *selectors)
    working = [one for one in sorted(chosen) if one.startswith(WORKING)]
    if not working:
        raise click.UsageError(f"no service, asset or location matches {' '.join(selectors)}: {_SHOWS}")
    left = [one for one in working if one not in question.without]
    if not left:
        raise click.UsageError(
            f"all that {' '.join(selectors)} matches is taken out by --without: ask about something else"
        )
    return left


def services(scope: Scope, question: Question) -> list[str]:
    """All services, but for those that are supposed not to be there."""
    entries = scope.catalog.entries
    return [one for one in sorted(entries) if one.startswith("Service/") and one not in question.without]


def the_one(scope: Scope, selector: str, question: Question, command: str) -> str:
    """The one service, asset or location that a command is about."""
    chosen = sorted(choose(scope._replace(about=WORKING), selector))
    if not chosen:
        raise click.UsageError(f"nothing matches {selector}: {_SHOWS}")
    if len(chosen) > 1:
        raise click.UsageError(
            f"{command} wants one service, asset or location, and {selector} matches {len(chosen)} resources: "
            f"mofconf list '{selector}' shows them"
        )
    _check_works(chosen, selector, command)
    if chosen[0] in question.without:
        raise click.UsageError(f"{chosen[0]} is asked about, and taken out by --without: leave one of the two out")
    return chosen[0]


_SHOWS = "mofconf list shows what there is"


def failing(scope: Scope, selectors: Collection[str], option: str = "--down") -> frozenset[str]:
    """What selectors match, and the instances of that."""
    from mofconf.analyses.impact import with_instances

    return frozenset[str]().union(
        *(with_instances(scope.graph, _matched(scope, one, option)) for one in selectors),
    )


def _matched(scope: Scope, selector: str, option: str) -> frozenset[str]:
    found = choose(scope._replace(about=WORKING), selector)
    if not found:
        raise click.UsageError(f"nothing matches {selector}: {_SHOWS}")
    return _check_works(found, selector, option)


def _check_works(found: Collection[str], selector: str, who: str) -> frozenset[str]:
    """What works or does not among what a selector matches; ``who`` wants at least one of these."""
    working = frozenset(one for one in found if one.startswith(WORKING))
    if not working:
        said = "is none" if {*found} == {selector} else f"matches {min(found)}"
        raise click.UsageError(f"{who} wants a service, an asset or a location, and {selector} {said}")
    return working


def _to_be_set(scope: Scope, selector: str) -> frozenset[str]:
    """What has a figure of its own among what a selector matches.

    Of many instances each one has, unless a contract promises something of all of them together.
    """
    from mofconf.analyses.dependability.inputs import Inputs
    from mofconf.analyses.impact import with_instances

    wholes = Inputs(scope.catalog, scope.graph).graph.wholes
    found = _matched(scope, selector, "--set")
    return (found | with_instances(scope.graph, found & wholes)) - wholes


def _stated(text: str) -> tuple[str, str, Availability]:
    """What an option ``--set X.availability=FIGURE`` says."""
    field, equals, figure = text.rpartition("=")
    selector, dot, name = field.strip().rpartition(".")
    if not equals:
        raise _wrong(text, "there is no = in it")
    if not dot or name != "availability" or not selector:
        said = (
            f"{field.strip()} is not the availability of something" if field.strip() else "nothing stands before the ="
        )
        raise _wrong(text, said)
    return selector, figure.strip(), _availability(text, figure.strip())


def _availability(text: str, figure: str) -> Availability:
    from mofconf.kinds.availability import read_availability

    try:
        return read_availability(figure)
    except ValueError as error:
        raise click.BadParameter(f"{text}: {error}", param_hint="--set") from None


def _wrong(text: str, why: str) -> click.BadParameter:
    step = "write for example Asset/db.availability=99.9% or 'Asset/db.availability={percent: 99.9%, mttr: 1h}'"
    return click.BadParameter(f"{text}: {why}; {step}", param_hint="--set")
