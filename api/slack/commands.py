"""The command `/intro`."""

from api.slack.questions import SlackViewer, answer_text
from api.slack.rendering.messages import Message, section
from graph.slack.users import unlink_user

COMMAND = "/intro"
WHO_KNOWS = "tertius_who_knows"
"""Callback id of the message shortcut “Who knows this person?”."""
_HELP = """\
/intro finds people who can genuinely introduce you to somebody. Only you see the answer.

/intro Jane Okonkwo
/intro Jane Okonkwo at Halden Robotics
/intro jane@halden.example
/intro https://www.linkedin.com/in/jane-okonkwo
/intro @user of this workspace

In the messages of this app you write the same without /intro. The Home tab shows introduction requests and fading ties.

/intro unlink removes the link between your Slack user and your account, if you made one.
/intro help shows this text."""
_NOT_LINKED = "There is no link to remove: your Slack user is found by its address."
_UNLINKED = "The link is removed."


def is_help(text: str) -> bool:
    """Whether the text of a command asks for help."""
    return text.strip().casefold() in ("", "help")


def help_message() -> Message:
    """Return the help of the command."""
    return Message(_HELP, (section(_HELP),))


async def answer_intro(slack_viewer: SlackViewer, *, text: str) -> Message:
    """Answer the command or the direct message of a member."""
    if is_help(text):
        return help_message()
    if text.strip().casefold() == "unlink":
        return Message(_UNLINKED if await unlink_user(slack_viewer.graph, slack_viewer.user) else _NOT_LINKED)
    return await answer_text(slack_viewer, text)
