"""Keys made, wrapped, sealed and signed with libsodium: the only place that speaks to it."""

import hashlib
import secrets
import time
from collections.abc import Sequence
from functools import cached_property

from ur_desk.domain.guard.passphrase import normal
from ur_desk.domain.guard.vault import Cost, PublicKey, PublicKeys

KEY_BYTES = 32
SALT_BYTES = 16
CODE_BYTES = 12
LEAST_MEMORY = 128 * 1024 * 1024
LEAST_PASSES = 2
MOST_PASSES = 16
WANTED_SECONDS = 0.5
"""What one unlock should cost on the machine where the workspace was set up; a guess costs as much."""


class WrongKeyError(Exception):
    """A wrapped or sealed thing does not open with this key."""


class Keys:
    """One holder's keys, all made from one secret seed: an Ed25519 key that signs, and an X25519 key to which things are sealed."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != KEY_BYTES:
            raise ValueError("a seed has 32 bytes")
        self._seed = seed

    @classmethod
    def new(cls) -> "Keys":
        """Keys that nobody had before."""
        return cls(secrets.token_bytes(KEY_BYTES))

    @cached_property
    def _signing(self):  # type: ignore[no-untyped-def]
        from nacl.signing import SigningKey

        return SigningKey(_made(self._seed, b"sign"))

    @cached_property
    def _sealing(self):  # type: ignore[no-untyped-def]
        from nacl.public import PrivateKey

        return PrivateKey(_made(self._seed, b"seal"))

    @cached_property
    def public(self) -> PublicKeys:
        """The public halves."""
        return PublicKeys(PublicKey(bytes(self._signing.verify_key).hex()), PublicKey(bytes(self._sealing.public_key).hex()))

    @property
    def key(self) -> PublicKey:
        """What others check a signature with."""
        return self.public.sign

    def sign(self, message: bytes) -> str:
        """The signature of a message, in hexadecimal digits."""
        return bytes(self._signing.sign(message).signature).hex()

    def wrapped(self, wrapping: bytes) -> bytes:
        """The seed under a wrapping key."""
        return wrap(self._seed, wrapping)

    def keeps(self, secret: bytes) -> bytes:
        """A secret that opens, and could be written, with this very seed alone."""
        return wrap(secret, _made(self._seed, b"keep"))

    def kept(self, wrapped: bytes) -> bytes:
        """What `keeps` wrapped; WrongKeyError where another seed did, or nobody."""
        return unwrap(wrapped, _made(self._seed, b"keep"))

    def opened(self, sealed: Sequence[bytes]) -> tuple[bytes, ...]:
        """What was sealed to these keys; WrongKeyError where it was sealed to others."""
        from nacl.exceptions import CryptoError
        from nacl.public import SealedBox

        try:
            return tuple(SealedBox(self._sealing).decrypt(each) for each in sealed)
        except CryptoError as wrong:
            raise WrongKeyError from wrong

    def opens(self, sealed: Sequence[bytes]) -> bool:
        """Whether all of it was sealed to these keys."""
        try:
            return bool(self.opened(sealed))
        except WrongKeyError:
            return False


def unwrapped(seed: bytes, wrapping: bytes) -> Keys:
    """The keys under a wrapping key; WrongKeyError where it is another one."""
    return Keys(unwrap(seed, wrapping))


def wrap(secret: bytes, wrapping: bytes) -> bytes:
    """A secret under a wrapping key of 32 bytes (XSalsa20-Poly1305, its nonce in front)."""
    from nacl.secret import SecretBox

    return bytes(SecretBox(wrapping).encrypt(secret))


def unwrap(wrapped: bytes, wrapping: bytes) -> bytes:
    """What lies under the wrapping key; WrongKeyError where it is another one."""
    from nacl.exceptions import CryptoError
    from nacl.secret import SecretBox

    try:
        return bytes(SecretBox(wrapping).decrypt(wrapped))
    except (CryptoError, ValueError) as wrong:
        raise WrongKeyError from wrong


def seal(secret: bytes, to: PublicKey) -> bytes:
    """A secret that only the holder of the key can open."""
    from nacl.public import PublicKey as Nacl
    from nacl.public import SealedBox

    return bytes(SealedBox(Nacl(bytes.fromhex(to))).encrypt(secret))


def verify(key: str, message: bytes, signature: str) -> bool:
    """Whether the signature is of this message by this key; what is no key or no signature is none."""
    from nacl.exceptions import CryptoError
    from nacl.signing import VerifyKey

    try:
        VerifyKey(bytes.fromhex(key)).verify(message, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def stretched(passphrase: str, salt: bytes, cost: Cost, share: bytes = b"") -> bytes:
    """The wrapping key of a passphrase (Argon2id); a `share` of the computer's credential store, where there is one, is mixed in."""
    from nacl.pwhash import argon2id

    made = argon2id.kdf(KEY_BYTES, normal(passphrase).encode(errors="surrogatepass"), salt, opslimit=cost.passes, memlimit=cost.memory)
    return hashlib.blake2b(made, key=share, digest_size=KEY_BYTES, person=b"ur-desk-share").digest() if share else bytes(made)


def new_salt() -> bytes:
    """A salt that nobody had before."""
    return secrets.token_bytes(SALT_BYTES)


def measured() -> Cost:
    """The cost of a guess on this machine: at least 128 MiB, and as many passes as take some half of a second."""
    salt, least = new_salt(), Cost(LEAST_PASSES, LEAST_MEMORY)
    begun = time.perf_counter()
    stretched("measured", salt, least)
    a_pass = (time.perf_counter() - begun) / LEAST_PASSES
    return Cost(min(max(round(WANTED_SECONDS / a_pass), LEAST_PASSES), MOST_PASSES), LEAST_MEMORY)


def _made(seed: bytes, what: bytes) -> bytes:
    return hashlib.blake2b(what, key=seed, digest_size=KEY_BYTES, person=b"ur-desk-keys").digest()
