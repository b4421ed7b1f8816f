"""Promises against their chain: the numbers are those of the framework's facts, or small enough to work out by hand."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from math import exp
from pathlib import Path

import pytest
from commands import run
from estates import TODAY, estate, findings, told
from hypothesis import given
from hypothesis import strategies as st

from mofconf.analyses.dependability.wording import percent
from mofconf.analyses.promises.availability import allowed
from mofconf.analyses.promises.hours import Clock, Hours, gap, slowest
from mofconf.analyses.promises.promising import Promises
from mofconf.analyses.promises.results import CHECKS, Check, Promise


def promise(text: str, today: date = TODAY) -> Promise:
    """The one promise of an estate."""
    workspace = estate(text)
    [found] = Promises(workspace.catalog, workspace.graph, today).all()
    return found


def check(text: str, name: str, today: date = TODAY) -> Check:
    return promise(text, today).checks[name]


# --- the allowed downtime (table in section 5.3 of the framework's facts) -------------------------------------------

MONTH, YEAR, SHIFTS = timedelta(days=30), timedelta(days=365), timedelta(hours=220)


@pytest.mark.parametrize(
    ("target", "month", "year_in_hours", "shifts"),
    [
        ("0.99", 432, 87.6, 132),
        ("0.995", 216, 43.8, 66),
        ("0.999", 43.2, 8.76, 13.2),
        ("0.9995", 21.6, 4.38, 6.6),
        ("0.9999", 4.32, 0.876, 1.32),
    ],
)
def test_what_a_target_allows(target: str, month: float, year_in_hours: float, shifts: float) -> None:
    share = Decimal(target)
    found = [allowed(share, MONTH), allowed(share, YEAR) / 60, allowed(share, SHIFTS)]
    assert found == pytest.approx([month, year_in_hours, shifts], abs=1e-12)


# --- availability ---------------------------------------------------------------------------------------------------

DIAMOND = """kind: SLA
name: s
service: s
targets: {availability: TARGET, period: month}
---
kind: Service
name: s
availability: 100%
needs: [a, b]
---
kind: Asset
name: a
availability: 99.9%
needs: [d]
---
kind: Asset
name: b
availability: 99.9%
needs: [d]
---
kind: Asset
name: d
STATED
"""
"""The diamond of the analyses: 0.993010995 exactly, where multiplying along both branches gives 0.988."""


@pytest.mark.parametrize(
    ("target", "stated", "outcome"),
    [
        ("99.3%", "availability: 99.5%", "holds"),
        ("99.3010995%", "availability: 99.5%", "holds"),
        ("99.3010996%", "availability: 99.5%", "broken"),
        ("99.3%", "availability: {low: 99.4%, high: 99.6%}", "undecided"),
        ("99.5%", "availability: {low: 99.4%, high: 99.6%}", "broken"),
        ("99%", "availability: {low: 99.4%, high: 99.6%}", "holds"),
        ("99.3%", "title: nothing known", "undecided"),
        ("99.9%", "title: nothing known", "broken"),
    ],
)
def test_a_target_against_the_exact_figure(target: str, stated: str, outcome: str) -> None:
    text = DIAMOND.replace("TARGET", target).replace("STATED", stated)
    assert check(text, "availability").outcome.value == outcome
    rules = {one.rule for one in findings(text)} & {"broken-promise", "undecided-promise"}
    assert rules == {"broken": {"broken-promise"}, "undecided": {"undecided-promise"}}.get(outcome, set())


def test_what_would_decide_it() -> None:
    """0.999 x 0.999 x d = 0.993 where d = 0.993 / 0.998001."""
    found = check(DIAMOND.replace("TARGET", "99.3%").replace("STATED", "title: unknown"), "availability")
    [one] = found.inputs
    assert (one.address, one.what, one.low, one.high) == ("Asset/d", "availability", 0, 1)
    assert one.swing == pytest.approx(0.998001)
    assert one.holds_from == one.broken_below == pytest.approx(0.993 / 0.998001)


TWO_UNKNOWN = """kind: SLA
name: s
service: s
targets: {availability: 99.9%}
---
kind: Service
name: s
availability: 100%
needs:
  - anyOf: [a, b]
    failover: 100%
  - c
