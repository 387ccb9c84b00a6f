"""Compares failures, and pairs of failures, with the evidence: what agrees, what contradicts, and what is open."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import log2

from logindrill.rules.reasons import REASONS, Who
from logindrill.triage.candidates import CLIENT, ERROR_MESSAGE, Candidate
from logindrill.triage.evidence import TRIED, Evidence
from logindrill.triage.facts import FACTS, Fact
from logindrill.triage.ticket import Certainty

_TRUST = {Certainty.SEEN: 1.0, Certainty.TOLD: 0.7, Certainty.GUESSED: 0.3}
_BLAME = {Certainty.SEEN: 12.0, Certainty.TOLD: 3.0, Certainty.GUESSED: 1.0}
_TRIED_IN_VAIN = 2.0
_TWO_AT_ONCE = 5.0
"""In bits: the weight of agreement, the cost of a contradiction, and how much less likely two failures are than one."""

_MOST_PAIRS = 10
_MOST_WITH_ONE = 2
_EFFORT = (
    *(Who.PERSON, Who.OWNER_OR_ADMIN, Who.STAFF, Who.PROFESSIONAL, Who.IT, Who.SUPPORT),
    *(Who.DEVELOPER, Who.TESTER),
)
_ORDER = {code: position for position, code in enumerate(REASONS)}
_LASTING = (
    Fact.SERVICE,
    Fact.WHO_REPORTS,
    Fact.ACTIVATED,
    Fact.ACCOUNT_EXISTS,
    Fact.DELETED,
    Fact.WAS_MERGED,
    Fact.HAS_TWO_COMPANIES,
    Fact.OPTED_OUT,
)
"""A person's state at the time of both failures: where the two differ in it, they cannot occur together."""


@dataclass(frozen=True, slots=True)
class TriageMatch:
    """One failure, or two together, that may be behind a ticket; a higher `score` (in bits) is likelier."""

    members: tuple[Candidate, ...]
    agrees: tuple[str, ...]
    contradicts: tuple[str, ...]
    open: tuple[str, ...]
    score: float


@dataclass(frozen=True, slots=True)
class _Comparison:
    """A candidate compared with the evidence."""

    candidate: Candidate
    agrees: frozenset[Evidence]
    contradicts: frozenset[Evidence]

    @property
    def is_ruled_out(self) -> bool:
        return any(each.certainty is Certainty.SEEN for each in self.contradicts)


def judge(candidates: Iterable[Candidate], evidence: tuple[Evidence, ...]) -> tuple[TriageMatch, ...]:
    """Every failure that agrees with some evidence and that nothing seen rules out, then pairs that explain together
    what neither explains alone; the likeliest first, else in the order of the catalogue.
    """
    comparisons = [_compare(candidate, evidence) for candidate in candidates]
    singles = [_match(each, evidence) for each in comparisons if each.agrees and not each.is_ruled_out]
    pairs = sorted((_pair(one, other, evidence) for one, other in _pairs(comparisons)), key=_by_score)
    return tuple(sorted((*singles, *_varied(pairs)), key=_by_score))


def _varied(pairs: Iterable[TriageMatch]) -> Iterator[TriageMatch]:
    """The first pairs, with each failure in a limited number of them."""
    seen: Counter[str] = Counter()
    for pair in pairs:
        names = [member.name for member in pair.members]
        if seen.total() < 2 * _MOST_PAIRS and all(seen[name] < _MOST_WITH_ONE for name in names):
            seen.update(names)
            yield pair


def _by_score(match: TriageMatch) -> tuple[float, int, int, int]:
    """The order of equally likely matches: first what the person can cure alone, then what the service checks first,
    then the shorter story.
    """
    efforts = [_EFFORT.index(each.remedy.who) if each.remedy else len(_EFFORT) for each in match.members]
    order = [_ORDER[each.cause.code] if each.cause else len(_ORDER) for each in match.members]
    return -match.score, max(efforts), sum(order), sum(member.length for member in match.members)


def _compare(candidate: Candidate, evidence: tuple[Evidence, ...]) -> _Comparison:
    return _Comparison(
        candidate,
        frozenset(each for each in evidence if _gain(each, candidate) > 0),
        frozenset(each for each in evidence if each.contradicts(candidate)),
    )


def _match(comparison: _Comparison, evidence: tuple[Evidence, ...]) -> TriageMatch:
    return TriageMatch(
        members=(comparison.candidate,),
        agrees=_names(evidence, comparison.agrees | _in_vain(evidence, comparison.contradicts, comparison.candidate)),
        contradicts=_names(evidence, _but(comparison.contradicts, comparison.agrees)),
        open=_open(comparison.candidate.says, evidence),
        score=_score(comparison.agrees, comparison.contradicts, comparison.candidate),
    )


