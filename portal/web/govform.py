"""The base of every form, the list of what is wrong with it, and their place in the templates."""

from typing import Any, ClassVar

from flask import Flask, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader
from markupsafe import Markup
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms import Field, FileField, Form, MultipleFileField

from portal.marking import marked
from portal.web.dates import GovDateField
from portal.wording import say, worded

EXPIRED = marked(
    "This page was open for a long time. What you wrote is still here. Press the button again. "
    "If this message comes back, let this site use cookies."
)
_SUBMIT = ("POST", "PUT", "PATCH", "DELETE")


class GovForm(FlaskForm):  # type: ignore[misc, unused-ignore]
    """A form that takes words only as words and files only as files.

    Templates write `<form method="post" novalidate>` and `{{ form.csrf_token }}`.

    `page_order` names the fields that stand first on the page where the class has them later: what
    is wrong is listed as it is found going down the page.
    """

    page_order: ClassVar[tuple[str, ...]] = ()

    class Meta(FlaskForm.Meta):  # type: ignore[misc, unused-ignore]
        """How posts are read, and how the token is written."""

        def render_field(self, field: Field, render_kw: dict[str, Any]) -> Any:
            """Return a field's HTML. The token has no id: a page may hold several forms."""
            if field.short_name == "csrf_token":
                # As its widget writes it, without the widget: every form has one.
                token: Any = field
                line = Markup('<input name="{}" type="hidden" value="{}">')
                return line.format(token.name, token._value())
            return super().render_field(field, render_kw)

        def wrap_formdata(self, form: Form, formdata: Any) -> Any:
            """Return the posted values, each under a name of its own kind.

            Args:
                form: the form that will read them.
                formdata: values given by the caller; None or FlaskForm's mark means the request's.

            Returns:
                Values to read, or None when nothing was posted.
            """
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            if request.method not in _SUBMIT:
                return None
            # Never JSON, which FlaskForm would read: its values can be of any type.
            return CombinedMultiDict([_files_for(form), _clean(request.form)])

    @property
    def token_expired(self) -> bool:
        """Whether the form's token was missing or out of date: nothing may be kept then."""
        return bool("csrf_token" in self and self["csrf_token"].errors)


def error_summary(*forms: Form | None) -> dict[str, Any] | None:
    """Return what the error summary says about one or more forms.

    Args:
        forms: the forms of a page; None is passed over.

    Returns:
        Parameters of the govukErrorSummary macro, or None when nothing is wrong. Each message is
        that of its field, and each link lands on something that can take focus.
    """
    errors = [error for form in forms if form is not None for error in _errors_of(form)]
    return {"titleText": say("There is a problem"), "errorList": errors} if errors else None


def init_forms(app: Flask) -> None:
    """Let templates find the GOV.UK macros, `error_summary` and `csrf_token`.

    Args:
        app: the application.
    """
    packages = ("govuk_frontend_jinja", "govuk_frontend_wtf")
    macros = PrefixLoader({name: PackageLoader(name) for name in packages})
    own = [app.jinja_loader] if app.jinja_loader is not None else []
    app.jinja_loader = ChoiceLoader([*own, macros])
    app.jinja_env.globals["error_summary"] = error_summary
    app.jinja_env.globals.setdefault("csrf_token", generate_csrf)


def _errors_of(form: Form) -> list[dict[str, str]]:
    errors = [{"text": worded(text)} for text in form.form_errors]
    order = getattr(form, "page_order", ())
    first = [form[name] for name in order if name in form]
    for field in [*first, *(field for field in form if field.name not in order)]:
        if not field.errors:
            continue
        if field.name == "csrf_token":
            errors.append({"text": worded(EXPIRED)})
        elif isinstance(field, GovDateField):
            part = field.wrong_parts[0] if field.wrong_parts else "day"
            errors.append({"text": worded(field.errors[0]), "href": f"#{field.id}-{part}"})
        else:
            errors.append({"text": worded(field.errors[0]), "href": f"#{field.id}"})
    return errors


def _files_for(form: Form) -> MultiDict[str, Any]:
    """Only names that are file boxes: a file under any other name would break its validators."""
    names = {field.name for field in form if isinstance(field, FileField | MultipleFileField)}
    return MultiDict(
        (name, file) for name, file in request.files.items(multi=True) if name in names
    )


def _clean(form: MultiDict[str, str]) -> MultiDict[str, str]:
    """Line breaks as one character, as they are counted; no NUL, which PostgreSQL refuses."""
    return MultiDict(
        (name, value.replace("\x00", "").replace("\r\n", "\n"))
        for name, value in form.items(multi=True)
    )
