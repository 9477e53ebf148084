"""The description of the API: the document, its page, and the copy that clients are generated from."""

from __future__ import annotations

from scripts.export_openapi import TARGET, openapi_text
from server.tests.support.shop import API, Shop


async def test_the_document_and_the_page_name_every_operation(shop: Shop) -> None:
    document = await (await shop.guest().get(f"{API}/openapi.json")).get_json()
    page = await (await shop.guest().get(f"{API}/docs")).get_data(as_text=True)
    operations = [o["operationId"] for path in document["paths"].values() for o in path.values()]
    assert {"listProducts", "getProduct", "addCartLine", "signUp", "logIn"} <= set(operations)
    for operation in operations:
        assert f'<details id="{operation}">' in page
    assert "<script" not in page
    assert "http" not in page.replace("http-equiv", "")


async def test_every_reference_in_the_document_leads_somewhere(shop: Shop) -> None:
    document = await (await shop.guest().get(f"{API}/openapi.json")).get_json()
    schemas = document["components"]["schemas"]
    references: list[str] = []

    def walk(node: object) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("$ref"), str):
                references.append(node["$ref"])
            for child in node.values():
                walk(child)
        elif isinstance(node, list):
            for child in node:
                walk(child)

    walk(document)
    assert references
    assert {reference.rsplit("/", 1)[1] for reference in references} <= set(schemas)


def test_what_may_be_absent_is_not_said_to_be_null() -> None:
    text = openapi_text()
    assert '"default": null' not in text
    assert openapi_text() == text


def test_the_committed_document_is_current() -> None:
    assert TARGET.read_text() == openapi_text(), "run python -m scripts.export_openapi"
