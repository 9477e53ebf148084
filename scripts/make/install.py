"""Installs hash-locked requirements into the environment that runs this: by uv, or by pip where it cannot."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Mapping

# uv does not read pip's configuration, so an index that somebody configured for pip is handed on.
# Every file is locked by hashes, so it does not matter which index a file comes from.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
}
# As in pip: the environment overrules the section of the command, which overrules the global one.
SECTIONS = ("global", "install", ":env:")


def main(requirements: list[str]) -> int:
    """Install the named requirements files and return an exit status."""
    files = [part for name in requirements for part in ("-r", name)]
    configuration = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    ).stdout
    environment = {**uv_environment(configuration), **os.environ}
    uv = [sys.executable, "-m", "uv", "pip", "install", "--quiet", "--python", sys.executable]
    # Compiled here once: an environment may be read-only, or Python told to write no bytecode.
    if run([*uv, "--require-hashes", "--compile-bytecode", *files], environment):
        return 0
    sys.stderr.write("uv could not install; trying pip, which takes longer.\n")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    return 0 if run([*pip, "--require-hashes", *files], os.environ) else 1


def uv_environment(pip_configuration: str) -> dict[str, str]:
    r"""Translate the output of ``pip config list`` into variables of uv.

    >>> uv_environment("global.index-url='https://one'\n:env:.index-url='https://two'\n")
    {'UV_INDEX_STRATEGY': 'unsafe-best-match', 'UV_DEFAULT_INDEX': 'https://two'}
    """
    found: dict[str, str] = {}
    for section in SECTIONS:
        for line in pip_configuration.splitlines():
            name, _, value = line.partition("=")
            if not name.startswith(f"{section}."):
                continue
            key = UV_NAMES.get(name.removeprefix(f"{section}."))
            if key is not None:
                found[key] = " ".join(str(ast.literal_eval(value)).split())
    if "UV_FIND_LINKS" in found:
        found["UV_FIND_LINKS"] = found["UV_FIND_LINKS"].replace(" ", ",")
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", **found} if found else {}


def run(command: list[str], environment: Mapping[str, str]) -> bool:
    """Run a command with its output shown and say whether it succeeded."""
    finished = subprocess.run(command, env=dict(environment), check=False)  # noqa: S603 - commands of this file
    return finished.returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
