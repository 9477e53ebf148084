"""What `python -m recs evaluate PROTOCOL --help` teaches: the file, the question, an example."""

from typing import Final

SEQUENCES: Final = """\
What does somebody take next, where only the order is known? The last item of each line is the test, the last
but one validation; models are fitted on all before them and rank every item that the user has not met.

FILE, one user per line, oldest item first:
    ann 12 7 30 4
    bob 7 12 9
ITEMS.csv has a column item and any others; several values in one field are joined by |:
    item,category,attribute_ids
    12,phones,black|64gb
--candidates has lines of a user and the items that the last item is ranked among, as some published tables
need; every user has the same number, none of them the answer. Items are text: 007 is not 7.

    python -m recs evaluate sequences sequences.txt.gz --attributes items.csv.gz --json report.json
"""

SESSIONS: Final = """\
What is clicked next in a session? Every beginning of every test session predicts the click that follows;
nothing is masked, for people go back. Choices are made on the latest tenth of the training sessions.

TRAIN and TEST, one session per line, sessions in date order:
    12 7 30 7
    9 12
or .tsv with the columns SessionId, ItemId and Time. --only-lists names, as published lists do, after which
clicks to ask: SessionId;Position;..., positions from 0, none the last of its session; in .txt files a session
is the number of its line, from 1.

    python -m recs evaluate sessions train.txt.gz test.txt.gz --cutoffs 10,20 --json report.json
"""

BASKETS: Final = """\
What is in the next basket, bought before or not? The last basket of each customer is the test, the one before
it validation; models for the test are fitted on all but the last. Recall counts the distinct items of the
basket. Customers of fewer than three baskets are left out.

FILE, one customer per line, oldest basket first; items all integers or all text:
    {"user": "ann", "baskets": [[12, 7], [12], [12, 30]]}

    python -m recs evaluate baskets baskets.jsonl.gz --json report.json
"""

EVENTS: Final = """\
What will this log's people turn to in the next days? The end of the log is cut into windows. Models learn
from everything before a window and are asked which items people meet in it for the first time; the last
window is the test, those before it choose. With --items only what was listed by then may be recommended.

FILE has a header; timestamps are unix seconds or ISO 8601 dates, event and weight may be missing:
    user_id,item_id,timestamp,event
    ann,p12,1767225600,view
ITEMS.csv has item_id and optionally category, brand, listed_at and further columns that describe items.

    python -m recs evaluate events log.csv.gz --items items.csv --folds 3 --window-days 7 --json report.json
"""
