"""Every rule against its own examples, and against cases that somebody else thought of."""

from __future__ import annotations

import re
from datetime import date

import pytest
from estates import TODAY, estate, files_of, findings, load_files, marked

from mofconf.diagnostic import Severity
from mofconf.kinds.settings import Settings
from mofconf.rules import RULES, judge
from mofconf.rules.rule import Rule
from mofconf.workspace import Workspace

every_rule = pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))

# --- what every rule brings with it ---------------------------------------------------------------------------------


@every_rule
def test_the_bad_example_is_found_where_it_is_marked(rule: Rule) -> None:
    wanted = marked(rule.bad, rule.name)
    assert wanted, "the bad example marks no line"
    found = [(one.place.file, one.place.line) for one in findings(rule.bad, rule.name) if one.place]
    assert found == wanted


@every_rule
def test_the_good_example_is_good(rule: Rule) -> None:
    assert rule.good.strip()
    assert findings(rule.good, rule.name) == ()


@every_rule
def test_examples_have_no_other_errors_than_what_they_leave_out(rule: Rule) -> None:
    """An example is short, so an owner may dangle. Anything else that is wrong with it teaches something wrong."""
    spared = {rule.name, "dangling-reference", "ownerless-service", "unreadable-document"}
    assert {one.rule for one in findings(rule.good) if one.severity is Severity.ERROR} <= spared - {rule.name}
    assert {one.rule for one in findings(rule.bad) if one.severity is Severity.ERROR} <= spared


@every_rule
def test_a_rule_explains_itself(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z].*[.]", rule.summary), rule.summary
    assert len(rule.summary) <= 100, "the summary is a line in a list"
    self_evident = {"ambiguous-reference", "containment-cycle", "contradicting-values"} | {
        "invalid-value",
        "missing-field",
        "self-reference",
        "wrong-kind-of-reference",
    }
    assert rule.reason or rule.name in self_evident
    assert "\N{EM DASH}" not in rule.summary + rule.reason


@every_rule
def test_a_finding_says_what_to_do_next(rule: Rule) -> None:
    for one in findings(rule.bad, rule.name):
        assert one.message
        assert one.hint or "write " in one.message, one.message
        assert "\N{EM DASH}" not in one.message + one.hint
        assert one.place is not None
        assert one.place.file in files_of(rule.bad)


@every_rule
def test_a_rule_can_be_made_milder_or_switched_off(rule: Rule) -> None:
    workspace = estate(rule.bad)
    usual = [one for one in judge(workspace, TODAY) if one.rule == rule.name]
    assert {one.severity for one in usual} == {rule.severity}
    for severity in Severity:
        chosen = judge(workspace, TODAY, severe(workspace, rule, severity.word))
        chosen = tuple(one for one in chosen if one.rule == rule.name)
        assert chosen == tuple(one._replace(severity=severity) for one in usual)
    assert not [one for one in judge(workspace, TODAY, severe(workspace, rule, "off")) if one.rule == rule.name]


def severe(workspace: Workspace, rule: Rule, severity: str) -> Settings:
    """The settings of a workspace with another severity for one rule."""
    return workspace.settings._replace(severities={rule.name: severity})


def test_the_project_chooses_severities() -> None:
    text = "# file: mofconf.yaml\nkind: Project\nname: p\nseverities: {ownerless-service: SEVERITY}\n"
    text += "# file: catalog/a.yaml\nkind: Service\nname: web\n"
    for word in ("error", "warning", "note"):
        [one] = findings(text.replace("SEVERITY", word), "ownerless-service")
        assert one.severity.word == word
    assert findings(text.replace("SEVERITY", "off")) == ()
    assert "invalid-value" in {one.rule for one in findings(text.replace("SEVERITY", "fatal"))}


# --- cases ----------------------------------------------------------------------------------------------------------

CREW = "---\nkind: Team\nname: crew\n"

TWO_CARRIERS = """---
kind: Asset
name: b
location: {}
---
kind: Asset
name: c
location: {}
---
kind: Location
name: r1
partOf: dc
---
kind: Location
name: r2
partOf: dc
---
kind: Location
name: dc
---
kind: Location
name: dc2
"""

