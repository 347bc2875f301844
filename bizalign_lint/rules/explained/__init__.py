"""Why a node breaks a rule, and where."""
