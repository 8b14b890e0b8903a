"""Sends requests, tries again what passes by itself, and walks over pages."""
import json
import time
import urllib.error
import urllib.parse
import urllib.request

from .operations import Operations

_PASSES_BY_ITSELF = (429, 503)


class Problem(Exception):
    """An answer that is not what was asked for: problem details (RFC 9457)."""

    def __init__(self, status, details):
        super().__init__(details.get("detail") or details.get("title") or f"HTTP {status}")
        self.status = status
        self.details = details
        self.parameter = details.get("parameter")


class NetworkGraph(Operations):
    """A server. Answers are dictionaries; what goes wrong is a Problem."""

    def __init__(self, address="http://127.0.0.1:5080", key=None, attempts=5, timeout=60, sleep=time.sleep):
        self._address = address.rstrip("/")
        self._key = key
        self._attempts = attempts
        self._timeout = timeout
        self._sleep = sleep

    def walk(self, operation, *arguments, **parameters):
        """All items of a list, page by page."""
        cursor = None
        while True:
            page = operation(*arguments, cursor=cursor, **parameters)
            yield from page["items"]
            cursor = page["nextCursor"]
            if cursor is None:
                return

    def _ask(self, method, path, in_path, query, body=None, content_type="application/json"):
        for name, value in in_path.items():
            path = path.replace("{" + name + "}", urllib.parse.quote(str(value), safe=""))
        given = [(name, value) for name, value in query.items() if value is not None]
        text = urllib.parse.urlencode([(n, str(v).lower() if isinstance(v, bool) else v) for n, v in given], doseq=True)
        data = None
        if body is not None:
            data = body if isinstance(body, bytes) else body.encode() if isinstance(body, str) else json.dumps(body).encode()
        for attempt in range(self._attempts):
            request = urllib.request.Request(self._address + path + ("?" + text if text else ""), data=data, method=method)
            if data is not None:
                request.add_header("Content-Type", content_type)
            if self._key:
                request.add_header("Authorization", "Bearer " + self._key)
            try:
                with urllib.request.urlopen(request, timeout=self._timeout) as response:
                    answer = response.read()
                    return json.loads(answer) if answer else None
            except urllib.error.HTTPError as refused:
                details = refused.read()
                if refused.code in _PASSES_BY_ITSELF and attempt + 1 < self._attempts:
                    self._sleep(float(refused.headers.get("Retry-After") or 0.2 * 2**attempt))
                    continue
                try:
                    problem = json.loads(details)
                except ValueError:
                    problem = {"title": details.decode(errors="replace")[:200]}
                raise Problem(refused.code, problem) from None
            except urllib.error.URLError:
                if attempt + 1 == self._attempts:
                    raise
                self._sleep(0.2 * 2**attempt)
        raise AssertionError("unreachable")
