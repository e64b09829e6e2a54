"""What no one would type, and how one sees that it was run."""

import re
from random import Random

NASTY = [
    "",
    " ",
    "\0",
    "a\0b\x1b[31m",
    "\x85\u2028\u2029",
    "\u202eevil\u202c\u200b\ufeff",
    "😀" * 300,
    "e\u0301" * 200,
    "x" * 20_000,
    "-1",
    "0",
    "NaN",
    "1e999",
    "9" * 19,
    "9" * 5000,
    "٣",
    "½",
    "2026-02-30",
    "0000-00-00",
    "9999-12-31",
    "9999-12-31T23:59",
    "25:61",
    "<script>alert(1)</script>{{ 7777 * 7777 }}${7777*7777}",
    "![x](javascript:alert`1`)<img src=x onerror=alert(1)>[y](data:text/html,z)",
    "' OR 1=1 --",
    "=cmd|' /C calc'!A0",
    "../../../../etc/passwd",
    "//evil.example/",
    "https://evil.example/\r\nSet-Cookie: a=b",
    "%(name)s {0.__class__} %n",
    "a@b.example\nBcc: c@d.example",
    "\ufdd0\ufffe\U0010ffff",
    "true",
    "[]",
]
FILES = [
    b"",
    b"\0" * 9,
    b"\xff\xfe\xfa;\r\n;;\r\n",
    b"PK\x03\x04 no zip",
    b"\x89PNG\r\n\x1a\n no picture",
    b"%PDF-1.7 no paper",
    b"<svg onload=alert(1)>",
    b'{"proof": {"type": [[[[]]]]}}',
    b"a;b;c\r\n" * 3000,
]
FILE_NAMES = ["x.csv", "\0../../x.csv", "x.png", "a.json", "😀\u202e.pdf", "x" * 300, "wsgi.py"]
KEYS = ["{}[]", "{}[0]", "{}[$gt]", "{}.x", "__proto__[{}]", "{}\0", " {}"]
HARMFUL = re.compile(r"<script>alert|<img src=x onerror|60481729", re.I)
LEADS_INTO = re.compile(r"<a [^>]*href=\"(javascript|data):", re.I)
PLACES = (
    (1, 0x2FF),
    (0x300, 0x36F),
    (0x590, 0x6FF),
    (0x2000, 0x206F),
    (0x4E00, 0x9FFF),
    (0x1F300, 0x1FAFF),
)
"""Of Latin, marks that combine, letters from right to left, invisible signs, Chinese, emoji."""


def noise(dice: Random) -> str:
    """Up to three hundred signs from anywhere."""
    return "".join(chr(dice.randint(*dice.choice(PLACES))) for _each in range(dice.randint(1, 300)))
