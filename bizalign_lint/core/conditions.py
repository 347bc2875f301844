"""The conditions that stages before the rules can find; each is claimed by one rule file."""

from __future__ import annotations

SYNTAX = "syntax"
DUPLICATE_KEY = "duplicate-key"
AMBIGUOUS_SCALAR = "ambiguous-scalar"
TORN_NUMBER = "torn-number"
API_VERSION = "unknown-api-version"
UNKNOWN_KIND = "unknown-kind"
SCHEMA = "schema-violation"
UNKNOWN_FIELD = "unknown-field"
DUPLICATE_NAME = "duplicate-name"
DANGLING = "dangling-reference"
WRONG_KIND = "wrong-kind-reference"
CYCLE = "hierarchy-cycle"
LEVEL = "hierarchy-level"
ORDER = "dates-out-of-order"
UNKNOWN_TERM = "unknown-term"
REFERENCE_ORDER = "references-out-of-order"
SUPPRESSION_UNUSED = "suppression-unused"
SUPPRESSION_EXPIRED = "suppression-expired"
SUPPRESSION_REASON = "suppression-without-reason"
SUPPRESSION_DATE = "suppression-without-date"
UNKNOWN_RULE = "unknown-rule"
VENDOR_DATE = "vendor-date-differs"
VENDOR_DATES_MISSING = "vendor-dates-missing"
VENDOR_DATA_OLD = "vendor-data-old"

SUPPRESSIONS = frozenset(
    {
        SUPPRESSION_UNUSED,
        SUPPRESSION_EXPIRED,
        SUPPRESSION_REASON,
        SUPPRESSION_DATE,
        UNKNOWN_RULE,
    }
)
"""Flaws of suppressions and dispensations rather than of the model."""

INTEGRITY = frozenset(
    {DUPLICATE_NAME, DANGLING, WRONG_KIND, CYCLE, LEVEL, ORDER, UNKNOWN_TERM},
)
"""Violations of the schemas' annotations, mostly between definitions that are each valid on their
own."""

VENDOR = frozenset({VENDOR_DATE, VENDOR_DATES_MISSING, VENDOR_DATA_OLD})
"""Conflicts with data published by vendors; the model itself is consistent."""

CONDITIONS = (
    SUPPRESSIONS
    | INTEGRITY
    | VENDOR
    | frozenset(
        {
            SYNTAX,
            DUPLICATE_KEY,
            AMBIGUOUS_SCALAR,
            TORN_NUMBER,
            API_VERSION,
            UNKNOWN_KIND,
            SCHEMA,
            UNKNOWN_FIELD,
            REFERENCE_ORDER,
        }
    )
)

ON_DEMAND = frozenset({REFERENCE_ORDER, VENDOR_DATA_OLD})
"""Flaws that are looked for only if an active rule reports them."""

UNREADABLE = frozenset({SYNTAX, UNKNOWN_KIND, API_VERSION})
"""Flaws that prevent a definition from being read at all."""

STRUCTURE = frozenset({SYNTAX, DUPLICATE_KEY, UNKNOWN_KIND, SCHEMA, UNKNOWN_FIELD})
"""Flaws that an editor with a schema for the files can report, too. A misspelt ``apiVersion`` is
not one of them: the schema then takes the document for another tool's."""
