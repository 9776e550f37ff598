-- name: NextRecordNumber
insert into record_numbers (kind, number) values (@kind, 1) on conflict (kind) do update set number = number + 1 returning number;

-- name: InsertRecord
insert into records (kind, number, name, status, at, document) values (@kind, @number, @name, @status, @at, @document);

-- name: UpdateRecord
update records set status = @status, document = @document where kind = @kind and number = @number;

-- name: FindRecord
select number, name, status, at, document from records where kind = @kind and number = @number;

-- name: FindLatestRecord
select number, name, status, at, document from records where kind = @kind and name = @name order by number desc limit 1;

-- name: ListRecords
select number, name, status, at, document from records
where kind = @kind and (@name is null or name = @name) and (@status is null or status = @status) and (@since is null or at >= @since)
order by number desc limit @limit;

-- name: RemoveRecords
delete from records where kind = @kind and (@name is null or name = @name) and at < @before;
