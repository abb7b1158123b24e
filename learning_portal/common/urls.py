from django.urls import path

from .views import account, language

app_name = "common"
urlpatterns = [
    path("language/", language.switch, name="language"),
    path("account/", account.account, name="account"),
]
