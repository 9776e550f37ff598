using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Reading;

/// <summary>The rows of some files under a name in the database.</summary>
internal sealed record DataTable
{
    /// <summary>In SQL.</summary>
    public required string Name { get; init; }

    public required DatasetFormat Format { get; init; }

    public required long Files { get; init; }

    public required long Bytes { get; init; }

    /// <summary>Null when the files hold no rows.</summary>
    public long? Rows { get; init; }

    public IReadOnlyList<DataColumn> Columns { get; init; } = [];

    /// <summary>Makes the rows readable: Parquet where it lies, anything else copied once.</summary>
    /// <exception cref="FairleadException">Failed: the files look like rows and cannot be read.</exception>
    public static DataTable Open(DuckDbConnection connection, string path, string name, CancellationToken cancellationToken)
    {
        var table = Count(path, name);
        if (DuckDbRowFiles.ReaderOf(path) is not { } reader)
            return table;
        var format = reader.StartsWith("read_parquet", StringComparison.Ordinal) ? DatasetFormat.Parquet
            : reader.StartsWith("read_json", StringComparison.Ordinal) ? DatasetFormat.Json
            : DatasetFormat.Csv;
        try
        {
            connection.Execute($"create {(format == DatasetFormat.Parquet ? "view" : "table")} {table.Name} as select * from {reader}", cancellationToken);
            var columns = new List<DataColumn>();
            using (var described = connection.Query($"select column_name, column_type from (describe {table.Name})", cancellationToken))
            {
                while (described.Read(cancellationToken))
                    columns.Add(new DataColumn((string)described.Value(0)!, (string)described.Value(1)!));
            }

            return table with { Format = format, Columns = columns, Rows = (long)connection.Scalar($"select count(*) from {table.Name}")! };
        }
        catch (DuckDbException e)
        {
            throw DataProblem.Of(e, path);
        }
    }

    private static DataTable Count(string path, string name)
    {
        var (files, bytes) = (0L, 0L);
        if (Directory.Exists(path))
        {
            foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories))
                (files, bytes) = (files + 1, bytes + file.Length);
        }
        else
        {
            (files, bytes) = (1, new FileInfo(path).Length);
        }

        return new DataTable { Name = DuckDbText.Name(name), Format = DatasetFormat.Files, Files = files, Bytes = bytes };
    }
}
