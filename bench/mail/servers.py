"""The private Dovecot and PostgreSQL of a benchmark, for as long as a block lasts.

Both run on loopback high ports from files under RUN, with the durability settings that their
makers chose. Root is needed: Dovecot drops privileges itself; PostgreSQL is run as PG_OS_USER.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.mail import perfenv as E

DOVE = E.RUN / "dovecot"
DOVE_CONF = DOVE / "dovecot.conf"
DOVE_PID = DOVE / "base" / "master.pid"

CONF = """\
base_dir = {d}/base
state_dir = {d}/state
instance_name = perf
log_path = {d}/dovecot.log
protocols = imap
listen = {plain_host}, {tls_host}
mail_location = maildir:{mail}/%u
mail_uid = {uid}
mail_gid = {uid}
first_valid_uid = {uid}
first_valid_gid = {uid}
disable_plaintext_auth = no
auth_mechanisms = plain login
ssl_cert = <{d}/cert.pem
ssl_key = <{d}/key.pem
mail_max_userip_connections = 50
passdb {{
  driver = passwd-file
  args = username_format=%u {d}/users
}}
userdb {{
  driver = passwd-file
  args = username_format=%u {d}/users
}}
namespace inbox {{
  inbox = yes
  separator = /
}}
service imap-login {{
  process_min_avail = 2
  inet_listener imap {{
    address = {plain_host}
    port = {plain}
  }}
  inet_listener imaps {{
    address = {tls_host}
    port = {tls}
    ssl = yes
  }}
}}
local {plain_host} {{
  ssl = no
}}
"""


HOSTS = {E.IMAP_PLAIN_PORT: E.IMAP_PLAIN_HOST, E.IMAP_TLS_PORT: E.IMAP_TLS_HOST}


@contextmanager
def running() -> Iterator[None]:
    """Start both, unless they run; what was started here is stopped at the end.

    Raises:
        SystemExit: with a sentence that says what is missing.
    """
    if os.geteuid() != 0:
        raise SystemExit("The benchmark starts servers of its own: run it as root.")
    if not shutil.which("dovecot") or not (E.PG_BIN / "initdb").exists():
        raise SystemExit("Dovecot or PostgreSQL is missing: run make test, which installs them.")
    E.RUN.mkdir(parents=True, exist_ok=True)
    mine = [not _is_open(port) for port in (E.IMAP_PLAIN_PORT, E.PG_PORT)]
    try:
        if mine[0]:
            _start_dovecot()
        if mine[1]:
            _start_postgresql()
        yield
    finally:
        if mine[0] and DOVE_PID.exists():
            os.kill(int(DOVE_PID.read_text()), signal.SIGTERM)
            _wait(E.IMAP_PLAIN_PORT, want=False)
        if mine[1] and (E.PG_DATA / "postmaster.pid").exists():
            _as_postgres("pg_ctl", "-D", E.PG_DATA, "-m", "fast", "-w", "-s", "stop")


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOSTS.get(port, E.PG_HOST), port)) == 0


def _wait(port: int, want: bool = True, seconds: float = 15) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _is_open(port) == want:
            return
        time.sleep(0.1)
    raise SystemExit(f"Port {port} is still not {'open' if want else 'closed'}.")


def _start_dovecot() -> None:
    for place in ("base", "state"):
        (DOVE / place).mkdir(parents=True, exist_ok=True)
    (E.RUN / "mail").mkdir(parents=True, exist_ok=True)
    os.chown(E.RUN / "mail", E.MAIL_UID, E.MAIL_UID)
    if not E.CERTIFICATE.exists():
        command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=localhost"
        names = ["-addext", "subjectAltName=DNS:localhost"]
        written = ["-keyout", str(DOVE / "key.pem"), "-out", str(E.CERTIFICATE)]
        subprocess.run([*command.split(), *names, *written], check=True, stderr=subprocess.DEVNULL)
    (DOVE / "users").write_text(
        f"{E.IMAP_USER}:{{PLAIN}}{E.IMAP_PASSWORD}:{E.MAIL_UID}:{E.MAIL_UID}::{E.MAIL_ROOT}::\n"
    )
    DOVE_CONF.write_text(
        CONF.format(
            d=DOVE, mail=E.RUN / "mail", uid=E.MAIL_UID,
            plain_host=E.IMAP_PLAIN_HOST, plain=E.IMAP_PLAIN_PORT,
            tls_host=E.IMAP_TLS_HOST, tls=E.IMAP_TLS_PORT,
        )
    )  # fmt: skip
    subprocess.run(["dovecot", "-c", str(DOVE_CONF)], check=True)
    _wait(E.IMAP_PLAIN_PORT)


def _start_postgresql() -> None:
    user = pwd.getpwnam(E.PG_OS_USER)
    if not (E.PG_DATA / "PG_VERSION").exists():
        E.PG_DATA.mkdir(parents=True, exist_ok=True)
        os.chown(E.PG_DATA, user.pw_uid, user.pw_gid)
        _as_postgres("initdb", "-D", E.PG_DATA, "-U", E.PG_USER, "-A", "trust", "-E", "UTF8")
        with (E.PG_DATA / "postgresql.conf").open("a") as settings:
            # Durability stays as it is.
            settings.write(
                f"\nlisten_addresses='{E.PG_HOST}'\nport={E.PG_PORT}\n"
                f"unix_socket_directories='{E.PG_DATA}'\nshared_buffers=512MB\n"
                "max_wal_size=4GB\n"
            )
    log = E.PG_DATA / "server.log"
    _as_postgres("pg_ctl", "-D", E.PG_DATA, "-w", "-s", "-l", log, "start")
    _wait(E.PG_PORT)


def _as_postgres(name: str, *arguments: str | Path) -> None:
    user = pwd.getpwnam(E.PG_OS_USER)
    drop = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
    command = [*drop, "env", "LC_ALL=C.UTF-8", str(E.PG_BIN / name), *map(str, arguments)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
