"""From bytes to text: how the letters were stored, and letters that were stored twice."""

from __future__ import annotations

import re
from typing import Final

from jevn.participation.opening.limits import refusal

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_NORDIC: Final = "æøåÆØÅäöÄÖéÉüÜ"
_INSIDE = re.compile(rf"[A-Za-zæøåäöéÆØÅ][{_NORDIC}]|[{_NORDIC}][A-Za-z]")
_ODD_INSIDE = re.compile(r"[a-zæøåA-Z][¿Œ¾®¯†‘›\u008f\u009d][a-zæøå]|\s[Œ¿†][a-z]")
_EIGHT_BIT: Final = ("cp1252", "mac_roman", "cp865")
# A lead letter of UTF-8 read as Windows' code page, and what may follow it.
_AFTER: Final = "".join(
    bytes([b]).decode("cp1252", "ignore") or chr(b) for b in range(0x80, 0xC0)
) + "".join(map(chr, range(0x80, 0xA0)))
_TWICE = re.compile(rf"(?:[ÂÃ][{re.escape(_AFTER)}]|â[{re.escape(_AFTER)}]{{2}}|ï»¿)")


def text_of(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file, and how its letters were stored.

    UTF-8 and UTF-16 are told by their form; what is neither is read in the code page (of
    Windows, older Macs and DOS) that gives Norwegian words. Letters that were stored twice
    (*Ã¸* for *ø*) are put right.

    Raises:
        InputRefused: ``document_binary`` if it is no text, ``document_encoding`` for text in
            UTF-16 or UTF-32 that is broken.
    """
    text, encoding = _decoded(data, name)
    controls = len(_CONTROL.findall(text[:200_000]))
    if controls > max(2, len(text[:200_000]) // 200) or "\x00" in text:
        raise refusal("binary", name)
    text = _CONTROL.sub("", text)
    mended = once(text)
    return (mended, encoding) if mended == text else (mended, f"{encoding}+utf-8")


def once(text: str) -> str:
    """Text with letters that were stored twice put right.

    >>> once("MÃ¸te pÃ¥ LÃ¸kka â€“ kl. 18")
    'Møte på Løkka – kl. 18'
    """
    return _TWICE.sub(_mend, text) if _TWICE.search(text) else text


def _mend(found: re.Match[str]) -> str:
    raw = bytearray()
    for letter in found[0]:
        try:
            raw += letter.encode("cp1252")
        except UnicodeEncodeError:
            if ord(letter) > 0xFF:
                return found[0]
            raw.append(ord(letter))
    try:
        return raw.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return found[0]


def _decoded(data: bytes, name: str) -> tuple[str, str]:
    if data.startswith((b"\xff\xfe\x00\x00", b"\x00\x00\xfe\xff")):
        raise refusal("encoding", name, encoding="UTF-32")
    utf16 = _utf16(data)
    if utf16:
        try:
            return data.decode(utf16), "utf-16"
        except UnicodeDecodeError:
            raise refusal("encoding", name, encoding="UTF-16") from None
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        raise refusal("binary", name)
    readings = [(data.decode(codec, "replace"), codec) for codec in _EIGHT_BIT]
    return max(readings, key=lambda reading: _likely(reading[0]))


def _utf16(data: bytes) -> str | None:
    """The form of UTF-16 a text is in, also where it does not say so itself."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    sample = data[:4000]
    if len(sample) < 8 or sample.count(0) < len(sample) * 0.3:
        return None
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if min(odd, even) > max(odd, even) * 0.1:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def _likely(text: str) -> int:
    sample = text[:200_000]
    return len(_INSIDE.findall(sample)) - 3 * len(_ODD_INSIDE.findall(sample))