---
kind: Asset
name: a
availability: {low: 99%, high: 99.99%}
---
kind: Asset
name: b
---
kind: Asset
name: c
availability: {low: 99.95%, high: 99.99%}
"""


def test_inputs_come_by_what_hangs_on_them_and_say_which_are_enough() -> None:
    """Of the pair at least 0.9995 of c's share is left, so 0.999 / 0.9995 of the pair are enough."""
    found = check(TWO_UNKNOWN, "availability").inputs
    assert [one.address for one in found] == ["Asset/b", "Asset/a", "Asset/c"]
    by_address = {one.address: one for one in found}
    assert by_address["Asset/a"].holds_from == pytest.approx(0.999 / 0.9995)
    pair = 0.999 / 0.9995
    assert by_address["Asset/b"].holds_from == pytest.approx((pair - 0.99) / 0.01)
    assert by_address["Asset/c"].holds_from is None


def test_a_figure_that_is_not_known_at_all_is_said_once() -> None:
    text = "".join(
        f"---\nkind: SLA\nname: s{n}\nservice: x{n}\ntargets: {{availability: 99%}}\n"
        f"---\nkind: Service\nname: x{n}\nneeds: [y]\n"
        for n in range(3)
    )
    [said] = told(text + "---\nkind: Asset\nname: y\n", "undecided-promise")
    assert "nothing behind Service/x0 states an availability (and so it is with 2 more)" in said


@pytest.mark.parametrize(
    ("needs", "outcome", "words"),
    [
        ("[{atLeast: 2, of: [y, z]}]", "broken", "does not reach"),  # nobody declares z: it is down for good
        ("[{ref: w, effect: degrades}]", "undecided", "nothing behind Service/x states an availability"),
        ("[w]", "undecided", "availability of Service/x is not stated"),
    ],
)
def test_what_is_not_known_at_all_may_still_be_down_for_good(needs: str, outcome: str, words: str) -> None:
    text = (
        f"kind: SLA\nname: s\nservice: x\ntargets: {{availability: 99%}}\n---\nkind: Service\nname: x\nneeds: {needs}\n"
    )
    text += "---\nkind: Asset\nname: y\n---\nkind: Asset\nname: w\navailability: 99.9%\n"
    found = check(text, "availability")
    assert (found.outcome.value, words in found.reason) == (outcome, True), found.reason


def test_an_unknown_beside_a_contract_says_who_could_state_it() -> None:
    text = DIAMOND.replace("TARGET", "99%").replace("STATED", "supplier: p")
    text += "---\nkind: Partner\nname: p\n---\nkind: Contract\nname: c\npartner: p\ncovers: [d]\n"
    [found] = findings(text, "undecided-promise")
    assert found.hint == "Contract/c covers Asset/d, and could say targets.availability"


@pytest.mark.parametrize(
    ("share", "beside", "said"),
    [
        (0.9994804171857443, 0.999, "99.948%"),
        (0.99899999, 0.999, "99.899999%"),
        (0.999, None, "99.9%"),
        (1.0, None, "100%"),
        (0.0000001234, None, "0.0000123%"),
        (1e-20, None, "less than 0.000000000000001%"),
    ],
)
def test_a_percentage_never_looks_like_what_it_is_not(share: float, beside: float | None, said: str) -> None:
    assert percent(share, beside) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.99982123, "99.9822%"), (0.998, "99.8%"), (0.993 / 0.998001, "99.499%"), (0.9998212, "99.9822%")],
)
def test_what_is_asked_for_is_never_less_than_enough(share: float, said: str) -> None:
    assert percent(share, enough=True) == said
    assert float(said[:-1]) / 100 >= share - 1e-15


# --- hours ----------------------------------------------------------------------------------------------------------

