"""Search engines' crawlers, by the name that they give: what they read is no interest of a shopper's."""

from __future__ import annotations

import re
from functools import lru_cache

# Those that say who they are. Programs and HTTP libraries are not listed: their reading is real use.
_CRAWLERS = re.compile(
    r"googlebot|google-inspectiontool|storebot-google|googleother|bingbot|adidxbot|msnbot"
    r"|yandex(bot|images|mobilebot)|baiduspider|duckduckbot|slurp|applebot|petalbot|sogou|exabot|seznambot"
    r"|qwantify|qwantbot|mojeekbot|naverbot|yeti/|coccocbot",
    re.IGNORECASE,
)


@lru_cache(maxsize=1_024)
def is_crawler(user_agent: str) -> bool:
    """Whether a search engine's crawler is asking.

    >>> is_crawler("Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)")
    True
    >>> is_crawler("python-httpx/0.28")
    False
    """
    return _CRAWLERS.search(user_agent) is not None
