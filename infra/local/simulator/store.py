"""What the simulator remembers, in one file: messages, and the callbacks that it still has to make."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import RLock

RANKS = ("receiving", "accepted", "queued", "sending", "sent", "received", "undelivered", "failed", "delivered")
"""A state never goes back to one further left."""

_SCHEMA = """
create table if not exists messages (
    seq integer primary key autoincrement, sid text unique not null, phone text not null, account text not null,
    recipient text not null, sender text not null, body text not null, status text not null, direction text not null,
    service text not null, callback text not null, code integer not null, created real not null, updated real not null,
    sent real not null, rev integer not null
);
create index if not exists by_phone on messages (phone, seq);
create index if not exists by_rev on messages (rev);
create index if not exists by_recipient on messages (recipient, seq);
create table if not exists errands (
    id integer primary key autoincrement, sid text not null, status text not null, code integer not null,
    due real not null, attempts integer not null, told integer not null
);
"""
_COLUMNS = (
    "sid, phone, account, recipient, sender, body, status, direction, service, callback, code, created, updated, "
    "sent, rev"
)


@dataclass(frozen=True, kw_only=True)
class Message:
    """One text, in or out; ``phone`` is the far side, times are seconds since 1970, 0 for not yet."""

    sid: str
    phone: str
    account: str
    recipient: str
    sender: str
    body: str
    status: str
    direction: str
    service: str = ""
    callback: str = ""
    code: int = 0
    created: float
    updated: float
    sent: float = 0.0
    rev: int = 0


@dataclass(frozen=True, kw_only=True)
class Errand:
    """A state to reach at a time, and (``told``) a callback to make about it."""

    sid: str
    status: str
    code: int = 0
    due: float
    attempts: int = 0
    told: bool = True
    number: int = 0


class Store:
    """One file, one connection, one lock; every method is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock = RLock()
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.execute("pragma journal_mode = wal")
        self._db.execute("pragma synchronous = normal")
        self._db.executescript(_SCHEMA)
        self._rev = self._db.execute("select coalesce(max(rev), 0) from messages").fetchone()[0]

    @property
    def rev(self) -> int:
        """A number that grows with every change."""
        return int(self._rev)

    def close(self) -> None:
        """Put the file away."""
        with self._lock:
            self._db.close()

    def add(self, message: Message, errands: Sequence[Errand] = ()) -> list[Errand]:
        """Keep a new message with its errands, and return these with their numbers."""
        with self._lock, self._db:
            self._rev += 1
            row = (*(getattr(message, name) for name in _COLUMNS.split(", ")[:-1]), self._rev)
            self._db.execute(f"insert into messages ({_COLUMNS}) values ({', '.join('?' * len(row))})", row)
            return [self._owe(errand) for errand in errands]

    def _owe(self, errand: Errand) -> Errand:
        row = (errand.sid, errand.status, errand.code, errand.due, errand.attempts, errand.told)
        cursor = self._db.execute(
            "insert into errands (sid, status, code, due, attempts, told) values (?, ?, ?, ?, ?, ?)", row
        )
        return replace(errand, number=cursor.lastrowid or 0)

    def advance(self, sid: str, status: str, code: int, now: float) -> Message | None:
        """The message in this state, or in the later one that it has reached already."""
        with self._lock, self._db:
            found = self.message(sid)
            if found is None or RANKS.index(status) <= RANKS.index(found.status):
                return found
            self._rev += 1
            sent = found.sent or (0.0 if status in ("accepted", "queued", "sending") else now)
            change = (status, code or found.code, now, sent, self._rev, sid)
            self._db.execute("update messages set status=?, code=?, updated=?, sent=?, rev=? where sid=?", change)
            return self.message(sid)

    def again(self, errand: Errand) -> None:
        """Remember that an errand is tried once more."""
        with self._lock, self._db:
            row = (errand.due, errand.attempts, errand.number)
            self._db.execute("update errands set due=?, attempts=? where id=?", row)

    def done(self, errand: Errand) -> None:
        """Forget an errand."""
        with self._lock, self._db:
            self._db.execute("delete from errands where id=?", (errand.number,))

    def errands(self) -> list[Errand]:
        """Everything still to be done."""
        with self._lock:
            rows = self._db.execute("select sid, status, code, due, attempts, told, id from errands").fetchall()
        return [
            Errand(sid=sid, status=status, code=code, due=due, attempts=attempts, told=bool(told), number=number)
            for sid, status, code, due, attempts, told, number in rows
        ]

    def message(self, sid: str) -> Message | None:
        """One message by its id."""
        return next(iter(self._select("where sid = ?", (sid,))), None)

    def to(self, recipient: str, newest_first: bool = False) -> list[Message]:
        """What was sent to a number, or everything without one."""
        order = "order by seq desc" if newest_first else "order by seq"
        return self._select(f"where recipient = ? {order}", (recipient,)) if recipient else self._select(order)

    def conversation(self, phone: str, most: int) -> list[Message]:
        """The newest texts from and to a phone, oldest first."""
        return self._select("where phone = ? order by seq desc limit ?", (phone, most))[::-1]

    def phones(self, part: str, since: int, most: int) -> list[str]:
        """The phones whose number contains ``part`` and that changed after ``since``, the latest change first."""
        query = (
            "select phone from messages where phone like ? and rev > ? group by phone order by max(rev) desc limit ?"
        )
        with self._lock:
            return [phone for (phone,) in self._db.execute(query, (f"%{part}%", since, most))]

    def last_sender(self, phone: str) -> str:
        """The number or name that texted a phone last, or nothing."""
        found = self._select("where phone = ? and direction != 'inbound' order by seq desc limit 1", (phone,))
        return found[0].sender if found else ""

    def _select(self, rest: str, values: tuple[object, ...] = ()) -> list[Message]:
        names = _COLUMNS.split(", ")
        with self._lock:
            rows = self._db.execute(f"select {_COLUMNS} from messages {rest}", values).fetchall()
        return [Message(**dict(zip(names, row, strict=True))) for row in rows]
