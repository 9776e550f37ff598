namespace Fairlead.Predictions.Query;

/// <summary>The rows of a query as a file, which is deleted by disposing this.</summary>
public sealed class QueryFile(string path, long rows) : IDisposable
{
    public string Path => path;

    public long Rows => rows;

    /// <summary>What the answer lacks, since files are damaged.</summary>
    public MissingRows Missing { get; init; }

    public void Dispose() => File.Delete(path);
}