# rule, estate, and for each finding: line, and words that its message and hint hold between them
CASES: dict[str, tuple[str, str, tuple[tuple[int, str], ...]]] = {
    # -- references
    "a misspelt name": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [paymnts]\n---\nkind: Service\nname: payments\n",
        ((3, "did you mean payments?"),),
    ),
    "a misspelt address": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [Service/paymnts]\n---\nkind: Service\nname: payments\n",
        ((3, "Service/paymnts does not exist; did you mean Service/payments?"),),
    ),
    "a misspelt address of another kind": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [Service/paymnts]\n---\nkind: Asset\nname: payments\n",
        ((3, "did you mean Asset/payments?"),),
    ),
    "a misspelt kind": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [Sevice/payments]\n---\nkind: Service\nname: payments\n",
        ((3, "there is no Service or Asset Sevice/payments; did you mean payments?"),),
    ),
    "an address like another only in its kind": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [Service/x]\n---\nkind: Service\nname: y\n",
        ((3, "Service/x does not exist; declare it, or take the line out"),),
    ),
    "a misspelt name in a namespace": (
        "dangling-reference",
        "kind: Service\nname: a\nowner: ns/team-tenat\n---\nkind: Team\nname: ns/team-tenet\n",
        ((3, "did you mean ns/team-tenet?"),),
    ),
    "a misspelt name of something in a namespace": (
        "dangling-reference",
        "kind: Service\nname: a\nowner: team-tenat\n---\nkind: Team\nname: ns/team-tenet\n",
        ((3, "did you mean ns/team-tenet?"),),
    ),
    "a misspelt name in another namespace": (
        "dangling-reference",
        "kind: Service\nname: a\nowner: Team/platfrom\n---\nkind: Team\nname: eu/platform\n",
        ((3, "did you mean Team/eu/platform?"),),
    ),
    "a misspelt name of two kinds": (
        "dangling-reference",
        (
            "kind: Service\nname: a\nneeds: [paymnts]\n---\nkind: Service\nname: payments\n---\n"
            "kind: Asset\nname: payments\n"
        ),
        ((3, "did you mean Asset/payments or Service/payments?"),),
    ),
    "a misspelt name in a Backstage catalogue": (
        "dangling-reference",
        (
            "# file: mofconf.yaml\nkind: Project\nname: p\nsources: [{files: c.yaml, format: backstage}]\n"
            "# file: c.yaml\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: {name: a}\n"
            "spec: {type: service, lifecycle: production, owner: group:eu/team-tenat}\n---\n"
            "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {name: team-tenet, namespace: eu}\n"
            "spec: {type: team, children: []}\n"
        ),
        ((4, "did you mean eu/team-tenet?"),),
    ),
    "a name that resembles nothing": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [zebra]\n---\nkind: Service\nname: payments\n",
        ((3, "there is no Service or Asset zebra"),),
    ),
    "each member of a group": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds:\n  - anyOf:\n    - x\n    - y\n",
        ((5, "no Service or Asset x"), (6, "no Service or Asset y")),
    ),
    "once for all instances": (
        "dangling-reference",
        "kind: Asset\nname: a\nneeds: [x]\ninstances: {p: {}, q: {}}\n",
        ((3, "no Service or Asset x"),),
    ),
    "in one instance": (
        "dangling-reference",
        "kind: Asset\nname: a\ninstances:\n  p: {runsOn: x}\n  q: {}\n",
        ((4, "no Asset x"),),
    ),
    "a selector that matches nothing": (
        "dangling-reference",
        'kind: OLA\nname: a\nteam: crew\nsupports: {select: "label:tier=data"}\n' + CREW,
        ((4, "nothing matches 'label:tier=data'"),),
    ),
    "a selector that makes no sense": (
        "dangling-reference",
        'kind: OLA\nname: a\nteam: crew\nsupports: [{select: "kind=Asets"}]\n' + CREW,
        ((4, "there is no kind Asets: did you mean Asset?"),),
    ),
    "a selector for a place that is none": (
        "dangling-reference",
        'kind: OLA\nname: a\nteam: crew\nsupports: {select: "location:x*"}\n' + CREW,
        ((4, "nothing matches 'location:x*'"),),
    ),
    "what is unreadable is not dangling": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [b]\n---\nkind: Service\nname: b\ntitle: [\n",
        (),
    ),
    "what does not fit is not dangling": (
        "dangling-reference",
        "kind: Service\nname: a\nneeds: [b]\n---\nkind: Service\nname: b\nnonsense: 1\n",
        (),
    ),
    "24x7 is always there": (
        "dangling-reference",
        "kind: Service\nname: a\nhours: 24x7\n---\nkind: SLA\nname: s\nservice: a\nhours: Calendar/24x7\n",
        (),
    ),
    "any other calendar is not": (
        "dangling-reference",
        "kind: Service\nname: a\nhours: 24x5\n",
        ((3, "no Calendar 24x5"),),
    ),
    "24x7 is no customer": (
        "dangling-reference",
        "kind: Service\nname: a\ncustomers: [24x7]\n",
        ((3, "no Customer 24x7"),),
    ),
    "an address chooses": (
        "ambiguous-reference",
        "kind: Service\nname: a\nneeds: [Service/b]\n---\nkind: Service\nname: b\n---\nkind: Asset\nname: b\n",
        (),
    ),
    "the field chooses": (
        "ambiguous-reference",
        "kind: Asset\nname: a\nrunsOn: b\n---\nkind: Service\nname: b\n---\nkind: Asset\nname: b\n",
        (),
    ),
    "an ambiguous member lists the candidates": (
        "ambiguous-reference",
        "kind: Service\nname: a\nneeds: [{anyOf: [b, a2]}]\n---\nkind: Service\nname: b\n---\nkind: Asset\nname: b\n",
        ((3, "b could be Service/b or Asset/b; write the full address"),),
    ),
    "a former name of two": (
        "ambiguous-reference",
        (
            "kind: Service\nname: a\nneeds: [old]\n---\nkind: Service\nname: b\nformerly: [old]\n---\n"
            "kind: Service\nname: c\nformerly: [old]\n"
        ),
        ((3, "old could be Service/b or Service/c"),),
    ),
    "a former name as an address": (
        "former-name-used",
        "kind: Service\nname: a\nneeds: [Service/old]\n---\nkind: Service\nname: b\nformerly: [old]\n",
        ((3, "Service/old is now called Service/b; write Service/b"),),
    ),
    "a former name that somebody else has now": (
        "former-name-used",
        (
            "kind: Service\nname: a\nneeds: [old]\n---\nkind: Service\nname: b\nformerly: [old]\n---\n"
            "kind: Service\nname: old\n"
        ),
        (),
    ),
    "a former name of an instance": (
        "former-name-used",
        "kind: Service\nname: a\nneeds: [k3]\n---\nkind: Asset\nname: k\ninstances: {c: {formerly: [k3]}}\n",
        ((3, "k3 is now called Asset/k/c; write k/c"),),
    ),
    "an address of the wrong kind": (
        "wrong-kind-of-reference",
        "kind: Service\nname: a\nowner: Person/ana\n---\nkind: Person\nname: ana\n",
        ((3, "owner wants a Team, and Person/ana is none"),),
    ),
    "an address of the wrong kind that does not exist either": (
        "wrong-kind-of-reference",
        "kind: Service\nname: a\nneeds: [Team/nobody]\n",
        ((3, "Service or Asset"),),
    ),
    "within a field": (
        "wrong-kind-of-reference",
        "kind: Team\nname: t\nroles:\n  - cluster: release\n    lead: t\n",
        ((5, "a Person, and Team/t is none"),),
    ),
    "itself under a former name": (
        "self-reference",
        "kind: Service\nname: a\nformerly: [old]\nneeds: [old]\n",
        ((4, "Service/a refers to itself"),),
    ),
    "itself in a group": (
        "self-reference",
        "kind: Service\nname: a\nneeds: [{anyOf: [a, b]}]\n---\nkind: Service\nname: b\n",
        ((3, "Service/a refers to itself"),),
    ),
    "a location in itself": (
        "self-reference",
        "kind: Location\nname: a\npartOf: a\n",
        ((3, "Location/a refers to itself"),),
    ),
    "of the same name and another kind": (
        "self-reference",
        "kind: Service\nname: a\nneeds: [Asset/a]\n---\nkind: Asset\nname: a\n",
        (),
    ),
    # -- documents that do not fit
    "a field in a need": (
        "unknown-field",
        "kind: Service\nname: a\nneeds: [{ref: b, efect: none}]\n---\nkind: Service\nname: b\n",
        ((3, "needs[0] has no field efect; did you mean effect?"),),
    ),
    "a field in another case": (
        "unknown-field",
        "kind: Asset\nname: a\nrunson: b\n",
        ((3, "did you mean runsOn?"),),
    ),
    "a field as Python would write it": (
        "unknown-field",
        "kind: Asset\nname: a\nruns_on: b\n",
        ((3, "did you mean runsOn?"),),
    ),
    "a field that another kind has": (
        "unknown-field",
        "kind: Person\nname: a\nneeds: [b]\n",
        ((3, "Person has no field needs"),),
    ),
    "every unknown field": (
        "unknown-field",
        "kind: Service\nname: a\nx1: 1\nx2: 2\n",
        ((3, "x1"), (4, "x2")),
    ),
    "instances in an instance": (
        "unknown-field",
        "kind: Asset\nname: a\ninstances:\n  p:\n    instances: {q: {}}\n    up: {atLeast: 1}\n",
        ((5, "an instance has no field instances"), (6, "an instance has no field up")),
    ),
    "another name or kind for an instance": (
        "unknown-field",
        "kind: Asset\nname: a\ninstances:\n  p: {name: z}\n  q: {kind: Service}\n",
        ((4, "an instance has no field name"), (5, "an instance has no field kind")),
    ),
    "an enum value": (
        "invalid-value",
        "kind: Service\nname: a\ncriticality: vitl\n",
        ((3, "'vitl' is not one of vital, high, medium or low; did you mean vital?"),),
    ),
    "a number where a list belongs": (
        "invalid-value",
        "kind: Service\nname: a\nneeds: 5\n",
        ((3, "5 is not a list, write each item behind a dash"),),
    ),
    "an empty list is empty": (
        "invalid-value",
        "kind: Service\nname: a\nneeds:\n",
        ((3, "needs is empty; write a value, or leave the line out"),),
    ),
    "an optional field without a value": (
        "invalid-value",
        "kind: Service\nname: a\nowner:\ntitle: x\n",
        ((3, "owner is empty; write a value, or leave the line out"),),
    ),
    "an optional field that is null": (
        "invalid-value",
        "kind: Service\nname: a\nowner: null\nrecoveryTime: ~\nusers: Null\nup: NULL\n",
        ((3, "owner is empty"), (4, "recoveryTime is empty"), (5, "users is empty"), (6, "up is empty")),
    ),
    "a required field without a value": (
        "invalid-value",
        "kind: SLA\nname: a\nservice:\n",
        ((3, "service is empty; write a value, it cannot be left out"),),
    ),
    "a required field within a field without a value": (
        "invalid-value",
        "kind: Person\nname: a\nskills:\n- name:\n  expires:\n",
        ((4, "name is empty; it cannot be left out"), (5, "expires is empty; leave the line out")),
    ),
    "a value of its own form without a value": (
        "invalid-value",
        "kind: Asset\nname: a\navailability:\ncost:\n  amount:\n  currency:\n  per:\n",
        (
            (3, "availability is empty; leave the line out"),
            (5, "amount is empty; it cannot be left out"),
            (6, "currency is empty; it cannot be left out"),
            (7, "per is empty; leave the line out"),
        ),
    ),
    "a name without a value": (
        "invalid-value",
        "kind: Service\nname:\n",
        ((2, "name is empty; write a value, it cannot be left out"),),
    ),
    "a need without a value": (
        "invalid-value",
        "kind: Service\nname: a\nneeds:\n- null\n- ref:\n- {ref: b, failover: }\n",
        ((4, "needs[0] is empty"), (5, "ref is empty"), (6, "failover is empty")),
    ),
    "an empty entry in a list of references": (
        "invalid-value",
        "kind: Service\nname: a\ncustomers:\n- b\n-\nteams: [~]\n",
        ((5, "customers[1] is empty; write a value, or leave the line out"), (6, "teams[0] is empty")),
    ),
    "an empty member of a group": (
        "invalid-value",
        "kind: Service\nname: a\nneeds:\n- anyOf:\n  - b\n  - null\n",
        ((6, "anyOf[1] is empty"),),
    ),
    "an empty entry in what an agreement is about": (
        "invalid-value",
        "kind: OLA\nname: a\nteam: t\nsupports: [b, null]\n",
        ((4, "supports[1] is empty"),),
    ),
    "an empty label": (
        "invalid-value",
        "kind: Service\nname: a\nlabels: {tier: }\n",
        ((3, "tier is empty"),),
    ),
    "an empty field of an instance": (
        "invalid-value",
        "kind: Asset\nname: a\nowner: t\ninstances:\n  p:\n    owner:\n  q:\n",
        ((6, "owner is empty; write a value, or leave the line out"),),
    ),
    "an empty default": (
        "invalid-value",
        (
            "# file: mofconf.yaml\nkind: Project\nname: p\ndefaults:\n- for: {kind: Asset, owner: null}\n"
            "  set: {owner: }\n# file: catalog/a.yaml\nkind: Asset\nname: a\n"
        ),
        ((5, "owner is empty"),),
    ),
    "an empty constant of a mapping": (
        "invalid-value",
        (
            "# file: mofconf.yaml\nkind: Project\nname: p\nsources:\n- files: a.yml\n  format: mapping\n"
            "  resources:\n  - {each: $, kind: Service, name: $.n, fields: {title: {path: $.t, value: }}}\n"
        ),
        ((7, "value is empty"),),
    ),
    "a kind without a value": ("unknown-kind", "kind:\nname: a\n", ((1, "kind is empty; the kinds are"),)),
    "a bare percentage": (
        "invalid-value",
        "kind: Service\nname: a\navailability: {percent: 99.9}\n",
        ((3, "99.9 is ambiguous, write 99.9%"),),
    ),
    "availability in two ways": (
        "invalid-value",
        "kind: Service\nname: a\navailability: {percent: 99.9%, low: 99%, high: 100%}\n",
        ((3, "say it in one way"),),
    ),
    "a name with a space": (
        "invalid-value",
        "kind: Service\nname: my service\n",
        ((2, "'my service' is not a name"),),
    ),
    "a name that YAML takes for a number": (
        "invalid-value",
        "kind: Service\nname: 12\n",
        ((2, "12 is not text, write it in quotes"),),
    ),
    "a day that does not exist": (
        "invalid-value",
        "kind: Person\nname: a\nend: 2026-02-30\n",
        ((3, "not a day of the calendar"),),
    ),
    "a version of the language to come": (
        "invalid-value",
        "apiVersion: mofconf/v2\nkind: Service\nname: a\n",
        ((1, "mofconf/v1"),),
    ),
    "a kind in another case": (
        "unknown-kind",
        "kind: service\nname: a\n",
        ((1, "did you mean Service?"),),
    ),
    "a kind that is no text": (
        "unknown-kind",
        "kind: [Service]\nname: a\n",
        ((1, "a list is not a kind; the kinds are"),),
    ),
    "no kind at all": ("missing-field", "name: a\n", ((1, "kind is missing"),)),
    "no name": ("missing-field", "kind: Service\ntitle: x\n", ((1, "name is missing"),)),
    "a field of a field": (
        "missing-field",
        "kind: Service\nname: a\nlinks:\n  - title: x\n",
        ((4, "url is missing"),),
    ),
    "a list is no resource": ("unreadable-document", "- a\n- b\n", ((1, "not a resource"),)),
    "a word is no resource": ("unreadable-document", "hello\n", ((1, "not a resource"),)),
    "the other documents of a file are read": (
        "unreadable-document",
        "kind: Service\nname: a\n---\n- b\n---\nkind: Service\nname: c\n",
        ((4, "not a resource"),),
    ),
    # -- addresses
    "three times": (
        "repeated-address",
        "kind: Service\nname: a\n---\nkind: Service\nname: a\n---\nkind: Service\nname: a\n",
        ((5, "Service/a"), (8, "Service/a")),
    ),
    "of two kinds": ("repeated-address", "kind: Service\nname: a\n---\nkind: Asset\nname: a\n", ()),
    "an instance and another asset": (
        "repeated-address",
        "kind: Asset\nname: a\ninstances: {p: {}}\n---\nkind: Asset\nname: a/p\n",
        ((6, "Asset/a/p"),),
    ),
    "instances of a repeat are not said again": (
        "repeated-address",
        "kind: Asset\nname: a\ninstances: {p: {}}\n---\nkind: Asset\nname: a\ninstances: {p: {}}\n",
        ((6, "Asset/a"),),
    ),
    # -- cycles
    "three in a circle": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [b]\n---\nkind: Service\nname: b\nneeds: [c]\n---\n"
            "kind: Service\nname: c\nneeds: [a]\n"
        ),
        ((3, "Service/a needs Service/b needs Service/c needs Service/a"),),
    ),
    "two circles are two findings": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [b]\n---\nkind: Service\nname: b\nneeds: [a]\n---\n"
            "kind: Service\nname: c\nneeds: [d]\n---\nkind: Service\nname: d\nneeds: [c, a]\n"
        ),
        ((3, "Service/a needs Service/b needs Service/a"), (11, "Service/c needs Service/d needs Service/c")),
    ),
    "a knot is one finding": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [b, c]\n---\nkind: Service\nname: b\nneeds: [a]\n---\n"
            "kind: Service\nname: c\nneeds: [a]\n"
        ),
        ((3, "(3 resources are in this knot)"),),
    ),
    "a soft need breaks the circle": (
        "dependency-cycle",
        "kind: Service\nname: a\nneeds: [{ref: b, effect: none}]\n---\nkind: Service\nname: b\nneeds: [a]\n",
        (),
    ),
    "the circle goes along what is hard": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{ref: b, effect: degrades}, c]\n---\nkind: Service\nname: b\nneeds: [a]\n"
            "---\nkind: Service\nname: c\nneeds: [b]\n"
        ),
        ((3, "Service/a needs Service/c needs Service/b needs Service/a"),),
    ),
    "a group with a member outside can start": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{anyOf: [b, c]}]\n---\nkind: Service\nname: b\nneeds: [a]\n---\n"
            "kind: Service\nname: c\n"
        ),
        (),
    ),
    "a group whose members all need it cannot": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{anyOf: [b, c]}]\n---\nkind: Service\nname: b\nneeds: [a]\n---\n"
            "kind: Service\nname: c\nneeds: [a]\n"
        ),
        ((3, "none of them can start first"),),
    ),
    "two of three, and two need it": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{atLeast: 2, of: [b, c, d]}]\n---\n"
            "kind: Service\nname: b\nneeds: [a]\n---\n"
            "kind: Service\nname: c\nneeds: [a]\n---\nkind: Service\nname: d\n"
        ),
        ((3, "none of them can start first"),),
    ),
    "a circle through one instance": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{ref: k, atLeast: 1}]\n---\nkind: Asset\nname: k\n"
            "instances: {p: {needs: [a]}}\n"
        ),
        ((7, "Asset/k/p needs Service/a needs Asset/k/p"),),
    ),
    "a circle through all instances": (
        "dependency-cycle",
        "kind: Service\nname: a\nneeds: [k]\n---\nkind: Asset\nname: k\nneeds: [a]\ninstances: {p: {}, q: {}}\n",
        ((8, "Asset/k needs Asset/k/p needs Service/a needs Asset/k"),),
    ),
    "one instance that does not need it can start": (
        "dependency-cycle",
        (
            "kind: Service\nname: a\nneeds: [{ref: k, atLeast: 1}]\n---\nkind: Asset\nname: k\n"
            "instances: {p: {needs: [a]}, q: {}}\n"
        ),
        (),
    ),
    "needing oneself is not a knot": ("dependency-cycle", "kind: Service\nname: a\nneeds: [a]\n", ()),
    "hosts in a circle are not said to need each other": (
        "dependency-cycle",
        "kind: Asset\nname: a\nrunsOn: b\n---\nkind: Asset\nname: b\nrunsOn: a\n",
        (),
    ),
    "hosts and parts in a circle": (
        "containment-cycle",
        "kind: Asset\nname: a\nrunsOn: b\n---\nkind: Asset\nname: b\npartOf: a\n",
        ((3, "Asset/a and Asset/b contain each other"),),
    ),
    "teams in a circle": (
        "containment-cycle",
        "kind: Team\nname: a\npartOf: b\n---\nkind: Team\nname: b\npartOf: c\n---\nkind: Team\nname: c\npartOf: a\n",
        ((3, "Team/a, Team/b and Team/c"),),
    ),
    "a chain of places is none": (
        "containment-cycle",
        "kind: Location\nname: a\npartOf: b\n---\nkind: Location\nname: b\npartOf: c\n---\nkind: Location\nname: c\n",
        (),
    ),
    # -- retired
    "a retired one needs a retired one": (
        "retired-still-needed",
        "kind: Service\nname: a\nlifecycle: retired\nneeds: [b]\n---\nkind: Service\nname: b\nlifecycle: retired\n",
        (),
    ),
    "a withdrawn host": (
        "retired-still-needed",
        "kind: Asset\nname: a\nrunsOn: b\n---\nkind: Asset\nname: b\nstatus: withdrawn\n",
        ((3, "Asset/b is retired, and Asset/a still runs on it"),),
    ),
    "a disposed one in a group": (
        "retired-still-needed",
        (
            "kind: Service\nname: a\nneeds: [{anyOf: [b, c]}]\n---\nkind: Asset\nname: b\nstatus: disposed\n---\n"
            "kind: Asset\nname: c\n"
        ),
        ((3, "Asset/b is retired, and Service/a still needs it"),),
    ),
    "a promise about a retired one": (
        "retired-still-needed",
        "kind: SLA\nname: a\nservice: b\n---\nkind: Service\nname: b\nlifecycle: retired\n",
        ((3, "SLA/a still makes a promise about it"),),
    ),
    "retiring is not retired": (
        "retired-still-needed",
        "kind: Service\nname: a\nneeds: [b]\n---\nkind: Service\nname: b\nlifecycle: retiring\n",
        (),
    ),
    "once for a whole": (
        "retired-still-needed",
        "kind: Asset\nname: a\nneeds: [b]\ninstances: {p: {}, q: {}}\n---\nkind: Asset\nname: b\nstatus: withdrawn\n",
        ((3, "Asset/a still needs it"),),
    ),
    "one instance is retired": (
        "retired-still-needed",
        "kind: Asset\nname: a\ninstances:\n  p: {status: withdrawn}\n  q: {}\n",
        ((4, "Asset/a/p is retired, and Asset/a still needs it"),),
    ),
    # -- groups
    "no member": (
        "impossible-group",
        "kind: Service\nname: a\nneeds: [{anyOf: []}]\n",
        ((3, "anyOf is empty"),),
    ),
    "one member": (
        "impossible-group",
        "kind: Service\nname: a\nneeds: [{anyOf: [b]}]\n---\nkind: Service\nname: b\n",
        ((3, "a group with one member is no group: write b instead"),),
    ),
    "a member twice": (
        "impossible-group",
        (
            "kind: Service\nname: a\nneeds: [{atLeast: 2, of: [b, b, c]}]\n---\nkind: Service\nname: b\n---\n"
            "kind: Service\nname: c\n"
        ),
        ((3, "Service/b stands in this group twice"),),
    ),
    "a member twice under two names": (
        "impossible-group",
        "kind: Service\nname: a\nneeds: [{anyOf: [b, Service/b]}]\n---\nkind: Service\nname: b\n",
        ((3, "Service/b stands in this group twice"),),
    ),
    "none of two": (
        "impossible-group",
        (
            "kind: Service\nname: a\nneeds: [{atLeast: 0, of: [b, c]}]\n---\nkind: Service\nname: b\n---\n"
            "kind: Service\nname: c\n"
        ),
        ((3, "atLeast is 0, and the group has 2 members"),),
    ),
    "all of two": (
        "impossible-group",
        (
            "kind: Service\nname: a\nneeds: [{atLeast: 2, of: [b, c]}]\n---\nkind: Service\nname: b\n---\n"
            "kind: Service\nname: c\n"
        ),
        (),
    ),
    "more instances than there are": (
        "impossible-group",
        "kind: Service\nname: a\nneeds: [{ref: k, atLeast: 3}]\n---\nkind: Asset\nname: k\ninstances: {p: {}, q: {}}\n",
        ((3, "atLeast is 3, and Asset/k has 2 instances"),),
    ),
    "instances of what has none": (
        "impossible-group",
        "kind: Service\nname: a\nneeds: [{ref: k, atLeast: 1}]\n---\nkind: Asset\nname: k\n",
        ((3, "atLeast counts instances, and Asset/k has none"),),
    ),
    "up without instances": (
        "impossible-group",
        "kind: Asset\nname: k\nup: {atLeast: 1}\n",
        ((3, "there are none"),),
    ),
    "up above the number": (
        "impossible-group",
        "kind: Asset\nname: k\ninstances: {p: {}, q: {}}\nup: {atLeast: 3}\n",
        ((4, "atLeast is 3, and there are 2 instances"),),
    ),
    "full below up": (
        "impossible-group",
        "kind: Asset\nname: k\ninstances: {p: {}, q: {}}\nup: {atLeast: 2, fullAt: 1}\n",
        ((4, "fullAt is 1"),),
    ),
    "a group of a whole, once": (
        "impossible-group",
        "kind: Asset\nname: k\nneeds: [{anyOf: [b]}]\ninstances: {p: {}, q: {}}\n---\nkind: Asset\nname: b\n",
        ((3, "a group with one member"),),
    ),
    "a group of an instance": (
        "impossible-group",
        "kind: Asset\nname: k\ninstances:\n  p: {needs: [{anyOf: [b]}]}\n  q: {}\n---\nkind: Asset\nname: b\n",
        ((4, "a group with one member"),),
    ),
    # -- places
    "a part of what stands elsewhere": (
        "misplaced-resource",
        (
            "kind: Asset\nname: a\npartOf: b\nlocation: r2\n---\nkind: Asset\nname: b\nlocation: r1\n---\n"
            "kind: Location\nname: r1\n---\nkind: Location\nname: r2\n"
        ),
        ((4, "Asset/a stands in Location/r2, but is part of Asset/b, which stands in Location/r1"),),
    ),
    "the rack of the host is more exact": (
        "misplaced-resource",
        (
            "kind: Asset\nname: a\nrunsOn: b\nlocation: dc\n---\nkind: Asset\nname: b\nlocation: r1\n---\n"
            "kind: Location\nname: r1\ntype: rack\npartOf: dc\n---\nkind: Location\nname: dc\n"
        ),
        (),
    ),
    "another rack of the same site": (
        "misplaced-resource",
        (
            "kind: Asset\nname: a\nrunsOn: b\nlocation: r2\n---\nkind: Asset\nname: b\nlocation: r1\n---\n"
            "kind: Location\nname: r1\npartOf: dc\n---\nkind: Location\nname: r2\npartOf: dc\n---\n"
            "kind: Location\nname: dc\n"
        ),
        ((4, "Location/r2"),),
    ),
    "through several carriers": (
        "misplaced-resource",
        (
            "kind: Asset\nname: a\nrunsOn: b\nlocation: west\n---\nkind: Asset\nname: b\npartOf: c\n---\n"
            "kind: Asset\nname: c\nlocation: east\n---\nkind: Location\nname: east\n---\nkind: Location\nname: west\n"
        ),
        ((4, "which stands in Location/east"),),
    ),
    "a carrier that nobody placed": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\nlocation: west\n---\nkind: Asset\nname: b\n---\nkind: Location\nname: west\n",
        (),
    ),
    "carriers in a circle do not hang": (
        "misplaced-resource",
        (
            "kind: Asset\nname: a\nrunsOn: b\nlocation: west\n---\nkind: Asset\nname: b\nrunsOn: c\n---\n"
            "kind: Asset\nname: c\nrunsOn: b\n---\nkind: Location\nname: west\n"
        ),
        (),
    ),
    "an instance on a host elsewhere": (
        "misplaced-resource",
        (
            "kind: Asset\nname: k\nlocation: west\ninstances:\n  p: {runsOn: b}\n---\nkind: Asset\nname: b\n"
            "location: east\n---\nkind: Location\nname: east\n---\nkind: Location\nname: west\n"
        ),
        ((3, "Asset/k/p stands in Location/west, but runs on Asset/b"),),
    ),
    "a host and a chassis in two places": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("r1", "r2"),
        (
            (
                4,
                "Asset/a is part of Asset/c, which stands in Location/r2; but runs on Asset/b, which stands in",
            ),
        ),
    ),
    "a host and a chassis in one place": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("r1", "r1"),
        (),
    ),
    "a chassis in the rack, a host somewhere in the site": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("dc", "r2"),
        (),
    ),
    "a host that nobody placed, and a chassis": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("nowhere", "r2"),
        (),
    ),
    "the location agrees with the host and not with the chassis": (
        "misplaced-resource",
        "kind: Asset\nname: a\nlocation: r1\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("r1", "r2"),
        ((3, "Asset/a stands in Location/r1, but is part of Asset/c, which stands in Location/r2"),),
    ),
    "the location agrees with neither": (
        "misplaced-resource",
        "kind: Asset\nname: a\nlocation: dc2\nrunsOn: b\npartOf: c\n" + TWO_CARRIERS.format("r1", "r2"),
        ((3, "but is part of Asset/c"), (3, "but runs on Asset/b")),
    ),
    "a host in two places carries more": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: d\n---\nkind: Asset\nname: d\nrunsOn: b\npartOf: c\n"
        + TWO_CARRIERS.format("r1", "r2"),
        ((8, "Asset/d is part of Asset/c"),),
    ),
    "two places, said once for all instances": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\npartOf: c\ninstances: {p: {}, q: {}}\n" + TWO_CARRIERS.format("r1", "r2"),
        ((4, "Asset/a is part of Asset/c; but runs on Asset/b"),),
    ),
    "one instance in two places": (
        "misplaced-resource",
        "kind: Asset\nname: a\nrunsOn: b\ninstances:\n  p: {partOf: c}\n  q:\n" + TWO_CARRIERS.format("r1", "r2"),
        ((5, "Asset/a/p is part of Asset/c"),),
    ),
    # -- people and promises
    "a retired one needs no owner": (
        "ownerless-service",
        "kind: Service\nname: a\nlifecycle: retired\n",
        (),
    ),
    "a whole and its instances": (
        "ownerless-service",
        "kind: Service\nname: a\ninstances: {p: {}, q: {}}\n",
        ((2, "nobody owns Service"),),
    ),
    "several teams are not one owner": (
        "ownerless-service",
        "kind: Service\nname: a\nteams: [x, y]\n---\nkind: Team\nname: x\n---\nkind: Team\nname: y\n",
        ((2, "nobody owns Service; x or y"),),
    ),
    "an asset may go without": ("ownerless-service", "kind: Asset\nname: a\n", ()),
    "an SLA names the customers": (
        "customerless-business-service",
        (
            "kind: Service\nname: a\ntype: business\n---\nkind: SLA\nname: s\nservice: a\ncustomers: [c]\n---\n"
            "kind: Customer\nname: c\n"
        ),
        (),
    ),
    "an SLA with nobody": (
        "customerless-business-service",
        "kind: Service\nname: a\ntype: business\n---\nkind: SLA\nname: s\nservice: a\n",
        ((2, "nobody uses Service"),),
    ),
    "in the pipeline nobody uses it yet": (
        "customerless-business-service",
        "kind: Service\nname: a\ntype: business\nlifecycle: pipeline\n",
        (),
    ),
    "a technical service has other services": (
        "customerless-business-service",
        "kind: Service\nname: a\ntype: technical\n",
        (),
    ),
    "it ends today": ("expired-agreement", "kind: SLA\nname: a\nservice: b\nexpires: 2026-11-22\n", ()),
    "it ended yesterday": (
        "expired-agreement",
        "kind: SLA\nname: a\nservice: b\nexpires: 2026-11-21\n",
        ((4, "SLA/a ended on 2026-11-21"),),
    ),
    "OLAs and contracts end too": (
        "expired-agreement",
        (
            "kind: OLA\nname: a\nteam: t\nexpires: 2026-11-21\n---\n"
            "kind: Contract\nname: c\npartner: p\nexpires: 2026-11-21\n"
        ),
        ((4, "OLA/a"), (9, "Contract/c")),
    ),
    "the last day is today": (
        "leaver-still-referenced",
        "kind: Team\nname: a\nmembers: [ana]\n---\nkind: Person\nname: ana\nend: 2026-11-22\n",
        (),
    ),
    "the last day was yesterday": (
        "leaver-still-referenced",
        (
            "kind: Team\nname: a\nmembers: [ben, ana]\n---\nkind: Person\nname: ana\nend: 2026-11-21\n---\n"
            "kind: Person\nname: ben\n"
        ),
        ((3, "Person/ana left on 2026-11-21, and Team/a still names them"),),
    ),
    "every place that names a leaver": (
        "leaver-still-referenced",
        (
            "kind"
            ": Team\nname: a\nroles:\n  - {cluster: release, lead: ana}\n  - {cluster: support, deputies: [ana]}\n---\n"
            "kind: Partner\nname: p\nmanager: ana\n---\nkind: Person\nname: ana\nend: 2020-01-01\n"
        ),
        ((4, "Team/a"), (5, "Team/a"), (9, "Partner/p")),
    ),
    "a leaver under a former name": (
        "leaver-still-referenced",
        "kind: Team\nname: a\nmembers: [anna]\n---\nkind: Person\nname: ana\nformerly: [anna]\nend: 2020-01-01\n",
        ((3, "Person/ana left"),),
    ),
    "no team fills anything": ("unstaffed-role-cluster", "kind: Team\nname: a\nmembers: [ana]\n", ()),
    "there is no team": ("unstaffed-role-cluster", "kind: Service\nname: a\n", ()),
    # -- suppliers
    "a contract that covers something else": (
        "uncovered-dependency-on-partner",
        (
            "kind: Service\nname: a\nsupplier: p\n---\nkind: Service\nname: b\n---\nkind: Partner\nname: p\n---\n"
            "kind: Contract\nname: c\npartner: p\ncovers: [b]\n"
        ),
        ((3, "no contract with Partner/p covers Service/a"),),
    ),
    "a contract with somebody else": (
        "uncovered-dependency-on-partner",
        (
            "kind: Service\nname: a\nsupplier: p\n---\nkind: Partner\nname: q\n---\nkind: Partner\nname: p\n---\n"
            "kind: Contract\nname: c\npartner: q\ncovers: [a]\n"
        ),
        ((3, "no contract with Partner/p covers Service/a"),),
    ),
    "a contract that selects": (
        "uncovered-dependency-on-partner",
        (
            "kind: Service\nname: a\nsupplier: p\n---\nkind: Partner\nname: p\n---\n"
            'kind: Contract\nname: c\npartner: p\ncovers: {select: "supplier=p"}\n'
        ),
        (),
    ),
    "an asset that no service needs": (
        "uncovered-dependency-on-partner",
        "kind: Asset\nname: a\nsupplier: p\n---\nkind: Partner\nname: p\n",
        (),
    ),
    "an asset that a service needs through another": (
        "uncovered-dependency-on-partner",
        (
            "kind: Asset\nname: a\nsupplier: p\n---\nkind: Partner\nname: p\n---\n"
            "kind: Asset\nname: b\nrunsOn: a\n---\n"
            "kind: Service\nname: s\nneeds: [b]\n"
        ),
        ((3, "no contract with Partner/p covers Asset/a, and Service/s depends on it"),),
    ),
    "a whole is said once": (
        "uncovered-dependency-on-partner",
        "kind: Service\nname: a\nsupplier: p\ninstances: {x: {}, y: {}}\n---\nkind: Partner\nname: p\n",
        ((3, "no contract with Partner/p covers Service/a"),),
    ),
    "a contract for the whole covers its instances": (
        "uncovered-dependency-on-partner",
        (
            "kind: Service\nname: a\nsupplier: p\ninstances: {x: {}, y: {}}\n---\nkind: Partner\nname: p\n---\n"
            "kind: Contract\nname: c\npartner: p\ncovers: [a]\n"
        ),
        (),
    ),
    "contracts for all instances cover the whole": (
        "uncovered-dependency-on-partner",
        (
            "kind: Service\nname: a\nsupplier: p\ninstances: {x: {}, y: {}}\n---\nkind: Partner\nname: p\n---\n"
            "kind: Contract\nname: c\npartner: p\ncovers: [a/x, a/y]\n"
        ),
        (),
    ),
    "a partner that does not exist is another rule's": (
        "uncovered-dependency-on-partner",
        "kind: Service\nname: a\nsupplier: p\n",
        (),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_cases(case: str) -> None:
    rule, text, wanted = CASES[case]
    assert rule in RULES
    found = findings(text, rule)
    assert [one.place and one.place.line for one in found] == [line for line, _ in wanted], [one[2] for one in found]
    for one, (_, words) in zip(found, wanted, strict=True):
        said = f"{one.message}; {one.hint}"
        assert all(word in said for word in words.split("; ")), said


# --- single points of failure ---------------------------------------------------------------------------------------

SINGLE: dict[str, tuple[str, list[str]]] = {
    "redundant at every level": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [{anyOf: [a, b]}]\n---\n"
            "kind: Asset\nname: a\nrunsOn: h1\n"
            "---\nkind: Asset\nname: b\nrunsOn: h2\n---\nkind: Asset\nname: h1\n---\nkind: Asset\nname: h2\n"
        ),
        [],
    ),
    "two on one host": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [{anyOf: [a, b]}]\n---\n"
            "kind: Asset\nname: a\nrunsOn: h1\n"
            "---\nkind: Asset\nname: b\nrunsOn: h1\n---\nkind: Asset\nname: h1\n"
        ),
        ["Asset/h1"],
    ),
    "enough instances": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [{ref: k, atLeast: 1}]\n---\nkind: Asset\nname: k\n"
            "instances: {p: {}, q: {}}\n"
        ),
        [],
    ),
    "all instances": (
        "kind: Service\nname: s\ncriticality: vital\nneeds: [k]\n---\nkind: Asset\nname: k\ninstances: {p: , q: }\n",
        ["Asset/k/p", "Asset/k/q"],
    ),
    "a soft need": (
        "kind: Service\nname: s\ncriticality: vital\nneeds: [{ref: a, effect: degrades}]\n---\nkind: Asset\nname: a\n",
        [],
    ),
    "a document does not fail": (
        "kind: Service\nname: s\ncriticality: vital\nneeds: [a]\n---\nkind: Asset\nname: a\ncategory: documentation\n",
        [],
    ),
    "not vital": (
        "kind: Service\nname: s\ncriticality: high\nneeds: [a]\n---\nkind: Asset\nname: a\n",
        [],
    ),
    "the reason does not go along a start order": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [{ref: a, effect: none}, t]\n---\n"
            "kind: Service\nname: t\nneeds: [a]\n---\nkind: Asset\nname: a\n"
        ),
        ["Asset/a Service/t"],
    ),
    "beside a group with a retired leg": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [{anyOf: [a, b]}]\n---\nkind: Asset\nname: a\n---\n"
            "kind: Asset\nname: b\nstatus: withdrawn\n"
        ),
        ["Asset/a"],
    ),
    "in a knot": (
        (
            "kind: Service\nname: s\ncriticality: vital\nneeds: [t]\n---\nkind: Service\nname: t\nneeds: [s, a]\n---\n"
            "kind: Asset\nname: a\n"
        ),
        ["Asset/a"],
    ),
}


