"""Signed out unexpectedly: why the session ended (A9, A26)."""

from logindrill.rules.reasons import (
    COOKIE_WITHHELD,
    FACTOR_CHANGED,
    NO_SESSION,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    SESSION_ENDED_BY_ADMIN,
    SESSION_ENDED_BY_USER,
    SESSION_EXPIRED,
    SESSION_IDLE,
    SESSION_UNKNOWN,
    SIGNED_OUT,
    TOKEN_MALFORMED,
    TOKEN_OF_ANOTHER_KIND,
    Reason,
)
from logindrill.rules.values import replace
from logindrill.scenarios.actors import SECOND_PASSWORD
from logindrill.scenarios.scenario import ORDINARY, Cast, Scenario, Symptom
from logindrill.scenarios.step import ASKED_FOR_FACTOR, OTHER_BROWSER, PHONE, ClientDevice, Seen, Step
from logindrill.scenarios.verbs.account import changes_password, ends_session, sets_up_second_password
from logindrill.scenarios.verbs.entering import enters_second_password, opens, signs_in, signs_out
from logindrill.scenarios.verbs.inbox import RESET, reads
from logindrill.scenarios.verbs.links import asks_for_reset, sets_password
from logindrill.scenarios.verbs.staff import ends_sessions
from logindrill.scenarios.verbs.tester import waits

_OUT = Seen(401, "unauthenticated")
_CALLS = (opens(seen=_OUT),)
_BACK_IN = (signs_in(), opens())
_WITH_NEW_PASSWORD = (signs_in(password="{new_password}"), opens())
_UNDEFINED = {"Authorization": "Bearer undefined"}
_ID_OF_SESSION = {"Authorization": "Bearer {session_id}"}
_ELSEWHERE = ClientDevice(
    "app on another host name", {"Origin": "http://127.0.0.1:3000", "Sec-Fetch-Site": "cross-site"}
)
_DAMAGED = {"Authorization": "Bearer mock_cut-off-on-the-way"}


def _thrown_out(
    name: str,
    story: str,
    cause: Reason,
    *scene: Step,
    rules: tuple[str, ...] = ("A26",),
    cast: Cast = ORDINARY,
    tries: tuple[Step, ...] = _CALLS,
    after: tuple[Step, ...] = _BACK_IN,
    remedy: str = "sign_in_again",
) -> Scenario:
    """A session that is no longer valid at the next call; signing in again makes a new one."""
    return Scenario(
        name=name,
        preset="business-chat",
        rules=rules,
        symptom=Symptom.THROWN_OUT,
        story=story,
        cast=cast,
        scene=scene,
        tries=tries,
        cause=cause,
        remedy=remedy,
        after=after,
    )


SCENARIOS = (
    _thrown_out(
        "signed-out-everywhere-after-reset",
        "Ben resets his password at home, and his computer at work signs him out.",
        PASSWORD_RESET,
        signs_in(how="at work"),
        asks_for_reset(),
        reads(RESET),
        sets_password(),
        rules=("A9", "A12"),
        after=_WITH_NEW_PASSWORD,
    ),
    _thrown_out(
        "session-ended-overnight",
        "Ben signs in one evening. Two evenings later his session has been idle for too long.",
        SESSION_IDLE,
        signs_in(),
        waits("P2D", "2 days"),
        rules=("A9", "A26"),
    ),
    _thrown_out(
        "session-ended-on-a-long-day",
        "This service ends every session after eight hours, however busy Ben was.",
        SESSION_EXPIRED,
        signs_in(how="in the morning"),
        waits("PT5H", "5 hours"),
        opens(),
        waits("PT3H", "3 hours"),
        cast=Cast(policy={"sessions.absolute": "PT8H"}),
    ),
    _thrown_out(
        "back-button-after-sign-out",
        "Ben signs out and uses the browser's back button; the page that he sees is only an old copy.",
        SIGNED_OUT,
        signs_in(),
        signs_out(),
    ),
    _thrown_out(
        "signed-out-from-the-other-computer",
        "From home, Ben ends the session that he left open at work, and forgets that he did.",
        SESSION_ENDED_BY_USER,
        signs_in(how="at work").keeping(session_id="/session/id"),
        signs_in(how="at home", device=OTHER_BROWSER),
        ends_session(how="the session at work", device=OTHER_BROWSER),
    ),
    _thrown_out(
        "signed-out-by-the-admin",
        "Adam ends all of Ben's sessions after a laptop was stolen; Ben may sign in again at once.",
        SESSION_ENDED_BY_ADMIN,
        signs_in(),
        ends_sessions(),
    ),
    _thrown_out(
        "signed-out-after-password-change",
        "Ben changes his password in the browser, and the app on his phone signs him out.",
        PASSWORD_CHANGED,
        signs_in(how="on the phone", device=PHONE),
        signs_in(),
        changes_password(),
        rules=("A9", "A26"),
        tries=(opens(device=PHONE, seen=_OUT),),
        after=(signs_in(password="{new_password}", device=PHONE), opens(device=PHONE)),
    ),
    _thrown_out(
        "signed-out-after-second-factor-change",
        "Ben sets up a second password in the browser, and the app on his phone signs him out.",
        FACTOR_CHANGED,
        signs_in(how="on the phone", device=PHONE),
        signs_in(),
        sets_up_second_password(),
        rules=("A18", "A26"),
        tries=(opens(device=PHONE, seen=_OUT),),
        after=(
            signs_in(device=PHONE, seen=ASKED_FOR_FACTOR),
            enters_second_password(SECOND_PASSWORD, device=PHONE),
            opens(device=PHONE),
        ),
    ),
    _thrown_out(
        "app-forgets-to-send-the-session",
        "The app was just updated and no longer sends Ben's session token.",
        NO_SESSION,
        signs_in(),
        tries=(replace(opens(seen=_OUT), do="the app calls /me without a session", signed_in=False),),
    ),
    _thrown_out(
        "app-damages-the-session",
        "The app stores Ben's session token in a field that is too short, and sends only part of it.",
        SESSION_UNKNOWN,
        signs_in(),
        tries=(replace(opens(seen=_OUT), do="the app calls /me with half a token", signed_in=False, headers=_DAMAGED),),
    ),
    _thrown_out(
        "app-sends-undefined",
        "The app reads Ben's session under a name that does not exist, and sends the word undefined.",
        TOKEN_MALFORMED,
        signs_in(),
        tries=(replace(opens(seen=_OUT), do="the app sends undefined", signed_in=False, headers=_UNDEFINED),),
        after=(opens(),),
        remedy="send_access_token",
    ),
    _thrown_out(
        "app-sends-the-id-of-the-session",
        "The app takes the id of Ben's session for its token.",
        TOKEN_OF_ANOTHER_KIND,
        signs_in().keeping(session_id="/session/id"),
        tries=(replace(opens(seen=_OUT), do="the app sends the id", signed_in=False, headers=_ID_OF_SESSION),),
        after=(opens(),),
        remedy="send_access_token",
    ),
    _thrown_out(
        "cookie-withheld",
        "Ben's app is open at 127.0.0.1 and calls the service at localhost: the browser sends no cookie along.",
        COOKIE_WITHHELD,
        signs_in(device=_ELSEWHERE),
        tries=(replace(opens(device=_ELSEWHERE, seen=_OUT), do="the app relies on the cookie", signed_in=False),),
        after=(replace(opens(device=_ELSEWHERE), do="the app sends the token in a header"),),
        remedy="use_one_host_name",
    ),
)
