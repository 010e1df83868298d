"""How E-utilities are to be reached: address, who asks, how fast, how patiently."""

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from litreview.errors import UsageError

OFFICIAL = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/"
RATE_WITHOUT_KEY = 3.0
RATE_WITH_KEY = 10.0

_ENVIRONMENT = {"base_url": "LITREVIEW_EUTILS_URL", "email": "LITREVIEW_EMAIL", "api_key": "NCBI_API_KEY"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and how to ask.

    `rate` is requests a second, `None` for NCBI's own limit; `timeout` seconds without a byte; `tries` how often one
    request is sent in all; `backoff` the first pause in seconds, doubled each time; `patience` the longest pause that
    is accepted from a server's Retry-After. The API key is kept out of the repr.
    """

    base_url: str = OFFICIAL
    email: str = ""
    tool: str = "litreview"
    api_key: str = field(default="", repr=False)
    rate: float | None = None
    timeout: float = 60.0
    tries: int = 5
    backoff: float = 1.0
    patience: float = 120.0

    def __post_init__(self) -> None:
        _check_address(self.base_url)
        _check_numbers(self)
        _check_person(self)
        if self.is_official and not self.email:
            raise UsageError(
                "NCBI asks every program for the e-mail address of its user, and none is set",
                hint="give --email you@example.org, or set LITREVIEW_EMAIL",
            )

    @property
    def is_official(self) -> bool:
        """Whether the address is one of NCBI's own."""
        host = _host(self.base_url)
        return host == "nih.gov" or host.endswith(".nih.gov")

    @property
    def is_loopback(self) -> bool:
        """Whether the address is this machine's own."""
        host = _host(self.base_url)
        try:
            return ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    @property
    def requests_per_second(self) -> float:
        """The rate that is kept: NCBI's limit for its own hosts, whatever was asked for."""
        limit = RATE_WITH_KEY if self.api_key else RATE_WITHOUT_KEY
        asked = limit if self.rate is None else self.rate
        return min(asked, limit) if self.is_official else asked

    def url(self, program: str) -> str:
        """The address of one E-utility, such as `esearch.fcgi`."""
        return f"{self.base_url.rstrip('/')}/{program}"


def settings_from(environ: Mapping[str, str], **overrides: Any) -> Settings:
    """Settings from the environment, under what the caller gives; `None` or empty counts as not given.

    Raises `UsageError` where an address, rate or number cannot be used.
    """
    given: dict[str, Any] = {name: environ.get(variable, "").strip() for name, variable in _ENVIRONMENT.items()}
    given |= {name: value for name, value in overrides.items() if value not in (None, "")}
    return Settings(**{name: value for name, value in given.items() if value != ""})


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".").lower()


def _check_address(url: str) -> None:
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        raise UsageError(
            "the E-utilities address is not an http or https URL",
            hint=f"give --eutils-url or LITREVIEW_EUTILS_URL as in {OFFICIAL}",
        )
    if parts.username or parts.password or parts.query or parts.fragment:
        raise UsageError(
            "the E-utilities address may not hold a password, a query or a fragment",
            hint="give the plain address of the folder in which esearch.fcgi is",
        )


def _check_numbers(settings: Settings) -> None:
    for name in ("rate", "timeout", "tries", "patience"):
        value = getattr(settings, name)
        if value is not None and not 0 < value < float("inf"):
            raise UsageError(f"{name} is {value}, but must be more than 0", hint=f"leave {name} out for the default")


def _check_person(settings: Settings) -> None:
    """The key itself is not said: what is mistaken for one may be another secret."""
    if settings.email and not re.fullmatch(r"[^\s@]+@[^\s@]+", settings.email):
        raise UsageError(
            f"{settings.email!r} is not an e-mail address", hint="give --email or LITREVIEW_EMAIL as in you@example.org"
        )
    if not re.fullmatch(r"[!-~]*", settings.api_key):
        raise UsageError(
            "the API key holds a blank, a line end or a sign that no key has",
            hint="copy it again from your NCBI account, or leave out --api-key and NCBI_API_KEY",
        )
