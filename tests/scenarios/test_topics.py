from logindrill.scenarios.catalogue import entries, find, scenarios
from logindrill.scenarios.scenario import Symptom
from logindrill.scenarios.topics import SYMPTOMS, grouped, topic_of


def test_every_scenario_stands_in_one_group() -> None:
    names = [entry.name for group in grouped(entries()) for topic in group.topics for entry in topic.entries]
    assert sorted(names) == sorted(scenarios())


def test_failures_come_first_and_what_goes_well_comes_last() -> None:
    groups = grouped(entries())
    assert [group.symptom for group in groups] == list(SYMPTOMS)
    assert groups[-1].symptom is Symptom.NONE
    names = [entry.name for group in groups[:-1] for topic in group.topics for entry in topic.entries]
    assert not any(find(name).is_success_case for name in names)


def test_a_group_counts_what_is_in_it() -> None:
    (group,) = grouped(entries(symptom=Symptom.NEVER_LOADS, preset="business-chat"))
    assert group.count == len(entries(symptom=Symptom.NEVER_LOADS, preset="business-chat"))


def test_a_family_says_what_it_is_about() -> None:
    assert topic_of("deactivated") == ("endings", "Deactivated and deleted people")


def test_no_two_topics_of_a_group_have_one_address() -> None:
    slugs = [topic.slug for group in grouped(entries()) for topic in group.topics]
    assert len(set(slugs)) == len(slugs)


def test_every_symptom_has_words() -> None:
    assert set(SYMPTOMS) == set(Symptom)
