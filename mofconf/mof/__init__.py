"""The facts of the Microsoft Operations Framework as data: clusters, quadrants, functions, reviews, words."""

from __future__ import annotations

from mofconf.mof.change import CATEGORIES, PRIORITIES, Category, Priority, approval_path
from mofconf.mof.cluster import Cluster, clusters
from mofconf.mof.combination import COMBINATIONS, Advice, Combination, combining
from mofconf.mof.enumeration import (
    AGREEMENTS,
    CONTINUITY_OPTIONS,
    LEVELS,
    RELEASE_CONTENTS,
    RELEASE_DECISIONS,
    RELEASE_WEIGHTS,
    Term,
)
from mofconf.mof.functional_role import FunctionalRole, functional_roles
from mofconf.mof.quadrant import Quadrant, quadrants
from mofconf.mof.review import Review, reviews
from mofconf.mof.risk import RISK_RESPONSES, RISK_SITUATIONS, RISK_SOURCES, RiskStep, risk_steps
from mofconf.mof.smf import Smf, selectable_smfs, smfs
from mofconf.mof.version import Version

__all__ = [
    "AGREEMENTS",
    "CATEGORIES",
    "COMBINATIONS",
    "CONTINUITY_OPTIONS",
    "LEVELS",
    "PRIORITIES",
    "RELEASE_CONTENTS",
    "RELEASE_DECISIONS",
    "RELEASE_WEIGHTS",
    "RISK_RESPONSES",
    "RISK_SITUATIONS",
    "RISK_SOURCES",
    "Advice",
    "Category",
    "Cluster",
    "Combination",
    "FunctionalRole",
    "Priority",
    "Quadrant",
    "Review",
    "RiskStep",
    "Smf",
    "Term",
    "Version",
    "approval_path",
    "clusters",
    "combining",
    "functional_roles",
    "quadrants",
    "reviews",
    "risk_steps",
    "selectable_smfs",
    "smfs",
]
