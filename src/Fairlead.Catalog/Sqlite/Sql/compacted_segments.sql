-- name: InsertSegment
insert into compacted_segments (segment, document) values (@segment, @document) on conflict (segment) do nothing;

-- name: ListSegments
select document from compacted_segments order by position;
