"""Inspects every page a test fetches: `page(response)` is the only way a test gets one."""

from bs4 import BeautifulSoup
from bs4.element import Tag

UNLABELLED_TYPES = {"hidden", "submit", "button", "image", "reset"}


def page(response) -> BeautifulSoup:
    """The parsed page, after every rule below held."""
    soup = BeautifulSoup(response.data, "html.parser")
    for expect in PAGE_RULES:
        expect(soup)
    return soup


def expect_language(soup: BeautifulSoup) -> None:
    """The page says it is English."""
    assert soup.html is not None
    assert soup.html.get("lang") == "en"


def expect_one_heading(soup: BeautifulSoup) -> None:
    """There is one h1."""
    assert len(soup.find_all("h1")) == 1


def expect_title_from_heading(soup: BeautifulSoup) -> None:
    """The title begins with the h1, after "Error: " on a form with errors."""
    heading, title = _words(soup.h1), _words(soup.title)
    assert title.removeprefix("Error: ").startswith(heading), (title, heading)
    assert title.startswith("Error: ") == bool(soup.select(".error-summary")), title


def expect_labels(soup: BeautifulSoup) -> None:
    """Every control has a label."""
    labelled = {str(label["for"]) for label in soup.find_all("label", attrs={"for": True})}
    for control in soup.find_all(["input", "select", "textarea"]):
        if control.get("type") not in UNLABELLED_TYPES:
            named = (
                control.get("aria-label") or control.get("aria-labelledby") or control.find_parent("label")
            )
            assert named or control.get("id", "") in labelled, control


def expect_linked_errors(soup: BeautifulSoup) -> None:
    """Every error message is named by a control or its group."""
    described = {
        word
        for tag in soup.find_all(attrs={"aria-describedby": True})
        for word in str(tag["aria-describedby"]).split()
    }
    ids = {str(tag["id"]) for tag in soup.find_all(id=True)}
    messages = {one for one in ids if one.endswith("-error")}
    assert messages <= described, messages - described
    assert described <= ids, described


def expect_summary_links(soup: BeautifulSoup) -> None:
    """Every line of the error summary lands on a control."""
    for link in soup.select(".error-summary a"):
        target = soup.find(id=str(link["href"]).removeprefix("#"))
        assert isinstance(target, Tag), link
        assert target.name in {"input", "select", "textarea", "button"}, target


def expect_nothing_inline(soup: BeautifulSoup) -> None:
    """No inline script, style or event handler."""
    assert not soup.find_all("style")
    assert not [tag for tag in soup.find_all("script") if not tag.get("src")]
    for tag in soup.find_all(True):
        assert not [name for name in tag.attrs if name == "style" or name.startswith("on")], tag


def expect_unique_ids(soup: BeautifulSoup) -> None:
    """No id twice."""
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids)), sorted(one for one in ids if ids.count(one) > 1)


def expect_own_host(soup: BeautifulSoup) -> None:
    """No script, style, picture or form off our own host."""
    for tag, name in (("script", "src"), ("link", "href"), ("img", "src"), ("form", "action")):
        for found in soup.find_all(tag):
            assert not str(found.get(name, "/")).startswith(("http:", "https:", "//")), found


def expect_tokens(soup: BeautifulSoup) -> None:
    """Every form says how it is sent."""
    for form in soup.find_all("form"):
        assert form.get("method", "get").lower() in {"get", "post"}, form


def _words(tag: Tag | None) -> str:
    return " ".join(tag.get_text().split()) if tag else ""


PAGE_RULES = (
    expect_language,
    expect_one_heading,
    expect_title_from_heading,
    expect_labels,
    expect_linked_errors,
    expect_summary_links,
    expect_nothing_inline,
    expect_unique_ids,
    expect_own_host,
    expect_tokens,
)
