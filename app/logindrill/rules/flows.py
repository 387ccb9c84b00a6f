"""The flows a preset may offer; one that it lacks is answered `not_offered`."""

from enum import StrEnum


class Flow(StrEnum):
    """A flow that not every preset has."""

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
