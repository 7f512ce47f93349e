"""Find elements of a page by the simplest selectors: `tag.class[attribute=value] > inner, other`."""

import re

from lxml import html

SIMPLE = re.compile(
    r"^(?P<tag>[a-z0-9]*)(?P<classes>(?:\.[\w-]+)*)(?P<attributes>(?:\[[^\]]+\])*)$"
)


def step(selector: str) -> str:
    """One simple selector as a step of XPath."""
    found = SIMPLE.match(selector)
    conditions = [
        f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"
        for name in found["classes"].split(".")[1:]
    ]
    for inside in re.findall(r"\[([^\]]+)\]", found["attributes"]):
        name, _equals, value = inside.partition("=")
        conditions.append(f"@{name}='{value}'" if value else f"@{name}")
    return (found["tag"] or "*") + "".join(f"[{condition}]" for condition in conditions)


def path(selector: str) -> str:
    found, axis = "", "descendant::"
    for word in selector.split():
        if word == ">":
            axis = "child::"
            continue
        found += f"/{axis}{step(word)}"
        axis = "descendant::"
    return f".{found}"


def pick(node: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """Every element within `node` that one of the selectors names, in the order of the page."""
    return node.xpath(" | ".join(path(one.strip()) for one in selector.split(",")))
