using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>A database in memory that can read one folder and nothing else, its settings locked.</summary>
internal static class SandboxedDatabase
{
    /// <summary>Of what does not fit into the memory, for each byte of it.</summary>
    private const int SpillPerMemory = 4;

    /// <param name="readable">Full path of the folder.</param>
    /// <param name="spill">Where what does not fit into the memory goes: a folder within the other.</param>
    /// <param name="memory">In bytes.</param>
    public static DuckDbDatabase Open(string readable, string spill, long memory)
    {
        var opened = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
        {
            ["threads"] = "2",
            ["memory_limit"] = $"{memory}B",
            ["temp_directory"] = spill,
        });
        try
        {
            using var connection = opened.Connect();
            connection.Execute(
                $"""
                SET GLOBAL TimeZone = 'UTC';
                -- Reading the footers of thousands of files anew for every query would cost more than most queries.
                SET GLOBAL parquet_metadata_cache = true;
                -- What is nested deeper can take minutes to bind, which cannot be interrupted.
                SET GLOBAL max_expression_depth = 200;
                SET GLOBAL max_temp_directory_size = '{memory * SpillPerMemory}B';
                SET GLOBAL allow_community_extensions = false;
                SET GLOBAL allow_persistent_secrets = false;
                SET GLOBAL allowed_directories = {DuckDbText.List([readable + Path.DirectorySeparatorChar])};
                SET GLOBAL enable_external_access = false;
                SET GLOBAL lock_configuration = true;
                """);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
