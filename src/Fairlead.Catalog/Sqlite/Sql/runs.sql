-- name: InsertRun
insert into runs (step, number, key, status, document) values (@step, @number, @key, @status, @document);

-- name: NextRunNumber
select coalesce(max(number), 0) + 1 from runs where step = @step;

-- name: UpdateRun
update runs set key = @key, status = @status, document = @document where step = @step and number = @number;

-- name: FindRun
select document from runs where step = @step and number = @number;

-- name: FindRunByKey
select document from runs where step = @step and key = @key and status = 'succeeded' order by number desc limit 1;

-- name: FindLatestRun
select document from runs where step = @step and status = 'succeeded' order by number desc limit 1;

-- name: ListRuns
select document from runs order by position desc limit @limit;

-- name: ListRunsOfStep
select document from runs where step = @step order by number desc limit @limit;

-- name: ListRunningRuns
select document from runs where status = 'running' order by position;
