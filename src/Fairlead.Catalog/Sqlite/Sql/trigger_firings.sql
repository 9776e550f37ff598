-- name: NextFiringNumber
select coalesce(max(number), 0) + 1 from trigger_firings

-- name: InsertFiring
insert into trigger_firings (number, trigger_name, key, at, status, reason, document) values (@number, @trigger, @key, @at, @status, @reason, @document)
on conflict (trigger_name, key) do nothing

-- name: ListPendingFirings
select number, status, execution, reason, document from trigger_firings where status = 'pending' order by number limit @limit

-- name: SettleFiring
update trigger_firings set status = @status, execution = @execution, reason = @reason where number = @number and status = 'pending'

-- name: ListFirings
select number, status, execution, reason, document from trigger_firings where trigger_name = @trigger order by number desc limit @limit

-- name: FindFiring
select number, status, execution, reason, document from trigger_firings where number = @number

-- name: RemoveFirings
delete from trigger_firings where status <> 'pending' and at < @before
