"""What one text's rows and sends must look like, whoever wrote them in whatever order (promises 2 and 3)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from chalicelib.actions.ports import Change
from chalicelib.domain.message_moves import MOVES
from chalicelib.domain.messages import RANK, Message, MessageState
from chalicelib.domain.work import Task
from chalicelib.storage.memory import MemoryStore

M = MessageState
ENDED = (M.SENT, M.DELIVERED, M.UNDELIVERED, M.FAILED, M.CANCELLED)
CALLS = ("undeliverable", "opted_out")


@dataclass(frozen=True)
class Took:
    """The provider took a text."""

    message_id: str


@dataclass
class Diary(MemoryStore):
    """A store that remembers each version of a message, and what was sent in between."""

    written: list[Message | Took] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def commit(self, changes: Sequence[Change]) -> None:
        """Written down when it was done."""
        with self._lock:
            super().commit(changes)
            for change in changes:
                if isinstance(change.entity, Message):
                    self.written.append(self.get(Message, change.entity.message_id))

    def gives(self, message_id: str) -> None:
        """The provider takes it now."""
        self.written.append(Took(message_id))

    def of(self, message_id: str) -> list[Message | Took]:
        """Everything about one."""
        return [each for each in self.written if each.message_id == message_id]


def check_sends(diary: Diary, message_id: str) -> None:
    """Between two sends stands an unknown, or that the provider told of a failure; no claim sends twice."""
    claims, settled, may_have_gone, sends = 0, True, False, 0
    for each in diary.of(message_id):
        if isinstance(each, Took):
            sends, may_have_gone = sends + 1, True
        elif each.state == M.SENDING:
            assert settled, "claimed again before its last send was known to be over"
            assert not may_have_gone, "it went twice without an unknown between"
            claims, settled = claims + 1, False
        else:
            settled = settled or claims > 0
            told = each.state in (M.UNKNOWN, M.UNDELIVERED, M.FAILED)
            may_have_gone = may_have_gone and not told
    assert sends <= claims


def check_moves(diary: Diary, message_id: str) -> None:
    """Every move is one of the table's, and none goes back; a send that is repeated says so, and what was taken back or
    delivered stays so."""
    rows = [each for each in diary.of(message_id) if isinstance(each, Message)]
    for before, after in pairwise(rows):
        assert _is_a_move(before, after), (before.state, after.state)
        repeated = len(after.replaced) > len(before.replaced)
        under_way = RANK[before.state] < RANK[M.SENT]
        assert under_way or repeated or RANK[after.state] >= RANK[before.state], (before.state, after.state)
        assert before.state != M.DELIVERED or after.state == M.DELIVERED
        assert before.state != M.CANCELLED, after.state


def _is_a_move(before: Message, after: Message) -> bool:
    """Within a state nothing moves: a text is only put off."""
    return before.state == after.state or any(after.state in moves.get(before.state, ()) for moves in MOVES.values())


def check_rest(diary: Diary, message_id: str) -> None:
    """It waits for a time, or has ended; who never got it is to be called."""
    row = diary.get(Message, message_id)
    assert row.due_at is not None or row.state in ENDED, row.state
    if row.due_at is None and row.state in (M.UNDELIVERED, M.FAILED):
        calls = [task for task in diary.rows.values() if isinstance(task, Task) and task.kind in CALLS]
        assert calls, "nobody would ever call"
    if row.state in (M.SENT, M.DELIVERED):
        assert any(isinstance(each, Took) for each in diary.of(message_id)), "told of, and never sent"
