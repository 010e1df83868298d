import asyncio
import subprocess
import sys

import pytest
from datasette.plugins import pm
from serve_values import soup

ADDRESSES = [
    "/",
    "/neighbour",
    "/neighbour/cases",
    "/neighbour/cases/c1",
    "/neighbour/cases.json",
    "/neighbour?sql=select+1",
    "/-/metadata.json",
]


async def answers(datasette, addresses):
    await datasette.invoke_startup()
    return [await datasette.client.get(address) for address in addresses]


def plain(text):
    """Without what changes from one request to the next."""
    return [
        line
        for line in text.splitlines()
        if "Queries took" not in line and "query_ms" not in line and "csrftoken" not in line
    ]


@pytest.fixture
def without_plugin():
    import litreview.serve.plugin as plugin

    name = pm.get_name(plugin)
    pm.unregister(plugin)
    yield
    pm.register(plugin, name=name)


@pytest.fixture
def alone(served, neighbour, without_plugin):
    return [plain(answer.text) for answer in asyncio.run(answers(served(neighbour), ADDRESSES))]


def test_a_neighbour_s_pages_are_as_without_us(served, neighbour, request):
    with_us = asyncio.run(answers(served(neighbour), ADDRESSES))
    before = request.getfixturevalue("alone")
    for address, answer, expected in zip(ADDRESSES, with_us, before, strict=True):
        found = [line for line in plain(answer.text) if '"plugins"' not in line]
        assert found == [line for line in expected if '"plugins"' not in line], address
        assert "content-security-policy" not in answer.headers


def test_a_neighbour_beside_a_knowledge_base_keeps_its_looks(served, neighbour, review):
    home, table, row = asyncio.run(answers(served(review, neighbour), ["/", "/neighbour/cases", "/neighbour/cases/c1"]))
    assert soup(home).select_one('a[href="/neighbour"]') is not None
    for answer in (table, row):
        assert "litreview" not in answer.text
        assert "content-security-policy" not in answer.headers


def test_a_neighbour_has_none_of_our_pages(served, neighbour):
    (answer,) = asyncio.run(answers(served(neighbour), ["/neighbour/-/case/c1"]))
    assert answer.status_code == 404


def test_a_page_that_is_not_there_prints_no_traceback(served, review, capfd):
    asyncio.run(answers(served(review), ["/review/nothing", "/review/cases?_sort=nothing", "/review/-/case/x"]))
    printed = capfd.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "locals" not in printed.out + printed.err


def test_the_plugin_comes_without_what_only_extraction_needs(review, rules_dir):
    program = (
        "import sys, asyncio\n"
        "from datasette.app import Datasette\n"
        f"ds = Datasette([{str(review)!r}], metadata={{'plugins': {{'litreview': {{'rules': {str(rules_dir)!r}}}}}}})\n"
        "async def go():\n"
        "    await ds.invoke_startup()\n"
        "    for address in ['/', '/review/cases', '/review/-/case/x']:\n"
        "        print((await ds.client.get(address)).status_code)\n"
        "asyncio.run(go())\n"
        "print(sorted({'spacy', 'pandas', 'Bio', 'litreview.extract'} & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["200", "200", "404", "[]"]


def test_a_neighbour_alone_is_served_without_any_of_our_rooms(neighbour):
    program = (
        "import sys, asyncio\n"
        "from datasette.app import Datasette\n"
        f"ds = Datasette([{str(neighbour)!r}])\n"
        "async def go():\n"
        "    await ds.invoke_startup()\n"
        "    for address in ['/', '/neighbour', '/neighbour/cases', '/neighbour?sql=select+1']:\n"
        "        print((await ds.client.get(address)).status_code)\n"
        "asyncio.run(go())\n"
        "rooms = {name.split('.')[1] for name in sys.modules if name.startswith('litreview.')}\n"
        "print(sorted(rooms), 'pydantic' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.split(maxsplit=4) == ["200", "200", "200", "200", "['errors', 'serve'] False\n"]
