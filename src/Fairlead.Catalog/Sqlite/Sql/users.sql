-- name: AnyUser
select exists (select 1 from users);

-- name: InsertUser
insert into users (name, document) values (@name, @document);

-- name: UpdateUser
update users set document = @document where name = @name;

-- name: FindUser
select document from users where name = @name;

-- name: ListUsers
select document from users order by name;
