"""Prints the words of a message as Python's own library, or extract_msg for Outlook's, reads them."""
import email, email.policy, re, sys
from html.parser import HTMLParser


class Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.text, self.hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self.hidden += tag in ("style", "script", "title")
        self.text.append(" ")

    def handle_endtag(self, tag):
        self.hidden -= tag in ("style", "script", "title")
        self.text.append(" ")

    def handle_data(self, data):
        if self.hidden <= 0:
            self.text.append(data)


def plain(html):
    words = Words()
    words.feed(html)
    return "".join(words.text)


path = sys.argv[1]
if path.endswith(".msg"):
    import extract_msg

    with extract_msg.openMsg(path) as message:
        body = message.body or plain((message.htmlBody or b"").decode("utf-8", "replace"))
        print(message.subject or "", "\n", body)
else:
    with open(path, "rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    print(message["subject"] or "")
    if body is not None:
        content = body.get_content()
        print(plain(content) if body.get_content_type() == "text/html" else content)
