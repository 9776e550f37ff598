-- name: CountForeignLocks
select count(*) from execution_locks where name in (select value from json_each(@names)) and execution <> @number

-- name: TakeExecutionLock
insert or ignore into execution_locks (name, execution) values (@name, @number)

-- name: ReleaseExecutionLocks
delete from execution_locks where execution = @number
