"""The values audit (row D3-39): macros, templates and help texts run through the review in bulk, and a ranked report."""
