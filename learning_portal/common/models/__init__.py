from .audit import AuditEvent
from .user import Role, User

__all__ = ["AuditEvent", "Role", "User"]
