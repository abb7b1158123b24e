from .audit import AuditEvent
from .away import Away
from .invitation import ModeratorInvitation
from .limit import Limit
from .mail_stop import MailStop
from .message import Message
from .user import Role, User

__all__ = ["AuditEvent", "Away", "Limit", "MailStop", "Message", "ModeratorInvitation", "Role", "User"]
