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
                "indexes": [  # a condition is equal to no other object
                    {name: str(value) if name == "dialect_options" else value for name, value in index.items()}
                    for index in sorted(seen.get_indexes(table), key=lambda found: str(found["name"]))
                ],
            }
            for table in sorted(seen.get_table_names())
        }
