"""Sign-in by slips, and students' servers apart from each other, as JupyterHub asks for them."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

import course_hub as hub
from jupyterhub.auth import Authenticator
from jupyterhub.spawner import SimpleLocalProcessSpawner
from traitlets import Bool, Integer, Unicode, default


class SlipAuthenticator(Authenticator):  # type: ignore[misc]  # JupyterHub has no types
    """Sign-in by a name and the password on its slip; nothing is kept of anybody."""

    async def authenticate(self, _handler: object, data: Mapping[str, str]) -> str | None:
        """The name, where the password is its own."""
        name: str = self.normalize_username(data["username"])
        return name if hub.fits(hub.secret(), name, data["password"]) else None


class CourseSpawner(SimpleLocalProcessSpawner):  # type: ignore[misc]  # JupyterHub has no types
    """A student's server in a folder of its own and, where the hub is root, under a number of its own."""

    homes = Unicode(str(hub.FOLDER / "homes"), help="Where students' folders lie.").tag(config=True)
    apart = Bool(help="Whether each server runs under a number of its own.").tag(config=True)
    memory = Integer(2 * 2**30, help="What one kernel may take, in bytes.").tag(config=True)
    processes = Integer(256, help="How many processes and threads a student may have.").tag(config=True)

    @default("apart")
    def _as_root(self) -> bool:
        return os.geteuid() == 0

    @default("home_dir")
    def _below_homes(self) -> str:
        return str(Path(self.homes) / self.user.name)

    def make_preexec_fn(self, _name: str) -> Callable[[], None]:
        """What the server does first."""
        home = Path(self.home_dir)
        return hub.begin(home, hub.own_folder(home, self.apart), self.memory, self.processes)
