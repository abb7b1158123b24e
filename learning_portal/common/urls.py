from django.urls import path

from .views import account, language, mail

app_name = "common"
urlpatterns = [
    path("language/", language.switch, name="language"),
    path("account/", account.account, name="account"),
    path("account/still-here/", account.still_here, name="still-here"),
    path("account/mail/", account.choose_mail, name="mail-choose"),
    path("mail/stop/<str:token>/", mail.stop, name="mail-stop"),
    path("mail/failing/", mail.failing, name="mail-failing"),
]
