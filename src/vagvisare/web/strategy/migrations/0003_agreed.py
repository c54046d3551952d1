from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("strategy", "0002_only_added_to")]

    operations = [
        migrations.CreateModel(
            name="Agreed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("register", models.CharField(max_length=40)),
                ("key", models.CharField(max_length=200)),
                ("position", models.IntegerField(default=0)),
                ("content", models.JSONField(null=True)),
                ("was", models.JSONField(null=True)),
                ("event", models.BigIntegerField(null=True)),
            ],
            options={
                "ordering": ["register", "position", "id"],
                "constraints": [models.UniqueConstraint(fields=("register", "key"), name="agreed_once")],
            },
        ),
    ]
