"""The application for `flask` and gunicorn."""

import sys

from portal.app import create_app
from portal.council import CouncilFileError
from portal.settings import SettingsError

try:
    app = create_app()
except (SettingsError, CouncilFileError) as error:
    # A sentence for whoever runs the portal, not a trace. Printed here, because a server that
    # imports this file would swallow the text of the exit.
    print(error, file=sys.stderr)
    sys.exit(1)
