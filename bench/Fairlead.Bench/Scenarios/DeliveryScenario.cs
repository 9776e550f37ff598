using System.Text.Json;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// From a commit that changes a parameter to all of production's traffic, by the pipeline of the flights example: begun by the commit, trained, verified,
/// released, staged, checked, replayed, judged by a command as soon as it asks, and rolled out as a canary without waits, of which nothing is analysed then.
/// </summary>
internal sealed class DeliveryScenario : IScenario
{
    private const int Rounds = 3;
    private const int QuickRounds = 1;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    public string Name => "delivery";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var options = context.Options with { Workload = Workload.Named("flights") };
        await using var workspace = await Workspace.CreateForDeliveryAsync(options, Path.Combine(context.Folder, "delivery"), context.Time, cancellationToken);
        var (whole, began, judged) = (new List<double>(), new List<double>(), new List<double>());
        var value = "3000";
        for (var round = 0; round < (context.Options.Quick ? QuickRounds : Rounds); round++)
        {
            var next = $"{100 + (round * 50)}";
            var commit = await workspace.ChangeAsync(($"l2: {value}", $"l2: {next}"), cancellationToken);
            value = next;
            var start = context.Time.GetTimestamp();
            var number = await FindAsync(workspace, commit, context.Time, cancellationToken);
            began.Add(context.Time.GetElapsedTime(start).TotalSeconds);
            await UntilAsync(workspace, number, context.Time, cancellationToken);
            judged.Add(context.Time.GetElapsedTime(start).TotalSeconds);
            await workspace.FairleadAsync(["pipeline", "judge", $"{number}", "judge", "approve", "--comment", "Fit."], cancellationToken);
            await UntilAsync(workspace, number, context.Time, cancellationToken);
            whole.Add(context.Time.GetElapsedTime(start).TotalSeconds);
            context.Progress($"  round {round + 1}: began after {began[^1]:F2} s, asked for a judgment after {judged[^1]:F2} s, in production after {whole[^1]:F2} s");
        }

        return
        [
            new Measure { Scenario = Name, What = $"commit of a changed parameter to all of production, median of {whole.Count}", Unit = "s", Value = Median.Of(whole), Target = Target.AtMost(20) },
            new Measure { Scenario = Name, What = "of it, until the pipeline began", Unit = "s", Value = Median.Of(began) },
            new Measure { Scenario = Name, What = "of it, until it asked for a judgment", Unit = "s", Value = Median.Of(judged) },
        ];
    }

    private static async Task<int> FindAsync(Workspace workspace, string commit, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Limit; await Task.Delay(Look, time, cancellationToken))
        {
            using var executions = await workspace.GetAsync("/api/executions?pipeline=release", cancellationToken);
            foreach (var execution in executions.RootElement.EnumerateArray())
            {
                if (execution.GetProperty("cause").TryGetProperty("commit", out var of) && of.GetString() == commit)
                    return execution.GetProperty("number").GetInt32();
            }
        }

        throw new BenchException($"The commit '{commit}' began no execution within {Limit.TotalSeconds} s.");
    }

    /// <summary>Waits until an execution asks for a judgment, or has ended well.</summary>
    private static async Task UntilAsync(Workspace workspace, int number, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < Limit; await Task.Delay(Look, time, cancellationToken))
        {
            using var execution = await workspace.GetAsync($"/api/executions/{number}", cancellationToken);
            var state = execution.RootElement.GetProperty("state");
            switch (state.GetProperty("status").GetString())
            {
                case "succeeded":
                    return;
                case "failed" or "cancelled":
                    throw new BenchException($"Execution {number} did not succeed: {state.GetProperty("reason")}");
            }

            if (state.GetProperty("stages").EnumerateArray().Any(stage => stage.GetProperty("status").GetString() == "judging"))
                return;
        }

        throw new BenchException($"Execution {number} did not come further within {Limit.TotalSeconds} s.");
    }
}
