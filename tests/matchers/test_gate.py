"""Which files are worth parsing for a path: all in which it means something, and few others."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vger_guide.checks.gates import GateSet
from vger_guide.matchers.formats import Document
from vger_guide.matchers.jsonpath import find_values
from vger_guide.matchers.jsonpath.gate import find_gate

MODULE = "$.module[?search(@.source, 's3-bucket|/gcs')].acl"
BUCKET = "$.resource['aws_s3_bucket', 'aws_s3_bucket_acl'].*.acl"
TABLES = "$.Resources[?@.Type == 'AWS::DynamoDB::Table' && !@.Properties.Old].Properties"


def opens(form: str, path: str, text: str) -> bool:
    return GateSet({0: find_gate([path], form)}).find_open((0,), text.encode()) == [0]


@pytest.mark.parametrize(
    ("form", "path", "text"),
    [
        ("hcl", BUCKET, 'resource "aws_s3_bucket" "a" {\n  acl = var.acl\n}'),
        ("hcl", BUCKET, r'resource "aws_s3\u005fbucket" "a" {}'),
        ("hcl", MODULE, 'module "a" {\n  source = "../../modules/gcs"\n  acl = "x"\n}'),
        ("hcl", MODULE, 'module "a" {\n  source = "${local.base}/bucket"\n  acl = "x"\n}'),
        ("hcl", MODULE, 'module "a" { source = each.value\n acl = "x" }'),
        ("hcl", MODULE, '{"module": {"a": {"source": "${var.source}", "acl": "x"}}}'),
        ("hcl", "$.resource.aws_x.*.settings.enabled", 'resource "aws_x" "a" { settings = local.settings }'),
        ("hcl", "$.resource.aws_x.*..enabled", 'resource "aws_x" "a" { settings = local.settings }'),
        ("hcl", "$.locals.a.b", "locals { a = local.other }"),
        ("cloudformation", TABLES, "Resources:\n  A:\n    Type: AWS::DynamoDB::Table\n    Properties: {}"),
        ("cloudformation", "$.Resources.*.Properties['Fn::If']", "Resources: {A: {Properties: !If [a, b, c]}}"),
        ("arm", "$..[?@.type == 'Microsoft.Sql/servers/databases']", "resource a 'Microsoft.Sql/servers' = {}"),
        ("arm", "$.resources[*].properties", "resource a 'x' = { properties: {} }"),
        ("json", "$['a/b']", r'{"a\/b": 1}'),
        ("xml", "$.project.@version", '<project version="1"/>'),
        ("yaml", "services.*.image", "services: {a: {image: b}}"),
        ("ini", "$.a.b", "whatever"),
        ("yaml", "$.*", "whatever: 1"),
    ],
)
def test_a_file_in_which_a_path_may_mean_something_is_looked_into(form: str, path: str, text: str) -> None:
    gate = find_gate([path], form)
    assert not gate or opens(form, path, text)


@pytest.mark.parametrize(
    ("form", "path", "text"),
    [
        ("hcl", BUCKET, 'resource "google_storage_bucket" "a" {\n  acl = "x"\n}'),
        ("hcl", BUCKET, 'resource "aws_s3_bucket" "a" {\n  bucket = "x"\n}'),
        ("hcl", MODULE, 'module "a" {\n  source = "../vpc"\n  acl = var.acl\n}\nlocals { data_source = var.x }'),
        ("cloudformation", TABLES, "Resources:\n  A:\n    Type: AWS::S3::Bucket\n    Properties: {}"),
        ("json", "$.scripts..*", r'{"name": "\u00e9", "dependencies": {"a": "1"}}'),
    ],
)
def test_a_file_in_which_a_path_means_nothing_is_not_parsed(form: str, path: str, text: str) -> None:
    assert not opens(form, path, text)


def test_a_filter_that_does_not_tell_what_has_to_be_there_asks_for_nothing() -> None:
    alone = find_gate(["$.a[*]"], "json")
    for test in ("@.b || @.c", "!(@.b && @.c && @.d)", "@.b != 'x'", "@.b == 'x && @.c && y'", "@.b > 1"):
        assert find_gate([f"$.a[?{test}]"], "json") == alone, test


NAMES = st.sampled_from(["a", "b", "type", "x-y", "AWS::S3", "resources", "é", "a/b"])
VALUES = st.recursive(NAMES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3))
PATHS = [
    *("$.a.b", "$..type", "$.resources[?@.type == 'AWS::S3'].b", "$['a/b']['a', 'b']", "$.a[?search(@.b, 'AWS|x-y')]"),
    *("$.*[?@.a && @.b == 'x-y']", "$..[?match(@.type, 'a/b')]", "$.a[0].b", "$['é'].a", "a.b"),
]


@given(VALUES, st.sampled_from(PATHS), st.sampled_from(["json", "arm", "cloudformation", "yaml"]), st.booleans())
def test_a_document_in_which_a_path_finds_something_opens_its_gate(
    data: object, path: str, form: str, is_escaped: bool
) -> None:
    text = json.dumps(data, ensure_ascii=is_escaped)
    text = re.sub("[tS]", lambda letter: f"\\u{ord(letter[0]):04x}", text) if is_escaped else text
    if any(True for _ in find_values(Document([data]), path)):
        gate = find_gate([path], form)
        assert not gate or opens(form, path, text), (gate, text)
