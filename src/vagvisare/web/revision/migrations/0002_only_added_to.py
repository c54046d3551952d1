from django.db import migrations

from vagvisare.web.audit.immutable import Guard


class Migration(migrations.Migration):
    dependencies = [("revision", "0001_initial")]

    operations = [Guard("revision_wording")]
