"""The command, run in this process."""

from __future__ import annotations

import pytest

from vagvisare import cli


@pytest.fixture
def command(monkeypatch, capsys):
    """Run the command in this process; return exit code, what it printed and what it said on the side."""

    def runner(*arguments, lang="sv"):
        monkeypatch.setattr("sys.argv", ["vagvisare", *map(str, arguments)])
        monkeypatch.setenv("VAGVISARE_LANG", lang)
        code = 0
        try:
            cli.main()
        except SystemExit as leaving:
            code = leaving.code or 0
        said = capsys.readouterr()
        assert "Traceback" not in said.err
        return code, said.out, said.err

    return runner
