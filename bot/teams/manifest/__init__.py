"""The app package: the manifest, and its icons."""
