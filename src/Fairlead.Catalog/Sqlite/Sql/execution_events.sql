-- name: InsertExecutionEvent
insert into execution_events (execution, sequence, document) values (@number, @sequence, @document)

-- name: ListExecutionEvents
select sequence, document from execution_events where execution = @number and sequence > @after order by sequence limit @limit
