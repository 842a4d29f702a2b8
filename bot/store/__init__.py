"""What is kept in the database: sealed jobs, and what is remembered of people. SQLite or PostgreSQL."""
