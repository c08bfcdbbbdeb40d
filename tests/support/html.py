"""What every page must be: strict HTML, one h1, a title, unique ids, labelled controls, landmarks, real actions."""

from __future__ import annotations

from xml.etree import ElementTree

import html5lib

# html5lib reports these for valid modern HTML
HARMLESS = {"unknown-start-tag", "non-void-element-with-trailing-solidus"}
CONTROLS = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button"}


def parse(text: str) -> ElementTree.Element:
    """The page as a tree; raises AssertionError naming what is not strict HTML."""
    parser = html5lib.HTMLParser(html5lib.treebuilders.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(text)
    errors = [(place, code, data) for place, code, data in parser.errors if code not in HARMLESS]
    if errors:
        (line, _column), code, data = errors[0]
        near = text.splitlines()[line - 1][:200] if line and line <= len(text.splitlines()) else ""
        raise AssertionError(f"not strict HTML: {code} {data} near line {line}: {near}")
    return tree


def words(element: ElementTree.Element) -> str:
    return " ".join("".join(element.itertext()).split())


def check_page(text: str, path: str) -> ElementTree.Element:
    """Check a whole page; returns its tree."""
    tree = parse(text)
    html = tree if tree.tag == "html" else tree.find("html")
    assert html is not None and html.get("lang") in ("fi", "sv", "en"), f"{path}: no language"
    title = tree.find(".//title")
    assert title is not None and len(words(title)) > len("– Reilu"), f"{path}: no title"
    headings = [words(h) for h in tree.iter("h1")]
    assert len(headings) == 1 and headings[0], f"{path}: {len(headings)} h1: {headings}"
    for landmark in ("header", "main", "footer"):
        assert tree.find(f".//{landmark}") is not None, f"{path}: no {landmark}"
    check_ids(tree, path)
    check_controls(tree, path)
    check_forms(tree, path)
    for element in tree.iter():
        for name in element.attrib:
            assert not name.startswith("on") and name != "style", f"{path}: inline {name}"
    return tree


def check_ids(tree: ElementTree.Element, path: str) -> None:
    ids = [element.get("id") for element in tree.iter() if element.get("id")]
    twice = {each for each in ids if ids.count(each) > 1}
    assert not twice, f"{path}: ids twice: {twice}"
    known = set(ids)
    for element in tree.iter():
        for name in ("aria-describedby", "aria-labelledby", "for", "aria-controls"):
            missing = [ref for ref in (element.get(name) or "").split() if ref not in known]
            assert not missing, f"{path}: {name} points to {missing}"


def check_controls(tree: ElementTree.Element, path: str) -> None:
    labelled = {label.get("for") for label in tree.iter("label")}
    wrapped = {id(control) for label in tree.iter("label") for control in label.iter() if control.tag in CONTROLS}
    for control in tree.iter():
        if control.tag not in CONTROLS or control.get("type") in UNLABELLED:
            continue
        named = control.get("id") in labelled or id(control) in wrapped or control.get("aria-label")
        assert named or control.get("aria-labelledby"), f"{path}: no label for {control.get('name')}"
    for button in tree.iter("button"):
        assert words(button) or button.get("aria-label"), f"{path}: a button without words"
    for link in tree.iter("a"):
        assert words(link) or link.get("aria-label"), f"{path}: a link without words: {link.get('href')}"
        assert link.get("href"), f"{path}: the link {words(link)!r} leads nowhere"


def check_forms(tree: ElementTree.Element, path: str) -> None:
    for form in tree.iter("form"):
        method = (form.get("method") or "get").lower()
        assert method in ("get", "post"), f"{path}: method {method}"
        action = form.get("action") or ""
        assert action == "" or action.startswith("/"), f"{path}: form leads away: {action}"
        if method == "post":
            names = {control.get("name") for control in form.iter("input")}
            assert "csrf_token" in names, f"{path}: a post form without csrf_token"
