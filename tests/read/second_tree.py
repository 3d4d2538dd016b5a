"""What Python's html.parser makes of pages: for each line of FILE, a page in hexadecimal, the words of its tree without blanks, in hexadecimal.

Where the two differ, this one gives way:
- Entities are those of HTML 4; one without a semicolon counts where no letter, digit or "=" follows and it stands for Latin-1.
- A number that is no character is nothing.
- What is never closed, a comment or a tag, takes the rest of the page with it.
- A marked section, "<![CDATA[", is text.

Not compared ("?"):
- a script or style whose own tags are damaged, or that is never closed;
- a tag with two "=", or a comment in it;
- "<" that opens nothing where the page begins or ends, "-- >", and "<![" in a comment or without an end.
"""
import re
import sys
from html.entities import html5, name2codepoint
from html.parser import HTMLParser


NOT_COMPARED = re.compile(
    r"""</?\s*(script|style)(?![\s>]) | </\s+(script|style) | <(?P<raw>script|style)(?!.*</(?P=raw))
      | <(/?[a-z][^>]*|!)<! | <[a-z][^>]*== | =<!
      | ^(<!doctype\ html>)?\s*<(?![a-z!/?]) | <\s*$ | --\s> | <!--(?:(?!-->).)*<!\[ | <!\[[^>]*$""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)


class Words(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.text = []
        self.raw = False

    def handle_starttag(self, tag, attrs):
        self.raw = tag in ("script", "style")

    def handle_endtag(self, tag):
        self.raw = False

    def handle_data(self, data):
        if not self.raw:
            self.text.append(data)

    def unknown_decl(self, data):
        self.text.append("<![" + data + "]]>" if data.startswith("CDATA[") else "")


def entity(m):
    name, end = m.groups()
    known = name in name2codepoint
    if known and (end == ";" or (end == "" and name in html5)):
        return "&" + name + ";"
    return "&amp;" + name + end


def number(m):
    digits = m.group(1)
    value = int(digits[1:] or "0", 16) if digits[:1] in ("x", "X") else int(digits or "0")
    good = value in (9, 10, 13) or 32 <= value < 0xD800 or 0xE000 <= value < 0xFFFE or 0x10000 <= value < 0x110000
    return f"&#{value};" if good else "\x02"


def words_of(page):
    if NOT_COMPARED.search(page):
        return "?"
    page = re.sub(r"<!\[(?!CDATA\[)[^>]*>", "", page)  # html.parser stops at sections that it does not know
    page = re.sub(r"&([A-Za-z][A-Za-z0-9]*)([;=]?)", entity, page)
    page = re.sub(r"&#([xX][0-9a-fA-F]*|[0-9]*);?", number, page)
    parser = Words()
    parser.feed(page)
    if not parser.rawdata.startswith("<"):  # a tag that is never closed
        parser.close()
    return "".join("".join(parser.text).replace("\x02", "").split())


if __name__ == "__main__":
    with open(sys.argv[1]) as lines:
        for line in lines:
            print(words_of(bytes.fromhex(line.strip()).decode("utf-8")).encode("utf-8").hex())
