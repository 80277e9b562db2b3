"""What other apps may want to know, sent inside the transaction: a receiver that fails undoes the change."""

from django.dispatch import Signal

# Sent with `sender=User, user=user` when somebody has registered as a provider.
provider_registered = Signal()
# Sent with `sender=User, user=user` when a password was replaced.
password_replaced = Signal()
# Sent with `sender=User, phone=phone, code=code, language=language`, outside a transaction.
# It is to go there by SMS.
phone_code_made = Signal()
