"""Requests made from the published document, sent to the product, and the answers held against the document."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from zlib import crc32

import requests
import schemathesis
from schemathesis import Case, Config, GenerationMode
from schemathesis.config import ChecksConfig
from schemathesis.core.transport import Response
from schemathesis.schemas import APIOperation, BaseSchema
from schemathesis.specs.openapi.checks import positive_data_acceptance

from chalicelib.web.api.endpoint import BASE
from tests.api_client import POOL
from tests.openapi.seeded import SPARE_POINT, Known

Operation: TypeAlias = "APIOperation[Any, Any, Any, Any]"
METHODS = {"get", "put", "post", "delete", "patch"}
"""Any other is answered by whatever stands before the application."""
REFUSED = ("400", "401", "403", "404", "405", "409", "412", "413", "415", "422", "428")
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)


@dataclass
class Asker:
    """``known`` are real values for parameters of paths; every second request is about one of them."""

    base: str
    schema: BaseSchema
    known: Known
    session: requests.Session = field(default_factory=requests.Session)

    @classmethod
    def of(cls, url: str, known: Known) -> Asker:
        """One who has read the document that is published at ``url``."""
        published = json.loads(POOL.request("GET", f"{url}{BASE}/openapi.json").data)
        return cls(url + BASE, schemathesis.openapi.from_dict(published, config=_config()), known)

    def operation(self, method: str, path: str) -> Operation:
        """One operation of the document."""
        return self.schema[path][method]

    def at_the_edges(self, operation: Operation, modes: tuple[GenerationMode, ...] = MODES) -> Iterator[Case[Any]]:
        """What the document's limits suggest: least and most, one beyond, something left out or of another type.

        The same every time.
        """
        generation = self.schema.config.generation_for(operation=operation)
        return self.schema.iter_coverage_cases(operation, generation_modes=list(modes), generation_config=generation)

    def ask(self, case: Case[Any], key: str = "") -> Response:
        """Send it with the key, and fail unless the document tells of such an answer."""
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._about_somebody(case)
        response = case.call(self.base, self.session, headers, timeout=20)
        sent = {"base_url": self.base, "session": self.session, "timeout": 20}
        case.validate_response(
            response, excluded_checks=[positive_data_acceptance], headers=headers, transport_kwargs=sent
        )
        return response

    def _about_somebody(self, case: Case[Any]) -> None:
        # By what is asked, not by turns: Hypothesis expects the same of the same case.
        drawn = crc32(repr((case.query, case.headers, case.body, case.path_parameters)).encode())
        if drawn % 2:
            return
        for name in case.path_parameters:
            values = self.known[name]
            case.path_parameters[name] = values[drawn // 2 % len(values)]
        if case.method == "PUT" and "point" in case.path_parameters:
            case.path_parameters["point"] = SPARE_POINT
        if "If-Match" in {parameter.name for parameter in case.operation.headers}:
            case.headers["If-Match"] = "*"


def _config() -> Config:
    config = Config(seed=1)
    project = config.projects.default
    project.generation.update(with_security_parameters=False)
    project.phases.coverage.unexpected_methods = METHODS
    project.checks = ChecksConfig.from_dict({"negative_data_rejection": {"expected-statuses": [*REFUSED]}})
    return config


def codes(response: Response) -> dict[str, str]:
    """What is wrong with which field, of a 422."""
    said: Any = response.json()
    return {fault["field"]: fault["code"] for fault in said.get("errors", ())}
