"""One encrypted file: compressed, authenticated piece by piece and at its end, and in place whole or not at all.

The first line names the format, the second is a header in clear (kind, instant, revision, length of the audit
trail; never a name). Then pieces of a 4-byte length and AES-GCM text; the nonce counts them and marks the last.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

MAGIC = b"reilu archive 1\n"
PIECE = 1024 * 1024


class ArchiveError(Exception):
    """The archive cannot be used; the message says why, for an operator."""


class ArchiveKeys:
    """Where an archive's key comes from: a file of the operator's, or else one of the vault's master keys."""

    def __init__(self, master: Mapping[str, bytes], key_file: Path | None = None) -> None:
        self.master = master
        self.phrase = key_file.read_bytes().strip() if key_file else None
        if self.phrase is not None and len(self.phrase) < 20:
            raise ArchiveError(f"{key_file} is too short to be a key: 20 characters or more are needed.")

    @property
    def first(self) -> str:
        return "file" if self.phrase is not None else f"vault:{next(iter(self.master))}"

    def key(self, source: str, salt: bytes) -> bytes:
        if source == "file":
            if self.phrase is None:
                raise ArchiveError("This archive was made with a key file: name it with --key-file.")
            return Scrypt(salt, 32, n=2**15, r=8, p=1).derive(self.phrase)
        master = self.master.get(source.removeprefix("vault:"))
        if master is None:
            raise ArchiveError(f"The master key {source.removeprefix('vault:')!r} is not among the vault's keys.")
        return HKDF(SHA256(), 32, salt=salt, info=b"reilu archive").derive(master)


def write(path: Path, header: Mapping[str, Any], content: Iterable[bytes], keys: ArchiveKeys) -> None:
    salt = os.urandom(32)
    line = json.dumps({**header, "key": keys.first, "salt": salt.hex()}, sort_keys=True).encode() + b"\n"
    cipher, bound = AESGCM(keys.key(keys.first, salt)), hashlib.sha256(MAGIC + line).digest()
    with replacing(path) as file:
        file.write(MAGIC + line)
        for number, (piece, is_last) in enumerate(_marked(_pieces(_squeezed(content)))):
            sealed = cipher.encrypt(_nonce(number, is_last), piece, bound)
            file.write(len(sealed).to_bytes(4) + sealed)


def header_of(path: Path) -> dict[str, Any]:
    """The header in clear; `read` is what proves it."""
    with path.open("rb") as file:
        return _header(file)[0]


def read(path: Path, keys: ArchiveKeys) -> Iterator[bytes]:
    """The content. Raises `ArchiveError` when a byte was changed, and at the end when the end is missing."""
    with path.open("rb") as file:
        header, bound = _header(file)
        cipher = AESGCM(keys.key(header["key"], bytes.fromhex(header["salt"])))
        inflate, number, is_last = zlib.decompressobj(), 0, False
        while not is_last:
            piece, is_last = _open_piece(cipher, file, number, bound)
            number += 1
            yield inflate.decompress(piece)
        yield inflate.flush()
        if file.read(1):
            raise ArchiveError("The archive goes on behind its end.")


def _header(file: BinaryIO) -> tuple[dict[str, Any], bytes]:
    magic, line = file.readline(100), file.readline(10_000)
    if magic != MAGIC:
        raise ArchiveError("This is no archive of this portal.")
    return json.loads(line), hashlib.sha256(magic + line).digest()


def _open_piece(cipher: AESGCM, file: BinaryIO, number: int, bound: bytes) -> tuple[bytes, bool]:
    sealed = file.read(int.from_bytes(file.read(4)))
    for is_last in (False, True):
        try:
            return cipher.decrypt(_nonce(number, is_last), sealed, bound), is_last
        except (InvalidTag, ValueError):
            continue
    raise ArchiveError("The archive does not open: the key is another, or the archive was cut or changed.")


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11) + bytes([is_last])


def _squeezed(content: Iterable[bytes]) -> Iterator[bytes]:
    deflate = zlib.compressobj(6)
    for part in content:
        yield deflate.compress(part)
    yield deflate.flush()


def _pieces(parts: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for part in parts:
        held += part
        while len(held) >= PIECE:
            yield bytes(held[:PIECE])
            del held[:PIECE]
    yield bytes(held)


def _marked(pieces: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    held = next(pieces)
    for piece in pieces:
        yield held, False
        held = piece
    yield held, True


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a file for its owner alone that takes the place of `path` only when it is whole and on the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        put_in_place(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)


def put_in_place(temporary: Path, path: Path) -> None:
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
