"""What other apps may want to know, sent inside the transaction: a receiver that fails undoes the change."""

from django.dispatch import Signal

# Sent with `sender=User, user=user` when somebody has registered as a provider.
provider_registered = Signal()
