"""Rows X2 of the source documents (customer experience in a down economy) that ask for a review criterion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.coaching.model import Review
from tests.rows.seen import criteria, praised, principles, quotes

Ask = Callable[..., Review]


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "Unfortunately, the jacket is no longer available.",
            "The jacket is sold out, but the green one is the same cut. Shall I send that?",
        ),
        (
            "nl",
            "Helaas is het jasje niet meer leverbaar.",
            "Het jasje is uitverkocht, maar in het groen hebben we er nog twee. Zal ik die sturen?",
        ),
        ("fi", "Valitettavasti takki on loppunut.", "Takki on loppunut, mutta voin lähettää saman mallin harmaana."),
    ],
)
def test_X2_04_a_no_comes_with_an_alternative(review: Ask, language: str, draft: str, better: str) -> None:
    said = review(draft, language=language)
    assert "no-alternative" in criteria(said)
    assert "alternative-beside-no" in principles(said)
    assert "no-alternative" not in criteria(review(better, language=language))


def test_X2_05_saying_back_what_was_heard_is_praised(review: Ask) -> None:
    heard = review("You ordered the blue one and received the green one. The blue one leaves today.")
    assert praised(heard)["show-you-listened"].startswith("You ordered the blue one")
    assert "show-you-listened" not in praised(review("We have received your message. The blue one leaves today."))


@pytest.mark.parametrize(
    ("language", "customer", "draft"),
    [
        ("en", "I'm so disappointed, this ruined our wedding day.", "The refund arrives on Tuesday."),
        ("nl", "Ik ben zo teleurgesteld, onze bruiloft is verpest.", "De terugbetaling volgt dinsdag."),
        ("fi", "Olen niin pettynyt, häämme menivät pilalle.", "Hyvitys maksetaan tiistaina."),
    ],
)
def test_X2_06_empathy_is_weighed_where_a_feeling_was_shown_and_only_there(
    review: Ask, language: str, customer: str, draft: str
) -> None:
    felt = review(draft, customer, language)
    assert felt.scores.empathy is not None
    assert "no-acknowledgement" in criteria(felt)
    calm = {"en": "When do you open?", "nl": "Hoe laat gaan jullie open?", "fi": "Milloin avaatte?"}[language]
    answer = {"en": "At nine.", "nl": "Om negen uur.", "fi": "Avaamme yhdeksältä."}[language]
    assert review(answer, calm, language).scores.empathy is None


def test_X2_11_a_choice_gives_control_back(review: Ask) -> None:
    assert "give-control" in praised(review("Would you rather have a new one or your money back?"))
    assert "give-control" not in praised(review("Would you please send the number?"))


def test_X2_14_what_it_felt_like_counts_for_more_than_what_it_did(review: Ask) -> None:
    customer = "I am heartbroken, the album with our baby photos is gone."
    cold = review("The album is restored. You find it under Files.", customer)
    warm = review(
        "What a fright, losing the first photos of your baby. The album is back, every picture of it, under Files.",
        customer,
    )
    assert cold.scores.empathy is not None
    assert warm.scores.empathy is not None
    assert warm.scores.empathy > cold.scores.empathy
    assert warm.scores.overall > cold.scores.overall


def test_X2_15_treatment_weighs_more_than_the_technical_answer(review: Ask) -> None:
    customer = "The app logs me out every hour. What can I do?"
    right_but_rude = review("You obviously did not read the manual. Update to version 7.", customer)
    kind = review("That's tiresome, every hour again. Update to version 7, that ends it.", customer)
    assert right_but_rude.verdict == "revise"
    assert kind.verdict == "send"
    assert kind.scores.overall > right_but_rude.scores.overall


def test_X2_16_bad_news_is_said_honestly_and_with_hope(review: Ask) -> None:
    letter = review("We regret to inform you that your application was not successful.")
    honest = review("I'd rather tell you now than let you wait for nothing: the blue one won't come back.")
    assert "honest-bad-news" in principles(letter)
    assert "honest-bad-news" in praised(honest)


def test_X2_18_a_firm_no_with_its_reason_is_praised_and_a_wall_is_flagged(review: Ask) -> None:
    firm = review(
        "I can't cancel it today, because the engineer is already on his way to you. "
        "You can still move the visit to Friday, whichever suits you."
    )
    wall = review("Rules are rules. We cannot make an exception.")
    assert "kind-firm-no" in praised(firm)
    assert firm.verdict == "send"
    assert "policy-wall" in criteria(wall)


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        ("en", "I guarantee that it will arrive tomorrow.", "The courier expects to be with you tomorrow."),
        ("nl", "Ik garandeer dat het morgen komt.", "De bezorger verwacht er morgen te zijn."),
        ("fi", "Takaan, että paketti tulee huomenna.", "Kuljettaja arvioi olevansa luonasi huomenna."),
    ],
)
def test_X2_19_a_promise_beyond_the_guardrails_is_held_and_never_polished(
    review: Ask, language: str, draft: str, better: str
) -> None:
    said = review(draft, language=language)
    assert said.verdict == "hold"
    assert "freedom-within-boundaries" in principles(said)
    promise = quotes(said, "unauthorised-promise")
    assert promise
    assert said.rewrite is None or promise in said.rewrite.text
    assert "unauthorised-promise" not in criteria(review(better, language=language))


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        ("en", "This concludes our correspondence.", "If it comes back, reply here and I pick it up again."),
        ("nl", "Hiermee beëindigen wij deze correspondentie.", "Komt het terug, antwoord dan gewoon hierop."),
        ("fi", "Lopetamme tämän kirjeenvaihdon tähän.", "Jos vika palaa, vastaa vain tähän viestiin."),
    ],
)
def test_X2_27_a_cold_last_line_is_flagged_for_it_is_what_is_remembered(
    review: Ask, language: str, draft: str, better: str
) -> None:
    first = {"en": "The fee was correct.", "nl": "De kosten klopten.", "fi": "Maksu oli oikein."}[language]
    assert "end-well" in principles(review(f"{first} {draft}", language=language))
    assert "end-well" not in principles(review(f"{first} {better}", language=language))


def test_X2_27_a_last_line_for_this_person_is_praised(review: Ask) -> None:
    assert "end-well" in praised(review("The tickets are in your mail. Enjoy the concert on Saturday!"))


@pytest.mark.parametrize(
    ("language", "customer", "draft", "calm"),
    [
        (
            "en",
            "My internet is down again, I'm fed up.",
            "Have you considered upgrading to our Premium plan?",
            "How do I get more storage?",
        ),
        (
            "nl",
            "Mijn internet ligt er al twee dagen uit.",
            "Met ons Premium-pakket krijgt u voorrang bij storingen.",
            "Welk abonnement past bij mij als ik veel reis?",
        ),
        (
            "fi",
            "Nettini pätkii koko ajan, olen kyllästynyt.",
            "Suosittelemme hankkimaan nopeamman liittymän.",
            "Haluaisin vaihtaa nopeampaan, mitä maksaa?",
        ),
    ],
)
def test_X2_29_no_upsell_inside_a_complaint(review: Ask, language: str, customer: str, draft: str, calm: str) -> None:
    said = review(draft, customer, language)
    assert "upsell" in criteria(said)
    assert "no-selling-in-complaint" in principles(said)
    assert said.touch is None
    assert "upsell" not in criteria(review(draft, calm, language))


def test_X2_30_repeating_what_was_told_already_is_flagged_as_effort(review: Ask) -> None:
    said = review("Could you do it once more and attach all of the invoices again?")
    assert "effort" in criteria(said)
    assert "once more" in quotes(said, "effort")
    assert "effort" not in criteria(review("You won't have to do it once more."))


@pytest.mark.parametrize(
    ("language", "customer", "draft", "better"),
    [
        (
            "en",
            "I like the chair but it's too expensive.",
            "Hi Tom, I can give you a 10% discount. Kind regards, Eva",
            "Hi Tom, it's €249, and that includes ten years of repairs. Kind regards, Eva",
        ),
        (
            "nl",
            "De stoel is mooi, maar hij is te duur.",
            "Hallo Tom, ik kan 10% korting geven. Groet, Eva",
            "Hallo Tom, hij kost € 249, en daarin zitten tien jaar reparaties. Groet, Eva",
        ),
        (
            "fi",
            "Tuoli on hieno, mutta se on liian kallis.",
            "Hei Tomi, annan 10 % alennusta. Terveisin Eeva",
            "Hei Tomi, se maksaa 249 €, ja hintaan sisältyy kymmenen vuoden huolto. Terveisin Eeva",
        ),
    ],
)
def test_X2_31_a_price_objection_is_answered_with_value(
    review: Ask, language: str, customer: str, draft: str, better: str
) -> None:
    said = review(draft, customer, language)
    assert "price-alone" in criteria(said)
    assert "value-before-price" in principles(said)
    assert "price-alone" not in criteria(review(better, customer, language))


def test_X2_34_the_first_line_carries_the_answer(review: Ask) -> None:
    said = review("Yes, you can still change the size until tonight. Reply here with the one you want.")
    assert praised(said)["answer-first"].startswith("Yes")
    late = review("What a lovely plan! Thank you for writing, we can hear you're looking forward to it.", "Can I come?")
    assert "no-answer" in criteria(late)


def test_X2_34_sentences_without_end_are_noticed_when_they_are_a_habit(review: Ask) -> None:
    one = (
        "If you open the menu and then go to the settings and then look for the tab with the name of the plan and "
        "then press the button at the bottom and then wait for the page to load you will see a list and in that list "
        "there is a line with the date that you asked for."
    )
    assert "clutter" not in criteria(review(one))
    assert "clutter" in criteria(review(f"{one} {one}"))
