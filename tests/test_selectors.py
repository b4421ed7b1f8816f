"""The grammar of selectors: which resources a question means, and what is said where it means nothing."""

from __future__ import annotations

import contextlib

import pytest
from estates import estate, findings, scope

from mofconf.selectors import Scope, SelectorError, select

SHOP = """
kind: Service
name: checkout
owner: payments
labels: {env: prod, tier: "1", app.kubernetes.io/name: shop, "two words": "a, b", sign: c+, "k=v": w}
needs: [orders-db, {ref: nowhere}, api/orders, {ref: hints, effect: degrades}]
---
kind: Service
name: api/orders
needs: [Service/cart]
hours: 24x7
---
kind: Service
name: cart
formerly: [basket]
needs: [valkey]
---
kind: Service
name: hints
---
kind: Asset
name: orders-db
location: dc-east
labels: {env: prod}
---
kind: Asset
name: cart
title: Ein Wagen
---
kind: Asset
name: valkey
instances: {a: {runsOn: blade}, b: {labels: {env: test}}}
---
kind: Asset
name: blade
partOf: chassis
---
kind: Asset
name: chassis
location: rack-1
---
kind: Location
name: dc-east
---
kind: Location
name: rack-1
partOf: dc-east
formerly: [old-rack]
---
kind: Team
name: payments
members: [ana]
---
kind: Person
name: ana
---
kind: SLA
name: checkout-sla
service: checkout
expires: 2026-12-31
"""

WHOLE = "Asset/valkey Asset/valkey/a Asset/valkey/b"
PLACES = "Location/dc-east Location/rack-1"
IN_EAST = f"Asset/blade Asset/chassis Asset/orders-db Asset/valkey/a {PLACES}"
BELOW_CART = f"Asset/blade Asset/chassis {WHOLE} {PLACES} Service/cart"
ASSETS = f"Asset/blade Asset/cart Asset/chassis Asset/orders-db {WHOLE}"
SERVICES = "Service/api/orders Service/cart Service/checkout Service/hints"

