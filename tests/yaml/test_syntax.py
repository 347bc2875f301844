"""Mistakes in YAML: what is said of each, and where."""

from __future__ import annotations

import pytest

from .reading import HEAD, read, told

TAB = "a tab is used for indentation; YAML needs spaces"
KEYS = "wrong indentation: this is not aligned with the keys above"
LIST = "wrong indentation: this is not aligned with the list above"
ITEM = "expected a key, found a list item; check the indentation"
COLON = "a second “: ” on one line; quote the value if the colon is part of it"
MORE = (
    "YAML reads this line as part of the value above; fix the indentation, "
    "or use | for multi-line text"
)
QUOTE = "this quote is never closed"
BEHIND = "unexpected text after the closing quote; quote the whole value"
LOST = "neither “key: value” nor a list item; is a colon missing?"
SPACE = "add a space after this colon"
INLINE = "a list cannot start on the line of its key; put “- ” on its own line"
DIRECTIVE = "a line that starts with % is a directive; YAML has only %YAML 1.2 and %TAG"
TEMPLATE = "YAML reads {{ … }} as a mapping; quote template expressions"
QUESTION = (
    "a question mark followed by a space starts a key, which is not possible here; "
    "put the text in quotes"
)
ASIDE = "inside brackets, quote text that starts with ?"
BAD_TAG = "this is read as a tag, but is not a valid one; quote values that start with !"

CASES = {
    # more than one line apart
    "a:b\n\n# why\nc: d\n": ("2: :", SPACE),
    "a:\n  b:c\n\n  d: e\n": ("3: :", SPACE),
    "a: b\n\tc: d\n": ("3: \t", TAB),
    "a: b]\nc: ]\n": ("3: ]", "unmatched ]"),
    'a: "x"]\n': ("2: ]", "unmatched ]"),
    "a: {]\n": ("2: ]", "unmatched ]"),
    "a: b\n\n\t# x\n\tc: d\n": ("4: \t", TAB),
    "- a\n\t- b\n": ("2: - a", ITEM),
    "a:\n  b: c\n\td: e\n": ("4: \t", TAB),
    "a: b\n\t- c\n": ("3: \t", TAB),
    # indentation
    "\ta: b\n": ("2: \t", TAB),
    "a:\n\tb: c\n": ("3: \t", TAB),
    "a:\n  - b\n\t- c\n": ("4: \t", TAB),
    "a:\n  \tb: c\n": ("3: \t", TAB),
    "a: |\n\tb\n": ("3: \t", TAB),
    "a:\n  b: 1\n c: 2\n": ("4: c: 2", KEYS),
    "a:\n    b: 1\n  c: 2  # why\n": ("4: c: 2  # why", KEYS),
    "a: |\n  x\n y\n": ("4: y", KEYS),
    "a:\n - b\n c: d\n": ("4: c: d", LIST),
    "a:\n  - b: 1\n   c: 2\n": ("4: c: 2", LIST),
    "a: b\n- c\n": ("3: - c", ITEM),
    "- a\n": ("2: - a", ITEM),
    "a: 1\n b: 2\n": ("3: b", MORE),
    "a: some text\n  more text: b\n": ("3: more text", MORE),
    # colons
    "a: b: c\n": ("2: :", COLON),
    "title: Orders: the core\n": ("2: :", COLON),
    "list:\n  - a: b: c\n": ("3: :", COLON),
    "a:b\n": ("2: :", SPACE),
    "a:b\nc: d\n": ("2: :", SPACE),
    "  - long:b\n    c: d\n": ("2: :", SPACE),
    "a: 1\nother\nb: 2\n": ("3: other", LOST),
    "a b c\nd: e\n": ("2: a b c", LOST),
    # lists
    "a: - b\n": ("2: -", INLINE),
    "a: -\n  b\n": ("2: -", INLINE),
    # quotes
    'a: "b\n': ('2: "', QUOTE),
    "a: 'b\nc: d\n": ("2: '", QUOTE),
    'a: "b\nc: d\n': ('2: "', QUOTE),
    "a: 'it's'\n": ("2: s", BEHIND),
    'a: "b" c\n': ("2: c", BEHIND),
    '"a" b: c\n': ("2: b", BEHIND),
    'a: "\\q"\n': (
        "2: \\q",
        "\\q is not an escape in double quotes; write \\\\ for a backslash, or use single quotes",
    ),
    'a: "\\q\\w"\n': (
        "2: \\q",
        "\\q is not an escape in double quotes; write \\\\ for a backslash, or use single quotes",
    ),
    'a: "C:\\Users"\n': ("2: \\U", "this escape is not a character; write the character itself"),
    'a: "\\u12"\n': ("2: \\u", "this escape is not a character; write the character itself"),
    'a: "\\ud83d"\n': ("2: \\u", "this escape is not a character; write the character itself"),
    # brackets
    "a: [1, 2\n": ("2: [", "this [ is never closed; ] is missing"),
    "a: [1, 2\nb: c\n": ("2: [", "this [ is never closed; ] is missing"),
    "a: {b: c\nd: e\n": ("2: {", "this { is never closed; } is missing"),
    "a: [\n": ("2: [", "this [ is never closed; ] is missing"),
    "a: {b: [c, d}\n": (
        "2: }",
        "expected a comma or ] (for the [) before this",
    ),
    "a: [\n  b,\n  c\n  d: e\n  ]\n": (
        "5: :",
        "expected a comma or ] (for the [ of line 2) before this",
    ),
    "a: }\n": ("2: }", "unmatched }"),
    "a: [b]]\n": ("2: ]", "unmatched ]"),
    "a: [b] c\n": ("2: c", "unexpected text after the value"),
    "a: [,b]\n": ("2: ,", "a value is missing before this comma"),
    "a: ,b\n": ("2: ,", "a value is missing before this comma"),
    "a: {b:, c: d}\n": (
        "2: :",
        "this colon does not follow a key; put the value in quotes",
    ),
    "a: {{ b }}\n": ("2: {{", TEMPLATE),
    "{{ b }}: a\n": ("2: {{", TEMPLATE),
    # characters that start no plain scalar
    "a: @b\n": ("2: @", "a value cannot start with @; put it in quotes"),
    "a: `b`\n": ("2: `", "a value cannot start with `; put it in quotes"),
    "a: %b\n": ("2: %", "a value cannot start with %; put it in quotes"),
    "a: *\n": ("2: *", "expected a name after *; quote values that start with *"),
    "a: & b\n": ("2: &", "expected a name after &; quote values that start with &"),
    "a: !!\n": ("2: !", BAD_TAG),
    "a: !b!c d\n": ("2: !", BAD_TAG),
    "a: !<b c\n": ("2: !", BAD_TAG),
    "a: > b\n  c\n": (
        "2: b",
        "text under > starts on the next line; put a value that starts with > in quotes",
    ),
    "a: ? b\n": (
        "2: ?",
        QUESTION,
    ),
    "a: [?b]\n": ("2: ?b", ASIDE),
    "a: {?b: c}\n": ("2: ?b", ASIDE),
    'a: {?"b": c}\n': ('2: ?"b"', ASIDE),
    # keys
    "[a, b]: c\n": ("2: [", "a list cannot be a key here; keys are text"),
    "? {a: b}\n: c\n": ("2: {", "a mapping cannot be a key here; keys are text"),
    "? - a\n: c\n": ("2: -", "a list cannot be a key here; keys are text"),
    "? b: c\n: d\n": ("2: b", "a mapping cannot be a key here; keys are text"),
    # documents
    "a: 1\n%b: c\n": ("3: %b: c", DIRECTIVE),
}


