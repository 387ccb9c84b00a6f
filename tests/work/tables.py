"""The tables of a database as its engine tells them."""

from typing import Any

from sqlalchemy import inspect

from logindrill.work.database import Database


def structure(database: Database) -> dict[str, Any]:
    """Everything the engine tells of the tables: columns, keys, constraints and indexes with their names."""
    with database.reading() as connection:
        seen = inspect(connection)
        return {
            table: {
                "columns": [
                    (column["name"], str(column["type"]), column["nullable"], column["default"])
                    for column in seen.get_columns(table)
                ],
                "primary key": seen.get_pk_constraint(table),
                "unique": sorted(seen.get_unique_constraints(table), key=lambda found: str(found["name"])),
                "foreign keys": sorted(seen.get_foreign_keys(table), key=lambda found: str(found["name"])),
                "indexes": [
                    {**index, "dialect_options": _as_text(index.get("dialect_options", {}))}
                    for index in sorted(seen.get_indexes(table), key=lambda found: str(found["name"]))
                ],
            }
            for table in sorted(seen.get_table_names())
        }


def _as_text(options: dict[str, Any]) -> dict[str, str]:
    """The options of an index; a condition is an object that is equal to no other."""
    return {name: str(value) for name, value in options.items()}
