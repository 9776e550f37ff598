-- Reason: graphs of ten thousand steps. Variants of a matrix share the series of their step and are told apart by "variant" (empty for a plain
-- step); what a look through the graph needs of a run stands in "brief", so that its whole record is not read; runs are sorted by time
-- without reading them. Times are microseconds since 1970-01-01 UTC.

alter table runs add column variant text not null default '';
alter table runs add column started_at integer not null default 0;
alter table runs add column brief text not null default '';

update runs set
    started_at = coalesce(cast(round((julianday(json_extract(document, '$.startedAt')) - 2440587.5) * 86400000.0) as integer) * 1000, 0),
    brief = json_object(
        'id', json_extract(document, '$.id'),
        'key', key,
        'status', status,
        'outputs', coalesce(json_extract(document, '$.outputs'), json('[]')),
        'metrics', coalesce(json_extract(document, '$.metrics'), json('{}')));

create index runs_of_variant on runs (step, variant, number) where status = 'succeeded';
create index runs_by_time on runs (started_at);
