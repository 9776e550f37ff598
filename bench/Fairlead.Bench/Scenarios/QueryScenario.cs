using Fairlead.Bench.Queries;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>SQL over ten million predictions and a million outcomes, through the API, beside the engine itself on the same files.</summary>
internal sealed class QueryScenario : IScenario
{
    private const long Rows = 10_000_000;
    private const long QuickRows = 1_000_000;
    private const int OutcomesOneIn = 10;
    private const int Ids = 50;

    public string Name => "query";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var rows = context.Options.Quick ? QuickRows : Rows;
        var folder = Path.Combine(context.Folder, "queried");
        await using var workspace = await Workspace.CreateForCommandAsync(context.Options, folder, context.Time, cancellationToken);
        await workspace.DownAsync(cancellationToken);
        await new FilledPredictions(folder, CommandProject.Service, rows, rows / OutcomesOneIn).WriteAsync(context.Time, cancellationToken);
        context.Progress($"  {rows:#,0} predictions are written");
        await workspace.UpAsync(cancellationToken);
        using var api = new ApiQueries(workspace);
        using var direct = new DirectQueries(folder);
        var measures = new List<Measure>();
        foreach (var query in QueryCase.All)
            measures.Add(await CompareAsync(context, query, api, direct, rows, cancellationToken));
        measures.AddRange(await FindAsync(context, api, direct, rows, cancellationToken));
        return measures;
    }

    private async Task<Measure> CompareAsync(BenchContext context, QueryCase query, ApiQueries api, DirectQueries direct, long rows, CancellationToken cancellationToken)
    {
        var (ours, theirs) = (new List<double>(), new List<double>());
        // The first pass is not counted: footers are read, and the system has the files in its cache.
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var told = await api.RunAsync(query.Sql, cancellationToken);
            var known = direct.Run(query.Sql, cancellationToken);
            if (told.Rows != known.Rows)
                throw new BenchException($"'{query.Sql}' gave {told.Rows} rows through the API and {known.Rows} without.");
            if (round == 0)
                continue;
            ours.Add(told.Elapsed.TotalMilliseconds);
            theirs.Add(known.Elapsed.TotalMilliseconds);
        }

        context.Progress($"  {query.What}: {Median.Of(ours):F1} ms, the engine {Median.Of(theirs):F1} ms");
        return Measure.SideBySide(Name, $"{query.What}, {rows:#,0} predictions", "ms", ours, "DuckDB on the same files", theirs, Target.AtMost(1.2));
    }

    private async Task<IReadOnlyList<Measure>> FindAsync(BenchContext context, ApiQueries api, DirectQueries direct, long rows, CancellationToken cancellationToken)
    {
        var milliseconds = new List<double>();
        foreach (var id in direct.SampleIds(FilledPredictions.GroupOf(CommandProject.Service, 1), Ids, cancellationToken))
            milliseconds.Add((await api.FindAsync(id, cancellationToken)).TotalMilliseconds);
        context.Progress($"  by id: {Median.Of(milliseconds):F1} ms, the longest {milliseconds.Max():F1} ms");
        return
        [
            new Measure { Scenario = Name, What = $"one prediction by id among {rows:#,0}, median of {Ids}", Unit = "ms", Value = Median.Of(milliseconds), Target = Target.AtMost(50) },
            new Measure { Scenario = Name, What = "the longest of them", Unit = "ms", Value = milliseconds.Max(), Target = Target.AtMost(50) },
        ];
    }
}
