-- name: InsertRelease
insert into releases (number, document) values (@number, @document);

-- name: NextReleaseNumber
select coalesce(max(number), 0) + 1 from releases;

-- name: FindRelease
select document from releases where number = @number;

-- name: ListReleases
select document from releases order by number desc limit @limit;
