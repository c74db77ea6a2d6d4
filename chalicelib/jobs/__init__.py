"""What queues and schedules start. A job never loads Jinja, and is imported without app.py."""
