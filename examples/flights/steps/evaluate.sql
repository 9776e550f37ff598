-- How good the model is on the flights that it has not seen.
create view answers as
select
    late,
    output.late::double as predicted,
    -- Kept off 0 and 1, where one wrong answer would make the log loss infinite.
    least(greatest(output.late::double, 1e-9), 1 - 1e-9) as bounded
from scored;

-- The probability that a late flight got a higher prediction than one in time, ties counting half: the rank statistic
-- of Mann and Whitney, over distinct predictions.
create view auc as
with levels as (
    select predicted, sum(late) as late, sum(1 - late) as in_time
    from answers
    group by predicted
), ranked as (
    select *, coalesce(sum(in_time) over (order by predicted rows between unbounded preceding and 1 preceding), 0) as below
    from levels
)
select sum(late * (below + in_time / 2)) / (sum(late) * sum(in_time)) as auc
from ranked;

copy (
    select
        round(any_value(auc.auc), 6)                                            as auc,
        round(avg(-ln(case when late = 1 then bounded else 1 - bounded end)), 6) as log_loss,
        round(avg((predicted - late) ** 2), 6)                                   as brier,
        round(avg(predicted), 6)                                                 as predicted_share,
        round(avg(late), 6)                                                      as late_share,
        count(*)                                                                 as rows
    from answers, auc
) to 'out/metrics.json' (format json);

-- Calibration: ten groups of flights from the safest to the riskiest, what was predicted and what happened.
copy (
    with deciles as (
        select late, predicted, ntile(10) over (order by predicted, late) as decile
        from answers
    )
    select
        decile,
        count(*)                 as flights,
        round(avg(predicted), 4) as predicted,
        round(avg(late), 4)      as late
    from deciles
    group by decile
    order by decile
) to 'out/report.json' (format json, array true);
