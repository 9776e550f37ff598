-- Reason: executions of pipelines go on after whatever ended the control plane: each is a row with its whole state, written together with
-- the events that made it. The lists read what stands before plan and state, which lie on pages of their own.

create table executions (
    number        integer primary key,
    pipeline      text    not null,
    is_open       integer not null,
    is_admitted   integer not null default 0,
    version       integer not null,
    lease_owner   text    not null,
    lease_until   integer not null,
    fence         integer not null,
    parent        text    unique,
    stalled       text,
    summary       text    not null,
    plan          text    not null,
    state         text    not null
);
create index executions_by_pipeline on executions (pipeline, number);
create index executions_open on executions (pipeline, is_admitted, number) where is_open = 1;
create index executions_leased on executions (lease_owner) where is_open = 1;

create table execution_events (
    execution     integer not null,
    sequence      integer not null,
    document      text    not null,
    primary key (execution, sequence)
) without rowid;

-- What no two executions hold at once.
create table execution_locks (
    name          text    primary key,
    execution     integer not null
);
create index execution_locks_by_execution on execution_locks (execution);

-- Requests for executions that another control plane drives.
create table execution_requests (
    position      integer primary key,
    execution     integer not null,
    document      text    not null
);
