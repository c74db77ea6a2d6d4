"""The rehearsal runs, and one action too few in a policy fails it where that action is needed."""

import pytest

from infra import package
from infra.rehearsal.journey import STEPS
from infra.rehearsal.policies import actions, without
from infra.rehearse import StepFailed, deployed, rehearse

# One of each kind of part, and the step that fails without it; how long to wait for what happens behind the queue.
NEEDED = (
    ("ApiHandlerRole", "kms:GenerateDataKey", "declare", 60),
    ("SendMessagesRole", "secretsmanager:GetSecretValue", "tell", 6),
    ("ReleaseDueRole", "dynamodb:DeleteItem", "release", 60),
)


def test_every_step_is_done_and_told() -> None:
    told: list[str] = []
    with deployed() as whole:
        rehearse(whole, lambda step, seen, seconds: told.append(step))
    assert tuple(told) == STEPS


@pytest.mark.parametrize(("role", "action", "step", "patience"), NEEDED)
def test_one_action_too_few_fails_at_its_step(role: str, action: str, step: str, patience: float) -> None:
    with pytest.raises(StepFailed) as failed, deployed(without(role, action)) as whole:
        rehearse(whole, lambda *_: None, patience=patience)
    assert failed.value.step == step


def test_taking_an_action_away_leaves_every_other() -> None:
    body = package.build("local").body()
    before = actions(body)
    after = actions(without("SendMessagesRole", "secretsmanager:GetSecretValue")(body))
    assert set(before) - set(after) == {("SendMessagesRole", "secretsmanager:GetSecretValue")}
