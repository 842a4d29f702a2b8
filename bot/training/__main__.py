"""Train the heads on the labelled sentences of ``knowledge/judgement`` and write their weights beside them.

    python -m bot.training [--shared FOLDER]

``--shared`` names the folder of the public corpora (see the data card); without it the head ``polite`` is left out.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from bot.content.places import KNOWLEDGE
from bot.library.embedder import LocalEmbedder
from bot.library.vectors import CachedEmbedder
from bot.training.heads import SEED, Sentence, train

FOLDER = KNOWLEDGE / "judgement"


class AsQueries(LocalEmbedder):
    """Embeds training sentences the way a draft's are embedded, and lets their vectors be kept."""

    passages = LocalEmbedder.queries


def main() -> None:
    """Read, train, print the cross-validated figures, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder with politeness_train.jsonl")
    parser.add_argument("--cache", type=Path, default=Path(".heartware/training-vectors"))
    arguments = parser.parse_args()
    embedder = CachedEmbedder(AsQueries(), grown=arguments.cache)
    sentences = [
        Sentence(language=path.suffixes[0].removeprefix("."), **json.loads(line))
        for path in sorted(FOLDER.glob("sentences.*.jsonl"))
        for line in path.read_text("utf-8").splitlines()
    ]
    polite = _polite(arguments.shared / "politeness_train.jsonl") if arguments.shared else []
    heads, figures = train(sentences, polite, embedder)
    for figure in figures:
        print(figure)
    path = FOLDER / f"heads-{embedder.id}.json"
    path.write_text(heads.model_dump_json() + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, seed {SEED}, {len(sentences)} sentences")


def _polite(path: Path) -> list[tuple[str, bool]]:
    rows = (json.loads(line) for line in path.read_text("utf-8").splitlines())
    return [(row["text"], bool(row["polite"])) for row in rows]


if __name__ == "__main__":
    main()
