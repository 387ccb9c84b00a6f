"""Support: what people who cannot sign in report, next to what really happened (A36-A40, C16)."""

from logindrill.services.support.recorded import Change, Recorded
from logindrill.services.support.reports import SupportReport, show_report
from logindrill.services.support.requests import RequestCard, RequestEntry, Sender, Sent, page, send, show

__all__ = [
    "Change",
    "Recorded",
    "RequestCard",
    "RequestEntry",
    "Sender",
    "Sent",
    "SupportReport",
    "page",
    "send",
    "show",
    "show_report",
]
