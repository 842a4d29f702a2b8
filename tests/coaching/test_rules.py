"""Rules as data: what fires, on which words, and how it mends."""

from bot.coaching.rules import Rule, find
from bot.coaching.text import Reading

BLAME = Rule.model_validate(
    {
        "id": "entered-wrong",
        "language": "en",
        "criterion": "blame",
        "principle": "words-show-mindset",
        "severity": "must",
        "effect": "destroys",
        "find": [r"\byou entered (?P<what>the|a) wrong (?P<thing>\w+)"],
        "unless": [r"\bno problem\b"],
        "why": "“{quote}” blames.",
        "suggestion": "Say “{mend}”.",
        "mend": r"\g<what> \g<thing> did not match",
        "fires": ["You entered the wrong code."],
        "quiet": ["The code did not match."],
    }
)
UNHEARD = Rule.model_validate(
    {
        "id": "unheard",
        "language": "en",
        "criterion": "no-acknowledgement",
        "principle": "wild-empathy",
        "kind": "missing",
        "severity": "must",
        "effect": "misses",
        "when_customer": [r"\bangry\b"],
        "needs": [r"\bsorry\b"],
        "why": "w",
        "suggestion": "s",
        "fires": [{"draft": "Order number?", "customer": "I am angry"}],
        "quiet": ["Order number?"],
    }
)


def test_a_rule_quotes_the_exact_words_and_mends_them() -> None:
    draft = "Hello. You entered the wrong code."
    [hit] = find([BLAME], Reading(draft))
    assert hit.start is not None
    assert draft[hit.start : hit.end] == hit.quote == "You entered the wrong code"
    assert hit.mended == "The code did not match"


def test_a_mend_inside_a_sentence_begins_small() -> None:
    [hit] = find([BLAME], Reading("It seems you entered the wrong code."))
    assert hit.mended == "the code did not match"


def test_an_exception_in_the_same_sentence_keeps_the_rule_quiet() -> None:
    assert not find([BLAME], Reading("You entered the wrong code, no problem."))


def test_hidden_letters_do_not_hide_the_words() -> None:
    draft = "Y\u200bou entered the wrоng code."  # a zero-width space and a Cyrillic о
    [hit] = find([BLAME], Reading(draft))
    assert hit.quote == draft[hit.start : hit.end] == "Y\u200bou entered the wrоng code"


def test_what_is_missing_has_no_place() -> None:
    [hit] = find([UNHEARD], Reading("What is your order number?"), customer=Reading("I am so angry!"))
    assert (hit.start, hit.end, hit.quote) == (None, None, "")


def test_nothing_is_missing_where_the_situation_does_not_ask_for_it() -> None:
    assert not find([UNHEARD], Reading("What is your order number?"), customer=Reading("Hi, where is it?"))
    assert not find([UNHEARD], Reading("I am sorry to hear that."), customer=Reading("I am angry"))