CALENDARS = """kind: Calendar
name: berlin
zone: Europe/Berlin
hours: {monday: ["09:00-17:00"]}
---
kind: Calendar
name: berlin-long
zone: Europe/Berlin
hours: {monday: ["08:00-12:00", "12:00-18:00"]}
---
kind: Calendar
name: utc-summer
zone: UTC
hours: {monday: ["07:00-15:00"]}
---
kind: Calendar
name: utc-both
zone: UTC
hours: {monday: ["07:00-16:00"]}
---
kind: Calendar
name: closed-once
zone: Europe/Berlin
hours: {monday: ["09:00-17:00"]}
holidays: [2026-12-28]
---
kind: Calendar
name: always
zone: Europe/Berlin
hours: {monday: ["00:00-24:00"], tuesday: ["00:00-24:00"], wednesday: ["00:00-24:00"], thursday: ["00:00-24:00"],
  friday: ["00:00-24:00"], saturday: ["00:00-24:00"], sunday: ["00:00-24:00"]}
"""


@pytest.mark.parametrize(
    ("inner", "outer", "lies_within"),
    [
        ("berlin", "24x7", True),
        ("24x7", "berlin", False),
        ("24x7", "always", True),
        ("berlin", "berlin-long", True),
        ("berlin-long", "berlin", False),
        ("berlin", "utc-summer", False),  # in winter 09:00 in Berlin is 08:00 UTC, and 17:00 is 16:00
        ("berlin", "utc-both", True),
        ("berlin", "closed-once", False),
        ("closed-once", "berlin", True),
    ],
)
def test_hours_are_compared_as_real_time(inner: str, outer: str, lies_within: bool) -> None:  # noqa: FBT001  # a table
    first, second = (hours(name) for name in (inner, outer))
    assert (gap(first, second) is None) is lies_within


def hours(name: str) -> object:
    workspace = estate(CALENDARS)
    found = Clock(workspace.catalog, workspace.graph, TODAY).named(name if name == "24x7" else f"Calendar/{name}")
    assert found is not None
    return found


def test_a_tier_that_closes_makes_others_wait() -> None:
    """Two hours of a tier that is open on Mondays from 9 to 17 may begin when it closes: all week, and two hours."""
    week = 7 * 24 * 60
    assert slowest(120, hours("berlin"), hours("24x7")) == week - 8 * 60 + 120 + 60  # and the clock goes back once
    assert slowest(120, hours("24x7"), hours("berlin")) == 120


SPANS = st.lists(st.integers(0, 60), min_size=2, max_size=8, unique=True).map(sorted)


@given(SPANS, SPANS, st.integers(0, 20))
def test_the_worst_moment_to_begin(tier: list[int], clock: list[int], minutes: int) -> None:
    """Every moment is tried: the clock of the one that is promised goes on while the tier works, and while it waits."""
    theirs, ours = ([any(s <= t < e for s, e in pairs(one)) for t in range(60)] for one in (tier, clock))
    worst = None
    for begin in range(60):
        left, now, done = minutes, begin, None
        while now < 60 and (left or not theirs[now]):  # at the very end of its hours it is not quite done
            left -= theirs[now]
            now += 1
            done = now if not left and theirs[now - 1] else done
        done = now if now < 60 else done
        if done is not None and not left:
            worst = max(worst or 0, sum(ours[begin:done]))
    found = slowest(minutes, of_spans("tier", pairs(tier)), of_spans("clock", pairs(clock)))
    if all(one or not other for one, other in zip(theirs, ours, strict=True)):
        assert found == minutes
    elif sum(theirs) < minutes:
        assert found is None
    else:
        assert found == worst


def pairs(edges: list[int]) -> list[tuple[int, int]]:
    return list(zip(edges[::2], edges[1::2], strict=False))


def of_spans(name: str, spans: list[tuple[int, int]]) -> Hours:
    before = tuple(sum(end - start for start, end in spans[:index]) for index in range(len(spans)))
    return Hours(name, "UTC", tuple(spans), before)


# --- the vector of the framework's facts: desk 15 + OLA 90 + contract 120 = 225 of 240 minutes ----------------------

