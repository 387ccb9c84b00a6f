"""Support: what people who cannot sign in report, next to what really happened (A36-A40, C16)."""

from logindrill.services.support.recorded import Recorded
from logindrill.services.support.reports import SupportReport, show_report
from logindrill.services.support.requests import RequestEntry, Sender, Sent, SupportRequestCard, page, send, show

__all__ = [
    "Recorded",
    "RequestEntry",
    "Sender",
    "Sent",
    "SupportReport",
    "SupportRequestCard",
    "page",
    "send",
    "show",
    "show_report",
]
