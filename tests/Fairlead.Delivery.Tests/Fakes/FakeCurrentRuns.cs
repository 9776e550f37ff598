using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeCurrentRuns : ICurrentRuns
{
    public Dictionary<string, Run> Runs { get; } = [];

    public Task<IReadOnlyDictionary<string, Run>> FindAsync(ProjectSnapshot snapshot, IReadOnlyCollection<string> steps, CancellationToken cancellationToken)
    {
        if (steps.FirstOrDefault(step => !Runs.ContainsKey(step)) is { } missing)
            throw FairleadException.Conflict($"The step '{missing}' has not run for the present state: run 'fairlead run'.");
        return Task.FromResult<IReadOnlyDictionary<string, Run>>(steps.ToDictionary(step => step, step => Runs[step]));
    }
}
