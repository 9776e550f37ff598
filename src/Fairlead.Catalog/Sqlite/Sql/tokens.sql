-- name: InsertToken
insert into tokens (id, user, hash, created_at, created_by, expires_at) values (@id, @user, @hash, @createdAt, @createdBy, @expiresAt);

-- name: FindToken
select id, user, hash, created_at as createdAt, created_by as createdBy, expires_at as expiresAt, revoked_at as revokedAt, last_used_at as lastUsedAt
from tokens where id = @id;

-- name: ListTokens
select id, user, hash, created_at as createdAt, created_by as createdBy, expires_at as expiresAt, revoked_at as revokedAt, last_used_at as lastUsedAt
from tokens where @user is null or user = @user order by created_at desc, id;

-- name: RevokeTokens
update tokens set revoked_at = @at where user = @user and (@id is null or id = @id) and revoked_at is null;

-- name: TouchToken
update tokens set last_used_at = @at where id = @id;
