"""Random secrets, of which only the SHA-256 is kept: they have 256 bits, so no salt and no slow hash is needed."""

import hashlib
import hmac
import secrets


def new_secret() -> str:
    """256 random bits, safe in cookies and paths."""
    return secrets.token_urlsafe(32)


def new_id() -> str:
    """64 random bits in hex: a name, not a secret."""
    return secrets.token_hex(8)


def digest(secret: str) -> str:
    """What is stored of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(digest_kept: str, secret: str) -> bool:
    """Whether ``secret`` is the one, in a time that does not tell how nearly."""
    return hmac.compare_digest(digest_kept, digest(secret))


def csrf_token(cookie: str) -> str:
    """The token that forms carry: bound to the cookie that the browser holds, useless for any other."""
    return hmac.new(cookie.encode(), b"waystation form", hashlib.sha256).hexdigest()


def csrf_holds(cookie: str, token: str) -> bool:
    """Whether a posted token belongs to the cookie it came with."""
    return bool(cookie) and hmac.compare_digest(csrf_token(cookie).encode(), token.encode())
