"""Keys of imported responses: the same row has the same key, however often it comes."""

from collections import Counter
from hashlib import blake2b

from questionnaires.interchange.mapping import Mapping
from questionnaires.interchange.points import CellError


class Keys:
    """Gives every row of one file its key, and remembers which came before."""

    def __init__(self, mapping: Mapping, secret: bytes) -> None:
        """Begin a file.

        Args:
            mapping: names the journey, the source and the wave within which an id is one's own.
            secret: without it no one can tell from a key what the row says.
        """
        self._of_file = (mapping.journey.key, mapping.name)
        self._secret = secret[:64]
        self._n_seen: Counter[bytes] = Counter()
        self._lines: dict[str, int] = {}

    def of_id(self, name: str, line: int) -> str:
        """The key of a row that has an id.

        Raises:
            CellError: the id came before.
        """
        if self._lines.setdefault(name, line) != line:
            raise CellError(f"this id came before, on line {self._lines[name]}")
        return self._digest("id", *self._of_file, name).hex()

    def of_cells(self, cells: list[str]) -> str:
        """The key of a row without an id: from all it says, and how often that came before."""
        content = self._digest("row", *self._of_file, *cells)
        self._n_seen[content] += 1
        return self._digest("occurrence", content.hex(), str(self._n_seen[content])).hex()

    def _digest(self, *parts: str) -> bytes:
        """A name of 128 bits for some words; no other words have it."""
        said = b"".join(len(part := word.encode()).to_bytes(4) + part for word in parts)
        return blake2b(said, digest_size=16, key=self._secret, person=b"imported row").digest()
