using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Follows a rollout to its end: redrawn on a terminal, else a line for each thing that happens.</summary>
internal static class RolloutWatch
{
    /// <returns>Success when the release is live and well.</returns>
    public static async Task<int> FollowAsync(CommandContext context, ApiClient client, int number, CancellationToken cancellationToken)
    {
        Rollout? rollout = null;
        var capabilities = context.Error.Profile.Capabilities;
        if (capabilities is { Interactive: true, Ansi: true } && !context.IsJson)
        {
            await context.Error.Live(new Text($"rollout {number}")).StartAsync(async live =>
            {
                await foreach (var state in StatesAsync(client, number, cancellationToken))
                {
                    rollout = state;
                    live.UpdateTarget(RolloutPrinter.Draw(state));
                    live.Refresh();
                }
            });
        }
        else
        {
            var told = 0;
            await foreach (var state in StatesAsync(client, number, cancellationToken))
            {
                rollout = state;
                foreach (var entry in state.History.Skip(told))
                    context.Error.WriteLine(RolloutPrinter.Line(entry));
                told = state.History.Count;
            }
        }

        if (context.IsJson)
            CommandContext.WriteJson(rollout!, DomainJson.Default.Rollout);
        return rollout!.Outcome is RolloutOutcome.Succeeded or RolloutOutcome.Unchanged ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async IAsyncEnumerable<Rollout> StatesAsync(ApiClient client, int number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var revision = -1L;
        while (true)
        {
            var state = await client.GetAsync($"/api/rollouts/{number}?after={revision}", DomainJson.Default.Rollout, cancellationToken);
            yield return state;
            if (state.IsEnded)
                yield break;
            revision = state.Revision;
        }
    }
}
