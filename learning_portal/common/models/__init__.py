from .audit import AuditEvent
from .limit import Limit
from .mail_stop import MailStop
from .message import Message
from .user import Role, User

__all__ = ["AuditEvent", "Limit", "MailStop", "Message", "Role", "User"]
