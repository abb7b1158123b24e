"""The address that monitors ask."""

import pytest
from django.db import OperationalError, connection, transaction
from django.urls import reverse

from stories.models import Story

HEALTH = reverse("site:health")


@pytest.mark.django_db
def test_ok_while_the_database_answers(client, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = client.get(HEALTH)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Content-Type"] == "text/plain"
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_it_says_nothing_of_who_asks(client):
    response = client.get(HEALTH)
    assert not response.cookies


def test_503_while_it_does_not(client, monkeypatch):
    def down(*args):
        raise OperationalError("could not connect to server at 10.0.0.1")

    monkeypatch.setattr(connection, "cursor", down)
    response = client.get(HEALTH)
    assert (response.status_code, response.content) == (503, b"database unavailable\n")
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_503_on_a_database_without_our_tables(client, monkeypatch):
    monkeypatch.setattr(Story._meta, "db_table", "not_there")
    with transaction.atomic():
        assert client.get(HEALTH).status_code == 503
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_head_and_wrong_methods(client):
    assert client.head(HEALTH).status_code == 200
    for method in (client.post, client.put, client.delete):
        assert method(HEALTH).status_code == 405
