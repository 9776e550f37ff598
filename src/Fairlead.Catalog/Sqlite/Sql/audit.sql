-- name: AuditHead
select number, hash from audit order by number desc limit 1;

-- name: AuditHashAt
select number, hash from audit where number = @number;

-- name: InsertAudit
insert into audit (number, at, who, via, what, target, phase, detail, cause, hash)
values (@number, @at, @who, @via, @what, @target, @phase, @detail, @cause, @hash);

-- name: ReadAudit
select number, at, who, via, what, target, phase, detail, cause, hash from audit where number > @after order by number limit @limit;

-- name: ListAudit
select number, at, who, via, what, target, phase, detail, cause, hash from audit
where (@before is null or number < @before) and (@since is null or at >= @since)
order by number desc limit @limit;

-- name: ListAuditBy
select number, at, who, via, what, target, phase, detail, cause, hash from audit
where who = @who and (@before is null or number < @before) and (@since is null or at >= @since)
  and (@what is null or what = @what) and (@prefix is null or (what >= @prefix and what < @prefixEnd))
order by number desc limit @limit;

-- name: ListAuditOf
select number, at, who, via, what, target, phase, detail, cause, hash from audit
where what = @what and (@before is null or number < @before) and (@since is null or at >= @since)
order by number desc limit @limit;

-- name: ListAuditBelow
select number, at, who, via, what, target, phase, detail, cause, hash from audit
where what >= @prefix and what < @prefixEnd and (@before is null or number < @before) and (@since is null or at >= @since)
order by number desc limit @limit;
