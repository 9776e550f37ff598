-- name: CreateMigrations
create table if not exists schema_migrations (
    number        integer primary key,
    name          text    not null,
    applied_at    text    not null
);

-- name: LastMigration
select coalesce(max(number), 0) from schema_migrations;

-- name: InsertMigration
insert into schema_migrations (number, name, applied_at) values (@number, @name, @appliedAt);

-- name: ListTables
select name from sqlite_master where type = 'table' and name not like 'sqlite_%' order by name;

-- name: CountTables
select count(*) from sqlite_master where type = 'table';
