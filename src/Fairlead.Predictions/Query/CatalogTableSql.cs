namespace Fairlead.Predictions.Query;

/// <summary>How the catalog's records become tables; each statement takes an array of records in the domain's JSON.</summary>
internal static class CatalogTableSql
{
    public const string ServerGroups =
        """
        CREATE TEMP TABLE server_groups AS
        SELECT r->>'$.name' AS server_group, r->>'$.service.name' AS service, regexp_extract(r->>'$.name', '^[^-]*-([^-]*)-v', 1) AS environment,
          regexp_extract(r->>'$.name', '-v([0-9]+)$', 1)::INTEGER AS number, r->>'$.release' AS release,
          coalesce(r->>'$.service.model.model', nullif(array_to_string(r->>'$.service.chain.stages[*].model.label', ' + '), '')) AS model,
          (r->>'$.service.model.number')::INTEGER AS model_version,
          coalesce(r->>'$.service.model.artifact.digest', r->>'$.service.chain.digest', r->>'$.service.command.code.digest') AS model_digest,
          r->>'$.service.model.run' AS run,
          CASE WHEN r->>'$.service.model.run' IS NULL THEN r->>'$.service.chain.stages[*].model.run' ELSE [r->>'$.service.model.run'] END AS runs,
          r->>'$.service.command.command' AS command, r->>'$.status' AS status, (r->>'$.weight')::DOUBLE / 10000 AS weight, (r->>'$.mirror')::DOUBLE / 10000 AS mirror,
          r->>'$.configuration' AS configuration, (r->>'$.createdAt')::TIMESTAMPTZ AS created, r->>'$.createdBy' AS created_by,
          (r->>'$.enabledAt')::TIMESTAMPTZ AS enabled, r->>'$.enabledBy' AS enabled_by, (r->>'$.disabledAt')::TIMESTAMPTZ AS disabled, r->>'$.error' AS error
        FROM (SELECT unnest(json_extract($1::JSON, '$[*]')) AS r)
        """;

    public const string Metrics =
        """
        CREATE TEMP TABLE metrics AS
        SELECT r->>'$.id' AS run, regexp_replace(r->>'$.id', '-[0-9]+$', '') AS step, m.key AS name, m.value::DOUBLE AS "value"
        FROM (SELECT unnest(json_extract($1::JSON, '$[*]')) AS r), json_each(r->'$.metrics') m
        """;

    public const string Releases =
        """
        CREATE TEMP TABLE releases AS
        SELECT r->>'$.name' AS release, (substr(r->>'$.name', 2))::INTEGER AS number, r->>'$.commit.commit' AS "commit", r->>'$.commit.branch' AS branch,
          (r->>'$.commit.dirtyDigest') IS NOT NULL AS dirty, r->>'$.services[*].name' AS services, (r->>'$.createdAt')::TIMESTAMPTZ AS created, r->>'$.createdBy' AS created_by
        FROM (SELECT unnest(json_extract($1::JSON, '$[*]')) AS r)
        """;

    public const string Models =
        """
        CREATE TEMP TABLE models AS
        SELECT r->>'$.model' AS model, (r->>'$.number')::INTEGER AS model_version, r->>'$.run' AS run, r->>'$.artifact.digest' AS model_digest,
          (r->>'$.artifact.size')::BIGINT AS size, r->'$.signature' AS signature, (r->>'$.createdAt')::TIMESTAMPTZ AS created
        FROM (SELECT unnest(json_extract($1::JSON, '$[*]')) AS r)
        """;

    public const string Datasets =
        """
        CREATE TEMP TABLE datasets AS
        SELECT r->>'$.dataset' AS dataset, (r->>'$.number')::INTEGER AS dataset_version, r->>'$.artifact.digest' AS digest, (r->>'$.artifact.size')::BIGINT AS size,
          r->>'$.path' AS path, (r->>'$.registeredAt')::TIMESTAMPTZ AS registered, r->>'$.registeredBy' AS registered_by, r->>'$.commit.commit' AS "commit"
        FROM (SELECT unnest(json_extract($1::JSON, '$[*]')) AS r)
        """;
}
