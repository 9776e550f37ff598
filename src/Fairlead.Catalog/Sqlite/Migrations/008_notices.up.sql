-- Reason: whoever is to be told of something is told, whatever ends the control plane in between. What changes is noted by triggers in the
-- transaction that changes it (notice_feed), followed from there into one queue for each channel (notices), and how far a thing was told of
-- stands beside it (notice_marks). Times are microseconds since 1970-01-01 UTC.

create table notices (
    number        integer primary key,
    channel       text    not null,
    key           text    not null,
    event         text    not null,
    subject       text    not null,
    status        text    not null,
    at            integer not null,
    next_at       integer not null,
    attempts      integer not null default 0,
    settled_at    integer,
    error         text,
    document      text    not null,
    unique (channel, key)
);
create index notices_waiting on notices (channel, number) where status = 'waiting';
create index notices_by_subject on notices (subject, number);
create index notices_by_status on notices (channel, status);
create index notices_by_time on notices (at);

create table notice_marks (
    name          text    primary key,
    at            integer not null,
    document      text    not null
);

-- One row for each thing that changed, however often; who has looked at it removes the row, unless it changed again meanwhile.
create table notice_feed (
    source        text    not null,
    number        integer not null,
    revision      integer not null,
    primary key (source, number)
) without rowid;

create trigger notice_feed_of_new_executions after insert on executions begin
    insert into notice_feed (source, number, revision) values ('execution', new.number, 1) on conflict (source, number) do update set revision = revision + 1;
end;

create trigger notice_feed_of_executions after update of version, stalled on executions begin
    insert into notice_feed (source, number, revision) values ('execution', new.number, 1) on conflict (source, number) do update set revision = revision + 1;
end;

create trigger notice_feed_of_new_rollouts after insert on records when new.kind = 'rollout' begin
    insert into notice_feed (source, number, revision) values ('rollout', new.number, 1) on conflict (source, number) do update set revision = revision + 1;
end;

create trigger notice_feed_of_rollouts after update on records when new.kind = 'rollout' begin
    insert into notice_feed (source, number, revision) values ('rollout', new.number, 1) on conflict (source, number) do update set revision = revision + 1;
end;

create trigger notice_feed_of_audit after insert on audit
when new.phase <> 'began' and (new.what like 'user.%' or new.what like 'token.%' or new.what like 'group.%' or new.what like 'secret.%' or new.what = 'sign-in.blocked') begin
    insert into notice_feed (source, number, revision) values ('audit', new.number, 1) on conflict (source, number) do update set revision = revision + 1;
end;

-- What was told of alerts moves over, with what still waits for the one webhook that there was.
insert into notices (channel, key, event, subject, status, at, next_at, attempts, settled_at, error, document)
select
    iif(status = 'logged', '', 'webhook'),
    json_extract(document, '$.message.delivery'),
    'alert.' || json_extract(document, '$.message.change'),
    'alert/' || name,
    iif(status = 'failed', 'dead', status),
    at,
    at,
    coalesce(json_extract(document, '$.attempts'), 0),
    iif(status in ('delivered', 'failed'), at, null),
    json_extract(document, '$.error'),
    json_object(
        'project', json_extract(document, '$.message.project'),
        'level', iif(json_extract(document, '$.message.change') = 'firing', 'bad', 'good'),
        'title', 'Alert ' || name || iif(json_extract(document, '$.message.change') = 'firing', ' fires', ' is over'),
        'template', '{{ message }}',
        'fields', json_object('alert', name, 'target', json_extract(document, '$.message.target'), 'message', json_extract(document, '$.message.condition'), 'value', coalesce(json_extract(document, '$.message.value') || '', '')),
        'data', json(json_extract(document, '$.message')))
from records where kind = 'notification' order by number;

delete from records where kind = 'notification';