@pytest.mark.parametrize("body", CASES)
def test_what_is_said(body: str) -> None:
    text = HEAD + body
    assert told(text) == [CASES[body]]
    # The same with Windows line ends, and with text before it that is wider in bytes.
    if "\t" not in body:
        windows = told(text.replace("\n", "\r\n"))
        assert [said for _, said in windows] == [CASES[body][1]]
    place, said = CASES[body]
    number, _, stretch = place.partition(": ")
    further = said.replace("of line 2", "of line 3")
    assert told(f"# Größe 😀\n{text}") == [(f"{int(number) + 1}: {stretch}", further)]


def test_a_key_that_is_too_long() -> None:
    key = "k" * 1100
    ((place, said),) = told(f"{HEAD}{key}: v\n")
    assert place == f"2: {key}"
    assert said == "a key cannot have more than 1,024 characters"
    ((_, said),) = told(f"{HEAD}a: 1\nb: {{{key}: v}}\n")
    assert said == "a key cannot have more than 1,024 characters"


def test_directives() -> None:
    assert read(f"%TAG !e! tag:yaml.org,2002:\n---\n{HEAD}a: !e!str 1\n").documents[0].value == {
        "apiVersion": "bizalign/v1",
        "a": "1",
    }
    for directive in (
        "%YAML 1.2",
        "%YAML 1.1",
        "%YAML 1.3",
        "%YAML 2.0",
        "%FOO",
        "%FOO\n\n # \n%B",
    ):
        for before in ("", f"{HEAD}a: 1\n...\n"):
            parsed = read(f"{before}{directive}\n---\n{HEAD}a: 2\n")
            assert parsed.flaws == []
            assert parsed.documents[-1].value["a"] == 2
            assert parsed.documents[-1].index == (1 if before else 0)
    assert told(f"%FOO\n{HEAD}a: 1\n") == [("1: %FOO", DIRECTIVE)]
    assert told(f"%FOO\n {HEAD}---\n") == [("1: %FOO", DIRECTIVE)]


def test_text_after_the_end_of_a_document_is_not_ours() -> None:
    """It would have to say that it is, and a line --- has to announce it."""
    parsed = read(f"{HEAD}a: 1\n...\nb: c\n")
    assert (len(parsed.documents), parsed.flaws) == (1, [])
    assert told(f"{HEAD}a: 1\n...\n{HEAD}") == [
        (
            "4: a",
            "the document ended before this line; start another with ---",
        )
    ]


@pytest.mark.parametrize(
    "body",
    [
        "a: b:c\n",
        "a: -b\n",
        "a: ?b\n",
        "a: {? b : c, ? : d}\n",
        "a: [b?, ? c]\n",
        "a: {?\n b: c}\n",
        "?a: {b?: c}\n",
        "a: b # : c\n",
        "a: 'b: c'\n",
        "a: [b:c, d]\n",
        "a: http://b\n",
        "a: {b: {c: d}}\n",
        "a: b & c, d * e ! f % g\n",
        "a: it's\n",
        "a: 100%\n",
        "a:\n- b\n",
        "a:\n  - - b\n",
        'a: "it\'s"\n',
        "a: '{{ b }}'\n",
        "# \ta tab in a comment\na: b\n",
        "a:\n  b: c\n\n   # a comment anywhere\n  d: e\n",
    ],
)
def test_near_misses(body: str) -> None:
    assert told(HEAD + body) == []
    assert len(read(HEAD + body).documents) == 1
