"""Help, glossary and the accessibility statement are open to all."""

import pytest

from tests.pages import page


@pytest.mark.parametrize("address", ["/help", "/help/glossary", "/help/accessibility"])
def test_a_stranger_and_a_user_can_read_it(client, signed_in, address):
    for browser in (client, signed_in("director")):
        page(browser.get(address))


def test_every_term_of_the_glossary_is_defined(client):
    soup = page(client.get("/help/glossary"))

    undefined = [
        entry.dt.get_text() for entry in soup.select("dl > div") if not entry.dd.get_text(strip=True)
    ]
    assert undefined == []


def test_the_glossary_links_lead_to_its_headings(client):
    soup = page(client.get("/help/glossary"))

    ids = {tag["id"] for tag in soup.select("[id]")}
    assert {link["href"].removeprefix("#") for link in soup.select("main li a")} <= ids
