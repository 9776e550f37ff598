-- Reason: what triggers saw is remembered together with what shall begin because of it, so that a kill between seeing and beginning loses nothing, and
-- a key for each thing seen, so that nothing begins twice.

create table triggers (
    name          text    primary key,
    source        text    not null default '',
    cursor        text,
    error         text,
    failing_since integer,
    paused_by     text,
    paused_at     integer
);

create table trigger_firings (
    number        integer primary key,
    trigger_name  text    not null,
    key           text    not null,
    at            integer not null,
    status        text    not null,
    execution     integer,
    reason        text,
    document      text    not null,
    unique (trigger_name, key)
);
create index trigger_firings_by_trigger on trigger_firings (trigger_name, number);
create index trigger_firings_pending on trigger_firings (number) where status = 'pending';

-- What senders call their messages, so that none counts twice.
create table trigger_deliveries (
    trigger_name  text    not null,
    delivery      text    not null,
    at            integer not null,
    primary key (trigger_name, delivery)
) without rowid;
create index trigger_deliveries_by_time on trigger_deliveries (at);
