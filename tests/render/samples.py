"""Reports to render: a plan, a validation, a graph, an explanation, and one of hostile names."""

from __future__ import annotations

from mofconf.diagnostic import Diagnostic, Place, Related, Severity
from mofconf.report import Branch, Cell, Line, Node, Picture, Report, Row, Section, Tone, Verdict


def cells(*texts: str | tuple[str, Tone]) -> tuple[Cell, ...]:
    return tuple(Cell(text) if isinstance(text, str) else Cell(*text) for text in texts)


def strong(text: str) -> tuple[str, Tone]:
    return (text, Tone.STRONG)


FINDINGS = (
    Diagnostic(
        "dangling-reference",
        Severity.ERROR,
        "Service/legacy-auth does not exist",
        Place("catalog/service/billing.yaml", 9, 7),
        address="Service/billing",
        field="needs[1]",
        hint="did you mean Service/auth? Otherwise remove the line.",
        subject="Service/legacy-auth",
        status="new",
    ),
    Diagnostic(
        "single-instance-behind-vital-service",
        Severity.WARNING,
        "Service/checkout is vital and Asset/db-primary has no second instance",
        Place("catalog/asset/db-primary.yaml", 1, 1),
        address="Asset/db-primary",
        related=(Related(Place("catalog/service/checkout.yaml", 5, 14), "said to be vital here"),),
        status="new",
    ),
    Diagnostic(
        "ownerless-service",
        Severity.NOTE,
        "Service/shipping has no owner",
        Place("catalog/service/shipping.yaml", 2, 7),
        address="Service/shipping",
        status="fixed",
    ),
    *(
        Diagnostic(
            "unknown-field",
            Severity.WARNING,
            f"Team/team-{number} has no field named lead",
            Place("catalog/teams.yaml", number * 4, 3),
            address=f"Team/team-{number}",
            field="lead",
            status="unchanged",
        )
        for number in range(1, 15)
    ),
)

BECAUSE = (
    "Service/checkout needs Asset/db-primary, which moves to Location/dc-west; "
    "dc-west alone now takes down both database nodes"
)

PLAN = Report(
    "plan",
    "main...move-db",
    Verdict("blocked", "blocked: 1 promise broken, 2 approvals missing", Tone.BAD),
    sections=(
        Section(
            "Promises",
            (
                Row(
                    cells(
                        strong("SLA/checkout-acme"),
                        "99.95 %",
                        "was 99.968 %, now 99.931 %",
                        ("broken by 8.2 min a month (16.0 worse)", Tone.BAD),
                    ),
                    place=Place("catalog/asset/db-primary.yaml", 7, 11),
                    because=(BECAUSE,),
                ),
            ),
        ),
        Section(
            "Changes",
            (
                Row(
                    cells(
                        strong("Asset/db-primary"),
                        "location",
                        "dc-east -> dc-west",
                        ("availability", Tone.MUTED),
                    ),
                    mark="~",
                    place=Place("catalog/asset/db-primary.yaml", 7, 11),
                ),
                Row(
                    cells(strong("Service/legacy-auth"), ("retired, still needed by Service/billing", Tone.BAD)),
                    mark="-",
                    place=Place("catalog/service/legacy-auth.yaml"),
                ),
                Row(cells(strong("Release/2026.11.2")), mark="+", place=Place("catalog/release.yaml", 14)),
                Row(
                    cells(
                        strong("Service/shipping"),
                        "was Service/shippingservice",
                        ("renamed, nothing else", Tone.MUTED),
                    ),
                    mark=">",
                ),
            ),
        ),
        Section(
            "Impact",
            (
                Row(
                    cells(
                        ("down", Tone.BAD),
                        "Service/billing, Service/invoices, 4 more",
                        ("--why Service/billing", Tone.MUTED),
                    )
                ),
                Row(
                    cells(
                        ("at risk", Tone.WARN),
                        "Service/checkout",
                        "one failure from an outage: {Location/dc-west}",
                    ),
                ),
                Row(cells(("exposed", Tone.MUTED), "Service/search, 11 more")),
            ),
            note="outage of what changes, and what only has to be looked at",
        ),
        Section(
            "Approvals",
            (
                Row(
                    cells(
                        ("needed", Tone.WARN),
                        "operations",
                        strong("Team/platform"),
                        "for Asset/db-primary",
                        "given: no",
                    )
                ),
                Row(
                    cells(
                        ("needed", Tone.WARN),
                        "service",
                        strong("Person/ana"),
                        "for SLA/checkout-acme",
                        "given: no",
                    )
                ),
            ),
        ),
        Section("Coverage", columns=("cluster", "lead"), rows=()),
    ),
    findings=FINDINGS,
    data={
        "changes": [
            {
                "address": "Asset/db-primary",
                "action": "change",
                "fields": [{"path": "location", "class": "availability", "before": "dc-east", "after": "dc-west"}],
            },
            {"address": "Release/2026.11.2", "action": "add", "fields": []},
        ],
        "promises": [{"address": "SLA/checkout-acme", "target": 0.9995, "before": 0.99968, "after": 0.99931}],
    },
    note="3 files, 4 resources",
)

