"""Write the mail corpus: `main` (1,000 messages) and `hostile` (one oddity each).

    python -m bench.mail.gen_mail [--count 1000] [--seed 7]

Every message carries an ASCII marker ("Marker: mk-...") in its text and most a probe phrase in a
given charset. manifest.jsonl says, for each message, what an intake should have kept: thread, probe
text, attachments with their SHA-256. Same seed, same bytes.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from bench.mail import perfenv as E
from bench.mail.gen_hostile import hostile
from bench.mail.gen_message import Messages, Seen

Entry = dict[str, Any]


def realistic(count: int, seed: int) -> list[tuple[bytes, Entry]]:
    """The realistic mix, in arrival order, each with what should have been kept of it."""
    messages = Messages(seed)
    choose, out = messages.random, list[tuple[bytes, Entry]]()
    deep: list[Seen] = []  # heads of a few long threads
    for _ in range(count):
        kind = choose.choices(["plain", "alternative", "html"], [45, 40, 15])[0]
        attach, auto, reply = choose.random() < 0.20, None, None
        dice = choose.random()
        if dice < 0.05:
            auto, kind, attach = "vacation", "plain", False
        elif dice < 0.06:
            auto = "list"
        elif dice < 0.12 and len(deep) == 3:
            reply = deep[choose.randrange(3)]
        elif dice < 0.30 and messages.seen:
            reply = choose.choice(messages.seen[-200:])
        raw, entry = messages.make(kind, reply, auto, attach)
        if len(deep) < 3 and not auto:
            deep.append(messages.seen[-1])
        elif reply and reply in deep:
            deep[deep.index(reply)] = messages.seen[-1]
        out += _with_flaw(raw, entry, choose.random())
    return out[:count]


def _with_flaw(raw: bytes, entry: Entry, flaw: float) -> list[tuple[bytes, Entry]]:
    if flaw < 0.004:  # the same delivery twice, as after a dropped connection
        entry["twin"] = True
        return [(raw, dict(entry, twin_copy=True)), (raw, entry)]
    if flaw < 0.010:
        entry["message_id"] = None
        return [(drop_header(raw, b"Message-ID"), entry)]
    return [(drop_header(raw, b"Date") if flaw < 0.014 else raw, entry)]


def drop_header(raw: bytes, name: bytes) -> bytes:
    """A message without one of its fields."""
    head, blank, body = raw.partition(b"\n\n")
    lines, keep = [], True
    for line in head.split(b"\n"):
        if not line.startswith((b" ", b"\t")):
            keep = not line.lower().startswith(name.lower() + b":")
        if keep:
            lines.append(line)
    return b"\n".join(lines) + blank + body


def write(folder: Path, messages: Iterable[tuple[bytes, Entry]]) -> None:
    """Write messages and their manifest into a folder of their own."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with (folder / "manifest.jsonl").open("w") as manifest:
        for number, (raw, entry) in enumerate(messages, 1):
            name = f"{number:05d}.eml"
            (folder / name).write_bytes(raw)
            manifest.write(json.dumps({"file": name, "bytes": len(raw), **entry}) + "\n")


def write_corpus(count: int, seed: int, folder: Path) -> dict[str, Any]:
    """Write both parts; returns what is in them."""
    random.seed(seed)  # email.generator draws its boundaries from the global generator
    mails = realistic(count, seed)
    write(folder / "main", mails)
    odd = hostile()
    named = (
        (raw, {"name": n, "marker": f"mk-{n}", "message_id": f"<{n}@hostile.example.net>"})
        for n, raw in odd.items()
    )
    write(folder / "hostile", named)
    entries = [entry for _, entry in mails]
    threads = Counter(entry["thread"] for entry in entries)
    return {
        "messages": len(mails),
        "MiB": round(sum(len(raw) for raw, _ in mails) / 2**20, 1),
        "with_attachments": sum(bool(entry["attachments"]) for entry in entries),
        "replies": sum(bool(entry["reply_via"]) for entry in entries),
        "auto": sum(bool(entry["auto"]) for entry in entries),
        "threads": len(threads),
        "longest_thread": max(threads.values()),
        "not_utf8": sum(entry["charset"] != "utf-8" for entry in entries),
        "twins": sum("twin_copy" in entry for entry in entries),
        "hostile": len(odd),
    }


def main() -> None:
    """Write what the command line asks for."""
    asked = argparse.ArgumentParser(description="Write the mail corpus.")
    asked.add_argument("--count", type=int, default=1000)
    asked.add_argument("--seed", type=int, default=7)
    given = asked.parse_args()
    print(json.dumps(write_corpus(given.count, given.seed, E.CORPUS), indent=1))


if __name__ == "__main__":
    main()