CHAIN = """kind: SLA
name: s
service: s
hours: 24x7
respond: {"1": 15m}
restore: {"1": RESTORE}
expires: 2028-12-31
---
kind: Service
name: s
owner: shop
needs: [d]
---
kind: Asset
name: d
owner: data
supplier: p
---
kind: OLA
name: desk
team: desk
hours: 24x7
respond: {"1": 15m}
---
kind: OLA
name: data
team: data
supports: [d]
hours: HOURS
restore: {"1": 90m}
expires: 2029-12-31
---
kind: Contract
name: p
partner: p
covers: [d]
hours: 24x7
restore: {"1": 2h}
expires: EXPIRES
---
kind: Partner
name: p
---
kind: Team
name: desk
roles: [{cluster: support, function: service-desk}]
---
kind: Team
name: data
---
kind: Team
name: shop
---
kind: Calendar
name: office
hours: {monday: ["09:00-17:00"]}
"""


def chain(restore: str = "4h", hours: str = "24x7", expires: str = "2029-12-31", without: str = "") -> str:
    text = CHAIN.replace("RESTORE", restore).replace("HOURS", hours).replace("EXPIRES", expires)
    return text.replace(without, "") if without else text


UNREAD = "---\nkind: OLA\nname: e\nteam: data\nsupports: [d]\nrestore: soon\n"
PENALTIES = "service: s\npenalties: [10% of the month's fee]"
OLA_TIME = 'restore: {"1": 90m}\n'


@pytest.mark.parametrize(
    ("name", "text", "outcome", "words"),
    [
        ("restore", chain("240m"), "holds", "15 + 90 + 120 = 225 of 240 minutes"),
        ("restore", chain("225m"), "holds", "225 of 225"),
        ("restore", chain("224m"), "broken", "15 + 90 + 120 = 225 minutes"),
        ("restore", chain(without=OLA_TIME), "undecided", "OLA/data says nothing of priority 1 under restore"),
        ("restore", chain("2h", without=OLA_TIME), "broken", "15 + ? + 120"),
        ("restore", chain(hours="office"), "broken", "and 240 are promised"),
        ("response", chain(), "holds", "15 of 15 minutes"),
        ("response", chain().replace('{"1": 15m}\nrestore', '{"1": 10m}\nrestore', 1), "broken", "10 are promised"),
        ("hours", chain(), "holds", "24x7"),
        ("hours", chain(hours="office"), "broken", "the support hours of OLA/data are office"),
        ("hours", chain(without="hours: office\n", hours="office"), "undecided", "OLA/data states no support hours"),
        ("cover", chain(), "holds", "has agreed"),
        ("cover", chain(without="supports: [d]\n"), "broken", "Team/data answers for Asset/d, and no OLA covers that"),
        ("cover", chain(without="covers: [d]\n"), "broken", "Partner/p supplies Asset/d, and no contract covers that"),
        ("cover", chain(without="supports: [d]\n") + UNREAD, "undecided", "as far as is known: OLA/e cannot be read"),
        ("restore", chain(without="supports: [d]\n"), "undecided", "Team/data has agreed to no time to restore"),
        ("restore", chain(without="covers: [d]\n"), "undecided", "Partner/p has agreed to no time to restore"),
        ("restore", chain("2h", without="supports: [d]\n"), "broken", "and 120 are promised"),
        ("dates", chain(), "holds", "nothing behind it ends before it does"),
        ("dates", chain(expires="2027-12-31"), "broken", "Contract/p ends on 2027-12-31"),
        ("dates", chain(expires="2025-12-31"), "broken", "Contract/p ended on 2025-12-31"),
        ("penalties", chain(), "not applicable", "it promises no penalties"),
        (
            "penalties",
            chain().replace("service: s", PENALTIES),
            "broken",
            "and Contract/p does not say what its own costs",
        ),
        (
            "penalties",
            chain().replace("service: s", PENALTIES).replace("partner: p\n", "partner: p\npenalties: [5%]\n"),
            "holds",
            "every contract behind it says what a breach costs",
        ),
        ("availability", chain(), "not applicable", "promises no availability"),
        ("recovery", chain(), "not applicable", "promises no recovery"),
    ],
)
def test_each_check_of_the_chain(name: str, text: str, outcome: str, words: str) -> None:
    found = check(text, name)
    assert (found.outcome.value, words in found.reason) == (outcome, True), found.reason


