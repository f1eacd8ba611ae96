"""The table of allowed actions: every path ends, and each action belongs to one party."""

from graph.requests.states import ALLOWED, RequestAction, RequestRole, RequestStatus, lifetime_days, may_act

FINAL = {
    RequestStatus.REDIRECTED,
    RequestStatus.DECLINED,
    RequestStatus.TARGET_DECLINED,
    RequestStatus.CLOSED,
    RequestStatus.WITHDRAWN,
    RequestStatus.EXPIRED,
}


def test_every_state_can_be_reached_and_every_path_ends() -> None:
    reached = {RequestStatus.DRAFT, *ALLOWED.values()}
    leading_on = {status for (status, _), after in ALLOWED.items() if after is not status}

    assert reached == set(RequestStatus)
    assert leading_on == reached - FINAL


def test_every_sent_request_that_is_not_final_expires() -> None:
    expiring = {status for status in RequestStatus if lifetime_days(status, 7)}

    assert expiring == set(RequestStatus) - FINAL - {RequestStatus.DRAFT}


def test_the_target_is_introduced_only_after_they_agreed() -> None:
    assert [status for status, action in ALLOWED if action is RequestAction.RECORD_INTRODUCTION] == [
        RequestStatus.TARGET_AGREED
    ]


def test_only_the_introducer_answers_unless_they_are_no_member() -> None:
    for action in (RequestAction.ACCEPT, RequestAction.ALLOW_MENTION, RequestAction.REDIRECT, RequestAction.DECLINE):
        assert may_act(RequestRole.INTRODUCER, action, introducer_is_member=True)
        assert not may_act(RequestRole.ASKER, action, introducer_is_member=True)
        assert may_act(RequestRole.ASKER, action, introducer_is_member=False)
    assert not may_act(RequestRole.INTRODUCER, RequestAction.WITHDRAW, introducer_is_member=True)
    assert not any(may_act(role, RequestAction.EXPIRE, introducer_is_member=False) for role in RequestRole)