FOUND: dict[str, str] = {
    # names and addresses
    "Service/checkout": "Service/checkout",
    "service/checkout": "Service/checkout",
    "SERVICE/checkout": "Service/checkout",
    "checkout": "Service/checkout",
    "api/orders": "Service/api/orders",
    "Service/api/orders": "Service/api/orders",
    "valkey/a": "Asset/valkey/a",
    "sla/checkout-sla": "SLA/checkout-sla",
    "basket": "Service/cart",
    "Service/basket": "Service/cart",
    "Service/nowhere": "Service/nowhere",  # somebody refers to it, so one may ask about it
    # patterns
    "Service/*": SERVICES,
    "service/*": SERVICES,
    "check*": "SLA/checkout-sla Service/checkout",
    "*/cart": "Asset/cart Service/cart",
    "?art": "Asset/cart Service/cart",
    "valkey/*": "Asset/valkey/a Asset/valkey/b",
    "Service/api/*": "Service/api/orders",
    "Nothing*": "",
    # steps: + before is what it needs, + behind is what needs it
    "checkout+": "Service/checkout",
    "0+checkout": "Service/checkout",
    "1+checkout": "Asset/orders-db Service/api/orders Service/checkout Service/hints Service/nowhere",
    "+Service/cart": BELOW_CART,
    "1+Service/cart": "Asset/valkey Service/cart",
    "2+Service/cart": f"{WHOLE} Service/cart",
    "3+Service/cart": f"Asset/blade {WHOLE} Service/cart",
    "99999999999999999999+Service/cart": BELOW_CART,
    "orders-db+": "Asset/orders-db Service/checkout",
    "Asset/valkey+1": "Asset/valkey Service/cart",
    "Asset/valkey+2": "Asset/valkey Service/api/orders Service/cart",
    "blade+": "Asset/blade Asset/valkey Asset/valkey/a Service/api/orders Service/cart Service/checkout",
    "1+Service/cart+1": "Asset/valkey Service/api/orders Service/cart",
    "2+Service/cart+1": f"{WHOLE} Service/api/orders Service/cart",
    "kind=SLA+": "SLA/checkout-sla",
    # fields
    "kind=Asset": ASSETS,
    "kind=asset": ASSETS,
    "kind=Service": SERVICES,  # not what is only referred to
    "kind=Project": "",
    "owner=payments": "Service/checkout",
    "owner=Team/payments": "Service/checkout",
    "owner=pay*": "Service/checkout",
    "owner=*": "Service/checkout",
    "owner=none": "",
    "name=cart": "Asset/cart Service/cart",
    "title=Ein*": "Asset/cart",
    "hours=24x7": "Service/api/orders",
    "needs=orders-db": "Service/checkout",
    "needs=Asset/orders-db": "Service/checkout",
    "partOf=*": "Asset/blade Location/rack-1",
    "runsOn=blade": "Asset/valkey/a",
    "expires=2026-12-31": "SLA/checkout-sla",
    "expires=2026-*": "SLA/checkout-sla",
    "expires=*": "SLA/checkout-sla",
    "criticality=medium": SERVICES,
    # labels
    "label:env=prod": "Asset/orders-db Service/checkout",
    "label:env=*": "Asset/orders-db Asset/valkey/b Service/checkout",
    "label:env": "Asset/orders-db Asset/valkey/b Service/checkout",
    "label:tier=1": "Service/checkout",
    "label:nothing": "",
    "labels.env=prod": "Asset/orders-db Service/checkout",
    "labels.env=*": "Asset/orders-db Asset/valkey/b Service/checkout",
    "labels.env": "Asset/orders-db Asset/valkey/b Service/checkout",
    "labels.tier=1": "Service/checkout",
    "labels.nothing=x": "",
    "labels.app.kubernetes.io/name=shop": "Service/checkout",
    "labels.app.kubernetes.io/name": "Service/checkout",
    "label:app.kubernetes.io/name=sh*": "Service/checkout",
    "labels.env=prod,kind=Asset": "Asset/orders-db",
    "labels.tier=1+1": "Service/checkout",
    "1+labels.tier=1": "Asset/orders-db Service/api/orders Service/checkout Service/hints Service/nowhere",
    # quotation marks keep together what would be apart
    'labels."two words"="a, b"': "Service/checkout",
    "labels.'two words'='a, b'": "Service/checkout",
    'labels."two words"': "Service/checkout",
    'label:"two words"="a*"': "Service/checkout",
    'labels.sign="c+"': "Service/checkout",
    'labels."k=v"=w': "Service/checkout",
    'title="Ein Wagen"': "Asset/cart",
    'title="Ein Wagen",kind=Asset hints': "Asset/cart Service/hints",
    'title="Ein Wagen"+': "Asset/cart",
    '"checkout" hints': "Service/checkout Service/hints",
    # places
    "location:dc-east": IN_EAST,
    "location:Location/dc-east": IN_EAST,
    "location:rack-1": "Asset/blade Asset/chassis Asset/valkey/a Location/rack-1",
    "location:old-rack": "Asset/blade Asset/chassis Asset/valkey/a Location/rack-1",
    "location:rack-*": "Asset/blade Asset/chassis Asset/valkey/a Location/rack-1",
    "location:nothing*": "",
    # several
    "checkout hints": "Service/checkout Service/hints",
    "  checkout \n hints ": "Service/checkout Service/hints",
    "kind=Service,label:env=prod": "Service/checkout",
    "label:env=prod,location:dc-east": "Asset/orders-db",
    "location:dc-east,kind=Asset hints": "Asset/blade Asset/chassis Asset/orders-db Asset/valkey/a Service/hints",
    "+checkout,kind=Location": PLACES,
    "kind=Person,kind=Team": "",
    # ways
    "somepath(checkout, Service/cart)": "Service/api/orders Service/cart Service/checkout",
    "somepath(checkout,ana)": "Person/ana Service/checkout Team/payments",
    "somepath( checkout , Service/nowhere )": "Service/checkout Service/nowhere",
    "somepath(Service/cart,checkout)": "",
    "somepath(checkout,checkout)": "Service/checkout",
    "somepath(checkout,ana) hints": "Person/ana Service/checkout Service/hints Team/payments",
    "somepath(checkout,ana),kind=Team": "Team/payments",
}


@pytest.fixture(scope="module")
def shop() -> Scope:
    return scope(SHOP)


@pytest.mark.parametrize("selector", FOUND)
def test_what_a_selector_means(shop: Scope, selector: str) -> None:
    assert " ".join(sorted(select(shop, selector))) == FOUND[selector]


WRONG: dict[str, str] = {
    "": "an empty selector selects nothing",
    " \n ": "an empty selector selects nothing",
    "cart": "'cart' is ambiguous: it could be Asset/cart or Service/cart",
    "chekout": "there is no chekout: did you mean checkout?",
    "Service/chekout": "there is no Service/chekout: did you mean Service/checkout?",
    "Servce/checkout": "there is no Servce/checkout: did you mean Service/checkout?",
    "orders": "there is no orders: did you mean api/orders?",
    "Service/orders": "there is no Service/orders: did you mean Service/api/orders?",
    "api/ordrs": "there is no api/ordrs: did you mean api/orders?",
    "Asset/blades": "there is no Asset/blades: did you mean Asset/blade?",
    "Service/zebra": "there is no Service/zebra: mofconf list shows what there is",
    "zebra": "there is no zebra",
    "nowhere": "there is no nowhere",
    "kind=Asets": "there is no kind Asets: did you mean Asset?",
    "kind=Zebra": "there is no kind Zebra (there are Project, Person",
    "ownr=payments": "no kind has a field ownr: did you mean owner?",
    "labels=prod": "labels have keys: write labels.KEY=VALUE",
    "labels": "there is no labels",
    "labels.": "which label? Write labels.KEY=VALUE",
    "label:=x": "which label? Write labels.KEY=VALUE",
    'labels.env="prod': "a quotation mark without its other half",
    "title='Ein Wagen": "a quotation mark without its other half",
    "owner.name=x": "no kind has a field owner.name",
    "runs_on=x": "no kind has a field runs_on: did you mean runsOn?",
    "location:nowhere": "there is no Location/nowhere",
    "location:rack-2": "there is no Location/rack-2: did you mean Location/rack-1?",
    ",": "nothing on one side of a comma",
    "kind=Asset,": "nothing on one side of a comma",
    "kind=Asset, label:env=prod": "nothing on one side of a comma",
    ",kind=Asset": "nothing on one side of a comma",
    "a,,b": "nothing on one side of a comma",
    "+": "steps but nothing to start from",
    "2+": "steps but nothing to start from",
    "++": "steps but nothing to start from",
    "(": "a bracket without its other half",
    "(checkout": "a bracket without its other half",
    "checkout)": "a bracket without its other half",
    "somepath(checkout, ana": "a bracket without its other half",
    "somepath(*, checkout)": "one resource at each end",
    "somepath(Nothing*, checkout)": "one resource at each end",
    "somepath(zebra, checkout)": "there is no zebra",
    "somepath(checkout)": "there is no somepath(checkout)",
    "state:changed": "compares two revisions",
}


