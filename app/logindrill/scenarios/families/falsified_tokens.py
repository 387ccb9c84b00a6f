"""Apps that get falsified tokens: they must refuse them, and sign nobody in (OpenID Connect Core 1.0, 3.1.3.7)."""

from collections.abc import Mapping

from logindrill.rules.reasons import TOKEN_FALSIFIED
from logindrill.rules.token_faults import AUTHORIZE, CLAIMS, KEYS, OPERATIONS, REDEEM, REFRESH, WORDS, TokenFault
from logindrill.scenarios.scenario import Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.applications import (
    asks_for_sign_in,
    gets_tokens,
    reads_keys,
    redeems,
    refreshes,
    shows_claims,
)
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.tester import arms, disarms

NAMES: Mapping[TokenFault, str] = {
    TokenFault.WRONG_ISSUER: "issuer-by-another-name",
    TokenFault.ROTATED: "keys-rotated-just-before",
    TokenFault.EMPTY: "no-keys-listed",
    TokenFault.NO_KID: "id-token-names-no-key",
}
"""Those that are called after what people report; all others after what is falsified."""

_MUST: Mapping[TokenFault, str] = {
    TokenFault.NO_KID: "The app may try each key of the list, and refuse.",
    TokenFault.ROTATED: "The app must fetch the list again before it refuses.",
}
"""What the app must do, where that is not simply to refuse."""
_REFUSE = "The app must not let {person.first} in."

_BEFORE: Mapping[str, tuple[Step, ...]] = {
    AUTHORIZE: (signs_in(),),
    REDEEM: (signs_in(), asks_for_sign_in()),
    REFRESH: (signs_in(), *gets_tokens()),
    CLAIMS: (signs_in(), *gets_tokens()),
    KEYS: (signs_in(),),
}
_CALL: Mapping[str, Step] = {
    AUTHORIZE: asks_for_sign_in(),
    REDEEM: redeems(),
    REFRESH: refreshes(),
    CLAIMS: shows_claims(),
    KEYS: reads_keys(),
}


def _scenario(fault: TokenFault) -> Scenario:
    """The application gets an answer that is right but for one thing; without the fault it gets in."""
    operation = OPERATIONS[fault][0]
    what = f"The tester falsifies the answer: {fault.value.replace('_', ' ')}"
    is_once = fault is TokenFault.ROTATED
    return Scenario(
        name=NAMES.get(fault, f"app-must-refuse-{fault.value.replace('_', '-')}"),
        preset="business-chat",
        rules=("faults",),
        symptom=Symptom.ERROR_TEXT,
        story=f"All goes well, but {WORDS[fault]}. {_MUST.get(fault, _REFUSE)}",
        scene=(*_BEFORE[operation], arms(what, operation, times=1 if is_once else 1_000, token=fault.value)),
        tries=(_CALL[operation],),
        cause=TOKEN_FALSIFIED,
        remedy="refuse_falsified",
        cure=() if is_once else (disarms("The tester ends the fault"),),
        after=gets_tokens(),
    )


SCENARIOS = tuple(map(_scenario, TokenFault))
