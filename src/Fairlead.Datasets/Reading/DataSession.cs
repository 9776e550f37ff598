using Fairlead.DuckDb;

namespace Fairlead.Datasets.Reading;

/// <summary>A database that may read the data and write what does not fit into memory, and nothing else.</summary>
internal sealed class DataSession : IDisposable
{
    private const string Memory = "1GB";
    private const string Spill = "100GB";

    /// <summary>To keep the rows of more files in their order takes more memory than there is.</summary>
    private const int MostOrderedFiles = 10_000;
    private readonly DuckDbDatabase database;

    private DataSession(DuckDbDatabase database, DuckDbConnection connection)
    {
        this.database = database;
        Connection = connection;
    }

    public DuckDbConnection Connection { get; }

    /// <param name="readable">Full path of the folder with the data.</param>
    /// <param name="temporary">Full path of a folder that may be written.</param>
    public static DataSession Open(string readable, string temporary)
    {
        // A file, since rows of text are taken into it once and read many times.
        var database = DuckDbDatabase.OpenFile(Path.Combine(temporary, "data.db"), new Dictionary<string, string>
        {
            ["threads"] = "2",
            ["memory_limit"] = Memory,
            ["temp_directory"] = Path.Combine(temporary, "spill"),
        });
        var connection = database.Connect();
        var isOrdered = !Directory.EnumerateFiles(readable, "*", SearchOption.AllDirectories).Skip(MostOrderedFiles).Any();
        try
        {
            connection.Execute(
                $"""
                SET GLOBAL preserve_insertion_order = {(isOrdered ? "true" : "false")};
                SET GLOBAL TimeZone = 'UTC';
                SET GLOBAL max_expression_depth = 200;
                SET GLOBAL max_temp_directory_size = '{Spill}';
                SET GLOBAL allow_community_extensions = false;
                SET GLOBAL allow_persistent_secrets = false;
                SET GLOBAL allowed_directories = {DuckDbText.List([readable + Path.DirectorySeparatorChar, temporary + Path.DirectorySeparatorChar])};
                SET GLOBAL enable_external_access = false;
                SET GLOBAL lock_configuration = true;
                """);
            return new DataSession(database, connection);
        }
        catch
        {
            connection.Dispose();
            database.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        Connection.Dispose();
        database.Dispose();
    }
}