@pytest.mark.parametrize("case", SINGLE)
def test_single_instances_behind_vital_services(case: str) -> None:
    text, wanted = SINGLE[case]
    found = findings(text, "single-instance-behind-vital-service")
    assert len(found) == len(wanted), [one.message for one in found]
    for one, words in zip(sorted(found, key=lambda one: one.message), wanted, strict=True):
        assert all(word in one.message for word in words.split()), one.message


# --- the team model -------------------------------------------------------------------------------------------------

SIX = ("release", "infrastructure", "support", "operations", "partner", "security")


@pytest.mark.parametrize(
    ("version", "filled", "wanted"),
    [
        (3, SIX, ["service"]),
        (2, SIX, []),
        (3, (*SIX, "service"), []),
        (2, SIX[:5], ["security"]),
        (2, ("release",), ["infrastructure", "operations", "partner", "security", "support"]),
    ],
)
def test_role_clusters_of_the_version(version: int, filled: tuple[str, ...], wanted: list[str]) -> None:
    roles = "".join(f"  - {{cluster: {cluster}, lead: ana}}\n" for cluster in filled)
    files = {
        "mofconf.yaml": f"kind: Project\nname: p\nframeworkVersion: {version}\n",
        "catalog/t.yaml": f"kind: Team\nname: t\nroles:\n{roles}---\nkind: Person\nname: ana\n",
    }
    found = [one for one in judge(load_files(files), TODAY) if one.rule == "unstaffed-role-cluster"]
    assert sorted(one.subject for one in found) == wanted


