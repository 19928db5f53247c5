"""Files locked with a password, as platforms and merchants make them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

CRC = [0] * 256
for _n in range(256):
    _c = _n
    for _ in range(8):
        _c = _c >> 1 ^ 0xEDB88320 * (_c & 1)
    CRC[_n] = _c


def zip_crypto(files: Mapping[str, bytes], password: bytes) -> bytes:
    """A ZIP in the old encryption, as Alipay sends it: the standard library reads but does not write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, body in files.items():
            packed.writestr(name, bytes(12) + body)
    raw = bytearray(out.getvalue())
    with zipfile.ZipFile(io.BytesIO(bytes(raw))) as packed:
        listed = packed.infolist()
        at = packed.start_dir
    for one in listed:
        body = files[one.filename]
        crc = zlib.crc32(body)
        begin = one.header_offset + 30 + len(one.orig_filename.encode())
        raw[begin : begin + 12 + len(body)] = _encrypted(bytes(11) + bytes([crc >> 24]) + body, password)
        for place, flags in ((one.header_offset + 6, 8), (at + 8, 8)):
            raw[place] |= 1
            struct.pack_into("<III", raw, place + flags, crc, len(body) + 12, len(body))
        at += 46 + len(one.orig_filename.encode()) + len(one.extra) + len(one.comment)
    return bytes(raw)


def _encrypted(plain: bytes, password: bytes) -> bytes:
    keys = [0x12345678, 0x23456789, 0x34567890]

    def update(byte: int) -> None:
        keys[0] = keys[0] >> 8 ^ CRC[(keys[0] ^ byte) & 0xFF]
        keys[1] = (keys[1] + (keys[0] & 0xFF)) * 134775813 + 1 & 0xFFFFFFFF
        keys[2] = keys[2] >> 8 ^ CRC[(keys[2] ^ keys[1] >> 24) & 0xFF]

    for byte in password:
        update(byte)
    out = bytearray()
    for byte in plain:
        temp = keys[2] | 2
        out.append(byte ^ (temp * (temp ^ 1) >> 8 & 0xFF))
        update(byte)
    return bytes(out)


def aes_zip(files: Mapping[str, bytes], password: bytes) -> bytes:
    """A ZIP in WinZip's AES, as WeChat Pay sends it."""
    import pyzipper

    out = io.BytesIO()
    with pyzipper.AESZipFile(out, "w", compression=zipfile.ZIP_DEFLATED, encryption=pyzipper.WZ_AES) as packed:
        packed.setpassword(password)
        for name, body in files.items():
            packed.writestr(name, body)
    return out.getvalue()


def locked_book(made: bytes, password: str) -> bytes:
    """A workbook that Excel saved with a password; it gets a picture, since the library writes no small ones."""
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO(made)
    with zipfile.ZipFile(out, "a") as packed:
        packed.writestr("xl/media/image1.png", bytes(8192))
    made, out = out.getvalue(), io.BytesIO()
    OOXMLFile(io.BytesIO(made)).encrypt(password, out)
    return out.getvalue()