@pytest.mark.parametrize("effect", ["none", "degrades"])
def test_a_need_without_effect_carries_nothing(effect: str) -> None:
    text = chain(without="supports: [d]\n").replace("needs: [d]", f"needs: [{{ref: d, effect: {effect}}}]")
    assert check(text, "cover").outcome.value == ("not applicable" if effect == "none" else "broken")


OTHER = """---
kind: SLA
name: other
service: x
restore: {"1": 4h}
---
kind: Service
name: x
owner: shop
needs: [y]
---
kind: Asset
name: y
owner: shop
"""


def test_what_another_promise_stands_on_says_nothing_of_this_one() -> None:
    """One whose chain states no times at all: without a desk nothing is added up, and nothing can be said."""
    text = chain(without="roles: [{cluster: support, function: service-desk}]\n") + OTHER
    workspace = estate(text)
    found = Promises(workspace.catalog, workspace.graph, TODAY).check("SLA/other", "restore")
    assert (found.outcome.value, found.reason) == ("undecided", "no agreement behind it says how long a repair takes")


@pytest.mark.parametrize("calendar", ["hours: {}\n", 'hours: {friday: ["09:00-09:01"]}\n'])
def test_a_tier_that_hardly_ever_works_breaks_what_is_promised(calendar: str) -> None:
    text = chain(hours="office").replace('hours: {monday: ["09:00-17:00"]}\n', calendar)
    found = check(text, "restore")
    assert found.outcome.value == "broken"
    assert "may take more than a year" in found.reason
    [point] = found.points
    assert point.numbers == {"promised": 240}


@pytest.mark.parametrize("today", [date.min, date.max])
def test_promises_can_be_asked_of_any_day(today: date) -> None:
    assert check(chain(hours="office"), "hours", today).outcome.value in ("broken", "not applicable")


def test_what_an_ended_promise_stands_on_is_not_counted() -> None:
    text = chain(without="supports: [d]\n") + OTHER.replace("name: y\nowner: shop", "name: y\nowner: data")
    [both] = told(text, "uncovered-by-agreement")
    assert "stand on Asset/d and 1 more" in both
    [one] = told(text.replace("name: other\n", "name: other\nexpires: 2025-01-01\n"), "uncovered-by-agreement")
    assert "SLA/s stands on Asset/d, and no OLA" in one


def test_times_beyond_all_calendars() -> None:
    far = "notice: 900000d\nreview: {every: 3000000d, last: 2020-01-01}\n---\nkind: Partner"
    assert check(chain().replace("---\nkind: Partner", far), "dates").outcome.value == "holds"


def test_an_sla_that_has_ended_promises_nothing() -> None:
    found = promise(chain(), date(2030, 1, 1))
    assert {one.outcome.value for one in found.checks.values()} == {"not applicable"}
    assert list(found.checks) == list(CHECKS)


def test_what_breaks_shows_the_way() -> None:
    [point, *_] = check(chain(without="supports: [d]\n"), "cover").points
    assert [(step.source, step.targets) for step in point.way] == [("Service/s", ("Asset/d",))]


# --- the rules do not say the same thing twice ----------------------------------------------------------------------


def test_what_has_ended_is_not_said_to_end_first() -> None:
    text = chain(expires="2025-12-31")
    assert told(text, "agreement-expires-first") == []
    assert len(told(text, "expired-agreement")) == 1


