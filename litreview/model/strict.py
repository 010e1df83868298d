"""Base of everything that people write in YAML: frozen, and unknown keys are refused."""

from functools import cached_property

from pydantic import BaseModel, ConfigDict


class Strict(BaseModel):
    """Base of everything that is read from YAML."""

    model_config = ConfigDict(extra="forbid", frozen=True, ignored_types=(cached_property,))
