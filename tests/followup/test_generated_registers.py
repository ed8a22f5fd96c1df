"""Two hundred small registers, brought in, brought out, and worked out twice: by the portal and in plain Python."""

from __future__ import annotations

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, seed, settings

from .agreeing import bring_in, brought_out, disagreements
from .drawn import Drawn, registers
from .rarities import RARITIES, found_in

PARTS, REGISTERS = 4, 200
"""In parts of fifty, which can be tried side by side. The same registers every time."""


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_the_portal_and_the_recomputation_agree_on_every_figure(part: int):
    compared, seen = 0, set()

    @seed(part)
    @settings(
        max_examples=REGISTERS // PARTS,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # what fails is printed whole, the place is named; shrinking it takes minutes
        suppress_health_check=list(HealthCheck),
    )
    @given(drawn=registers())
    def agree(drawn: Drawn) -> None:
        nonlocal compared
        with transaction.atomic():
            assert bring_in(drawn.book) == []
            register = brought_out()
            assert disagreements(register, drawn.today) == []
            compared += 1
            seen.update(found_in(drawn, register))
            transaction.set_rollback(True)

    agree()
    assert compared == REGISTERS // PARTS
    assert RARITIES.keys() - seen == set()
