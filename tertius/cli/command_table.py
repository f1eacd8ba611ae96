"""All commands: where each is defined, and its line in the overview.

The overview, `--version` and shell completion read this table, so that they import no command. `summary` equals the
first line of the function's docstring.
"""

from tertius.cli.command_entries import CommandEntry, Section, ServerUse

_ON_SERVER, _LOCAL, _WITHOUT = ServerUse.SUPPORTED, ServerUse.UNSUPPORTED, ServerUse.IRRELEVANT
_ASKING, _CONTRIBUTING, _TEAM, _PRIVACY, _OPERATING = (
    f"{package}.commands:" for package in ("asking", "contributing", "team", "privacy", "operating")
)
_SOURCES, _DUPLICATES = "contributing.source_commands:", "contributing.duplicate_commands:"
_SHARING, _NOTICES = "team.sharing_commands:", "privacy.notice_commands:"
_SLACK = "slack.commands:"
_ERASURES = "privacy.erasure_request_commands:"
_REQUESTS = "requesting.commands:"
_JOINING = "joining.commands:"
_INSIGHTS = "insights.commands:"
_PLANS = "insights.plan_commands:"
_NURTURE = "insights.nurture_commands:"
_REVIEW = "insights.review_commands:"
_TAGS = "insights.tag_commands:"

