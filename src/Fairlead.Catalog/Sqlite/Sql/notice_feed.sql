-- name: ListNoticeFeed
select source, number, revision from notice_feed limit @limit

-- name: RemoveNoticeFeed
delete from notice_feed where source = @source and number = @number and revision = @revision
