"""Fill a room's catalogue from a JSON file of msgid → [kk, ru] (or [kk, ru, en] for codes).

    python tools/translate.py ROOM FILE.json

Plural messages: msgid is the singular, and each translation a list of its plural forms.
"""

import json
import sys
from pathlib import Path

import messages


def main(room: str, file: str) -> int:
    given = json.loads(Path(file).read_text())
    for index, language in enumerate(["kk", "ru", "en"]):
        path, catalog = messages.catalogue(messages.SRC / room, language)
        for msgid, said in given.items():
            message = catalog.get(msgid)
            if message is None or index >= len(said):
                continue
            text = said[index]
            message.string = tuple(text) if isinstance(text, list) else text
        messages.write(path, catalog, language)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
