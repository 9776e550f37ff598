using Fairlead.Bench.Replaying;
using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>A replay, reading and writing Parquet included, against the engine's own calls over the same rows in memory, on as many threads.</summary>
internal sealed class ReplayScenario : IScenario
{
    private const int Rows = 1_000_000;
    private const int QuickRows = 200_000;
    private const double PerMillion = 1e6;

    public string Name => "replay";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken) =>
    [
        .. await RunAsync(context, "boosted trees, 200 of depth 6", ReplayModels.Trees(200), Target.AtLeast(0.7), cancellationToken),
        .. await RunAsync(context, "logistic regression", ReplayModels.Logistic(), null, cancellationToken),
    ];

    private async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, string model, byte[] content, Target? target, CancellationToken cancellationToken)
    {
        await using var bench = new ReplayWorkbench(Path.Combine(context.Folder, "replay"), context.Time);
        await bench.RecordAsync(content, context.Options.Quick ? QuickRows : Rows, cancellationToken);
        var (loops, scorings, wholes) = (new List<double>(), new List<double>(), new List<double>());
        for (var round = 0; round <= context.Options.Rounds; round++)
        {
            var loop = bench.Rows / await bench.LoopAsync();
            var (scoring, whole) = await bench.ReplayAsync(cancellationToken);
            context.Progress($"  {model}, round {round}: loop {loop:N0} rows/s, replay {bench.Rows / scoring:N0} rows/s, {whole:F2} s with plan and report");
            // The first finds nothing compiled and nothing in the page cache.
            if (round == 0)
                continue;
            loops.Add(loop);
            scorings.Add(bench.Rows / scoring);
            wholes.Add(whole * PerMillion / bench.Rows);
        }

        return
        [
            new Measure { Scenario = Name, What = $"{model}: scoring", Unit = "rows/s", Value = Median.Of(scorings), BaselineName = "bare loop of the engine", Baseline = Median.Of(loops), Ratio = Median.OfRatios(scorings, loops), Target = target },
            new Measure { Scenario = Name, What = $"{model}: a million rows with plan and report", Unit = "s", Value = Median.Of(wholes), Target = Target.AtMost(10) },
        ];
    }
}
