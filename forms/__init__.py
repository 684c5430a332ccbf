"""What people may send, and why it is refused; a form never writes."""
