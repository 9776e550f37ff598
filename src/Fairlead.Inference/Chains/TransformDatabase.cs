using Fairlead.Domain.Configurations;
using Fairlead.Domain.Models;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>The database that transforms run in: in memory, without files, network or settings, on the thread that asks.</summary>
internal sealed class TransformDatabase : IDisposable
{
    /// <summary>More than so much memory no transform may take.</summary>
    public const string MemoryLimit = "256MB";
    private readonly DuckDbDatabase database;

    /// <param name="config">Settings of the service; none makes no table of them.</param>
    public TransformDatabase(IReadOnlyList<ConfigSetting>? config = null)
    {
        database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
        {
            ["threads"] = "1",
            ["memory_limit"] = MemoryLimit,
            ["temp_directory"] = "",
        });
        try
        {
            using var connection = database.Connect();
            if (config is { Count: > 0 })
                connection.Execute(TransformSql.CreateConfig(config));
            connection.Execute(
                """
                SET GLOBAL TimeZone = 'UTC';
                SET GLOBAL allow_community_extensions = false;
                SET GLOBAL allow_persistent_secrets = false;
                SET GLOBAL enable_external_access = false;
                -- Both take the values that the table has when a statement is prepared for those that it will ever have.
                SET GLOBAL disabled_optimizers = 'statistics_propagation,compressed_materialization';
                SET GLOBAL lock_configuration = true;
                """);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection with a transform's table and the transform.</summary>
    /// <exception cref="DuckDbException">The transform is no query over that table.</exception>
    public DuckDbConnection Open(IReadOnlyList<TensorSpec> table, string sql)
    {
        var connection = database.Connect();
        try
        {
            connection.Execute(TransformSql.CreateTable(table));
            connection.Execute(TransformSql.CreateView(sql));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection without anything.</summary>
    public DuckDbConnection Connect() => database.Connect();

    public void Dispose() => database.Dispose();
}
