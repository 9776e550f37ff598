-- name: InsertSegment
insert into compacted_segments (segment) values (@segment) on conflict (segment) do nothing;

-- name: ListSegments
select segment from compacted_segments order by position;

-- name: DeleteSegment
delete from compacted_segments where segment = @segment;
