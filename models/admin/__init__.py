"""The database as a whole: schema, migrations, rights, backup, move, verifying."""
