-- Reason: what the control plane finds out and keeps (replays, drift, KPIs, alerts, experiments, verifications, erasures, saved
-- queries) is of one shape: found by kind, number, name, status and time, read as a document of the room that owns the kind.
-- "at" is microseconds since 1970-01-01 UTC.

create table records (
    position      integer primary key,
    kind          text    not null,
    number        integer not null check (number >= 1),
    name          text    not null,
    status        text    not null,
    at            integer not null,
    document      text    not null,
    unique (kind, number)
);
create index records_by_name on records (kind, name, number);

-- The highest number that a kind ever gave out, so that a number is never given twice, whatever is removed.
create table record_numbers (
    kind          text    primary key,
    number        integer not null check (number >= 1)
);
