"""Measure the intake beside the floor and a peer, in rounds, all in one run.

python -m bench.mail [--rounds 3] [--db sqlite,pg] [--tls] [--peer PYTHON]
"""

from __future__ import annotations

import argparse

from bench.mail import floor, intake_heard, report, servers
from bench.mail import perfenv as E
from bench.mail.gen_mail import write_corpus
from bench.mail.intake_peer import Peer

MESSAGES, SEED = 1000, 7


def main() -> None:
    """Measure as the command line asks, then print the tables."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--rounds", type=int, default=3)
    asked.add_argument("--db", default="sqlite,pg")
    asked.add_argument("--tls", action="store_true")
    asked.add_argument("--peer", help="an interpreter that has django-helpdesk")
    given = asked.parse_args()
    kinds = given.db.split(",")
    if not (E.CORPUS / "main" / "manifest.jsonl").exists():
        print(write_corpus(MESSAGES, SEED, E.CORPUS))
    with servers.running():
        for number in range(1, given.rounds + 1):
            report.RUN["round"] = number
            for kind in kinds:
                floor.run(f"{kind}+moveN", given.tls)
                intake_heard.throughput(kind, given.tls)
                if given.peer:
                    Peer(given.peer).throughput(kind, given.tls)
        for kind in kinds:
            intake_heard.hostile(kind)
    report.show()


if __name__ == "__main__":
    main()
