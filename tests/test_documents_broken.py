"""Files and documents that cannot be read: each is one fact with a place, a reason in plain words and a next step."""

from __future__ import annotations

import re

import pytest

from mofconf.documents import Document, SourceFile, Unreadable, read


def outline(content: str | bytes) -> list[object]:
    """What reading gives: the value of a document, the place of what is broken."""
    found = read(SourceFile("a.yaml", content.encode() if isinstance(content, str) else content))
    return [one.value if isinstance(one, Document) else one.place[1:] for one in found]


# Content, line and column, words of the reason, words of the hint.
BROKEN: dict[str, tuple[str | bytes, int, int, str, str]] = {
    "an unclosed quote": ("a: 1\nb: 'x\nc: 2\n", 2, 4, "quote is never closed", "close"),
    "an unclosed double quote": ('a: "x\n', 1, 4, "quote is never closed", "close"),
    "an unclosed bracket": ("a: [1,\n  2\nb: 3\n", 1, 4, "the [ here is not closed", "comma"),
    "an unclosed brace": ("a: {b: 1\nc: 3\n", 1, 4, "the { here is not closed", "comma"),
    "an unclosed bracket at the end": ("a: [1,", 1, 7, "[ or {", "close"),
    "a bracket too much": ("a: [1]]\n", 1, 7, "after a value that has ended", "quotes"),
    "text after quotes": ("a: 'x' y\n", 1, 8, "after a value that has ended", "quotes"),
    "a tab for indentation": ("a:\n\tb: 1\n", 2, 1, "tab", "spaces"),
    "a tab in the text below a key": ("a: >\n  x\n\ty\n", 3, 1, "tab", "spaces"),
    "wrong indentation": ("a:\n  b: 1\n c: 2\n", 3, 2, "does not fit into the mapping", "indentation"),
    "indentation below a value": ("a: 1\n  b: 2\n", 2, 4, "colon", "indentation"),
    "a second colon": ("a: b: c\n", 1, 5, "colon", "quotes"),
    "a line without a colon": ("a: 1\nfoo\nb: 2\n", 2, 1, "neither a key", "key: value"),
    "a key after a list": ("- a\nb: 1\n", 2, 1, "does not fit into the list", "`- `"),
    "a list after a key": ("a: 1\n- b\n", 2, 1, "does not fit into the mapping", "indentation"),
    "a list in the line of its key": ("a: - b\n", 1, 4, "list cannot start here", "new line"),
    "a text that starts with @": ("a: @b\n", 1, 4, "cannot start with @", "quotes"),
    "a text that starts with a backtick": ("a: `b`\n", 1, 4, "cannot start with `", "quotes"),
    "a text that starts with %": ("a: %b\n", 1, 4, "cannot start with %", "quotes"),
    "a text that starts with *": ("a: *.example.org\n", 1, 4, "starts with *", "quotes"),
    "a text that starts with &": ("a: &\n", 1, 4, "starts with &", "quotes"),
    "a text that starts with !": ("a: !{x}\n", 1, 4, "starts with !", "quotes"),
    "a tag with an unknown prefix": ("a: !x!y b\n", 1, 4, "prefix", "tag"),
    "an unknown escape": ('a: "C:\\dir"\n', 1, 7, "escape", "backslash"),
    "half a character, as JSON writes it": ('{"a": "\\ud83d\\ude00"}', 1, 10, "half of a character", "itself"),
    "text after the sign of a block scalar": ("a: |x\n  b\n", 1, 4, "| or >", "quotes"),
    "more text after the document": ('"a"\nb: c\n', 2, 1, "after the end of the document", "indentation"),
    "text after quotes around all there is": ('"a" b\n', 1, 5, "after a value that has ended", "quotes"),
    "an unknown directive": ("%FOO\n---\na: 1\n", 1, 5, "directive", "quotes"),
    "a YAML of the future": ("%YAML 3.0\n---\na: 1\n", 1, 1, "directive", "quotes"),
    "very many tag directives": ("%TAG !a! tag:x:\n" * 100_000 + "---\na\n", 1, 1, "%TAG", "remove"),
    "a control character": ("a: 1\nb: x\x07y\n", 2, 5, "control character U+0007", "escape"),
    "a NUL": ("a: 1\nb: x\0y\n", 2, 5, "NUL", "remove"),
    "a delete": ("\u00e4: \x7f\n", 1, 4, "U+007F", "escape"),
    "Latin-1": ("a: 1\nb: x\u00e9y\n".encode("latin-1"), 2, 5, "0xE9 here is not UTF-8", "UTF-8"),
    "a character cut in two": ("\u00e4: \u00e4".encode()[:-1], 1, 4, "0xC3 here is not UTF-8", "UTF-8"),
    "a surrogate": (b"a: \xed\xa0\x80\n", 1, 4, "not UTF-8", "UTF-8"),
    "UTF-16 without a byte order mark": ("kind: Service\n".encode("utf-16-le"), 1, 1, "UTF-16", "UTF-8"),
    "UTF-16 of the other order": ("kind: Service\n".encode("utf-16-be"), 1, 1, "UTF-16", "UTF-8"),
    "Ansible Vault": (
        "$ANSIBLE_VAULT;1.1;AES256\n62313365396662343061393464336163\n3835\n",
        1,
        1,
        "Ansible Vault",
        "plain text",
    ),
    "git-crypt": (b"\0GITCRYPT\0\x8a\x1f\xff\x00\x12", 1, 1, "git-crypt", "plain text"),
    "age": ("age-encryption.org/v1\n-> X25519 abc\n", 1, 1, "age", "plain text"),
    "PGP": ("-----BEGIN PGP MESSAGE-----\n\nhQEMA\n", 1, 1, "PGP", "plain text"),
    "SOPS": (
        "a: ENC[AES256_GCM,data:x]\nsops:\n  mac: ENC[x]\n  lastmodified: '2026-01-01T00:00:00Z'\n",
        1,
        1,
        "SOPS",
        "plain text",
    ),
    "SOPS in JSON": ('{"a": "ENC[x]", "sops": {"mac": "ENC[x]"}}', 1, 1, "SOPS", "plain text"),
    "a Git LFS pointer": (
        "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        1,
        1,
        "Git LFS",
        "git lfs pull",
    ),
    "an HTML page": ("\n<!DOCTYPE html>\n<html lang=en><title>404</title></html>\n", 1, 1, "HTML", "download"),
    "a page of HTML": ("<HTML>\n<body class='x'>: y\n", 1, 1, "HTML", "download"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 1, 1, "picture", "leave"),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", 1, 1, "gzip", "leave"),
    "some binary": (bytes(range(256)), 1, 1, "binary", "leave"),
    "a merge conflict": (
        "kind: A\n<<<<<<< HEAD\nname: x\n=======\nname: y\n>>>>>>> theirs\n",
        2,
        1,
        "merge conflict",
        "resolve",
    ),
    "a merge conflict with its base, in CRLF": (
        "a:\r\n<<<<<<< HEAD\r\n  b: 1\r\n||||||| 123\r\n=======\r\n  b: 2\r\n>>>>>>> x\r\n",
        2,
        1,
        "merge conflict",
        "resolve",
    ),
    "a merge conflict that reads as a text": (
        "<<<<<<< HEAD\nx\n=======\ny\n>>>>>>> theirs\n",
        1,
        1,
        "merge conflict",
        "resolve",
    ),
    "very many brackets": ("[" * 1_000_000, 1, 65, "64 deep", "flatter"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_document(case: str) -> None:
    content, line, column, reason, hint = BROKEN[case]
    [found] = read(SourceFile("a.yaml", content.encode() if isinstance(content, str) else content))
    assert isinstance(found, Unreadable)
    assert (found.place.line, found.place.column) == (line, column)
    assert reason in found.reason
    assert hint in found.hint
    assert len(found.reason) < 120
    assert not found.hint.endswith(".")
    jargon = r"while (scanning|parsing)|expected|token|flow|scalar|node|simple key|\n"
    assert not re.search(jargon, found.reason + found.hint)


GOOD = "kind: A\nname: good\n"

WHOLE_FILES = {
    "Ansible Vault", "git-crypt", "age", "PGP", "a Git LFS pointer", "an HTML page", "a page of HTML", "a picture",
    "gzip", "some binary", "UTF-16 without a byte order mark", "UTF-16 of the other order",
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(BROKEN.keys() - WHOLE_FILES))
def test_the_documents_around_a_broken_one_are_read(case: str) -> None:
    content, line, column, _, _ = BROKEN[case]
    content = content.encode() if isinstance(content, str) else content
    after = b"\n---\n" if not content.startswith(b"%") else b"\n...\n"
    text = GOOD.encode() + (b"...\n" if content.startswith(b"%") else b"---\n") + content + after + GOOD.encode()
    place = (line + 3, column)
    value = {"kind": "A", "name": "good"}
    assert outline(text) == [value, place, value]


@pytest.mark.parametrize("line_break", ["\n", "\r\n", "\r"])
def test_every_broken_document_is_one_fact(line_break: str) -> None:
    text = "a: [\n---\nb: 1\n---\nc: '\n---\n# nothing\n---\n\td: 1\n...\ne: 1\n--- \nf: {\n"
    assert outline(text.replace("\n", line_break)) == [(1, 5), {"b": 1}, (5, 4), (9, 1), {"e": 1}, (13, 5)]


def test_a_text_that_looks_like_a_document_start_is_none() -> None:
    assert outline("a: |\n  ---\n  [\nb: ---x\nc: [\n---\nd: 1\n") == [(5, 5), {"d": 1}]
    assert outline("a: [\n---x\n---\nd: 1\n") == [(1, 4), {"d": 1}]


def test_directives_and_comments_stay_with_their_document() -> None:
    text = "a: [\n...\n# c\n%TAG !e! tag:yaml.org,2002:\n---\nb: !e!str 1\n"
    assert outline(text) == [(1, 5), {"b": "1"}]


def test_a_byte_order_mark_may_stand_before_any_document() -> None:
    assert outline("\ufeffa: 1\n---\nb: 1\n\ufeff---\nc: 1\n...\n\ufeffd: 1\n") == [
        {"a": 1},
        {"b": 1},
        {"c": 1},
        {"d": 1},
    ]


@pytest.mark.parametrize(
    ("text", "kind", "name"),
    [
        ("kind: Service\nname: checkout\nx: [\n", "Service", "checkout"),
        ("name: 'a b'\nkind: \"Service\"  # c\n\tx\n", "Service", "a b"),
        ("kind: Service\r\nname: host/e1\r\nx: '\r\n", "Service", "host/e1"),
        ("x: '\nkind: A\n", "A", ""),
        ("spec:\n  kind: A\n  name: b\n x: 1\n", "", ""),
        ("kind: [A]\nname: *b\nx: '\n", "", ""),
        ("kind: A B C\nname: {{ x }}\n\t[\n", "", ""),
        ("kind:\nname: \n[x\n", "", ""),
        ("kind: A\nname: caf\u00e9\nx: [\n", "A", ""),
    ],
)
def test_what_is_legible_of_a_broken_document(text: str, kind: str, name: str) -> None:
    [broken, good] = read(SourceFile("a.yaml", f"{text}---\nkind: B\nname: other\nx: 1\n".encode()))
    assert isinstance(broken, Unreadable)
    assert isinstance(good, Document)
    assert (broken.kind, broken.name) == (kind, name)


def test_a_file_of_nothing_but_broken_documents_is_not_read_to_its_end() -> None:
    found = read(SourceFile("a.yaml", b"--- [\n" * 5000))
    assert len(found) == 1001
    last = found[-1]
    assert isinstance(last, Unreadable)
    assert "1,000" in last.reason


@pytest.mark.parametrize(
    "text",
    [
        "a: '<<<<<<< x'\nb: 1\n",
        "a: |\n  <<<<<<< x\n  =======\n",
        "a: 1 # <<<<<<<\n",
        "sops: {keys: []}\n",
        "sops: x\n",
        "- sops: {mac: 1}\n",
        "a: <html>\n",
        "version: https://git-lfs.github.com/spec/v1\n",
    ],
)
def test_what_only_looks_like_it_is_read(text: str) -> None:
    [found] = read(SourceFile("a.yaml", text.encode()))
    assert isinstance(found, Document)
