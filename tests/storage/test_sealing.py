"""Sealing: bound to its row, shredded with its key, keys created once (promise 9)."""

from dataclasses import fields, replace
from itertools import product
from threading import Barrier, Thread
from typing import Any

import pytest

from chalicelib.actions.list_travellers import Filter, list_travellers
from chalicelib.actions.ports import Save, View
from chalicelib.actions.read_history import read_history
from chalicelib.domain.arrivals import Once
from chalicelib.domain.case import Case
from chalicelib.domain.errors import NotFound, Unavailable
from chalicelib.storage.codec import Codec
from chalicelib.storage.keys import WrappedKeys
from chalicelib.storage.layouts import LAYOUTS, Layout
from chalicelib.storage.sealing import KeyRing, Shredded, Unsealable
from chalicelib.wiring import Wiring
from infra.local.stack import Stack
from tests.actions.world import COORDINATOR, World
from tests.domain.cases import case
from tests.wired import fresh, wired


class KeysInMemory:
    """The port ``KeyStore`` in a dictionary."""

    def __init__(self) -> None:
        self.keys: dict[str, bytes] = {}

    def load(self, name: str) -> bytes | None:
        """The key, or None."""
        return self.keys.get(name)

    def create(self, name: str) -> bytes:
        """32 bytes that are the name's own."""
        return self.keys.setdefault(name, name.encode().ljust(32, b".")[:32])


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing(KeysInMemory())


class TestRing:
    def test_what_is_sealed_for_a_place_opens_there_alone(self, ring: KeyRing) -> None:
        sealed = ring.seal("day", "cases|A|case|personal", "李小明".encode())
        assert ring.unseal("day", "cases|A|case|personal", sealed) == "李小明".encode()
        for place in ("cases|B|case|personal", "cases|A|audit#000001|personal", "owed|A|case|personal", ""):
            with pytest.raises(ValueError, match="sealed elsewhere"):
                ring.unseal("day", place, sealed)

    def test_any_edited_byte_shows(self, ring: KeyRing) -> None:
        sealed = ring.seal("day", "place", b"secret")
        for at in range(len(sealed)):
            edited = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
            with pytest.raises(ValueError, match="edited"):
                ring.unseal("day", "place", edited)

    def test_twice_sealed_is_twice_different(self, ring: KeyRing) -> None:
        assert ring.seal("day", "p", b"x") != ring.seal("day", "p", b"x")
        assert len(ring.seal("day", "p", b"x")) == 1 + 28

    def test_another_days_key_opens_nothing(self, ring: KeyRing) -> None:
        sealed = ring.seal("day", "p", b"x")
        ring.key("other")
        with pytest.raises(ValueError, match="sealed"):
            ring.unseal("other", "p", sealed)

    def test_reading_never_makes_a_key(self) -> None:
        keys = KeysInMemory()
        with pytest.raises(Shredded):
            KeyRing(keys).unseal("gone", "p", b"x" * 40)
        assert keys.keys == {}

    def test_digests_differ_by_month_kind_and_value(self, ring: KeyRing) -> None:
        months, kinds = ("2026-11", "2026-12"), ("phone", "document")
        digests = {ring.digest(*parts) for parts in product(months, kinds, ("1", "2"))}
        assert len(digests) == 8
        assert {len(digest) for digest in digests} == {32}
        assert ring.digest("2026-11", "phone", "1") in digests


class TestRows:
    def test_a_sealed_value_moved_to_another_row_or_table_does_not_open(
        self, here: Wiring, caplog: pytest.LogCaptureFixture
    ) -> None:
        models = here._tables[1]
        codec = Codec(models, here.ring)
        one, other = case(fresh()), case(fresh())
        here.store.commit([Save(one), Save(other)])
        row = models["cases"].get(one.case_id, "case")
        row.pk = other.case_id
        row.save()
        with pytest.raises(Unsealable):
            codec.entity(Case, row)
        assert here.store.find(Case, other.case_id) is None
        assert "row does not open: Case" in caplog.text
        moved = models["dispatches"](one.case_id, "case", document=row.document, row_version=1)
        moved.sealed, moved.sealed_with = row.sealed, row.sealed_with
        with pytest.raises(Unsealable):
            codec.entity(Case, moved)

    def test_personal_fields_without_a_key_are_never_written(self, here: Wiring) -> None:
        codec = Codec(here._tables[1], here.ring)
        with pytest.raises(ValueError, match="need a key"):
            codec._sealed("cases|pk|sk|personal", None, {"name": "x"})

    def test_every_kind_with_a_personal_part_names_its_key(self) -> None:
        unsealed = Layout("cases", lambda i: (i, "-"), lambda x: (x,)).sealed_with
        kinds = [kind for kind in LAYOUTS if "personal" in {each.name for each in fields(kind)}]
        assert len(kinds) == 15
        assert all(LAYOUTS[kind].sealed_with is not unsealed for kind in kinds)

    def test_a_kept_answer_lies_under_the_key_of_the_day_it_goes(self) -> None:
        once = Once(key="k", body_digest="d", resource="", expires_at=1_795_392_000)
        assert LAYOUTS[Once].sealed_with(once) == "once#2026-11-23"


