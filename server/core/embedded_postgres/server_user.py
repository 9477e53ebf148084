"""The system user that runs PostgreSQL: ourselves, or another one when we are root, which it refuses."""

from __future__ import annotations

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

NOBODY_ID = 65_534


@dataclass(frozen=True)
class ServerUser:
    """A user and group; `is_dropped_to` says that we are root and children must change to it."""

    uid: int
    gid: int
    is_dropped_to: bool

    def reaches(self, path: Path) -> bool:
        """Whether this user can enter every folder above `path` and enter or execute `path` itself."""
        if not self.is_dropped_to:
            return os.access(path, os.X_OK)
        resolved = path.resolve()
        return all(self._may_enter(step) for step in (resolved, *resolved.parents))

    def _may_enter(self, path: Path) -> bool:
        status = path.stat()
        if status.st_uid == self.uid:
            return bool(status.st_mode & stat.S_IXUSR)
        if status.st_gid == self.gid:
            return bool(status.st_mode & stat.S_IXGRP)
        return bool(status.st_mode & stat.S_IXOTH)

    def give(self, path: Path) -> None:
        """Make this user the owner of `path`."""
        if self.is_dropped_to:
            os.chown(path, self.uid, self.gid)

    @property
    def name(self) -> str:
        """The login name, or the number when there is none."""
        try:
            return pwd.getpwuid(self.uid).pw_name
        except KeyError:
            return str(self.uid)


def choose_server_user(cluster: Path) -> ServerUser:
    """Ourselves; for root the owner of an existing cluster, else `nobody`."""
    if os.geteuid() != 0:
        return ServerUser(os.geteuid(), os.getegid(), is_dropped_to=False)
    if cluster.exists() and cluster.stat().st_uid != 0:
        return ServerUser(cluster.stat().st_uid, cluster.stat().st_gid, is_dropped_to=True)
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        return ServerUser(NOBODY_ID, NOBODY_ID, is_dropped_to=True)
    return ServerUser(nobody.pw_uid, nobody.pw_gid, is_dropped_to=True)
