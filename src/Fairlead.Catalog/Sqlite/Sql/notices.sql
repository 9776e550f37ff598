-- name: InsertNotice
insert into notices (channel, key, event, subject, status, at, next_at, document)
values (@channel, @key, @event, @subject, @status, @at, @at, @document) on conflict (channel, key) do nothing

-- name: ListDueChannels
select channel from (select channel, min(number) as number, next_at from notices where status = 'waiting' group by channel)
where next_at <= @now or next_at > @latest order by channel

-- name: ListWaitingNotices
select number, channel, key, event, subject, status, at, next_at as nextAt, attempts, settled_at as settledAt, error, document
from notices where channel = @channel and status = 'waiting' order by number limit @limit

-- name: SettleNotice
update notices set status = @status, attempts = attempts + 1, error = @error, settled_at = @at where number = @number and status = 'waiting'

-- name: PostponeNotice
update notices set attempts = attempts + 1, error = @error, next_at = @nextAt where number = @number and status = 'waiting'

-- name: RetryNotice
update notices set status = 'waiting', next_at = @now, settled_at = null where number = @number

-- name: FindNotice
select number, channel, key, event, subject, status, at, next_at as nextAt, attempts, settled_at as settledAt, error, document
from notices where number = @number

-- name: ListNotices
select number, channel, key, event, subject, status, at, next_at as nextAt, attempts, settled_at as settledAt, error, document
from notices where (@channel is null or channel = @channel) and (@status is null or status = @status)
order by number desc limit @limit

-- name: ListNoticesOfSubject
select number, channel, key, event, subject, status, at, next_at as nextAt, attempts, settled_at as settledAt, error, document
from notices where subject = @subject and (@channel is null or channel = @channel) and (@status is null or status = @status)
order by number desc limit @limit

-- name: CountNotices
select channel, status, count(*) as Number from notices where channel <> '' group by channel, status order by channel

-- name: OldestNotices
select channel, min(number) as Number, at, error from notices where status = 'waiting' group by channel

-- name: RemoveNotices
delete from notices where status <> 'waiting' and at < @before
