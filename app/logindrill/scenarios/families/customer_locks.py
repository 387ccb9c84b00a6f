"""Too many wrong passwords, where throttling is on (overall rule 6)."""

from logindrill.rules.reasons import THROTTLED
from logindrill.scenarios.actors import PROFESSIONAL
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.step import Step
from logindrill.scenarios.verbs.entering import signs_in
from logindrill.scenarios.verbs.staff import unlocks
from logindrill.scenarios.verbs.tester import waits

_WRONG = signs_in(how="with a wrong password", password="cedar and cleo in the hills")
_THREE_WRONG = (_WRONG.answered(401, "invalid_credentials"),) * 3


def _locked(name: str, story: str, remedy: str, cure: Step) -> Scenario:
    return Scenario(
        name=name,
        preset="customer-app",
        rules=("rule-6",),
        symptom=Symptom.ERROR_TEXT,
        story=story,
        cast=Cast(policy={"throttling.enabled": True, "throttling.failures": 3}),
        scene=_THREE_WRONG,
        tries=(signs_in().answered(429, "too_many_attempts"),),
        cause=THROTTLED,
        remedy=remedy,
        cure=(cure,),
        after=(signs_in(),),
    )


SCENARIOS = (
    _locked(
        "locked-after-many-tries",
        "Cleo guessed three times. Then she remembers the password, and it does not work either.",
        "wait_for_unlock",
        waits("PT15M", "15 minutes"),
    ),
    _locked(
        "locked-and-in-a-hurry",
        "Cleo guessed three times and cannot wait until the lock ends. Paul unlocks her account.",
        "unlock",
        unlocks(PROFESSIONAL),
    ),
)
