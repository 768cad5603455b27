"""The environment variables that the application reads, for the documents and the files in ``deploy/``."""

from __future__ import annotations

from pydantic import SecretStr
from pydantic_settings import BaseSettings

import hcpcs_bot.settings


def environment_variables() -> set[str]:
    """Every variable that sets something, and of each secret the one that names its file."""
    return set(_fields()) | {f"{name}_FILE" for name in secret_variables()}


def secret_variables() -> set[str]:
    """The variables whose value is a secret."""
    return {name for name, annotation in _fields().items() if annotation is SecretStr}


def _fields() -> dict[str, type | None]:
    classes = [value for value in vars(hcpcs_bot.settings).values() if isinstance(value, type)]
    return {
        f"{settings.model_config.get('env_prefix', '')}{name}".upper(): field.annotation
        for settings in classes
        if issubclass(settings, BaseSettings)
        for name, field in settings.model_fields.items()
    }
