import pytest

from litreview.errors import UsageError
from litreview.pubmed.settings import OFFICIAL, Settings, settings_from

KEY = "s3cret/key+1"


@pytest.mark.parametrize(
    ("key", "asked", "kept"),
    [("", None, 3), (KEY, None, 10), ("", 50, 3), (KEY, 50, 10), ("", 1, 1), (KEY, 2.5, 2.5)],
)
def test_ncbis_own_host_is_never_asked_faster_than_it_allows(key, asked, kept):
    assert Settings(email="a@example.org", api_key=key, rate=asked).requests_per_second == kept


@pytest.mark.parametrize("url", ["http://127.0.0.1:99/x/", "http://localhost/", "http://[::1]:8/"])
def test_loopback_is_asked_as_fast_as_was_said(url):
    settings = Settings(base_url=url, rate=500)

    assert settings.is_loopback
    assert settings.requests_per_second == 500


def test_environment_is_read_under_what_the_caller_gives():
    environ = {"LITREVIEW_EUTILS_URL": "http://127.0.0.1:9/", "LITREVIEW_EMAIL": "a@example.org", "NCBI_API_KEY": KEY}

    settings = settings_from(environ, email="b@example.org", rate=None, tries=2)

    assert (settings.base_url, settings.email, settings.api_key) == ("http://127.0.0.1:9/", "b@example.org", KEY)
    assert (settings.rate, settings.tries) == (None, 2)


def test_without_settings_ncbi_is_asked():
    assert settings_from({"LITREVIEW_EMAIL": "a@example.org"}).base_url == OFFICIAL


def test_key_is_not_in_the_repr():
    assert KEY not in repr(Settings(email="a@example.org", api_key=KEY))


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"base_url": "ftp://127.0.0.1/"},
        {"base_url": "file:///etc/passwd"},
        {"base_url": "http://me:pw@127.0.0.1/"},
        {"base_url": "http://127.0.0.1/?a=b"},
        {"base_url": "http://127.0.0.1:port/"},
        {"base_url": "http://127.0.0.1/", "rate": 0},
        {"base_url": "http://127.0.0.1/", "rate": float("inf")},
        {"base_url": "http://127.0.0.1/", "tries": -1},
        {"base_url": "http://127.0.0.1/", "timeout": 0},
        {"base_url": "http://127.0.0.1/", "email": "nobody"},
        {"base_url": "http://127.0.0.1/", "email": "no body@example.org"},
        {"base_url": "http://127.0.0.1/", "api_key": "two pw"},
        {"base_url": "http://127.0.0.1/", "api_key": "pw\npw"},
    ],
    ids=lambda given: "-".join(map(str, given.values())) or "no e-mail",
)
def test_settings_that_cannot_work_are_refused_with_a_hint(given):
    with pytest.raises(UsageError) as caught:
        Settings(**given)

    assert caught.value.hint
    assert "pw" not in caught.value.message
