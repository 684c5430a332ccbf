"""A respondent for tests: opens a survey and sends its pages."""

import re

from models import Survey

TOKEN = re.compile(r'name="_token" value="([^"]+)"')
RECEIPT = re.compile(r'class="receipt__code">([^<]+)<')


class Screen:
    """What came back: of its text, every run of blanks is one blank."""

    def __init__(self, response) -> None:
        self.text = re.sub(r"\s+", " ", response.text)
        self.status_code, self.headers = response.status_code, response.headers
        self.location, self.request = response.location, response.request


class Respondent:
    """Someone with a browser, in front of one survey."""

    def __init__(self, client, survey: Survey, language: str = "en") -> None:
        self.client = client
        self.path = f"/s/{survey.key}"
        self.headers = {"Accept-Language": language}
        self.page = None

    def open(self, path: str = "", **query):
        """Go to the survey, or to a page of it."""
        address = self.path + path
        self.page = Screen(self.client.get(address, query_string=query, headers=self.headers))
        return self.page

    def send(self, number: int, follow: bool = True, **answers):
        """Send one page, with the token of the page in front."""
        data = {"_token": self.token} | answers
        response = self.client.post(
            f"{self.path}/pages/{number}", data=data, headers=self.headers, follow_redirects=follow
        )
        self.page = Screen(response)
        return self.page

    def answer_all(self):
        """Answer FOUR_PAGES, page by page; gives the thanks."""
        self.open()
        self.send(1, overall="4")
        self.send(2, met=["invoice"])
        self.send(3, rating_invoice="2")
        return self.send(4, nps="9", remarks="Fine.")

    @property
    def token(self) -> str:
        """The token of the page in front, or of the one before that."""
        found = TOKEN.search(self.page.text)
        if found:
            self._token = found[1]
        return self._token

    @property
    def receipt(self) -> str:
        """What the thanks give."""
        return RECEIPT.search(self.page.text)[1]
