"""A contact signed in, but the page is not published to them (B9)."""

from logindrill.rules.reasons import NOT_PUBLISHED
from logindrill.scenarios.scenario import Cast, Scenario, Symptom
from logindrill.scenarios.verbs.codes import asks_for_code, confirms, reads_code
from logindrill.scenarios.verbs.entering import opens
from logindrill.scenarios.verbs.staff import publishes

_RESULTS = "pub_results"
_PUBLISHED_TO_OTHERS = {
    "publications": [
        {"id": _RESULTS, "title": "Your results", "body": "Everything is in order.", "audience": ["usr_dora"]}
    ]
}
_OPENS_IT = opens(f"/publications/{_RESULTS}", operation="show_publication")

SCENARIOS = (
    Scenario(
        name="not-published",
        preset="contact-portal",
        rules=("B9",),
        symptom=Symptom.PAGE_REFUSED,
        story="Cora's code is right, but she still cannot see her results.",
        cast=Cast(world=_PUBLISHED_TO_OTHERS),
        tries=(
            asks_for_code(),
            reads_code(),
            confirms(publication=_RESULTS, how="to see her results").answered(403, "not_published"),
        ),
        cause=NOT_PUBLISHED,
        remedy="publish",
        cure=(publishes(publication=_RESULTS),),
        after=(_OPENS_IT,),
    ),
    Scenario(
        name="bookmarked-page-refused",
        preset="contact-portal",
        rules=("B9",),
        symptom=Symptom.PAGE_REFUSED,
        story="A relative sent Cora the address of a page; she is signed in, but may not see it.",
        cast=Cast(world=_PUBLISHED_TO_OTHERS),
        scene=(asks_for_code(), reads_code(), confirms(), opens()),
        tries=(_OPENS_IT.answered(403, "not_published"),),
        cause=NOT_PUBLISHED,
        remedy="publish",
        cure=(publishes(publication=_RESULTS),),
        after=(_OPENS_IT,),
    ),
)
