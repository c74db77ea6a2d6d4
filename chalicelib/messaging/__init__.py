"""Text messages: wording, providers, signatures, the queue's nudge."""
