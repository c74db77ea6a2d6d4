"""Where the access table meets the gate: the one place of access that knows tables and sealing keys."""

import boto3
from botocore.config import Config

from chalicelib.access.ports import AccessStore
from chalicelib.settings import Settings
from chalicelib.storage.access_table import AccessTable
from chalicelib.storage.keys import WrappedKeys
from chalicelib.storage.sealing import KeyRing
from chalicelib.storage.tables import CONNECT_TIMEOUT, READ_TIMEOUT, connect


def access_store(settings: Settings) -> AccessStore:
    """The table that the settings name; nothing is asked of it yet."""
    connection, models = connect(settings.table_prefix, settings.region, settings.endpoint_url)
    limits = Config(connect_timeout=CONNECT_TIMEOUT, read_timeout=READ_TIMEOUT, retries={"total_max_attempts": 2})
    kms = boto3.client("kms", region_name=settings.region, endpoint_url=settings.endpoint_url, config=limits)
    ring = KeyRing(WrappedKeys(models["keys"], kms, settings.kms_key))
    return AccessTable(connection, models["access"], ring)
