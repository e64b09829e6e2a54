"""flask academy ...: the keys that sign credentials, and ending one."""

import click
from flask.cli import with_appcontext

from academy import clock
from academy.database import db
from academy.passport.credentials import queries, ring, services, signing
from academy.passport.credentials.keys import new_pair


@click.command("signing-keys")
@with_appcontext
def signing_keys() -> None:
    """The public keys of the academy; `*` marks those that sign now."""
    current = {key.kid for key in ring.current().publics}
    for kid, key in signing.known_keys().items():
        click.echo(f"{'*' if kid in current else ' '} {kid} {key.kind}")


@click.command("new-signing-keys")
def new_signing_keys() -> None:
    """Print two fresh private keys, for ACADEMY_SIGNING_KEYS. Nothing is kept or changed."""
    click.echo(new_pair().text.strip())


@click.command("rotate-keys")
@with_appcontext
def rotate_keys() -> None:
    """Sign with fresh keys from now on; what was signed before stays valid."""
    if ring.are_given():
        raise click.ClickException(
            "The keys are given by ACADEMY_SIGNING_KEYS. Put what `new-signing-keys` prints there, "
            "and start the academy again: the keys it signed with stay known."
        )
    fresh = services.rotate(clock.now())
    db.session.commit()
    ring.put(fresh)
    click.echo("From now on these sign: " + ", ".join(key.kid for key in fresh.publics))


@click.command("withdraw-key")
@click.argument("kid")
@with_appcontext
def withdraw_key(kid: str) -> None:
    """Believe nothing that this key ever signed: for a key that fell into other hands."""
    if kid in {key.kid for key in ring.current().publics}:
        raise click.ClickException("This key signs now. Rotate the keys first.")
    if not services.withdraw_key(kid, clock.now()):
        raise click.ClickException(f"There is no key {kid}.")
    db.session.commit()
    click.echo(f"Nothing signed with {kid} holds any more. Holders may take their files anew.")


@click.command("revoke-credential")
@click.argument("ref")
@click.option("--reason", required=True, help="Shown to whoever verifies it.")
@with_appcontext
def revoke_credential(ref: str, reason: str) -> None:
    """End one signed file for good; REF is the end of its address."""
    found = queries.by_ref(ref.rpartition("/")[2])
    if found is None:
        raise click.ClickException(f"There is no credential {ref}.")
    services.revoke(found, reason[:200], clock.now())
    db.session.commit()
    click.echo("Revoked.")


COMMANDS = (signing_keys, new_signing_keys, rotate_keys, withdraw_key, revoke_credential)
