using System.Diagnostics;
using Fairlead.Bench.Load;
using Fairlead.Bench.Results;
using Fairlead.Bench.Workspaces;

namespace Fairlead.Bench.Scenarios;

/// <summary>
/// How long the old server group still answers once traffic was given to another, or taken back, while clients ask without a pause: from
/// the call of the control plane to the last answer by the old group.
/// </summary>
internal sealed class SwitchScenario : IScenario
{
    private const int Switches = 100;
    private const int QuickSwitches = 10;
    private const int All = 10_000;
    private const int Connections = 4;

    public string Name => "switch";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace;
        var (older, newer) = (workspace.ServerGroups[0], workspace.ServerGroups[1]);
        await workspace.SetTrafficAsync(new Dictionary<string, int> { [older] = All }, cancellationToken);
        var check = await CaptureCheck.BeginAsync(workspace, cancellationToken);
        var milliseconds = new List<double>();
        long answered;
        await using (var clients = new SteadyClients(workspace, context.Options.Workload, Connections))
        {
            await clients.NextAnswersAsync(cancellationToken);
            for (var number = 0; number < (context.Options.Quick ? QuickSwitches : Switches); number++)
            {
                var (from, isForward) = number % 2 == 0 ? (older, true) : (newer, false);
                var start = Stopwatch.GetTimestamp();
                await (isForward ? workspace.SetTrafficAsync(new Dictionary<string, int> { [newer] = All }, cancellationToken) : workspace.RollBackAsync(context.Options.Workload.Service, cancellationToken));
                await clients.NextAnswersAsync(cancellationToken);
                milliseconds.Add(Math.Max(0, Stopwatch.GetElapsedTime(start, clients.LastAnswerOf(from)).TotalMilliseconds));
            }

            answered = await clients.StopAsync();
        }

        await check.EndAsync(answered, cancellationToken);
        await workspace.SetTrafficAsync(new Dictionary<string, int> { [older] = All * 9 / 10, [newer] = All / 10 }, cancellationToken);
        context.Progress($"  {milliseconds.Count} switches, {answered} answers: median {Median.Of(milliseconds):F1} ms, longest {milliseconds.Max():F1} ms");
        return
        [
            Time($"command to the last answer by the old group, median of {milliseconds.Count}", Median.Of(milliseconds)),
            Time("the longest of them", milliseconds.Max()),
        ];
    }

    private Measure Time(string what, double milliseconds) => new() { Scenario = Name, What = what, Unit = "ms", Value = milliseconds, Target = Target.AtMost(50) };
}
