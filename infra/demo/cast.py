"""Who is on every arrival day, however small: the people whom officers have to look after, one by one."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Role:
    """A party with a part to play; ``ages`` and ``care`` are of each member, the declarer first.

    ``goal`` is how far they come: a state, or ``ride`` on the vehicle of their district. ``what`` says why somebody is
    to be looked at in the end, by place; ``contact`` is how the family is reached: text, call or none.
    """

    flight: int
    goal: str
    what: tuple[str, ...]
    nationality: str = "CN"
    registration: str = "yuzhong"
    ages: tuple[str, ...] = ("adult",)
    care: tuple[str, ...] = ("",)
    note: str = ""
    fever: bool = False
    contact: str = "text"
    twice: bool = False
    reason: str = ""


CAST = (
    Role(
        flight=0, goal="ride", what=("", "", "care: infant"), ages=("adult", "adult", "infant"),
        care=("", "", "infant"), note="需要婴儿床和热水",
    ),
    Role(
        flight=0, goal="ride", what=("care: online exam",), ages=("student",), care=("online_exam",),
        note="每天下午14:00网上考试，需要书桌和安静的房间",
    ),
    Role(
        flight=0, goal="ride", what=("care: elderly; family has a landline only",), registration="jiangbei",
        ages=("elder",), care=("elderly",), note="行动不便，需要低楼层", contact="call",
    ),
    Role(flight=0, goal="ride", what=("no family contact",), registration="jiangbei", contact="none"),
    Role(
        flight=0, goal="ride", what=("care: serious illness",), registration="shapingba", ages=("elder",),
        care=("serious_illness",), note="每周三次血液透析",
    ),
    Role(
        flight=0, goal="ride", what=("", "missing on arrival"), registration="shapingba", ages=("adult", "student"),
        care=("", ""),
    ),
    Role(
        flight=0, goal="ride", what=("care: pregnancy",), registration="nanan", care=("pregnancy",),
        note="怀孕七个月",
    ),
    Role(
        flight=0, goal="ride", what=("care: disability",), registration="jiulongpo", care=("disability",),
        note="使用轮椅",
    ),
    Role(
        flight=0, goal="ride", what=("", "not on board yet", "not on board yet"), registration="banan",
        ages=("adult", "adult", "child"), care=("", "", ""),
    ),
    Role(flight=0, goal="ride", what=("released early",), nationality="IT", registration="none"),
    Role(flight=0, goal="referred", what=("fever, referred to hospital",), registration="nanan", fever=True,
         reason="Fever of 38.4 °C at the gate"),
    Role(flight=1, goal="referred", what=("fever, referred to hospital",), registration="yubei", ages=("student",),
         fever=True, reason="Fever of 37.9 °C, took paracetamol on board"),
    Role(
        flight=1, goal="registered", what=("care: minor alone",), registration="yubei", ages=("minor",),
        care=("minor_alone",), note="父亲在机场外等候",
    ),
    Role(
        flight=1, goal="verified", what=("care: online exam",), registration="dadukou", ages=("student",),
        care=("online_exam",), note="周五上午9点考试",
    ),
    Role(flight=1, goal="declared", what=("declared twice, with different answers",), registration="beibei",
         ages=("student",), twice=True),
    Role(flight=1, goal="onward", what=("travels on",), registration="elsewhere",
         reason="Train G8602 to Chengdu, met by staff of the province"),
    Role(flight=1, goal="exempt", what=("exempt",), nationality="GB", registration="none",
         reason="Diplomatic passport, the consulate is informed"),
    Role(flight=1, goal="void", what=("void",), registration="elsewhere", reason="Ground staff tried the form out"),
    Role(flight=2, goal="declared", what=("care: elderly",), nationality="HK", registration="none",
         ages=("elder",), care=("elderly",), note="需輪椅"),
    Role(flight=2, goal="declared", what=("care: other", ""), nationality="TW", registration="none",
         ages=("adult", "child"), care=("other", ""), note="花生過敏"),
)  # fmt: skip
HEADS = sum(len(role.ages) for role in CAST)
RELEASED = "released early"
WHY_RELEASED = "Moved to hospital care in agreement with the district"
