"""Stand-ins for modules that a library imports, and that we never let it use.

A check is over in a tenth of a second; one such module can be a good part of that.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def stand_in(name: str, **attributes: object) -> Iterator[None]:
    """Let imports inside find these attributes in a module that is not imported for them.

    What else they ask of the module, they get from the real one. After that nobody sees the
    stand-in any more.
    """
    if name in sys.modules:
        yield
        return

    def real(attribute: str) -> Any:
        if attribute.startswith("__"):  # the import system asks whether it is a package
            raise AttributeError(attribute)
        sys.modules.pop(name, None)
        return getattr(import_module(name), attribute)

    module = ModuleType(name)
    module.__dict__.update(attributes, __getattr__=real)
    sys.modules[name] = module
    try:
        yield
    finally:
        if sys.modules.get(name) is module:
            del sys.modules[name]