def test_a_supplier_without_a_contract_has_its_own_rule() -> None:
    text = chain(without="covers: [d]\n")
    assert told(text, "uncovered-by-agreement") == []
    assert len(told(text, "uncovered-dependency-on-partner")) == 1


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        ("[a]", {"single-instance-behind-vital-service Asset/a"}),  # and neither the rack nor the hall that it is in
        ("[{anyOf: [a, b]}]", {"single-point-of-failure Location/rack"}),  # and not the hall, which the rack implies
        ("[{anyOf: [a, c]}]", {"single-point-of-failure Location/hall"}),
        ("[x]", {"single-point-of-failure Service/x"}),  # and not what x itself buys
        ("[{anyOf: [x, z]}]", {"single-point-of-failure Service/y"}),
        ("[d]", {"single-instance-behind-vital-service Asset/d"}),  # and not the outside service that it needs
        ("[d, y]", {"single-instance-behind-vital-service Asset/d"}),
        ("[a, y]", {"single-instance-behind-vital-service Asset/a", "single-point-of-failure Service/y"}),
        ("[k]", {"single-point-of-failure Service/k"}),  # k and l need each other: one of them is enough
    ],
)
def test_what_alone_takes_something_down_is_said_once(needs: str, said: set[str]) -> None:
    text = f"""kind: Service
name: s
owner: t
criticality: vital
needs: {needs}
---
{{kind: Team, name: t}}
---
{{kind: Partner, name: p}}
---
{{kind: Location, name: hall}}
---
{{kind: Location, name: rack, partOf: hall}}
---
{{kind: Asset, name: a, location: rack}}
---
{{kind: Asset, name: b, location: rack}}
---
{{kind: Asset, name: c, location: hall}}
---
{{kind: Asset, name: d, needs: [y]}}
---
{{kind: Service, name: x, owner: t, supplier: p, needs: [y]}}
---
{{kind: Service, name: y, owner: t, supplier: p}}
---
{{kind: Service, name: z, owner: t, supplier: p, needs: [y]}}
---
{{kind: Service, name: k, owner: t, supplier: p, needs: [l]}}
---
{{kind: Service, name: l, owner: t, supplier: p, needs: [k]}}
"""
    about = ("single-point-of-failure", "single-instance-behind-vital-service")
    found = [f"{one.rule} {one.address}" for one in findings(text) if one.rule in about]
    assert sorted(found) == sorted(said)


# --- the command ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("target", "code", "state"), [("99.3%", 0, "holds"), ("99.4%", 1, "broken")])
def test_the_command_fails_when_a_promise_is_broken(tmp_path: object, target: str, code: int, state: str) -> None:
    folder = _folder(tmp_path, DIAMOND.replace("TARGET", target).replace("STATED", "availability: 99.5%"))
    said = run("-C", folder, "promises", "-o", "json", code=code)
    assert said.data["verdict"]["state"] == state
    [one] = said.data["data"]["promises"]
    assert one["low"] == one["high"] == pytest.approx(0.993010995, abs=1e-12)
    assert [check["name"] for check in one["checks"]] == list(CHECKS)


def test_a_selector_may_name_sla_service_or_customer(tmp_path: object) -> None:
    text = DIAMOND.replace("TARGET", "99%").replace("STATED", "availability: 99.5%")
    folder = _folder(
        tmp_path, text.replace("service: s\n", "service: s\ncustomers: [c]\n") + "---\nkind: Customer\nname: c\n"
    )
    for selector in ("SLA/s", "Service/s", "Customer/c"):
        assert "99.301% computed, 99% promised" in run("-C", folder, "promises", selector, code=0).out
    assert "matches no SLA" in run("-C", folder, "promises", "Asset/d", code=2).err


def _folder(where: object, text: str) -> str:
    from pathlib import Path

    (Path(str(where)) / "catalog").mkdir()
    (Path(str(where)) / "catalog" / "a.yaml").write_text(text)
    return str(where)


def test_a_contract_that_leads_nowhere_yet_is_no_crash() -> None:
    """As `mofconf new contract` writes it, before its partner is declared."""
    text = "kind: Contract\nname: hostco\npartner: hostco\ncovers: []\ntargets: {availability: 99.9%}\n"
    assert {one.rule for one in findings(text)} == {"wrong-kind-of-reference"}


TWO_OF_A_NAME = (
    "kind: Service\nname: shop\nowner: t\navailability: 99.9%\nneeds: [{ref: db, tolerates: 1h}]\n---\n"
    "kind: Asset\nname: db\navailability: {percent: 99%, mttr: 2h}\nrecoveryTime: 2h\n---\nkind: Team\nname: t\n---\n"
    "kind: SLA\nname: shop\nservice: shop\ncustomers: [c]\ntargets: {availability: 99%}\nrecovery: {rto: 1m}\n---\n"
    "kind: Customer\nname: c\n"
)


