"""`python -m seeds`: bring the reference data up to date; `--demo` adds invented people to an empty database."""

from __future__ import annotations

import argparse
import sys

from flask_migrate import upgrade

from portal import create_app
from portal.core import vault
from seeds import reference


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m seeds", description=__doc__)
    parser.add_argument("--prepare", action="store_true", help="first make the key store and the schema")
    parser.add_argument("--demo", action="store_true", help="add the invented demo people; refused in production")
    parser.add_argument("--if-empty", action="store_true", help="only when there is no account yet")
    parser.add_argument("--accounts", action="store_true", help="say who can sign in to the demonstration")
    wanted = parser.parse_args()
    from seeds import demo

    if wanted.accounts:
        print(demo.accounts_text())
        return 0
    app = create_app()
    with app.app_context():
        if wanted.prepare:
            vault.prepare()
            upgrade()
        reference.load()
        if wanted.demo:
            if app.extensions["config"].production:
                print("Demo data is refused in production.", file=sys.stderr)
                return 1
            if not (wanted.if_empty and demo.is_loaded()):
                demo.load()
    return 0


if __name__ == "__main__":
    sys.exit(main())
