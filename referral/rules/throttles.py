"""How failures slow those who cause them: growing pauses, never a lock that a stranger could turn.

Failures are counted for an account, for an address, and for the two together. Whoever has signed in to an
account from an address before is slowed there only by failures from that same address: so strangers who
guess from elsewhere do not keep the owner out.

Source: NIST SP 800-63B-4 section 3.2.2, at most 100 failures in a row before they are slowed; ours are
slowed after 5 and come to about 100 a day for an account and an address. The curve is our choice.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256
from ipaddress import IPv6Address, ip_address


class Throttle(Enum):
    """What failures are counted for, in the order in which they are counted."""

    ACCOUNT = "account"  # wrong passwords for an account, from addresses it was never signed in from
    ACCOUNT_AT_ADDRESS = "account_at_address"
    SIGN_IN_ADDRESS = "sign_in_address"  # wrong passwords from one address, whatever the account
    CODE = "code"  # wrong codes for an account, after the right password
    AGAIN = "again"  # wrong passwords of someone who is signed in and is asked once more
    LINK_ADDRESS = "link_address"  # one-use links from one address that open nothing
    TOKEN_ADDRESS = "token_address"  # noqa: S105 - tokens of the API from one address that do not work


@dataclass(frozen=True)
class Pace:
    """How many failures cost nothing, and the pauses after that: each twice the one before."""

    free: int
    first: timedelta = timedelta(seconds=15)
    longest: timedelta = timedelta(minutes=15)


PACES: Mapping[Throttle, Pace] = {
    Throttle.ACCOUNT: Pace(free=20),
    Throttle.ACCOUNT_AT_ADDRESS: Pace(free=5),
    Throttle.SIGN_IN_ADDRESS: Pace(free=30),  # a district's staff may share one address
    Throttle.CODE: Pace(free=5),
    Throttle.AGAIN: Pace(free=5),
    Throttle.LINK_ADDRESS: Pace(free=30),
    Throttle.TOKEN_ADDRESS: Pace(free=30),
}
FORGOTTEN_AFTER = timedelta(hours=24)  # without a failure, the count begins again
KNOWN_FOR = timedelta(days=30)  # so long an address is known after a sign-in
IPV6_PREFIX_BITS = 64  # one household or office has all addresses of it


def pause_after(throttle: Throttle, failures: int) -> timedelta:
    """How long after this many failures the next try is refused."""
    pace = PACES[throttle]
    over = failures - pace.free
    if over < 1:
        return timedelta(0)
    doublings = min(over - 1, 20)
    return min(pace.first * (1 << doublings), pace.longest)


def failures_now(failures: int, last_at: datetime, now: datetime) -> int:
    """The failures that still count."""
    return 0 if now - last_at >= FORGOTTEN_AFTER else failures


def hidden_subject(key: bytes, throttle: Throttle, *parts: str) -> str:
    """What stands in the table for an account or an address: nobody can read it back without the key."""
    said = "\0".join((throttle.value, *parts))
    return hmac.new(key, said.encode(), sha256).hexdigest()


def network_of(address: str) -> str:
    """The address as it is counted: of IPv6 the first half, as one caller has all of the second."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            return str(found.ipv4_mapped)
        return f"{IPv6Address(int(found) >> (128 - IPV6_PREFIX_BITS) << (128 - IPV6_PREFIX_BITS))}/64"
    return str(found)


def wait_words(seconds: int) -> str:
    """How long to wait, for a sentence: rounded up, so that who waits as told is let in."""
    if seconds <= 90:
        return f"{seconds} seconds" if seconds != 1 else "1 second"
    return f"{-(-seconds // 60)} minutes"
