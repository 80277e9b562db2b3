"""eSewa: a form that the browser posts, and a signed redirect back."""
