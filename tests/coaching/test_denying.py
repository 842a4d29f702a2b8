"""Of what a model composes, what turns a passage round is told from what says the same in other words."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bot.coaching.composing import Composed, Said, checked
from bot.coaching.denying import turns_round
from bot.coaching.model import LANGUAGES, Language
from tests.test_coach import SHELF

CASES = Path(__file__).parents[1] / "evals" / "composed.tsv"
PASSAGES = {passage.id: passage for passage in SHELF.knowledge.passages()}


@pytest.mark.parametrize(
    ("language", "passage", "sentence", "round"),
    [
        ("en", "The shop works without scripts. Nobody counts calls.", "The shop has no scripts.", False),
        ("en", "The shop works without scripts. Nobody counts calls.", "The shop works with scripts.", True),
        ("en", "It is not a cost but a chance to help customers.", "It is a chance to help customers.", False),
        ("en", "The money comes from marketing.", "The money comes not only from marketing.", False),
        ("en", "The money comes from marketing.", "The money does not come from marketing.", True),
        ("en", "Do customers want discounts? Half of them look at the price.", "They want no discounts.", False),
        ("nl", "Een vast bedrag is er niet, maar het budget blijft.", "Er is geen vast bedrag.", False),
        ("nl", "Een vast bedrag is er niet, maar het budget blijft.", "Het budget blijft niet.", True),
        ("fi", "Andy ei pyytänyt kuittia, vaikka asiakkaalla oli se.", "Andy pyysi kuittia.", True),
        ("fi", "Andy ei pyytänyt kuittia, vaikka asiakkaalla oli se.", "Kuittia ei pyydetty.", False),
    ],
)
def test_a_denial_reaches_as_far_as_its_clause(language: Language, passage: str, sentence: str, round: bool) -> None:
    assert turns_round(sentence, [passage], SHELF.questions(language)) is round


@pytest.mark.parametrize("language", LANGUAGES)
def test_faithful_sentences_are_kept_and_unfaithful_ones_are_not(language: Language) -> None:
    kept: dict[str, list[bool]] = {"+": [], "-": []}
    with CASES.open(encoding="utf-8") as cases:
        for row in csv.DictReader(cases, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["language"] == language:
                offered = {"P1": PASSAGES[f"fact/{row['fact']}/{language}"]}
                composed = Composed(sentences=[Said(text=row["sentence"], passages=["P1"])])
                left = checked(composed, offered, SHELF.questions(language), SHELF.names(language))
                kept[row["faithful"]].append(left is not None)
    assert sum(kept["+"]) >= 16  # of 20
    assert sum(kept["-"]) <= 3  # of 20
