"""The section of the settings of introduction requests."""

from pydantic import BaseModel, Field, SecretStr, field_validator

from graph.requests.states import DEFAULT_RULES, RequestRules

MIN_KEY_LENGTH = 32
"""Minimum length of the secret from which the signing secrets of webhooks are derived."""


class RequestSettings(BaseModel):
    """Introduction requests."""

    expiry_days: int = Field(
        default=DEFAULT_RULES.expiry_days,
        ge=1,
        le=90,
        description="Days after which an introduction request expires if its introducer does not answer, or if nothing "
        "follows. 1 to 90. Default: 7.",
    )
    reminder_days: int = Field(
        default=DEFAULT_RULES.reminder_days,
        ge=0,
        le=30,
        description="Days before the expiry of an introduction request on which the party who must act is reminded. "
        "0: never. Default: 2.",
    )
    monthly_cap: int = Field(
        default=DEFAULT_RULES.monthly_cap,
        ge=0,
        description="Introduction requests that an introducer receives in 30 days, from all askers together, unless "
        "they chose another number. Default: 6.",
    )
    monthly_cap_per_asker: int = Field(
        default=DEFAULT_RULES.monthly_cap_per_asker,
        ge=0,
        description="Introduction requests that an introducer receives in 30 days from one asker, unless they chose "
        "another number. Default: 2.",
    )

    webhook_key: SecretStr = Field(
        default=SecretStr(""),
        description="Secret from which the signing secrets of webhooks are derived (docs/requests.md): a random text "
        "of 32 characters or more. After a change, receivers need new secrets. Unset: no webhooks.",
    )
    webhook_private_addresses: bool = Field(
        default=False,
        description="`true` allows webhooks at addresses of a private network or of this machine. Default: `false`.",
    )

    @field_validator("webhook_key")
    @classmethod
    def _is_long(cls, key: SecretStr) -> SecretStr:
        if 0 < len(key.get_secret_value()) < MIN_KEY_LENGTH:
            raise ValueError(f"use a random text of {MIN_KEY_LENGTH} characters or more")
        return key

    @property
    def rules(self) -> RequestRules:
        """The settings for use cases."""
        return RequestRules(self.expiry_days, self.reminder_days, self.monthly_cap, self.monthly_cap_per_asker)
