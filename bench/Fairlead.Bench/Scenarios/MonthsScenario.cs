using Fairlead.Bench.Months;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Queries;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;
using Fairlead.Domain.Projects;

namespace Fairlead.Bench.Scenarios;

/// <summary>Half a year of flights: asked, kept, told what became of them, asked about, compared by month, and replayed; beside PostgreSQL, and a loop in Python.</summary>
internal sealed class MonthsScenario : IScenario
{
    private const int Ids = 50;
    private const double Million = 1e6;
    private static readonly (string From, string To)[] TrainOnMay =
    [
        ("train_from: 2001-01-01", "train_from: 2001-05-01"), ("test_from: 2001-01-25", "test_from: 2001-05-25"), ("until: 2001-02-01", "until: 2001-06-01"),
    ];

    public string Name => "months";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        // Whatever the others ask: only this project has half a year.
        context = context with { Options = context.Options with { Workload = Workload.Named("flights") } };
        await using var workspace = await Workspace.CreateAsync(context.Options, Path.Combine(context.Folder, "months"), Workspace.NoVariables, context.Time, cancellationToken);
        await workspace.SetTrafficAsync(new Dictionary<string, int> { [workspace.ServerGroups[0]] = 10_000, [workspace.ServerGroups[1]] = 0 }, cancellationToken);
        using var months = new FlightMonths(context, workspace);
        months.Prepare();
        var measures = new List<Measure>();
        var rows = await AskAsync(context, workspace, months, measures, cancellationToken);
        await months.DateAsync(rows, cancellationToken);
        measures.Add(Of("outcomes posted as a file", "rows/s", rows / await months.PostOutcomesAsync(cancellationToken)));
        await QueryAsync(context, workspace, months, measures, cancellationToken);
        var (seconds, drifted) = await months.DriftAsync(cancellationToken);
        context.Progress($"  late flights: {string.Join(", ", drifted)}");
        measures.Add(Of($"drift of six months against the training data; the share of late flights drifted in: {string.Join(", ", drifted.Where(month => month.Severity != "none"))}", "s", seconds));
        await ReplayAsync(context, workspace, months, measures, cancellationToken);
        return measures;
    }

    private async Task<long> AskAsync(BenchContext context, Workspace workspace, FlightMonths months, List<Measure> measures, CancellationToken cancellationToken)
    {
        var processes = await workspace.ProcessesAsync(cancellationToken);
        var (rows, seconds) = await months.AskAsync(cancellationToken);
        context.Progress($"  {rows:#,0} flights asked in {seconds:F1} s");
        measures.Add(Of($"{rows:#,0} flights asked over REST, a thousand rows a request, all recorded", "rows/s", rows / seconds));
        measures.Add(Of("memory of control plane and host after that", "MB", ProcessMemory.Megabytes(processes.Control) + ProcessMemory.Megabytes(processes.Host)));
        await months.WaitForFilesAsync(rows, cancellationToken);
        await workspace.SettleAsync(cancellationToken);
        measures.Add(Of("predictions on the disk, a million", "MB", FolderSize.Megabytes(new StateFolder(workspace.Folder).Predictions) / rows * Million));
        return rows;
    }

    private async Task QueryAsync(BenchContext context, Workspace workspace, FlightMonths months, List<Measure> measures, CancellationToken cancellationToken)
    {
        await using var server = await PostgresServer.StartAsync(context.Time, cancellationToken);
        var postgres = new PostgresPredictions(server, months.Flights);
        var (copy, index) = await postgres.FillAsync(workspace.Folder, cancellationToken);
        measures.Add(Of("the same predictions copied into PostgreSQL from CSV that lies ready, with outcomes", "s", copy));
        measures.Add(Of("its indexes and statistics", "s", index));
        measures.Add(Of("its table and indexes", "MB", await postgres.MegabytesAsync(cancellationToken)));
        using var api = new ApiQueries(workspace);
        foreach (var query in MonthQuery.All)
            measures.Add(await CompareAsync(context, query, api, server, cancellationToken));
        measures.Add(await FindAsync(context, api, server, cancellationToken));
    }

    private async Task<Measure> CompareAsync(BenchContext context, MonthQuery query, ApiQueries api, PostgresServer server, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var mine = (await api.RunAsync(query.Sql, cancellationToken)).Elapsed.TotalMilliseconds;
            var other = await server.MillisecondsAsync(query.Postgres, cancellationToken);
            // The first finds nothing in the caches.
            if (round == 0)
                continue;
            ours.Add(mine);
            theirs.Add(other);
        }

        context.Progress($"  {query.What}: {Median.Of(ours):F0} ms, PostgreSQL {Median.Of(theirs):F0} ms");
        return Beside(query.What, ours, theirs);
    }

    private async Task<Measure> FindAsync(BenchContext context, ApiQueries api, PostgresServer server, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        var ids = await server.ValueAsync($"select id from predictions order by md5(id::text) limit {Ids}", cancellationToken);
        foreach (var id in ids.Split('\n'))
        {
            ours.Add((await api.FindAsync(Guid.Parse(id), cancellationToken)).TotalMilliseconds);
            theirs.Add(await server.MillisecondsAsync($"select * from predictions where id = '{id}'", cancellationToken));
        }

        context.Progress($"  by id: {Median.Of(ours):F1} ms with its trace, PostgreSQL {Median.Of(theirs):F1} ms");
        return Beside("one prediction by id; here with its whole trace", ours, theirs) with { Target = null };
    }

    private async Task ReplayAsync(BenchContext context, Workspace workspace, FlightMonths months, List<Measure> measures, CancellationToken cancellationToken)
    {
        await workspace.ReleaseChangedAsync(TrainOnMay, cancellationToken);
        var (seconds, report) = await months.ReplayAsync(cancellationToken);
        using (report)
        {
            var rows = report.RootElement.GetProperty("replayed").GetInt64();
            var loop = await PythonReplay.RowsPerSecondAsync(context, workspace, months.Flights, cancellationToken);
            context.Progress($"  May replayed in {seconds:F1} s, {rows:#,0} rows; the loop in Python has {loop:#,0} a second");
            measures.Add(new Measure
            {
                Scenario = Name,
                What = $"{rows:#,0} predictions of May replayed by a model trained on May, with the report by origin",
                Unit = "rows/s",
                Value = rows / seconds,
                BaselineName = "a loop in Python without reports by origin",
                Baseline = loop,
                Ratio = rows / seconds / loop,
            });
        }
    }

    private Measure Beside(string what, List<double> ours, List<double> theirs) => Measure.SideBySide(Name, what, "ms", ours, "PostgreSQL", theirs, target: null);

    private Measure Of(string what, string unit, double value) => new() { Scenario = Name, What = what, Unit = unit, Value = value };
}
