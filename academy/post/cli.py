"""flask academy work, serve, outbox, send-test-mail."""

import logging
import os
import sys

import click
from flask import current_app
from flask.cli import with_appcontext

from academy import clock, database, logs
from academy.database import db
from academy.post import jobs, mail, queries, services, supervisor, worker
from academy.post.beating import services as beating
from academy.post.composing import compose
from academy.post.mail import Reader

DEAD_SHOWN = 20


@click.command("work")
@click.option("--no-clock", is_flag=True, help="Run no periodic jobs: for every worker but one.")
@with_appcontext
def work(no_clock: bool) -> None:
    """Carry letters and run periodic jobs, until told to stop."""
    config = current_app.config["SETTINGS"]
    logs.begin(config.log, config.demo, logging.INFO)
    logging.getLogger("huey").setLevel(logging.WARNING)
    if not (config.smtp_url or config.demo):
        logging.warning("ACADEMY_SMTP_URL is not set: mail waits in the outbox.")
    db.session.rollback()
    database.leave_room()
    worker.work(jobs.desk(), with_clock=not no_clock)


@click.command("check-worker")
@with_appcontext
def check_worker() -> None:
    """Does a worker live that runs what is due by the clock? Ends with 1 if there is none."""
    database.reading_only()
    at, last = clock.now(), beating.last_beat(with_clock=True)
    if last is None:
        raise click.ClickException("No worker is at work.")
    ago = f"{(at - last).total_seconds():.0f} s ago"
    if at - last > beating.LATE:
        raise click.ClickException(f"The worker was last heard of {ago}.")
    click.echo(f"The worker was heard of {ago}.")


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option(
    "--port", default=8000, show_default=True, envvar="PORT", type=click.IntRange(1, 65535)
)
@click.option("--workers", default=2, show_default=True, help="Web processes.")
@click.option("--threads", default=4, show_default=True, help="Threads of each web process.")
@click.option("--drain", default=0, show_default=True, help="Seconds to go on once told to stop.")
@click.option("--no-worker", is_flag=True, help="The web server alone: the worker is elsewhere.")
def serve(host: str, port: int, workers: int, threads: int, drain: int, no_worker: bool) -> None:
    """Start the web server and the worker, and keep them running until told to stop."""
    which = "web" if no_worker else "both"
    numbers = (str(port), str(workers), str(threads), str(drain), which)
    # The supervisor needs none of the academy: it takes this process over, without its 70 MB.
    os.execv(sys.executable, [sys.executable, "-P", supervisor.__file__, host, *numbers])  # noqa: S606  # our own file


@click.command("outbox")
@click.option("--revive", is_flag=True, help="Try the dead letters again.")
@with_appcontext
def outbox(revive: bool) -> None:
    """How many letters wait, are late, are begun, are dead, and why."""
    if revive:
        click.echo(f"{services.revive(clock.now())} dead letters are due again.")
        db.session.commit()
    found = queries.outbox(clock.now())
    click.echo(
        f"{found.waiting} waiting ({found.late} late, {found.begun} begun), {found.dead} dead."
    )
    for letter in queries.dead(DEAD_SHOWN):
        click.echo(f"  {letter.id} {letter.kind} after {letter.tries} tries: {letter.failure}")


@click.command("send-test-mail")
@click.argument("address")
@click.option("--language", default="fr", type=click.Choice(["fr", "en"]))
@with_appcontext
def send_test_mail(address: str, language: str) -> None:
    """Put a mail to ADDRESS in the outbox and empty the outbox at once, without the worker."""
    if not mail.is_address(address):
        raise click.ClickException(f"{address} is not an address.")
    at = clock.now()
    once = f"test-mail:{address}:{at.isoformat()}"
    mail.put(Reader(address, address), compose("test", language, at=at, zone="UTC"), once, at)
    db.session.commit()
    jobs.drain()
    fate = queries.fate(once)
    if fate is None or fate.done_at is None:
        raise click.ClickException(f"Not sent: {fate.failure if fate else 'another worker has it'}")
    click.echo("The mail server took it." if mail.goes_out() else "It is in the mailbox.")


COMMANDS = (work, check_worker, serve, outbox, send_test_mail)
