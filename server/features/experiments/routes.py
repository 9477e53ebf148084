"""Routes of experiments."""

from __future__ import annotations

from dataclasses import asdict

from quart import Blueprint, Response

from server.core.access import requires
from server.core.clock import rfc3339
from server.core.ids import row_id
from server.core.openapi import answers, problems
from server.core.problems import FieldError, Invalid, NotFound
from server.core.transactions import reading
from server.core.wire import takes, wire_response
from server.features.experiments import queries, service
from server.features.experiments.domain import ArmState, ClickRate, GuardRails, chances_to_be_best, click_rate
from server.features.experiments.queries import ExperimentRow
from server.features.experiments.schemas import (
    ArmOut,
    ExperimentIn,
    ExperimentOut,
    ExperimentsOut,
    GuardRailsOut,
    click_rate_out,
)

blueprint = Blueprint("experiments", __name__)
EXPERIMENTS_SHOWN = 50


@blueprint.get("/experiments")
@requires("admin")
@answers(ExperimentsOut)
async def list_experiments() -> Response:
    """List the latest experiments with their arms, counts and rates."""
    async with reading() as connection:
        rows = await queries.select_experiments(connection, limit=EXPERIMENTS_SHOWN)
    items = await _shown(rows)
    running = next((item.id for item in items if item.status == "running"), None)
    return wire_response(ExperimentsOut(items=items, running=running))


@blueprint.post("/experiments")
@requires("admin", limit="writes")
@takes(ExperimentIn)
@answers(ExperimentOut, 201)
@problems(409)
async def start_experiment(data: ExperimentIn) -> Response:
    """Start an experiment between the champion and other arms; one runs at a time."""
    version = None
    if data.challenger_version is not None:
        version = row_id(data.challenger_version)
        if version is None:
            error = FieldError("/challengerVersion", "unknown", "The version of a stored model.")
            raise Invalid("challengerVersion must name a model.", errors=[error])
    row = await service.start_experiment(
        service.experiments(),
        name=data.name,
        arms=data.arms,
        challenger_version=version,
        floor=data.floor,
        guard_rails=GuardRails(**data.guard_rails.model_dump(by_alias=False)),
    )
    return wire_response((await _shown([row]))[0], 201)


@blueprint.post("/experiments/<experiment_id>/stop")
@requires("admin", limit="writes")
@answers(ExperimentOut)
async def stop_experiment(experiment_id: str) -> Response:
    """Give all shoppers back to the champion."""
    number = row_id(experiment_id)
    if number is None:
        raise NotFound("There is no such experiment.")
    row = await service.stop_experiment(service.experiments(), number, reason="Stopped by an administrator.")
    return wire_response((await _shown([row]))[0])


async def _shown(rows: list[ExperimentRow]) -> list[ExperimentOut]:
    async with reading() as connection:
        counts = await queries.select_arm_outcomes(connection, experiment_ids=[row.id for row in rows])
    shown = []
    for row in rows:
        rates = {state.arm: click_rate(counts.get((row.id, state.arm), ())) for state in row.arms}
        chances = chances_to_be_best(rates, seed=row.id)
        arms = [_arm(state, rates[state.arm], chances[state.arm]) for state in row.arms]
        shown.append(_experiment(row, arms))
    return shown


def _experiment(row: ExperimentRow, arms: list[ArmOut]) -> ExperimentOut:
    return ExperimentOut(
        id=str(row.id),
        name=row.name,
        status="running" if row.status == "running" else "stopped",
        floor=round(row.floor, 4),
        guard_rails=GuardRailsOut(**asdict(row.guard_rails)),
        started_at=rfc3339(row.started_at),
        allocated_at=rfc3339(row.allocated_at),
        stopped_at=None if row.stopped_at is None else rfc3339(row.stopped_at),
        stop_reason=row.stop_reason,
        arms=arms,
    )


def _arm(state: ArmState, rate: ClickRate | None, chance: float) -> ArmOut:
    mean_s = state.seconds / state.answers if state.answers else None
    return ArmOut(
        arm=state.arm,
        model_version=None if state.model_version is None else str(state.model_version),
        share=round(state.share, 4),
        chance_to_be_best=chance,
        click_rate=click_rate_out(rate),
        answers=state.answers,
        errors=state.errors,
        slow_answers=state.slow_answers,
        mean_milliseconds=None if mean_s is None else round(mean_s * 1e3, 3),
        products_chosen=state.products_chosen,
        products_gone=state.products_gone,
    )
