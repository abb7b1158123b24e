from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from networks.actions import save_organisations
from networks.importing.bodies import read_bodies
from networks.importing.console import NOT_WRITTEN, failing_clearly
from networks.importing.tables import read_csv

REGISTER = Path(__file__).parents[2] / "data" / "register.csv"


class Command(BaseCommand):
    help = (
        "Load the register of real public bodies that comes with the portal. What is known already stays as it is, "
        "so that a figure which you imported or corrected survives the next upgrade."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", nargs="?", default=REGISTER, type=Path, help="another CSV of the same columns")
        parser.add_argument("--overwrite", action="store_true", help="let the file's figures replace the present ones")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, and write nothing")

    @failing_clearly
    @transaction.atomic
    def handle(self, *, file: Path, overwrite: bool, dry_run: bool, **options):
        bodies, problems, _ = read_bodies(read_csv(file))
        counts = save_organisations(bodies=bodies, by="load_register", problems=problems, overwrite=overwrite)
        if dry_run:
            transaction.set_rollback(True)
        self.stdout.write(f"Register: {counts}{NOT_WRITTEN if dry_run else ''}.")
        if counts.held_back:
            self.stdout.write(
                f"{counts.held_back} facts differ from the file's and stay; --overwrite takes the file's."
            )