def test_a_name_means_what_a_command_is_about(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(TWO_OF_A_NAME, encoding="utf-8")
    asked = ("availability", "cuts", "importance", "recovery")
    for command in asked:
        assert "Service/shop" in run("-C", tmp_path, command, "shop", code=None).out
    assert run("-C", tmp_path, "promises", "shop", "-o", "json", code=None).data["data"]["promises"]
    assert "ambiguous" in run("-C", tmp_path, "impact", "shop", code=2).err


SUPPOSED = """kind: SLA
name: s
service: shop
customers: [c]
targets: {availability: 99%, period: month}
recovery: {rto: 4h}
---
kind: Service
name: shop
owner: web
availability: 99.9%
recoveryTime: 5m
needs:
  - db
  - {anyOf: [cache, spare]}
---
kind: Asset
name: db
owner: web
availability: {percent: 99.9%, mttr: 1h}
---
kind: Asset
name: cache
owner: others
availability: {percent: 98%, mttr: 8h}
---
kind: Asset
name: spare
owner: web
availability: {percent: 98%, mttr: 2h}
---
{kind: Team, name: web}
---
{kind: Team, name: others}
---
{kind: Customer, name: c}
"""


@pytest.mark.parametrize(
    ("asked", "outcomes", "reached"),
    [
        ((), {"availability": "holds", "recovery": "holds", "cover": "broken"}, 0.999 * 0.999 * (1 - 0.02 * 0.02)),
        # Nothing of the other team is behind it any more.
        (("--without", "Asset/cache"), {"availability": "broken", "recovery": "holds", "cover": "n/a"}, None),
        (("--set", "Asset/db.availability={percent: 99.9%, mttr: 8h}"), {"recovery": "broken"}, None),
        # One of two takes over at once, and down for good it is down all the time.
        (("--down", "Asset/cache"), {"availability": "broken", "recovery": "holds"}, 0.999 * 0.999 * 0.98),
        (("--down", "Asset/db"), {"availability": "broken", "recovery": "holds"}, 0.0),
        (("--without", "Service/shop"), dict.fromkeys(CHECKS, "n/a"), None),
    ],
)
def test_what_if_is_asked_of_all_of_a_promise(
    tmp_path: Path, asked: tuple[str, ...], outcomes: dict[str, str], reached: float | None
) -> None:
    folder = _folder(tmp_path, SUPPOSED)
    [found] = run("-C", folder, "promises", *asked, "-o", "json", code=None).data["data"]["promises"]
    said = {one["name"]: one["outcome"].replace("not applicable", "n/a") for one in found["checks"]}
    assert {name: said[name] for name in outcomes} == outcomes
    if reached is not None:
        assert (found["low"], found["high"]) == pytest.approx((reached, reached), abs=1e-12)


def test_the_recovery_from_what_is_down(tmp_path: Path) -> None:
    """All of it is to be restored, and of a group what is back first counts; or only what is down is."""
    folder = _folder(tmp_path, SUPPOSED)
    cases: list[tuple[tuple[str, ...], str]] = [((), "after 2h5m"), (("--down", "Asset/db"), "after 1h5m")]
    for asked, said in cases:
        assert said in run("-C", folder, "promises", *asked, code=None).out


def test_another_figure_leaves_the_time_of_a_repair(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(TWO_OF_A_NAME, encoding="utf-8")
    made = run("-C", tmp_path, "availability", "shop", "--set", "Asset/db.availability=98%", "-o", "json", code=0).data
    found = made["data"]["resources"][0]["available"]
    # Of the share of time that db is down, outages of more than an hour have e to the minus 1/2.
    assert found["low"] == found["high"] == pytest.approx(0.999 * (1 - 0.02 * exp(-1 / 2)), abs=1e-12)


def test_a_promise_that_is_broken_leaves_with_one_whatever_breaks_it(tmp_path: Path) -> None:
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "a.yaml").write_text(TWO_OF_A_NAME, encoding="utf-8")
    made = run("-C", tmp_path, "promises", "-o", "json", code=None).data
    [promise] = made["data"]["promises"]
    assert promise["verdict"] == made["verdict"]["state"] == "broken"
    run("-C", tmp_path, "promises", code=1)
    run("-C", tmp_path, "promises", "--fail-on", "never", code=0)
