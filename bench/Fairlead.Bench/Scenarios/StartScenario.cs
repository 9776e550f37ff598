using Fairlead.Bench.Results;

namespace Fairlead.Bench.Scenarios;

/// <summary>From the command that starts control plane and host to the first prediction, with two releases to load.</summary>
internal sealed class StartScenario : IScenario
{
    public string Name => "start";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var seconds = new List<double>();
        for (var round = 1; round <= context.Options.Rounds; round++)
        {
            await context.Workspace.DownAsync(cancellationToken);
            seconds.Add((await context.Workspace.UpToFirstPredictionAsync(cancellationToken)).TotalSeconds);
            context.Progress($"  round {round}: {seconds[^1]:F2} s");
        }

        return
        [
            new Measure { Scenario = Name, What = "`fairlead up` to first prediction", Unit = "s", Value = Median.Of(seconds), Target = Target.AtMost(1.5) },
        ];
    }
}