def _pairs(comparisons: Sequence[_Comparison]) -> Iterator[tuple[_Comparison, _Comparison]]:
    """Pairs of failures of which each explains something that contradicts the other, where neither explains as much
    alone; evidence that was seen must not remain contradicted.
    """
    whole = [each.agrees for each in comparisons if not each.contradicts]
    partial = [each for each in comparisons if _explains_a_part(each)]
    for one, other in combinations(partial, 2):
        if not (one.agrees & other.contradicts and other.agrees & one.contradicts):
            continue
        if any(one.agrees | other.agrees <= agrees for agrees in whole):
            continue
        left = _remaining(one, other)
        if _can_be_together(one.candidate, other.candidate) and not any(e.certainty is Certainty.SEEN for e in left):
            yield one, other


def _explains_a_part(comparison: _Comparison) -> bool:
    """Whether another failure could explain the rest; something that both share cannot be explained by one of them."""
    shared = any(each.name in (*_LASTING, CLIENT) for each in comparison.contradicts)
    return bool(comparison.agrees and comparison.contradicts) and not shared and comparison.candidate.cause is not None


def _remaining(one: _Comparison, other: _Comparison) -> frozenset[Evidence]:
    """Evidence that contradicts both together. A remedy that would have cured only one of them contradicts neither."""
    either = one.contradicts | other.contradicts
    return frozenset(e for e in either - one.agrees - other.agrees if _speaks_against(e, one, other))


def _speaks_against(evidence: Evidence, one: _Comparison, other: _Comparison) -> bool:
    return not evidence.name.startswith(TRIED) or (evidence in one.contradicts and evidence in other.contradicts)


def _can_be_together(one: Candidate, other: Candidate) -> bool:
    if one.cause is other.cause:
        return False
    return not any(
        fact in one.says and fact in other.says and one.says[fact].isdisjoint(other.says[fact]) for fact in _LASTING
    )


def _pair(one: _Comparison, other: _Comparison, evidence: tuple[Evidence, ...]) -> TriageMatch:
    agrees, left = one.agrees | other.agrees, _remaining(one, other)
    says = {**one.candidate.says, **other.candidate.says}
    return TriageMatch(
        members=(one.candidate, other.candidate),
        agrees=_names(evidence, agrees | _in_vain(evidence, left, one.candidate)),
        contradicts=_names(evidence, _but(left, agrees)),
        open=_open(says, evidence),
        score=round(_score(agrees, left, one.candidate, other.candidate) - _TWO_AT_ONCE, 3),
    )


def _score(agrees: Iterable[Evidence], contradicts: Iterable[Evidence], *candidates: Candidate) -> float:
    gained = sum(max(_gain(each, candidate) for candidate in candidates) for each in agrees)
    return round(gained - sum(map(_cost, contradicts)), 3)


def _gain(evidence: Evidence, candidate: Candidate) -> float:
    """The fewer answers would have fitted, the more an agreement weighs; texts of one failure count as the same."""
    if not evidence.agrees(candidate):
        return 0.0
    fitting = 1 if evidence.name == ERROR_MESSAGE else len(candidate.says[evidence.name])
    return _TRUST[evidence.certainty] * log2(evidence.choices / fitting)


def _cost(evidence: Evidence) -> float:
    return _TRIED_IN_VAIN if evidence.name.startswith(TRIED) else _BLAME[evidence.certainty]


def _names(evidence: tuple[Evidence, ...], those: frozenset[Evidence]) -> tuple[str, ...]:
    """In the order of the ticket."""
    return tuple(dict.fromkeys(each.name for each in evidence if each in those))


def _but(those: frozenset[Evidence], others: frozenset[Evidence]) -> frozenset[Evidence]:
    """An attempt may have several reasons: where one of them agrees, the attempt is not contradicted."""
    names = {each.name for each in others}
    return frozenset(each for each in those if each.name not in names)


def _in_vain(
    evidence: tuple[Evidence, ...], contradicts: frozenset[Evidence], candidate: Candidate
) -> frozenset[Evidence]:
    """A remedy that was tried and could not have helped weighs nothing.

    Where nothing is wrong, there is nothing to help.
    """
    tried = (each for each in evidence if each.name.startswith(TRIED) and each not in contradicts)
    return frozenset(tried if candidate.cause is not None else ())


def _open(says: Mapping[str, frozenset[str]], evidence: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Facts that the failure depends on and that are not known yet."""
    known = {each.name for each in evidence}
    return tuple(fact.value for fact in FACTS if fact in says and fact not in known)
