"""Django's database backend for PostgreSQL, which fails at once while the database is away."""
