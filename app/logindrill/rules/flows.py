"""The flows that a preset may offer; a missing one is answered with `not_offered`."""

from enum import StrEnum


class Flow(StrEnum):
    """A flow that not every preset offers."""

    CONFIRMATION_CODES = "confirmation_codes"
    PUBLICATIONS = "publications"
    TEMPORARY_PASSWORDS = "temporary_passwords"
    USERNAMES = "usernames"
    SECONDARY_ADDRESSES = "secondary_addresses"
    MERGERS = "mergers"
    EMAIL_RELEASES = "email_releases"
    ACCESS_REVOCATIONS = "access_revocations"
    MEMBERSHIPS = "memberships"
    CAPABILITIES = "capabilities"
