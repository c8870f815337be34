"""Many sessions at once for `bench/app.py`: websocket clients that say again what Chromium said, and time the answers.

A browser each would measure thirty browsers on two cores. So one page in Chromium is recorded (what it sends when it
opens, and at each change), and each session sends the same over a websocket of its own and reads all that comes back;
an answer is complete when the server says that the script has finished.
"""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from websockets.asyncio.client import ClientConnection, connect

FINISHED = (0, 3)  # ForwardMsg.ScriptFinishedStatus: the page, a fragment; 2 announces another run
ANSWER_SECONDS = 120
THINKING = (2.0, 6.0)  # seconds between two changes of one session


@dataclass(frozen=True)
class Recording:
    """What a browser said: when it opened the page, and at each change."""

    opening: tuple[bytes, ...]
    changes: tuple[tuple[bytes, ...], ...]


@dataclass
class Load:
    """What many sessions met with; milliseconds."""

    together: list[float] = field(default_factory=list)  # all at the same moment
    thinking: list[float] = field(default_factory=list)  # each at its own pace
    opening: list[float] = field(default_factory=list)
    mb_a_session: float = 0.0
    cpu_ms: float = 0.0  # of the server, for one change


def runs(messages: Sequence[bytes]) -> tuple[bytes, ...]:
    """Return those messages of a browser that ask the server to run the script."""
    from streamlit.proto.BackMsg_pb2 import BackMsg  # noqa: PLC0415  # takes a second

    return tuple(one for one in messages if BackMsg.FromString(one).WhichOneof("type") == "rerun_script")


def p95(values: Sequence[float]) -> float:
    return statistics.quantiles(values, n=20)[-1] if len(values) > 1 else (values[0] if values else float("nan"))


def memory_mb(pid: int) -> float:
    """Return the memory that a process holds alone (private, resident)."""
    rows = (line.split() for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines())
    return sum(int(row[1]) for row in rows if row[0] in {"Private_Clean:", "Private_Dirty:"}) / 1024


def cpu_ms(pid: int) -> float:
    """Return the processor time that a process has taken."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * 10.0  # ticks of a hundredth of a second


async def _say(socket: ClientConnection, messages: Sequence[bytes]) -> float:
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg  # noqa: PLC0415  # takes a second

    begun = time.perf_counter()
    for message in messages:
        await socket.send(message)
        while True:
            answer = ForwardMsg.FromString(await asyncio.wait_for(socket.recv(), ANSWER_SECONDS))
            if answer.WhichOneof("type") == "script_finished" and answer.script_finished in FINISHED:
                break
    return (time.perf_counter() - begun) * 1000


async def _run(url: str, pid: int, said: Recording, sessions: int, rounds: int, seconds: float) -> Load:
    address = f"{url.replace('http://', 'ws://')}/_stcore/stream"
    chance = random.Random(6)
    load = Load()
    opened: list[ClientConnection] = []
    try:
        for number in range(sessions + 1):
            socket = await connect(address, subprotocols=["streamlit"], max_size=None, compression=None)  # type: ignore[list-item]
            opened.append(socket)
            load.opening.append(await _say(socket, said.opening))
            if number == 0:  # the first session warms what all share
                for change in said.changes:
                    await _say(socket, change)
                before = memory_mb(pid)
        busy = cpu_ms(pid)
        for turn in range(rounds):
            changes = [said.changes[(turn + number) % len(said.changes)] for number in range(sessions)]
            load.together += await asyncio.gather(
                *(_say(socket, change) for socket, change in zip(opened[1:], changes, strict=True))
            )
        load.cpu_ms = (cpu_ms(pid) - busy) / max(1, len(load.together))
        if seconds:
            until = time.monotonic() + seconds

            async def act(socket: ClientConnection, at: int) -> None:
                await asyncio.sleep(chance.uniform(0, THINKING[1]))
                while time.monotonic() < until:
                    load.thinking.append(await _say(socket, said.changes[at % len(said.changes)]))
                    at += 1
                    await asyncio.sleep(chance.uniform(*THINKING))

            await asyncio.gather(*(act(socket, number) for number, socket in enumerate(opened[1:])))
        load.mb_a_session = (memory_mb(pid) - before) / sessions
    finally:
        for socket in opened:
            await socket.close()
    return load


def measure_load(url: str, pid: int, said: Recording, sessions: int, rounds: int, seconds: float) -> Load:
    """Return what `sessions` sessions meet with.

    Args:
        url: of the app.
        pid: of its server.
        said: by a browser.
        sessions: how many, beside one that comes first.
        rounds: how often all of them change something at the same moment.
        seconds: how long each then works at its own pace.
    """
    with ThreadPoolExecutor(1) as beside:  # Playwright has a loop of its own in this thread
        return beside.submit(asyncio.run, _run(url, pid, said, sessions, rounds, seconds)).result()
