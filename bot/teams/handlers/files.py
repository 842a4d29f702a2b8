"""Files in Teams: somebody is asked whether they want it, Teams says where to put it, and then it is there."""

from __future__ import annotations

import json
import logging
import re
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.coaching.wording import Wording
from bot.rituals.asked import Sent
from bot.rituals.commands import read_command
from bot.rituals.model import File
from bot.teams.connector import Gone
from bot.teams.edge import Edge
from bot.teams.messages import file_message, offer_message, text_message
from bot.teams.turn import Json, Turn

log = logging.getLogger(__name__)

SHAREPOINT = re.compile(r"(?:[a-z0-9-]+\.)+sharepoint(?:-df|-mil)?\.(?:com|us|cn|de)")
"""Where Teams keeps people's files; nothing is put anywhere else."""
SECONDS = 60
OWN_DATA = "export"
"""What is asked for, where it is no command of the rituals."""


async def offer(edge: Edge, turn: Turn, sent: Sent, command: str, wording: Wording) -> None:
    """Ask in the chat with them whether they want the files; they are made again when they do, and kept nowhere."""
    alone = await edge.alone(turn)
    await edge.connector.show(alone, text_message(sent.text))
    for file in sent.files:
        message = offer_message(file.name, len(file.content), {"command": command, "name": file.name}, sent.text)
        await edge.connector.show(alone, message)
    if turn.scope != "personal":
        await edge.tell(turn, "teams.in-chat")


async def answered(edge: Edge, turn: Turn) -> Json:
    """``fileConsent/invoke``: they want it, or not."""
    wording = await edge.wording(turn)
    context = turn.value.get("context")
    asked: dict[str, Any] = context if isinstance(context, dict) else {}
    upload = turn.value.get("uploadInfo")
    if turn.value.get("action") == "accept" and isinstance(upload, dict):
        edge.in_background(turn, _sent(edge, turn, asked, upload, wording))
    else:
        edge.in_background(turn, _put(edge, turn, text_message(wording.say("teams.file-declined"))))
    return {}


async def own_data(edge: Edge, turn: Turn, wording: Wording) -> Sent:
    """Everything kept of a person."""
    call = edge.work.call
    kept = {**await call(edge.desk.export, turn.person), **await call(edge.rituals.export, turn.person)}
    content = json.dumps(kept, indent=1, ensure_ascii=False).encode()
    return Sent(wording.say("home.exported"), (File("heartware-my-data.json", content),))


async def _sent(edge: Edge, turn: Turn, asked: Json, upload: Json, wording: Wording) -> None:
    file = await _file(edge, turn, asked, wording)
    where = upload.get("uploadUrl")
    if file is None or not isinstance(where, str) or not _theirs(where):
        await edge.tell(turn, "chat.failed")
        return
    last = len(file.content) - 1
    headers = {"Content-Range": f"bytes 0-{last}/{len(file.content)}", "Content-Type": "application/octet-stream"}
    async with httpx.AsyncClient(timeout=SECONDS) as client:
        (await client.put(where, content=file.content, headers=headers)).raise_for_status()
    await _put(edge, turn, file_message(file.name, upload))


async def _file(edge: Edge, turn: Turn, asked: Json, wording: Wording) -> File | None:
    """The file, made again for who asks now: what it may hold is decided anew."""
    if asked.get("command") == OWN_DATA:
        made: object = await own_data(edge, turn, wording)
    else:
        command = read_command(str(asked.get("command")), edge.words.every())
        made = await edge.work.call(edge.asked(turn, wording).done, command, "") if command else None
    found = made.files if isinstance(made, Sent) else ()
    return next((file for file in found if file.name == asked.get("name")), None)


def _theirs(where: str) -> bool:
    parts = urlsplit(where)
    return parts.scheme == "https" and bool(SHAREPOINT.fullmatch(parts.hostname or ""))


async def _put(edge: Edge, turn: Turn, message: Any) -> None:
    """In the place of the question, else below."""
    try:
        if turn.reply_to:
            await edge.connector.show({**turn.address, "activity": turn.reply_to}, message)
            return
    except Gone:
        message.id = None
    await edge.say(turn, message)
