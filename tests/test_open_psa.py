"""Reading Open-PSA: what is meant, what is wrong, and what is hostile."""

from __future__ import annotations

import pytest

from mofconf.analyses.dependability.open_psa import read
from mofconf.analyses.dependability.top_event import TopEvent

RICH = """<?xml version="1.0"?>
<!DOCTYPE opsa-mef>
<opsa-mef>
  <label>several trees</label>
  <define-fault-tree name="one">
    <attributes><attribute name="author" value="x"/></attributes>
    <define-gate name="top"><label>it</label>
      <or><event name="left"/><event name="two.inner.secret" type="gate"/><nor><house-event name="on"/></nor></or>
    </define-gate>
    <define-gate name="left">
      <atleast min="2"><basic-event name="a"/><gate name="two"/><constant value="false"/></atleast>
    </define-gate>
  </define-fault-tree>
  <define-fault-tree name="two">
    <define-gate name="two"><and><basic-event name="b"/><not><house-event name="off"/></not></and></define-gate>
    <define-component name="inner" role="private">
      <define-gate name="secret"><and><event name="c"/><event name="b"/></and></define-gate>
      <define-basic-event name="c"><float value="0.5"/></define-basic-event>
    </define-component>
    <define-basic-event name="c"><int value="0"/></define-basic-event>
  </define-fault-tree>
  <model-data>
    <define-house-event name="on"><constant value="true"/></define-house-event>
    <define-house-event name="off"/>
    <define-basic-event name="a"><label>a</label><float value="1e-1"/></define-basic-event>
    <define-basic-event name="b"><float value="0.25"/></define-basic-event>
  </model-data>
</opsa-mef>
"""


def test_nested_formulas_house_events_and_private_names() -> None:
    found = read(RICH)
    assert found.problems == ()
    assert found.tree is not None
    assert found.tree.top == "top"
    assert TopEvent(found.tree).events == ("a", "b", "two.inner.c")
    # (a and b) or (b and the c that is near)
    assert TopEvent(found.tree).probability() == pytest.approx([0.25 * (1 - 0.9 * 0.5)] * 2, rel=1e-12)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("<xor>{a}{b}</xor>", 0.5 * 0.75 + 0.5 * 0.25),
        ("<nand>{a}{b}</nand>", 1 - 0.125),
        ("<nor>{a}{b}</nor>", 0.375),
        ("<imply>{a}{b}</imply>", 0.5 + 0.125),
        ("<iff>{a}{b}</iff>", 0.375 + 0.125),
        ("<not>{a}</not>", 0.5),
        ("{a}", 0.5),
        ('<constant value="true"/>', 1.0),
    ],
)
def test_every_formula_means_what_it_says(formula: str, expected: float) -> None:
    inner = formula.format(a='<basic-event name="a"/>', b='<basic-event name="b"/>')
    found = read(model(f'<define-gate name="top">{inner}</define-gate>'))
    assert found.tree is not None
    assert TopEvent(found.tree).probability() == pytest.approx([expected] * 2, rel=1e-12)


def model(inner: str) -> str:
    """A model with two events; what is given begins in line 2."""
    events = "".join(
        f'<define-basic-event name="{name}"><float value="{value}"/></define-basic-event>'
        for name, value in (("a", 0.5), ("b", 0.25))
    )
    return f'<opsa-mef><define-fault-tree name="t">{events}\n{inner}\n</define-fault-tree></opsa-mef>'


