"""What Lambda gets: everything that runs, nothing else, and the same bytes each time."""

import gzip
import json
import shutil
import subprocess
import sys
import zipfile
from functools import cache
from pathlib import Path

import pytest

from chalicelib.web import rendering
from infra import bundle, descriptions, package
from infra.local.environment import ROOT, Addresses, application

FUNCTIONS = ["app", "chalicelib.jobs.send_messages", "chalicelib.jobs.sweep", "chalicelib.jobs.release_due"]


@cache
def names() -> list[str]:
    with zipfile.ZipFile(package.build("local").code) as zipped:
        return zipped.namelist()


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("function")
    with zipfile.ZipFile(package.build("local").code) as zipped:
        zipped.extractall(folder)
    return folder


def loaded(unpacked: Path, module: str) -> set[str]:
    """The modules that importing ``module`` loads where there is nothing but the package and Python itself."""
    code = f"import sys; sys.path.insert(0, {str(unpacked)!r}); import {module}; print(*sys.modules)"
    env = application("local", Addresses("http://127.0.0.1:9", "http://127.0.0.1:9"))
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


@pytest.mark.parametrize("module", FUNCTIONS)
def test_every_function_starts_from_the_package_alone(unpacked: Path, module: str) -> None:
    assert module in loaded(unpacked, module)


def test_a_job_never_loads_jinja(unpacked: Path) -> None:
    for module in FUNCTIONS[1:]:
        assert "jinja2" not in loaded(unpacked, module)


def test_a_web_request_never_loads_the_providers_client(unpacked: Path) -> None:
    assert "twilio.rest" not in loaded(unpacked, "app")


def test_what_only_some_pages_need_is_not_loaded_before_them(unpacked: Path) -> None:
    assert {"jinja2", "segno", "boto3"}.isdisjoint(loaded(unpacked, "app"))


def test_the_parts_that_were_left_out_are_not_missed(unpacked: Path) -> None:
    loaded(unpacked, "twilio.rest.api.v2010.account.message")
    loaded(unpacked, "phonenumbers")
    loaded(unpacked, "boto3.session")


def test_forms_ship() -> None:
    assert "forms/arrival/v1/form.toml" in names()


@pytest.mark.parametrize("stranger", ["infra/", "tests/", "simulator", "pytest", "ministack", ".scss", ".local/"])
def test_nothing_of_the_workshop_ships(stranger: str) -> None:
    assert not [name for name in names() if stranger in name and "botocore" not in name]


def test_only_called_services_and_modules_ship() -> None:
    services = {name.split("/")[2] for name in names() if name.startswith("botocore/data/") and name.count("/") > 2}
    assert services == set(bundle.BOTOCORE_SERVICES)
    assert not [name for name in names() if name.startswith("twilio/twiml")]


def test_aws_is_called_where_it_was_with_the_whole_description(unpacked: Path) -> None:
    code = f"""
import sys
import botocore.session
for service in {bundle.BOTOCORE_SERVICES!r}:
    for region in ("ap-east-1", "cn-north-1", "us-gov-west-1"):
        client = botocore.session.get_session().create_client(service, region)
        methods = sorted(client.meta.method_to_api_mapping)
        print(service, region, client.meta.endpoint_url, *methods)
"""
    here = {"AWS_ACCESS_KEY_ID": "x", "AWS_SECRET_ACCESS_KEY": "x"}
    whole = subprocess.run([sys.executable, "-c", code], env=here, capture_output=True, text=True, check=True)
    command = [sys.executable, "-I", "-S", "-c", f"import sys; sys.path.insert(0, {str(unpacked)!r}){code}"]
    light = subprocess.run(command, env=here, capture_output=True, text=True, check=True)
    assert light.stdout == whole.stdout
    assert whole.stdout.count("amazonaws.com") >= 3 * len(bundle.BOTOCORE_SERVICES)


def test_words_that_only_people_read_do_not_ship(unpacked: Path) -> None:
    model = json.loads(gzip.decompress((unpacked / "botocore/data/kms/2014-11-01/service-2.json.gz").read_bytes()))
    assert "documentation" not in model["operations"]["Decrypt"]
    endpoints = json.loads((unpacked / "botocore/data/endpoints.json").read_bytes())
    assert {name for part in endpoints["partitions"] for name in part["services"]} == set(bundle.BOTOCORE_SERVICES)


def test_a_member_that_is_called_documentation_stays() -> None:
    member = {"shape": "String", "documentation": "words"}
    model = gzip.compress(json.dumps({"members": {"documentation": member}}).encode())
    light = descriptions.lightened("botocore/data/x/1/service-2.json.gz", model, ())
    assert json.loads(gzip.decompress(light)) == {"members": {"documentation": {"shape": "String"}}}


def test_every_module_has_bytecode_that_no_date_voids(unpacked: Path) -> None:
    modules = [name for name in names() if name.endswith(".py")]
    assert {bundle.bytecode_name(name) for name in modules} <= set(names())
    flags = (unpacked / bundle.bytecode_name("app.py")).read_bytes()[4:8]
    assert int.from_bytes(flags, "little") == 0b01, "hash-based and unchecked"


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    files = {path.relative_to(ROOT).as_posix(): path for path in (ROOT / "chalicelib" / "domain").glob("*.py")}
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    bundle.pack(files, first)
    bundle.pack(dict(reversed(files.items())), second)
    assert first.read_bytes() == second.read_bytes()


def test_the_same_sources_in_another_folder_give_the_same_package(tmp_path: Path) -> None:
    for pattern in (*package.SHIPPED, *package.DECIDING):
        for source in ROOT.glob(pattern):
            target = tmp_path / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            copy = shutil.copytree if source.is_dir() else shutil.copyfile
            copy(source, target)
    package.build("local")
    shutil.copytree(ROOT / "build", tmp_path / "build", ignore=shutil.ignore_patterns("local", "production"))
    there, here = package.build("local", tmp_path), package.build("local")
    assert there.code.read_bytes() == here.code.read_bytes()
    assert there.body() == here.body()


def test_templates_are_compiled_ahead(unpacked: Path) -> None:
    code = f"""
import sys; sys.path.insert(0, {str(unpacked)!r})
import jinja2, chalicelib.web.rendering as rendering
jinja2.Environment.compile = None
for name in {rendering.environment("en").list_templates()!r}:
    rendering.environment("zh-Hans").get_template(name)
"""
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_it_is_far_from_lambdas_limit() -> None:
    with zipfile.ZipFile(package.build("local").code) as zipped:
        assert sum(entry.file_size for entry in zipped.infolist()) < 100e6


def test_the_application_file_only_puts_parts_together() -> None:
    assert len((ROOT / "app.py").read_text().splitlines()) < 40
