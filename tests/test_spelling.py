"""Did you mean: what is suggested for a misspelt word, and what is never suggested."""

from __future__ import annotations

import pytest

from mofconf.spelling import did_you_mean, likely

# the word, the known words, and what is suggested, best first
SUGGESTED: list[tuple[str, str, str]] = [
    # plain words
    ("ownr", "owner needs", "owner"),
    ("Orders_DB", "orders-db orders", "orders-db"),
    ("servce", "service Service", "Service"),
    ("ORDERS", "orders-db orders", "orders"),
    ("chekout", "checkout checkout-db chat", "checkout"),
    ("rack-9", "rack-1 rack-2 rack-3 rack-4 room", "rack-1 rack-2 rack-3"),
    ("rack-9", "rack-4 rack-3 rack-2 rack-1", "rack-1 rack-2 rack-3"),
    # the kind is right, the name is not
    ("Service/chekout", "Asset/checkout Service/cart Service/checkout", "Service/checkout"),
    ("Team/platfrom", "Team/payments Team/platform", "Team/platform"),
    # the name is right, the kind is not
    ("Servce/checkout", "Service/cart Service/checkout", "Service/checkout"),
    ("Service/checkout", "Asset/checkout Team/shop", "Asset/checkout"),
    # within a namespace, and into one
    ("ns/team-tenat", "ns/team-tenet ns/team-up", "ns/team-tenet"),
    ("team-tenat", "ns/team-tenet ns/team-up", "ns/team-tenet"),
    ("ns/team-tenat", "team-tenet team-up", "team-tenet"),
    ("team-tenet", "ns/team-tenet other/team-tenet", "ns/team-tenet other/team-tenet"),
    ("gaintswarm/team-x", "giantswarm/team-x giantswarm/honeybadger", "giantswarm/team-x"),
    ("giantswarm/team-x", "giantswarm/team-y giantswarm/honeybadger", "giantswarm/team-y"),
    ("api/ordrs", "api/orders system/orders", "api/orders"),
    ("api-orders", "api/orders", "api/orders"),
    ("a/b/chekout", "a/b/checkout a/c/checkout", "a/b/checkout"),
    # too far, however much of the way is shared
    ("zebra", "owner needs", ""),
    ("Service/x", "Service/y Service/z", ""),
    ("Service/zebra", "Service/mango Asset/zebu", ""),
    ("giantswarm/zebra", "giantswarm/alpha giantswarm/team-x", ""),
    ("giantswarm/zebra", "giantswarm/alpha acme/zebra", "acme/zebra"),
    ("kubernetes/api", "kubernetes/ui", ""),
    ("ns/db", "other/dp", ""),
    ("db", "ns/dp", ""),
    ("", "a ns/b", ""),
    ("/", "a ns/b", ""),
    ("a", "", ""),
]


@pytest.mark.parametrize(("word", "known", "wanted"), SUGGESTED)
def test_what_is_suggested(word: str, known: str, wanted: str) -> None:
    assert " ".join(likely(word, known.split())) == wanted


@pytest.mark.parametrize(("word", "known", "wanted"), SUGGESTED)
def test_the_order_of_what_is_known_changes_nothing(word: str, known: str, wanted: str) -> None:
    assert " ".join(likely(word, reversed(known.split()))) == wanted


def test_a_suggestion_is_a_question() -> None:
    assert did_you_mean("Servce", ["Service", "Asset"]) == "did you mean Service?"
    assert did_you_mean("db-9", ["db-1", "db-2"]) == "did you mean db-1 or db-2?"
    assert did_you_mean("db-9", ["db-4", "db-3", "db-2", "db-1"]) == "did you mean db-1, db-2 or db-3?"
    assert did_you_mean("zebra", ["Service"]) == ""
