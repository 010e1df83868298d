"""Where the data that travels with the package is: rules, SQL, the demonstration corpus."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def rules_dir() -> Path:
    """Folder of the shipped topics."""
    return _shipped("extraction_rules")


def db_dir() -> Path:
    """Folder of migrations, views, queries and the Datasette settings."""
    return _shipped("db")


def corpus_dir() -> Path:
    """Folder of the fictional demonstration corpus."""
    return _PACKAGE / "corpus"


def _shipped(name: str) -> Path:
    """In an installed wheel the folder is inside the package; in a checkout it stands beside it."""
    installed = _PACKAGE / "_data" / name
    return installed if installed.is_dir() else _PACKAGE.parent / name
