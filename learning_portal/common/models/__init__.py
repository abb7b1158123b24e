from .audit import AuditEvent
from .mail_stop import MailStop
from .message import Message
from .user import Role, User

__all__ = ["AuditEvent", "MailStop", "Message", "Role", "User"]
