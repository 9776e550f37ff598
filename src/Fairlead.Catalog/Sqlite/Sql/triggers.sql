-- name: ListTriggers
select name, source, cursor, error, failing_since as FailingSince, paused_by as PausedBy, paused_at as PausedAt from triggers order by name

-- name: UpsertTrigger
insert into triggers (name, source, cursor, error, failing_since) values (@name, @source, @cursor, @error, @failingSince)
on conflict (name) do update set source = @source, cursor = @cursor, error = @error, failing_since = @failingSince

-- name: FindTriggerPause
select paused_by from triggers where name = @name

-- name: PauseTrigger
insert into triggers (name, paused_by, paused_at) values (@name, @by, @at)
on conflict (name) do update set paused_by = @by, paused_at = @at
