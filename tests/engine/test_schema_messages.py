"""What is said of a value that its schema refuses, keyword by keyword."""

from __future__ import annotations

from functools import cache

import pytest

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import Loaded, load
from tests.workspace import findings

from .test_own_schemas import KIND

PROPERTIES = """\
      few: {description: d, type: array, minItems: 2, maxItems: 3, items: {description: d, type: string}}
      one: {description: d, type: array, minItems: 1, maxItems: 1, uniqueItems: true, items: {description: d, type: string}}
      text: {description: d, type: string, minLength: 1, maxLength: 5}
      sign: {description: d, type: string, maxLength: 1}
      long: {description: d, type: string, minLength: 3}
      level: {description: d, type: integer, minimum: 1, maximum: 5}
      share: {description: d, type: number, exclusiveMinimum: 0, exclusiveMaximum: 1}
      step: {description: d, type: number, multipleOf: 0.5}
      cost: {description: d, type: number, minimum: 0}
      code: {description: d, type: string, pattern: "^[A-Z]+$"}
      word: {description: d, type: string, pattern: "^[a-z]+$", patternErrorMessage: is no word}
      yes: {description: d, const: true}
      size: {description: d, type: string, enum: [small, large], x-enum-descriptions: {small: s, large: l}}
      flag: {description: d, type: boolean}
      map: {description: d, type: object, minProperties: 2, additionalProperties: {description: d, type: string}}
"""  # noqa: E501 a line for each property


@cache
def loaded() -> Loaded:
    kind = KIND.replace("      servedBy:\n", f"{PROPERTIES}      servedBy:\n")
    return load([Source("schemas/own.yaml", kind.encode())])


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("few: [a]", "few must have at least 2 entries"),
        ("few: [a, b, c, d]", "few must have at most 3 entries"),
        ("one: []", "one must have at least 1 entry"),
        ("one: [a, b]", "one must have at most 1 entry"),
        ('text: ""', "text must not be empty"),
        ("text: abcdef", "text must have at most 5 characters"),
        ("sign: ab", "sign must have at most 1 character"),
        ("long: ab", "long must have at least 3 characters"),
        ("cost: x", "cost must be a number, not “x”"),
        ("level: 0", "level must be a whole number from 1 to 5, not 0"),
        ("level: 6", "level must be a whole number from 1 to 5, not 6"),
        (f"level: {'9' * 80}", f"level must be a whole number from 1 to 5, not {'9' * 57}…"),
        ("level: [1]", "level must be a whole number from 1 to 5, not a list; write 1"),
        ("level: {a: 1}", "level must be a whole number from 1 to 5, not a mapping"),
        ("level:", "level has no value; give it a whole number from 1 to 5, or remove the line"),
        ("level: true", "level must be a whole number from 1 to 5, not true"),
        ("share: 0", "share must be more than 0, not 0"),
        ("share: 1", "share must be less than 1, not 1"),
        ("step: 0.7", "step: 0.7 is not a multiple of 0.5"),
        ("code: ab", "code: “ab” does not have the form ^[A-Z]+$; did you mean AB?"),
        ("word: AB", "word: “AB” is no word; did you mean ab?"),
        (f"word: {'A' * 80}", f"word: “{'A' * 57}…” is no word; did you mean {'a' * 80}?"),
        ("'yes': false", "yes must be true, not false"),
        ("size: smal", "size must be one of small, large, not “smal”; did you mean small?"),
        ("size: xxl", "size must be one of small, large, not “xxl”"),
        ("flag: 1", "flag must be true or false, not 1"),
        ("map: {a: b}", "map must have at least 2 entries"),
    ],
)
def test_message(written: str, message: str) -> None:
    model = f"""
        apiVersion: bizalign/v1
        kind: DataProduct
        metadata: {{name: prices}}
        spec:
          {written}
        """
    (found,) = findings(model, "MOD106", loaded=loaded())
    assert found == f"{found.partition(' ')[0]} MOD106 {message}"


def test_client_options_are_followed() -> None:
    model = """
        apiVersion: bizalign/v1
        kind: DataProduct
        metadata: {name: prices}
        spec: {few: [a, b], one: [a], text: abcde, long: abc, level: 5, share: 0.5, step: 1.5,
          code: AB, word: ab, "yes": true, size: large, flag: false, map: {a: b, c: d}}
        """
    assert findings(model, "MOD106", "MOD107", loaded=loaded()) == []


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("2 EUR", "; did you mean 2?"),
        ("EUR 2", "; did you mean 2?"),
        ("'1,000'", "; did you mean 1000?"),
        ("'2'", ""),  # it is only in quotes, which a fix takes away
        ("two", ""),
    ],
)
def test_a_number_that_is_written_with_more_is_suggested_without(written: str, hint: str) -> None:
    model = f"""
        apiVersion: bizalign/v1
        kind: Initiative
        metadata: {{name: core}}
        spec: {{budget: {{amount: {written}, currency: EUR}}}}
        """
    (found,) = findings(model, "MOD106")
    shown = written.strip("'")
    assert found.endswith(f"MOD106 amount must be a number, not “{shown}”{hint}")
