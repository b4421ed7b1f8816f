"""Patterns for many files: they mean all of them, and no other."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mofconf.answers.survey import patterns
from mofconf.formats.globs import matching

PATHS = st.lists(
    st.builds(
        lambda folders, name, suffix: "/".join([*folders, f"{name}.{suffix}"]),
        st.lists(st.sampled_from(["a", "b", "c"]), max_size=3),
        st.sampled_from(["x", "y", "catalog-info"]),
        st.sampled_from(["yaml", "yml"]),
    ),
    unique=True,
    max_size=40,
)


@given(PATHS, st.data())
def test_patterns_mean_what_was_chosen(paths: list[str], data: st.DataObject) -> None:
    chosen = data.draw(st.lists(st.sampled_from(paths), unique=True)) if paths else []
    made = patterns(chosen, paths)
    assert sorted(matching(made, [], paths)) == sorted(chosen)
    assert len(made) <= len(chosen)
    if len(chosen) > 4 and sorted(chosen) == sorted(paths):
        assert len(made) <= 6, "each is a name, so there are no more patterns than names"
