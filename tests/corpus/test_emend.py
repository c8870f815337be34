"""Emendations: what is mended, what is left alone."""

import pytest

from atlas.corpus.emend import emend
from atlas.models import Provision


def _provision(text: str) -> Provision:
    return Provision(
        id="north/1", document="north", kind="article", number="第一条", title="", path=(), witness="t.txt",
        start=0, end=len(text), text=text, origin=tuple(range(len(text))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "established"),
    [
        ("工作及 Related 活动", "工作及相关活动"),
        ("国家 and 自治区", "国家和自治区"),
        ("建设, 充分", "建设，充分"),
        ("评估,预防;处理", "评估，预防；处理"),
        ("“双控”, 采用", "“双控”，采用"),
        ("（超载) 区域", "（超载）区域"),
        ("自 2023 年 9 月 1 日起", "自2023年9月1日起"),
    ],
)
def test_defects_are_mended_and_located(raw: str, established: str) -> None:
    done, changes = emend(_provision(raw))
    assert done.text == established
    assert len(done.origin) == len(established)
    assert all(offset == -1 or raw[offset] == established[i] for i, offset in enumerate(done.origin))
    assert changes
    for change in changes:
        assert raw[change.start : change.end] == change.raw


@pytest.mark.parametrize(
    "text",
    ["“互联网+医疗健康”", "执行 WTO 规则", "增长1,200万亩", "比例为3:1", "工作，适用。", "related", "android 系统", ""],
)
def test_what_is_no_defect_is_left(text: str) -> None:
    done, changes = emend(_provision(text))
    assert done.text == text
    assert changes == ()
