"""What is mailed, when, and in which form. `actions` queue and deliver it; `models.Message` is the outbox."""
