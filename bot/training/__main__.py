"""``python -m bot.training vectors``, ``judge --shared FOLDER``, ``names`` or ``average ONE OTHER``.

``vectors`` embeds the shipped knowledge anew, so that a first run embeds nothing but the draft. ``judge`` teaches the
judge from the labelled texts of ``knowledge/judgement``; ``--shared`` names the folder of the public corpora (see the
data card), ``--held`` a fold, 0 to 4, that is kept back and measured on instead of being learnt from. ``names`` teaches
the tagger from the texts of ``knowledge/privacy``. ``average`` writes the mean of two judges or two taggers.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bot.build import ANCHORS
from bot.coaching.model import LANGUAGES
from bot.content.knowledge import Knowledge
from bot.content.places import KNOWLEDGE
from bot.library.bearings import read_anchors
from bot.library.embedder import LocalEmbedder
from bot.library.shipping import ship_vectors
from bot.library.vectors import CachedEmbedder

SEED = 20261122
JUDGEMENT, PRIVACY = KNOWLEDGE / "judgement", KNOWLEDGE / "privacy"


def main() -> None:
    """Make what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("vectors", "judge", "names", "average"))
    parser.add_argument("of", type=Path, nargs="*", help="the two files to average")
    parser.add_argument("--shared", type=Path, help="folder with politeness_train.jsonl")
    parser.add_argument("--held", type=int, choices=range(5), help="a fold to measure on; without it all is learnt")
    parser.add_argument("--out", type=Path, help="where the weights are written; without it where they are shipped")
    parser.add_argument("--seed", type=int, default=SEED, help="what chance begins with, for names")
    parser.add_argument("--cache", type=Path, default=Path(".heartware/training"), help="where vectors are kept")
    arguments = parser.parse_args()
    if arguments.what == "vectors":
        vectors(arguments.cache / "passages")
    elif arguments.what == "average":
        if len(arguments.of) != 2:
            parser.error("average needs two files")
        from bot.training.averaging import average

        one, other = arguments.of
        if not arguments.out:
            parser.error("average needs --out")
        average(one, other, arguments.out)
    elif arguments.what == "names":
        from bot.training.names import teach as teach_names

        teach_names(PRIVACY, arguments.out or PRIVACY / "names.npz", seed=arguments.seed)
    elif arguments.shared:
        from bot.training.judge import teach

        teach(JUDGEMENT, arguments.shared, arguments.out or JUDGEMENT / "judge.npz", held=arguments.held)
    else:
        parser.error("judge needs --shared")


def vectors(cache: Path) -> None:
    """Write the shipped vectors."""
    embedder = CachedEmbedder(LocalEmbedder(), grown=cache)
    knowledge = Knowledge(KNOWLEDGE)
    asked = [question for language in LANGUAGES for question in knowledge.questions(language).examples]
    path = ship_vectors(KNOWLEDGE, embedder, knowledge.passages(), read_anchors(ANCHORS), asked)
    print(f"{path}: {path.stat().st_size / 1024:.0f} kB")


if __name__ == "__main__":
    main()
