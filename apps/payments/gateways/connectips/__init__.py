"""ConnectIPS: a form that the browser posts, and a call that tells what became of it."""
