using Fairlead.Domain.Sweeps;

namespace Fairlead.Steps.Trials;

/// <summary>Opens graphs of the project as it is, so that their steps are run with other parameters.</summary>
/// <param name="parallelism">Steps that the engine executes at the same time.</param>
public sealed class StepTrialGraphs(StepEngine engine, int parallelism) : ITrialGraphs
{
    public async Task<ITrialGraph> OpenAsync(IReadOnlyList<string> steps, string user, CancellationToken cancellationToken)
    {
        var session = await engine.OpenAsync(new RunOrder { Steps = steps, User = user, WithOutput = false }, static _ => { }, cancellationToken);
        return new StepTrialGraph(session, parallelism);
    }
}