@pytest.mark.parametrize("selector", WRONG)
def test_what_is_said_where_a_selector_makes_no_sense(shop: Scope, selector: str) -> None:
    with pytest.raises(SelectorError) as caught:
        select(shop, selector)
    assert WRONG[selector] in str(caught.value)


def test_several_selectors_are_a_union(shop: Scope) -> None:
    assert select(shop, "checkout", "hints") == select(shop, "checkout hints")
    assert select(shop) == frozenset()


def test_states_compare_two_revisions(shop: Scope) -> None:
    states = {
        "Service/checkout": "changed",
        "Service/hints": "added",
        "Service/old": "removed",
        "Team/payments": "unchanged",
    }
    both = shop._replace(states=states)
    assert select(both, "state:added") == {"Service/hints"}
    assert select(both, "state:changed") == {"Service/checkout", "Service/hints", "Service/old"}
    assert select(both, "state:unchanged") == {"Team/payments"}
    assert select(both, "state:changed,kind=Service") == {"Service/checkout", "Service/hints"}
    with pytest.raises(SelectorError, match="there is no state chnged"):
        select(both, "state:chnged")


@pytest.mark.parametrize(
    "selector",
    [
        "9" * 5000 + "+checkout",
        "checkout+" + "9" * 5000,
        "somepath(" + " " * 3000 + "x",
        "somepath(" + " " * 3000 + "," + " " * 3000 + ")",
        "(" * 5000,
        "()" * 5000,
        "(,)" * 5000,
        "*" * 300 + "x" * 50,
        "+" * 5000,
        "," * 5000,
        "\0checkout",
        "'\"" * 2000,
        "\"'" * 2001,
        '""',
        "''=''",
        'labels.""=""',
        'location:""',
        '""+',
        "label:",
        "label:=",
        "location:",
        "location:+",
        "kind=",
        "=",
        "=x",
        "state:",
        "somepath(,)",
        "[a-",
        "[!]*",
        "*[",
        "Service/",
        "/",
        "//",
        "٣+checkout",
    ],
    ids=lambda selector: repr(selector[:20]),
)
def test_odd_selectors_are_answered_or_refused_and_never_crash(shop: Scope, selector: str) -> None:
    with contextlib.suppress(SelectorError):
        assert select(shop, selector) <= shop.graph.nodes.keys()


@pytest.mark.parametrize("selector", ["location:*", "*[", "somepath(a", "9" * 5000 + "+checkout", ",", "kind=", ""])
def test_odd_selectors_in_a_document_are_findings(selector: str) -> None:
    text = f'kind: OLA\nname: a\nteam: t\nsupports: {{select: "{selector}"}}\n---\nkind: Team\nname: t\n'
    assert findings(text, "dangling-reference") or selector == "9" * 5000 + "+checkout"


def test_a_selection_makes_edges_of_the_kinds_that_the_field_takes() -> None:
    text = SHOP + '---\nkind: OLA\nname: all\nteam: payments\nsupports: [{select: "label:env=prod"}, hints]\n'
    edges = estate(text).graph.out["OLA/all"]
    assert sorted((edge.relation.name, edge.target) for edge in edges) == [
        ("is carried by", "Team/payments"),
        ("promises", "Asset/orders-db"),
        ("promises", "Service/checkout"),
        ("promises", "Service/hints"),
    ]
    everything = estate(SHOP + '---\nkind: OLA\nname: all\nteam: payments\nsupports: {select: "*"}\n')
    kinds = {
        edge.target.partition("/")[0] for edge in everything.graph.out["OLA/all"] if edge.relation.name == "promises"
    }
    assert kinds == {"Asset", "Service"}
    assert "Service/nowhere" not in {edge.target for edge in everything.graph.out["OLA/all"]}
