"""`flask work`: the background process; `--once`: one round of it."""

import json
import signal
import threading
from types import FrameType

import click
import structlog
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from portal.commands.background import Answer, Item, Round, Suggest, run_round
from portal.commands.similar import SimilarCases
from portal.db import db
from portal.triage import bundles, publication_drafts
from portal.triage.redaction import Redactor
from portal.work import council, settings

log = structlog.get_logger()
SECONDS_BETWEEN_ROUNDS = 2.0
LONGEST_WAIT = 60.0
ROUNDS_BETWEEN_LOADS = 30
ROUNDS_BETWEEN_SWEEPS = 1800


@click.command("work")
@click.option("--once", is_flag=True, help="One round, then a JSON line of what was done.")
@with_appcontext
def command(once: bool) -> None:
    """Suggest, send letters, keep examples, seal the audit trail, sweep what has ended."""
    if once:
        _once()
    else:
        _loop()


def _load() -> Suggest | None:
    """Load the classifier: a missing or broken model is one line in the log and delays nothing."""
    try:
        # Imported here: this process alone pays for the model, and only when it works.
        from classifier.suggest import Suggester
        from classifier.suggestion import SuggestItem

        suggester = Suggester.load()
    except Exception as failure:
        log.error("classifier_missing", kind=type(failure).__name__)
        return None

    def suggest(item: Item) -> Answer:
        return suggester.suggest(SuggestItem.from_json(item)).as_json()

    return suggest


def _load_redactor() -> Redactor | None:
    """Load what redacts training examples; without it they wait, and nothing else does."""
    try:
        from classifier.redacting.redactor import Redactor as RulesAndLists

        loaded = RulesAndLists.load()
    except Exception as failure:
        log.error("redactor_missing", kind=type(failure).__name__)
        return None
    if not loaded.uses_model:
        log.info("redactor_without_model")
    return loaded


def _load_similar() -> SimilarCases | None:
    """The search for similar cases, or None where the encoder is missing."""
    try:
        from classifier import nearest

        index = nearest.Nearest()
        # Asked now: a missing encoder is found here and not in every round.
        log.debug("similar_cases", encoder=index.encoder)
    except Exception as failure:
        log.error("encoder_missing", kind=type(failure).__name__)
        return None
    return SimilarCases(index, nearest.fingerprint_of)


class Thinking:
    """The classifier as this process holds it: nothing where suggestions are switched off, and
    always the model that is promoted now."""

    def __init__(self) -> None:
        """Load it, where suggestions are on."""
        self.suggest: Suggest | None = None
        self.similar: SimilarCases | None = None
        self.redactor: Redactor | None = None
        self._redactor_missing = False
        self._in_use: object = None
        if settings().suggestions:
            self._begin()
        self._begin_redacting()

    def look_again(self, rounds: int) -> None:
        """Load what was missing, now and then, and a model that was promoted or rolled back since.

        Args:
            rounds: how many rounds were done.
        """
        if rounds % ROUNDS_BETWEEN_LOADS == 0 or not self._redactor_missing:
            self._begin_redacting()
        if not settings().suggestions:
            return
        missing = self.suggest is None and rounds % ROUNDS_BETWEEN_LOADS == 0
        if missing or _model_in_use() != self._in_use:
            self._begin()

    def _begin(self) -> None:
        # Noted before loading: what is promoted while it loads is loaded in the next round.
        self._in_use = _model_in_use()
        self.suggest = _load() or self.suggest
        self.similar = self.similar or _load_similar()

    def _begin_redacting(self) -> None:
        # Only where something is redacted: its lists and its model take room.
        if self.redactor is None and (council().learning or _text_waits()):
            self.redactor = _load_redactor()
            # What is missing is looked for again now and then, not in every round.
            self._redactor_missing = self.redactor is None


def _text_waits() -> bool:
    """Whether an officer waits for a redacted text; no, where the database cannot be asked."""
    try:
        session = db.session()
        return publication_drafts.waits(session) or bundles.waits_for_names(session)
    except DBAPIError:
        return False
    finally:
        db.session.rollback()


def _model_in_use() -> object:
    """What changes when another model is promoted; None where that cannot be told."""
    try:
        from classifier import folders

        return folders.in_use()
    except Exception:
        return None


def _once() -> None:
    thinking = Thinking()
    try:
        result = run_round(thinking.suggest, thinking.similar, thinking.redactor)
    except DBAPIError:
        raise click.ClickException(
            "The database cannot be used right now. Is it running, and has `flask db upgrade` "
            "been run? Nothing was lost; run this again afterwards."
        ) from None
    click.echo(json.dumps(result.done))
    for sentence in result.troubles:
        click.echo(sentence, err=True)


def _loop() -> None:
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, on_signal)
    signal.signal(signal.SIGINT, on_signal)
    thinking, rounds, wait = Thinking(), 0, SECONDS_BETWEEN_ROUNDS
    while not stop.is_set():
        rounds += 1
        thinking.look_again(rounds)
        wait = _round(thinking, wait, sweep=rounds % ROUNDS_BETWEEN_SWEEPS == 1)
        stop.wait(wait)


def _round(thinking: Thinking, wait: float, *, sweep: bool) -> float:
    """One round in an application context of its own.

    Returns:
        Seconds until the next: longer and longer while the database is away.
    """
    # A fresh context each time, so that no session outlives its round.
    with current_app._get_current_object().app_context():  # type: ignore[attr-defined]
        try:
            result: Round = run_round(
                thinking.suggest, thinking.similar, thinking.redactor, sweep=sweep
            )
        except DBAPIError as failure:
            db.session.rollback()
            log.error("database_away", kind=type(failure).__name__)
            return min(wait * 2, LONGEST_WAIT)
    if any(result.done.values()):
        log.info("round", **{name: count for name, count in result.done.items() if count})
    return SECONDS_BETWEEN_ROUNDS
