from django.db import migrations

from vagvisare.web.audit.immutable import Guard


class Migration(migrations.Migration):
    dependencies = [("strategy", "0001_initial")]

    operations = [Guard("strategy_sealededition")]