SECTIONS = (
    Section(
        "Ask",
        "",
        (
            CommandEntry("who", f"{_ASKING}who_command", "Show who can introduce you to a person."),
            CommandEntry("people", f"{_ASKING}people_command", "Search for people and show how well they know you."),
            CommandEntry("tie", f"{_ASKING}tie_command", "Explain the tie between two people."),
            CommandEntry(
                "company",
                f"{_ASKING}company_command",
                "List people at a company who know you, and those whom you can reach.",
            ),
            CommandEntry("targets", f"{_ASKING}targets_command", "Find introducers for a list of up to 5,000 targets."),
            CommandEntry(
                "fading", f"{_ASKING}fading_command", "List ties that will become weak or end without new contact."
            ),
        ),
        server_use=_ON_SERVER,
    ),
    Section(
        "Load and make statements",
        "",
        (
            CommandEntry("load", f"{_CONTRIBUTING}load_command", "Load exports: archives, folders or single files."),
            CommandEntry(
                "sync", f"{_CONTRIBUTING}sync_command", "Load new message headers from your mailbox by IMAP.", _LOCAL
            ),
            CommandEntry("say", f"{_CONTRIBUTING}say_command", "State what you know about a tie."),
        ),
        server_use=_ON_SERVER,
    ),
    Section(
        "Use a server",
        "",
        (
            CommandEntry("join", f"{_JOINING}join_command", "Join a network by the link of an invitation.", _WITHOUT),
            CommandEntry("logout", f"{_JOINING}logout_command", "Revoke and forget your token for a server.", _WITHOUT),
        ),
    ),
    Section(
        "Run",
        "",
        (
            CommandEntry(
                "up",
                f"{_OPERATING}up_command",
                "Start the database and serve the page and the API until Ctrl-C.",
                _WITHOUT,
            ),
            CommandEntry(
                "page",
                f"{_OPERATING}page_command",
                "Open the page of the service with a sign-in link.",
                _WITHOUT,
            ),
            CommandEntry("down", f"{_OPERATING}down_command", "Stop the local database. Its data stays.", _WITHOUT),
            CommandEntry("mcp", f"{_OPERATING}mcp_command", "Let an assistant ask on your behalf, by MCP."),
            CommandEntry(
                "demo", f"{_OPERATING}demo_command", "Load an invented network and show example answers.", _WITHOUT
            ),
            CommandEntry(
                "doctor", f"{_OPERATING}doctor_command", "Check this machine, the database and its secrets.", _WITHOUT
            ),
        ),
    ),
    Section(
        "Sources",
        "source",
        (
            CommandEntry("list", f"{_SOURCES}source_list_command", "List the loaded sources and their coverage."),
            CommandEntry("share", f"{_SOURCES}source_share_command", "Set what your team may see of a source."),
            CommandEntry(
                "remove", f"{_SOURCES}source_remove_command", "Remove a source and everything derived from it."
            ),
        ),
        summary="List, share and remove loaded sources.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Statements",
        "statements",
        (
            CommandEntry("list", f"{_CONTRIBUTING}statements_list_command", "List your statements about ties."),
            CommandEntry("withdraw", f"{_CONTRIBUTING}statements_withdraw_command", "Withdraw a statement."),
        ),
        summary="List and withdraw statements about ties.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Duplicates",
        "duplicates",
        (
            CommandEntry(
                "list", f"{_DUPLICATES}duplicates_list_command", "List records that may be one person, with reasons."
            ),
            CommandEntry("merge", f"{_DUPLICATES}duplicates_merge_command", "Merge two records of one person."),
            CommandEntry(
                "distinct", f"{_DUPLICATES}duplicates_distinct_command", "Mark two records as different people."
            ),
            CommandEntry(
                "split", f"{_DUPLICATES}duplicates_split_command", "Split identities from a person into another person."
            ),
            CommandEntry("decisions", f"{_DUPLICATES}duplicates_decisions_command", "List decisions about duplicates."),
            CommandEntry("undo", f"{_DUPLICATES}duplicates_undo_command", "Undo one of your decisions."),
        ),
        summary="Decide which records are one person.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Insights",
        "insights",
        (
            CommandEntry("health", f"{_INSIGHTS}health_command", "Count your connections by contact with you."),
            CommandEntry("connections", f"{_INSIGHTS}connections_command", "List your connections with their class."),
            CommandEntry("goal", f"{_INSIGHTS}goal_command", "Show or set what your network is for."),
            CommandEntry(
                "invitations",
                f"{_REVIEW}invitation_review_command",
                "Review invitations: accept, ask first or leave.",
            ),
            CommandEntry("prune", f"{_REVIEW}prune_command", "Suggest connections to archive, with reasons."),
            CommandEntry("archive", f"{_REVIEW}archive_command", "Leave people out of all your answers."),
            CommandEntry("archived", f"{_REVIEW}archived_command", "Review the people whom you archived."),
            CommandEntry(
                "restore", f"{_REVIEW}restore_person_command", "Restore an archived person to all your answers."
            ),
            CommandEntry("plan", f"{_PLANS}insights_plan_command", "Assign a list of targets to introducers."),
            CommandEntry("nurture", f"{_NURTURE}nurture_command", "Show whom to contact this week, and why."),
            CommandEntry("balance", f"{_NURTURE}balance_command", "Show what you and others did for each other."),
            CommandEntry("complete-suggestion", f"{_NURTURE}done_command", "Mark a suggestion as done."),
            CommandEntry(
                "snooze-suggestion", f"{_NURTURE}snooze_command", "Suggest a person again only after some days."
            ),
            CommandEntry("stop-suggestions", f"{_NURTURE}never_command", "Never suggest a person again."),
            CommandEntry("keep-in-touch", f"{_NURTURE}keep_in_touch_command", "Set a rhythm or a note for a person."),
            CommandEntry("contact-plans", f"{_NURTURE}contact_plans_command", "List your rhythms, notes and answers."),
            CommandEntry("delete-contact-plan", f"{_NURTURE}delete_plan_command", "Delete a contact plan."),
            CommandEntry("tags", f"{_TAGS}tags_command", "List your tags and those that others share."),
            CommandEntry("tag", f"{_TAGS}tag_command", "Tag people, and create a missing tag."),
            CommandEntry("tag-rule", f"{_TAGS}tag_rule_command", "Let a tag contain whom a rule matches."),
            CommandEntry("import-tags", f"{_TAGS}import_tags_command", "Create a tag for each group in your sources."),
            CommandEntry("untag", f"{_TAGS}untag_command", "Remove a tag from people."),
            CommandEntry("delete-tag", f"{_TAGS}delete_tag_command", "Delete a tag of yours."),
        ),
        summary="Review your network: health, plans, tags and whom to contact.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Introduction requests",
        "request",
        (
            CommandEntry("create", f"{_REQUESTS}create_command", "Draft an introduction request. Nothing is sent."),
            CommandEntry("list", f"{_REQUESTS}list_command", "List introduction requests of yours and to you."),
            CommandEntry("show", f"{_REQUESTS}show_command", "Show a request and what you can do next."),
            CommandEntry("edit", f"{_REQUESTS}edit_command", "Replace texts of a draft."),
            CommandEntry("send", f"{_REQUESTS}send_command", "Send a draft to its introducer."),
            CommandEntry("answer", f"{_REQUESTS}answer_command", "Answer a request to you."),
            CommandEntry("record", f"{_REQUESTS}record_command", "Record what followed, and the outcome."),
            CommandEntry("thank", f"{_REQUESTS}thank_command", "Thank the introducer, who is informed."),
            CommandEntry("next", f"{_REQUESTS}next_command", "Draft a request along the next route."),
            CommandEntry("preferences", f"{_REQUESTS}preferences_command", "Show or replace what you accept."),
            CommandEntry("inbox", f"{_REQUESTS}inbox_command", "List notifications about requests, newest first."),
            CommandEntry(
                "email-digest",
                f"{_REQUESTS}email_digest_command",
                "Show or set whether you get a daily digest by mail.",
            ),
            CommandEntry("webhooks", f"{_REQUESTS}webhooks_command", "List addresses that receive request events."),
            CommandEntry(
                "add-webhook", f"{_REQUESTS}add_webhook_command", "Add a webhook and print its signing secret."
            ),
            CommandEntry("remove-webhook", f"{_REQUESTS}remove_webhook_command", "Remove a webhook."),
            CommandEntry("withdraw", f"{_REQUESTS}withdraw_command", "Withdraw a request, or discard a draft."),
        ),
        summary="Ask for introductions, and answer requests to you.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Team",
        "team",
        (
            CommandEntry("members", f"{_TEAM}members_command", "List the members of your network."),
            CommandEntry("invite", f"{_TEAM}invite_command", "Create an invitation to your network."),
            CommandEntry("invitations", f"{_TEAM}invitations_command", "List open invitations."),
            CommandEntry("withdraw-invitation", f"{_TEAM}withdraw_invitation_command", "Withdraw an open invitation."),
            CommandEntry("set-role", f"{_TEAM}set_role_command", "Change the role of a member."),
            CommandEntry(
                "set-sign-in", f"{_TEAM}set_sign_in_command", "Set the address by which a member signs in.", _LOCAL
            ),
            CommandEntry("prove-address", f"{_TEAM}prove_address_command", "Prove that an e-mail address is yours."),
            CommandEntry(
                "remove-member", f"{_TEAM}remove_member_command", "Remove a member and their private sources."
            ),
            CommandEntry("rename", f"{_TEAM}rename_command", "Change the name that other members see of you."),
            CommandEntry(
                "leaving-policy", f"{_TEAM}leaving_policy_command", "Show or set what happens when a member leaves."
            ),
            CommandEntry("tokens", f"{_TEAM}tokens_command", "List your access tokens."),
            CommandEntry("create-token", f"{_TEAM}create_token_command", "Create an access token for a program."),
            CommandEntry("revoke-token", f"{_TEAM}revoke_token_command", "Revoke one of your access tokens."),
            CommandEntry("hidden", f"{_SHARING}hidden_command", "List contacts that you hide from other members."),
            CommandEntry("hide", f"{_SHARING}hide_command", "Hide a person or a company from other members."),
            CommandEntry("unhide", f"{_SHARING}unhide_command", "Stop hiding a contact."),
            CommandEntry("excluded", f"{_SHARING}excluded_command", "List people whom you exclude as introducers."),
            CommandEntry("exclude", f"{_SHARING}exclude_command", "Exclude a person as introducer."),
            CommandEntry("unexclude", f"{_SHARING}unexclude_command", "Allow a person as introducer again."),
            CommandEntry("visibility", f"{_SHARING}visibility_command", "Show or set when introducers are named."),
        ),
        summary="Manage members, invitations and tokens, and what members see.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Slack",
        "slack",
        (
            CommandEntry(
                "manifest",
                f"{_SLACK}slack_manifest_command",
                "Print the manifest that registers the Slack app.",
                _WITHOUT,
            ),
            CommandEntry("connect", f"{_SLACK}slack_connect_command", "Connect a Slack workspace to your network."),
            CommandEntry("list", f"{_SLACK}slack_list_command", "List the Slack workspaces of your network."),
            CommandEntry("disconnect", f"{_SLACK}slack_disconnect_command", "Disconnect a Slack workspace."),
        ),
        summary="Connect Slack workspaces, in which members ask with /intro.",
    ),
    Section(
        "Privacy",
        "privacy",
        (
            CommandEntry(
                "settings",
                f"{_PRIVACY}privacy_settings_command",
                "Show or set the data controller and retention.",
            ),
            CommandEntry(
                "export",
                f"{_PRIVACY}privacy_export_command",
                "Print the personal data stored about a person.",
            ),
            CommandEntry(
                "erase",
                f"{_PRIVACY}privacy_erase_command",
                "Erase a person from all sources of all members.",
            ),
            CommandEntry(
                "erasure-requests",
                f"{_ERASURES}erasure_requests_command",
                "List requests for erasure sent at /about-me.",
            ),
            CommandEntry(
                "dispute-erasure", f"{_ERASURES}dispute_erasure_command", "Dispute a pending request for erasure."
            ),
            CommandEntry(
                "dismiss-erasure", f"{_ERASURES}dismiss_erasure_command", "Dismiss a disputed request for erasure."
            ),
            CommandEntry(
                "confirm-erasure", f"{_ERASURES}confirm_erasure_command", "Complete a request for erasure now."
            ),
            CommandEntry("audit", f"{_PRIVACY}privacy_audit_command", "List who asked about whom in the last year."),
            CommandEntry("notices", f"{_NOTICES}notices_command", "List people who must still be notified (Art. 14)."),
            CommandEntry("mark-notified", f"{_NOTICES}mark_notified_command", "Record that people were notified."),
            CommandEntry(
                "unmark-notified",
                f"{_NOTICES}unmark_notified_command",
                "Delete the record that a person was notified.",
            ),
        ),
        summary="Set the data controller, and export and erase personal data.",
        server_use=_ON_SERVER,
    ),
    Section(
        "Administration",
        "admin",
        (
            CommandEntry("backup", f"{_OPERATING}backup_command", "Write the local database to one file.", _WITHOUT),
            CommandEntry(
                "restore", f"{_OPERATING}restore_command", "Replace the local database with a backup.", _WITHOUT
            ),
            CommandEntry(
                "compact", f"{_OPERATING}compact_command", "Remove deleted data from the database's files.", _WITHOUT
            ),
            CommandEntry("refresh", f"{_OPERATING}refresh_command", "Derive every tie for today or another day."),
            CommandEntry(
                "calibrate", f"{_OPERATING}calibrate_command", "Fit strengths to your network's own requests."
            ),
            CommandEntry(
                "outcomes",
                f"{_OPERATING}outcomes_command",
                "Compare scores with the outcomes of requests.",
            ),
            CommandEntry("create-network", f"{_OPERATING}create_network_command", "Create a network for others."),
        ),
        summary="Maintain the database and the strength model.",
    ),
)

EXAMPLES = (
    "tertius load ~/Downloads/linkedin.zip",
    "tertius who Jane Okonkwo at Halden Robotics",
    "tertius team invite --help",
)
"""The examples of the overview."""


def sections_of(group: str) -> list[Section]:
    """The sections of a group; those without a group for an empty name."""
    return [section for section in SECTIONS if section.group == group]


def entries_of(group: str) -> dict[str, CommandEntry]:
    """The commands of a group by name."""
    return {
        entry.name: entry._replace(server_use=entry.server_use or section.server_use)
        for section in sections_of(group)
        for entry in section.commands
    }


GROUPS = {section.group: section.summary for section in SECTIONS if section.group}
"""The groups, each with its help."""
