"""What a reader stumbles over is named, language by language."""

from pathlib import Path

import pytest

from tools.check_typography import WRONG, faults, said


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh-Hans", "请核对:姓名"), ("zh-Hans", "打开通行证"), ("zh-Hant", "請核對,姓名"), ("ja", "旅券番号"),
        ("ar", "مثل +971"), ("ar", "علامات < كثيرة"), ("ar", "37 °C"), ("ar", "لماذا ?"),
        ("fr", "Pourquoi ?"), ("fr", "« Aucun »"), ("es", "Tu vuelo"), ("pt", "O teu voo"),
        ("ru", "Эта анкета"), ("ko", "당신의 통행증"), ("th", "ใบแจ้งของคุณ"), ("vi", "Hãy nhập họ tên"),
    ],
)  # fmt: skip
def test_what_is_not_written_so_is_named(tmp_path: Path, language: str, text: str) -> None:
    file = tmp_path / "x" / "v1" / f"{language}.toml"
    file.parent.mkdir(parents=True)
    file.write_text(f'title = "{text}"\n[signed.x]\ntext = "{text}"\n', encoding="utf-8")
    assert [fault.partition(":")[0] for fault in faults(tmp_path)] == [str(file)], (
        "a signed text is kept as it was signed"
    )


@pytest.mark.parametrize("language", WRONG)
def test_every_sentence_is_read(language: str) -> None:
    assert len(list(said(language))) > 500
