"""Text from Slack is read as it was typed, and names cannot mention, link or format anything."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.slack.rendering.messages import Message, card, context, section
from api.slack.rendering.text import escape, escape_within, mentioned_user, plain_text

HOSTILE = "<!channel> <@U1> <https://evil.example|Jane> *bold* _it_ ~no~ `code` & <!here>"


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("Jane Okonkwo", "Jane Okonkwo"),
        ("<mailto:jane@x.example|jane@x.example>", "jane@x.example"),
        ("<https://www.linkedin.com/in/jane>", "https://www.linkedin.com/in/jane"),
        ("<https://www.linkedin.com/in/jane|linkedin.com/in/jane>", "https://www.linkedin.com/in/jane"),
        ("Jane at <http://halden.example|halden.example>", "Jane at http://halden.example"),
        ("Jane &amp; Ben at R&amp;D &lt;x&gt;", "Jane & Ben at R&D <x>"),
        ("  Jane \n Okonkwo ", "Jane Okonkwo"),
    ],
)
def test_a_pasted_text_is_read_as_typed(sent: str, typed: str) -> None:
    assert plain_text(sent) == typed


@pytest.mark.parametrize(
    ("text", "user"),
    [("<@U012AB>", "U012AB"), (" <@W1|jane> ", "W1"), ("<@U1> and others", None), ("@jane", None), ("<@bad>", None)],
)
def test_a_mention_is_a_user_and_nothing_else(text: str, user: str | None) -> None:
    assert mentioned_user(text) == user


@given(st.text(max_size=400), st.integers(1, 200))
def test_an_escaped_text_is_inert_and_has_a_limited_length(text: str, length: int) -> None:
    escaped = escape_within(text, length)

    assert len(escaped) <= length
    assert not {"<", ">"} & set(escaped)
    assert plain_text(escape(text)).replace("\u200b", "") == " ".join(text.replace("\u200b", "").split()) or "&" in text


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE * 50])
def test_no_field_of_a_message_can_mention_or_link(text: str) -> None:
    message = Message(text, (section(text), context(text), card(text, text, text, ()))).body()

    assert message["response_type"] == "ephemeral"
    assert "<" not in message["text"]
    for block in message["blocks"]:
        for part in (block.get("text"), *block.get("elements", ()), *map(block.get, ("title", "subtitle", "body"))):
            assert part is None or part["type"] == "plain_text" or "<" not in part["text"], json.dumps(part)
