"""The pages. `init_pages` puts them on the application; nothing here is imported by the domain."""

import importlib
from importlib.util import find_spec

from flask import Flask
from flask_wtf import CSRFProtect

# Each names a module with a `pages` blueprint.
BLUEPRINTS = (
    "portal.web.public.pages",
    "portal.web.public.equality_pages",
    "portal.web.language_pages",
    "portal.web.young.pages",
    "portal.web.tracking.pages",
    "portal.web.tracking.asking",
    "portal.web.tracking.reaching_pages",
    "portal.web.tracking.link_pages",
    "portal.web.tracking.saving_pages",
    "portal.web.tracking.allowing",
    "portal.web.supporter.pages",
    "portal.web.sign_in.pages",
    "portal.web.account.pages",
    "portal.web.investigator.pages",
    "portal.web.advocate.pages",
    "portal.web.advocate.organisation_pages",
    "portal.web.advocate.referral_pages",
    "portal.web.officer.pages",
    "portal.web.administration.pages",
    "portal.web.audit.pages",
    "portal.web.information.pages",
    "portal.web.reports.pages",
    "portal.web.status",
)
csrf = CSRFProtect()


def init_pages(app: Flask) -> None:
    """Register every page, its access rule, the error pages, headers and static files."""
    from portal.web.access import init_access
    from portal.web.errors import init_errors
    from portal.web.layout import init_layout

    csrf.init_app(app)
    init_access(app)
    init_errors(app)
    init_layout(app)
    for name in BLUEPRINTS:
        try:
            if find_spec(name) is None:
                continue
        except ModuleNotFoundError:
            continue
        app.register_blueprint(importlib.import_module(name).pages)
