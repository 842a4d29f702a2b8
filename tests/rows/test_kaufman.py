"""Rows K0 of the source documents (Ron Kaufman) that ask for a review criterion or a rewrite; one test a row."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.build import Parts
from bot.coaching.model import Review
from bot.coaching.rules import find
from bot.coaching.text import Reading
from tests.rows.seen import criteria, praised, principles, quotes

Ask = Callable[..., Review]


@pytest.mark.parametrize(
    ("language", "customer", "draft", "better"),
    [
        (
            "en",
            "Where is my parcel?",
            "Thank you for your message. We apologise for the inconvenience. Kind regards, Customer Service",
            "Your parcel is in Utrecht and reaches you on Thursday before noon.",
        ),
        (
            "nl",
            "Wanneer komt mijn monteur?",
            "Bedankt voor uw bericht. Wij hebben uw vraag ontvangen. Fijne dag!",
            "De monteur komt morgen tussen 9 en 12 uur.",
        ),
        (
            "fi",
            "Milloin pakettini tulee?",
            "Kiitos viestistäsi! Pahoittelemme aiheutunutta haittaa. Hyvää päivänjatkoa!",
            "Pakettisi tulee torstaina ennen puoltapäivää.",
        ),
    ],
)
def test_K0_03_a_reply_that_gives_the_customer_nothing_is_named(
    review: Ask, language: str, customer: str, draft: str, better: str
) -> None:
    assert "no-answer" in criteria(review(draft, customer, language))
    assert "no-answer" not in criteria(review(better, customer, language))


def test_K0_04_each_finding_is_tagged_with_one_of_the_four_categories(review: Ask) -> None:
    product = review("Unfortunately, the jacket is no longer available.")
    delivery = review("Contact them yourself about the missing part.")
    mindset = review("This was a user error on your side.")
    relationship = review("We are investigating the issue.")
    assert [one.findings[0].category for one in (product, delivery, mindset, relationship)] == [
        "product",
        "delivery",
        "mindset",
        "relationship",
    ]


HARDWARE_ONLY = [
    (
        "en",
        "I was quite worried about the double payment.",
        "The second payment has been refunded. The amount arrives within three days.",
        "I'm sorry about the fright. The second payment is back with you within three days.",
    ),
    (
        "nl",
        "Ik was best ongerust over die dubbele betaling.",
        "De dubbele betaling is teruggestort. Het bedrag staat binnen drie dagen op de rekening.",
        "Wat een schrik. De dubbele betaling is teruggestort en staat binnen drie dagen op je rekening.",
    ),
    (
        "fi",
        "Olin aika huolissani kaksinkertaisesta maksusta.",
        "Toinen maksu on palautettu. Summa näkyy tilillä kolmen päivän kuluttua.",
        "Voit olla huoletta: toinen maksu on palautettu.",
    ),
]


@pytest.mark.parametrize(("language", "customer", "draft", "better"), HARDWARE_ONLY)
def test_K0_05_a_reply_of_hardware_alone_is_noticed(
    parts: Parts, language: str, customer: str, draft: str, better: str
) -> None:
    def noticed(draft: str, customer: str) -> bool:
        rules = [rule for rule in parts.shelf.reader(language).rules if rule.criterion == "hardware-only"]
        return bool(find(rules, Reading(draft), customer=Reading(customer)))

    assert noticed(draft, customer)
    assert not noticed(better, customer)
    assert not noticed(draft, "")  # to a brisk question a brisk answer is good service


@pytest.mark.parametrize(("language", "customer", "draft", "better"), HARDWARE_ONLY)
def test_K0_05_alone_it_disturbs_nobody(review: Ask, language: str, customer: str, draft: str, better: str) -> None:
    assert criteria(review(draft, "", language)) == set()
    assert review(better, customer, language).verdict == "send"


def test_K0_07_a_step_laid_on_the_customer_is_flagged_and_a_step_saved_is_praised(review: Ask) -> None:
    costly = review("Contact them yourself about the missing part.")
    assert costly.findings[0].criterion == "effort"
    assert costly.findings[0].principle.id == "easy-path"
    assert "Contact them yourself" in quotes(costly, "effort")
    assert "easy-path" in praised(review("You don't need to send the old one back."))


def test_K0_08_each_finding_says_whether_value_is_destroyed_or_missed(review: Ask) -> None:
    assert review("This was a user error on your side.").findings[0].effect == "destroys"
    assert review("We are investigating the issue.").findings[0].effect == "misses"


def test_K0_09_the_mindset_of_macros_and_error_texts_is_read_too(review: Ask) -> None:
    assert "blame" in criteria(review("Error 31: user error."))
    macro = "Dear customer, your request has been received and will be processed. Kind regards, Service Team"
    assert "robotic" in criteria(review(macro))
    assert review("Oops, we're sorry. Try again, please.").verdict == "send"


@pytest.mark.parametrize(
    ("language", "draft", "rewritten"),
    [
        ("en", "User error. Please try again.", "Something went wrong there. Please try again."),
        ("nl", "Gebruikersfout. Probeer het opnieuw.", "Er ging daar iets mis. Probeer het opnieuw."),
        ("fi", "Kyseessä on käyttäjävirhe. Yritä uudelleen.", "Jokin meni siinä pieleen. Yritä uudelleen."),
    ],
)
def test_K0_10_user_error_becomes_oops(review: Ask, language: str, draft: str, rewritten: str) -> None:
    said = review(draft, language=language)
    assert said.verdict == "revise"
    assert "blame" in criteria(said)
    assert said.rewrite is not None
    assert said.rewrite.text == rewritten
    assert review(rewritten, language=language).verdict == "send"


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("en", "Oops, we're sorry. Try again, please."),
        ("nl", "Oeps, sorry. Probeer het nog eens, alsjeblieft."),
        ("fi", "Hups, pahoittelut. Kokeilisitko uudelleen?"),
    ],
)
def test_K0_10_oops_is_left_alone(review: Ask, language: str, draft: str) -> None:
    assert review(draft, language=language).findings == ()


def test_K0_11_words_that_only_we_know_ask_who_is_reading(review: Ask) -> None:
    said = review("You hear by Friday: the RMA goes to the depot, per SLA.", "When do I hear about my return?")
    assert "picture-the-reader" in principles(said)
    assert "picture-the-reader" not in principles(review("You hear about your return by Friday."))


def test_K0_12_opening_thanks_and_closing_are_read(review: Ask) -> None:
    opening = review("Dear valued customer, your parcel is on its way.")
    thanks = review("Your order is delayed. Thank you for your patience and understanding.")
    closing = review("The fee was correct. This concludes our correspondence.")
    assert quotes(opening, "robotic").startswith("Dear valued customer")
    assert "Thank you for your patience" in quotes(thanks, "robotic")
    assert "concludes our correspondence" in quotes(closing, "robotic")
    assert review("Hello Tom, your parcel is on its way. Enjoy the party on Saturday!").verdict == "send"


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("en", "You wrote that the lid no longer closes since Monday. I'm sending a new one today."),
        ("nl", "Je schreef dat de lamp na een uur begint te flikkeren. Ik stuur je vandaag een nieuwe."),
        ("fi", "Kirjoitit, että kansi ei ole sulkeutunut maanantain jälkeen. Lähetän tänään uuden."),
    ],
)
def test_K0_13_restating_the_concrete_problem_is_praised(review: Ask, language: str, draft: str) -> None:
    assert "show-you-listened" in praised(review(draft, language=language))


def test_K0_13_understanding_without_the_problem_is_no_listening(review: Ask) -> None:
    said = review("We understand your frustration.")
    assert "show-you-listened" not in praised(said)
    assert "show-you-listened" in principles(said)


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "What's the problem? Order number?",
            "Hi, thank you for writing, my name is Sam and I'm glad to help. May I have your order number?",
        ),
        ("nl", "Wat is het probleem? Ordernummer?", "Hoi Eva, fijn dat je schrijft. Mag ik je ordernummer?"),
        (
            "fi",
            "Mikä ongelma? Tilausnumero?",
            "Hei Anna, kiitos viestistäsi! Kertoisitko tilausnumeron, niin katson heti?",
        ),
    ],
)
def test_K0_14_an_interrogation_opener_is_flagged_and_a_warm_one_is_not(
    review: Ask, language: str, draft: str, better: str
) -> None:
    assert "interrogation" in criteria(review(draft, language=language))
    assert "interrogation" not in criteria(review(better, language=language))


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        ("en", "We are investigating the issue.", "We are investigating the issue and I'll write to you by Thursday."),
        ("nl", "Wij zijn het aan het onderzoeken.", "Wij zijn het aan het onderzoeken en ik bel u morgen."),
        ("fi", "Kiitos viestistä. Tutkimme asiaa.", "Kiitos viestistä. Tutkimme asiaa, ja soitan sinulle huomenna."),
    ],
)
def test_K0_15_an_open_case_without_a_next_step_is_named(review: Ask, language: str, draft: str, better: str) -> None:
    assert "no-next-step" in criteria(review(draft, language=language))
    assert "no-next-step" not in criteria(review(better, language=language))


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "We're sorry to hear that. Your satisfaction is very important to us.",
            "I'm sorry that you sat in the cold for two days. I've sent Tom, he rings your bell at four.",
        ),
        (
            "nl",
            "Onze excuses voor het ongemak. Uw tevredenheid is voor ons zeer belangrijk.",
            "Wat naar dat je twee dagen in de kou zat. Ik heb Tom gestuurd, hij belt om vier uur aan.",
        ),
        (
            "fi",
            "Pahoittelemme mahdollisesti aiheutunutta haittaa. Olet meille tärkeä asiakas.",
            "Anteeksi, että jouduit olemaan kaksi päivää kylmässä. Lähetin Tomin, hän soittaa ovikelloa neljältä.",
        ),
    ],
)
def test_K0_16_care_words_with_no_act_are_flagged(review: Ask, language: str, draft: str, better: str) -> None:
    said = review(draft, language=language)
    assert "stock-sympathy" in criteria(said)
    assert "care-is-a-verb" in principles(said)
    assert "stock-sympathy" not in criteria(review(better, language=language))
