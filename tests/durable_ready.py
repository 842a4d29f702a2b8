"""Imported by the server that the processes of ``durable_process`` are forked from: each finds loaded what it needs."""

from __future__ import annotations

from tests.durable_process import coach, job

coach().review_local(job("warm").draft)
