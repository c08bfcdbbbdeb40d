"""Translations: one small .po file a feature and language, compiled into one catalogue that git ignores.

`flask --app portal texts check` fails on a text without Finnish or Swedish; `texts compile` is part of `make`.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click
from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent
TRANSLATIONS = ROOT / "translations"
TRANSLATED = ("fi", "sv")
KEYWORDS = {"_": None, "gettext": None, "_l": None, "lazy_gettext": None, "N_": None, "ngettext": (1, 2), "Said": None}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")

Key = str | tuple[str, ...]


def marked_in_python(
    code: IO[bytes], keywords: Any, comment_tags: Any, options: Any
) -> Iterator[tuple[int, str, tuple[Any, ...], list[str]]]:
    """An extractor for Babel that reads the syntax tree: Babel's own reads tokens and passes over texts marked inside
    an f-string."""
    for node in ast.walk(ast.parse(code.read())):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in keywords:
            words = tuple(part.value if isinstance(part, ast.Constant) else None for part in node.args)
            yield node.lineno, name, words, []


METHODS: list[tuple[str, Any]] = [("**.py", marked_in_python), ("**.html", "jinja2")]


def found() -> Iterator[tuple[str, Key]]:
    """(file, text) of every marked text in code and templates."""
    folder = str(ROOT)
    for name, _line, message, _comments, _context in extract_from_dir(
        folder, METHODS, {"jinja2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}, KEYWORDS
    ):
        if message and (message if isinstance(message, str) else message[0]):
            yield name, message


def part_of(file: str) -> str:
    """The .po file a text belongs to: its feature, or the core."""
    parts = Path(file).parts
    first = parts[1] if parts[0] == "templates" and len(parts) > 2 else parts[0]
    return "core" if first in ("core", "components", "errors", "templates") or first.endswith(".py") else first


def files(language: str) -> list[Path]:
    return sorted((TRANSLATIONS / language).glob("*.po"))


def load(path: Path, language: str) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language)


def merged(language: str) -> Catalog:
    whole = Catalog(locale=language)
    for path in files(language):
        for message in load(path, language):
            if message.id and is_complete(message):
                whole.add(message.id, message.string)
    return whole


def is_complete(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    return all(strings) and not message.fuzzy


def compile_all() -> None:
    for language in TRANSLATED:
        target = TRANSLATIONS / language / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        buffer = io.BytesIO()
        write_mo(buffer, merged(language))
        target.write_bytes(buffer.getvalue())


def problems() -> Iterator[str]:
    for language in TRANSLATED:
        catalog = merged(language)
        for file, message in sorted(set(found()), key=str):
            known = catalog.get(message if isinstance(message, str) else message[0])
            if known is None:
                yield f"{language}: {file}: untranslated: {message!r}"
            elif wrong := differing_placeholders(known):
                yield f"{language}: {file}: placeholders differ in {message!r}: {wrong}"


def differing_placeholders(message: Message) -> str:
    ids = message.id if isinstance(message.id, (list, tuple)) else [message.id]
    strings = message.string if isinstance(message.string, (list, tuple)) else [message.string]
    wanted = set(PLACEHOLDER.findall(str(ids[-1])))
    for string in map(str, strings):
        if not set(PLACEHOLDER.findall(string)) <= wanted or set(PLACEHOLDER.findall(str(strings[-1]))) != wanted:
            return str(string)
    return ""


@click.group("texts")
def commands() -> None:
    """Translations."""


@commands.command("compile")
def compile_command() -> None:
    compile_all()


@commands.command("check")
def check_command() -> None:
    """Fail on a text without Finnish or Swedish."""
    wrong = list(problems())
    for problem in wrong:
        click.echo(problem, err=True)
    if wrong:
        raise click.ClickException(f"{len(wrong)} texts are not translated.")


@commands.command("update")
def update_command() -> None:
    """Bring every .po file up to date with the code: new texts empty, gone ones removed, kept ones kept."""
    texts: dict[str, list[Key]] = {}
    for file, message in found():
        texts.setdefault(part_of(file), []).append(message)
    for language in TRANSLATED:
        known = merged(language)
        for part, messages in sorted(texts.items()):
            catalog = Catalog(locale=language)
            for message in dict.fromkeys(messages):
                old = known.get(message if isinstance(message, str) else message[0])
                catalog.add(message, string_for(message, old))
            write(TRANSLATIONS / language / f"{part}.po", catalog)


def string_for(message: Key, old: Message | None) -> str | tuple[str, ...]:
    """The known translation; a text that also stands alone takes the singular of its plural."""
    if old is None:
        return ""
    if isinstance(message, str):
        return old.string[0] if isinstance(old.string, (list, tuple)) else str(old.string or "")
    return tuple(old.string) if isinstance(old.string, (list, tuple)) else ""


HEADER = """msgid ""
msgstr ""
"Language: {language}\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=utf-8\\n"

"""


def write(target: Path, catalog: Catalog) -> None:
    """Without dates and places, so that a change of a text is the only change of the file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as out:
        out.write(HEADER.format(language=catalog.locale).encode())
        write_po(out, catalog, width=120, omit_header=True, sort_output=True, include_lineno=False, no_location=True)


if __name__ == "__main__":
    commands()
