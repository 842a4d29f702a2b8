"""Each kind of personal data is found in each language, and what merely looks like it is left alone."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coaching.redact import Mask
from bot.content.places import KNOWLEDGE
from bot.privacy.finder import PersonalData

FINDER = PersonalData(KNOWLEDGE / "privacy")
LONGEST = 20_000
"""Characters of a draft at most."""


def hidden(text: str, language: str) -> str:
    return Mask(FINDER, language).hide(text)


@pytest.mark.parametrize(
    ("language", "text", "masked"),
    [
        ("nl", "BSN 123456782 klopt.", "BSN [BSN_1] klopt."),
        ("fi", "Hetu on 131052-308T.", "Hetu on [HETU_1]."),
        ("fi", "Hetu on 131052Y308T.", "Hetu on [HETU_1]."),
        ("fi", "Hetu on 131052A308T.", "Hetu on [HETU_1]."),
        ("en", "Pay to NL91 ABNA 0417 1643 00 or NL91ABNA0417164300 today.", "Pay to [IBAN_1] or [IBAN_2] today."),
        ("en", "Card 4111 1111 1111 1111 failed.", "Card [CARD_1] failed."),
        ("en", "Call +358 40 123 4567 or (503) 555-0178.", "Call [PHONE_1] or [PHONE_2]."),
        ("nl", "Bel 06-12345678.", "Bel [PHONE_1]."),
        ("fi", "Soita 040 123 4567.", "Soita [PHONE_1]."),
        ("en", "I was born on 3 July 1954.", "I was born on [BIRTHDATE_1]."),
        ("nl", "Geboortedatum: 03-07-1954.", "Geboortedatum: [BIRTHDATE_1]."),
        ("fi", "Syntymäaika 3.7.1954.", "Syntymäaika [BIRTHDATE_1]."),
        ("nl", "Mijn kenteken is GT-482-R.", "Mijn kenteken is [PLATE_1]."),
        ("fi", "Rekisterinumero KLM-482.", "Rekisterinumero [PLATE_1]."),
        ("en", "My car is LM19 KXP.", "My car is [PLATE_1]."),
        ("en", "Passport 533401928 was refused.", "Passport [PASSPORT_1] was refused."),
        ("en", "From 203.0.113.40 and 2001:db8::15 today.", "From [IP_1] and [IP_2] today."),
        ("en", "My password is Tr0ub4dor&3 now.", "My password is [SECRET_1] now."),
        (
            "en",
            "The password for the permit desk is now Heron-Pond#16c.",
            "The password for the permit desk is now [SECRET_1].",
        ),
        ("nl", "Het wachtwoord van Windows: Kr0kus!molen.", "Het wachtwoord van Windows: [SECRET_1]."),
        ("nl", "De testsleutel die het wel doet: qd_test_81mKxr22Pw.", "De testsleutel die het wel doet: [SECRET_1]."),
        ("fi", "Avain on kt-prod-4Rm7Xp1wQe59.", "Avain on [SECRET_1]."),
        ("en", "The lobby code until Friday is 0715E.", "The lobby code until Friday is [SECRET_1]."),
        (
            "nl",
            "Het sleutelkluisje naast de deur heeft code 3865.",
            "Het sleutelkluisje naast de deur heeft code [SECRET_1].",
        ),
        ("fi", "Kolmas kerros, ovikoodi 8841.", "Kolmas kerros, ovikoodi [SECRET_1]."),
        ("en", "I added passport 126 804 339 today.", "I added passport [PASSPORT_1] today."),
        ("nl", "Houd het codewoord Kokmeeuw gelijk.", "Houd het codewoord [SECRET_1] gelijk."),
        ("en", "Our server is 10.0.4.1.", "Our server is [IP_1]."),
        ("en", "The car for the barrier is sk14vbd.", "The car for the barrier is [PLATE_1]."),
        ("nl", "Wij komen met de camper, KLE AB 731.", "Wij komen met de camper, [PLATE_1]."),
        ("en", "What is the date of birth?\nMe: 7 Feb 2021.", "What is the date of birth?\nMe: [BIRTHDATE_1]."),
        ("en", "My daughter Ines (03.07.2012) starts in May.", "My daughter [NAME_1] ([BIRTHDATE_1]) starts in May."),
        ("nl", "Tomas, 03-07-1999, BSN 123456782.", "[NAME_1], [BIRTHDATE_1], BSN [BSN_1]."),
        ("fi", "Lapseni 3.7.2014 on allerginen.", "Lapseni [BIRTHDATE_1] on allerginen."),
        ("en", "Licence QM4K-71QD-XW8P-0HZL is already activated.", "Licence [SECRET_1] is already activated."),
        (
            "fi",
            "Skoda ZNK-350 on pihalla, avainkaappi 0427.",
            "Skoda [PLATE_1] on pihalla, avainkaappi [SECRET_1].",
        ),
        (
            "en",
            "Passport details for the trip:\nthe first 538160927\nthe second 571908442",
            "Passport details for the trip:\nthe first [PASSPORT_1]\nthe second [PASSPORT_2]",
        ),
        ("en", "The toll of €4.20 was for 182-KE-40613.", "The toll of €4.20 was for [PLATE_1]."),
        ("fi", "Autoni ovat BTR-719 ja OKL-83.", "Autoni ovat [PLATE_1] ja [PLATE_2]."),
        ("nl", "Toestelcode 260317, accu vervangen.", "Toestelcode [SECRET_1], accu vervangen."),
        ("en", "I typed 408216, which is my passcode.", "I typed [SECRET_1], which is my passcode."),
        ("nl", "De pincode doet het niet, 0758 geprobeerd.", "De pincode doet het niet, [SECRET_1] geprobeerd."),
        ("en", "Wi-Fi for guests is BeaverRock-47.", "Wi-Fi for guests is [SECRET_1]."),
        ("fi", "Tunnussana on Kurjenpolvi.", "Tunnussana on [SECRET_1]."),
        (
            "en",
            "Passports: 118840217 and, new, 562201937.",
            "Passports: [PASSPORT_1] and, new, [PASSPORT_2].",
        ),
        (
            "nl",
            "Paspoort NR4K2TD18 voor u, NX91BD3F4 voor de ander.",
            "Paspoort [PASSPORT_1] voor u, [PASSPORT_2] voor de ander.",
        ),
        ("fi", "Katsastus: TXR-318, Skoda 2014.", "Katsastus: [PLATE_1], Skoda 2014."),
        ("en", "Vehicle: LHD 417 XB.", "Vehicle: [PLATE_1]."),
        ("nl", "Wachtwoord: Zonnebloem91.", "Wachtwoord: [SECRET_1]."),
        ("en", "Deliver to 14 Larkspur Close, Reading RG6 1BX.", "Deliver to [ADDRESS_1]."),
        ("en", "Deliver to 2200 Maple Avenue, Apt 4B, Portland, OR 97214.", "Deliver to [ADDRESS_1]."),
        ("nl", "Ik woon op de Lindelaan 48, 3571 KD Utrecht.", "Ik woon op de [ADDRESS_1]."),
        ("fi", "Asun osoitteessa Koivukuja 8 B 14, 02770 Espoo.", "Asun osoitteessa [ADDRESS_1]."),
        ("fi", "Soita Pekalle ja Virtaselle.", "Soita [NAME_1] ja [NAME_2]."),
        ("nl", "Geachte heer Van den Heuvel, dank u.", "Geachte heer [NAME_1], dank u."),
        ("en", "Kind regards,\nTjebbe Hiddinga", "Kind regards,\n[NAME_1]"),
    ],
)
def test_personal_data_is_hidden(language: str, text: str, masked: str) -> None:
    assert hidden(text, language) == masked


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Version 2.0.1 costs € 1.250,00 since 10:30 on 12-05-2026; order #4471-22 and A-88213."),
        ("en", "Firmware 10.0.19.4, error 0x80070057, tracking number 1Z999AA10123456784."),
        ("en", "The Emma mattress by Marks & Spencer, Mercedes, Philips Hue."),
        ("en", "Will you mark the box? May I? Your password must have 12 characters."),
        ("en", "Your password works on Windows 11 and the SM-G991B; the key ring is article KR-20884713."),
        ("en", "The discount code is SPRING25, error code E-1043 at the front door; the code of the article is 4471."),
        ("en", "Your PIN has 4 digits; the card ending in 4417 needs one. Wi-Fi 6E reaches the iPhone15."),
        ("nl", "Onderdeel GT-482-R, kortingscode LENTE25, wifi werkt niet op Windows11."),
        ("en", "Never share a code word with anybody. The passport office closed ticket 538160927."),
        ("en", "Flight BA2490 from Gatwick was late; case 2024-55187; the child's appointment on 3 July 2025."),
        ("nl", "Er is een telefoon besteld (order 771200)."),
        ("en", "After updating to 10.0.4.1 the car park shows ERR 12 and PLU 4088."),
        ("en", "I went back to 4.11.2.1 and all is well. The codeword is never sent."),
        ("en", "Vehicle: 2019 Toyota Yaris. Open since 3 May 1994."),
        ("fi", "Salasana ei toimi Windows11:ssä. Osa TXR-318 on lopussa."),
        ("nl", "Ordernummer 123456782 is betaald, € 1.249,00 op 03-04-2025."),
        ("nl", "Beste klant, uw wachtwoord is verlopen. Met vriendelijke groet,\nTeam Klantenservice"),
        ("fi", "Anna meille hetki aikaa. Lumi tukki katon."),
        ("fi", "Virhekoodi ERR-104, viitenumero 9988776655443322, 1 249,00 €."),
    ],
)
def test_what_only_looks_like_it_is_left_alone(language: str, text: str) -> None:
    assert hidden(text, language) == text


def test_a_mistyped_number_is_hidden_where_the_words_say_what_it_is() -> None:
    assert hidden("Mijn BSN is 123456789.", "nl") == "Mijn BSN is [BSN_1]."


def test_order_numbers_are_hidden_where_a_setting_says_so() -> None:
    orders = PersonalData(KNOWLEDGE / "privacy", orders=True)
    for language, text, masked in (
        ("en", "Order 20394857 and #A-4471.", "Order [ORDER_1] and #[ORDER_2]."),
        ("en", "Policy number: HM-20884713, since 2019.", "Policy number: [ORDER_1], since 2019."),
        (
            "nl",
            "Uw polis is per 1 juli aangepast, klantnr. 6100-4483.",
            "Uw polis is per 1 juli aangepast, klantnr. [ORDER_1].",
        ),
        ("fi", "Asiakasnumero 1004583, vuodesta 2019.", "Asiakasnumero [ORDER_1], vuodesta 2019."),
    ):
        assert Mask(orders, language).hide(text) == masked


@given(st.text(max_size=300), st.sampled_from(["en", "nl", "fi", ""]))
def test_any_text_comes_back(text: str, language: str) -> None:
    mask = Mask(FINDER, language)
    assert mask.show(mask.hide(text)) == text


@pytest.mark.parametrize(
    "part",
    "Anna |a@|1 |Aa |12 Aa Bb |password |A.|eyJ|NL91 |van de |\n|dear |A|0 6|Aa, |Straat 1 |: |thanks,\n"
    "|-----BEGIN PRIVATE KEY-----|a.b@c.|1-|aa-|Aa'|Mr ".split("|"),
)
def test_a_pathological_text_takes_no_longer_than_a_long_one(part: str) -> None:
    text = (part * LONGEST)[:LONGEST]
    begun = time.perf_counter()
    hidden(text, "nl")
    assert time.perf_counter() - begun < 5
