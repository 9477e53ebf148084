"""Write client/openapi.json from the routes; with --check only say whether the committed file is current."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from server.app import create_app
from server.core.docs import openapi_document
from server.settings import Settings

TARGET = Path(__file__).resolve().parent.parent / "client" / "openapi.json"


def openapi_text() -> str:
    """Return the document as it is committed."""
    document = openapi_document(create_app(Settings()))
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=False) + "\n"


def main() -> int:
    """Write or check the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; fail when the file is stale")
    text = openapi_text()
    if parser.parse_args().check:
        if not TARGET.is_file() or TARGET.read_text() != text:
            print("client/openapi.json is stale: run python -m scripts.export_openapi", file=sys.stderr)
            return 1
        return 0
    TARGET.write_text(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
