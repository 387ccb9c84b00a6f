"""The inbox pane: every message with its code and link, its place, and changes of its delivery."""

from datetime import timedelta

from flask import Response, request, url_for

from logindrill.console.door import act, pane
from logindrill.console.entries import text
from logindrill.console.filters import unknown_words
from logindrill.console.lanes import lanes
from logindrill.console.page import ConsolePage, Done
from logindrill.rules.decisions import invalid
from logindrill.rules.delivery import Channel, Disposition
from logindrill.services import inbox as service
from logindrill.services import people
from logindrill.services.inbox import MessageCard, MessageFilter
from logindrill.work.unit_of_work import UnitOfWork

_MESSAGES = 30
_CODES = 8
_VIEWS = ("html", "text", "source")
_INERT = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; "
    "frame-ancestors 'self'"
)
"""What somebody else wrote is shown, and does nothing: no script, no form, no call (S61)."""
_FILTERS = {"to": None, "user": None, "channel": list(Channel), "disposition": list(Disposition)}
_HOLDS = {"PT3M": timedelta(minutes=3), "PT1H": timedelta(hours=1), "P1D": timedelta(days=1)}
_DISPOSITIONS = {"spam": Disposition.SPAM, "blocked": Disposition.BLOCKED, "inbox": Disposition.INBOX}
_SAID = {"spam": "Message moved to spam.", "blocked": "Message blocked.", "inbox": "Message delivered."}


@pane("/inbox", "inbox")
def show_inbox(uow: UnitOfWork) -> ConsolePage:
    """The messages, newest first, beside the one that is looked at; without a choice, the newest."""
    wanted, user = _wanted(), request.args.get("user") or None
    before = request.args.get("before") or None
    found = service.page_back(uow, wanted, user=user, before=before, limit=_MESSAGES)
    chosen = (request.view_args or {}).get("message_id") or request.args.get("message")
    shown = service.show(uow, chosen) if chosen else next(iter(found.data), None)
    view = request.args.get("view", "")
    codes = service.codes_of(uow, shown.user_id, _CODES) if shown and shown.user_id and shown.code else ()
    values = {
        "found": found,
        "wanted": wanted,
        "person": None if user is None else people.show(uow, user),
        "shown": shown,
        "addressee": _name(uow, shown),
        "is_chosen": bool(chosen),
        "view": view if view in _VIEWS else "html",
        "lanes": lanes(codes),
        "channels": list(Channel),
        "dispositions": list(Disposition),
        "unknown": unknown_words(_FILTERS),
    }
    return ConsolePage("inbox", "Inbox", values)


@pane("/inbox/<message_id>/body", "inbox")
def show_body(uow: UnitOfWork, message_id: str) -> Response:
    """The HTML of a message as it came, for a frame in which it can do nothing."""
    message = service.show(uow, message_id)
    response = Response(message.html or "", mimetype="text/html")
    response.headers["Content-Security-Policy"] = _INERT
    return response


@act("/inbox/<message_id>/delivery", back=show_inbox)
def redirect_message(uow: UnitOfWork, message_id: str) -> Done:
    """Deliver a message now, hold it back, or put it elsewhere."""
    if (hold := text("hold")) in _HOLDS:
        until = uow.now + _HOLDS[hold]
        service.change(uow, message_id, disposition=Disposition.DELAYED, deliver_at=until)
        return _done(uow, message_id, "Message delayed.")
    if (disposition := text("place")) not in _DISPOSITIONS:
        raise invalid("place", "Choose delivered, delayed, spam or blocked.")
    service.change(
        uow, message_id, disposition=_DISPOSITIONS[disposition], deliver_at=uow.now if disposition == "inbox" else None
    )
    return _done(uow, message_id, _SAID[disposition])


@act("/inbox/<message_id>/delete", back=show_inbox)
def delete_message(uow: UnitOfWork, message_id: str) -> Done:
    """Take a message away; its code or link stays what it is."""
    service.remove(uow, message_id)
    return Done(url_for("console.show_inbox", sandbox_id=uow.sandbox_id), "Message deleted.")


@act("/inbox/delete", back=show_inbox)
def empty_inbox(uow: UnitOfWork) -> Done:
    """Take all messages away."""
    service.remove_all(uow)
    return Done(url_for("console.show_inbox", sandbox_id=uow.sandbox_id), "All messages deleted.")


def _wanted() -> MessageFilter:
    to, channel, disposition = (request.args.get(name) or None for name in ("to", "channel", "disposition"))
    return MessageFilter(
        to=to,
        channel=Channel(channel) if channel in list(Channel) else None,
        disposition=Disposition(disposition) if disposition in list(Disposition) else None,
    )


def _name(uow: UnitOfWork, shown: MessageCard | None) -> str:
    if shown is None or shown.user_id is None:
        return ""
    known = people.names(uow, [shown.user_id])
    return known.get(shown.user_id, "")


def _done(uow: UnitOfWork, message_id: str, said: str) -> Done:
    return Done(url_for("console.show_inbox", sandbox_id=uow.sandbox_id, message=message_id), said)
