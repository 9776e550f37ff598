-- name: InsertServerGroup
insert into server_groups (service, environment, number, status, document) values (@service, @environment, @number, @status, @document);

-- name: NextServerGroupNumber
select coalesce(max(number), 0) + 1 from server_groups where service = @service and environment = @environment;

-- name: UpdateServerGroup
update server_groups set status = @status, document = @document where service = @service and environment = @environment and number = @number;

-- name: FindServerGroup
select document from server_groups where service = @service and environment = @environment and number = @number;

-- name: ListServerGroups
select document from server_groups
where (@environment is null or environment = @environment) and (@service is null or service = @service)
order by position desc;

-- name: ListKeptServerGroups
select document from server_groups where status <> 'destroyed' order by position;
