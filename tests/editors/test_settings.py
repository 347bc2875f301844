"""``schema --vscode``: one member more in the settings, every other character as it was."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bizalign_lint.editors.insertion import with_member
from bizalign_lint.editors.jsonc import NotJsoncError, read
from bizalign_lint.editors.patterns import patterns
from tests.conftest import Call

PATH = ("yaml.schemas", "s.json")
FILES = ["model/*.yaml"]
ADDED = '"s.json": [\n            "model/*.yaml"\n        ]'
DEFINITION = """\
apiVersion: bizalign/v1
kind: Application
metadata: {name: order-hub}
spec: {}
"""


def plain(text: str) -> Any:
    value = read(text)
    return value and value.plain


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '{\n    "yaml.schemas": {\n        ' + ADDED + "\n    }\n}\n"),
        ("// mine", '// mine\n{\n    "yaml.schemas": {\n        ' + ADDED + "\n    }\n}\n"),
        ("{}", '{\n    "yaml.schemas": {\n        ' + ADDED + "\n    }\n}"),
        (
            '{\n    "a": [1, 2,], // mine\n}\n',
            '{\n    "a": [1, 2,], // mine\n    "yaml.schemas": {\n        '
            + ADDED
            + "\n    },\n}\n",
        ),
        (
            '{\n    "a": 1 // mine\n    /* too */\n}\n',
            '{\n    "a": 1, // mine\n    /* too */\n    "yaml.schemas": {\n        '
            + ADDED
            + "\n    }\n}\n",
        ),
        (
            '{\n    "yaml.schemas": {\n        "x": "*.y" // mine\n    },\n    "b": 2\n}\n',
            '{\n    "yaml.schemas": {\n        "x": "*.y", // mine\n        '
            + ADDED
            + '\n    },\n    "b": 2\n}\n',
        ),
    ],
)
def test_adds_the_member_where_it_belongs(before: str, after: str) -> None:
    assert with_member(before, PATH, FILES) == after


def test_keeps_line_ends_and_tabs() -> None:
    before = '\ufeff{\r\n\t"a": "//",\r\n\t"b": {}\r\n}\r\n'
    after = with_member(before, PATH, FILES)
    assert after.startswith(
        '\ufeff{\r\n\t"a": "//",\r\n\t"b": {},\r\n\t"yaml.schemas": {\r\n\t\t"s'
    )
    assert "\n" not in after.replace("\r\n", "")


def test_what_is_said_already_stays_as_it_is() -> None:
    text = '{"yaml.schemas": {"s.json": "mine/*.yaml"}}'
    assert with_member(text, PATH, FILES) == text


KEYS = st.sampled_from(["a", "b", "yaml.schemas", "s.json", "x y", 'q"', "ä"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["", "//", "/*", 'q"', "{,}", "ß"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=8,
)
GAPS = st.sampled_from(["", " ", "\n", "\t", "\r\n", "// one\n", "/* two\n */", "  // {\n  "])


@st.composite
def texts(draw: st.DrawFn) -> tuple[str, dict[str, Any]]:
    """Settings as people leave them, and what they mean."""

    def gap() -> str:
        return draw(GAPS)

    def written(value: Any) -> str:
        if isinstance(value, dict):
            items = [
                f"{gap()}{json.dumps(k)}{gap()}:{gap()}{written(v)}{gap()}"
                for k, v in value.items()
            ]
        elif isinstance(value, list):
            items = [f"{gap()}{written(item)}{gap()}" for item in value]
        else:
            return json.dumps(value, ensure_ascii=draw(st.sampled_from([True, False])))
        trailing = f",{gap()}" if items and draw(st.sampled_from([True, False])) else gap()
        opened, closed = "{}" if isinstance(value, dict) else "[]"
        return f"{opened}{','.join(items)}{trailing}{closed}"

    settings = draw(st.dictionaries(KEYS, VALUES, max_size=4))
    if not isinstance(settings.get("yaml.schemas", {}), dict):
        del settings["yaml.schemas"]
    return f"{draw(GAPS)}{written(settings)}{draw(GAPS)}", settings


@given(texts())
def test_any_settings_keep_every_character(made: tuple[str, dict[str, Any]]) -> None:
    text, settings = made
    assert plain(text) == settings
    after = with_member(text, PATH, FILES)
    wanted = dict(settings)
    wanted["yaml.schemas"] = {"s.json": FILES, **settings.get("yaml.schemas", {})}
    assert plain(after) == wanted
    rest = iter(after)
    assert all(character in rest for character in text), "only something more"
    assert with_member(after, PATH, FILES) == after


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("{", (1, 2)),
        ('{\n "a" 1}', (2, 6)),
        ('{"a": 1 "b": 2}', (1, 9)),
        ('{"a": 1,, "b": 2}', (1, 9)),
        ("{,}", (1, 2)),
        ('{"a": [1 2]}', (1, 10)),
        ('{"a": 01}', (1, 8)),
        ('{"a": 1}\n}', (2, 1)),
        ('{"a": 1, "a": 2}', (1, 10)),
        ("{'a': 1}", (1, 2)),
        ('{"a": "\n"}', (1, 7)),
        ("{} /* open", (1, 4)),
        ("[" * 5000, (1, 102)),
    ],
)
def test_says_where_it_stops_understanding(text: str, where: tuple[int, int]) -> None:
    with pytest.raises(NotJsoncError) as caught:
        read(text)
    assert (caught.value.line, caught.value.column) == where


def test_patterns_name_the_folders_that_hold_definitions() -> None:
    assert patterns(["b/c/d.yaml", "a.yaml", "b/e.yml"]) == [
        "a.yaml",
        "b/*.yaml",
        "b/**/*.yaml",
        "b/*.yml",
        "b/**/*.yml",
    ]


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "a.yaml").write_text(DEFINITION)
    (tmp_path / "deploy").mkdir()
    (tmp_path / "deploy" / "b.yaml").write_text("apiVersion: v1\nkind: Pod\n")
    (tmp_path / ".bizalign.yaml").write_text("profile: starter\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_merges_the_setting_and_writes_the_schema(workspace: Path, call: Call) -> None:
    settings = workspace / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_text('{\n  "editor.rulers": [100], // ours\n}\n')
    code, out, err = call("schema", "--vscode")
    assert (code, out) == (0, "")
    assert "names it" in err
    text = settings.read_text(encoding="utf-8")
    assert text.startswith('{\n  "editor.rulers": [100], // ours\n  "yaml.schemas": {\n')
    files = ["model/*.yaml", "model/**/*.yaml", "model/*.yml", "model/**/*.yml"]
    assert plain(text)["yaml.schemas"] == {".vscode/bizalign.schema.json": files}
    schema = settings.with_name("bizalign.schema.json")
    assert "allOf" in json.loads(schema.read_text(encoding="utf-8"))["then"]
    code, out, err = call("schema", "--vscode")
    assert (code, "says it already" in err) == (0, True)
    assert settings.read_text(encoding="utf-8") == text
    assert {path.name for path in settings.parent.iterdir()} == {schema.name, settings.name}


def test_knows_the_schema_however_it_is_spelt(workspace: Path, call: Call) -> None:
    settings = workspace / ".vscode" / "settings.json"
    settings.parent.mkdir()
    text = '{"yaml.schemas": {"./.vscode/bizalign.schema.json": "mine/*.yaml"}}'
    settings.write_text(text)
    code, _, err = call("schema", "--vscode")
    assert (code, "says it already" in err) == (0, True)
    assert settings.read_text(encoding="utf-8") == text


def test_another_file_can_be_named(workspace: Path, call: Call) -> None:
    assert call("schema", "--vscode", "--output", "tools/s.json")[0] == 0
    text = (workspace / ".vscode" / "settings.json").read_text(encoding="utf-8")
    assert list(plain(text)["yaml.schemas"]) == ["tools/s.json"]
    assert (workspace / "tools" / "s.json").is_file()
    code, _, err = call("schema", "--vscode", "--output", "../s.json")
    assert (code, "is not inside the workspace" in err) == (2, True)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'{"a": 1\n "b": 2}', ".vscode/settings.json:2:2"),
        (b'{"yaml.schemas": []}', "yaml.schemas is no object"),
        (b"[]", "the file is no object"),
        (b'{"a": "\xff"}', "is not UTF-8"),
    ],
)
def test_refuses_what_it_does_not_understand(
    workspace: Path, call: Call, content: bytes, said: str
) -> None:
    settings = workspace / ".vscode" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(content)
    code, _, err = call("schema", "--vscode")
    assert code == 2
    assert said in err
    assert settings.read_bytes() == content
    assert os.listdir(settings.parent) == ["settings.json"]


def test_needs_a_definition_to_tell_which_files(workspace: Path, call: Call) -> None:
    (workspace / "model" / "a.yaml").unlink()
    code, _, err = call("schema", "--vscode")
    assert (code, "there is no definition" in err) == (2, True)
    assert not (workspace / ".vscode").exists()
