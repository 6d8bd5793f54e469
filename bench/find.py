"""How fast the search is, beside bare full-text SQL on the same words in clear.

`python -m bench.find --cases 250000` fills a PostgreSQL of its own with the demo's rows,
indexes them as `flask work` does, and makes beside them a table of the stories
in clear with the database's own full-text index. Each round asks both the same questions in turn:
bare, one page by rank and a count; ours, the page as officers get it, with what they may see,
opened and marked. What must hold is the ratio. Asked for are two words of one story, and a word
that is common, as the shared harness asks its peer.
"""

import argparse
import json
import os
import random
import statistics
import time
from collections import Counter
from collections.abc import Callable
from tempfile import TemporaryDirectory

from sqlalchemy import select, text

from bench.annual_report import app_on, fill
from bench.desk_floor import FOUND
from portal import clock
from portal.access import permission
from portal.access.acts import Act
from portal.access.person import Person
from portal.cases import linking
from portal.commands import finding
from portal.db import db
from portal.records.account import Role
from portal.records.feedback import Feedback
from portal.triage.find import results, searching, stems
from portal.triage.find.filters import Filters
from tests.services.postgres import postgres

QUESTIONS = 20
# A word in this share of so many stories is common.
COMMON, SAMPLED = 0.05, 2_000
# As the shared harness gives its peer's database.
MEMORY = "512MB"
OFFICER = Person(0, frozenset({Role.OFFICER}))
MAKE = "CREATE TABLE bare (id integer PRIMARY KEY, story text, words tsvector)"
PUT = "INSERT INTO bare VALUES (:id, :story, to_tsvector('english', :story))"
INDEX = "CREATE INDEX ON bare USING gin (words)"
NOTED_AGAIN = (
    "DELETE FROM find_change AS one USING find_change AS later"
    " WHERE one.feedback_id = later.feedback_id AND one.id < later.id"
)


def main() -> None:
    """Fill, index, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    with postgres(MEMORY) as server:
        run(server.fresh_database(), given.cases, given.rounds)


def run(url: str, cases: int, rounds: int) -> None:
    """One database."""
    fill(url, cases)
    with TemporaryDirectory() as folder, app_on(url, folder).app_context():
        began = time.perf_counter()
        index_all()
        print(json.dumps({"cases": cases, "indexed_in_s": round(time.perf_counter() - began, 1)}))
        put_in_clear()
        kinds = {"two words of a story": asked_of(), "a common word": common_words()}
        for _ in range(rounds):
            for kind, questions in kinds.items():
                print(json.dumps({"asked": kind, **one_round(questions)}))
        db.session.remove()
        db.engine.dispose()


def index_all() -> None:
    """Index everything, each matter once. Filled all at once, a matter is noted by each of its
    rows long before the first is read; where `flask work` runs, that happens one by one."""
    db.session.execute(text(NOTED_AGAIN))
    db.session.commit()
    while finding.index():
        pass


def put_in_clear() -> None:
    """The stories as bare full-text SQL has them."""
    db.session.execute(text(MAKE))
    for key, story in db.session.execute(select(Feedback.id, Feedback.story)).all():
        db.session.execute(text(PUT), {"id": key, "story": story})
    db.session.execute(text(INDEX))
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE"))


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


def common_words() -> list[str]:
    """Words that many have written: the newest thousand with one of them are ranked, and bare SQL
    ranks all."""
    chance = random.Random(11)
    keys = list(db.session.scalars(select(Feedback.id)))
    some = chance.sample(keys, min(SAMPLED, len(keys)))
    written: Counter[str] = Counter()
    for key in some:
        written.update(set(stems.plain_words(db.session.get_one(Feedback, key).story)))
    least = COMMON * len(some)
    words = [word for word, many in written.most_common() if many >= least and word.isalpha()]
    # Bare SQL knows more words that tell nothing than we do, and would find nothing for them.
    tell = text("SELECT numnode(plainto_tsquery('english', :word)) > 0")
    often = [word for word in words if stems.tell(word) and db.session.scalar(tell, {"word": word})]
    return chance.sample(often, min(QUESTIONS, len(often)))


def one_round(questions: list[str]) -> dict[str, object]:
    """Every question, bare and ours in turn; and what is near a matter."""
    bare, ours, near = [], [], []
    for asked in questions:
        bare.append(timed(lambda a=asked: bare_answer(a)))  # type: ignore[misc]
        ours.append(timed(lambda a=asked: our_answer(a)))  # type: ignore[misc]
    for key in db.session.scalars(select(Feedback.id).limit(QUESTIONS)).all():
        near.append(timed(lambda k=key: seen_before(k)))  # type: ignore[misc]
    middle = {
        name: round(statistics.median(times) * 1000, 2)
        for name, times in (("bare_ms", bare), ("ours_ms", ours), ("seen_before_ms", near))
    }
    longest = {
        "bare_most_ms": round(max(bare) * 1000, 1),
        "ours_most_ms": round(max(ours) * 1000, 1),
    }
    ratio = round(middle["ours_ms"] / middle["bare_ms"], 2)
    return {**middle, **longest, "ratio": ratio, "load": os.getloadavg()[0]}


def bare_answer(asked: str) -> None:
    """A page and a count."""
    connection = db.session.connection()
    for one in FOUND:
        connection.exec_driver_sql(one, {"asked": asked}).all()


def our_answer(asked: str) -> None:
    """The page as an officer gets it."""
    visible = permission.visible(OFFICER, Act.READ, clock.today(), clock.now())
    words = searching.read_words(asked)
    results.page(db.session(), words, Filters(), visible, clock.today())


def seen_before(key: int) -> None:
    """What is near one matter."""
    visible = permission.visible(OFFICER, Act.READ, clock.today(), clock.now())
    linking.near_matches(db.session(), db.session.get_one(Feedback, key), visible)


def timed(act: Callable[[], object]) -> float:
    """Seconds that something takes, from a session that has nothing open."""
    db.session.rollback()
    db.session.expunge_all()
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
