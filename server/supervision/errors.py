"""Why the shop cannot start, and that it need not."""


class StartFailure(Exception):
    """The shop cannot start; the message is one line that says why and what to do."""


class StopRequested(Exception):
    """Somebody asked us to stop while we were still starting."""
