using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Sweeps;

/// <summary>Steps of the project as it was at one moment, whatever becomes of the work tree afterwards. Safe for use by many at once.</summary>
public interface ITrialGraph
{
    CommitState Commit { get; }

    /// <summary>Each after what it needs.</summary>
    IReadOnlyList<StepDefinition> Steps { get; }

    /// <summary>What the results follow from, parameters included: parts of the keys as <c>train/code:trainer/</c>, and datasets as <c>dataset:customers</c>. Sorted by name.</summary>
    IReadOnlyList<KeyPart> Parts { get; }

    /// <summary>How many steps this machine executes at the same time, whoever asks.</summary>
    int Parallelism { get; }

    /// <summary>Brings all steps up to date with other values of some parameters; what has a recorded run for its key is reused.</summary>
    /// <param name="parameters">By step, then by parameter.</param>
    /// <exception cref="OperationCanceledException">After everything that ran for it was ended.</exception>
    Task<TrialRuns> RunAsync(IReadOnlyDictionary<string, IReadOnlyDictionary<string, JsonElement>> parameters, CancellationToken cancellationToken);
}
