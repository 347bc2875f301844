"""One file → what it adds to the model, independently of other files."""

from __future__ import annotations

from typing import NamedTuple

from bizalign_lint.core import conditions
from bizalign_lint.core.types import Document, Flaw
from bizalign_lint.core.words import words
from bizalign_lint.parsing.documents import Parsed
from bizalign_lint.schema.ontology import Ontology
from bizalign_lint.schema.sanitize import Checked, sanitize
from bizalign_lint.schema.validate import Validator


class FileResult(NamedTuple):
    """A file parsed and validated."""

    documents: list[Document]
    """Our documents in the file."""
    checked: list[Checked]
    """Documents that can be linked, without values that violate their schema."""
    flaws: list[Flaw]
    doubtful: dict[str, Flaw]
    """Words in parts that could not be read, each with the flaw that is the reason."""

    @property
    def is_foreign(self) -> bool:
        """Whether the file contains none of our documents."""
        return not self.documents and not self.flaws


def file_result(parsed: Parsed, ontology: Ontology, validator: Validator) -> FileResult:
    """Validate the documents of a file."""
    flaws = [flaw for flaw in parsed.flaws if not _is_foreign(flaw, ontology)]
    result = FileResult(parsed.documents, [], flaws, {})
    for text, why in zip(parsed.unread, parsed.reasons, strict=True):
        result.doubtful.update(dict.fromkeys(words(text), why))
    for document in parsed.documents:
        found = validator.flaws(document)
        if not found:
            result.checked.append(Checked(document))
            continue
        result.flaws.extend(found)
        sanitized = sanitize(ontology, document, found)
        result.doubtful.update(sanitized.doubtful)
        if sanitized.checked is not None:
            result.checked.append(sanitized.checked)
    return result


def _is_foreign(flaw: Flaw, ontology: Ontology) -> bool:
    """Whether a flaw is about a document that would be ours only if its kind were known."""
    kind = flaw.details.get("kind") if flaw.condition == conditions.API_VERSION else None
    return bool(kind) and kind not in ontology.kinds
