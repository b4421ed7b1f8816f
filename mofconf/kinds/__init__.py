"""Documents become resources: the kinds, one file each, and the table of all of them."""

from __future__ import annotations

from collections.abc import Mapping

from mofconf.kinds.asset import Asset
from mofconf.kinds.calendar import Calendar
from mofconf.kinds.contract import Contract
from mofconf.kinds.customer import Customer
from mofconf.kinds.dataset import DataSet
from mofconf.kinds.environment import Environment
from mofconf.kinds.job import Job
from mofconf.kinds.location import Location
from mofconf.kinds.ola import OLA
from mofconf.kinds.partner import Partner
from mofconf.kinds.person import Person
from mofconf.kinds.project import Project
from mofconf.kinds.resource import Resource
from mofconf.kinds.service import Service
from mofconf.kinds.sla import SLA
from mofconf.kinds.team import Team

KINDS: Mapping[str, type[Resource]] = {
    "Project": Project,
    "Person": Person,
    "Team": Team,
    "Customer": Customer,
    "Partner": Partner,
    "Location": Location,
    "Environment": Environment,
    "Asset": Asset,
    "Service": Service,
    "DataSet": DataSet,
    "SLA": SLA,
    "OLA": OLA,
    "Contract": Contract,
    "Calendar": Calendar,
    "Job": Job,
}
"""Every kind by its name, in the order in which people are told about them."""
