"""Serve until told to stop: then no new request is taken and those under way are answered, within a bound."""

import signal
import threading
import time
from typing import Any

from waitress import wasyncore
from waitress.server import TcpWSGIServer

GRACE_SECONDS = 20.0
WAKE_SECONDS = 0.05


def serve_until_told(server: TcpWSGIServer, *, grace_seconds: float = GRACE_SECONDS) -> int:
    """Serve until SIGTERM or Ctrl+C; gives how many requests were cut off because they took too long.

    waitress by itself leaves its loop at once: an answer that a thread still makes would never be sent.
    """
    told = threading.Event()

    def tell(_number: int, _frame: object) -> None:
        told.set()
        server.pull_trigger()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, tell)
    while not told.is_set():
        _turn(server, server.adj.asyncore_loop_timeout)
    return _drain(server, time.monotonic() + grace_seconds)


def _drain(server: TcpWSGIServer, deadline: float) -> int:
    _turn(server, 0)  # who has connected already is let in
    wasyncore.dispatcher.close(server)
    while (busy := _close_idle(server)) and time.monotonic() < deadline:
        _turn(server, WAKE_SECONDS)
    server.task_dispatcher.shutdown(timeout=0 if busy else 1)
    wasyncore.close_all(server._map)
    return busy


def _close_idle(server: TcpWSGIServer) -> int:
    """Close the connections on which nothing is under way; gives how many are left."""
    channels = list(server.active_channels.values())
    busy = [channel for channel in channels if _is_busy(channel)]
    for channel in channels:
        if channel not in busy:
            channel.handle_close()
    return len(busy)


def _is_busy(channel: Any) -> bool:
    """Whether a request is worked on or its answer not sent yet: a thread writes before it takes it off."""
    return bool(channel.requests) or channel.total_outbufs_len > 0


def _turn(server: TcpWSGIServer, wait_seconds: float) -> None:
    wasyncore.loop(timeout=wait_seconds, map=server._map, use_poll=server.adj.asyncore_use_poll, count=1)
