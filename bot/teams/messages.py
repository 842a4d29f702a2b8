"""Messages in a chat: cards, sentences, help, answers with their sources. All are marked as made by a machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from microsoft_teams.api import Account, SuggestedActions
from microsoft_teams.api.activities.message.message import MessageActivityInput
from microsoft_teams.api.models.attachment import Attachment
from microsoft_teams.api.models.card.card_action import CardAction
from microsoft_teams.api.models.card.card_action_type import CardActionType
from microsoft_teams.api.models.entity.citation_entity import CitationAppearance

from bot.coaching.model import Answer, Citation
from bot.coaching.wording import Wording
from bot.teams.cards.answer import answer_card
from bot.teams.cards.parts import CONTENT_TYPE, Card
from bot.teams.text import shortened

CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
SOURCE = 80
ABSTRACT = 160
PROMPTS = ("review", "ask", "help")
"""Suggested to somebody who has nothing to say yet: ``teams.prompt.…``."""


def card_message(card: Card, summary: str) -> MessageActivityInput:
    """A card; ``summary`` is the line of its notification. Useful or not is asked below it."""
    message = MessageActivityInput(summary=summary)
    message.add_attachments(Attachment(content_type=CONTENT_TYPE, content=card))
    return message.add_ai_generated().add_feedback()


def unasked_message(card: Card, summary: str) -> MessageActivityInput:
    """A card of the rituals, which no machine wrote; ``summary`` is the line of its notification."""
    message = MessageActivityInput(summary=summary)
    return message.add_attachments(Attachment(content_type=CONTENT_TYPE, content=card))


def markdown_message(text: str) -> MessageActivityInput:
    """A sentence in Markdown of our own."""
    return MessageActivityInput(text=text, text_format="markdown")


def text_message(text: str) -> MessageActivityInput:
    """A sentence, shown as it is."""
    return MessageActivityInput(text=text, text_format="plain")


def welcome_message(text: str, wording: Wording, user: str) -> MessageActivityInput:
    """A greeting or help, in Markdown of our own, with what may be asked next."""
    said = [wording.say(f"teams.prompt.{name}") for name in PROMPTS]
    actions = [CardAction(type=CardActionType.IM_BACK, title=one, value=one) for one in said]
    return MessageActivityInput(text=text, text_format="markdown").with_suggested_actions(
        SuggestedActions(to=[user], actions=actions)
    )


def offer_message(name: str, size: int, context: Mapping[str, str], text: str) -> MessageActivityInput:
    """Asks whether somebody wants a file; ``context`` comes back with the answer."""
    content = {"description": text, "sizeInBytes": size, "acceptContext": context, "declineContext": context}
    return MessageActivityInput(summary=text).add_attachments(
        Attachment(content_type=CONSENT, name=name, content=content)
    )


def file_message(name: str, upload: Mapping[str, Any]) -> MessageActivityInput:
    """A file where Teams said to put it."""
    content = {"uniqueId": upload.get("uniqueId"), "fileType": upload.get("fileType")}
    where = upload.get("contentUrl")
    return MessageActivityInput(summary=name).add_attachments(
        Attachment(content_type=INFO, name=name, content_url=where if isinstance(where, str) else None, content=content)
    )


def answer_message(answer: Answer, wording: Wording) -> MessageActivityInput:
    """An answer; the numbers after it lead to what it rests on, the buttons below open it."""
    numbers = " ".join(f"[{number}]" for number in range(1, len(answer.citations) + 1))
    message = MessageActivityInput(text=f"{markdown(answer.text)} {numbers}".strip(), text_format="markdown")
    message.add_ai_generated().add_feedback()
    for number, citation in enumerate(answer.citations, 1):
        message.add_citation(number, _appearance(citation))
    below = answer_card(answer, wording)
    return message.add_attachments(Attachment(content_type=CONTENT_TYPE, content=below)) if below else message


def targeted(message: MessageActivityInput, user: str) -> MessageActivityInput:
    """The message for this person's eyes alone, in a conversation of several."""
    return message.with_recipient(Account(id=user), is_targeted=True)


def markdown(text: str) -> str:
    """Text as Markdown that shows it as it is; its lines stay lines."""
    escaped = re.sub(r"([\\`*_~\[\]<>#|&])", r"\\\1", text)
    escaped = re.sub(r"(?m)^(\s*\d*)([-+.)])(?=\s)", r"\1\\\2", escaped)
    return escaped.replace("\n", "\n\n")


def _appearance(citation: Citation) -> CitationAppearance:
    source = citation.source
    where = source.short if len(source.short) <= SOURCE // 2 else source.file
    title = shortened(citation.heading or source.title, SOURCE - len(where) - 3)
    return CitationAppearance(
        name=shortened(f"{title} · {where}", SOURCE),
        abstract=shortened(" ".join(citation.text.split()) or str(source), ABSTRACT),
    )
