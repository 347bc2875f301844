"""The events of a YAML text, from libyaml, with places that count in code points."""

from __future__ import annotations

from typing import Any

import yaml

# libyaml ends a line at these, as YAML 1.1 said; to YAML 1.2 they are letters like any other.
_NOT_BREAKS = "\x85\u2028\u2029"
_PRIVATE_USE = range(0xE000, 0xF900)

# The pure Python parser is there where PyYAML was installed without libyaml: the same events,
# ten times slower.
_Loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

YAMLError = yaml.YAMLError
MarkedYAMLError = yaml.MarkedYAMLError
Alias = yaml.AliasEvent
Scalar = yaml.ScalarEvent
SequenceStart = yaml.SequenceStartEvent
MappingStart = yaml.MappingStartEvent
DocumentStart = yaml.DocumentStartEvent
DocumentEnd = yaml.DocumentEndEvent
ScalarToken = yaml.ScalarToken
StreamEnd = yaml.StreamEndEvent


class Events:
    """Delivers one event, or token, after another; raises YAMLError where the text is no YAML."""

    def __init__(self, text: str) -> None:
        self._back = dict[int, str]()
        if any(char in text for char in _NOT_BREAKS):
            free = (code for code in _PRIVATE_USE if chr(code) not in text)
            there = {ord(char): next(free) for char in _NOT_BREAKS}
            self._back = {stand_in: chr(char) for char, stand_in in there.items()}
            text = text.translate(there)
        loader = _Loader(text)
        self.next = loader.get_event
        self.next_token = loader.get_token
        """None at the end. Use it instead of ``next``, never both."""

    def restore(self, text: str) -> str:
        """The characters of a scalar as they are in the text."""
        return text.translate(self._back) if self._back else text
