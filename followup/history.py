"""Brought-in history: införanden and confirmations from before the portal. See ``governance.history``."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from .models import Adoption, Confirmation

BATCH = 1_000


@transaction.atomic
def bring_in(*, adoptions: Sequence[Adoption], confirmations: Sequence[Confirmation]) -> None:
    """Writes them as they were, in the order given."""
    Adoption.objects.bulk_create(adoptions, batch_size=BATCH)
    Confirmation.objects.bulk_create(confirmations, batch_size=BATCH)
