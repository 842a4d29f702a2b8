"""Whether a process has the key that a database was sealed with.

With another key it would read nothing of what is kept, and seal what the processes beside it cannot read.
"""

from __future__ import annotations

from sqlalchemy import Engine, LargeBinary, delete, select

from bot.coaching.errors import BadSetting
from bot.desk.errors import Erased
from bot.store.database import put
from bot.store.seal import Seal
from bot.store.tables import key_check, metadata

WORD = "heartware"
OTHER_KEY = (
    "HEARTWARE_SECRET is not the key that this database was sealed with: set it as it was, or leave it empty and bring "
    "back the file secret.key of that time; where it is lost, 'heartware forget sealed' begins without what it sealed."
)


def fits(engine: Engine, seal: Seal) -> bool:
    """Whether it is this key; also where no key was used yet."""
    with engine.connect() as connection:
        sealed = connection.execute(select(key_check.c.sealed)).scalar()
    try:
        return sealed is None or seal.open(sealed) == WORD
    except Erased:
        return False


def insist(engine: Engine, seal: Seal) -> None:
    """Note the key, where none was used yet. Raises BadSetting where it is another one."""
    with engine.connect() as connection:
        noted = connection.execute(select(key_check.c.id)).first()
    if not noted:
        with engine.begin() as connection:
            put(connection, key_check, {"id": "key", "sealed": seal.close(WORD)})
    if not fits(engine, seal):
        raise BadSetting(OTHER_KEY)


def forget_sealed(engine: Engine) -> int:
    """Erase every row of which something is sealed, whatever the key; how many. Afterwards any key will do."""
    erased = 0
    with engine.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            if any(isinstance(column.type, LargeBinary) for column in table.columns):
                gone = connection.execute(delete(table)).rowcount
                erased += gone if table is not key_check else 0
    return erased
