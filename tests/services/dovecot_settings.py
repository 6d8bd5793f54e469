"""How a throw-away Dovecot is set up, and in what it may differ from the usual one."""

from __future__ import annotations

import grp
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

_CONFIGURATION = """\
base_dir = {home}/run
state_dir = {home}/state
instance_name = throwaway
log_path = {home}/dovecot.log
protocols = imap
listen = 127.0.0.1
mail_location = maildir:{home}/mail/%u/Maildir
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
ssl_min_protocol = TLSv1.2
disable_plaintext_auth = yes
auth_mechanisms = plain login{mechanisms}
auth_failure_delay = 0
mail_fsync = never
maildir_very_dirty_syncs = yes
first_valid_uid = 1
first_valid_gid = 1
mail_max_userip_connections = 50
{capability}
{internal}
{token_passdb}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN username_format=%u {home}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    address = 127.0.0.1
    port = {plain_port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
namespace inbox {{
  inbox = yes
  {namespace}
}}
{more}
"""
# Tokens are shown to a token server, which says whose they are.
_TOKEN_PASSDB = """\
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {home}/oauth2.conf
}}
"""
_TOKENS = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
timeout_msecs = 2000
"""


@dataclass(frozen=True)
class DovecotSettings:
    """What a server does otherwise than usual."""

    # What it says it can do, where that is not all.
    capability: str = ""
    # Where it asks whose a token is.
    introspection_url: str = ""
    # How many messages the mailbox and its folders hold together.
    most_messages: int = 0
    # The folder below which all others are.
    prefix: str = ""
    # The host its certificate is for, and whether its time is over.
    host: str = "localhost"
    ended: bool = False
    # A second user, who has the same password.
    users: tuple[str, ...] = ()


def configuration(
    settings: DovecotSettings, *, home: Path, uid: int, gid: int, plain_port: int, tls_port: int
) -> str:
    """The server's file, for root and for anybody else who runs it."""
    internal = ""
    if os.geteuid() != 0:
        user = pwd.getpwuid(os.geteuid()).pw_name
        group = grp.getgrgid(os.getegid()).gr_name
        internal = (
            f"default_internal_user = {user}\ndefault_internal_group = {group}\n"
            f"default_login_user = {user}"
        )
    more = ""
    if settings.most_messages:
        more = (
            "mail_plugins = quota\nplugin {\n  quota = maildir:mailbox\n"
            f"  quota_rule = *:messages={settings.most_messages}\n}}"
        )
    tokens = bool(settings.introspection_url)
    return _CONFIGURATION.format(
        home=home, uid=uid, gid=gid, plain_port=plain_port, tls_port=tls_port, internal=internal,
        capability=f"imap_capability = {settings.capability}" if settings.capability else "",
        mechanisms=" xoauth2 oauthbearer" if tokens else "",
        token_passdb=_TOKEN_PASSDB.format(home=home) if tokens else "",
        namespace=f"prefix = {settings.prefix}\n  separator = ." if settings.prefix else "",
        more=more,
    )  # fmt: skip


def token_configuration(settings: DovecotSettings) -> str:
    """The file that says where a token's user is asked for."""
    return _TOKENS.format(url=settings.introspection_url)
