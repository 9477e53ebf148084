"""`python -m recs recommend`: a saved snapshot and a history in, a slate out.

Every byte of the snapshot is checked first. Items of the history are not recommended; unknown ones are
ignored and named. The reason says which items of the history an item rests on; "popular" rests on everybody.

    python -m recs recommend --snapshot model --history 12,7,30 -n 5 --category phones --exclude 99
"""

import argparse
import json
from pathlib import Path

from recs.errors import InvalidHistoryError
from recs.slate import Slate
from recs.snapshot import RecommenderSnapshot
from recs.vocabulary import is_written_integer


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--snapshot", type=Path, required=True, metavar="DIR", help="directory written by fit"
    )
    parser.add_argument(
        "--history", default="", metavar="A,B,C", help="item ids, most recent last; empty = a stranger"
    )
    parser.add_argument("-n", type=int, default=10, metavar="N", help="number of items (default 10)")
    parser.add_argument("--exclude", default="", metavar="A,B,C", help="item ids that must not appear")
    parser.add_argument("--category", metavar="NAME", help="only this category")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")


def run(arguments: argparse.Namespace) -> str:
    """Load with full verification and recommend.

    Returns
    -------
    str
        A table or JSON.

    Raises
    ------
    RecsError
    """
    snapshot = RecommenderSnapshot.load(arguments.snapshot)
    slate = snapshot.recommend(
        _ids(arguments.history, snapshot),
        arguments.n,
        exclude=_ids(arguments.exclude, snapshot),
        category=_category(arguments.category, snapshot),
    )
    return _as_json(slate) if arguments.json else _as_table(slate)


def _ids(text: str, snapshot: RecommenderSnapshot) -> list[int] | list[str]:
    tokens = [token.strip() for token in text.split(",") if token.strip()]
    if snapshot.vocabulary.kind == "utf8":
        return tokens
    for token in tokens:
        if not is_written_integer(token):
            raise InvalidHistoryError(
                f"this snapshot has integer item ids, not {token!r}: an integer is written in one way only"
            )
    return [int(token) for token in tokens]


def _category(name: str | None, snapshot: RecommenderSnapshot) -> int | str | None:
    names = snapshot.parts.attributes.category_names
    return int(name) if name is not None and is_written_integer(name) and names.kind == "int64" else name


def _as_json(slate: Slate) -> str:
    rows = zip(slate.item_ids.tolist(), slate.scores.tolist(), slate.reasons, strict=True)
    return json.dumps(
        {
            "items": [
                {
                    "itemId": item_id,
                    "score": score,
                    "reason": {"kind": reason.kind, "itemIds": list(reason.item_ids)},
                }
                for item_id, score, reason in rows
            ],
            "unknownIds": list(slate.unknown_ids),
        }
    )


def _as_table(slate: Slate) -> str:
    lines = [f"{'item':<24} {'score':>10}  reason"]
    for item_id, score, reason in zip(
        slate.item_ids.tolist(), slate.scores.tolist(), slate.reasons, strict=True
    ):
        cited = " ".join(map(str, reason.item_ids))
        lines.append(f"{item_id!s:<24} {score:>10.4f}  {reason.kind} {cited}".rstrip())
    if slate.unknown_ids:
        lines.append(f"ignored, not in the snapshot: {' '.join(map(str, slate.unknown_ids))}")
    return "\n".join(lines)
