"""What people outside read, in the language and the voice of the page that they are on.

English stands in the code. `say` is for a sentence that is said here and now; `worded` for one
that was `marked` elsewhere. Outside a page and for staff both leave the English as it is. Letters
are in their reader's language, whatever page they are written on: `words_of`, `day_in`.
"""

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from babel.support import NullTranslations
from flask import Flask, current_app, has_request_context, request
from flask_babel import Babel, Domain, gettext, ngettext

from portal.catalogues import ENGLISH, Catalogues, locale_of
from portal.clock import in_london

COOKIE = "heard_language"
# Whose pages are English in every council.
STAFF = (
    "/officers", "/administration", "/audit", "/status",
    "/advocates/organisation",
)  # fmt: skip
# Whose pages speak plainly, unless a page knows that it speaks to a grown-up.
YOUNG = ("/young-people", "/track")
EXTENSION = "heard_catalogues"
_VOICE = "heard.plain"
DAYS_KEPT = 4_000


class _Voices(Domain):  # type: ignore[misc, unused-ignore]
    """Flask-Babel's domain, with the catalogue of the page's language and voice."""

    def get_translations(self) -> object:
        """Return the catalogue that holds now."""
        return _spoken()


class _Babel(Babel):  # type: ignore[misc, unused-ignore]
    domain_instance = _Voices()


def init_wording(app: Flask, catalogues: Catalogues) -> None:
    """Give the application its words.

    Args:
        app: the application.
        catalogues: those of its council.
    """
    app.extensions[EXTENSION] = catalogues
    _Babel(app, locale_selector=lambda: locale_of(language()))
    # Past Flask-Babel, which asks for the application, the page and its own settings each time.
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        gettext=lambda one: _spoken().ugettext(one),
        ngettext=lambda one, many, number: _spoken().ungettext(one, many, number),
        newstyle=True,
    )
    # Sentences in templates may be broken into lines; their message has none.
    app.jinja_env.policies["ext.i18n.trimmed"] = True


def say(sentence: str, **values: object) -> str:
    """Say a sentence in the page's language and voice.

    Args:
        sentence: English, one literal, with `%(name)s` where a value stands.
        values: what is put into it.
    """
    said: str = gettext(sentence, **values)
    return said


def say_number(one: str, many: str, number: int) -> str:
    """Say how many.

    Args:
        one, many: English for one and for more, with `%(num)s` for the number.
        number: how many.
    """
    said: str = ngettext(one, many, number)
    return said


def worded(sentence: str | None) -> str:
    """Say a sentence that was marked elsewhere. What is not in a catalogue stays as it is.

    Args:
        sentence: the English, or nothing.
    """
    return say(str(sentence)) if sentence else ""


def languages() -> tuple[str, ...]:
    """The languages of this page, English first: of pages for staff there is one."""
    if not has_request_context() or request.path.startswith(STAFF):
        return (ENGLISH,)
    return _catalogues().languages


def language() -> str:
    """The code of the page's language."""
    offered = languages()
    chosen = request.cookies.get(COOKIE, "") if len(offered) > 1 else ENGLISH
    return chosen if chosen in offered else ENGLISH


def tag() -> str:
    """The page's language as HTML names it. The plain voice is English too: no registered tag says
    how plainly a page speaks."""
    return str(locale_of(language())).replace("_", "-")


def name_of(code: str) -> str:
    """A language's name in itself, by which its speakers find it."""
    return locale_of(code).get_language_name() or code


def speaks_plainly() -> bool:
    """Whether the page speaks in the plain voice."""
    if not has_request_context():
        return False
    return bool(request.environ.get(_VOICE, request.path.startswith(YOUNG)))


def speak(*, plain: bool) -> None:
    """Choose the voice of this page, once it is known whose matter it shows."""
    request.environ[_VOICE] = plain


def day_in_words(day: date) -> str:
    """A day as people say it: "Friday 8 January 2027"."""
    return day_in(day, language())


def day_in(day: date, code: str) -> str:
    """The same in a language, whatever page there is, or none."""
    return _formatted(day, "EEEE d MMMM y" if code == ENGLISH else "full", code)


def words_of(code: str, *, plain: bool) -> NullTranslations:
    """The catalogue of a language and voice, for what is said on no page.

    Args:
        code: one of the languages that the council offers.
        plain: the plain voice.
    """
    return _catalogues().words(code, plain=plain)


def long_date(day: date) -> str:
    """A day without its weekday: "8 January 2027"."""
    return _formatted(day, "long", language())


@lru_cache(maxsize=DAYS_KEPT)
def _formatted(day: date, pattern: str, code: str) -> str:
    # A list says the same few days again and again.
    return format_date(day, pattern, locale_of(code))


def moment(at: datetime) -> str:
    """A moment as people say it: "Monday 23 November 2026 at 9:05am"."""
    local = in_london(at)
    hour = local.hour % 12 or 12
    time = f"{hour}:{local:%M}{'am' if local.hour < 12 else 'pm'}"
    if language() != ENGLISH:
        time = f"{local:%H:%M}"
    return say("%(day)s at %(time)s", day=day_in_words(local.date()), time=time)


def _spoken() -> NullTranslations:
    return _catalogues().words(language(), plain=speaks_plainly())


def _catalogues() -> Catalogues:
    found: Catalogues = current_app.extensions[EXTENSION]
    return found
