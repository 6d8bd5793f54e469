"""A real PostgreSQL under a temporary folder: on a socket only, so that no port can clash."""

from __future__ import annotations

import itertools
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from psycopg import sql

from tests.services.missing import program

# Newest first; Debian keeps each release in a folder of its own, outside the search path.
_FOLDERS = tuple(f"/usr/lib/postgresql/{release}/bin" for release in range(20, 12, -1))
_OPTIONS = (
    "-c listen_addresses= -c unix_socket_directories={home} -c fsync=off "
    "-c synchronous_commit=off -c full_page_writes=off -c shared_buffers={memory} "
    "-c max_connections=100"
)
_OWNER = "portal"


@dataclass
class Postgres:
    """A running cluster that makes databases as tests ask for them."""

    home: Path
    memory: str = "64MB"
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def url(self, database: str) -> str:
        """Return the address of a database for `DATABASE_URL`."""
        return f"postgresql+psycopg://{_OWNER}@/{database}?host={self.home}"

    def make_template(self, name: str, build: Callable[[str], None]) -> str:
        """Make a database once, so that others are quick copies of it.

        Args:
            name: its name.
            build: fills it, given its address; it must leave no connection open.

        Returns:
            The name, for `fresh_database`.
        """
        self._run("CREATE DATABASE {}", name)
        build(self.url(name))
        return name

    def fresh_database(self, template: str = "template1") -> str:
        """Make a database that nobody has used and return its address."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE {}", name, template)
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, ending what is still connected to it."""
        name = url.rpartition("/")[2].partition("?")[0]
        self._run("DROP DATABASE IF EXISTS {} WITH (FORCE)", name)

    def _run(self, statement: str, *names: str) -> None:
        query = sql.SQL(statement).format(*map(sql.Identifier, names))
        with psycopg.connect(
            host=str(self.home), user=_OWNER, dbname="postgres", autocommit=True
        ) as connection:
            connection.execute(query)

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = _OPTIONS.format(home=self.home, memory=self.memory)
        self._command("pg_ctl", "-D", "data", "-w", "-s", "-l", "log", "-o", options, "start")

    def stop(self) -> None:
        """Stop the server of this folder at once."""
        self._command("pg_ctl", "-D", "data", "-m", "immediate", "-s", "stop", check=False)

    def initialise(self) -> None:
        """Make an empty cluster."""
        self._command(
            "initdb", "-D", "data", "-U", _OWNER, "-A", "trust", "-E", "UTF8",
            "--locale=C.UTF-8", "--no-sync", "--no-instructions",
        )  # fmt: skip

    def _command(self, name: str, *arguments: str, check: bool = True) -> None:
        command = [program(name, "PostgreSQL", *_FOLDERS), *arguments]
        if os.geteuid() == 0:
            # PostgreSQL refuses to run as root.
            command = ["runuser", "-u", "nobody", "--", *command]
        done = subprocess.run(
            command, cwd=self.home, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
        if check and done.returncode:
            raise RuntimeError(f"PostgreSQL: {name} failed: {done.stderr}")


@contextmanager
def postgres(memory: str = "64MB") -> Iterator[Postgres]:
    """Run a PostgreSQL until the block ends; as `nobody` where the tests run as root.

    Args:
        memory: its `shared_buffers`.
    """
    program("initdb", "PostgreSQL", *_FOLDERS)
    home = Path(tempfile.mkdtemp(prefix="postgres-"))
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(home, nobody.pw_uid, nobody.pw_gid)
    server = Postgres(home, memory)
    try:
        server.initialise()
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)
