-- name: InsertRun
insert into runs (step, number, key, status, variant, started_at, brief, document)
values (@step, @number, @key, @status, @variant, @startedAt, @brief, @document);

-- name: NextRunNumber
select coalesce(max(number), 0) + 1 from runs where step = @step;

-- name: UpdateRun
update runs set key = @key, status = @status, variant = @variant, started_at = @startedAt, brief = @brief, document = @document where step = @step and number = @number;

-- name: FindRun
select document from runs where step = @step and number = @number;

-- name: FindRunByKey
select document from runs where step = @step and key = @key and status = 'succeeded' order by number desc limit 1;

-- name: FindRunsByKeys
select brief from (
    select r.brief, row_number() over (partition by r.key order by r.number desc) as place
    from json_each(@keys) as wanted cross join runs as r
    where r.step = @step and r.key = wanted.value and r.status = 'succeeded'
) where place = 1;

-- name: FindLatestRunOfVariant
select document from runs where step = @step and variant = @variant and status = 'succeeded' order by number desc limit 1;

-- name: FindLatestRun
select document from runs where step = @step and status = 'succeeded' order by number desc limit 1;

-- name: ListRuns
select document from runs order by position desc limit @limit;

-- name: ListRunsOfStep
select document from runs where step = @step order by number desc limit @limit;

-- name: ListRunningRuns
select document from runs where status = 'running' order by position;