class TestShredding:
    """A day of its own: two travellers whose key is deleted, and one whose key stays."""

    @pytest.fixture
    def world(self, here: Wiring) -> World:
        return World(here.store, here.ring)

    def shred(self, here: Wiring, name: str) -> Wiring:
        here._tables[1]["keys"](name, "-").delete()
        here.ring.forget(name)
        return here

    def test_a_day_without_its_key_is_unreadable_and_lists_still_work(self, world: World, here: Wiring) -> None:
        flight = f"X{fresh(4)}"
        world.clock.now = world.clock.now.replace(year=2031, day=3)
        gone = [world.declare(document_number=fresh(), flight_number=flight, arrival_date="2031-11-04").declaration_id
                for _ in range(2)]  # fmt: skip
        world.clock.forward(days=1)
        stays = world.declare(document_number=fresh(), flight_number=flight, arrival_date="2031-11-04").declaration_id
        self.shred(here, "CKG#2031-11-03")
        for case_id in gone:
            assert here.store.find(Case, case_id) is None
            with pytest.raises(NotFound):
                read_history(world.ports, COORDINATOR, case_id)
        found = list_travellers(world.ports, COORDINATOR, world.ports.places.point("CKG"), Filter(flight), 50, None)
        assert [each.case_id for each in found.items] == [stays]
        assert here.store.many(Case, [(case_id,) for case_id in (*gone, stays)]).keys() == {(stays,)}
        assert here.store.page(View(Case, "by_flight", f"CKG#2031-11-04#{flight}"), 50).items == found.items

    def test_a_restored_backup_of_the_row_stays_unreadable(self, world: World, here: Wiring) -> None:
        world.clock.now = world.clock.now.replace(year=2032)
        case_id = world.declare(document_number=fresh()).declaration_id
        table = here._tables[1]["cases"]
        backup = table.get(case_id, "case")
        self.shred(here, "CKG#2032-11-23")
        table(case_id, "case").delete()
        backup.save()
        here.ring.key("CKG#2032-11-23")  # a new key of the same name opens nothing of the old one's
        assert here.store.find(Case, case_id) is None


class TestKeys:
    def test_a_key_is_created_once_by_many_processes(self, aws: Stack) -> None:
        name, barrier, made = fresh(), Barrier(6), list[bytes]()
        processes = [wired(aws) for _ in range(6)]
        for process in processes:
            process.ring  # noqa: B018

        def create(process: Wiring) -> None:
            barrier.wait()
            made.append(process.ring.key(name))

        threads = [Thread(target=create, args=(process,)) for process in processes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == 6
        assert len(set(made)) == 1
        assert len(made[0]) == 32

    def test_keys_lie_wrapped(self, here: Wiring) -> None:
        name = fresh()
        key = here.ring.key(name)
        row = here._tables[1]["keys"].get(name, "-")
        assert key not in bytes(row.sealed)
        assert wired_key(here, name) == key

    def test_a_wrapped_key_under_another_name_does_not_unwrap(self, here: Wiring) -> None:
        name, other = fresh(), fresh()
        here.ring.key(name)
        row = here._tables[1]["keys"].get(name, "-")
        row.pk = other
        row.save()
        with pytest.raises(Unavailable):
            here.ring.existing(other)

    def test_the_key_service_away_is_unavailable(self, here: Wiring) -> None:
        class Away:
            def generate_data_key(self, **_: Any) -> dict[str, Any]:
                from botocore.exceptions import ConnectTimeoutError

                raise ConnectTimeoutError(endpoint_url="x")

            def decrypt(self, **_: Any) -> dict[str, Any]:
                raise AssertionError("not asked")

        ring = KeyRing(WrappedKeys(here._tables[1]["keys"], Away(), here.settings.kms_key))
        with pytest.raises(Unavailable):
            ring.key(fresh())

    def test_the_seed_of_passes_is_wrapped_like_any_key(self, here: Wiring) -> None:
        from chalicelib.passes.tokens import Pass

        holder = Pass("7K3M9QX20AB", "CKG", case("A").intake_date)
        token = here.passes.token(holder)
        assert wired_again(here).passes.read(token) == holder


def wired_key(here: Wiring, name: str) -> bytes:
    return wired_again(here).ring.existing(name)


def wired_again(here: Wiring) -> Wiring:
    """Another process of the same stage."""
    return replace(here)
