from collections.abc import Iterator

import pytest

from .installation import Installation


@pytest.fixture(scope="session")
def installation() -> Iterator[Installation]:
    """Set up as the guide says, once; nothing of it is left when the tests have ended, however they end."""
    with Installation() as one:
        one.follow_the_guide()
        yield one
