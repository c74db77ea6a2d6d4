"""Everything the environment decides, read once. No other module reads it."""

import os
from dataclasses import dataclass

LOCAL_STAGES = frozenset({"local", "drill", "test"})


@dataclass(frozen=True)
class Settings:
    """The stage's configuration; ``public_base`` is scheme, host and stage prefix, without a closing slash."""

    stage: str
    region: str
    endpoint_url: str | None
    table_prefix: str
    queue_name: str
    kms_key: str
    public_base: str
    provider_secret: str
    provider_base: str | None
    log_level: str

    @property
    def is_local(self) -> bool:
        """Local stages may use the simulator, plain http and one-off jobs at a chosen time."""
        return self.stage in LOCAL_STAGES

    @property
    def is_https(self) -> bool:
        """Whether cookies can be Secure and named ``__Host-``."""
        return self.public_base.startswith("https://")

    @classmethod
    def from_env(cls) -> "Settings":
        """Read the environment; raises KeyError naming the variable that is missing."""
        env = os.environ
        settings = cls(
            stage=env["STAGE"],
            region=env.get("AWS_REGION") or env["AWS_DEFAULT_REGION"],
            endpoint_url=env.get("AWS_ENDPOINT_URL") or None,
            table_prefix=env["TABLE_PREFIX"],
            queue_name=env["QUEUE_NAME"],
            kms_key=env["KMS_KEY"],
            public_base=env["PUBLIC_BASE"].rstrip("/"),
            provider_secret=env["PROVIDER_SECRET"],
            provider_base=env.get("PROVIDER_BASE") or None,
            log_level=env.get("LOG_LEVEL", "INFO"),
        )
        settings.check()
        return settings

    def check(self) -> None:
        """Refuse to start outside the local stages with what only a local stage may have."""
        if self.is_local:
            return
        if not self.is_https:
            raise ValueError("PUBLIC_BASE must be https outside the local stages")
        if self.endpoint_url or self.provider_base:
            raise ValueError("AWS_ENDPOINT_URL and PROVIDER_BASE are for the local stages only")
