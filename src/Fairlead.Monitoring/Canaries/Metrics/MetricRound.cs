using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Query;
using Fairlead.Statistics.Canary;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>What the metrics of one look share: both sides, the time, and the predictions as they were when it began.</summary>
internal sealed class MetricRound
{
    /// <summary>Users' statements that take longer are ended.</summary>
    private static readonly TimeSpan LongestQuery = TimeSpan.FromSeconds(30);

    private readonly ExpressionSession? session;
    private readonly TimeProvider time;
    private readonly Dictionary<MetricSide, TrafficTable> traffic = [];
    private readonly List<PairedSummary> pairs = [];

    /// <param name="session">Null when no metric needs predictions.</param>
    public MetricRound(AnalysisPlan plan, CanaryScope scope, string seed, ExpressionSession? session, TimeProvider time)
    {
        Plan = plan;
        Scope = scope;
        Seed = seed;
        this.session = session;
        this.time = time;
        var window = scope.Window;
        Control = new MetricSide(scope.Control, scope.ControlShare, IsShadow: false, window.Start, window.End);
        Experiment = new MetricSide(scope.Experiment, scope.ExperimentShare, scope.IsShadow, window.Start, window.End);
    }

    public AnalysisPlan Plan { get; }

    public CanaryScope Scope { get; }

    /// <summary>By which rows are drawn.</summary>
    public string Seed { get; }

    public CanaryWindow Window => Scope.Window;

    public MetricSide Control { get; }

    public MetricSide Experiment { get; }

    public IReadOnlyList<PairedSummary> Pairs => pairs;

    public ExpressionSession Session => session ?? throw new InvalidOperationException("No metric of this look was to need predictions.");

    /// <summary>The column of a row's step, from 0.</summary>
    public string StepColumn => StepOf("\"time\"");

    /// <param name="column">A moment, as SQL.</param>
    public string StepOf(string column) =>
        $"((epoch_us({column}) - {(Window.Start - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond}) // {(long)Window.Step.TotalMicroseconds})::BIGINT";

    public void Add(PairedSummary summary) => pairs.Add(summary);

    /// <summary>What the requests of a side say, read once.</summary>
    public TrafficTable TrafficOf(MetricSide side, CancellationToken cancellationToken)
    {
        if (!traffic.TryGetValue(side, out var known))
            traffic[side] = known = TrafficTable.Read(this, side, cancellationToken);
        return known;
    }

    /// <summary>Reads every row of a statement, within a limit of time.</summary>
    /// <param name="what">The metric, for messages.</param>
    /// <exception cref="FairleadException">Invalid: it fails, or takes too long.</exception>
    public void Read(string what, string sql, Action<SqlRows> row, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestQuery, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var rows = Session.Connection.Query(sql, both.Token);
            while (rows.Read(both.Token))
                row(rows);
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"the query of '{what}' fails: {OneLine(e.Message)}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FairleadException(ProblemKind.Invalid, $"the query of '{what}' takes longer than {LongestQuery.TotalSeconds:0} s; make it read less", e);
        }
    }

    public static string OneLine(string message) => DuckDbText.Sentence(message);
}
