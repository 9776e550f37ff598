using System.Runtime.CompilerServices;
using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Query;

/// <summary>The answer to a query: columns at once, rows as they come. Dispose it, read to the end or not.</summary>
public sealed class QueryResult : IAsyncDisposable
{
    private readonly SqlRows rows;
    private readonly int? limit;
    private readonly QueryFailure failure;
    private readonly CancellationToken timeout;
    private IDisposable[] resources;

    internal QueryResult(SqlRows rows, int? limit, QueryFailure failure, CancellationToken timeout, IDisposable[] resources)
    {
        this.rows = rows;
        this.limit = limit;
        this.failure = failure;
        this.timeout = timeout;
        this.resources = resources;
    }

    public IReadOnlyList<QueryColumn> Columns => rows.Columns;

    /// <summary>What the answer lacks, since files are damaged.</summary>
    public MissingRows Missing { get; init; }

    /// <summary>True after reading when there were more rows than the limit.</summary>
    public bool IsTruncated { get; private set; }

    /// <summary>
    /// The rows, once. Values are as JSON has them: null, bool, numbers, string, object?[] and dictionaries by name; what JSON has no number for
    /// (NaN, infinities, integers beyond 64 bits) is text, times are ISO 8601, BLOBs Base64.
    /// </summary>
    /// <exception cref="FairleadException">The query failed on its way, or took too long.</exception>
    public async IAsyncEnumerable<object?[]> ReadRowsAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var count = 0;
        while (await ReadChunkAsync(cancellationToken).ConfigureAwait(false))
        {
            for (var row = 0; row < rows.BatchRows; row++)
            {
                if (count++ == limit)
                {
                    IsTruncated = true;
                    yield break;
                }

                yield return ReadRow(row);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        var owned = Interlocked.Exchange(ref resources, []);
        // Ending a query that still runs waits for its threads.
        await Task.Run(() => Array.ForEach(owned, resource => resource.Dispose())).ConfigureAwait(false);
    }

    private async Task<bool> ReadChunkAsync(CancellationToken cancellationToken)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(timeout, cancellationToken);
        try
        {
            return await Task.Run(() => rows.ReadBatch(both.Token), CancellationToken.None).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception e) when (failure.From(e) is var told && !ReferenceEquals(told, e))
        {
            throw told;
        }
    }

    private object?[] ReadRow(int row)
    {
        var values = new object?[rows.Columns.Count];
        try
        {
            for (var i = 0; i < values.Length; i++)
                values[i] = QueryValue.From(rows.Value(row, i));
        }
        catch (NotSupportedException e)
        {
            throw failure.From(e);
        }

        return values;
    }
}
