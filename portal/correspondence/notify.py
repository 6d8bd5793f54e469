"""GOV.UK Notify as the gateway for texts. The only file that knows its client."""

import logging
from collections.abc import Callable
from typing import Any

from notifications_python_client.errors import HTTPError, InvalidResponse
from notifications_python_client.notifications import NotificationsAPIClient

from portal import settings as deployment
from portal.correspondence.text_gateway import Fate, GatewayDown, TextRefused

SECONDS = 20
# The one placeholder of the template, which holds nothing else.
PLACEHOLDER = "message"
FATES = {
    "delivered": Fate.DELIVERED,
    "permanent-failure": Fate.FAILED,
    "temporary-failure": Fate.FAILED,
    "technical-failure": Fate.LOST,
}


class Notify:
    """The adapter. Errors become codes: what Notify says may repeat what it was given."""

    def __init__(self, settings: deployment.TextGateway) -> None:
        """Make the client; nothing is asked yet."""
        # Its own log lines hold what Notify answered.
        logging.getLogger("notifications_python_client").setLevel(logging.CRITICAL)
        self._client: Any = NotificationsAPIClient(  # type: ignore[no-untyped-call]
            settings.api_key, base_url=settings.url, timeout=SECONDS
        )
        self._template_id = settings.template_id

    def send(self, number: str, words: str, reference: str) -> str:
        """Hand one text over: see `TextGateway`."""
        answer = self._asked(
            lambda: self._client.send_sms_notification(
                phone_number=number,
                template_id=self._template_id,
                personalisation={PLACEHOLDER: words},
                reference=reference,
            )
        )
        return _id_in(answer)

    def find(self, reference: str) -> str | None:
        """A text by our reference: see `TextGateway`."""
        answer = self._asked(
            lambda: self._client.get_all_notifications(template_type="sms", reference=reference)
        )
        found = answer.get("notifications")
        if not isinstance(found, list):
            raise GatewayDown("no_answer")
        return _id_in(found[0]) if found else None

    def fate(self, gateway_id: str) -> Fate:
        """What became of a text: see `TextGateway`."""
        answer = self._asked(lambda: self._client.get_notification_by_id(gateway_id))
        return FATES.get(str(answer.get("status")), Fate.PENDING)

    def _asked(self, ask: Callable[[], Any]) -> dict[str, Any]:
        try:
            answer = ask()
        except HTTPError as error:
            raise _failure(error) from None
        except InvalidResponse:
            raise GatewayDown("no_answer") from None
        if not isinstance(answer, dict):
            raise GatewayDown("no_answer")
        return answer


def _id_in(answer: Any) -> str:
    found = answer.get("id") if isinstance(answer, dict) else None
    if not isinstance(found, str) or not found:
        raise GatewayDown("no_answer")
    return found


def _failure(error: HTTPError) -> GatewayDown | TextRefused:
    status = error.status_code
    if error.response is None:
        return GatewayDown("unreachable")
    # 401 and 403 are our key, 404 a wrong address, 429 too many at once: no text is to blame.
    if status >= 500 or status in (401, 403, 404, 408, 429):
        return GatewayDown(f"gateway_{status}")
    said = str(error.message)
    if "phone_number" in said:
        return TextRefused(f"number_{status}", number_wrong=True)
    if "template" in said.lower() or "personalisation" in said.lower():
        return GatewayDown(f"template_{status}")
    return TextRefused(f"gateway_{status}", number_wrong=False)
