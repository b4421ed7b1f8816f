"""The rule backup-misses-rpo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from math import inf

from mofconf.analyses.recovery.loss import Data
from mofconf.diagnostic import Related, Severity
from mofconf.kinds.values import show_duration
from mofconf.rules.rule import Evidence, Finding, rule


@rule(Severity.WARNING)
def backup_misses_rpo(evidence: Evidence) -> Iterator[Finding]:
    """More of the latest data would be lost than an agreement or the service itself allows.

    What came in since the last backup but one began is lost when a run fails: the longest pause between two runs, and
    the longest run. Data that no backup brings back is lost altogether. A replica is no backup, as it follows every
    mistake.

    Bad:
        kind: SLA
        name: checkout-acme
        service: checkout
        recovery: {rpo: 1h}  # ! backup-misses-rpo
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        holds: [orders]
        ---
        kind: DataSet
        name: orders
        ---
        kind: Job
        name: orders-full
        type: backup
        protects: [DataSet/orders]
        schedule: "30 2 * * *"
        longestRun: 40m

    Good:
        kind: SLA
        name: checkout-acme
        service: checkout
        recovery: {rpo: 1h}
        ---
        kind: Service
        name: checkout
        owner: payments
        needs: [orders-db]
        ---
        kind: Asset
        name: orders-db
        holds: [orders]
        ---
        kind: DataSet
        name: orders
        ---
        kind: Job
        name: orders-full
        type: backup
        protects: [DataSet/orders]
        schedule: "30 2 * * *"
        longestRun: 40m
        ---
        kind: Job
        name: orders-log
        type: backup
        level: incremental
        protects: [DataSet/orders]
        schedule: {every: 15m}
        longestRun: 5m
    """
    for service, objective in evidence.missed_objectives:
        if objective.kind != "rpo":
            continue
        limit = show_duration(timedelta(seconds=objective.limit))
        for data in evidence.recoveries.data(service):
            if data.low <= objective.limit:
                continue
            related = [
                Related(evidence.place(backup.job, "name"), f"{backup.job} does not help: {backup.unfit}")
                if backup.unfit
                else Related(
                    evidence.place(backup.job, "name"),
                    f"{backup.job} {'is the best there is' if backup.low < inf else 'never runs'}",
                )
                for backup in data.backups[:1]
            ]
            whose = "" if objective.by == service else f" of {service}"
            yield Finding(
                f"{objective.by} allows {limit} of data{whose} to be lost, and of {data.address} {_loss(data)}",
                evidence.place(objective.by, *objective.field),
                objective.by,
                objective.field,
                _next_step(data),
                tuple(related),
                data.address,
            )


def _loss(data: Data) -> str:
    if data.low < inf:
        return f"{show_duration(timedelta(seconds=data.low))} may be"
    return "all would be: no backup " + ("that protects it brings it back" if data.backups else "protects it")


def _next_step(data: Data) -> str:
    if data.low < inf:
        return f"let {data.backups[0].job} run more often, or add incremental backups"
    new = f"write a Job of type backup that protects {data.address}, with its copies elsewhere"
    return f"mend {data.backups[0].job}, or {new}" if data.backups else new
