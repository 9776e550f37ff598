using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Predictions.Query;

/// <summary>What the catalog knows, as tables that a query joins to predictions; each is made only for a statement that reads it.</summary>
/// <param name="annotations">Tags, notes and verdicts of runs; null to leave them out.</param>
public sealed class CatalogTables(
    IServerGroupCatalog groups, IRunCatalog runs, IModelCatalog models, IReleaseCatalog releases, IDatasetCatalog datasets, IRunAnnotations? annotations = null)
{
    private readonly RunHistory history = new(runs);

    /// <summary>The tables' names.</summary>
    public static IReadOnlyCollection<string> Names { get; } = ["server_groups", "runs", "metrics", "releases", "models", "datasets"];

    /// <param name="sql">The statement that reads them.</param>
    /// <param name="isNarrow">It reads only columns that it names.</param>
    internal async Task<IReadOnlyList<(string Sql, string Json)>> ReadAsync(IReadOnlyCollection<string> wanted, string sql, bool isNarrow, CancellationToken cancellationToken)
    {
        var tables = new List<(string Sql, string Json)>();
        if (Wants("server_groups"))
            Add(CatalogTableSql.ServerGroups, await groups.ListAsync(null, null, cancellationToken).ConfigureAwait(false), DomainJson.Default.IReadOnlyListServerGroup);
        if (Wants("runs") || Wants("metrics"))
        {
            var all = await history.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (Wants("runs"))
                tables.Add(RunTable.Of(annotations is null ? all : await annotations.AnnotateAsync(all, cancellationToken).ConfigureAwait(false), sql, isNarrow));
            if (Wants("metrics"))
                tables.Add((CatalogTableSql.Metrics, RunTable.MetricsOf(all)));
        }

        if (Wants("releases"))
            Add(CatalogTableSql.Releases, await releases.ListAsync(int.MaxValue, cancellationToken).ConfigureAwait(false), DomainJson.Default.IReadOnlyListRelease);
        if (Wants("models"))
            Add(CatalogTableSql.Models, await models.ListAsync(null, cancellationToken).ConfigureAwait(false), DomainJson.Default.IReadOnlyListModelVersion);
        if (Wants("datasets"))
            Add(CatalogTableSql.Datasets, await datasets.ListAsync(null, cancellationToken).ConfigureAwait(false), DomainJson.Default.IReadOnlyListDatasetVersion);
        return tables;

        bool Wants(string name) => wanted.Contains(name, StringComparer.OrdinalIgnoreCase);
        void Add<T>(string sql, T records, JsonTypeInfo<T> type) => tables.Add((sql, JsonSerializer.Serialize(records, type)));
    }

    /// <summary>Makes the tables on a connection, of which alone they are.</summary>
    internal static void Create(SqlConnection connection, IReadOnlyList<(string Sql, string Json)> tables, CancellationToken cancellationToken)
    {
        foreach (var (sql, json) in tables)
            connection.Execute(sql, cancellationToken, json);
    }
}
