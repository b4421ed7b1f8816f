"""What the docstrings of kinds and their fields say, read when somebody asks.

Python keeps the docstring of a class, and forgets those behind its fields: they are taken from the source text.
"""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Mapping
from itertools import pairwise

from pydantic import BaseModel


def description(model: type[BaseModel]) -> str:
    """What a kind or a value is: paragraphs of text, each on one line."""
    return _flowed(model.__doc__ or "")


def summary(model: type[BaseModel]) -> str:
    """The first paragraph of that."""
    return description(model).partition("\n\n")[0]


def title(model: type[BaseModel]) -> str:
    """What a value is called: `Web link`. A kind is called by its name."""
    parts = re.findall(r"[A-Z]+(?![a-z])|[A-Z][a-z]+", model.__name__)
    return model.__name__ if "api_version" in model.model_fields else " ".join(parts).capitalize()


def field_words(model: type[BaseModel]) -> Mapping[str, str]:
    """What the docstring behind each field says, by the name that users write. Inherited fields are included."""
    found: dict[str, str] = {}
    for ancestor in reversed(model.__mro__):
        if issubclass(ancestor, BaseModel) and ancestor is not BaseModel:
            found |= _docstrings(ancestor)
    return {
        field.alias or attribute: found[attribute]
        for attribute, field in model.model_fields.items()
        if attribute in found
    }


def _docstrings(model: type[BaseModel]) -> Mapping[str, str]:
    """The texts that stand right behind the fields of one class."""
    try:
        source = inspect.getsource(model)
    except OSError:  # installed without its source: then fields go without words
        return {}
    parsed = ast.parse(textwrap.dedent(source)).body[0]
    body = parsed.body if isinstance(parsed, ast.ClassDef) else []
    return {
        field.target.id: _flowed(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _flowed(text: str) -> str:
    """Lines of a paragraph joined, paragraphs apart."""
    return "\n\n".join(" ".join(part.split()) for part in inspect.cleandoc(text).split("\n\n"))
