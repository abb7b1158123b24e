"""A list of projects: the file, and which of its columns says what."""

from collections.abc import Sequence

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from networks.importing import sheets
from networks.importing.tables import Table

from ..project_rows import FIELDS, REQUIRED


class ListForm(forms.Form):
    """The file. What is read of it stands in `table`; the file itself is kept nowhere."""

    file = forms.FileField(
        label=_("Your project list"),
        help_text=_("An .xlsx or .csv file of at most 2 MB and 10,000 projects. The first line names the columns."),
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": sheets.NOT_A_LIST,
            "invalid": sheets.NOT_A_LIST,
            "max_length": sheets.NOT_A_LIST,
            "missing": sheets.NOT_A_LIST,
        },
    )
    table: Table | None = None

    def clean_file(self) -> UploadedFile:
        file = self.cleaned_data["file"]
        try:
            if file.size > sheets.LONGEST_FILE:
                raise sheets.Unusable(sheets.TOO_BIG)
            self.table = sheets.read_sheet(file.name, file.read())
        except sheets.Unusable as error:
            raise forms.ValidationError(error.reason) from error
        return file


class MatchForm(forms.Form):
    """For each thing that we read, the column that holds it."""

    def __init__(self, *args, columns: Sequence[str], **kwargs):
        super().__init__(*args, **kwargs)
        listed = [(column, column) for column in columns]
        for field, label in FIELDS.items():
            none = _("Choose a column") if field in REQUIRED else _("No column")
            self.fields[field] = forms.ChoiceField(
                label=label,
                choices=[("", none), *listed],
                required=field in REQUIRED,
                error_messages={
                    "required": _("Choose the column that holds this"),
                    "invalid_choice": _("Choose one of the columns of your list"),
                },
            )

    def clean(self) -> dict[str, str]:
        data = super().clean() or self.cleaned_data
        chosen = [column for column in data.values() if column]
        for field, column in list(data.items()):
            if column and chosen.count(column) > 1:
                self.add_error(field, _("Choose each column once"))
        return data
