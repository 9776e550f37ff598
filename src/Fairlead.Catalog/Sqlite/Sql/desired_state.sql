-- name: NextDesiredVersion
select coalesce(max(version), 0) + 1 from desired_state;

-- name: SetDesiredState
insert into desired_state (id, version, document) values (1, @version, @document)
on conflict (id) do update set version = excluded.version, document = excluded.document;

-- name: FindDesiredState
select document from desired_state where id = 1;
