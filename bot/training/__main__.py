"""``python -m bot.training vectors`` or ``python -m bot.training heads --shared FOLDER``.

``vectors`` embeds the shipped knowledge anew, so that a first run embeds nothing but the draft. ``heads`` trains the
learned heads and scales on the labelled texts of ``knowledge/judgement``; ``--shared`` names the folder of the public
corpora (see the data card).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from bot.build import ANCHORS
from bot.coaching.model import LANGUAGES
from bot.coaching.review import chosen
from bot.coaching.rules import find
from bot.coaching.text import Reading
from bot.coaching.tone import Heads
from bot.coaching.weighing import features
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder
from bot.library.shipping import ship_vectors
from bot.library.vectors import CachedEmbedder
from bot.training.replies import Read, Reply

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
    elif arguments.shared:
        heads(arguments.cache / "queries", arguments.shared)
    else:
        parser.error("heads needs --shared")


def vectors(cache: Path) -> None:
    """Write the shipped vectors."""
    embedder = CachedEmbedder(LocalEmbedder(), grown=cache)
    path = ship_vectors(KNOWLEDGE, embedder, Knowledge(KNOWLEDGE).passages(), read_anchors(ANCHORS))
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB")


def heads(kept: Path, shared: Path) -> None:
    """Train, print the cross-validated figures, write the weights."""
    from bot.training import heads as of
    from bot.training import replies as whole

    embedder = CachedEmbedder(AsQueries(), grown=kept)
    sentences = [of.Sentence(language=language, **row) for language, row in _rows("sentences")]
    vectors = of.Vectors(embedder, sentences)
    requests = [of.Request(**row) for row in _read(shared / "politeness_train.jsonl")]
    support = [of.Support(**row) for _, row in _rows("support")]
    messages = [of.Message(language=language, **row) for language, row in _rows("customers")]
    trained = [
        *of.of_sentences(sentences, vectors),
        *of.of_support(support, sentences, vectors),
        *of.of_requests(requests, sentences, vectors),
    ]
    asking = list(of.of_messages(messages, vectors))
    learnt = Heads(
        embedder=embedder.id,
        centres={name: tuple(np.round(centre, of.DIGITS).tolist()) for name, centre in vectors.centres.items()},
        heads={name: head for name, head, _ in trained},
        asking={name: head for name, head, _ in asking},
        scales={"tone": whole.TONE},
    )
    replies = [whole.Reply(language=language, **row) for language, row in _rows("replies")]
    overall, figure = whole.overall([_as_read(reply, learnt, embedder) for reply in replies])
    print(*(line for _, _, line in (*trained, *asking)), figure, sep="\n")
    learnt = learnt.model_copy(update={"scales": {**learnt.scales, "overall": overall}})
    path = JUDGEMENT / f"heads-{embedder.id}.json"
    path.write_text(learnt.model_dump_json() + "\n", "utf-8")
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB, seed {of.SEED}")


def _as_read(reply: Reply, learnt: Heads, embedder: CachedEmbedder) -> Read:
    knowledge = _knowledge()
    language = next(known for known in LANGUAGES if known == reply.language)
    reading = Reading(reply.reply)
    texts = [sentence.text for sentence in reading.sentences]
    lexicon = knowledge.lexicon(language)
    hits = find(
        knowledge.rules(language),
        reading,
        customer=Reading(reply.customer),
        formal=lexicon.is_formal(reply.reply),
    )
    return Read(reply, features(learnt.read(texts, embedder.passages(texts), language), chosen(hits)))


@cache
def _knowledge() -> Knowledge:
    return Knowledge(KNOWLEDGE)


def _rows(kind: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """The language and the content of each row of ``<kind>.<language>.jsonl``."""
    for path in sorted(JUDGEMENT.glob(f"{kind}.*.jsonl")):
        for row in _read(path):
            yield path.suffixes[0].removeprefix("."), row


def _read(path: Path) -> Iterator[dict[str, Any]]:
    return (json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip())


if __name__ == "__main__":
    main()
