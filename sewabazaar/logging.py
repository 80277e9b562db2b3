"""Logging: one logger a module, a request id in every line, nothing personal in any."""

from pathlib import Path
from typing import Any


def logging_settings(*, level: str, levels: dict[str, str], file: str, format_name: str) -> dict[str, Any]:
    """Return a dictConfig. `levels` sets single loggers, as in `apps.payments=DEBUG`."""
    handlers: dict[str, dict[str, Any]] = {
        "console": {"class": "logging.StreamHandler", "formatter": format_name, "filters": ["request_id"]}
    }
    if file:
        Path(file).parent.mkdir(parents=True, exist_ok=True)
        handlers["file"] = {
            "class": "logging.handlers.WatchedFileHandler",
            "filename": file,
            "delay": True,
            "formatter": format_name,
            "filters": ["request_id"],
        }
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"request_id": {"()": "apps.common.logs.RequestIdFilter"}},
        "formatters": {
            "text": {"()": "apps.common.logs.TextFormatter"},
            "json": {"()": "apps.common.logs.JsonFormatter"},
        },
        "handlers": handlers,
        "root": {"handlers": list(handlers), "level": level},
        "loggers": {
            # The line that apps.common.middleware writes says the same, without the query.
            "django.server": {"level": "WARNING", "propagate": True, "handlers": []},
            "django.request": {"level": "ERROR"},
            **{name: {"level": chosen} for name, chosen in levels.items()},
        },
    }
