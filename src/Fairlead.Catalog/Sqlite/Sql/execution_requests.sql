-- name: InsertExecutionRequest
insert into execution_requests (execution, document) values (@number, @document)

-- name: ListExecutionRequests
select execution_requests.position, execution as Number, document from execution_requests join executions on number = execution where lease_owner = @owner order by position

-- name: RemoveExecutionRequest
delete from execution_requests where position = @position
