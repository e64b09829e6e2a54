"""The pages about people and their accounts, put into the application together."""

from flask import Flask

from academy.people.accounts import views as accounts
from academy.people.auditing import views as auditing
from academy.people.directory import views as directory
from academy.people.factor import views as factor
from academy.people.gate import views as gate
from academy.people.importing import jobs as importing_jobs
from academy.people.importing import views as importing
from academy.people.newcomers import views as newcomers
from academy.people.provisioning import views as provisioning
from academy.people.recovery import jobs
from academy.people.recovery import views as recovery
from academy.people.roles import views as roles
from academy.people.scim import jobs as scim_jobs
from academy.people.scim import views as scim
from academy.people.signon import views as signon
from academy.people.timetables import views as timetables
from academy.people.workdays import views as workdays


def init_app(app: Flask) -> None:
    """Register the pages, and what the worker does for them; the outbox is there already."""
    parts = (
        accounts,
        recovery,
        workdays,
        roles,
        directory,
        newcomers,
        timetables,
        auditing,
        importing,
        provisioning,
        signon,
        factor,
        gate,
    )
    for part in parts:
        app.register_blueprint(part.bp)
    scim.init_app(app)
    scim_jobs.init_app(app)
    jobs.init_app(app)
    importing_jobs.init_app(app)
