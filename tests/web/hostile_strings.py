"""More than 300 strings that break careless forms: markup, queries, numbers, scripts, control characters."""

import os
import zlib

# fmt: off
MARKUP = [
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    '"><script>alert(1)</script>', "'><b>x</b>", '" autofocus onfocus=alert(1) x="',
    "' onmouseover='alert(1)", "<b>bold</b>", "</select><script>x</script>", "</textarea><h1>x</h1>",
    "</form><form action=//evil.example>", "<!-- comment -->", "<![CDATA[x]]>",
    "<iframe src=javascript:alert(1)>", "<a href=javascript:alert(1)>x</a>", "javascript:alert(1)",
    "data:text/html,<script>x</script>", "&lt;script&gt;", "&#60;b&#62;", "&amp;&quot;&apos;",
    "<style>*{display:none}</style>", "<meta http-equiv=refresh content=0>", "<math><mi//xlink:href=x>",
    "<details open ontoggle=alert(1)>", "</title><script>x</script>", "<plaintext>",
]
TEMPLATES = [
    "{{ 7 * 7 }}", "{{ config }}", "{% raw %}", "{% for x in y %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7 %>",
    "{0}", "{typed}", "{suggestions}", "{0.__class__}", "{self}", "%s", "%(x)s", "%n%n%n", "%d%d", "{}",
    "{{}}", "}}", "$(id)", "`id`", "|id", ";id;", "&& id",
]
QUERIES = [
    "'", "''", '"', "\\", "\\'", "' OR 1=1 --", "'; DROP TABLE students; --", "1; DELETE FROM drafts",
    "' UNION SELECT * FROM users --", '" OR ""="', "') OR ('1'='1", "%' --", "%", "_", "%%%%", "[a-z]",
    "*)(uid=*", "$ne", '{"$gt": ""}', "null", "NULL", "None", "undefined", "NaN", "Infinity", "-Infinity",
    "true", "false", "True", "[]", "[object Object]", '{"a": 1}', '["a"]', "\\u0000", "\\x00",
]
NUMBERS = [
    "0", "-0", "-1", "00012", "1e3", "1E400", "1.5", "1,5", "1,000,000", "0x10", "0b1", "1_000", "+5", "5-",
    "--5", "9" * 20, "9" * 400, "9" * 5000, "-" + "9" * 50, "1/0", "0/0", "0:0", "3:0", "0:3", "1:1:1", ":",
    "3:", ":3", "3 to", "999:1", "0.001", "1e-9", "²", "½", "Ⅻ", "①", "٣", "१२", "１２", "12 y e a r s",
    "12 years old today", "twelve", "2147483648", "9223372036854775808", "1" * 81, "12.", ".5", "1..2", "$12",
    "12%",
]
DATES = [
    "2027-13-01", "2027-00-10", "2027-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01",
    "Feb 30, 2027", "Foo 2027", "Jan", "Jan 0", "13/13/2027", "1/1/1", "2027", "tomorrow", "now()",
    "2027-01-01T00:00:00Z", "2027-W01", "Jan 32 2027", "jan 99999", "-2027-01-01", "2027/01", "May 5, 1850",
    "२०२७-०१-०१",
]
CONTROLS = [
    "\x00", "a\x00b", "\x00" * 50, "\x01\x02\x03", "\x07", "\x08", "\x0b\x0c", "\x1b[31mred", "\x7f",
    "\x80\x9f", "\r\n", "\r\nSet-Cookie: x=1", "a\nb", "\t", "   ", "\u00a0", "\u200b", "\u200e\u200f",
    "\u202eabc", "\u2028\u2029", "\ufeff", "\ufffd", "\uffff", "\ufdd0", "\U0010ffff", "\u0301" * 60,
    "e\u0301", "\u00e9", "\u1160", "\u3164",
]
SCRIPTS = [
    "O'Brien", "Zoë", "Łódź", "Ñandú", "Ünïcödé", "ß", "ı", "İ", "ﬁ", "ǅ", "Привет",
    "你好世界", "こんにちは", "안녕하세요",
    "مرحبا", "שלום", "ไทย", "हिन्दी", "தமிழ்", "ខ្មែរ", "አማርኛ", "ᏣᎳᎩ", "𝕳𝖊𝖑𝖑𝖔", "🙂", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇺🇸",
    "❤️" * 30, "Z̷̧̛͓a̶l̵g̸o̴", "ʇxǝʇ",
]
PATHS = [
    "../../etc/passwd", "..\\..\\windows", "/etc/passwd", "C:\\con", "con", "nul", "file:///etc/passwd",
    "//evil.example", "https://evil.example", "http://127.0.0.1:22", "mailto:x@example.org", "a@example.org",
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|'/C calc'!A0", "a" * 80, "a" * 81, "a" * 10_000, "a b " * 400,
    ",", ";", "|", "-", "--", "---", ".", "..", "?", "#", "&", "=", "~", "^",
]
NEARLY = [
    "unknown ", "UNKNOWN", "not known yet", "n/a", "none", "None of these", "none-of-these", "yes", "no",
    "on", "off", "required", "Required", "REQUIRED", "required ", "autism", "Autism", "autism,emotional",
    "autism\x00", "lift", "lift lift", "02421", "02421-", "02421-12345", "99999", "bridge", "s-7q4k",
    "S-00000000000", "some", "not_needed", "5", "-4", "4.0", "12+", "K", "k",
]
# fmt: on
BASE = [*MARKUP, *TEMPLATES, *QUERIES, *NUMBERS, *DATES, *CONTROLS, *SCRIPTS, *PATHS, *NEARLY]
HOSTILE = list(dict.fromkeys([*BASE, *(f"12 {text}" for text in MARKUP[:12])]))

# Every so many strings in a short run, other ones for each place; all of them everywhere in a long run.
STRIDE = 1 if os.environ.get("PLACEWELL_TESTS") == "long" else 8


def strings_for(place: str, *, stride: int = 1) -> list[str]:
    """The strings that a place is given: a share of all, chosen by its name."""
    step = STRIDE * stride
    return HOSTILE[zlib.crc32(place.encode()) % step :: step]
