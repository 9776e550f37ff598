-- Reason: a segment's files leave the manifest when they are merged, thinned out or too old, while the segment's name must stay
-- known as long as the segment could still lie in the log. So files have a table of their own, and a segment is its name.

create table compacted_files (
    position      integer primary key,
    path          text    not null unique,
    state         text    not null,
    document      text    not null
);
create index compacted_files_unsettled on compacted_files (state) where state <> 'listed';

insert or ignore into compacted_files (path, state, document)
select json_extract(file.value, '$.path'), 'listed', file.value
from compacted_segments, json_each(compacted_segments.document, '$.files') as file
order by compacted_segments.position, file.key;

create table compacted_segment_names (
    position      integer primary key,
    segment       text    not null unique
);
insert into compacted_segment_names (position, segment) select position, segment from compacted_segments;
drop table compacted_segments;
alter table compacted_segment_names rename to compacted_segments;
