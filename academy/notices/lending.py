"""Word of a role lent: `people` stands below and cannot call us, so it leaves a letter that we carry."""

from datetime import datetime

from academy.database import db
from academy.notices.kinds import Kind
from academy.notices.services import News, tell
from academy.people.models import RoleGrant


def told(grant: int, at: datetime) -> None:
    """Tell whom the role was lent to, unless it was taken back meanwhile."""
    lent = db.session.get(RoleGrant, grant)
    if lent is None or lent.ends_on is None:
        return
    data = {"role": lent.role, "last": lent.ends_on.isoformat()}
    tell([lent.person_id], News(Kind.ROLE, f"role:{grant}", data, lent.granted_by), at)
