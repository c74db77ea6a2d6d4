"""Requests as API Gateway hands them to a function, and the bare application that the product stands beside."""

import base64
import json
import os
import uuid
from collections.abc import Callable, Mapping
from typing import Any

import boto3
from chalice import Chalice

from infra.local.environment import REGION

Handler = Callable[[dict[str, Any], Any], dict[str, Any]]
BARE_ROUTE = "/declarations"


class Context:
    """What Lambda tells a function of its run."""

    aws_request_id, function_name, memory_limit_in_mb = "bench", "api_handler", "1024"

    def get_remaining_time_in_millis(self) -> int:
        """As the function is configured."""
        return 29_000


def event(path: str, body: Any) -> dict[str, Any]:
    """A POST of JSON."""
    headers = {"content-type": "application/json", "accept": "application/json"}
    return _event("POST", path, path, headers) | {"body": json.dumps(body, ensure_ascii=False)}


def visit(route: str, path: str, query: Mapping[str, str], parameters: Mapping[str, str]) -> dict[str, Any]:
    """A GET of a page; ``route`` is the path with its parameters' names, ``/d/{point}``."""
    headers = {"accept": "text/html", "host": "127.0.0.1"}
    return _event("GET", route, path, headers) | {
        "queryStringParameters": dict(query),
        "multiValueQueryStringParameters": {name: [value] for name, value in query.items()},
        "pathParameters": dict(parameters),
    }


def _event(method: str, route: str, path: str, headers: Mapping[str, str]) -> dict[str, Any]:
    return {
        "resource": route, "path": path, "httpMethod": method, "headers": dict(headers),
        "multiValueHeaders": {name: [value] for name, value in headers.items()}, "queryStringParameters": None,
        "multiValueQueryStringParameters": None, "pathParameters": None, "stageVariables": None,
        "isBase64Encoded": False, "body": None,
        "requestContext": {"resourcePath": route, "httpMethod": method, "path": path,
                           "identity": {"sourceIp": "127.0.0.1"}},
    }  # fmt: skip


def shown(handler: Handler, event: dict[str, Any]) -> str:
    """The page that a handler answers with; raises AssertionError for anything else."""
    answer = handler(event, Context())
    assert answer["statusCode"] == 200, answer["body"]
    body: str = answer["body"]
    return base64.b64decode(body).decode() if answer.get("isBase64Encoded") else body


def asked(handler: Handler, path: str, body: Any) -> dict[str, Any]:
    """The JSON that a handler answers with; raises AssertionError for a refusal."""
    answer = handler(event(path, body), Context())
    assert answer["statusCode"] in (200, 201), answer["body"]
    said: dict[str, Any] = json.loads(answer["body"])
    return said


def client() -> Any:
    """boto3's own, as it comes."""
    return boto3.client("dynamodb", endpoint_url=os.environ["AWS_ENDPOINT_URL"], region_name=REGION)


def bare(keep: Callable[[str, Any], None]) -> Chalice:
    """An application with one route: it takes JSON, mints an id, and lets ``keep`` write both."""
    app = Chalice(app_name="bare")

    @app.route(BARE_ROUTE, methods=["POST"])
    def post() -> dict[str, str]:
        key, request = str(uuid.uuid4()), app.current_request
        assert request
        keep(key, request.json_body)
        return {"id": key}

    return app