LONG = Diagnostic(
    "contradicting-values",
    Severity.ERROR,
    "Asset/db-primary says location dc-east, but it runs on Asset/host-17, which is in Location/dc-west; "
    "a thing is in one place only",
    Place("catalog/infrastructure/databases/production/europe/primary-and-replicas.yaml", 117, 11),
    address="Asset/db-primary",
    field="location",
    hint="remove the location of Asset/db-primary (it follows from runsOn), or correct that of Asset/host-17",
    related=(Related(Place("catalog/infrastructure/hosts/europe.yaml", 38, 3), "Asset/host-17 is placed here"),),
)

VALIDATION = Report(
    "validate",
    "shop",
    Verdict("failed", "2 of 151 resources have errors", Tone.BAD),
    findings=(
        LONG,
        *(one._replace(status="") for one in FINDINGS[:3]),
        Diagnostic("unmatched-mapping", Severity.NOTE, "nothing matches $.services[*] in any file"),
        Diagnostic("unstaffed-role-cluster", Severity.WARNING, "nobody leads Release", address="Team/platform"),
    ),
    note="151 resources in 40 files",
)

CLEAN = Report("validate", "shop", Verdict("clean", "everything holds", Tone.GOOD), findings=())

GRAPH = Report(
    "graph",
    "Service/checkout",
    trees=(
        Branch(
            "Service/checkout",
            (
                Branch(
                    "Asset/orders-db",
                    (
                        Branch("Asset/host-1", place=Place("catalog/asset/host-1.yaml", 3, 1)),
                        Branch("Location/dc-east"),
                    ),
                    place=Place("catalog/asset/orders-db.yaml", 1, 1),
                ),
                Branch(
                    "any of, failover 99 %",
                    (Branch("Service/psp-a", tone=Tone.GOOD), Branch("Service/psp-b", tone=Tone.BAD)),
                    Tone.MUTED,
                ),
                Branch("Service/recommendations (degrades)"),
            ),
            Tone.STRONG,
            Place("catalog/service/checkout.yaml", 1, 1),
        ),
        Branch("Service/search"),
    ),
    picture=Picture(
        nodes=(
            Node("Service/checkout", "Checkout", "Service", Tone.STRONG),
            Node("Asset/orders-db", "Orders (primary)", "Asset"),
            Node("Service/psp-a", "PSP A", "Service", Tone.GOOD),
            Node("Service/psp-b", "PSP B", "Service", Tone.BAD),
            Node("gate-1", "any of"),
            Node("Service/telemetry", "Telemetry", "Service", Tone.MUTED),
        ),
        lines=(
            Line("Service/checkout", "Asset/orders-db"),
            Line("Service/checkout", "gate-1"),
            Line("gate-1", "Service/psp-a", "first"),
            Line("gate-1", "Service/psp-b"),
            Line("Service/checkout", "Service/telemetry", "start order", soft=True),
        ),
    ),
)

EXPLANATION = Report(
    "explain",
    "dangling-reference",
    text="dangling-reference (error)\n\nA name refers to nothing.\n\n    needs: [payments]\n",
)

EVIL = "x\n::error::\x1b[31m\x9b2J\u202e|`<b>@octocat</b> #1 https://example.org [a](b) \udcff\x00*_$\\|"

HOSTILE = Report(
    "plan" + EVIL,
    EVIL,
    Verdict("blocked", EVIL, Tone.BAD),
    sections=(
        Section(
            EVIL,
            (Row(cells(strong(EVIL), EVIL), mark="+", place=Place(EVIL, 1, 2), because=(EVIL, EVIL)),),
            columns=(EVIL, EVIL),
            note=EVIL,
        ),
    ),
    findings=(
        Diagnostic(
            "unreadable-document",
            Severity.ERROR,
            EVIL,
            Place(EVIL, 3, 4),
            EVIL,
            EVIL,
            EVIL,
            (Related(Place(EVIL), EVIL),),
            EVIL,
            "new",
        ),
    ),
    trees=(Branch(EVIL, (Branch(EVIL, place=Place(EVIL)),)),),
    picture=Picture((Node(EVIL, EVIL, EVIL, Tone.BAD), Node("%%{init: {}}%%", "1. end")), (Line(EVIL, EVIL, EVIL),)),
    data={"changes": [], "nan": float("nan"), "name": EVIL},
    note=EVIL,
)

SAMPLES = {
    "plan": PLAN,
    "validate": VALIDATION,
    "clean": CLEAN,
    "graph": GRAPH,
    "explain": EXPLANATION,
    "hostile": HOSTILE,
}
