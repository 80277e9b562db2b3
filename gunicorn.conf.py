"""gunicorn's settings, read where it starts in this folder: headers with `_` in their names are dropped."""

header_map = "drop"
# Not even the two that gunicorn takes from a proxy on the same machine, SCRIPT_NAME and PATH_INFO.
forwarder_headers = ""
