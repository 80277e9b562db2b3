"""The raw rows as facts: SQL that PostgreSQL and SQLite share, but for what `dialect.py` names."""
