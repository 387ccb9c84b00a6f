"""A load that remembers each write that was acknowledged, and afterwards looks whether all of them are there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from threading import Event, Lock, Thread
from typing import Any

from tools.bench.worlds import person, world
from tools.weather.calls import PASSWORD, Client, Reply, must, race

_AT_ONCE = 4
_PEOPLE, _CONTACTS = "kept-people", "kept-contacts"
_MOST_CONTACTS = 2_000
"""Each is asked for one code: how many fit into a world that is made in a moment."""


class Ledger:
    """Sign-ins, ended sessions, people, messages, invitations and codes, in two sandboxes."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._guard = Lock()
        self._numbers = count(1)
        self._sessions: list[str] = []
        self._ended: list[str] = []
        self._people: list[tuple[str, str]] = []
        self._passwords: list[tuple[str, str]] = []
        self._won_twice: list[str] = []
        self._used: list[tuple[str, Any]] = []
        self.tries = 0

    def settle(self) -> None:
        """Make the sandboxes. Raises Unexpected."""
        client = Client(self._url)
        owner = person(0, "owner")
        must(client, 201, "POST", "/control/v1/sandboxes",
             {"id": _PEOPLE, "preset": "business-chat", "world": world([owner])})  # fmt: skip
        contacts = [{name: value for name, value in person(n, "contact").items() if name != "password"}
                    for n in range(1, _MOST_CONTACTS)]  # fmt: skip
        must(client, 201, "POST", "/control/v1/sandboxes",
             {"id": _CONTACTS, "preset": "contact-portal", "world": world(contacts)})  # fmt: skip
        client.close()

    @property
    def kept(self) -> int:
        """How many writes were acknowledged."""
        return len(self._sessions) + len(self._ended) + 2 * len(self._people) + len(self._used)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Several clients write during the block."""
        end = Event()
        threads = [Thread(target=self._go_on, args=(end,)) for _ in range(_AT_ONCE)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            end.set()
            for thread in threads:
                thread.join()

    def missing(self) -> list[str]:
        """What was acknowledged and is not there; what was won twice."""
        client = Client(self._url)
        lost = [
            *self._won_twice,
            *self._missing_sessions(client),
            *self._missing_people(client),
            *self._reusable(client),
        ]
        client.close()
        return lost

    def _missing_sessions(self, client: Client) -> Iterator[str]:
        for kind, tokens, expected in (("session", self._sessions, 200), ("ended session", self._ended, 401)):
            for token in tokens:
                status = client.settled("GET", f"/s/{_PEOPLE}/v1/session", token=token).status
                if status != expected:
                    yield f"{kind}: {status}"

    def _missing_people(self, client: Client) -> Iterator[str]:
        owner = must(client, 201, "POST", f"/s/{_PEOPLE}/v1/sign-ins", _typed(0))["session"]["access_token"]
        for user_id, address in self._people:
            if client.settled("GET", f"/s/{_PEOPLE}/v1/users/{user_id}", token=owner).status != 200:
                yield f"person {user_id}"
            if _mail(client.settled, _PEOPLE, address) is None:
                yield f"message to {address}"
        for address, password in self._passwords:
            typed = {"identifier": address, "password": password}
            if client.settled("POST", f"/s/{_PEOPLE}/v1/sign-ins", typed).status != 201:
                yield f"password of {address}"

    def _reusable(self, client: Client) -> Iterator[str]:
        for path, body in self._used:
            if client.settled("POST", path, body).status in (200, 201, 204):
                yield f"used twice: {path}"

    def _go_on(self, end: Event) -> None:
        one, other = Client(self._url), Client(self._url)
        owner: str | None = None
        while not end.is_set():
            number = next(self._numbers)
            self.tries += 1
            owner = self._sign_in(one, owner, number)
            if owner is not None:
                self._invite(one, other, owner, number)
            self._confirm(one, other, number)
        one.close()
        other.close()

    def _sign_in(self, client: Client, before: str | None, number: int) -> str | None:
        answer = client.call("POST", f"/s/{_PEOPLE}/v1/sign-ins", _typed(0))
        if answer.status != 201:
            return before
        token = str(answer.body["session"]["access_token"])
        if number % 3 == 0:
            if client.call("DELETE", f"/s/{_PEOPLE}/v1/session", token=token).status == 204:
                self._note(self._ended, token)
            return before
        self._note(self._sessions, token)
        return token

    def _invite(self, one: Client, other: Client, owner: str, number: int) -> None:
        address = f"guest{number}@example.test"
        invited = {"name": f"Guest {number}", "role": "member", "emails": [{"address": address}]}
        answer = one.call("POST", f"/s/{_PEOPLE}/v1/users", invited, token=owner)
        if answer.status != 201:
            return
        self._note(self._people, (answer.body["id"], address))
        message = _mail(one.call, _PEOPLE, address)
        if message is None:
            return
        path = f"/s/{_PEOPLE}/v1/invitations/{message['token']}/acceptance"
        passwords = [f"chosen by guest {number} {which}" for which in ("here", "there")]
        bodies = tuple({"password": word, "password_confirmation": word} for word in passwords)
        answers = race(one, other, "POST", path, (bodies[0], bodies[1]))
        winners = [word for word, reply in zip(passwords, answers, strict=True) if reply.status == 201]
        if winners:
            self._note(self._passwords, (address, winners[0]))
            self._note(self._used, (path, bodies[0]))
        if len(winners) > 1:
            self._note(self._won_twice, f"an invitation was accepted twice: {address}")

    def _confirm(self, one: Client, other: Client, number: int) -> None:
        if number >= _MOST_CONTACTS:
            return
        email = person(number)["emails"][0]["address"]
        if one.call("POST", f"/s/{_CONTACTS}/v1/confirmation-codes", {"email": email}).status != 202:
            return
        message = _mail(one.call, _CONTACTS, email)
        if message is None:
            return
        path, body = (
            f"/s/{_CONTACTS}/v1/confirmations",
            {"email": email, "code": message["code"], "trust_device": False},
        )
        winners = [reply for reply in race(one, other, "POST", path, (body, body)) if reply.status == 201]
        if winners:
            self._note(self._used, (path, body))
        if len(winners) > 1:
            self._note(self._won_twice, f"a code was used twice: {email}")

    def _note(self, where: list[Any], what: Any) -> None:
        with self._guard:
            where.append(what)


def _typed(number: int) -> dict[str, str]:
    return {"identifier": person(number)["emails"][0]["address"], "password": PASSWORD}


def _mail(ask: Callable[[str, str], Reply], sandbox: str, to: str) -> Any:
    answer = ask("GET", f"/control/v1/sandboxes/{sandbox}/messages/latest?to={to}")
    return answer.body if answer.status == 200 else None
