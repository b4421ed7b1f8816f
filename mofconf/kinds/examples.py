"""One small resource of each kind, as somebody would write it: for explanations, editors and the reference pages."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping


def _written(text: str) -> str:
    return textwrap.dedent(text).lstrip("\n")


EXAMPLES: Mapping[str, str] = {
    "Project": _written("""
        kind: Project
        name: shop
        sources:
          - files: "catalog/**/*.yaml"
          - files: compose.yaml
            format: compose
        defaults:
          - for: {kind: Asset, category: hardware}
            set: {owner: infrastructure}
        severities:
          ownerless-service: error
        """),
    "Person": _written("""
        kind: Person
        name: ana
        title: Ana Lima
        email: ana@example.org
        handles: {github: ana-lima}
        skills:
          - {name: PostgreSQL, level: expert}
        """),
    "Team": _written("""
        kind: Team
        name: payments
        members: [ana, joao]
        roles:
          - cluster: operations
            lead: ana
            deputies: [joao]
        contact: payments@shop.example
        """),
    "Customer": _written("""
        kind: Customer
        name: acme
        title: Acme Ltd
        contacts: [it-desk@acme.example]
        users: 240
        relationshipOwner: payments
        """),
    "Partner": _written("""
        kind: Partner
        name: psp-a
        title: First Payment Provider
        manager: ana
        contacts: [support@psp-a.example]
        partnership: supplier
        """),
    "Location": _written("""
        kind: Location
        name: dc-east/rack-7
        type: rack
        partOf: dc-east
        availability: {percent: 99.98%, mttr: 2h}
        """),
    "Environment": _written("""
        kind: Environment
        name: staging
        stage: staging
        promotesTo: production
        """),
    "Asset": _written("""
        kind: Asset
        name: orders-db
        category: software
        model: PostgreSQL
        owner: payments
        availability: {percent: 99.9%, mttr: 2h}
        instances:
          a: {runsOn: host/e1}
          b: {runsOn: host/w1}
        up: {atLeast: 1, failover: 99%}
        """),
    "Service": _written("""
        kind: Service
        name: checkout
        title: Checkout
        type: business
        owner: payments
        criticality: vital
        customers: [acme]
        needs:
          - orders-db
          - anyOf: [psp-a, psp-b]
            failover: 99%
          - ref: recommendations
            effect: degrades
        availability: 99.98%
        """),
    "DataSet": _written("""
        kind: DataSet
        name: orders
        owner: payments
        confidentiality: high
        integrity: high
        availability: medium
        retention: 3650d
        """),
    "SLA": _written("""
        kind: SLA
        name: checkout-acme
        service: checkout
        customers: [acme]
        targets:
          availability: 99.95%
          responseTime: {percentile: 95%, within: 800ms}
        hours: 24x7
        restore: {1: 4h, 2: 8h}
        recovery: {rto: 4h, rpo: 15m}
        effective: 2026-01-01
        expires: 2026-12-31
        """),
    "OLA": _written("""
        kind: OLA
        name: orders-db
        team: payments
        supports: [Asset/orders-db]
        targets: {availability: 99.97%}
        supportHours: weekdays
        restore: {1: 90m}
        """),
    "Contract": _written("""
        kind: Contract
        name: psp-a-2026
        partner: psp-a
        covers: [Service/psp-a]
        targets: {availability: 99.9%}
        restore: {1: 2h}
        cost: {amount: 1200, currency: EUR, per: month}
        expires: 2026-12-31
        notice: 90d
        """),
    "Calendar": _written("""
        kind: Calendar
        name: weekdays
        zone: Europe/Berlin
        hours:
          monday: [08:00-18:00]
          tuesday: [08:00-18:00]
          wednesday: [08:00-18:00]
          thursday: [08:00-18:00]
          friday: [08:00-16:00]
        holidays: [2026-12-25]
        """),
    "Job": _written("""
        kind: Job
        name: orders-full
        title: Orders, every night
        type: backup
        level: full
        protects: [DataSet/orders]
        schedule: "30 2 * * *"
        longestRun: 40m
        target: backup-vault
        retention: 35d
        lastRestoreTest: 2026-10-03
        needs: [orders-db]
        owner: payments
        """),
}
"""The example of each kind, in YAML. Names in it need not exist."""
