"""How fast the search is, beside bare full-text SQL on the same words in clear.

`python -m bench.find --cases 250000` fills a PostgreSQL of its own with the demo's rows (with
`--sqlite` a file), indexes them as `flask work` does, and makes beside them a table of the stories
in clear with the database's own full-text index. Each round asks both the same questions in turn:
bare, one page by rank and a count; ours, the page as officers get it, with what they may see,
opened and marked. What must hold is the ratio.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select, text

from bench.annual_report import app_on, fill
from portal import clock
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import near_texts
from portal.commands import finding
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.triage.find import results, searching, stems
from portal.triage.find.filters import Filters
from tests.services.postgres import postgres

PAGE, QUESTIONS = 25, 20
OFFICER = Person(0, frozenset({Role.OFFICER}))
BARE = {
    "postgresql": (
        "CREATE TABLE bare (id integer PRIMARY KEY, story text, words tsvector)",
        "INSERT INTO bare VALUES (:id, :story, to_tsvector('english', :story))",
        "CREATE INDEX ON bare USING gin (words)",
        "SELECT id, story FROM bare, plainto_tsquery('english', :asked) AS q WHERE words @@ q"
        " ORDER BY ts_rank(words, q) DESC LIMIT 25",
        "SELECT count(*) FROM bare WHERE words @@ plainto_tsquery('english', :asked)",
    ),
    "sqlite": (
        "CREATE VIRTUAL TABLE bare USING fts5(story, tokenize='porter')",
        "INSERT INTO bare(rowid, story) VALUES (:id, :story)",
        "SELECT 1",
        "SELECT rowid, story FROM bare WHERE bare MATCH :asked ORDER BY rank LIMIT 25",
        "SELECT count(*) FROM bare WHERE bare MATCH :asked",
    ),
}


def main() -> None:
    """Fill, index, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--sqlite", action="store_true")
    given = parser.parse_args()
    if given.sqlite:
        with TemporaryDirectory() as folder:
            run(f"sqlite:///{Path(folder) / 'bench.db'}", given.cases, given.rounds)
        return
    with postgres() as server:
        run(server.fresh_database(), given.cases, given.rounds)


def run(url: str, cases: int, rounds: int) -> None:
    """One database."""
    fill(url, cases)
    with TemporaryDirectory() as folder, app_on(url, folder).app_context():
        began = time.perf_counter()
        while finding.index():
            pass
        print(json.dumps({"cases": cases, "indexed_in_s": round(time.perf_counter() - began, 1)}))
        count, page = put_in_clear()
        questions = asked_of()
        for _ in range(rounds):
            print(json.dumps(one_round(count, page, questions)))
        db.session.remove()
        db.engine.dispose()


def put_in_clear() -> tuple[str, str]:
    """The stories as bare full-text SQL has them; its two questions."""
    make, put, index, page, count = BARE[db.engine.dialect.name]
    db.session.execute(text(make))
    for key, story in db.session.execute(select(Feedback.id, Feedback.story)).all():
        db.session.execute(text(put), {"id": key, "story": story})
    db.session.execute(text(index))
    db.session.commit()
    if db.engine.dialect.name == "postgresql":
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
    return count, page


def asked_of() -> list[str]:
    """Two words of a story each, from rare to common."""
    chance = random.Random(7)
    keys = list(db.session.scalars(select(Feedback.id)))
    found = []
    while len(found) < QUESTIONS:
        story = db.session.get_one(Feedback, chance.choice(keys)).story
        words = [one for one in stems.plain_words(story) if stems.tell(one) and one.isalpha()]
        if len(words) > 2:
            found.append(" ".join(chance.sample(words, 2)))
    return found


def one_round(count: str, page: str, questions: list[str]) -> dict[str, object]:
    """Every question, bare and ours in turn; and what reads almost like a story."""
    bare, ours, near = [], [], []
    for asked in questions:
        bare.append(timed(lambda a=asked: bare_answer(count, page, a)))  # type: ignore[misc]
        ours.append(timed(lambda a=asked: our_answer(a)))  # type: ignore[misc]
    visible = permission.visible(OFFICER, Act.READ, clock.today(), clock.now())
    for feedback in db.session.scalars(select(Feedback).limit(QUESTIONS)).all():
        near.append(timed(lambda f=feedback: near_texts.alike(db.session(), f, visible)))  # type: ignore[misc]
    middle = {
        name: round(statistics.median(times) * 1000, 2)
        for name, times in (("bare_ms", bare), ("ours_ms", ours), ("near_text_ms", near))
    }
    longest = {
        "bare_most_ms": round(max(bare) * 1000, 1),
        "ours_most_ms": round(max(ours) * 1000, 1),
    }
    ratio = round(middle["ours_ms"] / middle["bare_ms"], 2)
    return {**middle, **longest, "ratio": ratio, "load": os.getloadavg()[0]}


def bare_answer(count: str, page: str, asked: str) -> None:
    """A page and a count."""
    db.session.execute(text(page), {"asked": asked}).all()
    db.session.scalar(text(count), {"asked": asked})


def our_answer(asked: str) -> None:
    """The page as an officer gets it."""
    visible = permission.visible(OFFICER, Act.READ, clock.today(), clock.now())
    words = searching.read_words(asked)
    results.page(db.session(), words, Filters(), visible, clock.today())


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes, from a session that has nothing open."""
    db.session.rollback()
    db.session.expunge_all()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
