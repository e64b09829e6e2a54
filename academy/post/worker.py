"""The worker: waits for wakes, drains the outbox, runs what is due by the clock, ends cleanly."""

import logging
import signal
import threading
from importlib import import_module
from typing import Any

from sqlalchemy.exc import OperationalError

from academy import clock
from academy.post import jobs
from academy.post.beating.jobs import ticking, write_down
from academy.post.beating.services import Pulse
from academy.post.jobs import Desk

log = logging.getLogger(__name__)

HANDS = 2  # one to drain, one for what the clock asks
LOOK_EVERY_SECONDS = 2.0
LONGEST_NAP_SECONDS = 0.5  # between two looks at a queue that cannot be waited for
HEALTH_SECONDS = 10.0
PATIENCE_SECONDS = 30


def work(desk: Desk, with_clock: bool = True) -> None:
    """Work until SIGTERM or SIGINT; the letter in hand is finished, the others are let go."""
    for begin in desk.beginnings:
        begin()
    consumer = _consumer(desk, with_clock)
    consumer.start()
    _stop_on_signal(desk.stopping)
    looking = threading.Thread(target=_look, args=(desk,), name="looking", daemon=True)
    looking.start()
    log.info("The worker is at work.")
    pulse = Pulse(desk.config.home, with_clock, clock.now())
    write_down(desk, pulse.begin)
    while not desk.stopping.wait(HEALTH_SECONDS):
        consumer.check_worker_health()
        if looking.is_alive():
            write_down(desk, pulse.beat)
    consumer.stop(graceful=True)
    looking.join(PATIENCE_SECONDS)
    write_down(desk, pulse.stop)
    log.info("The worker has stopped.")


def _consumer(desk: Desk, with_clock: bool) -> Any:
    """The queue's own worker: threads that wait for wakes, and the clock."""
    crontab = import_module("huey").crontab
    _ = desk.wake  # known to the queue from here on
    for periodic in desk.periodic if with_clock else ():
        when = crontab(**{"minute": "0", **periodic.times})
        run = desk.inside(ticking(periodic), periodic.name)
        desk.queue.periodic_task(when, name=periodic.name)(run)
    return desk.queue.create_consumer(
        workers=HANDS,
        periodic=with_clock,
        max_delay=LONGEST_NAP_SECONDS,
        shutdown_timeout=PATIENCE_SECONDS,
    )


def _look(desk: Desk) -> None:
    """Drain at once, then every few seconds, wake or no wake, queue or no queue."""
    drain = desk.inside(jobs.drain_once_more, "drain")
    while not desk.stopping.is_set():
        try:
            drain()
        except OperationalError as away:  # a database that is away comes back
            log.warning("the outbox could not be opened: %s", away.orig)
        except Exception:
            log.exception("the outbox could not be drained")
        desk.stopping.wait(LOOK_EVERY_SECONDS)


def _stop_on_signal(stopping: threading.Event) -> None:
    """The first signal ends the work, a second one ends it at once."""

    def ask(number: int, _frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
