using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;
using Fairlead.Predictions.Outcomes;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Analysis;

/// <summary>Opens the predictions for the control plane's own computations: replays, drift, KPIs, experiments.</summary>
public sealed class PredictionAnalysis(PredictionStore store, StateFolder folder)
{
    private const string DefaultMemory = "1GB";

    internal OutcomePosts Posts => store.Posts;

    /// <summary>Whether anything is known to have become true; opens no database.</summary>
    internal async Task<bool> HasOutcomesAsync(CancellationToken cancellationToken)
    {
        using var snapshot = await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false);
        return snapshot.OutcomeFiles.Count > 0;
    }

    /// <summary>Opens a session for expressions of users, over everything that was recorded before the call.</summary>
    public async Task<ExpressionSession> OpenExpressionsAsync(CancellationToken cancellationToken)
    {
        var session = new ExpressionSession(store, await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false));
        try
        {
            await Task.Run(() => session.Open(cancellationToken), cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Opens a session for this program's own statements, over everything that was recorded before the call.</summary>
    /// <param name="threads">How many the session's statements may use.</param>
    public async Task<AnalysisSession> OpenAsync(int threads, CancellationToken cancellationToken)
    {
        var snapshot = await store.Files.AcquireAsync(cancellationToken).ConfigureAwait(false);
        DuckDbDatabase? database = null;
        DuckDbConnection? connection = null;
        try
        {
            Directory.CreateDirectory(folder.Predictions);
            database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
            {
                ["threads"] = threads.ToString(System.Globalization.CultureInfo.InvariantCulture),
                ["memory_limit"] = DefaultMemory,
                ["temp_directory"] = Path.Combine(folder.Predictions, PredictionLayout.Spill),
            });
            connection = database.Connect();
            connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
            PredictionViews.Create(connection, snapshot, store.Shapes, PredictionViews.Names, cancellationToken);
            return new AnalysisSession(store, database, connection, snapshot);
        }
        catch
        {
            connection?.Dispose();
            database?.Dispose();
            snapshot.Dispose();
            throw;
        }
    }
}
