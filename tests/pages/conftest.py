"""The stand-in faces for every LibreOffice that a test of pages starts."""

from __future__ import annotations

import pytest

from tests.rendering import FONT_ALIASES


@pytest.fixture(autouse=True)
def stand_in_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    """Converters inherit the environment."""
    monkeypatch.setenv("FONTCONFIG_FILE", str(FONT_ALIASES))
