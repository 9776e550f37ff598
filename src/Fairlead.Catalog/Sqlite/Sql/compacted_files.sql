-- name: InsertFile
insert into compacted_files (path, state, document) values (@path, @state, @document);

-- name: ListFiles
select path, state, document from compacted_files order by position;

-- name: RetireFile
update compacted_files set state = 'retired' where path = @path and state <> 'retired';

-- name: SetFileState
update compacted_files set state = @state where path = @path;

-- name: DeleteRetiredFile
delete from compacted_files where path = @path and state = 'retired';
