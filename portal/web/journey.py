"""A journey: questions in a list, from which order, progress and check-your-answers follow."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal.marking import marked
from portal.records.feedback import Door
from portal.web.question_form import QuestionForm, Row

Answers = Mapping[str, Mapping[str, Any]]


def always(_said: Mapping[str, Any]) -> bool:
    """Ask everyone."""
    return True


@dataclass(frozen=True)
class Question:
    """One page: its address, its form, its heading, and whom it is for.

    `when` is asked with all answers given so far as one flat mapping of field names.
    """

    key: str
    form: type[QuestionForm]
    title: str
    when: Callable[[Mapping[str, Any]], bool] = always
    template: str = "public/question.html"
    hint: str = ""
    # Asked beside the Send button of "check your answers", and on no page of its own.
    on_check: bool = False
    # Whether skipping it takes back what was answered before: its page says what skipping means.
    skip_forgets: bool = False
    # Whether its page has a recorder for voice notes.
    records: bool = False


@dataclass(frozen=True)
class CheckedRow:
    """One line of "check your answers" and the page where it can be changed."""

    row: Row
    change: str


@dataclass(frozen=True)
class Journey:
    """The questions of one door. `pages` is the name of its blueprint."""

    door: Door
    pages: str
    # The endpoint of the page before the first question.
    start: str
    questions: tuple[Question, ...]
    # The folder of its addresses, and that of its own start, check and sent pages.
    folder: str
    templates: str
    layout: str
    # The words of the buttons, and whether each page can be skipped by a button.
    onward: str = marked("Continue")
    send_label: str = marked("Send")
    forget_label: str = marked("Delete my answers and start again")
    skips: bool = False
    # Whether it can be saved to come back to within 30 days.
    saves: bool = False

    def find(self, key: str) -> Question | None:
        """The question of an address; what is asked beside the Send button has none."""
        found = (question for question in self.questions if question.key == key)
        return next((question for question in found if not question.on_check), None)

    def asked(self, answers: Answers) -> list[Question]:
        """The questions that are for this person, as far as is known by now."""
        said = flat(answers)
        return [question for question in self.questions if question.when(said)]

    def steps(self, answers: Answers) -> list[Question]:
        """The questions that have a page of their own for this person."""
        return [question for question in self.asked(answers) if not question.on_check]

    def on_check(self, answers: Answers) -> Question | None:
        """What is asked beside the Send button, if anything."""
        return next((question for question in self.asked(answers) if question.on_check), None)

    def place(self, question: Question, answers: Answers) -> tuple[int, int]:
        """Which question of how many this is."""
        keys = [step.key for step in self.steps(answers)]
        return (keys.index(question.key) + 1 if question.key in keys else len(keys)), len(keys)

    def url(self, page: str, **values: Any) -> str:
        """The address of one of the journey's pages."""
        return url_for(f"{self.pages}.{page}", **values)

    def url_of(self, question: Question, *, change: bool = False) -> str:
        """The address of a question; `change` comes back to "check your answers" afterwards."""
        return self.url("question", key=question.key, **({"change": 1} if change else {}))

    def url_after(self, question: Question, answers: Answers) -> str:
        """Where "Continue" leads."""
        asked = self.steps(answers)
        later = self.questions[self.questions.index(question) + 1 :]
        following = next((other for other in later if other in asked), None)
        return self.url_of(following) if following is not None else self.url("check")

    def url_before(self, question: Question | None, answers: Answers) -> str:
        """Where "Back" leads; from None, the page after the last question."""
        asked = self.steps(answers)
        end = self.questions.index(question) if question is not None else len(self.questions)
        earlier = [other for other in self.questions[:end] if other in asked]
        return self.url_of(earlier[-1]) if earlier else url_for(self.start)

    def can_skip(self, question: Question) -> bool:
        """Whether the page has a button that goes on without an answer."""
        return self.skips and not question.form.NEEDED

    def first_missing(self, answers: Answers, *, has_files: bool) -> Question | None:
        """The first question without which this cannot be sent.

        Args:
            answers: what was given.
            has_files: a photo or a document stands for the words: a child may have drawn them.
        """
        said = flat(answers)
        return next((q for q in self.asked(answers) if lacks(q, said, has_files=has_files)), None)

    def rows(self, answers: Answers) -> list[CheckedRow]:
        """The lines of "check your answers"."""
        return [
            CheckedRow(row, self.url_of(question, change=True))
            for question in self.steps(answers)
            for row in question.form(formdata=None, data=answers.get(question.key)).rows()
        ]


def lacks(question: Question, said: Mapping[str, Any], *, has_files: bool) -> bool:
    """Whether a question still needs its answer; files stand for the story."""
    needed = question.form.NEEDED
    if not needed or (has_files and "story" in needed):
        return False
    return not any(str(said.get(name) or "").strip() for name in needed)


def flat(answers: Answers) -> dict[str, Any]:
    """All answers as one mapping of field names."""
    return {name: value for answer in answers.values() for name, value in answer.items()}
