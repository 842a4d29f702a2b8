"""The values audit (row D3-39): macros, templates and help texts reviewed in bulk, and a ranked report."""