GATE = '<define-gate name="g"><or><basic-event name="a"/><basic-event name="b"/></or></define-gate>'
OTHER = GATE.replace('"g"', '"h"')
PROBLEMS = {
    "an unknown formula": (
        "<define-gate name='g'>\n<cardinality/></define-gate>",
        3,
        "<cardinality> is not understood",
    ),
    "an unknown element": (f"{GATE}\n<define-CCF-group/>", 3, "<define-CCF-group> is not understood"),
    "another file": (f"{GATE}\n<include file='/etc/passwd'/>", 3, "nothing is read from other files"),
    "a name that nothing has": ("<define-gate name='g'>\n<gate name='nobody'/></define-gate>", 3, "nobody is nowhere"),
    "a gate that is an event": ("<define-gate name='g'>\n<gate name='a'/></define-gate>", 3, "a is no gate"),
    "an event of a type": ("<define-gate name='g'>\n<event name='a' type='gate'/></define-gate>", 3, "a is no gate"),
    "a name twice": (f"{GATE}\n<define-house-event name='a'/>", 3, "a is defined twice, first in line 1"),
    "a name that is missing": ("<define-gate name='g'>\n<gate/></define-gate>", 3, "<gate> has no name"),
    "a gate with nothing": ("\n<define-gate name='g'/>", 3, "gate g has 0 formulas"),
    "a gate with two": (f"\n{GATE.replace('or>', 'x>').replace('<x>', '').replace('</x>', '')}", 3, "has 2 formulas"),
    "an empty formula": ("<define-gate name='g'>\n<and/></define-gate>", 3, "<and> has 0 formulas in it and wants at"),
    "not of two": (
        "<define-gate name='g'>\n<not><event name='a'/><event name='b'/></not></define-gate>",
        3,
        "<not> has 2 formulas in it and wants 1",
    ),
    "too many": (
        "<define-gate name='g'>\n<atleast min='3'><event name='a'/><event name='b'/></atleast></define-gate>",
        3,
        "<atleast> wants min='3' of 2",
    ),
    "no number": ("<define-gate name='g'>\n<atleast min='²'><event name='a'/></atleast></define-gate>", 3, "min='²'"),
    "neither": ("<define-gate name='g'>\n<constant value='maybe'/></define-gate>", 3, "value='maybe' is neither"),
    "no probability": (
        f"{GATE}\n<define-basic-event name='c'>\n<float value='1.5'/></define-basic-event>",
        4,
        "value='1.5' is no probability",
    ),
    "not a number": (f"{GATE}\n<define-basic-event name='c'><float value='nan'/></define-basic-event>", 3, "'nan'"),
    "a distribution": (
        f"{GATE}\n<define-basic-event name='c'><exponential/></define-basic-event>",
        3,
        "<exponential> is not understood",
    ),
    "no gate": ("", 1, "it is not clear which gate is the top: there are no gate"),
    "two tops": (f"{GATE}\n{OTHER}", 1, "2 gates that no other one names: g, h"),
    "a circle": (
        "<define-gate name='g'>{h}</define-gate>\n<define-gate name='h'><not>{g}</not></define-gate>".format(
            g="<gate name='g'/>", h="<gate name='h'/>"
        ),
        2,
        "gates stand below themselves: g -> h -> g",
    ),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_what_is_wrong_is_said_with_its_line(case: str) -> None:
    inner, line, message = PROBLEMS[case]
    found = read(model(inner))
    assert found.tree is None
    assert [one.line for one in found.problems] == [line]
    assert message in found.problems[0].message
    assert found.problems[0].next_step


def test_the_top_can_be_named() -> None:
    text = model(f"{GATE}\n{OTHER}")
    assert [read(text, top).tree is not None for top in ("g", "h", "i")] == [True, True, False]


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
HOSTILE = {
    "a thousand million laughs": f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>\n<opsa-mef>&l9;</opsa-mef>',
    "one long entity many times": f'<!DOCTYPE x [<!ENTITY a "{"a" * 10_000}">]><opsa-mef>{"&a;" * 10_000}</opsa-mef>',
    "a file of this machine": '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><opsa-mef>&e;</opsa-mef>',
    "a parameter entity": '<!DOCTYPE x [<!ENTITY % e SYSTEM "file:///etc/passwd"> %e;]><opsa-mef/>',
    "a default that is added": '<!DOCTYPE x [<!ATTLIST opsa-mef name CDATA "x">]><opsa-mef/>',
    "an entity of a grammar elsewhere": '<!DOCTYPE x SYSTEM "file:///etc/passwd"><opsa-mef>&e;</opsa-mef>',
    "a million deep": "<opsa-mef>" + "<or>" * 1_000_000,
    "nothing": "",
    "no XML": "top := a | b",
    "half of it": "<opsa-mef><define-fault-tree",
    "two documents": "<opsa-mef/><opsa-mef/>",
    "a zero": "<opsa-mef>\0</opsa-mef>",
    "an encoding that nobody knows": b'<?xml version="1.0" encoding="klingon"?><opsa-mef/>',
    "an encoding of several bytes": b'<?xml version="1.0" encoding="utf-7"?><opsa-mef/>',
    "another document": "<html/>",
    "half a character": "<opsa-mef>\ud800</opsa-mef>",
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_documents_are_refused(case: str) -> None:
    found = read(HOSTILE[case])
    assert found.tree is None
    assert len(found.problems) == 1
    assert found.problems[0].line == 1
    assert "root:" not in str(found.problems)
