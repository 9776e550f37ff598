-- name: NextExecutionNumber
select coalesce(max(number), 0) + 1 from executions

-- name: FindExecutionByParent
select number from executions where parent = @parent

-- name: InsertExecution
insert into executions (number, pipeline, is_open, version, lease_owner, lease_until, fence, parent, summary, plan, state)
values (@number, @pipeline, 1, 1, @owner, @until, 1, @parent, @summary, @plan, @state)

-- name: UpdateExecution
update executions set version = @next, summary = @summary, state = @state, is_open = @isOpen, is_admitted = case when @isOpen = 1 then is_admitted else 0 end
where number = @number and version = @version and fence = @fence

-- name: AdmitExecution
update executions set is_admitted = 1 where number = @number

-- name: CountAdmitted
select count(*) from executions where pipeline = @pipeline and is_open = 1 and is_admitted = 1

-- name: NewestWaiting
select coalesce(max(number), 0) from executions where pipeline = @pipeline and is_open = 1 and is_admitted = 0

-- name: FindExecution
select number, version, fence, stalled, plan, state from executions where number = @number

-- name: FindExecutionLease
select is_open as IsOpen, lease_owner as Owner, lease_until as Until from executions where number = @number

-- name: TakeExecution
update executions set lease_owner = @owner, lease_until = @until, fence = fence + 1 where number = @number

-- name: RenewExecutions
update executions set lease_until = @until where lease_owner = @owner and is_open = 1

-- name: ListHeldExecutions
select number, fence from executions where lease_owner = @owner and is_open = 1

-- name: ListLeases
select number, lease_owner as Owner, lease_until as Until from executions where is_open = 1 order by number

-- name: ListQueuedExecutions
select number, pipeline from executions where is_open = 1 and is_admitted = 0 order by number

-- name: CountExecutions
select json_extract(summary, '$.status') as Status, count(*) as Number from executions group by 1

-- name: ListExecutions
select summary, stalled from executions where number < @before order by number desc limit @limit

-- name: ListExecutionsOfPipeline
select summary, stalled from executions where pipeline = @pipeline and number < @before order by number desc limit @limit

-- name: ListOpenExecutions
select summary, stalled from executions where is_open = 1 and (@pipeline is null or pipeline = @pipeline) and number < @before order by number desc limit @limit

-- name: SetExecutionStalled
update executions set stalled = @stalled where number = @number
