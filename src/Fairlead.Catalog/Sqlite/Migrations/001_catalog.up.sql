-- Reason: the first catalog. One table per word: what is searched for is a column, the record itself is a JSON document
-- in the domain's own form, so that a new member of a record needs no migration.
-- "position" is the order in which things were recorded.

create table dataset_versions (
    position      integer primary key,
    dataset       text    not null,
    number        integer not null check (number >= 1),
    digest        text    not null,
    document      text    not null,
    unique (dataset, number),
    unique (dataset, digest)
);

create table runs (
    position      integer primary key,
    step          text    not null,
    number        integer not null check (number >= 1),
    key           text    not null,
    status        text    not null,
    document      text    not null,
    unique (step, number)
);
create index runs_succeeded on runs (step, key, number) where status = 'succeeded';
create index runs_running on runs (position) where status = 'running';

create table model_versions (
    position      integer primary key,
    model         text    not null,
    number        integer not null check (number >= 1),
    digest        text    not null,
    run           text    not null,
    document      text    not null,
    unique (model, number),
    unique (model, digest, run)
);

create table releases (
    number        integer primary key check (number >= 1),
    document      text    not null
);

create table server_groups (
    position      integer primary key,
    service       text    not null,
    environment   text    not null,
    number        integer not null check (number >= 1),
    status        text    not null,
    document      text    not null,
    unique (service, environment, number)
);
create index server_groups_kept on server_groups (position) where status <> 'destroyed';

create table desired_state (
    id            integer primary key check (id = 1),
    version       integer not null check (version >= 1),
    document      text    not null
);

create table compacted_segments (
    position      integer primary key,
    segment       text    not null unique,
    document      text    not null
);
