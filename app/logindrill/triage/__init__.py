"""From what a ticket holds to the catalogued failures that fit it, and to what to ask next. Pure: no sandbox is
needed.

What a failure looks like is read from its scenario; only what no scenario can say stands in a table by reason.
"""
