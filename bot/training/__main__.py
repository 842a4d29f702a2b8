"""``python -m bot.training vectors`` or ``python -m bot.training heads [--shared FOLDER]``.

``vectors`` embeds the shipped knowledge anew, so that a first run embeds nothing but the draft. ``heads`` trains the
learned heads on the labelled sentences of ``knowledge/judgement``; ``--shared`` names the folder of the public corpora
(see the data card), without which the head ``polite`` is left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.build import ANCHORS
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder
from bot.library.shipping import ship_vectors
from bot.library.vectors import CachedEmbedder

JUDGEMENT = KNOWLEDGE / "judgement"


class AsQueries(LocalEmbedder):
    """Embeds training sentences the way a draft's are embedded, and lets their vectors be kept."""

    passages = LocalEmbedder.queries


def main() -> None:
    """Make what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("vectors", "heads"))
    parser.add_argument("--shared", type=Path, help="folder with politeness_train.jsonl")
    parser.add_argument("--cache", type=Path, default=Path(".heartware/training"), help="where vectors are kept")
    arguments = parser.parse_args()
    if arguments.what == "vectors":
        vectors(arguments.cache / "passages")
    else:
        heads(arguments.cache / "queries", arguments.shared)


def vectors(cache: Path) -> None:
    """Write the shipped vectors."""
    embedder = CachedEmbedder(LocalEmbedder(), grown=cache)
    path = ship_vectors(KNOWLEDGE, embedder, Knowledge(KNOWLEDGE).passages(), read_anchors(ANCHORS))
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB")


def heads(cache: Path, shared: Path | None) -> None:
    """Train, print the cross-validated figures, write the weights."""
    from bot.training.heads import SEED, Sentence, train

    embedder = CachedEmbedder(AsQueries(), grown=cache)
    sentences = [
        Sentence(language=path.suffixes[0].removeprefix("."), **json.loads(line))
        for path in sorted(JUDGEMENT.glob("sentences.*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    polite = _polite(shared / "politeness_train.jsonl") if shared else []
    trained, figures = train(sentences, polite, embedder)
    print(*figures, sep="\n")
    path = JUDGEMENT / f"heads-{embedder.id}.json"
    path.write_text(trained.model_dump_json() + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, seed {SEED}, {len(sentences)} sentences")


def _polite(path: Path) -> list[tuple[str, bool]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [(row["text"], bool(row["polite"])) for row in rows]


if __name__ == "__main__":
    main()
