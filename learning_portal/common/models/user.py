from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from ..constraints import bounded_text


class Role(models.TextChoices):
    """Roles are groups of this name. A role never widens what its holder may read beyond their moderation pool."""

    MODERATOR = "moderator", _("Moderator")
    PROGRAMME_TEAM = "programme team", _("Programme team")
    CUSTODIAN = "custodian", _("Custodian")


class UserManager(BaseUserManager):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        from allauth.account.models import EmailAddress  # needs the user model

        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)  # None sets an unusable one: people sign in with a code
        user.save(using=self._db)
        # Where the first code that is typed shows that the address is theirs.
        EmailAddress.objects.using(self._db).create(user=user, email=user.email, primary=True)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody who can sign in. Where they work stands in `networks.Affiliation`, and nowhere else."""

    # When somebody signed in, set beside when an anonymous story came in, could name its author.
    last_login = None

    email = models.EmailField(_("Email address"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=2, default="en")
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            *bounded_text("user", {"email": 254, "name": 120, "language": 2}),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def has_proved_address(self) -> bool:
        """Whether a code that went to their address came back."""
        from allauth.account.models import EmailAddress  # needs the user model

        return EmailAddress.objects.filter(user=self, email=self.email, verified=True).exists()

    @cached_property
    def roles(self) -> frozenset[str]:
        """The names of the roles that they hold. Read once for this object, and each request has its own: the loss of a
        role holds at the next."""
        return frozenset(self.groups.filter(name__in=Role.values).values_list("name", flat=True))

    def has_role(self, role: Role) -> bool:
        return self.is_active and role in self.roles
