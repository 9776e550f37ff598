-- Reason: who may do what, and who did what. Of a token only its SHA-256 is kept. The audit log only grows: its rows hang together by
-- hashes, and the triggers keep a slip from changing them; who changes the file past the triggers is found out by the hashes.
-- Times are microseconds since 1970-01-01 UTC.

create table users (
    name          text    primary key collate nocase,
    document      text    not null
);

create table tokens (
    id            text    primary key,
    user          text    not null collate nocase references users (name),
    hash          blob    not null check (length(hash) = 32),
    created_at    integer not null,
    created_by    text    not null,
    expires_at    integer,
    revoked_at    integer,
    last_used_at  integer
);
create index tokens_by_user on tokens (user);

create table audit (
    number        integer primary key check (number >= 1),
    at            integer not null,
    who           text    not null,
    via           text    not null,
    what          text    not null,
    target        text    not null,
    phase         text    not null,
    detail        text,
    cause         integer,
    hash          blob    not null
);
create index audit_by_who on audit (who, number);
create index audit_by_what on audit (what, number);
create index audit_by_time on audit (at);

create trigger audit_is_not_changed before update on audit begin select raise(abort, 'the audit log only grows'); end;
create trigger audit_is_not_removed before delete on audit begin select raise(abort, 'the audit log only grows'); end;
