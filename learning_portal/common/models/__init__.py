from .audit import AuditEvent
from .away import Away
from .mail_stop import MailStop
from .message import Message
from .user import Role, User

__all__ = ["AuditEvent", "Away", "MailStop", "Message", "Role", "User"]
