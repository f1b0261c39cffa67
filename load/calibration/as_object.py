"""A calibration as one JSON object."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from load.calibration.calibration import Calibration
from load.calibration.fitting import Fit
from load.law import Constant, Empirical, Erlang, Law, Lognormal

Object = dict[str, object]


def as_object(found: Calibration) -> Object:
    """Every figure with value, low, high (95 %) and records; null where nothing is known."""
    records = found.read.records
    return {
        "rows": found.read.rows,
        "calls": len(records),
        "rejected": found.read.problems.total,
        "rejected_by_cause": dict(found.read.problems.causes),
        "begins": records.moment(float(records.at_s.min())).isoformat(),
        "ends": records.moment(records.ends_s).isoformat(),
        "call_back": _call_back(found),
        "handle": _handle(found),
        "patience": _patience(found),
        "redial": _redial(found),
        "traffic": _traffic(found),
    }


def law_object(law: Law | None) -> Object | None:
    """A law as a plan writes it."""
    match law:
        case None:
            return None
        case Empirical():
            return {"law": "empirical", "values_s": [round(one, 3) for one in law.values_s]}
        case Lognormal():
            return {"law": "lognormal", "mean_s": law.mean_s, "sigma": law.sigma}
        case Erlang():
            return {"law": "erlang", "mean_s": law.mean_s, "phases": law.phases}
        case Constant():
            return {"law": "constant", "mean_s": law.mean_s}
    return {"law": "exponential", "mean_s": law.mean_s}


def _fit(fit: Fit) -> Object:
    told = {"aic": round(fit.aic, 1), "mean_s": fit.mean.as_object(), "distance": fit.apart}
    return {**(law_object(fit.law) or {}), **told, "sigma_interval": fit.sigma.as_object() if fit.sigma else None}


def _call_back(found: Calibration) -> list[Object]:
    return [
        {
            "brand": one.brand,
            "share": one.share.as_object(),
            "delay": law_object(one.law),
            "delay_mean_s": one.delay.as_object(),
            "background_basis": one.basis,
            "background_per_h": {str(hour): round(rate, 3) for hour, rate in one.background_per_h.items()},
            "batches_outside": list(one.outside),
            "batches": [
                {
                    "number": batch.batch.number,
                    "size": batch.batch.size,
                    "share": batch.share.as_object(),
                    "delay_mean_s": batch.delay.as_object(),
                }
                for batch in one.batches
            ],
        }
        for one in found.call_back
    ]


def _handle(found: Calibration) -> Object:
    handle = found.handle
    return {
        "mean_s": handle.mean.as_object(),
        "sd_s": handle.sd_s,
        "quantiles_s": {str(share): value for share, value in handle.quantiles_s.items()},
        "share_under_10_s": handle.short.as_object(),
        "law": law_object(handle.law),
        "law_by_moments": handle.by_moments,
        "fits": [_fit(fit) for fit in handle.fits],
        "by_kind": {one.name: {"mean_s": one.mean.as_object(), "median_s": one.median_s} for one in handle.by_kind},
        "by_hours": {one.name: {"mean_s": one.mean.as_object(), "median_s": one.median_s} for one in handle.by_hours},
        "answered_without_length": handle.without,
    }


def _patience(found: Calibration) -> Object:
    patience = found.patience
    return {
        "abandoned_of_queued": patience.abandoned.as_object(),
        "survival": {str(t_s): one.as_object() for t_s, one in patience.beyond.items()},
        "restricted_mean_s": patience.restricted.as_object() if patience.restricted else None,
        "restricted_to_s": patience.restricted_to_s,
        "law": law_object(patience.law),
        "fits": [_fit(fit) for fit in patience.fits],
        "waited_0_s": patience.at_once,
        "wait_unknown": patience.unknown,
    }


def _redial(found: Calibration) -> Object:
    redials = found.redials
    return {
        "within_s": redials.within_s,
        "share": redials.share.as_object(),
        "share_after_answer": redials.after_answer.as_object(),
        "delay": law_object(found.redial_law),
        "fits": [_fit(fit) for fit in redials.fits],
        "unanswered_without_number": redials.nobody,
    }


def _traffic(found: Calibration) -> Object:
    traffic = found.traffic
    brands: Mapping[str, Object] = {
        brand or "all": {
            "attempts": one.tally.attempts,
            "answered": one.tally.answered,
            "abandoned": one.tally.abandoned,
            "diverted": one.tally.diverted,
            "busy": one.tally.busy,
            "callers": one.tally.callers,
            "connection_rate_by_attempts": one.by_attempts.as_object(),
            "connection_rate_by_callers": one.by_callers.as_object(),
        }
        for brand, one in traffic.by_brand.items()
    }
    return {
        "days": traffic.days,
        "per_quarter_hour": [round(float(one), 4) for one in traffic.per_quarter],
        "variance_to_mean": [round(float(one), 4) if np.isfinite(one) else None for one in traffic.spread],
        "by_brand": dict(brands),
    }
