"""Markdown and HTML as their readers take them apart: the links lead to the sources' addresses, and nothing runs."""

import re

import html5lib
from markdown_it import MarkdownIt

from differs import Differs


FETCHED = ("http://", "https://")


def cited(part):
    """The ids of sources that rows cite, wherever they stand."""
    if isinstance(part, list):
        return {source for item in part for source in cited(item)}
    if not isinstance(part, dict):
        return set()
    return {
        source
        for name, value in part.items()
        for source in (value if name == "sources" and all(isinstance(v, str) for v in value) else cited(value))
    }


def fetched(answer):
    return [source for source in answer["sources"] if (source["url"] or "").startswith(FETCHED)]


def links_of(answer):
    """Pairs of address and words of an answer: people see the sources that rows cite, no others."""
    if answer["command"] == "list":  # its sources are a table that is shown alone
        return []
    rows = cited({name: value for name, value in answer.items() if name != "sources"})
    return [(source["url"], source["title"]) for source in fetched(answer) if source["id"] in rows]


def links_of_sources(answer):
    """The same of its table of sources."""
    host = re.compile(r"^https?://(www\.)?([^/?#]*).*")
    return [(source["url"], host.sub(r"\2", source["url"])) for source in fetched(answer)]


def check_links(kind, links, want):
    """Both are pairs of address and words; a link says those, or more."""
    if lost := {address for address, _ in want} - {address for address, _ in links}:
        raise Differs(f"{kind}: no link leads to {sorted(lost)}")
    for address, words in links:
        if not any(words.startswith(known) for at, known in want if at == address):
            raise Differs(f"{kind}: the link {words!r} leads to {address}")
    if len(links) != len(want):
        raise Differs(f"{kind}: {len(links)} links to {len(want)} sources")


def check_markdown(text, want):
    parser = MarkdownIt("gfm-like", {"linkify": False})
    links = []
    for block in parser.parse(text):
        if block.type.startswith("html"):
            raise Differs(f"markdown: HTML: {block.content}")
        inline = block.children or ()
        for token, words in zip(inline, inline[1:]):
            if token.type.startswith(("html", "image")):
                raise Differs(f"markdown: {token.type}: {token.content}")
            if token.type == "link_open":
                links.append((token.attrs["href"], words))
    links = [(address, words.content) for address, words in links]
    # The parser writes addresses its own way: letters beyond ASCII as bytes, names of hosts in Punycode.
    check_links("markdown", links, [(parser.normalizeLink(address), words) for address, words in want])
    if (written := text.count("](<http")) != len(links):
        raise Differs(f"markdown: {written} links in angle brackets of {len(links)}")


def check_html(text, want, title):
    page = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    for element in page.iter():
        if element.tag in ("script", "iframe", "object", "embed", "img", "link", "form"):
            raise Differs(f"html: <{element.tag}>")
        if running := [name for name in element.attrib if name.startswith("on")]:
            raise Differs(f"html: <{element.tag}> with {running}")
    links = [(element.attrib["href"], element.text) for element in page.iter("a")]
    check_links("html", [link for link in links if not link[0].startswith("#")], want)
    places = {f"#{element.attrib.get('id')}" for element in page.iter()}
    if lost := {address for address, _ in links if address.startswith("#")} - places:
        raise Differs(f"html: no place {sorted(lost)}")
    if title != page.findtext(".//h1"):
        raise Differs("html: the heading is not the title")
