"""Asks E-utilities until there is a usable answer, at the allowed pace, and without ever telling the key."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote, quote_plus, urlsplit

from litreview.errors import RemoteError
from litreview.pubmed.answers import Answer, Failure, judge
from litreview.pubmed.pace import Pace, shared_file
from litreview.pubmed.settings import Settings
from litreview.pubmed.transport import send


class HistoryExpiredError(RemoteError):
    """The server no longer knows a search that was kept for us; searching again makes it anew."""


class Client:
    """One way to E-utilities, safe to share between threads."""

    def __init__(
        self,
        settings: Settings,
        *,
        pace: Pace | None = None,
        sleep: Callable[[float], None] = time.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.settings = settings
        self.now = now
        self._sleep = sleep
        self._monotonic = monotonic
        self._pace = pace or _own_pace(settings, monotonic, sleep)

    def ask(self, tool: str, roots: tuple[str, ...], **params: Any) -> Answer:
        """The answer of `tool` (`esearch`, `efetch`, `epost`, `elink`), which has one of the root elements.

        Raises `RemoteError` when the tries are used up or the request is refused, `HistoryExpiredError` where a kept
        search is gone.
        """
        failure = Failure("again", "it was not asked")
        for n in range(int(self.settings.tries)):
            if n:
                self._sleep(self._pause(n - 1, failure))
            outcome = self._once(tool, roots, params)
            if isinstance(outcome, Answer):
                return outcome
            failure = outcome
            if failure.fault != "again" or (failure.retry_after or 0) > self.settings.patience:
                break
        raise self._error(tool, failure)

    def _once(self, tool: str, roots: tuple[str, ...], params: dict[str, Any]) -> Answer | Failure:
        self._pace.wait()
        reply = send(tool, params, self.settings, monotonic=self._monotonic, now=self.now)
        return judge(reply, roots)

    def _pause(self, failures: int, failure: Failure) -> float:
        if failure.retry_after is not None:
            return failure.retry_after
        return min(self.settings.backoff * 2.0**failures, self.settings.patience)

    def _error(self, tool: str, failure: Failure) -> RemoteError:
        reason = _short(self.scrub(failure.reason))
        host = urlsplit(self.settings.base_url).netloc
        if failure.fault == "expired":
            return HistoryExpiredError(f"{tool} at {host}: the kept search is gone ({reason})", hint="search again")
        if failure.fault == "refused":
            return RemoteError(f"{tool} at {host} refused the request: {reason}", hint=_refused_hint(reason))
        if (failure.retry_after or 0) > self.settings.patience:
            return RemoteError(
                f"{tool} at {host} asks to wait {failure.retry_after:.0f} seconds: {reason}",
                hint="run the command again after that time; what was saved is kept",
            )
        return RemoteError(
            f"{tool} at {host} gave no usable answer in {self.settings.tries} tries: {reason}",
            hint="check the network and --eutils-url, then run the command again; what was saved is kept",
        )

    def scrub(self, text: str) -> str:
        """The text without the API key, however it is written in it."""
        key = self.settings.api_key
        for form in {key, quote(key, safe=""), quote(key), quote_plus(key)} - {""}:
            text = text.replace(form, "[api key]")
        return text


def _own_pace(settings: Settings, monotonic: Callable[[], float], sleep: Callable[[float], None]) -> Pace:
    shared = shared_file(urlsplit(settings.base_url).netloc) if settings.is_official else None
    return Pace(settings.requests_per_second, shared=shared, monotonic=monotonic, sleep=sleep)


def _refused_hint(reason: str) -> str:
    if "key" in reason.lower():
        return "check --api-key or NCBI_API_KEY, or leave it out"
    return "check the query, the ids and --eutils-url"


def _short(text: str) -> str:
    """Shortened only after scrubbing, so that no part of a key can stay behind."""
    return text if len(text) <= 200 else text[:199] + "…"
