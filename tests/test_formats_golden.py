"""Every format against pairs of input and expected drafts: values, places, problems and wanted files."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from formats_shaping import CASES, cases, outcome


@pytest.mark.parametrize("case", cases())
def test_case(case: str) -> None:
    expected: dict[str, Any] = yaml.safe_load((CASES / case / "expected.yaml").read_text())
    assert outcome(case) == expected


def test_every_format_has_cases() -> None:
    assert {case.split("/")[0] for case in cases()} == {"backstage", "compose", "mapping"}
