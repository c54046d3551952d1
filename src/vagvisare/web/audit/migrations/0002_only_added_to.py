from django.db import migrations

from vagvisare.web.audit.immutable import Guard


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [Guard("audit_event")]
