"""Rows C1 to C7: where the documents contradict themselves or are weak, an answer says so, in each language."""

from __future__ import annotations

import pytest

from bot.coach import Coach

CASES = {
    "C1": (
        ("Which wording has the second core value: live change?", "Drive Change"),
        ("Hoe luidt de tweede kernwaarde, omarm verandering?", "Drive Change"),
        ("Miten toinen ydinarvo muutoksesta kuuluu?", "Drive Change"),
    ),
    "C2": (
        ("What were the sales of Zappos in 2003?", "32 million"),
        ("Wat was de omzet van Zappos in 2003?", "32 miljoen"),
        ("Mikä oli Zapposin myynti vuonna 2003?", "32 miljoonaa"),
    ),
    "C3": (
        ("Are 87% of companies not customer-centric?", "does not support"),
        ("Is 87% van de bedrijven niet klantgericht?", "steunt de kop niet"),
        ("Eikö 87 % yrityksistä ole asiakaskeskeisiä?", "eikä se tue otsikkoa"),
    ),
    "C4": (
        ("What is the 64% for shared values a share of?", "brand relationship"),
        ("Waarvan is die 64% voor gedeelde waarden een deel?", "merkrelatie"),
        ("Mistä joukosta 64 % nimesi yhteiset arvot?", "suhde brändiin"),
    ),
    "C5": (
        ("Does Zappos expect a WOW every day?", "At odds"),
        ("Verwacht Zappos elke dag een WOW?", "op gespannen voet"),
        ("Odottaako Zappos WOW-elettä joka päivä?", "vähintään yhtä WOW"),
    ),
    "C6": (
        ("Did Help Scout improve e-mail response by 340%?", "do not rely on it"),
        ("Heeft Help Scout de mailrespons met 340% verbeterd?", "titel"),
        ("Paransiko Help Scout sähköpostivastauksia 340 %?", "otsikko"),
    ),
    "C7": (
        ("Do satisfied customers become raving fans?", "CEB"),
        ("Worden tevreden klanten enthousiaste fans?", "CEB"),
        ("Tuleeko tyytyväisistä asiakkaista innokkaita faneja?", "CEB"),
    ),
}


@pytest.mark.parametrize(
    ("question", "named"),
    [pytest.param(*case, id=f"{row}-{at}") for row, cases in CASES.items() for at, case in enumerate(cases)],
)
def test_a_conflict_or_a_weak_source_is_named(coach: Coach, question: str, named: str) -> None:
    found = coach.answer(question)
    assert found.known
    assert named in found.text
    assert found.citations
