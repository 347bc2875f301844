"""What a rule looks at: so much has to be judged again when a definition changes."""

from __future__ import annotations

from bizalign_lint.core.types import Source
from bizalign_lint.engine.load import load
from bizalign_lint.rules.compiled.steps import Walker
from bizalign_lint.rules.language.paths import text
from bizalign_lint.rules.reads import reads

RULE = """\
id: OWN101
guideline: model
severity: info
summary: An application has no component.
rationale: It may be so.
target: Application
and: [{path: components, maxCount: 0, message: "{title} has {value/provider}"}]
message: "{title} is of {owner/parent}"
help: Look at it.
bad: |
  apiVersion: bizalign/v1
  kind: Application
  metadata: {name: a}
  spec: {components: [b]}   # <- OWN101
  ---
  apiVersion: bizalign/v1
  kind: ITComponent
  metadata: {name: b}
  spec: {category: software}
good: |
  apiVersion: bizalign/v1
  kind: Application
  metadata: {name: a}
  spec: {}
"""


def test_messages_look_at_what_they_name_and_from_where() -> None:
    loaded = load([], [Source("lint/no-components.yaml", RULE.encode())])
    found = reads(loaded.rules.rules["OWN101"], Walker(loaded.ontology, "2026-06-30"))
    assert {"/".join(map(text, prefix)) for prefix in found.nodes} == {
        "",
        "components",
        "components/provider",
        "owner",
        "owner/parent",
        "provider",
    }
