"""Many calls at the same moment, each on a connection of its own. Imports nothing of ours."""

import asyncio
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import httpx

from tests.journeys.outside import Sandbox

AT_ONCE = 64


@dataclass(frozen=True, slots=True)
class Call:
    """One of the calls that are made at once."""

    method: str
    path: str
    body: Any
    token: str | None = None


def all_at_once(sandbox: Sandbox, calls: list[Call]) -> list[httpx.Response]:
    """Every call on a connection of its own, opened before the first is sent."""

    async def race() -> list[httpx.Response]:
        limits = httpx.Limits(max_connections=len(calls), max_keepalive_connections=len(calls))
        base_url = sandbox.made["base_url"]
        async with httpx.AsyncClient(base_url=base_url, verify=False, timeout=60, limits=limits) as http:
            await asyncio.gather(*(http.get("/configuration") for _ in calls))
            return await asyncio.gather(*(_send(http, call) for call in calls))

    with ThreadPoolExecutor(1) as apart:  # a browser of an earlier test keeps this thread's event loop running
        return apart.submit(lambda: asyncio.run(race())).result()


async def _send(http: httpx.AsyncClient, call: Call) -> httpx.Response:
    headers = {} if call.token is None else {"Authorization": f"Bearer {call.token}"}
    return await http.request(call.method, call.path, json=call.body, headers=headers)


def statuses(answers: list[httpx.Response]) -> Counter[int]:
    """How many answers had which status."""
    return Counter(answer.status_code for answer in answers)
