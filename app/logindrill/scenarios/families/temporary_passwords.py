"""Temporary passwords that a professional generates and hands over (C8-C10)."""

from logindrill.rules.reasons import (
    MORE_THAN_ONE_COMPANY,
    TEMPORARY_PASSWORD_EXPIRED,
    TEMPORARY_PASSWORD_SUPERSEDED,
    TEMPORARY_PASSWORD_USED,
    TEMPORARY_PASSWORD_VOID,
    UNKNOWN_IDENTIFIER,
    WRONG_PASSWORD,
    Reason,
)
from logindrill.scenarios.actors import NEW_PASSWORD, OTHER_PROFESSIONAL, PROFESSIONAL
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Seen, Step
from logindrill.scenarios.verbs.entering import sets_new_password, signs_in
from logindrill.scenarios.verbs.inbox import ACTIVATION, reads
from logindrill.scenarios.verbs.links import activates, opens_invitation
from logindrill.scenarios.verbs.staff import invites, resends
from logindrill.scenarios.verbs.tester import waits

_ANSWER = (401, "invalid_credentials")
_GENERATES = resends(PROFESSIONAL, method="temporary_password")
_ENTERS = signs_in(how="with the temporary password", password="{temporary_password}")
_CHANGES = (_ENTERS.answered(200, "new_password_required").keeping(sign_in_id="/sign_in_id"), sets_new_password())
_BY_EMAIL = (resends(PROFESSIONAL), reads(ACTIVATION), opens_invitation(), activates())
_IN_AGAIN = (signs_in(password=NEW_PASSWORD),)


def _no_longer_valid(
    name: str, story: str, cause: Reason, scene: tuple[Step, ...], *, fails: Step = _ENTERS, is_replaced: bool = False
) -> Scenario:
    """A temporary password that is no longer valid; a new one is generated, unless it is replaced already."""
    return Scenario(
        name=name,
        preset="customer-app",
        rules=("C8",),
        symptom=Symptom.ERROR_TEXT,
        story=story,
        scene=scene,
        tries=(fails.answered(*_ANSWER),),
        cause=cause,
        remedy="use_newest_temporary_password" if is_replaced else "generate_temporary_password",
        cure=() if is_replaced else (_GENERATES,),
        after=_CHANGES,
    )


SCENARIOS = (
    Scenario(
        name="temporary-password",
        preset="customer-app",
        rules=("C8", "C9"),
        symptom=Symptom.NONE,
        story="Cleo forgot everything. Paul generates a temporary password and hands it over, with the name it is for.",
        tries=(
            _GENERATES.answered(
                201,
                body={"/sign_in_identifier": "{person.identifier}", "/main_email": "{person.email}"},
            ),
            *_CHANGES,
            *_IN_AGAIN,
        ),
    ),
    _no_longer_valid(
        "temporary-password-expired",
        "Cleo tries the temporary password a week after Paul gave it to her.",
        TEMPORARY_PASSWORD_EXPIRED,
        (_GENERATES, waits("P7D", "7 days")),
    ),
    _no_longer_valid(
        "temporary-password-superseded",
        "Paul generated a temporary password twice, and Cleo has the first of the two.",
        TEMPORARY_PASSWORD_SUPERSEDED,
        (_GENERATES.keeping(older_password="/temporary_password"), _GENERATES),
        fails=signs_in(how="with the first of two temporary passwords", password="{older_password}"),
        is_replaced=True,
    ),
    _no_longer_valid(
        "temporary-password-used",
        "Cleo has set a password of her own since, and reads the temporary one from her note once more.",
        TEMPORARY_PASSWORD_USED,
        (_GENERATES, *_CHANGES),
    ),
    Scenario(
        name="temporary-password-for-another-address",
        preset="customer-app",
        rules=("C9",),
        symptom=Symptom.ERROR_TEXT,
        story="Paul hands over a temporary password. Cleo types it with an address that is not the one shown to Paul.",
        scene=(_GENERATES,),
        tries=(
            signs_in(
                how="with another address", identifier="cleo@elsewhere.example.test", password="{temporary_password}"
            ).answered(*_ANSWER),
        ),
        cause=UNKNOWN_IDENTIFIER,
        remedy="retype_identifier",
        after=_CHANGES,
    ),
    Scenario(
        name="old-password-after-temporary",
        preset="customer-app",
        rules=("C8",),
        symptom=Symptom.ERROR_TEXT,
        story="Paul generated a temporary password for Cleo. She remembers her own password, which no longer works.",
        scene=(_GENERATES,),
        tries=(signs_in(how="with the old password").answered(*_ANSWER),),
        cause=WRONG_PASSWORD,
        remedy="retype_password",
        after=_CHANGES,
    ),
    Scenario(
        name="temporary-password-two-companies",
        preset="customer-app",
        rules=("C10",),
        symptom=Symptom.ACTION_UNAVAILABLE,
        story="Cleo is a customer of two studios. Paul cannot generate a temporary password, but resend by e-mail.",
        scene=(invites(OTHER_PROFESSIONAL),),
        tries=(resends(PROFESSIONAL, method="temporary_password", seen=Seen(409, "temporary_password_unavailable")),),
        cause=MORE_THAN_ONE_COMPANY,
        remedy="resend_by_email",
        cure=_BY_EMAIL,
        after=_IN_AGAIN,
    ),
    Scenario(
        name="temporary-password-void",
        preset="customer-app",
        rules=("C8", "C10"),
        symptom=Symptom.ERROR_TEXT,
        story="Cleo has a temporary password. Before she uses it, a second studio makes her its customer too.",
        scene=(_GENERATES, invites(OTHER_PROFESSIONAL)),
        tries=(_ENTERS.answered(*_ANSWER),),
        cause=TEMPORARY_PASSWORD_VOID,
        remedy="resend_by_email",
        cure=_BY_EMAIL,
        after=_IN_AGAIN,
    ),
)
