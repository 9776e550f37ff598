-- name: SetNoticeMark
insert into notice_marks (name, at, document) values (@name, @at, @document)
on conflict (name) do update set at = excluded.at, document = excluded.document

-- name: FindNoticeMark
select name, document, at from notice_marks where name = @name

-- name: RemoveNoticeMarks
delete from notice_marks where at < @before
