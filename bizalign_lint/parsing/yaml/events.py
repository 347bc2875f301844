"""The parsing events of a YAML text, from libyaml; positions count code points."""

from __future__ import annotations

from typing import Any

import yaml

# Line breaks to libyaml, as in YAML 1.1; ordinary characters in YAML 1.2.
_NOT_BREAKS = "\x85\u2028\u2029"
_PRIVATE_USE = range(0xE000, 0xF900)

# If PyYAML was installed without libyaml, its Python parser gives the same events, ten times
# slower.
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
    """The events, or tokens, of a text one after another. Raises YAMLError for syntax errors."""

    def __init__(self, text: str) -> None:
        self._originals = dict[int, str]()
        if any(char in text for char in _NOT_BREAKS):
            free = (code for code in _PRIVATE_USE if chr(code) not in text)
            stand_ins = {ord(char): next(free) for char in _NOT_BREAKS}
            self._originals = {stand_in: chr(char) for char, stand_in in stand_ins.items()}
            text = text.translate(stand_ins)
        loader = _Loader(text)
        self.next = loader.get_event
        self.next_token = loader.get_token
        """Returns None at the end. Use either this or ``next``, never both."""

    def restore(self, text: str) -> str:
        """A scalar with its original characters in place of the stand-ins."""
        return text.translate(self._originals) if self._originals else text
