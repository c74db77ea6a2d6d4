"""The reference data that a new stage starts with: districts of Chongqing and its airport."""
