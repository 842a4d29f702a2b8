"""The pure core: judging a reply, grounding it, the touch. Standard library and pydantic only, no I/O."""
