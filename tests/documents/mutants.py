"""Files gone wrong: cut, bit-flipped, shuffled, doubled, and with parts of another; the same on every run."""

from collections.abc import Iterator
from random import Random


def mutants(data: bytes, seed: int, count: int) -> Iterator[bytes]:
    """So many mutants of a file, each kind in turn."""
    random = Random(seed)
    for number in range(count):
        yield (_cut, _flipped, _shuffled, _holed, _overwritten)[number % 5](data, random)


def _cut(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def _flipped(data: bytes, random: Random) -> bytes:
    told = bytearray(data)
    for _ in range(random.choice((1, 3, 30, 300))):
        told[random.randrange(len(told))] ^= 1 << random.randrange(8)
    return bytes(told)


def _shuffled(data: bytes, random: Random) -> bytes:
    size = max(1, len(data) // random.randrange(3, 40))
    blocks = [data[at : at + size] for at in range(0, len(data), size)]
    first, rest = blocks[0], blocks[1:]
    random.shuffle(rest)
    return first + b"".join(rest)


def _holed(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.randrange(1, max(2, len(data) // 4)) :]


def _overwritten(data: bytes, random: Random) -> bytes:
    told = bytearray(data)
    at = random.randrange(len(told))
    length = random.randrange(1, 200)
    told[at : at + length] = random.choice((b"\0", b"\xff", b"<", b"(", b"9")) * length
    return bytes(told)
