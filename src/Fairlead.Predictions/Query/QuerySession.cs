using Fairlead.Domain.Problems;

namespace Fairlead.Predictions.Query;

/// <summary>A connection on which one checked statement finds its views; what the statement needs is given back with it.</summary>
/// <param name="isAlone">No other query runs.</param>
internal sealed class QuerySession(PredictionStore store, QueryOptions options, bool isAlone, CancellationToken caller, IDisposable[] resources) : IDisposable
{
    private PredictionSnapshot? snapshot;
    private SqlConnection? connection;
    private ReadPlan? plan;
    private IReadOnlyList<string> wanted = [];
    private IReadOnlyList<(string Sql, string Json)> tables = [];

    public QueryFailure Failure { get; private set; } = new(options, hasPredictions: true, hasOutcomes: true, caller);

    public SqlConnection Connection => connection ?? throw new InvalidOperationException("The session is not open.");

    /// <summary>What the statement does not see of what it reads.</summary>
    public MissingRows Missing { get; private set; }

    public ReadPlan Plan => plan ?? throw new InvalidOperationException("The session is not open.");

    /// <summary>Finds out what the statement reads, and what there is of it.</summary>
    public async Task OpenAsync(string sql, CatalogTables? catalog, CancellationToken cancellationToken)
    {
        // Beside one another: neither needs the other.
        var acquiring = store.Files.AcquireAsync(cancellationToken);
        try
        {
            await Task.Run(() => Check(sql, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await ((Task)acquiring).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            snapshot = acquiring.IsCompletedSuccessfully ? acquiring.Result : null;
        }

        // A statement that lists what there is reads none by name.
        IReadOnlyCollection<string> all = [.. PredictionViews.Names, .. CatalogTables.Names];
        wanted = [.. all.Where(name => Plan.Tables.Contains(name))];
        if (wanted.Count == 0 && Plan.ReadsTables && options.Readable is null)
            wanted = [.. all];
        var readsPredictions = wanted.Any(PredictionViews.Names.Contains);
        snapshot = await acquiring.ConfigureAwait(false);
        if (options.SkipDamaged && readsPredictions)
            await Task.Run(() => snapshot.LeaveOutDamaged(cancellationToken), cancellationToken).ConfigureAwait(false);
        if (readsPredictions)
            Missing = snapshot.Missing;
        Failure = new QueryFailure(options, snapshot.PredictionFiles.Count > 0, snapshot.OutcomeFiles.Count > 0, caller);
        tables = catalog is null ? [] : await catalog.ReadAsync(wanted, sql, options.Readable is not null, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes what the statement reads of it, and begins its transaction.</summary>
    public void Begin(CancellationToken cancellationToken)
    {
        var files = snapshot ?? throw new InvalidOperationException("The session is not open.");
        CatalogTables.Create(Connection, tables, cancellationToken);
        Connection.BeginReading(store.ViewStatements(files, wanted, RowBounds.Of(Plan.Conditions, options.Parameters), cancellationToken), cancellationToken);
        // For which files it reads the statement was taken to run when it was checked.
        if (Plan.Time is { } time && Connection.Scalar("SELECT now()", cancellationToken) is DateTime now && !time.Contains(now))
            throw FairleadException.Unavailable("The machine's clock was set, or stood still, while the query began; ask again.");
    }

    private void Check(string sql, CancellationToken cancellationToken)
    {
        connection = store.Connect(isAlone, cancellationToken);
        plan = store.Plans.GetOrCheck(sql, () => Connection.Check(sql, cancellationToken));
        Refuse(plan);
    }

    /// <summary>What is not among the tables that this caller may read is refused, whatever the statement was put together from.</summary>
    private void Refuse(ReadPlan read)
    {
        if (options.Readable is { } readable && (read.Tables.FirstOrDefault(name => !readable.Contains(name, StringComparer.OrdinalIgnoreCase)) ?? read.TableFunctions.FirstOrDefault()) is { } table)
            throw FairleadException.Invalid($"The condition reads '{table}'; it may read {string.Join(", ", readable)} and nothing else.");
    }

    /// <summary>The values of the statement's parameters, in their order.</summary>
    /// <exception cref="FairleadException">Invalid, when one is missing or none of its.</exception>
    public object?[] Values()
    {
        if (options.Parameters.Keys.FirstOrDefault(name => !Plan.Parameters.Values.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
            throw FairleadException.Invalid($"The query has no parameter '${unknown}'; {NearestName.Hint(unknown, [.. Plan.Parameters.Values])}");
        var values = new Dictionary<string, object?>(options.Parameters, StringComparer.OrdinalIgnoreCase);
        return
        [
            .. Plan.Parameters.Values.Select(name => values.TryGetValue(name, out var value)
                ? value
                : throw FairleadException.Invalid($"The query has the parameter '${name}', for which there is no value; give one, on the command line by '--param {name}=…'.")),
        ];
    }

    public void Dispose()
    {
        Abandon();
        Array.ForEach(resources, resource => resource.Dispose());
    }

    /// <summary>Gives back what the session itself has opened, but not what it was given.</summary>
    public void Abandon()
    {
        connection?.Dispose();
        snapshot?.Dispose();
    }
}
