"""Rows D3 of the source documents (Apple Store, Zappos, brand loyalty, S.A.V.E.) that ask for a review criterion."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.build import Parts
from bot.coach import Coach
from bot.coaching.model import Draft, Review, Scores
from tests.rows.seen import criteria, praised, principles, quotes

Ask = Callable[..., Review]


def test_D3_01_the_path_is_easy(review: Ask) -> None:
    assert "effort" in criteria(review("Please send this through the proper channels."))
    assert "effort" not in criteria(review("Here is the form, I've filled in what I know."))


def test_D3_02_a_cluttered_reply_is_noticed_and_steps_on_lines_are_not(review: Ask) -> None:
    one = (
        "Because the first form that you filled in on the site was sent to the team that looks after the older plans "
        "and not to the team that looks after the newer ones it took a while before somebody there saw it and passed "
        "it on to us here in Delft where we work on it."
    )
    assert "uncluttered" in principles(review(f"{one}\n{one}"))
    assert "clutter" not in criteria(review("1. Open the menu\n2. Choose Settings\n3. Press Save\n" * 5))


def test_D3_03_the_first_line_offers_help(review: Ask) -> None:
    assert "warm-opening" in principles(review("What's the problem? Order number?"))
    helped = review("Hi Ann, your refund was paid out this morning.")
    assert "answer-first" in praised(helped)
    assert helped.verdict == "send"


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "Prove that you bought it here, otherwise we can't help you.",
            "You don't need to send a photo, your description is clear.",
        ),
        ("nl", "U beweert dat het pakket niet is aangekomen. Bewijs dat eerst.", "Een kassabon is niet nodig."),
        ("fi", "Väität, ettei paketti saapunut. Todista se.", "Kuittia ei tarvita, sanasi riittää."),
    ],
)
def test_D3_04_needless_demands_for_proof_and_words_of_doubt_are_flagged(
    review: Ask, language: str, draft: str, better: str
) -> None:
    said = review(draft, language=language)
    assert "proof-demand" in criteria(said)
    assert "trust-first" in principles(said)
    assert "proof-demand" not in criteria(review(better, language=language))


@pytest.mark.parametrize(
    ("language", "customer", "open_", "solved"),
    [
        (
            "en",
            "When does my first order arrive?",
            "Thank you for your message! We hope you like it here.",
            "Your first order left this morning and reaches you on Tuesday.",
        ),
        (
            "nl",
            "Wanneer komt mijn eerste bestelling aan?",
            "Bedankt voor je bericht! We hopen dat je het leuk vindt.",
            "Je eerste bestelling is vanmorgen verstuurd en komt dinsdag aan.",
        ),
        (
            "fi",
            "Milloin ensimmäinen tilaukseni saapuu?",
            "Kiitos viestistäsi! Toivottavasti viihdyt.",
            "Ensimmäinen tilauksesi lähti tänä aamuna ja saapuu tiistaina.",
        ),
    ],
)
def test_D3_05_no_touch_before_the_question_is_solved(
    review: Ask, language: str, customer: str, open_: str, solved: str
) -> None:
    unsolved = review(open_, customer, language)
    assert unsolved.touch is None
    assert unsolved.no_touch_because
    assert review(solved, customer, language).touch is not None


@pytest.mark.parametrize(
    ("language", "draft", "better"),
    [
        (
            "en",
            "Unfortunately you did not enter the code correctly. Next time, please read the instructions carefully.",
            "The button has moved, you couldn't have known. It is under Settings now.",
        ),
        (
            "nl",
            "Helaas heeft u de code niet goed ingevuld. Lees de volgende keer de instructies goed.",
            "De knop is verplaatst. Hij staat nu onder Instellingen.",
        ),
        (
            "fi",
            "Valitettavasti et syöttänyt koodia oikein. Luethan ohjeet ensi kerralla huolellisesti.",
            "Asetus on vähän piilossa. Se löytyy nyt Asetuksista.",
        ),
    ],
)
def test_D3_06_teaching_is_free_of_blame(review: Ask, language: str, draft: str, better: str) -> None:
    assert {"blame", "polite-blame"} & criteria(review(draft, language=language))
    assert not {"blame", "polite-blame"} & criteria(review(better, language=language))


def test_D3_08_the_reply_is_weighed_by_the_steps_it_costs_and_not_by_its_speed(review: Ask) -> None:
    assert "easy-path" in principles(review("Contact them yourself about the missing part."))
    assert "easy-path" in praised(review("I have already filled in the form for you."))


def test_D3_09_a_cause_that_was_checked_is_praised_and_a_guess_is_flagged(review: Ask) -> None:
    assert "check-before-cause" in praised(review("I checked both invoices, and May was billed twice."))
    guessed = review("Perhaps it was lost in the post.", "Where is my parcel?")
    assert "check-before-cause" not in praised(guessed)
    assert guessed.verdict == "revise"


def test_D3_21_no_template_is_forced_and_nothing_is_scored_by_speed(review: Ask) -> None:
    customer = "Does breakfast come with the room?"
    for draft in (
        "Yes, breakfast is included.",
        "It does! Come down any time before ten, the bread is baked here.",
        "Breakfast is part of it, Tom, and the early one starts at six if you have a plane to catch.",
    ):
        assert review(draft, customer).verdict == "send"
    assert set(Scores.model_fields) == {"overall", "tone", "empathy"}
    own = "Ahoy Tom! User error. The parcel docks on Friday, matey."
    rewritten = review(own).rewrite
    assert rewritten is None or ("Ahoy Tom!" in rewritten.text and "docks on Friday, matey" in rewritten.text)


VALUES = [
    ("D3_24", "value-wow", "I've tucked in a bookmark for your daughter.", "I've added the note to your file."),
    ("D3_25", "value-change", "Because of your message we have rewritten the page.", "We have changed your address."),
    ("D3_26", "value-fun", "Fingers crossed for the marathon on Sunday.", "Give us a call."),
    (
        "D3_27",
        "value-open-minded",
        "It's a bit unusual, but I can have the tailor look at it tonight.",
        "That's new to me.",
    ),
    ("D3_28", "value-growth", "To avoid this, switch on the reminder under Alerts.", "Switch it on."),
    (
        "D3_29",
        "value-honest-communication",
        "I don't know yet when the part comes in, but I will on Thursday.",
        "The part comes in at some point.",
    ),
    (
        "D3_30",
        "value-team-spirit",
        "My colleague Noor takes over on Monday and calls you at nine.",
        "Someone takes over on Monday.",
    ),
    ("D3_31", "value-more-with-less", "Your guarantee covers the new strap.", "You can buy a new strap."),
    ("D3_32", "value-determined", "I'll keep an eye on the parcel until it is with you.", "The parcel is with us."),
    ("D3_33", "value-humble", "That was our mistake, and I have put it right.", "This was not our mistake."),
]


@pytest.mark.parametrize(
    ("principle", "draft", "near_miss"), [row[1:] for row in VALUES], ids=[row[0] for row in VALUES]
)
def test_D3_24_to_33_each_core_value_has_one_check_that_can_be_seen(
    review: Ask, principle: str, draft: str, near_miss: str
) -> None:
    assert principle in praised(review(draft))
    assert principle not in praised(review(near_miss))


def test_D3_33_humble_has_its_opposite_too(review: Ask) -> None:
    assert "value-humble" in principles(review("As I already told you, the fee is 5 euros."))


def test_D3_48_principles_must_be_kept_and_recommendations_may(parts: Parts, review: Ask) -> None:
    both = review("Dear valued customer, this was a user error on your side.")
    assert [finding.severity for finding in both.findings] == ["must", "may"]
    levels = {principle.level for principle in parts.shelf.reader("en").principles.values()}
    assert levels == {"must", "may"}


def test_D3_49_to_51_more_is_not_better(coach: Coach, review: Ask) -> None:
    crowded = review(
        "Dear valued customer, user error. As I already told you, rules are rules. Calm down! "
        "You should have read the manual. Your call is important to us. Call us back tomorrow."
    )
    assert len(crowded.findings) == 3
    assert len(crowded.strengths) <= 2
    draft = Draft(
        text="Your first order left this morning and reaches you on Tuesday.",
        customer="When does my first order arrive?",
        language="en",
    )
    shown: set[str] = set()
    for _ in range(4):
        touch = coach.local(draft, shown=shown).review.touch
        if touch is None:
            break
        assert touch.idea not in shown
        shown.add(touch.idea)
    assert shown


@pytest.mark.parametrize(
    ("language", "draft", "near_miss"),
    [
        ("en", "Your previous provider is just ripping you off.", "Your previous provider can send you the code."),
        ("nl", "PostNL raakt altijd alles kwijt.", "Uw vorige aanbieder stuurt u de code."),
        ("fi", "Kilpailijan laitteet ovat tunnetusti huonoja.", "Edellinen operaattorisi lähettää koodin."),
    ],
)
def test_D3_57_nobody_is_run_down(review: Ask, language: str, draft: str, near_miss: str) -> None:
    said = review(draft, language=language)
    assert "disparaging" in criteria(said)
    assert "no-disparaging" in principles(said)
    assert "disparaging" not in criteria(review(near_miss, language=language))


@pytest.mark.parametrize(
    ("language", "draft"),
    [
        ("en", "Unlike our competitors, we actually answer."),
        ("nl", "In tegenstelling tot de concurrent leveren wij wel kwaliteit."),
        ("fi", "Toisin kuin kilpailijamme, me vastaamme puhelimeen."),
    ],
)
def test_D3_58_a_competitor_is_not_dwelt_on(review: Ask, language: str, draft: str) -> None:
    assert "disparaging" in criteria(review(draft, language=language))


def test_D3_59_the_reply_sticks_to_problem_and_solution(review: Ask) -> None:
    said = review("The warehouse never gets it wrong, the courier is hopeless.", "Where is my parcel?")
    assert "disparaging" in criteria(said)
    assert "disparaging" not in criteria(
        review("The courier has it in the van and comes at four.", "Where is my parcel?")
    )


def test_D3_60_it_does_not_get_personal(review: Ask) -> None:
    said = review("Main Street makes things up when it's busy.")
    assert "disparaging" in criteria(said)
    assert quotes(said, "disparaging")
    assert "disparaging" not in criteria(review("The shop told you something else, and that's on us."))


@pytest.mark.parametrize(
    "draft",
    [
        "User error.",
        "Hello Tom,\n\nUser error.\n\nKind regards,\nSam",
        "*User error.*",
        "Hi Tom! User error. :)",
    ],
)
def test_D3_63_the_same_words_are_judged_the_same_in_every_channel(review: Ask, draft: str) -> None:
    assert "User error" in quotes(review(draft), "blame")


def test_D3_67_the_touch_fits_the_stage_of_the_customer(parts: Parts, review: Ask) -> None:
    stages = {touch.idea: touch.stages for touch in parts.shelf.catalogue("en").values()}
    first = review("Your first order left this morning and reaches you on Tuesday.", "When does my first order arrive?")
    assert first.touch is not None
    assert {"new", "any"} & set(stages[first.touch.idea])
    loyal = review(
        "The renewal is done, your membership runs until May.",
        "I've been a customer for twelve years, can you renew my membership?",
    )
    assert loyal.touch is not None
    assert {"long-time", "any"} & set(stages[loyal.touch.idea])
    assert loyal.touch.idea != first.touch.idea


def test_D3_68_the_problem_is_answered_not_the_features(review: Ask) -> None:
    customer = "Does the lamp fit an E27 bulb?"
    features = "Thank you for your interest in our lamps! They are designed with great care."
    assert "no-answer" in criteria(review(features, customer))
    assert "no-answer" not in criteria(review("Yes, it takes any E27 bulb up to 60 watts.", customer))


def test_D3_69_the_solution_comes_before_the_product(review: Ask) -> None:
    customer = "How long does the installation take?"
    assert "no-answer" in criteria(review("Great question! Our engineers are the best in the country.", customer))
    assert "no-answer" not in criteria(review("About two hours.", customer))


def test_D3_70_the_reply_says_how_to_reach_us(review: Ask) -> None:
    assert "access" in principles(review("Please do not reply to this e-mail. This mailbox is not monitored."))
    assert "access" in praised(review("Just reply to this mail and it comes straight to me."))


def test_D3_71_value_comes_before_price(review: Ask) -> None:
    customer = "That's quite pricey for a lamp."
    assert "value-before-price" in principles(review("The price is €249.", customer))
    assert review("It's €249, and that includes ten years of repairs.", customer).verdict == "send"


def test_D3_72_it_teaches_instead_of_promoting(parts: Parts, review: Ask) -> None:
    customer = "My phone dies after two hours."
    assert "upsell" in criteria(review("It may be a good moment to upgrade.", customer))
    taught = review("To avoid this, switch off location for the weather app.", customer)
    assert "upsell" not in criteria(taught)
    assert "value-growth" in praised(taught)
    assert any(touch.principle == "teach-not-promote" for touch in parts.shelf.catalogue("en").values())


def test_D3_75_what_is_offered_belongs_to_this_precise_moment(parts: Parts, review: Ask) -> None:
    said = review(
        "I've reset it: the code works from now on.",
        "The battery of my bike lasts half as long as last year. Can you check it under warranty?",
    )
    later = review("Yes, you can return it until 3 May, the label is in your mail.", "Can I return the shoes?")
    assert later.touch is not None
    cues = {touch.idea: set(touch.cues) for touch in parts.shelf.catalogue("en").values()}
    assert cues[later.touch.idea] & {"return", "refund", "question", "any"}
    assert said.touch is None or cues[said.touch.idea] & {"battery", "cable-or-battery", "warranty", "question", "any"}


def test_D3_76_too_expensive_is_first_a_question_of_value(review: Ask) -> None:
    customer = "I like the chair but it's too expensive."
    assert "price-alone" in criteria(review("Hi Tom, I can give you a 10% discount. Kind regards, Eva", customer))
    asked = "What would you use it for most? Then I can see whether the €99 one does it."
    assert "price-alone" not in criteria(review(asked, customer))
    student = "Do you have a student discount?"
    assert "price-alone" not in criteria(review("I can give you a 10% discount.", student))