def test_a_cluster_may_be_led_in_any_of_several_teams() -> None:
    roles = "".join(f"  - {{cluster: {cluster}, lead: ana}}\n" for cluster in SIX)
    text = f"kind: Team\nname: t\nroles:\n{roles}---\nkind: Person\nname: ana\n---\n"
    text += "kind: Team\nname: a\nroles: [{cluster: service}]\n---\n"
    assert len(findings(text + "kind: Team\nname: u\nroles: [{cluster: service, lead: ana}]\n")) == 0
    [one] = findings(text + "kind: Team\nname: u\nroles: [{cluster: service}]\n")
    assert (one.address, one.rule) == ("Team/a", "unstaffed-role-cluster")


def test_the_day_is_an_argument() -> None:
    text = "kind: SLA\nname: a\nservice: b\nexpires: 2026-11-22\n---\nkind: Service\nname: b\n"
    assert not findings(text, "expired-agreement", date(2026, 11, 22))
    assert findings(text, "expired-agreement", date(2026, 11, 23))


def test_findings_come_in_the_order_of_the_files_and_once() -> None:
    text = "# file: catalog/b.yaml\nkind: Service\nname: b\nneeds: [x, y]\n"
    found = findings(text + "# file: catalog/a.yaml\nkind: Service\nname: a\n")
    places = [one.place for one in found]
    assert places == sorted(place for place in places if place)
    assert len(places) == 4
    assert len(set(found)) == len(found)
